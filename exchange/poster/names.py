"""The names of streets along their streets: never upside down, never one over another."""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely

from exchange.paper.fonts import Weight, width_pt
from exchange.paper.text import Style, draw_line, wrap
from exchange.poster.blocks import both
from exchange.poster.boxes import Floats, boxes_hit, leaders_hit
from exchange.poster.land import Land, Street

SIZES_PT: Final = {"main": 8.6, "medium": 7.8, "minor": 7.0, "path": 7.0}
COLOUR: Final = "#4e4638"
"""Darker than the map's `street-name`: 8.6:1 on the paper ground (our choice)."""
STEP_PT: Final = 9.0
BEND: Final = 0.3
"""A street may leave the straight line under its name by so much of the letters' height."""
OVERHANG: Final = 0.12
"""So much of a name may stand over each end of its street."""
APART_PT: Final = 300.0
"""A name is written again after so much of its street (our choice)."""
DOOR_COST: Final = 30.0
AIR: Final = np.array([0, 0, 1.0, 0.3, 0])
"""White around a name."""
HIGH: Final = 1.12
"""A line of a name by the size of its letters."""
ASIDE: Final = ((0.0, 0.0), (0.85, 70.0), (-0.85, 70.0))
"""Beside its street only where it has no room on it, by the height of the name; the cost."""


@dataclass(frozen=True)
class Name:
    """A name where it stands: its lines, its middle in points, its angle in radians."""

    lines: tuple[str, ...]
    x: float
    y: float
    angle: float
    width: float
    size_pt: float
    weight: Weight
    matters: bool = True

    @property
    def box(self) -> tuple[float, float, float, float, float]:
        """The box it covers, as `boxes` has them."""
        high = len(self.lines) * self.size_pt * HIGH / 2
        return self.x, self.y, self.width / 2 + 1, high, self.angle

    def draw(self, canvas: Any, *, halo: str = "") -> None:
        """Write it; with a halo, only the light around it."""
        canvas.saveState()
        canvas.translate(self.x, self.y)
        canvas.rotate(math.degrees(self.angle))
        for n, line in enumerate(self.lines):
            wide = width_pt(line, self.weight, self.size_pt)
            up = ((len(self.lines) - 1) / 2 - n) * self.size_pt * HIGH - self.size_pt * 0.34
            if halo:
                canvas.setStrokeColor(halo)
                canvas.setLineWidth(self.size_pt * 0.3)
                canvas.setLineJoin(1)
            style = Style(self.size_pt, self.weight, halo or COLOUR)
            write_line(canvas, line, style, -wide / 2, up, mode=1 if halo else 0)
        canvas.restoreState()


def write_line(canvas: Any, line: str, style: Style, x: float, y: float, *, mode: int) -> None:
    """Draw a line of text as letters (0) or as their outline (1)."""
    if not mode:
        draw_line(canvas, line, style, x, y)
        return
    from exchange.paper.fonts import runs  # noqa: PLC0415

    drawing = canvas.beginText(x, y)
    drawing.setTextRenderMode(1)
    for name, piece in runs(line, style.weight):
        drawing.setFont(name, style.size_pt)
        drawing.textOut(piece)
    drawing.setTextRenderMode(0)
    canvas.drawText(drawing)


@dataclass
class Writer:
    """Finds room for names, one after the other, among what is taken."""

    land: Land
    languages: tuple[str, ...]
    times: float
    doors: Floats
    sign_pt: float
    taken: Floats
    leaders: Floats
    names: list[Name] = field(default_factory=list)

    def write(self, streets: Sequence[tuple[str, list[Street]]], *, matters: bool) -> None:
        """Write the name of each street, and again where it is long."""
        for _, pieces in streets:
            kind = min((p.kind for p in pieces), key=_rank)
            parts = _merged(pieces)
            length = max((part.length for part in parts), default=0.0)
            often = 1 + int(length / (APART_PT * self.times)) if kind != "path" else 1
            written: list[Name] = []
            for turn in range(min(often, 4)):
                found = self._place(pieces[0].names, kind, parts, written, turn, matters=matters)
                if found is None:
                    break
                written.append(found)
                self.names.append(found)
                self.taken = np.vstack([self.taken, found.box])

    def _place(
        self, names: tuple[str, str], kind: str, parts: list[shapely.LineString],
        written: list[Name], turn: int, *, matters: bool,
    ) -> Name | None:  # fmt: skip
        size = SIZES_PT.get(kind, 7.0) * self.times
        weight: Weight = "bold" if kind == "main" else "regular"
        for lines in self._said(names, turn):
            wide = max(width_pt(line, weight, size) for line in lines)
            high = len(lines) * size * HIGH / 2
            spots = [spot for part in parts for spot in _spots(part, wide, size)]
            found = self._best(np.array(spots).reshape(-1, 4), wide / 2 + 1, high, written)
            if found is not None:
                return Name(lines, *found, wide, size, weight, matters)
        return None

    def _best(
        self, spots: Floats, half: float, high: float, written: list[Name]
    ) -> tuple[float, float, float] | None:
        """Choose among middles, angles and costs the one that covers nothing, off the doors."""
        if not len(spots):
            return None
        tried, costs = [], []
        for aside, dear in ASIDE:
            moved = spots[:, :3].copy()
            moved[:, 0] -= np.sin(spots[:, 2]) * aside * 2 * high
            moved[:, 1] += np.cos(spots[:, 2]) * aside * 2 * high
            tried.append(moved)
            costs.append(spots[:, 3] + dear)
        middles, cost = np.vstack(tried), np.concatenate(costs)
        boxes = np.column_stack(
            [middles[:, :2], np.full((len(middles), 2), (half, high)), middles[:, 2]]
        )
        free = self._inside(boxes)
        for each in written:
            free &= (
                np.hypot(middles[:, 0] - each.x, middles[:, 1] - each.y)
                > 0.7 * APART_PT * self.times
            )
        asked = np.flatnonzero(free)
        boxes = boxes[asked]
        grown = boxes + AIR
        ok = ~boxes_hit(grown, self.taken).any(axis=1) & ~leaders_hit(self.leaders, boxes).any(
            axis=0
        )
        asked, boxes = asked[ok], boxes[ok]
        if not len(asked):
            return None
        signs = np.column_stack(
            [self.doors, np.full((len(self.doors), 2), self.sign_pt / 2), np.zeros(len(self.doors))]
        )
        total = cost[asked] + DOOR_COST * boxes_hit(boxes, signs).sum(axis=1)
        x, y, angle = middles[asked[int(np.argmin(total))]]
        return float(x), float(y), float(angle)

    def _inside(self, boxes: Floats) -> Any:
        frame = self.land.frame
        cos, sin = np.abs(np.cos(boxes[:, 4])), np.abs(np.sin(boxes[:, 4]))
        wide = boxes[:, 2] * cos + boxes[:, 3] * sin
        high = boxes[:, 2] * sin + boxes[:, 3] * cos
        return (
            (boxes[:, 0] - wide > frame.x + 2)
            & (boxes[:, 0] + wide < frame.x + frame.width - 2)
            & (boxes[:, 1] - high > frame.y + 2)
            & (boxes[:, 1] + high < frame.y + frame.height - 2)
        )

    def _said(self, names: tuple[str, str], turn: int) -> Iterator[tuple[str, ...]]:
        """Yield the ways to write a name: both languages on a line, one over the other, one."""
        fr, nl = names
        wanted = [w for w in self.languages if w in ("fr", "nl")] or ["fr", "nl"]
        told = [name for name in dict.fromkeys({"fr": fr, "nl": nl}[w] for w in wanted) if name]
        told = told or [name for name in (fr, nl) if name][:1]
        if not told:
            return
        if len(told) > 1:
            yield _line(both(told))
            yield tuple(line for name in told for line in _line(name))
        for n in range(len(told)):
            yield _line(told[(n + turn) % len(told)])


def _line(text: str) -> tuple[str, ...]:
    return wrap(text, Style(7.0), 2000.0, most=1)


def by_name(streets: Sequence[Street]) -> dict[str, list[Street]]:
    """Gather the pieces of each street that has a name."""
    found: dict[str, list[Street]] = defaultdict(list)
    for street in streets:
        if any(street.names):
            found["\0".join(street.names)].append(street)
    return dict(found)


def _rank(kind: str) -> int:
    order = list(SIZES_PT)
    return order.index(kind) if kind in order else order.index("minor")


def _merged(pieces: Sequence[Street]) -> list[shapely.LineString]:
    joined = shapely.line_merge(shapely.union_all([piece.line for piece in pieces]))
    parts = [p for p in shapely.get_parts(joined) if p.geom_type == "LineString"]
    return sorted(parts, key=lambda part: -part.length)


def _spots(line: shapely.LineString, wide: float, size: float) -> Iterator[tuple[float, ...]]:
    """Yield where a name may lie on a line: middle, angle and cost, where it is straight enough."""
    spare = line.length - wide * (1 - 2 * OVERHANG)
    if spare < 0 or line.length < 1:
        return
    points = shapely.get_coordinates(line)
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    first = wide / 2 * (1 - 2 * OVERHANG)
    for at in np.linspace(first, line.length - first, 1 + int(spare / STEP_PT)):
        ends = np.clip([at - wide / 2, at + wide / 2], 0, line.length)
        x, y = (np.interp(ends, walked, points[:, n]) for n in (0, 1))
        within = points[(walked > ends[0]) & (walked < ends[1])]
        run = math.hypot(x[1] - x[0], y[1] - y[0])
        if run < wide * (1 - 2.2 * OVERHANG):
            continue
        off = np.zeros(1)
        if len(within):
            off = (
                (within[:, 0] - x[0]) * (y[1] - y[0]) - (within[:, 1] - y[0]) * (x[1] - x[0])
            ) / run
        low, high = min(off.min(), 0.0), max(off.max(), 0.0)
        if high - low > 2 * BEND * size:
            continue
        shift = (high + low) / 2
        angle = math.atan2(y[1] - y[0], x[1] - x[0])
        mx = x.mean() + shift * math.sin(angle)
        my = y.mean() - shift * math.cos(angle)
        upright = (angle + math.pi / 2) % math.pi - math.pi / 2
        cost = 4 * (high - low) + abs(at - line.length / 2) * 0.08 + len(within) * 0.5
        over = max(0.0, wide / 2 - at, at + wide / 2 - line.length)
        yield mx, my, upright, cost + over
