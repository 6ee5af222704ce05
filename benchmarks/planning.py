"""Sites beside spopt's MCLP and p-median: `make bench NAME=planning`.

People by sector are made up (`benchmarks/grounds.py`). Proposals of neighbourhoods are measured by
`make bench NAME=coverage`, with all the issue "Coverage and territory" asks for.
"""

import os
import time
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure
from benchmarks.grounds import made_people
from benchmarks.installation import official_territory
from benchmarks.peers import spopt
from geo.planning import Ground, maximal_covering, p_median

SITES: Final = 10
LIMIT_M: Final = 800.0
DETOUR: Final = 1.3
BEYOND_M: Final = 5_000.0
FEW: Final = 150
"""Sectors of the p-median spopt is asked for too: CBC does not end on all 724."""


def figures() -> Iterator[Figure]:
    """Measure sites."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    print(f"SEED={seed}")
    if not spopt.installed():
        print(spopt.HOW)
    territory = official_territory()
    ground = Ground.of(territory)
    area_ha = territory.sectors.area_ha.loc[list(ground.codes)].to_numpy()
    yield from _sites(ground, made_people(area_ha, seed))


def _sites(ground: Ground, people: NDArray[np.float64]) -> Iterator[Figure]:
    """Place ten services among all sectors; the peer proves what is best."""
    metres = DETOUR * np.hypot(*(a[:, None] - a for a in (ground.x, ground.y)))
    start = time.perf_counter()
    cover = maximal_covering(metres, people, SITES, limit_m=LIMIT_M)
    seconds = time.perf_counter() - start
    told = spopt.ask(
        "mclp", {"metres": metres, "weight": people, "count": SITES, "limit_m": LIMIT_M}
    )
    yield from _beside("covering", seconds, told)
    best = None
    if told is not None:
        best = float(people[metres[:, told["chosen"]].min(1) <= LIMIT_M].sum())
    yield _gap("covering", cover.value, cover.bound, best)
    start = time.perf_counter()
    median = p_median(metres, people, SITES, beyond_m=BEYOND_M)
    yield from _beside(f"p-median, {len(ground)}", time.perf_counter() - start, None)
    yield _gap(f"p-median, {len(ground)}", median.value, median.bound, None)
    metres, people = metres[:FEW, :FEW], people[:FEW]
    start = time.perf_counter()
    median = p_median(metres, people, SITES, beyond_m=float(metres.max()))
    seconds = time.perf_counter() - start
    told = spopt.ask("median", {"metres": metres, "weight": people, "count": SITES})
    yield from _beside(f"p-median, {FEW}", seconds, told)
    best = None if told is None else float(people @ metres[:, told["chosen"]].min(1))
    yield _gap(f"p-median, {FEW}", median.value, median.bound, best)


def _beside(name: str, seconds: float, told: dict[str, Any] | None) -> Iterator[Figure]:
    peer: dict[str, Any] = {}
    if told is not None:
        peer = {"peer": "spopt, CBC", "peer_value": 1000 * told["seconds"]}
    yield Figure(figure=f"{name}: {SITES} sites", value=1000 * seconds, unit="ms", **peer)


def _gap(name: str, value: float, bound: float, best: float | None) -> Figure:
    """Tell how far from the bound the answer may be, and how far from the peer's it is."""
    share = 100 * abs(value - bound) / abs(bound)
    peer: dict[str, Any] = {}
    if best is not None:
        peer = {"peer": "from CBC's", "peer_value": 100 * abs(value - best) / best}
    return Figure(figure=f"{name}: from its bound at most", value=share, unit="%", **peer)
