"""Numbered signs in the shape and colour of their group; several numbers of one house on one."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from exchange.paper.fonts import face, width_pt
from exchange.poster.declutter import Placed
from exchange.poster.sheet import Entry, Heading, Signing
from exchange.settings import ROOT

SQUARE: Final = 32.0
"""Side of the square the shapes of `static/src/shapes.json` are drawn in."""
LOWER: Final = {"house": 2.5, "arch": 1.5, "drop": -3.0}
"""Where a shape is widest, below its middle, as in `static/src/signs-drawn.js`."""
A_LINE: Final = 3
"""Numbers on one line of a sign of several."""
PAPER: Final = "#ffffff"
_PARTS = re.compile(r"[a-zA-Z]|-?\d*\.?\d+")


@dataclass(frozen=True, slots=True)
class House:
    """What stands at one door: its numbers, and the headings of each."""

    numbers: tuple[int, ...]
    headings: tuple[Heading, ...]
    lon: float
    lat: float

    @property
    def key(self) -> str:
        """Its first number, which no other house has."""
        return str(self.numbers[0])


def houses_of(entries: Sequence[Entry], headings: Sequence[Heading]) -> tuple[House, ...]:
    """Gather the placed entries by house, in the order of their numbers."""
    known = {heading.key: heading for heading in headings}
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.lon is not None and entry.lat is not None:
            found.setdefault(entry.house or f"#{entry.number}", []).append(entry)
    return tuple(
        House(
            tuple(one.number for one in group),
            tuple(known[one.heading] for one in group),
            float(group[0].lon or 0.0),
            float(group[0].lat or 0.0),
        )
        for group in found.values()
    )


def size_of(house: House, side_pt: float) -> tuple[float, float]:
    """Return width and height of the sign of a house, in points; `side_pt` is that of a single."""
    if len(house.numbers) == 1:
        return side_pt, side_pt
    lines = _lines(house)
    size = _numeral_pt(side_pt)
    wide = max(width_pt(line, "bold", size) for line in lines)
    return max(side_pt, wide + size * 0.9), len(lines) * size * 1.12 + size * 0.5


def _lines(house: House) -> list[str]:
    numbers = [str(n) for n in house.numbers]
    return [" ".join(numbers[n : n + A_LINE]) for n in range(0, len(numbers), A_LINE)]


def _numeral_pt(side_pt: float) -> float:
    return side_pt * 0.5


def draw_leader(canvas: Any, placed: Placed) -> None:
    """Draw the line from a sign to its door, and the door as a dot."""
    if not placed.leader:
        return
    x, y = placed.door
    for colour, wide, radius in ((PAPER, 2.2, 2.5), ("#1c2b2e", 0.8, 1.5)):
        canvas.setStrokeColor(colour)
        canvas.setFillColor(colour)
        canvas.setLineWidth(wide)
        canvas.line(placed.x, placed.y, x, y)
        canvas.circle(x, y, radius, stroke=0, fill=1)


def draw_house(
    canvas: Any, house: House, placed: Placed, *, side_pt: float, signs: Signing
) -> None:
    """Draw the sign of a house where it stands."""
    if len(house.numbers) == 1:
        draw_sign(
            canvas, house.numbers[0], house.headings[0], placed.x, placed.y, side_pt, signs=signs
        )
        return
    colours = list(dict.fromkeys(heading.colour for heading in house.headings))
    left, low, right, high = placed.box
    canvas.saveState()
    canvas.setFillColor(PAPER)
    canvas.roundRect(left - 0.9, low - 0.9, right - left + 1.8, high - low + 1.8, 3.4, 0, 1)
    canvas.setFillColor(colours[0] if len(colours) == 1 else "#1c2b2e")
    canvas.roundRect(left, low, right - left, high - low, 2.8, stroke=0, fill=1)
    size = _numeral_pt(side_pt)
    canvas.setFillColor(PAPER)
    canvas.setFont(face("bold"), size)
    for n, line in enumerate(_lines(house)):
        canvas.drawCentredString(placed.x, high - size * 1.1 - n * size * 1.12, line)
    canvas.restoreState()


def draw_sign(
    canvas: Any,
    number: int,
    heading: Heading,
    x: float,
    y: float,
    side_pt: float,
    *,
    signs: Signing,
) -> None:
    """Draw one number in the shape and colour of its group, around x, y."""
    draw_shape(canvas, heading, x, y, side_pt, signs=signs)
    digits = str(number)
    size = side_pt * (0.52 if len(digits) < 3 else 0.42)  # noqa: PLR2004 - three digits
    lower = LOWER.get(heading.shape, 0.0) / SQUARE * side_pt if signs == "shape" else 0.0
    canvas.setFillColor(PAPER)
    canvas.setFont(face("bold"), size)
    canvas.drawCentredString(x, y - lower - size * 0.35, digits)


def draw_shape(
    canvas: Any, heading: Heading, x: float, y: float, side_pt: float, *, signs: Signing
) -> None:
    """Draw the empty shape of a group, on a rim of white."""
    canvas.saveState()
    canvas.translate(x, y)
    scale = side_pt / SQUARE
    canvas.scale(scale, -scale)
    canvas.translate(-SQUARE / 2, -SQUARE / 2)
    path = canvas.beginPath()
    for act, numbers in _outline(heading.shape if signs == "shape" else "circle"):
        getattr(path, act)(*numbers)
    canvas.setLineJoin(1)
    canvas.setLineWidth(1.8 / scale)
    canvas.setStrokeColor(PAPER)
    canvas.setFillColor(heading.colour)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


@cache
def _outline(shape: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Read a path of SVG (m, l, h, v, q, c, a of half circles, z) as calls of a reportlab path."""
    drawn = json.loads((ROOT / "static" / "src" / "shapes.json").read_text(encoding="utf-8"))
    parts = _PARTS.findall(drawn.get(shape, drawn["circle"]))
    calls: list[tuple[str, tuple[float, ...]]] = []
    x = y = 0.0
    act = "M"
    n = 0
    while n < len(parts):
        if parts[n].isalpha():
            act = parts[n]
            n += 1
            if act in "zZ":
                calls.append(("close", ()))
                continue
        count = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "c": 6, "a": 7}[act.lower()]
        given = [float(each) for each in parts[n : n + count]]
        n += count
        ends = _ends(act, given, x, y)
        calls += _calls(act, given, ends, x, y)
        x, y = ends[-2], ends[-1]
        act = {"M": "L", "m": "l"}.get(act, act)
    return tuple(calls)


def _ends(act: str, given: list[float], x: float, y: float) -> list[float]:
    """Return the points of one command, absolute."""
    moved = act.islower()
    kind = act.lower()
    if kind == "h":
        return [given[0] + x * moved, y]
    if kind == "v":
        return [x, given[0] + y * moved]
    if kind == "a":
        given = given[5:]
    return [value + (y if i % 2 else x) * moved for i, value in enumerate(given)]


def _calls(
    act: str, given: list[float], ends: list[float], x: float, y: float
) -> list[tuple[str, tuple[float, ...]]]:
    kind = act.lower()
    if kind == "m":
        return [("moveTo", tuple(ends))]
    if kind in "lhv":
        return [("lineTo", tuple(ends))]
    if kind == "c":
        return [("curveTo", tuple(ends))]
    if kind == "q":
        qx, qy, ex, ey = ends
        first = (x + 2 / 3 * (qx - x), y + 2 / 3 * (qy - y))
        second = (ex + 2 / 3 * (qx - ex), ey + 2 / 3 * (qy - ey))
        return [("curveTo", (*first, *second, ex, ey))]
    return [("curveTo", each) for each in _arc(x, y, given[0], ends[0], ends[1], given[4])]


_KAPPA: Final = 0.5522847498
"""A quarter of a circle as a Bézier curve."""


def _arc(
    x: float, y: float, radius: float, ex: float, ey: float, sweep: float
) -> list[tuple[float, ...]]:
    """Return half a circle between two points as two curves; our shapes have no other arcs."""
    mx, my = (x + ex) / 2, (y + ey) / 2
    ux, uy = (x - mx), (y - my)
    turn = 1 if sweep else -1
    vx, vy = -uy * turn, ux * turn
    k = _KAPPA
    del radius
    tx, ty = mx + vx, my + vy
    return [
        (x + k * vx, y + k * vy, tx + k * ux, ty + k * uy, tx, ty),
        (tx - k * ux, ty - k * uy, ex + k * vx, ey + k * vy, ex, ey),
    ]
