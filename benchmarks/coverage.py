"""All figures of "Coverage and territory" and how they grow: `make bench NAME=coverage`.

Points beside geopandas, coverage beside scipy, networkx and pandana, what if beside measuring all
again, proposals beside MaxP, the page in Chromium. `PART=points,proposals` measures some alone.
"""

import importlib
import os
import time
from collections.abc import Iterator
from typing import Final

from benchmarks.figures import Figure
from benchmarks.peers import spopt, street_peers

PARTS: Final = ("points", "reaching", "proposals", "growth", "coverage_page")
WITHOUT_SEED: Final = ("coverage_page",)


def figures() -> Iterator[Figure]:
    """Measure each part; others at work on the machine are told, for times on the wall grow."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    print(f"SEED={seed}, {os.cpu_count()} processors, {_load()}")
    for peers in (spopt, street_peers):
        if not (peers.ENVIRONMENT / "bin" / "python").exists():
            print(peers.HOW)
    wanted = (os.environ.get("PART") or ",".join(PARTS)).split(",")
    for part in PARTS:
        if part not in wanted:
            continue
        measure = importlib.import_module(f"benchmarks.{part}").figures
        yield from measure() if part in WITHOUT_SEED else measure(seed)
        print(f"{part} measured: {_load()}")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f} at work in the last minute"
