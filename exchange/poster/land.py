"""What a plan is drawn on, in metres: streets, parks, water and rails, cut to a frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from weakref import WeakKeyDictionary

import geopandas as gpd
import numpy as np
import shapely

from exchange.paper.frame import Frame
from exchange.poster.boxes import Floats
from exchange.poster.sheet import Ground
from geo.crs import LAMBERT_2008, WGS_84, project_shapes

STREETS_M: Final = {"main": 15.0, "medium": 12.0, "minor": 9.0, "path": 2.5}
"""How wide a street is drawn, about as wide as it is (our choice)."""
LEAST_PT: Final = {"main": 3.4, "medium": 2.8, "minor": 2.0, "path": 0.7}
PAPER: Final = "#f7f2e8"
PARK: Final = "#d5e5c2"
WATER: Final = "#a5cfe3"
STREET: Final = "#ffffff"
EDGE: Final = "#d3c8b3"
PATH: Final = "#d9cdb8"
RAIL: Final = "#b3a897"
TRAM: Final = "#c0b29c"
SUBWAY: Final = "#c2a98f"
"""The map's own colours: `base` of layers/palette.json, which exchange may not import."""
LINES: Final = {"rail": (RAIL, 1.4), "subway": (SUBWAY, 1.6), "tram": (TRAM, 0.9)}
SIMPLER_PT: Final = 0.12
"""What no eye sees on paper: lines are simplified by it."""


@dataclass(frozen=True, eq=False)
class Street:
    """A street within a frame, in points on the page."""

    kind: str
    names: tuple[str, str]
    line: shapely.Geometry


@dataclass(frozen=True, eq=False)
class Stop:
    """A stop of public transport, in points on the page."""

    kind: str
    names: tuple[str, str]
    x: float
    y: float


@dataclass(frozen=True, eq=False)
class _Projected:
    streets: Any
    kinds: Any
    names: list[tuple[str, str]]
    shapes: dict[str, Any]
    stops: Floats
    told: list[tuple[str, str, str]]


_KEPT: WeakKeyDictionary[Ground, _Projected] = WeakKeyDictionary()


def to_metres(shape: Any) -> Any:
    """Project shapes from EPSG:4326 to EPSG:3812."""
    return project_shapes(shape, source=WGS_84, target=LAMBERT_2008)


def _projected(ground: Ground) -> _Projected:
    """Project a ground once, however many sheets are drawn of it."""
    if ground not in _KEPT:
        streets, stops = ground.streets, ground.stops
        found = to_metres(_geometry(streets))
        points = shapely.get_coordinates(to_metres(_geometry(stops)))
        told: list[tuple[str, str, str]] = []
        if stops is not None:
            told = [
                (str(k), str(f), str(n))
                for k, f, n in zip(stops["kind"], stops["name_fr"], stops["name_nl"], strict=True)
            ]
        kinds = np.array([] if streets is None else streets["kind"].astype(str), dtype=object)
        names = (
            []
            if streets is None
            else [
                (str(f), str(n))
                for f, n in zip(streets["name_fr"], streets["name_nl"], strict=True)
            ]
        )
        shapes = {name: to_metres(_geometry(frame)) for name, frame in ground.shapes.items()}
        _KEPT[ground] = _Projected(found, kinds, names, shapes, points, told)
    return _KEPT[ground]


def _geometry(frame: gpd.GeoDataFrame | None) -> Any:
    return np.array([], dtype=object) if frame is None else frame.geometry.to_numpy()


@dataclass(frozen=True, eq=False)
class Land:
    """What of a ground a frame shows, in points on the page."""

    frame: Frame
    streets: tuple[Street, ...]
    shapes: dict[str, list[shapely.Geometry]]
    stops: tuple[Stop, ...]

    @classmethod
    def within(cls, ground: Ground, frame: Frame) -> "Land":
        """Cut a ground to a frame."""
        held = _projected(ground)
        lines, index = _cut(held.streets, frame)
        streets = [
            Street(held.kinds[n], held.names[n], line) for n, line in zip(index, lines, strict=True)
        ]
        shapes = {name: list(_cut(found, frame)[0]) for name, found in held.shapes.items()}
        places = frame.place(held.stops) if len(held.stops) else held.stops
        left, low = frame.x, frame.y
        stops = [
            Stop(kind, (fr, nl), float(x), float(y))
            for (kind, fr, nl), (x, y) in zip(held.told, places, strict=True)
            if left < x < left + frame.width and low < y < low + frame.height
        ]
        return cls(frame, tuple(streets), shapes, tuple(stops))

    def width_pt(self, kind: str) -> float:
        """How wide a street of a kind is drawn."""
        kind = kind if kind in STREETS_M else "minor"
        return max(LEAST_PT[kind], STREETS_M[kind] * self.frame.pt_a_m)

    def draw(self, canvas: Any) -> None:
        """Draw it all: paper, parks, water, streets with their edges, rails."""
        frame = self.frame
        canvas.setFillColor(PAPER)
        canvas.rect(frame.x, frame.y, frame.width, frame.height, stroke=0, fill=1)
        for name, colour in (("park", PARK), ("water", WATER)):
            canvas.setFillColor(colour)
            for shape in self.shapes.get(name, ()):
                canvas.drawPath(path_of(canvas, shape), stroke=0, fill=1)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        self._draw_paths(canvas)
        for wider, colours in ((1.3, dict.fromkeys(STREETS_M, EDGE)), (0.0, {})):
            for kind in ("minor", "medium", "main"):
                self._stroke(canvas, kind, colours.get(kind, STREET), wider)
        for name, (colour, width) in LINES.items():
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(width)
            canvas.setDash(*([4, 2.5] if name == "subway" else []))
            for shape in self.shapes.get(name, ()):
                canvas.drawPath(path_of(canvas, shape), stroke=1, fill=0)
        canvas.setDash()

    def _draw_paths(self, canvas: Any) -> None:
        canvas.setDash(2.5, 1.8)
        self._stroke(canvas, "path", PATH, -0.6)
        canvas.setDash()

    def _stroke(self, canvas: Any, kind: str, colour: str, wider: float) -> None:
        lines = [
            s.line for s in self.streets if (s.kind if s.kind in STREETS_M else "minor") == kind
        ]
        if not lines:
            return
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(max(0.5, self.width_pt(kind) + wider))
        path = canvas.beginPath()
        for line in lines:
            _trace(path, line)
        canvas.drawPath(path, stroke=1, fill=0)


def _cut(shapes: Any, frame: Frame) -> tuple[Any, Any]:
    """Cut shapes in metres to a frame, with the place of each in the array; in points."""
    if not len(shapes):
        return shapes, np.array([], dtype=int)
    west, south, east, north = frame.ground
    aside = 20 / frame.pt_a_m  # round ends and edges of what is cut stay outside the frame
    box = (west - aside, south - aside, east + aside, north + aside)
    near = np.flatnonzero(shapely.intersects(shapes, shapely.box(*box)))
    cut = shapely.clip_by_rect(shapes[near], *box)
    kept = ~shapely.is_empty(cut)
    placed = shapely.transform(cut[kept], frame.place)
    return shapely.simplify(placed, SIMPLER_PT), near[kept]


def path_of(canvas: Any, shape: shapely.Geometry) -> Any:
    """Turn a shape in points into a path, holes included."""
    path = canvas.beginPath()
    _trace(path, shape)
    return path


def _trace(path: Any, shape: shapely.Geometry) -> None:
    for ring, closed in _rings(shape):
        path.moveTo(*ring[0])
        for x, y in ring[1:]:
            path.lineTo(x, y)
        if closed:
            path.close()


def _rings(shape: shapely.Geometry) -> Iterator[tuple[list[list[float]], bool]]:
    for part in shapely.get_parts(shape):
        if part.geom_type == "LineString":
            yield shapely.get_coordinates(part).round(2).tolist(), False
        elif part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                yield shapely.get_coordinates(ring).round(2).tolist(), True
        elif part.geom_type == "GeometryCollection":
            yield from _rings(part)
