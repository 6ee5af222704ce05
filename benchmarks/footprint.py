"""The memory of a fresh process that covers all sectors and nothing else; run by reaching.py.

Arguments: the folder of an installation with its network, how many places, the seed. Prints, as
JSON, the most megabytes the process held before measuring (Python, its libraries, the streets, the
sectors) and at all.
"""

import json
import resource
import sys
from pathlib import Path

from benchmarks.grounds import square_territory
from benchmarks.reaching import SECTORS, Case
from exchange.walking import open_network
from geo.walking import Walker


def held_mb() -> float:
    """Return the most this process held until now (Linux counts in kB)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1_024 / 1e6


def main(home: str, places: str, seed: str) -> None:
    """Cover all sectors once."""
    network = open_network(Path(home))
    if network is None:
        sys.exit("Expected a walking network in the folder, found none.")
    case = Case(Walker(network), square_territory(SECTORS, network), int(places), int(seed))
    before = held_mb()
    case.cover()
    sys.stdout.write(json.dumps({"before_mb": before, "peak_mb": held_mb()}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
