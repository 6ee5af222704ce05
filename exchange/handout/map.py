"""The small map of a place: streets in grey, the way to the door, its number; drawn as lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from exchange.handout.sheet import Entry
from exchange.paper.fonts import width_pt
from exchange.paper.frame import LONGEST_BAR, Floats, Frame, draw_bar, draw_north
from exchange.paper.signs import draw_number
from exchange.paper.text import Style, draw_line, wrap
from geo.crs import LAMBERT_2008, WGS_84, project, project_shapes

START_CUT_M: Final = 60.0
"""Of every way at least this much is left out at its start, up to the next bend or crossing, so
that the sheet does not tell where its owner lives (our choice: half a block in Brussels)."""
LEAST_WAY_M: Final = 30.0
"""What is left must be worth a look (our choice)."""
LEAST_ACROSS_M: Final = 260.0
"""A map shows at least the block around the door."""
MOST_ACROSS_M: Final = 1_100.0
"""A small map of one place shows at most this: on more, no street could be told from another."""
MARGIN_PT: Final = 26.0
"""Left free around the way and the door: the scale and a number fit in it (our choice)."""
WIDTHS_PT: Final = {"main": 3.2, "medium": 2.2, "minor": 1.1, "path": 0.5}
GREYS: Final = {"main": "#b4b4b4", "medium": "#b4b4b4", "minor": "#a8a8a8", "path": "#a8a8a8"}
NAME: Final = Style(10, colour="#333333")
SCALE_WORDS_PT: Final = 50.0
SCALE_HIGH_PT: Final = 20.0
"""Room for the words beside the bar, and its height."""
NAMED_WITHIN_M: Final = 12.0
"""A street this near the way is one the person walks, so it is named first."""
PT_A_NAME: Final = 9_000.0
"""One street name for this much of the map's surface, in square points (our choice)."""
WAY_PT: Final = 3.4
BESIDE_PT: Final = 9.5
SHARES: Final = (0.5, 0.3, 0.7)
"""Where along its street a name is tried."""
LONGER_THAN_STREET: Final = 1.5
"""A name may be this much longer than the stretch of its street that the map shows."""


def metres(line: Sequence[tuple[float, float]]) -> Floats:
    """Convert longitudes and latitudes to an (n, 2) array in EPSG:3812."""
    given = np.asarray(line, dtype=np.float64).reshape(-1, 2)
    return project(given, source=WGS_84, target=LAMBERT_2008) if len(given) else given


def way_shown(way: Floats) -> Floats:
    """Leave out the start of a way: `START_CUT_M` and on to the next of its points, in metres.

    A way is an (n, 2) array in EPSG:3812 from the person to the door. The next point is a bend or
    a crossing, so all who set out within the same stretch get the same line. A way without such a
    point before the door is not shown at all.

    >>> way_shown(np.array([[0.0, 0], [50, 0], [80, 0], [80, 40]])).tolist()
    [[80.0, 0.0], [80.0, 40.0]]
    >>> way_shown(np.array([[0.0, 0], [300, 0]])).tolist()
    []
    """
    way = way[np.isfinite(way).all(axis=1)]
    walked = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(way, axis=0).T))))
    shown = way[walked >= START_CUT_M] if len(way) > 1 else way[:0]
    return shown if len(shown) > 1 and walked[-1] - START_CUT_M >= LEAST_WAY_M else way[:0]


def frame_of(
    points: Floats,
    *,
    at: tuple[float, float],
    size: tuple[float, float],
    door: Floats | None = None,
) -> Frame:
    """Choose the ground that shows the points; with a door, never so much that it gets small."""
    low, high = points.min(axis=0), points.max(axis=0)
    width, height = size
    free = np.array(size) - 2 * MARGIN_PT
    needed = float(np.max((high - low) / free))
    m_a_pt = max(needed, LEAST_ACROSS_M / width)
    middle = (low + high) / 2
    if door is not None and m_a_pt > MOST_ACROSS_M / width:
        m_a_pt = MOST_ACROSS_M / width
        room = free * m_a_pt / 2
        middle = np.clip(middle, door - room, door + room)
    west, south = middle - np.array(size) * m_a_pt / 2
    return Frame(*at, width, height, float(west), float(south), 1 / m_a_pt)


def extent_of(entries: Sequence[Entry]) -> tuple[float, float]:
    """Return width and height in metres of what one map of all places must show."""
    doors, ways = _shown(entries)
    width, height = np.ptp(np.vstack([*ways, doors]), axis=0)
    return float(width), float(height)


def _shown(entries: Sequence[Entry]) -> tuple[Floats, list[Floats]]:
    """Return the doors and what is drawn of the ways, in metres."""
    ways = [way_shown(metres(() if entry.estimated else entry.line)) for entry in entries]
    return metres([(entry.lon, entry.lat) for entry in entries]), ways


def draw_map(
    canvas: Any,
    entries: Sequence[Entry],
    streets: gpd.GeoDataFrame | None,
    *,
    at: tuple[float, float],
    size: tuple[float, float],
    accent: str,
    language: str,
) -> None:
    """Draw a map with its lower left corner `at` and of that `size`, both in points."""
    doors, ways = _shown(entries)
    single = doors[0] if len(entries) == 1 else None
    frame = frame_of(np.vstack([*ways, doors]), at=at, size=size, door=single)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(*at, *size)
    canvas.clipPath(clip, stroke=0)
    ground = ground_within(frame, streets, language)
    draw_streets(canvas, frame, ground)
    _draw_ways(canvas, frame, ways, accent)
    taken = keep_free(frame, doors, ways)
    corner = bar_corner(frame, taken)
    draw_names(canvas, frame, ground, ways, [corner, *taken])
    draw_bar(canvas, frame, corner.bounds[:2])
    draw_north(canvas, frame)
    for entry, (x, y) in zip(entries, frame.place(doors), strict=True):
        draw_number(canvas, entry.number, x, y, 9)
    canvas.restoreState()
    canvas.setStrokeColor("#666666")
    canvas.setLineWidth(0.7)
    canvas.rect(*at, *size)


def ground_within(
    frame: Frame, streets: gpd.GeoDataFrame | None, language: str
) -> list[tuple[str, str, shapely.Geometry]]:
    """Return kind, name and line in metres of the streets within a frame, the small ones first."""
    if streets is None or streets.empty:
        return []
    west, south, east, north = frame.ground
    corners = np.array([(west, south), (east, south), (east, north), (west, north)])
    around = project(corners, source=LAMBERT_2008, target=WGS_84)
    box = shapely.box(*around.min(axis=0), *around.max(axis=0))
    near = streets.iloc[np.sort(streets.sindex.query(box))]
    lines = project_shapes(near.geometry.to_numpy(), source=WGS_84, target=LAMBERT_2008)
    lines = shapely.clip_by_rect(lines, west, south, east, north)
    names = near["name_nl" if language == "nl" else "name_fr"]
    rows = [
        (kind, name, line)
        for kind, name, line in zip(near["kind"], names, lines, strict=True)
        if not line.is_empty
    ]
    order = list(WIDTHS_PT)
    return sorted(rows, key=lambda row: -order.index(row[0]) if row[0] in order else 0)


def draw_streets(
    canvas: Any, frame: Frame, ground: list[tuple[str, str, shapely.Geometry]]
) -> None:
    """Draw the streets of a frame as grey lines."""
    canvas.setLineCap(1)
    canvas.setLineJoin(1)
    for kind, _, lines in ground:
        canvas.setLineWidth(WIDTHS_PT.get(kind, WIDTHS_PT["minor"]))
        canvas.setStrokeColor(GREYS.get(kind, GREYS["minor"]))
        for line in shapely.get_parts(lines):
            if line.geom_type == "LineString":
                _stroke(canvas, frame.place(shapely.get_coordinates(line)))


def _draw_ways(canvas: Any, frame: Frame, ways: Sequence[Floats], accent: str) -> None:
    for width, colour in ((WAY_PT + 2.2, "#ffffff"), (WAY_PT, accent)):
        canvas.setLineWidth(width)
        canvas.setStrokeColor(colour)
        for way in ways:
            if len(way):
                _stroke(canvas, frame.place(way))


def _stroke(canvas: Any, points: Floats) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0].round(2).tolist())
    for x, y in points[1:].round(2).tolist():
        path.lineTo(x, y)
    canvas.drawPath(path)


def keep_free(frame: Frame, doors: Floats, ways: Sequence[Floats]) -> list[shapely.Geometry]:
    """Start the list of what nothing may cover: the numbers, the ways, the north."""
    east, north = frame.x + frame.width, frame.y + frame.height
    arrow = shapely.box(east - 18, north - 32, east, north)
    lines = [shapely.LineString(frame.place(way)).buffer(WAY_PT / 2) for way in ways if len(way)]
    return [arrow, *lines, *(shapely.Point(p).buffer(11) for p in frame.place(doors))]


def bar_corner(frame: Frame, taken: Sequence[shapely.Geometry]) -> shapely.Polygon:
    """Choose where the scale stands: below on the left, or where less is taken."""
    wide = frame.width * LONGEST_BAR + SCALE_WORDS_PT
    right, top = frame.x + frame.width - wide, frame.y + frame.height - SCALE_HIGH_PT
    places = ((frame.x, frame.y), (right, frame.y), (frame.x, top))
    corners = [shapely.box(x, y, x + wide, y + SCALE_HIGH_PT) for x, y in places]
    return min(corners, key=lambda box: int(shapely.intersects(box, taken).sum()))


def draw_names(
    canvas: Any,
    frame: Frame,
    ground: list[tuple[str, str, shapely.Geometry]],
    ways: Sequence[Floats],
    taken: list[shapely.Geometry],
) -> None:
    """Write names along the straightest stretch of their street, those of the ways first."""
    walked = shapely.MultiLineString([way for way in ways if len(way)]).buffer(NAMED_WITHIN_M)
    shapely.prepare(walked)
    stretches = []
    for kind, name, lines in ground:
        found = _stretch(frame, lines) if name else None
        if found is not None:
            ours = float(shapely.intersection(lines, walked).length) > 2 * NAMED_WITHIN_M
            minor = kind not in ("main", "medium")
            stretches.append((not ours, minor, -found.length, name, found))
    most = max(4, int(frame.width * frame.height / PT_A_NAME))
    written: set[str] = set()
    for other, *_, name, found in sorted(stretches, key=lambda each: each[:4]):
        line = next(iter(wrap(name, NAME, frame.width, most=1)), "")
        if name in written or len(written) == most:
            continue
        room = _free_place(frame, line, found, taken, beside=not other)
        if room is not None:
            taken.append(room[1])
            written.add(name)
            _write_along(canvas, line, room[0])


@dataclass(frozen=True)
class Label:
    """Where a name stands: its middle in points, its angle in degrees, its width in points."""

    x: float
    y: float
    angle: float
    width: float

    @property
    def surface(self) -> shapely.Geometry:
        """The surface it covers."""
        wide, high = self.width / 2 + 1, NAME.size_pt * 0.6
        box = shapely.box(self.x - wide, self.y - high, self.x + wide, self.y + high)
        return shapely.affinity.rotate(box, self.angle, origin=(self.x, self.y))


def _free_place(
    frame: Frame,
    line: str,
    street: shapely.LineString,
    taken: list[shapely.Geometry],
    *,
    beside: bool,
) -> tuple[Label, shapely.Geometry] | None:
    """Find room for a name along its street, on either side where the way must stay seen."""
    wide = width_pt(line, NAME.weight, NAME.size_pt)
    if wide > LONGER_THAN_STREET * street.length:
        return None
    edge = shapely.box(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
    for share, side in product(SHARES, (BESIDE_PT, -BESIDE_PT) if beside else (0.0,)):
        label = _label_at(street, share, side, wide)
        surface = label.surface
        if edge.contains(surface) and not shapely.intersects(surface, taken).any():
            return label, surface
    return None


def _label_at(street: shapely.LineString, share: float, side: float, wide: float) -> Label:
    """Lay a name along a street in points: at a share of its length, so far beside it."""
    middle = street.interpolate(share, normalized=True)
    here, there = (street.interpolate(share + d, normalized=True) for d in (-0.2, 0.2))
    turn = math.atan2(there.y - here.y, there.x - here.x)
    turn = (turn + math.pi / 2) % math.pi - math.pi / 2  # never upside down
    x, y = middle.x - side * math.sin(turn), middle.y + side * math.cos(turn)
    return Label(float(x), float(y), math.degrees(turn), wide)


def _stretch(frame: Frame, lines: shapely.Geometry) -> shapely.LineString | None:
    """Return the longest piece of a street, in points."""
    longest = max(shapely.get_parts(lines), key=lambda line: line.length, default=None)
    if longest is None or longest.geom_type != "LineString" or not longest.length:
        return None
    return shapely.LineString(frame.place(shapely.get_coordinates(longest)))


def _write_along(canvas: Any, line: str, label: Label) -> None:
    canvas.saveState()
    canvas.translate(label.x, label.y)
    canvas.rotate(label.angle)
    canvas.setFillColor("#ffffff")
    canvas.setFillAlpha(0.8)
    canvas.rect(-label.width / 2 - 1, -5, label.width + 2, 10, stroke=0, fill=1)
    canvas.setFillAlpha(1)
    draw_line(canvas, line, NAME, -label.width / 2, -3.4)
    canvas.restoreState()
