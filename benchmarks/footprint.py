"""The memory of a fresh process that covers all sectors and nothing else; run by reaching.py.

Arguments: the file of a network, how many places, the seed. Prints, as JSON, the most megabytes the
process held before measuring (Python, its libraries, the streets, the sectors) and at all. pandas
would load pyarrow (35 MB) where it finds it; nothing here needs it.
"""

import json
import sys
from pathlib import Path

sys.modules["pyarrow"] = None  # type: ignore[assignment]

import numpy as np  # noqa: E402 - after pyarrow is shut out

from benchmarks.cases import SECTORS, Case  # noqa: E402
from benchmarks.grounds import square_territory  # noqa: E402
from geo.walking import Network, Walker  # noqa: E402


def held_mb() -> float:
    """Return the most this process held until now.

    Linux counts it anew for each program; `getrusage` would tell that of whoever started this one.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kib = next(line.split()[1] for line in status if line.startswith("VmHWM"))
    return int(kib) * 1_024 / 1e6


def main(path: str, places: str, seed: str) -> None:
    """Cover all sectors once."""
    with np.load(path) as kept:
        network = Network.load({name: kept[name] for name in kept.files if name != "facts"})
    case = Case(Walker(network), square_territory(SECTORS, network), int(places), int(seed))
    before = held_mb()
    case.cover()
    sys.stdout.write(json.dumps({"before_mb": before, "peak_mb": held_mb()}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
