"""The plan itself: ground, grid, names and signs on a rectangle of the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from exchange.paper.fonts import width_pt
from exchange.paper.frame import draw_bar, draw_north
from exchange.paper.text import Style, draw_line
from exchange.poster.base import Base, base_of, draw_base
from exchange.poster.declutter import Overlaps, Placed, Sign, count_overlaps, place_signs
from exchange.poster.names import Name, draw_names, important, place_names
from exchange.poster.sheet import Poster
from exchange.poster.signs import House, draw_house, draw_leader, houses_of, size_of
from geo.crs import LAMBERT_2008, WGS_84, project

CELL_PT: Final = 150.0
"""A square of the grid on an A3: an eye finds a sign in 5 cm (our choice)."""
RULER_PT: Final = 11.0
"""The strip around the map that holds letters and numbers."""
GRID: Final = "#5c6b66"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, eq=False)
class Plan:
    """What is drawn on a rectangle, every place of it settled."""

    base: Base
    houses: tuple[House, ...]
    placed: tuple[Placed, ...]
    names: tuple[Name, ...]
    columns: int
    rows: int
    side_pt: float

    @property
    def frame(self) -> tuple[float, float, float, float]:
        """Left, low, right and high of the map, in points."""
        found = self.base.frame
        return found.x, found.y, found.x + found.width, found.y + found.height

    def square(self, x: float, y: float) -> str:
        """Name the square of the grid a spot of the page is in."""
        left, low, right, high = self.frame
        column = min(int((x - left) / (right - left) * self.columns), self.columns - 1)
        row = min(int((high - y) / (high - low) * self.rows), self.rows - 1)
        return f"{LETTERS[max(column, 0)]}{max(row, 0) + 1}"

    @property
    def squares(self) -> dict[int, str]:
        """The square of each number that has a place, by number."""
        return {
            number: self.square(*placed.door)
            for house, placed in zip(self.houses, self.placed, strict=True)
            for number in house.numbers
        }

    @property
    def overlaps(self) -> Overlaps:
        """What covers what, counted by shapely alone."""
        surfaces = [name.surface for name in self.names]
        return count_overlaps(self.placed, surfaces, frame=self.frame)


def plan_of(
    poster: Poster, *, at: tuple[float, float], size: tuple[float, float], k: float
) -> Plan:
    """Settle the plan of a poster on a rectangle in points; `k` is the size of paper beside A3."""
    inner = (at[0] + RULER_PT * k, at[1] + RULER_PT * k)
    room = (size[0] - 2 * RULER_PT * k, size[1] - 2 * RULER_PT * k)
    base = base_of(poster.ground, poster.area, at=inner, size=room)
    houses = houses_of(poster.entries, poster.headings)
    side = _side_pt(len(houses), k)
    doors = _doors(base, houses)
    frame = (inner[0], inner[1], inner[0] + room[0], inner[1] + room[1])
    spots = [(float(x), float(y)) for x, y in doors]
    reserved = [*_corners(base, k)]
    wanted = important(base, spots)
    sizes = {"large_pt": max(8.2 * k, 7.0), "small_pt": max(7.2 * k, 7.0)}
    languages = poster.languages
    first = place_names(base, wanted, languages=languages, taken=reserved, doors=spots, **sizes)
    signs = [
        Sign(house.key, x, y, *size_of(house, side))
        for house, (x, y) in zip(houses, spots, strict=True)
    ]
    placed = place_signs(
        signs,
        frame=frame,
        obstacles=[*(name.surface for name in first), *reserved],
    )
    covered = [shapely.box(*one.box) for one in placed]
    covered += [
        shapely.LineString([one.door, (one.x, one.y)]).buffer(1.5) for one in placed if one.leader
    ]
    left = [
        n for n in range(len(base.streets)) if n not in wanted and base.streets[n].kind != "path"
    ]
    others = place_names(
        base, left, languages=languages, taken=[*reserved, *covered], there=first, **sizes
    )
    columns, rows = (max(1, min(26, round(side_pt / (CELL_PT * k)))) for side_pt in room)
    return Plan(base, houses, placed, (*first, *others), columns, rows, side)


def _side_pt(count: int, k: float) -> float:
    """Make signs smaller where they are many, never too small to read: 7 pt numerals."""
    return max((19.0 if count <= 80 else 16.5 if count <= 200 else 14.5) * k, 14.0)  # noqa: PLR2004


def _doors(base: Base, houses: Sequence[House]) -> Any:
    if not houses:
        return np.zeros((0, 2))
    given = np.array([(house.lon, house.lat) for house in houses])
    return base.frame.place(project(given, source=WGS_84, target=LAMBERT_2008))


def _corners(base: Base, k: float) -> list[shapely.Geometry]:
    """Keep the scale bar and the north free."""
    frame = base.frame
    wide = frame.width * 0.25 + 60
    bar = shapely.box(frame.x, frame.y, frame.x + wide, frame.y + 22)
    right, top = frame.x + frame.width, frame.y + frame.height
    return [bar, shapely.box(right - 24, top - 38, right, top)]


def draw_plan(pen: Any, plan: Plan, poster: Poster, *, k: float, words: str) -> None:
    """Draw the plan as one figure, which `words` describe to who listens."""
    canvas, base = pen.canvas, plan.base
    with pen.element("Figure", language=poster.languages[0], words=words):
        draw_base(canvas, base, accent=poster.accent)
        _draw_grid(canvas, plan, k)
        draw_names(canvas, plan.names)
        for placed in plan.placed:
            draw_leader(canvas, placed)
        for house, placed in zip(plan.houses, plan.placed, strict=True):
            draw_house(canvas, house, placed, side_pt=plan.side_pt, signs=poster.signs)
        draw_bar(canvas, base.frame, (base.frame.x + 3, base.frame.y + 3))
        draw_north(canvas, base.frame)
        canvas.setStrokeColor("#1c2b2e")
        canvas.setLineWidth(0.9)
        frame = base.frame
        canvas.rect(frame.x, frame.y, frame.width, frame.height, stroke=1, fill=0)


def _draw_grid(canvas: Any, plan: Plan, k: float) -> None:
    left, low, right, high = plan.frame
    style = Style(max(7.5 * k, 7.0), "bold", GRID)
    canvas.saveState()
    canvas.setStrokeColor(GRID)
    canvas.setStrokeAlpha(0.28)
    canvas.setLineWidth(0.5)
    xs = np.linspace(left, right, plan.columns + 1)
    ys = np.linspace(high, low, plan.rows + 1)
    for x in xs[1:-1]:
        canvas.line(float(x), low, float(x), high)
    for y in ys[1:-1]:
        canvas.line(left, float(y), right, float(y))
    canvas.restoreState()
    for n in range(plan.columns):
        _centred(canvas, LETTERS[n], style, float(xs[n] + xs[n + 1]) / 2, high + 3 * k)
        _centred(canvas, LETTERS[n], style, float(xs[n] + xs[n + 1]) / 2, low - 8 * k)
    for n in range(plan.rows):
        middle = float(ys[n] + ys[n + 1]) / 2 - style.size_pt * 0.35
        _centred(canvas, str(n + 1), style, left - RULER_PT * k / 2, middle)
        _centred(canvas, str(n + 1), style, right + RULER_PT * k / 2, middle)


def _centred(canvas: Any, text: str, style: Style, x: float, baseline: float) -> None:
    draw_line(canvas, text, style, x - width_pt(text, style.weight, style.size_pt) / 2, baseline)


def street_index(plan: Plan, languages: Sequence[str]) -> list[tuple[str, str]]:
    """Return the streets of the neighbourhood and the squares they run through, by the alphabet."""
    found: dict[str, list[str]] = {}
    area = plan.base.area
    shapely.prepare(area)
    for street in plan.base.streets:
        told = dict(zip(("fr", "nl"), street.names, strict=True))
        texts = list(dict.fromkeys(told[code] for code in languages if told.get(code)))
        if street.kind == "path" or not texts or not area.intersects(street.line):
            continue
        squares = found.setdefault(" · ".join(texts), [])
        for part in shapely.get_parts(shapely.intersection(street.line, area)):
            for share in (0.1, 0.5, 0.9):
                spot = shapely.line_interpolate_point(part, share, normalized=True)
                if not spot.is_empty and part.length:
                    square = plan.square(spot.x, spot.y)
                    if square not in squares:
                        squares.append(square)
    return [
        (name, _spans(squares)) for name, squares in sorted(found.items(), key=_alphabet) if squares
    ]


def _alphabet(found: tuple[str, list[str]]) -> str:
    return found[0].casefold()


def _spans(squares: list[str]) -> str:
    ordered = sorted(squares)
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]}–{ordered[-1]}"
