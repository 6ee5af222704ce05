"""The ground of a local map as its script reads it: lines in small whole numbers."""

from collections.abc import Iterable
from typing import Any, Final

import numpy as np
import shapely

from exchange.poster.sheet import Ground

UNIT: Final = 1e-5
"""Degrees a step: about a metre, as exact as our tiles are."""
AROUND: Final = 0.35
"""Of width and height of an area so much of the ground beside it is drawn (our choice)."""
SIMPLER: Final = 1e-5
"""Degrees: a bend of less than a metre is none."""
LEAST_SQUARE: Final = 2e-9
"""Square degrees: a park of less than sixteen metres by ten is a garden, not a landmark."""
RAILS: Final = ("rail", "tram", "subway")


def around(area: shapely.Geometry) -> shapely.Geometry:
    """Return the rectangle a local map shows, in EPSG:4326; empty where there is no area."""
    if shapely.is_empty(area):
        return shapely.Polygon()
    west, south, east, north = shapely.bounds(area)
    x, y = (east - west) * AROUND, (north - south) * AROUND
    shown: shapely.Geometry = shapely.box(west - x, south - y, east + x, north + y)
    return shown


def packed_ground(ground: Ground, area: shapely.Geometry) -> dict[str, Any] | None:
    """Pack a ground for the script; None where there is nothing to draw.

    `origin` is (lat, lon); `streets` have kind `k`, name `n` and points `p`; rails are lines, parks
    and water rings. The first two numbers of a line are its steps east and north of the origin, the
    next ones those from the point before.
    """
    shown = around(area)
    if shapely.is_empty(shown) or (ground.streets is None and not ground.shapes):
        return None
    west, south = (round(float(side), 5) for side in shapely.bounds(shown)[:2])
    origin = np.array([west, south])
    names: dict[tuple[str, str], int] = {("", ""): 0}
    told: dict[str, Any] = {"origin": [south, west], "streets": []}
    if ground.streets is not None:
        columns = (ground.streets[name] for name in ("kind", "name_fr", "name_nl"))
        for kind, fr, nl, line in zip(*columns, ground.streets.geometry, strict=True):
            named = names.setdefault((str(fr or ""), str(nl or "")), len(names))
            told["streets"] += [
                {"k": str(kind), "n": named, "p": found} for found in _lines([line], origin)
            ]
    told["names"] = [list(each) for each in names]
    for kind in RAILS:
        if kind in ground.shapes:
            told[kind] = list(_lines(ground.shapes[kind].geometry, origin))
    for kind in ("park", "water"):
        if kind in ground.shapes:
            told[kind] = list(_polygons(ground.shapes[kind].geometry, origin))
    return told


def _lines(lines: Iterable[shapely.Geometry], origin: np.ndarray[Any, Any]) -> Iterable[list[int]]:
    for line in shapely.get_parts(np.asarray(list(lines), dtype=object)):
        if shapely.get_type_id(line) == shapely.GeometryType.LINESTRING:
            steps = _steps(shapely.simplify(line, SIMPLER), origin)
            if len(steps) > 2:  # noqa: PLR2004 - a point is no line
                yield steps


def _polygons(
    shapes: Iterable[shapely.Geometry], origin: np.ndarray[Any, Any]
) -> Iterable[list[list[int]]]:
    for shape in shapely.get_parts(np.asarray(list(shapes), dtype=object)):
        if shapely.get_type_id(shape) == shapely.GeometryType.POLYGON and shape.area > LEAST_SQUARE:
            simple = shapely.simplify(shape, 2 * SIMPLER)
            yield [_steps(ring, origin) for ring in (simple.exterior, *simple.interiors)]


def _steps(line: shapely.Geometry, origin: np.ndarray[Any, Any]) -> list[int]:
    at = np.rint((shapely.get_coordinates(line) - origin) / UNIT).astype(int)
    moved = np.diff(at, axis=0, prepend=np.zeros((1, 2), dtype=int))
    moved = moved[[True, *moved[1:].any(axis=1)]]
    return [int(step) for step in moved.ravel()]
