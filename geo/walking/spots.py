"""Points on streets: where a person or a place stands within the network."""

from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import WGS_84, project

SNAP_LIMIT_M: Final = 150.0
"""Metres from the nearest street beyond which a position is off the network: no door in Brussels
stands so deep in a park or a station yard (our choice, 2026-11)."""
NOWHERE: Final = -1


@dataclass(frozen=True, kw_only=True, eq=False)
class Spots:
    """Positions and the nearest point on a street of each; all columns of one length.

    Attributes:
        lon, lat: the positions, degrees (EPSG:4326); NaN where there is none.
        edge: the street, -1 where there is none.
        offset_m: metres along that street from its first end.
        away_m: metres from the position to that point, as the crow flies; inf where none.
    """

    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    edge: NDArray[np.int32]
    offset_m: NDArray[np.float64]
    away_m: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.edge)

    def __getitem__(self, rows: Any) -> "Spots":
        """Take some of them: a slice, a mask or places; one place gives one."""
        at = np.atleast_1d(np.arange(len(self))[rows])
        return Spots(
            lon=self.lon[at],
            lat=self.lat[at],
            edge=self.edge[at],
            offset_m=self.offset_m[at],
            away_m=self.away_m[at],
        )

    @property
    def off(self) -> NDArray[np.bool_]:
        """Which lie off the network: no street within 150 m."""
        return ~(self.away_m <= SNAP_LIMIT_M)

    @classmethod
    def unsnapped(cls, lon: Any, lat: Any) -> Self:
        """Keep positions where there is no network; what is not on earth becomes NaN.

        >>> Spots.unsnapped([4.35, None], [50.84, 50.84]).lon.tolist()
        [4.35, nan]
        """
        east, north = (
            np.array(np.atleast_1d(np.asarray(one, dtype=object)), dtype=np.float64)
            for one in (lon, lat)
        )
        lost = ~((np.abs(east) <= 180.0) & (np.abs(north) <= 90.0))  # noqa: PLR2004 - degrees
        east[lost] = north[lost] = np.nan
        return cls(
            lon=east,
            lat=north,
            edge=np.full(len(east), NOWHERE, dtype=np.int32),
            offset_m=np.zeros(len(east)),
            away_m=np.full(len(east), np.inf),
        )


def snap_lines(
    lon: Any, lat: Any, tree: shapely.STRtree, streets: NDArray[np.int64], *, crs: int
) -> Spots:
    """Snap positions in degrees to the nearest line of a tree; `streets` are its lines' numbers."""
    spots = Spots.unsnapped(lon, lat)
    given = np.flatnonzero(np.isfinite(spots.lon))
    if not len(given) or not len(streets):
        return spots
    degrees = np.column_stack([spots.lon[given], spots.lat[given]])
    metres = project(degrees, source=WGS_84, target=crs)
    fits = np.isfinite(metres).all(axis=1)
    given, points = given[fits], shapely.points(metres[fits])
    found = tree.nearest(points)
    lines = np.asarray(tree.geometries)[found]
    spots.edge[given] = streets[found]
    spots.offset_m[given] = shapely.line_locate_point(lines, points)
    spots.away_m[given] = shapely.distance(lines, points)
    return spots
