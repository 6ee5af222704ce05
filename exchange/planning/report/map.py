"""A map of the report: areas filled by class, borders, names, signs, north and scale; as lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final

import numpy as np
import shapely
from reportlab.pdfgen.canvas import FILL_EVEN_ODD

from exchange.paper.fonts import width_pt
from exchange.paper.frame import Floats, Frame, draw_bar, draw_north
from exchange.paper.text import Style, draw_line, wrap
from exchange.planning.areas import outline_of
from exchange.planning.described import Mark, ShadedMap
from exchange.planning.report.ground import Ground, Shapes, edges, middle_of, trace, united
from exchange.planning.report.looks import MARK, OUTLINED, TOWN
from exchange.planning.report.textures import fill_of, shade
from geo.crs import LAMBERT_72, WGS_84, project
from geo.levels import Level

CONTEXT: Final = "#efece5"
"""Areas the map does not tell of."""
AREA_LINE: Final = ("#6f6a60", 0.22)
TOWN_LINE: Final = ("#2f3635", 0.9)
OUTLINE: Final = ("#000000", 1.6)
CASING_PT: Final = 1.4
NAMED_MARKS: Final = 25
NAMED_OUTLINES: Final = 40
"""More names would hide the map (our choice)."""
MANY_MARKS: Final = 60
_TRIES: Final = tuple(
    sorted(product(range(-21, 22, 7), range(-20, 21, 5)), key=lambda at: math.hypot(*at))
)
"""Where a name is tried around its place, the nearest first; in points."""


def draw_shaded(canvas: Any, ground: Ground, shaded: ShadedMap, frame: Frame) -> None:
    """Draw a map within its frame."""
    shapes = ground.simple(frame)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(frame.x, frame.y, frame.width, frame.height)
    canvas.clipPath(clip, stroke=0)
    canvas.setLineJoin(1)
    canvas.setLineCap(1)
    _fill(canvas, ground, shaded, frame, shapes)
    _draw_borders(canvas, ground, shaded, frame, shapes)
    _draw_outlines(canvas, ground, shaded, frame)
    names = Names(canvas, frame)
    marks = seen(shaded.marks, frame)
    named = len(marks) <= NAMED_MARKS
    if not named:
        names.dots = frame.place(_metres(marks))
    else:
        _draw_marks(canvas, marks, frame, names)
    for name, middle in _named_outlines(ground, shaded):
        names.write(name, OUTLINED, middle)
    for name, middle in ground.names(frame):
        names.write(name, TOWN, middle)
    if not named:  # many signs: no name may hide one
        _draw_marks(canvas, marks, frame, names)
    canvas.restoreState()
    draw_bar(canvas, frame, (frame.x - 6, frame.y))
    draw_north(canvas, frame)


def _fill(canvas: Any, ground: Ground, shaded: ShadedMap, frame: Frame, shapes: Shapes) -> None:
    areas = ground.areas(shaded)
    told = np.concatenate(list(areas.values()))
    other = np.setdiff1d(np.arange(len(shapes)), told)
    near = other[shapely.intersects(shapes[other], shapely.box(*frame.ground))]
    if len(near):
        canvas.setFillColor(CONTEXT)
        path = trace(canvas, frame, united(shapes[near]))
        canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
    fills = [fill_of(shaded.key, place) for place in areas]
    for fill, places in zip(fills, areas.values(), strict=True):
        shape = united(shapes[places])
        bounds = frame.place(shapely.bounds(shape).reshape(2, 2)).ravel().tolist()
        shade(canvas, trace(canvas, frame, shape), fill, bounds)


def _draw_borders(
    canvas: Any, ground: Ground, shaded: ShadedMap, frame: Frame, shapes: Shapes
) -> None:
    held = ground.members(shaded.level)
    told = [held[key] for key in shaded.ids if key in held]
    _stroke(canvas, frame, edges(united(shapes[places]) for places in told), *AREA_LINE)
    window = shapely.box(*frame.ground)
    towns = [united(shapes[places]) for places in ground.members(Level.MUNICIPALITY).values()]
    near = [town for town in towns if shapely.intersects(town, window)]
    _stroke(canvas, frame, edges(near), *TOWN_LINE)


def _stroke(canvas: Any, frame: Frame, lines: shapely.Geometry, colour: str, wide: float) -> None:
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(wide)
    canvas.drawPath(trace(canvas, frame, lines), stroke=1, fill=0)


def _draw_outlines(canvas: Any, ground: Ground, shaded: ShadedMap, frame: Frame) -> None:
    index = ground.described.territory.sectors.index
    shapes = ground.simple(frame)
    for _, codes in shaded.outlines:
        places = index.get_indexer(list(codes))
        places = places[places >= 0]
        if len(places):
            border = shapely.boundary(united(shapes[places]))
            colour, wide = OUTLINE
            _stroke(canvas, frame, border, "#ffffff", wide + CASING_PT)
            _stroke(canvas, frame, border, colour, wide)


def _named_outlines(ground: Ground, shaded: ShadedMap) -> list[tuple[str, Floats]]:
    if len(shaded.outlines) > NAMED_OUTLINES:
        return []
    found = [(name, outline_of(ground.described, codes)) for name, codes in shaded.outlines]
    return [(name, middle_of(shape)) for name, shape in found if name and shape is not None]


def _draw_marks(canvas: Any, marks: Sequence[Mark], frame: Frame, names: "Names") -> None:
    if not marks:
        return
    metres = _metres(marks)
    small = len(marks) > MANY_MARKS
    for mark, (x, y) in zip(marks, frame.place(metres).tolist(), strict=True):
        draw_mark(canvas, mark.symbol, x, y, small=small)
    if len(marks) <= NAMED_MARKS:
        for mark, place in zip(marks, metres, strict=True):
            names.keep(place, 5)
            if mark.label:
                names.write(mark.label, MARK, place, beside=True)


def _metres(marks: Sequence[Mark]) -> Floats:
    degrees = np.array([(mark.lon, mark.lat) for mark in marks], dtype=np.float64)
    return project(degrees.reshape(-1, 2), source=WGS_84, target=LAMBERT_72)


def seen(marks: Sequence[Mark], frame: Frame) -> list[Mark]:
    """Return the marks that lie within a map; a point that is none lies nowhere."""
    if not marks:
        return []
    found = _metres(marks)
    west, south, east, north = frame.ground
    x, y = found.T
    within = (x >= west) & (x <= east) & (y >= south) & (y <= north)
    return [mark for mark, inside in zip(marks, within.tolist(), strict=True) if inside]


def draw_mark(canvas: Any, symbol: str, x: float, y: float, *, small: bool = False) -> None:
    """Draw the sign of a place around x, y: black, ringed in white."""
    canvas.saveState()
    canvas.setFillColor("#000000")
    canvas.setStrokeColor("#ffffff")
    canvas.setLineWidth(0.6 if small else 1.0)
    size = 1.9 if small else 3.3
    if symbol == "star":
        canvas.drawPath(_star(canvas, x, y, 2 * size), stroke=1, fill=1)
    elif symbol == "cross":
        arm = 1.1 * size
        for colour, wide in (("#ffffff", size * 1.3), ("#000000", size * 0.65)):
            canvas.setStrokeColor(colour)
            canvas.setLineWidth(wide)
            canvas.lines(
                [(x - arm, y - arm, x + arm, y + arm), (x - arm, y + arm, x + arm, y - arm)]
            )
    else:
        canvas.circle(x, y, size, stroke=1, fill=1)
    canvas.restoreState()


def _star(canvas: Any, x: float, y: float, size: float) -> Any:
    angles = np.pi / 2 + np.arange(10) * np.pi / 5
    reach = np.where(np.arange(10) % 2, 0.45, 1.0) * size
    path = canvas.beginPath()
    points = np.column_stack([x + reach * np.cos(angles), y + reach * np.sin(angles)])
    path.moveTo(*points[0].tolist())
    for point in points[1:].tolist():
        path.lineTo(*point)
    path.close()
    return path


@dataclass
class Names:
    """Names written on a map so that none hides another; one without room is left out.

    `dots` are points of the page, (n, 2), that a name rather stands beside.
    """

    canvas: Any
    frame: Frame
    taken: list[shapely.Geometry] = field(default_factory=list)
    dots: Floats = field(default_factory=lambda: np.empty((0, 2)))

    def __post_init__(self) -> None:
        frame = self.frame
        top, right = frame.y + frame.height, frame.x + frame.width
        self.taken.append(shapely.box(right - 20, top - 34, right, top))
        self.taken.append(shapely.box(frame.x, frame.y, frame.x + 110, frame.y + 20))

    def keep(self, place: Floats, reach_pt: float) -> None:
        """Keep a spot free of names."""
        x, y = self.frame.place(place).tolist()
        self.taken.append(shapely.box(x - reach_pt, y - reach_pt, x + reach_pt, y + reach_pt))

    def write(self, text: str, style: Style, place: Floats, *, beside: bool = False) -> None:
        """Write a name around a place in metres, or beside a sign there."""
        line = next(iter(wrap(text, style, self.frame.width / 3, most=1)), "")
        wide = width_pt(line, style.weight, style.size_pt)
        x, y = self.frame.place(place).tolist()
        edge = shapely.box(*_box(self.frame))
        off = wide / 2 + 7
        rooms: list[tuple[int, int, shapely.Geometry, float, float]] = []
        for across, up in [(off, 0), (-off, 0), (0, 10), (0, -10)] if beside else _TRIES:
            middle, foot = x + across, y + up - style.size_pt * 0.34
            box = (middle - wide / 2 - 1, foot - 2, middle + wide / 2 + 1, foot + 7.5)
            room = shapely.box(*box)
            if line and edge.contains(room) and not shapely.intersects(room, self.taken).any():
                rooms.append((self._hidden(box), len(rooms), room, middle - wide / 2, foot))
        if rooms:
            _, _, room, left, foot = min(rooms, key=lambda each: each[:2])
            self.taken.append(room)
            _haloed(self.canvas, line, style, left, foot)

    def _hidden(self, box: tuple[float, float, float, float]) -> int:
        """Count the dots within a room."""
        left, bottom, right, top = box
        x, y = self.dots.T
        return int(((x > left - 2) & (x < right + 2) & (y > bottom - 2) & (y < top + 2)).sum())


def _box(frame: Frame) -> tuple[float, float, float, float]:
    return frame.x, frame.y, frame.x + frame.width, frame.y + frame.height


def _haloed(canvas: Any, line: str, style: Style, x: float, y: float) -> None:
    canvas.saveState()
    canvas.setStrokeColor("#ffffff")
    canvas.setLineWidth(2.6)
    canvas.setLineJoin(1)
    # The halo is the same letters as lines; whoever copies or reads the text meets them once.
    canvas._code.append("/Span <</ActualText ()>> BDC")  # noqa: SLF001 - no public way
    canvas._code.append("1 Tr")  # noqa: SLF001
    draw_line(canvas, line, replace(style, colour="#ffffff"), x, y)
    canvas._code.append("0 Tr EMC")  # noqa: SLF001
    draw_line(canvas, line, style, x, y)
    canvas.restoreState()
