"""The ground of a plan in points on the page: streets, parks, water and rails within its frame."""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from exchange.paper.frame import Frame
from exchange.poster.sheet import Ground
from geo.crs import LAMBERT_2008, WGS_84, project

SCALES: Final = (
    *(500, 750, 1_000, 1_250, 1_500, 1_750, 2_000, 2_250, 2_500, 2_750, 3_000, 3_500, 4_000),
    *(4_500, 5_000, 5_500, 6_000, 6_500, 7_000, 7_500, 8_000, 9_000, 10_000, 12_500, 15_000),
    *(20_000, 25_000, 30_000, 40_000, 50_000, 75_000, 100_000),
)
"""Round scales of plans, the largest first: with a ruler one reads a distance off (our choice)."""
PT_A_METRE: Final = 72 / 0.0254
AROUND_M: Final = 30.0
"""What the frame shows of the other side of the border, at least (our choice)."""
WIDTHS_M: Final = {"main": 15.0, "medium": 12.0, "minor": 9.0, "path": 2.6}
LEAST_PT: Final = {"main": 4.6, "medium": 3.8, "minor": 2.8, "path": 0.8}
"""How wide streets are drawn (our choices: a street in Brussels, and what still shows white)."""
CASING_PT: Final = 0.7
LAND, CASING, STREET, PATH = "#f3ede1", "#c9bda8", "#ffffff", "#d9cfbd"
PARK, WATER, RAIL = "#cfe2b8", "#9fcbe2", "#a79c8c"
OUTSIDE: Final = 0.58
"""How much white lies over what is outside of the neighbourhood."""


@dataclass(frozen=True, eq=False)
class Street:
    """A street in points: its kind, its names in French and Dutch, its line."""

    kind: str
    names: tuple[str, str]
    line: shapely.Geometry


@dataclass(frozen=True, eq=False)
class Base:
    """What lies under the signs, in points on the page; `area` is the neighbourhood."""

    frame: Frame
    scale: int
    area: shapely.Geometry
    streets: tuple[Street, ...]
    shapes: dict[str, tuple[shapely.Geometry, ...]]


def to_metres(shape: shapely.Geometry) -> shapely.Geometry:
    """Turn EPSG:4326 into EPSG:3812."""
    return shapely.transform(shape, lambda c: project(c, source=WGS_84, target=LAMBERT_2008))


def frame_of(
    area: shapely.Geometry, *, at: tuple[float, float], size: tuple[float, float]
) -> tuple[Frame, int]:
    """Choose the largest round scale at which an area (EPSG:3812) fits on a rectangle in points."""
    west, south, east, north = area.bounds
    across = np.array([east - west, north - south]) + 2 * AROUND_M
    fitting = (s for s in SCALES if (across * PT_A_METRE / s <= np.array(size)).all())
    scale = next(fitting, SCALES[-1])
    pt_a_m = PT_A_METRE / scale
    middle = np.array([(west + east) / 2, (south + north) / 2])
    left, low = middle - np.array(size) / pt_a_m / 2
    return Frame(*at, *size, float(left), float(low), pt_a_m), scale


def base_of(
    ground: Ground,
    area: shapely.Geometry,
    *,
    at: tuple[float, float],
    size: tuple[float, float],
) -> Base:
    """Lay the ground (EPSG:4326) of an area on a rectangle of the page, in points."""
    metres = to_metres(area)
    frame, scale = frame_of(metres, at=at, size=size)

    def page(shapes: Any) -> Any:
        return shapely.transform(shapes, frame.place)

    streets: list[Street] = []
    if ground.streets is not None and len(ground.streets):
        rows = _within(ground.streets, frame)
        lines = page(rows.geometry.to_numpy())
        columns = (rows["kind"], rows["name_fr"], rows["name_nl"])
        for kind, fr, nl, line in zip(*columns, lines, strict=True):
            streets.append(Street(str(kind), (str(fr or ""), str(nl or "")), line))
    shapes = {
        name: tuple(page(_within(found, frame).geometry.to_numpy()))
        for name, found in ground.shapes.items()
    }
    return Base(frame, scale, page(metres), tuple(streets), shapes)


def _within(found: gpd.GeoDataFrame, frame: Frame) -> gpd.GeoDataFrame:
    """Return what lies within a frame, cut and in EPSG:3812."""
    west, south, east, north = frame.ground
    corners = np.array([(west, south), (east, south), (east, north), (west, north)])
    around = project(corners, source=LAMBERT_2008, target=WGS_84)
    box = shapely.box(*around.min(axis=0), *around.max(axis=0))
    near = found.iloc[np.sort(found.sindex.query(box))].copy()
    lines = to_metres(near.geometry.to_numpy())
    cut = shapely.clip_by_rect(lines, west - 5, south - 5, east + 5, north + 5)
    near.geometry = gpd.GeoSeries(cut, index=near.index, crs=None)
    return near[~shapely.is_empty(cut)]


def draw_base(canvas: Any, base: Base, *, accent: str) -> None:
    """Draw the ground, paler outside of the neighbourhood, and the border of it."""
    frame = base.frame
    canvas.saveState()
    clip = canvas.beginPath()
    clip.rect(frame.x, frame.y, frame.width, frame.height)
    canvas.clipPath(clip, stroke=0)
    canvas.setFillColor(LAND)
    canvas.rect(frame.x, frame.y, frame.width, frame.height, stroke=0, fill=1)
    for name, colour in (("park", PARK), ("water", WATER)):
        canvas.setFillColor(colour)
        for shape in base.shapes.get(name, ()):
            _fill(canvas, shape)
    _draw_streets(canvas, base)
    _draw_rails(canvas, base)
    _draw_outside(canvas, base, accent)
    canvas.restoreState()


def _draw_streets(canvas: Any, base: Base) -> None:
    canvas.setLineJoin(1)
    order = list(WIDTHS_M)[::-1]
    ranked = sorted(base.streets, key=lambda one: order.index(_kind(one)))
    for casing in (True, False):
        canvas.setLineCap(0 if casing else 1)
        for street in ranked:
            kind = _kind(street)
            wide = street_pt(kind, base.frame.pt_a_m)
            if kind == "path":
                if not casing:
                    canvas.setLineWidth(wide)
                    canvas.setStrokeColor(PATH)
                    _stroke(canvas, street.line)
                continue
            canvas.setLineWidth(wide + 2 * CASING_PT if casing else wide)
            canvas.setStrokeColor(CASING if casing else STREET)
            _stroke(canvas, street.line)


def street_pt(kind: str, pt_a_m: float) -> float:
    """Tell how wide a street is drawn, in points."""
    return max(WIDTHS_M[kind] * pt_a_m, LEAST_PT[kind])


def _kind(street: Street) -> str:
    return street.kind if street.kind in WIDTHS_M else "minor"


def _draw_rails(canvas: Any, base: Base) -> None:
    canvas.setLineCap(0)
    canvas.setStrokeColor(RAIL)
    for name, wide, dash in (
        ("rail", 1.6, (5, 2)),
        ("tram", 0.7, ()),
        ("subway", 1.4, (1, 2)),
    ):
        canvas.setLineWidth(wide)
        canvas.setDash(*((list(dash), 0) if dash else ([], 0)))
        for line in base.shapes.get(name, ()):
            _stroke(canvas, line)
    canvas.setDash([], 0)


def _draw_outside(canvas: Any, base: Base, accent: str) -> None:
    frame = base.frame
    whole = shapely.box(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
    canvas.setFillColor("#ffffff")
    canvas.setFillAlpha(OUTSIDE)
    _fill(canvas, shapely.difference(whole, base.area))
    canvas.setFillAlpha(1)
    canvas.setStrokeColor(accent)
    canvas.setStrokeAlpha(0.22)
    canvas.setLineWidth(6)
    _stroke(canvas, shapely.boundary(base.area))
    canvas.setStrokeAlpha(1)
    canvas.setLineWidth(1.6)
    canvas.setDash([6, 3], 0)
    _stroke(canvas, shapely.boundary(base.area))
    canvas.setDash([], 0)


def _stroke(canvas: Any, shape: shapely.Geometry) -> None:
    path = canvas.beginPath()
    drawn = False
    for line in shapely.get_parts(shape):
        if line.geom_type in ("LineString", "LinearRing"):
            _trace(path, shapely.get_coordinates(line).round(2).tolist())
            drawn = True
    if drawn:
        canvas.drawPath(path, stroke=1, fill=0)


def _fill(canvas: Any, shape: shapely.Geometry) -> None:
    path = canvas.beginPath()
    drawn = False
    for polygon in shapely.get_parts(shape):
        if polygon.geom_type != "Polygon":
            continue
        for ring in (polygon.exterior, *polygon.interiors):
            _trace(path, shapely.get_coordinates(ring).round(2).tolist())
            path.close()
            drawn = True
    if drawn:
        canvas.drawPath(path, stroke=0, fill=1, fillMode=0)  # even-odd: holes stay holes


def _trace(path: Any, points: list[list[float]]) -> None:
    path.moveTo(*points[0])
    for x, y in points[1:]:
        path.lineTo(x, y)
