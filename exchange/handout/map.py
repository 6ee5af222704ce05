"""The small map of a place: streets in grey, the way to the door, its number; drawn as lines."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from exchange.handout.fonts import width_pt
from exchange.handout.sheet import Entry
from exchange.handout.signs import draw_number
from exchange.handout.text import INK, Style, draw_line, wrap
from geo.crs import LAMBERT_2008, WGS_84, project

START_CUT_M: Final = 60.0
"""Of every way at least this much is left out at its start, up to the next bend or crossing, so
that the sheet does not tell where its owner lives (our choice: half a block in Brussels)."""
LEAST_ACROSS_M: Final = 260.0
"""A map shows at least the block around the door."""
MOST_ACROSS_M: Final = 1_100.0
"""A small map of one place shows at most this: on more, no street could be told from another."""
MARGIN: Final = 0.12
"""Of the map's width, left free around the way and the door (our choice)."""
WIDTHS_PT: Final = {"main": 3.2, "medium": 2.2, "minor": 1.1, "path": 0.5}
GREYS: Final = {"main": "#b4b4b4", "medium": "#b4b4b4", "minor": "#a8a8a8", "path": "#a8a8a8"}
NAME: Final = Style(10, colour="#333333")
SCALE_LENGTHS_M: Final = (50, 100, 200, 500, 1_000, 2_000, 5_000)
NAMED_WITHIN_M: Final = 12.0
"""A street this near the way is one the person walks, so it is named first."""
PT_A_NAME: Final = 9_000.0
"""One street name for this much of the map's surface, in square points (our choice)."""
WAY_PT: Final = 3.4

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """The ground a map shows and where on the page it stands; metres of EPSG:3812, points."""

    x: float
    y: float
    width: float
    height: float
    west: float
    south: float
    pt_a_m: float

    @property
    def ground(self) -> tuple[float, float, float, float]:
        """West, south, east and north in metres."""
        return (
            self.west,
            self.south,
            self.west + self.width / self.pt_a_m,
            self.south + self.height / self.pt_a_m,
        )

    def place(self, points: Floats) -> Floats:
        """Turn metres into points on the page."""
        return (points - (self.west, self.south)) * self.pt_a_m + (self.x, self.y)


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
    return shown if len(shown) > 1 else way[:0]


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
    needed = max((high[0] - low[0]) / width, (high[1] - low[1]) / height) / (1 - 2 * MARGIN)
    m_a_pt = max(needed, LEAST_ACROSS_M / width)
    middle = (low + high) / 2
    if door is not None and m_a_pt > MOST_ACROSS_M / width:
        m_a_pt = MOST_ACROSS_M / width
        room = np.array(size) * m_a_pt * (0.5 - MARGIN)
        middle = np.clip(middle, door - room, door + room)
    west, south = middle - np.array(size) * m_a_pt / 2
    return Frame(*at, width, height, float(west), float(south), 1 / m_a_pt)


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
    ways = [way_shown(metres(entry.line)) for entry in entries]
    doors = metres([(entry.lon, entry.lat) for entry in entries])
    single = doors[0] if len(entries) == 1 else None
    frame = frame_of(np.vstack([*ways, doors]), at=at, size=size, door=single)
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(*at, *size)
    canvas.clipPath(clip, stroke=0)
    ground = _ground(frame, streets, language)
    _draw_streets(canvas, frame, ground)
    _draw_ways(canvas, frame, ways, accent)
    taken = _keep_doors_free(frame, doors)
    _draw_names(canvas, frame, ground, ways, taken)
    for entry, (x, y) in zip(entries, frame.place(doors), strict=True):
        draw_number(canvas, entry.number, x, y, 9)
    _draw_scale(canvas, frame)
    canvas.restoreState()
    canvas.setStrokeColor("#666666")
    canvas.setLineWidth(0.7)
    canvas.rect(*at, *size)


def _ground(
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
    lines = shapely.transform(
        near.geometry.to_numpy(), lambda c: project(c, source=WGS_84, target=LAMBERT_2008)
    )
    lines = shapely.clip_by_rect(lines, west, south, east, north)
    names = near["name_nl" if language == "nl" else "name_fr"]
    rows = [
        (kind, name, line)
        for kind, name, line in zip(near["kind"], names, lines, strict=True)
        if not line.is_empty
    ]
    order = list(WIDTHS_PT)
    return sorted(rows, key=lambda row: -order.index(row[0]) if row[0] in order else 0)


def _draw_streets(
    canvas: Any, frame: Frame, ground: list[tuple[str, str, shapely.Geometry]]
) -> None:
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


def _keep_doors_free(frame: Frame, doors: Floats) -> list[shapely.Geometry]:
    """Start the list of what no name may cover: the numbers, the scale, the north."""
    x, y, east, north = frame.x, frame.y, frame.x + frame.width, frame.y + frame.height
    corner = shapely.box(x, y, x + frame.width * 0.45, y + 20)
    arrow = shapely.box(east - 18, north - 32, east, north)
    return [corner, arrow, *(shapely.Point(point).buffer(11) for point in frame.place(doors))]


def _draw_names(
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
            stretches.append((not ours, kind not in ("main", "medium"), -found[0], name, found))
    most = max(4, int(frame.width * frame.height / PT_A_NAME))
    edge = shapely.box(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
    written: set[str] = set()
    for *_, name, (length, x, y, angle) in sorted(stretches, key=lambda each: each[:4]):
        line = next(iter(wrap(name, NAME, frame.width, most=1)), "")
        wide = width_pt(line, NAME.weight, NAME.size_pt)
        room = _label(x, y, angle, wide)
        if name in written or wide > 1.5 * length or not edge.contains(room):
            continue
        if any(room.intersects(other) for other in taken):
            continue
        taken.append(room)
        written.add(name)
        _write_along(canvas, line, wide, x, y, angle)
        if len(written) == most:
            return


def _stretch(frame: Frame, lines: shapely.Geometry) -> tuple[float, float, float, float] | None:
    """Find where a street is long enough to bear its name: length, middle in points, angle."""
    longest = max(shapely.get_parts(lines), key=lambda line: line.length, default=None)
    if longest is None or longest.geom_type != "LineString" or not longest.length:
        return None
    points = frame.place(shapely.get_coordinates(longest))
    line = shapely.LineString(points)
    middle = line.interpolate(0.5, normalized=True)
    ends = [line.interpolate(share, normalized=True) for share in (0.3, 0.7)]
    angle = math.degrees(math.atan2(ends[1].y - ends[0].y, ends[1].x - ends[0].x))
    angle = (angle + 90) % 180 - 90
    return float(line.length), float(middle.x), float(middle.y), angle


def _label(x: float, y: float, angle: float, wide: float) -> shapely.Geometry:
    box = shapely.box(x - wide / 2 - 1, y - 6, x + wide / 2 + 1, y + 6)
    return shapely.affinity.rotate(box, angle, origin=(x, y))


def _write_along(canvas: Any, line: str, wide: float, x: float, y: float, angle: float) -> None:
    canvas.saveState()
    canvas.translate(x, y)
    canvas.rotate(angle)
    canvas.setFillColor("#ffffff")
    canvas.setFillAlpha(0.8)
    canvas.rect(-wide / 2 - 1, -5, wide + 2, 10, stroke=0, fill=1)
    canvas.setFillAlpha(1)
    draw_line(canvas, line, NAME, -wide / 2, -3.4)
    canvas.restoreState()


def _draw_scale(canvas: Any, frame: Frame) -> None:
    """Draw a bar of a round length below on the left, and the north above on the right."""
    fitting = [each for each in SCALE_LENGTHS_M if each * frame.pt_a_m < frame.width * 0.3]
    length = fitting[-1] if fitting else SCALE_LENGTHS_M[0]
    x, y, wide = frame.x + 6, frame.y + 6, length * frame.pt_a_m
    text = f"{length} m" if length < 1_000 else f"{length // 1_000} km"
    label = Style(10, "bold")
    canvas.setFillColor("#ffffff")
    beside = width_pt(text, "bold", 10)
    canvas.rect(x - 6, y - 6, wide + beside + 16, 18, stroke=0, fill=1)
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(1.4)
    canvas.setLineCap(0)
    canvas.lines(
        [(x, y, x + wide, y), (x, y - 0.7, x, y + 4), (x + wide, y - 0.7, x + wide, y + 4)]
    )
    draw_line(canvas, text, label, x + wide + 5, y - 1)
    right, top = frame.x + frame.width - 11, frame.y + frame.height - 5
    canvas.setFillColor("#ffffff")
    canvas.rect(right - 7, top - 26, 18, 31, stroke=0, fill=1)
    canvas.setFillColor(INK)
    arrow = canvas.beginPath()
    arrow.moveTo(right - 4.5, top - 12)
    arrow.lineTo(right, top)
    arrow.lineTo(right + 4.5, top - 12)
    arrow.close()
    canvas.drawPath(arrow, stroke=0, fill=1)
    draw_line(canvas, "N", label, right - 3.6, top - 22)
