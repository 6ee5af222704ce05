"""Coverage beside scipy alone, points beside geopandas: `make bench NAME=coverage`."""

import os
import time
import tracemalloc
from collections.abc import Callable, Iterator
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.figures import Figure
from benchmarks.installation import official_data
from benchmarks.street_graphs import BLOCK_M, CORNER, street_graph
from geo.coverage import LIMIT_M, Coverage, Measure, Services, WhatIf, demand
from geo.crs import LAMBERT_72
from geo.sectors import normalise
from geo.territory import Territory
from geo.walking import Network, Walker

SECTORS_FILE: Final = "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"
POINTS: Final = 1_000_000
SECTORS: Final = 729
"""27 by 27 squares: five more than Brussels has."""
CATEGORIES: Final = 40
GROUPS: Final = 8
"""Of five categories each: a group is a category of many places."""
PLACES: Final = (400, 1_800)
"""As many as FACTS.md measured peers with, and as many as the region has in OpenStreetMap."""
GOALS: Final = {40_000: 500, 120_000: 2_000}
GROWTH: Final = (2_000, 8_000, 20_000)
CROSSINGS: Final = 20
"""For each sector of the growth table, and one service: a network of Belgium takes too long to
draw."""
TRIES: Final = 5
"""The best counts, for others work on this machine."""
STEPS: Final = 15
_CHUNK: Final = 100
"""Searches the straightforward way holds at once: more would pass its memory too."""


def figures() -> Iterator[Figure]:
    """Measure points, coverage, what if, and how the cost grows."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    print(f"SEED={seed}")
    yield from _located(np.random.default_rng(seed))
    for nodes, goal in GOALS.items():
        walker = Walker(street_graph(nodes, seed))
        territory = _squares(SECTORS, walker.network)
        for places in PLACES:
            yield from _covered(_Case(walker, territory, places, seed), goal)
        yield from _grouped(_Case(walker, territory, PLACES[-1], seed, groups=GROUPS))
    yield from _growth(seed)


class _Case:
    """A network, its sectors, and so many services of 40 categories on its streets."""

    def __init__(
        self, walker: Walker, territory: Territory, places: int, seed: int, *, groups: int = 0
    ) -> None:
        draw = np.random.default_rng(seed)
        network = walker.network
        at = network.lonlat[draw.integers(0, len(network), places + STEPS)]
        at = at + draw.normal(0, 2e-4, at.shape)
        self.walker, self.territory = walker, territory
        self.spots, self.elsewhere = network.snap(*at[:places].T), at[places:]
        self.services = Services.of(
            territory,
            self.spots,
            [
                [place % CATEGORIES, *([CATEGORIES + place % groups] if groups else [])]
                for place in range(places)
            ],
        )
        self.demand = demand(territory, network)
        self.people = draw.integers(0, 4_000, len(territory.codes)).astype(np.float64)
        self.name = f"{len(network):,} crossings, {places:,} places"

    def cover(self) -> Coverage:
        """Measure everything, from the streets on."""
        return Coverage.of(self.walker, self.demand, self.services, self.people)


def _located(draw: np.random.Generator) -> Iterator[Figure]:
    """Find the sector of a million points; the cells are made once, told apart."""
    frame = normalise(gpd.read_file(official_data() / SECTORS_FILE)).assign(district="")
    territory = _territory(frame)
    west, south, east, north = frame.total_bounds
    xy = np.column_stack([draw.uniform(west, east, POINTS), draw.uniform(south, north, POINTS)])
    start = time.perf_counter()
    found = territory.position(xy)
    first = time.perf_counter() - start
    ours = _best_ms(lambda: territory.position(xy))
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=LAMBERT_72)
    shapes = gpd.GeoDataFrame({"place": np.arange(len(frame))}, geometry=frame.geometry.to_numpy(),
                              crs=LAMBERT_72)  # fmt: skip
    theirs = _best_ms(lambda: gpd.sjoin(points, shapes, how="left", predicate="intersects"))
    joined = gpd.sjoin(points, shapes, how="left", predicate="intersects")["place"].fillna(-1)
    expected = joined.groupby(level=0).min().to_numpy()
    yield Figure(figure="1 million points to sector", value=ours, unit="ms",
                 peer="geopandas.sjoin", peer_value=theirs)  # fmt: skip
    yield Figure(
        figure="1 million points, of sjoin's time",
        value=100 * ours / theirs,
        unit="%",
        goal="<= 25",
    )
    yield Figure(figure="the first time, cells made", value=1_000 * first, unit="ms",
                 peer="geopandas.sjoin", peer_value=theirs)  # fmt: skip
    yield Figure(figure="points in another sector", value=int((found != expected).sum()), unit="",
                 goal="<= 0")  # fmt: skip


def _covered(case: _Case, goal: int) -> Iterator[Figure]:
    ours = _best_ms(case.cover)
    tracemalloc.start()
    coverage = case.cover()
    peak_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    start = time.perf_counter()
    plain = _straightforward(case)
    theirs = 1_000 * (time.perf_counter() - start)
    yield Figure(
        figure=f"{case.name}: all sectors x {CATEGORIES}", value=ours, unit="ms",
        goal=f"<= {goal}", peer="scipy alone", peer_value=theirs,
    )  # fmt: skip
    apart = np.abs(coverage.cells[Measure.WITHIN_15].value - plain)
    yield Figure(figure=f"{case.name}: apart from scipy alone", value=float(np.nanmax(apart)),
                 unit="", goal="<= 1e-9")  # fmt: skip
    yield Figure(figure=f"{case.name}: memory at most", value=peak_mb, unit="MB", goal="<= 300")
    yield from _what_if(case, coverage)


def _straightforward(case: _Case) -> NDArray[np.float64]:
    """Count within 15 minutes with scipy alone: every search over the whole network."""
    network, points = case.walker.network, case.demand
    edge = case.spots.edge
    ends = np.concatenate([network.u, network.v]), np.concatenate([network.v, network.u])
    streets = csr_array((np.tile(network.length_m, 2), ends), shape=(len(network),) * 2)
    node = np.where(points.spots.offset_m == 0, network.u[points.spots.edge],
                    network.v[points.spots.edge])  # fmt: skip
    out = np.zeros((CATEGORIES, len(points.codes)))
    owner = csr_array(
        (points.weight, (np.arange(len(points)), points.sector)),
        shape=(len(points), len(points.codes)),
    )
    rest = network.length_m[edge] - case.spots.offset_m
    for begin in range(0, len(edge), _CHUNK):
        rows = slice(begin, begin + _CHUNK)
        near = np.minimum(
            dijkstra(streets, indices=network.u[edge[rows]], limit=LIMIT_M)
            + (case.spots.offset_m + case.spots.away_m)[rows, None],
            dijkstra(streets, indices=network.v[edge[rows]], limit=LIMIT_M)
            + (rest + case.spots.away_m)[rows, None],
        )
        shares = (near[:, node].astype(np.float32) <= LIMIT_M).astype(np.float64) @ owner
        np.add.at(out, np.arange(len(edge))[rows] % CATEGORIES, shares)
    return out


def _what_if(case: _Case, coverage: Coverage) -> Iterator[Figure]:
    """Move services, one after another; then measure everything again."""
    what_if = WhatIf(coverage, case.territory)
    taken = _moved(what_if, case)
    again = Coverage.of(case.walker, case.demand, what_if.services(), case.people)
    apart = max(
        float(np.nanmax(np.abs(np.nan_to_num(what_if.cells(name).value, posinf=-1)
                               - np.nan_to_num(again.cells[name].value, posinf=-1))))
        for name in Measure
    )  # fmt: skip
    yield Figure(figure=f"{case.name}: what if, median", value=float(np.median(taken)), unit="ms",
                 goal="<= 50")  # fmt: skip
    yield Figure(figure=f"{case.name}: what if, slowest", value=max(taken), unit="ms")
    yield Figure(figure=f"{case.name}: what if, apart from all again", value=apart, unit="",
                 goal="<= 1e-9")  # fmt: skip


def _grouped(case: _Case) -> Iterator[Figure]:
    """Measure with groups, and move services that are in one of them."""
    start = time.perf_counter()
    coverage = case.cover()
    taken = 1_000 * (time.perf_counter() - start)
    name = f"{case.name}, {GROUPS} groups too"
    yield Figure(figure=f"{name}: all sectors", value=taken, unit="ms")
    step = float(np.median(_moved(WhatIf(coverage, case.territory), case)))
    yield Figure(figure=f"{name}: what if, median", value=step, unit="ms", goal="<= 50")


def _moved(what_if: WhatIf, case: _Case) -> list[float]:
    """Move services, one after another; return the milliseconds of each."""
    taken = []
    for service, (lon, lat) in enumerate(case.elsewhere.tolist()):
        start = time.perf_counter()
        what_if.move(service, lon, lat)
        taken.append(1_000 * (time.perf_counter() - start))
    return taken


def _growth(seed: int) -> Iterator[Figure]:
    """Measure more and more sectors; the slope is that of the logarithms."""
    sizes, seconds, steps = [], [], []
    print(f"{'sectors':>9} {'crossings':>10} {'places':>8} {'all, s':>8} {'what if, ms':>12}")
    for sectors in GROWTH:
        walker = Walker(street_graph(sectors * CROSSINGS, seed))
        case = _Case(walker, _squares(sectors, walker.network), sectors, seed)
        start = time.perf_counter()
        coverage = case.cover()
        seconds.append(time.perf_counter() - start)
        steps.append(float(np.median(_moved(WhatIf(coverage, case.territory), case))))
        sizes.append(len(case.territory.codes))
        print(f"{sizes[-1]:9,} {len(walker.network):10,} {sectors:8,} "
              f"{seconds[-1]:8.2f} {steps[-1]:12.1f}")  # fmt: skip
        yield Figure(figure=f"{sectors:,} sectors: all", value=1_000 * seconds[-1], unit="ms")
        yield Figure(figure=f"{sectors:,} sectors: what if", value=steps[-1], unit="ms")
    for name, values in (("all", seconds), ("what if", steps)):
        slope = float(np.polyfit(np.log(sizes), np.log(values), 1)[0])
        yield Figure(figure=f"slope of {name} (1 is in step with sectors)", value=slope, unit="")


def _squares(count: int, network: Network) -> Territory:
    """Lay about so many square sectors over a whole network."""
    side = round(np.sqrt(count))
    width = (np.sqrt(len(network)) + 1) * BLOCK_M / side
    column, row = (part.ravel() for part in np.indices((side, side)))
    x, y = CORNER[0] - BLOCK_M / 2 + column * width, CORNER[1] - BLOCK_M / 2 + row * width
    frame = gpd.GeoDataFrame(
        {"name_fr": "", "name_nl": "", "municipality": "21004", "district": "", "area_ha": 1.0},
        geometry=shapely.box(x, y, x + width, y + width),
        index=pd.Index([f"{place:09d}" for place in range(side * side)], name="code"),
        crs=LAMBERT_72,
    )
    return _territory(frame)


def _territory(frame: gpd.GeoDataFrame) -> Territory:
    empty = pd.DataFrame({"name_fr": [], "name_nl": []})
    return Territory(
        sectors=frame, municipalities=empty, districts=empty, schematic=False,
        source="", licence="", situation="",
    )  # fmt: skip


def _best_ms(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return 1_000 * min(seconds)
