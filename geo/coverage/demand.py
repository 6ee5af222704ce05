"""Where people live: points on streets, the sector of each and its share of that sector."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import N_, BadInputError
from geo.territory import Territory
from geo.walking import Network, Spots

GRID_M: Final = 100.0
"""Between the points of a sector that has neither addresses nor crossings: a block (our choice)."""
FRONT_M: Final = 25.0
"""Addresses of one sector on so many metres of one street are one point with the weight of all:
nobody's walk changes by more than a few house fronts (our choice)."""
BEYOND: Final = -1
"""Stands for the sector of who lives beyond the territory."""


class Source(IntEnum):
    """What tells where the people of a sector live, the best first."""

    ADDRESSES = 0
    CROSSINGS = 1
    GRID = 2


@dataclass(frozen=True, kw_only=True, eq=False)
class Demand:
    """Points where people live; not to be changed once made.

    Attributes:
        codes: (s,) the sectors, in the order of the territory.
        spots: (p,) the points, on streets where a network is known.
        sector: (p,) the place in `codes` of each, `BEYOND` outside the territory.
        weight: (p,) its share of the people of its sector; beyond the territory the people
            themselves. The shares of a sector sum to 1: over its points on the network if it has
            any (the others then weigh nothing), else over all.
        source: (s,) the `Source` of each sector.
    """

    codes: NDArray[np.object_]
    spots: Spots
    sector: NDArray[np.int32]
    weight: NDArray[np.float64]
    source: NDArray[np.int8]

    def __len__(self) -> int:
        return len(self.sector)

    @cached_property
    def walkable(self) -> NDArray[np.bool_]:
        """Which sectors (s,) have a point from which one can walk."""
        on = self.sector[~self.spots.off & (self.sector != BEYOND)]
        return np.bincount(on, minlength=len(self.codes)) > 0

    @cached_property
    def shares(self) -> csr_array:
        """Points x sectors: the weight of each point within the territory."""
        at = np.flatnonzero(self.sector != BEYOND)
        shape = (len(self), len(self.codes))
        return csr_array((self.weight[at], (at, self.sector[at])), shape=shape)

    def spread(self, people: NDArray[np.float64]) -> NDArray[np.float64]:
        """Lay the people of each sector (s,) on its points (p,); unknown (NaN) counts nobody."""
        known = np.append(np.nan_to_num(people, nan=0.0), 1.0)
        laid: NDArray[np.float64] = self.weight * known[self.sector]
        return laid


def demand(
    territory: Territory,
    network: Network | None = None,
    addresses: NDArray[np.float64] | None = None,
    *,
    beyond: tuple[Sequence[float], Sequence[float], Sequence[float]] | None = None,
) -> Demand:
    """Place the people of every sector by the best that is known of it.

    Args:
        territory: the sectors.
        network: the streets; without it nothing can be walked, and every sector says so.
        addresses: (n, 2) longitude and latitude of every address (EPSG:4326); one that is not
            finite or lies in no sector is left out.
        beyond: longitudes, latitudes and people of who lives outside the territory and may come
            to its services.

    Raises:
        BadInputError: columns of `beyond` that differ in length, or people below zero.
    """
    source = np.full(len(territory.codes), Source.GRID, dtype=np.int8)
    parts: list[tuple[Spots, NDArray[np.int32], NDArray[np.float64]]] = []
    if addresses is not None:
        doors = _doors(territory, network, addresses)
        source[doors[1]] = Source.ADDRESSES
        parts.append(doors)
    if network is not None:
        corners, sector = _corners(territory, network)
        new = source[sector] != Source.ADDRESSES
        source[sector[new]] = Source.CROSSINGS
        parts.append((corners[new], sector[new], np.ones(int(new.sum()))))
    parts.append(_grid(territory, network, np.flatnonzero(source == Source.GRID)))
    parts.append(_outside(network, beyond))
    spots, sector = join_spots([part[0] for part in parts]), np.concatenate([p[1] for p in parts])
    return Demand(
        codes=territory.codes,
        spots=spots,
        sector=sector,
        weight=_shares(np.concatenate([p[2] for p in parts]), sector, spots, len(source)),
        source=source,
    )


def snapped(network: Network | None, lon: object, lat: object) -> Spots:
    """Put positions in degrees on the streets, or keep them as they are where there are none."""
    return Spots.unsnapped(lon, lat) if network is None else network.snap(lon, lat)


def _located(territory: Territory, lonlat: NDArray[np.float64]) -> NDArray[np.int32]:
    """Return the place of the sector of each position, `BEYOND` outside."""
    xy = project(lonlat, source=WGS_84, target=LAMBERT_72)
    return territory.position(xy).astype(np.int32)


def _doors(
    territory: Territory, network: Network | None, addresses: NDArray[np.float64]
) -> tuple[Spots, NDArray[np.int32], NDArray[np.float64]]:
    """Return addresses within the territory, those that stand together as one point."""
    lonlat = np.asarray(addresses, dtype=np.float64).reshape(-1, 2)
    lonlat = lonlat[np.isfinite(lonlat).all(axis=1)]
    sector = _located(territory, lonlat)
    lonlat, sector = lonlat[sector != BEYOND], sector[sector != BEYOND]
    spots = snapped(network, *lonlat.T)
    alone = np.where(spots.off, np.arange(len(spots)), -1)
    front = (spots.offset_m // FRONT_M).astype(np.int64)
    key = np.column_stack([sector, spots.edge, front, alone])
    if not len(key):
        return spots, sector, np.ones(0)
    _, first, group, count = np.unique(
        key, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    group = group.ravel()
    lon, lat, offset_m, away_m = (
        np.bincount(group, weights=column) / count
        for column in (spots.lon, spots.lat, spots.offset_m, spots.away_m)
    )
    merged = Spots(lon=lon, lat=lat, edge=spots.edge[first], offset_m=offset_m, away_m=away_m)
    return merged, sector[first], count.astype(np.float64)


def _corners(territory: Territory, network: Network) -> tuple[Spots, NDArray[np.int32]]:
    """Return the crossings within the territory, each at the end of one of its streets."""
    edge = np.full(len(network), -1, dtype=np.int32)
    offset_m = np.zeros(len(network))
    streets = np.arange(len(network.u), dtype=np.int32)
    edge[network.v], offset_m[network.v] = streets, network.length_m
    edge[network.u], offset_m[network.u] = streets, 0.0
    sector = _located(territory, network.lonlat)
    kept = (edge >= 0) & (sector != BEYOND)
    lon, lat = network.lonlat.T
    spots = Spots(lon=lon, lat=lat, edge=edge, offset_m=offset_m, away_m=np.zeros(len(network)))
    return spots[kept], sector[kept]


def _grid(
    territory: Territory, network: Network | None, sectors: NDArray[np.int64]
) -> tuple[Spots, NDArray[np.int32], NDArray[np.float64]]:
    """Return points every 100 m of some sectors, at least one within each."""
    shapes = np.asarray(territory.sectors.geometry, dtype=object)[sectors]
    points, owner = [np.empty((0, 2))], [np.empty(0, dtype=np.int32)]
    for place, shape in zip(sectors, shapes, strict=True):
        west, south, east, north = shape.bounds
        x, y = (
            part.ravel()
            for part in np.meshgrid(
                np.arange(west + GRID_M / 2, east, GRID_M),
                np.arange(south + GRID_M / 2, north, GRID_M),
            )
        )
        within = shapely.contains_xy(shape, x, y)
        xy = np.column_stack([x[within], y[within]])
        if not len(xy):
            xy = shapely.get_coordinates(shapely.point_on_surface(shape))
        points.append(xy)
        owner.append(np.full(len(xy), place, dtype=np.int32))
    lonlat = project(np.concatenate(points), source=LAMBERT_72, target=WGS_84)
    return snapped(network, *lonlat.T), np.concatenate(owner), np.ones(len(lonlat))


def _outside(
    network: Network | None,
    beyond: tuple[Sequence[float], Sequence[float], Sequence[float]] | None,
) -> tuple[Spots, NDArray[np.int32], NDArray[np.float64]]:
    lon, lat, people = (np.asarray(row, dtype=np.float64) for row in beyond or ((), (), ()))
    if not len(lon) == len(lat) == len(people) or not (people >= 0).all():
        raise BadInputError(
            N_("Expected a position and people, not below zero, for each point beyond the edge.")
        )
    return snapped(network, lon, lat), np.full(len(lon), BEYOND, dtype=np.int32), people


def join_spots(parts: Sequence[Spots]) -> Spots:
    """Put spots of one network one after another."""
    return Spots(
        lon=np.concatenate([part.lon for part in parts]),
        lat=np.concatenate([part.lat for part in parts]),
        edge=np.concatenate([part.edge for part in parts]).astype(np.int32),
        offset_m=np.concatenate([part.offset_m for part in parts]),
        away_m=np.concatenate([part.away_m for part in parts]),
    )


def _shares(
    count: NDArray[np.float64], sector: NDArray[np.int32], spots: Spots, sectors: int
) -> NDArray[np.float64]:
    """Turn counts into shares of each sector; who lives beyond keeps their number."""
    inside = sector != BEYOND
    on = inside & ~spots.off
    walkable = np.bincount(sector[on], minlength=sectors) > 0
    kept = np.where(inside & (on | ~walkable[sector]), count, 0.0)
    total = np.bincount(sector[inside], weights=kept[inside], minlength=sectors)
    return np.where(inside, kept / np.append(total, 1.0)[sector], count)
