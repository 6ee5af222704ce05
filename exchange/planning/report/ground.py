"""The ground of the maps: outlines made as simple as paper can show, once a report."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from exchange.paper.frame import Floats, Frame
from exchange.planning.areas import area_names, members
from exchange.planning.described import Described, ShadedMap
from geo.levels import Level

FINEST_PT: Final = 0.35
"""What is smaller is left out of an outline: half the width of its line (our choice)."""
_EDGE_PT: Final = 5.0
"""White around the areas, within the map."""
_MIDDLE_M: Final = 20.0

Shapes = NDArray[np.object_]
Places = NDArray[np.int64]


@dataclass
class Ground:
    """The sectors of a description, simplified together so that no gaps open between them."""

    described: Described
    _simple: dict[float, Shapes] = field(default_factory=dict)
    _members: dict[Level, Mapping[str, Places]] = field(default_factory=dict)

    @property
    def shapes(self) -> Shapes:
        """The outlines of the sectors as they are, EPSG:31370."""
        return np.asarray(self.described.territory.sectors.geometry, dtype=object)

    def members(self, level: Level) -> Mapping[str, Places]:
        """Return the sectors of each area of a level."""
        if level not in self._members:
            self._members[level] = members(self.described, level)
        return self._members[level]

    def areas(self, shaded: ShadedMap) -> dict[int, Places]:
        """Return the sectors of each class of a map; what is in no class of its key is -1."""
        held = self.members(shaded.level)
        found: dict[int, list[Places]] = {}
        for key, place in zip(shaded.ids, shaded.classes, strict=True):
            if key in held:
                place_known = place if 0 <= place < len(shaded.key) else -1
                found.setdefault(place_known, []).append(held[key])
        return {place: np.unique(np.concatenate(each)) for place, each in found.items()}

    def frame(self, shaded: ShadedMap, *, width_pt: float, height_pt: float) -> Frame | None:
        """Lay the areas of a map in a room as large as they can be; None where there are none."""
        areas = self.areas(shaded)
        if not areas:
            return None
        west, south, east, north = shapely.total_bounds(
            self.shapes[np.concatenate(list(areas.values()))]
        )
        scale = min(
            (width_pt - 2 * _EDGE_PT) / max(east - west, 1.0),
            (height_pt - 2 * _EDGE_PT) / max(north - south, 1.0),
        )
        high = (north - south) * scale + 2 * _EDGE_PT
        wide = width_pt / scale
        left = (west + east) / 2 - wide / 2
        return Frame(
            0.0,
            0.0,
            width_pt,
            float(high),
            float(left),
            float(south - _EDGE_PT / scale),
            float(scale),
        )

    def simple(self, frame: Frame) -> Shapes:
        """Return the sectors as simple as a map of that scale shows them."""
        tolerance = round(FINEST_PT / frame.pt_a_m, 1)
        if tolerance not in self._simple:
            self._simple[tolerance] = shapely.coverage_simplify(self.shapes, tolerance)
        return self._simple[tolerance]

    def names(self, frame: Frame) -> Iterator[tuple[str, Floats]]:
        """Yield the names of the municipalities within a map and the middle of what it shows."""
        names = area_names(self.described, Level.MUNICIPALITY)
        shapes, window = self.simple(frame), shapely.box(*frame.ground)
        for key, places in self.members(Level.MUNICIPALITY).items():
            seen = shapely.intersection(united(shapes[places]), window)
            if not seen.is_empty:
                yield names.get(key, ""), middle_of(seen)


def united(shapes: Shapes) -> shapely.Geometry:
    """Unite neighbours, exact where they share their vertices."""
    return shapely.coverage_union_all(shapes)


def edges(shapes: Iterable[shapely.Geometry]) -> shapely.Geometry:
    """Return the borders of areas, each drawn once."""
    return shapely.line_merge(
        shapely.union_all(shapely.boundary(np.array(list(shapes), dtype=object)))
    )


def middle_of(shape: shapely.Geometry) -> Floats:
    """Return the point of an area furthest from its edge."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=_MIDDLE_M)
    return np.asarray(shapely.get_coordinates(circle)[0], dtype=np.float64)


def trace(canvas: Any, frame: Frame, shape: shapely.Geometry) -> Any:
    """Make a path of the lines and rings of a shape."""
    path = canvas.beginPath()
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                _follow(path, frame, ring)
                path.close()
        elif part.geom_type == "LineString":
            _follow(path, frame, part)
    return path


def _follow(path: Any, frame: Frame, line: shapely.Geometry) -> None:
    points = frame.place(shapely.get_coordinates(line)).round(2).tolist()
    path.moveTo(*points[0])
    for x, y in points[1:]:
        path.lineTo(x, y)
