"""A million points to their sectors, beside geopandas."""

from collections.abc import Iterator
from typing import Final

import geopandas as gpd
import numpy as np

from benchmarks.clock import best, once
from benchmarks.figures import Figure
from benchmarks.installation import official_territory
from geo.crs import LAMBERT_72

POINTS: Final = 1_000_000
TRIES: Final = 3


def figures(seed: int) -> Iterator[Figure]:
    """Find the sector of each point; the cells are made once, told apart."""
    draw = np.random.default_rng(seed)
    territory = official_territory()
    west, south, east, north = territory.sectors.total_bounds
    xy = np.column_stack([draw.uniform(west, east, POINTS), draw.uniform(south, north, POINTS)])
    first, _ = once(lambda: territory.position(xy))
    ours, found = best(lambda: territory.position(xy))
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy.T), crs=LAMBERT_72)
    outlines = territory.sectors.geometry.to_numpy()
    shapes = gpd.GeoDataFrame({"place": np.arange(len(outlines))}, geometry=outlines,
                              crs=LAMBERT_72)  # fmt: skip
    theirs, joined = best(
        lambda: gpd.sjoin(points, shapes, how="left", predicate="intersects"), TRIES
    )
    expected = joined["place"].fillna(-1).groupby(level=0).min().to_numpy()
    yield Figure(figure="1 million points to sector", value=ours.wall_ms, unit="ms",
                 peer="geopandas.sjoin", peer_value=theirs.wall_ms)  # fmt: skip
    yield Figure(figure="1 million points, of sjoin's time", unit="%", goal="<= 25",
                 value=100 * ours.wall_ms / theirs.wall_ms)  # fmt: skip
    yield Figure(figure="the first time, cells made", value=first.wall_ms, unit="ms",
                 peer="geopandas.sjoin", peer_value=theirs.wall_ms)  # fmt: skip
    yield Figure(figure="points in another sector", value=int((found != expected).sum()), unit="",
                 goal="<= 0")  # fmt: skip
