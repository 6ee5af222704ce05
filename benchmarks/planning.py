"""Proposals beside spopt's MaxP, sites beside its MCLP and p-median: `make bench NAME=planning`.

People by sector are made up, for no file here tells them: skewed as counts of people are, some
sectors without any. The sectors, their middles and borders are the official ones.
"""

import math
import os
import time
from collections.abc import Iterator
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.figures import Figure
from benchmarks.installation import SECTORS, official_data
from benchmarks.peers import spopt
from geo.neighbourhoods import SECTORS_MAX, SECTORS_MIN
from geo.planning import Figures, Ground, maximal_covering, measure, p_median, propose
from geo.sectors import normalise
from geo.territory import Territory

NUMBER: Final = 100
DRAWS: Final = 5
"""Populations made up; the middle one counts, for the goal was set on another one. MaxP, which
takes its time, is asked about the first."""
WORST: Final = ("seconds", "valid")
"""Figures of which the worst draw counts."""
PEOPLE: Final = 1_220_000
"""Inhabitants of the Region, about (Statbel, 2022)."""
SKEW: Final = 0.6
LARGEST: Final = 4.0
"""No sector has more people than so many times the mean: drawn again."""
AREA_POWER: Final = 0.15
EMPTY_SHARE: Final = 0.06
"""Parks, harbour, rails: sectors where nobody lives. These four are our choice."""
THRESHOLDS: Final = (0.75, 0.8, 0.85)
"""Least people of a MaxP group, by an equal share; the one nearest to 100 groups counts."""
COPIES: Final = (1, 3, 11, 28)
"""About 700, 2,000, 8,000 and 20,000 sectors (Belgium)."""
SITES: Final = 10
LIMIT_M: Final = 800.0
DETOUR: Final = 1.3
BEYOND_M: Final = 5_000.0
FEW: Final = 150
"""Sectors of the p-median spopt is asked for too: CBC does not end on all 724."""


def figures() -> Iterator[Figure]:
    """Measure proposals, their growth, and sites."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    print(f"SEED={seed}")
    if not spopt.installed():
        print(spopt.HOW)
    territory = _territory()
    ground = Ground.of(territory)
    area_ha = territory.sectors.area_ha.loc[list(ground.codes)].to_numpy()
    yield from _proposals(ground, area_ha, seed)
    yield from _growth(ground, area_ha, seed)
    yield from _sites(ground, made_people(area_ha, seed))


def made_people(area_ha: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Make up the people of each sector: a little more on a large one, else skewed by chance."""
    draw = np.random.default_rng(seed)
    share = draw.lognormal(0, SKEW, len(area_ha))
    largest = LARGEST * math.exp(SKEW**2 / 2)
    while (above := share > largest).any():
        share[above] = draw.lognormal(0, SKEW, int(above.sum()))
    share *= area_ha**AREA_POWER
    share[draw.random(len(area_ha)) < EMPTY_SHARE] = 0.0
    people: NDArray[np.float64] = np.round(share * PEOPLE / 724 * len(area_ha) / share.sum())
    return people


def _territory() -> Territory:
    sectors = normalise(gpd.read_file(official_data() / SECTORS))
    nothing = pd.DataFrame({"name_fr": [], "name_nl": []})
    return Territory(
        sectors=sectors.assign(district=""),
        municipalities=nothing,
        districts=nothing,
        schematic=False,
        source="Statbel",
        licence="CC BY 4.0",
        situation="2022-01-01",
    )


def _proposals(ground: Ground, area_ha: NDArray[np.float64], seed: int) -> Iterator[Figure]:
    ours: list[tuple[Figures, float]] = []
    for draw in range(seed, seed + DRAWS):
        people = made_people(area_ha, draw)
        start = time.perf_counter()
        found = propose(ground, people, number=NUMBER, seed=draw)
        ours.append((found.figures, time.perf_counter() - start))
    other = _maxp(ground, made_people(area_ha, seed))
    theirs = [] if other is None else [other]
    _print("Plein", ours)
    _print("MaxP", theirs)
    for name, unit, goal in (
        ("seconds", "s", "<= 10"),
        ("valid", "%", ">= 100"),
        ("CV of people", "%", "<= 20"),
        ("radius", "m", "<= 434"),
    ):
        value, worst = _middle(ours, name)
        peer: dict[str, Any] = {}
        if theirs:
            peer = {"peer": "MaxP", "peer_value": _middle(theirs, name)[0]}
        title = f"{NUMBER} of {len(ground)}: {name}"
        if name in WORST:
            yield Figure(figure=title, value=worst, unit=unit, goal=goal, **peer)
            continue
        yield Figure(figure=title, value=value, unit=unit, goal=goal, **peer)
        yield Figure(figure=f"{title}, worst of {DRAWS}", value=worst, unit=unit)


def _values(runs: list[tuple[Figures, float]], name: str) -> list[float]:
    return [
        {
            "seconds": seconds,
            "valid": 100 * found.valid_share,
            "CV of people": 100 * found.weight_cv,
            "radius": found.radius_m,
        }[name]
        for found, seconds in runs
    ]


def _middle(runs: list[tuple[Figures, float]], name: str) -> tuple[float, float]:
    """Return the middle and the worst of a figure."""
    values = _values(runs, name)
    return float(np.median(values)), min(values) if name == "valid" else max(values)


def _print(who: str, runs: list[tuple[Figures, float]]) -> None:
    for found, seconds in runs:
        print(
            f"  {who:6} {found.neighbourhoods:4} groups of {found.fewest} to {found.most}, "
            f"{100 * found.valid_share:5.1f} % valid, CV {100 * found.weight_cv:4.1f} %, "
            f"radius {found.radius_m:5.1f} m, {seconds:5.2f} s"
        )


def _maxp(ground: Ground, people: NDArray[np.float64]) -> tuple[Figures, float] | None:
    told = spopt.ask(
        "maxp",
        {
            "x": ground.x,
            "y": ground.y,
            "weight": people,
            "pairs": _pairs(ground),
            "thresholds": np.array(THRESHOLDS) * people.sum() / NUMBER,
            "number": NUMBER,
        },
    )
    if told is None:
        return None
    found = measure(ground, told["group"], people, least=SECTORS_MIN, most=SECTORS_MAX)
    return found, told["seconds"]


def _pairs(ground: Ground) -> list[tuple[int, int]]:
    return [(i, j) for i, some in enumerate(ground.near) for j in some if i < j]


def _growth(ground: Ground, area_ha: NDArray[np.float64], seed: int) -> Iterator[Figure]:
    """Time copies of the region side by side; the slope is that of the logarithms."""
    sizes, times = [], []
    wide_m = 1.2 * float(np.ptp(ground.x))
    for copies in COPIES:
        pairs = [
            (i + n * len(ground), j + n * len(ground))
            for n in range(copies)
            for i, j in _pairs(ground)
        ]
        many = Ground.of_pairs(
            [f"{n}{code}" for n in range(copies) for code in ground.codes],
            np.concatenate([ground.x + n * wide_m for n in range(copies)]),
            np.tile(ground.y, copies),
            pairs,
        )
        people = made_people(np.tile(area_ha, copies), seed)
        start = time.perf_counter()
        found = propose(many, people, number=NUMBER * copies, seed=seed)
        times.append(time.perf_counter() - start)
        sizes.append(len(many))
        yield Figure(figure=f"{len(many):,} sectors: proposal", value=times[-1], unit="s")
        valid = 100 * found.figures.valid_share
        yield Figure(figure=f"{len(many):,} sectors: valid", value=valid, unit="%", goal=">= 100")
    slope = float(np.polyfit(np.log(sizes), np.log(times), 1)[0])
    yield Figure(figure="slope of time by sectors", value=slope, unit="")


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
