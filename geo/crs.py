"""Coordinate reference systems: which we measure in, which we show in, and the one way between."""

from functools import cache
from typing import Any

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geo.errors import N_, CrsError

LAMBERT_72 = 31370
"""Belgian Lambert 72, metres: what we measure in and what the register is written in."""
LAMBERT_2008 = 3812
"""Belgian Lambert 2008, metres: what Statbel publishes beside it since 2020."""
WGS_84 = 4326
"""Longitude and latitude in degrees: what browsers and GeoJSON show."""
METRIC = (LAMBERT_72, LAMBERT_2008)

_ENOUGH = 25
"""pyproj's confidence (0-100) from which a description without a code counts as that system:
the .prj of a shapefile names Lambert 72 in ESRI's words, which pyproj puts at 25 or more."""

_IN_BRUSSELS = {
    LAMBERT_72: (149_000.0, 170_700.0),
    LAMBERT_2008: (649_000.0, 670_700.0),
    WGS_84: (4.3543, 50.8467),
}


def epsg_of(crs: object) -> int | None:
    """Return the EPSG code a system stands for, None where there is none or it is not known.

    >>> epsg_of("EPSG:31370")
    31370
    """
    if crs is None:
        return None
    try:
        known = pyproj.CRS.from_user_input(crs)
    except pyproj.exceptions.CRSError:
        return None
    code = known.to_epsg() or known.to_epsg(min_confidence=_ENOUGH)
    return int(code) if code else None


def require_crs(frame: gpd.GeoDataFrame | gpd.GeoSeries, *, allowed: tuple[int, ...]) -> int:
    """Return the EPSG code of a frame, which must be one of `allowed`.

    Raises:
        CrsError: the frame has no reference system, or another one.
    """
    if frame.crs is None:
        raise CrsError(
            N_("Expected {expected}, found no coordinate reference system. Say which it is."),
            expected=_spoken(allowed),
        )
    code = epsg_of(frame.crs)
    if code not in allowed:
        raise CrsError(
            N_("Expected {expected}, found {found}. Convert it first."),
            expected=_spoken(allowed),
            found=f"EPSG:{code}" if code else frame.crs.name,
        )
    return code


def convert(frame: gpd.GeoDataFrame, *, to: int) -> gpd.GeoDataFrame:
    """Return the frame in another system; the same object where it already is in it.

    Raises:
        CrsError: the frame has no reference system.
    """
    if frame.crs is None:
        raise CrsError(
            N_("Expected {expected}, found no coordinate reference system. Say which it is."),
            expected=f"EPSG:{to}",
        )
    return frame if epsg_of(frame.crs) == to else frame.to_crs(to)


def project(points: NDArray[np.float64], *, source: int, target: int) -> NDArray[np.float64]:
    """Convert an (n, 2) array of x, y (longitude, latitude) between two systems.

    >>> project(np.array([[4.3517, 50.8466]]), source=4326, target=31370).round(-2).tolist()
    [[148800.0, 170700.0]]
    """
    if source == target:
        return points
    x, y = _transformer(source, target).transform(points[:, 0], points[:, 1])
    return np.column_stack([x, y])


def project_shapes(shapes: Any, *, source: int, target: int) -> Any:
    """Convert a shape, or an array of them, between two systems: every vertex as `project` does.

    >>> there = project_shapes(shapely.Point(4.3517, 50.8466), source=4326, target=31370)
    >>> round(there.x, -2), round(there.y, -2)
    (148800.0, 170700.0)
    """
    return shapely.transform(shapes, lambda xy: project(xy, source=source, target=target))


@cache
def _transformer(source: int, target: int) -> pyproj.Transformer:
    """Return the transformer between two systems; between ours, as the pipeline used in Brussels.

    pyproj looks for the operation anew in each thread that transforms, which takes tens of
    milliseconds, and a rerun of a page is a thread. A pipeline is only read. One with a grid has
    an edge, beyond which another operation takes over, so that one stays looked for.
    """
    found = pyproj.Transformer.from_crs(source, target, always_xy=True)
    if source not in _IN_BRUSSELS or target not in _IN_BRUSSELS:
        return found
    found.transform(*_IN_BRUSSELS[source])
    pipeline = found.get_last_used_operation().definition
    return found if "grids=" in pipeline else pyproj.Transformer.from_pipeline(pipeline)


def _spoken(codes: tuple[int, ...]) -> str:
    return ", ".join(f"EPSG:{code}" for code in codes)
