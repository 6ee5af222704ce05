"""The signs with numbers: the shape and colour of a group, a white number in it."""

import json
import math
import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from exchange.paper.fonts import face, width_pt
from exchange.settings import settings
from geo.errors import N_, BadInputError

SIDE_PT: Final = 14.2
"""A sign on an A3: two digits of `DIGITS_PT` stand in the narrowest shape."""
DIGITS_PT: Final = 7.0
LEAST_PT: Final = 7.0
"""No digit is smaller: issue 7."""
DIGIT: Final = 0.71
"""A digit of the typeface is so high, of its size (measured)."""
LIFTS: Final = {"drop": 0.09, "house": -0.045}
"""Shapes that are widest above or below their middle: digits move there, of the side."""
LONG_DIGITS: Final = 3
LONGER: Final = 1.34
"""A number of three digits needs a sign so much larger."""
A_ROW: Final = 3
"""Signs of one house stand side by side up to so many, then below (our choice)."""
CONTRAST: Final = 4.5
"""WCAG 2.2 AA for text of any size."""
UNIT: Final = 32.0
_WORD: Final = re.compile(r"[a-zA-Z]|-?(?:\d+\.?\d*|\.\d+)")
_ARGUMENTS: Final = {"m": 2, "l": 2, "h": 1, "v": 1, "q": 4, "a": 7, "c": 6}


class Chip(NamedTuple):
    """One number in its shape; hollow where the place is not told."""

    number: int
    colour: str
    shape: str
    hollow: bool = False


def side_of(chips: Sequence[Chip], times: float) -> float:
    """Return the side of the signs of a sheet: room for its longest number, in points."""
    longest = max((len(str(chip.number)) for chip in chips), default=1)
    return SIDE_PT * times * (LONGER if longest >= LONG_DIGITS else 1.0)


def plate(count: int, side: float) -> tuple[float, float]:
    """Return width and height of a sign of one or more numbers, in points."""
    if count == 1:
        return side, side
    wide = _a_row(count)
    return wide * side + 3, -(-count // wide) * side + 3


def _a_row(count: int) -> int:
    """Return how many signs of a house stand in a row: four are two rows of two."""
    return -(-count // -(-count // A_ROW))


def draw_chip(
    canvas: Any, chip: Chip, x: float, y: float, side: float, *, words: bool = True
) -> None:
    """Draw a sign around x, y; without words only its shape."""
    canvas.saveState()
    canvas.translate(x - side / 2, y + side / 2)
    canvas.scale(side / UNIT, -side / UNIT)
    colour = readable(chip.colour)
    canvas.setFillColor("#ffffff" if chip.hollow else colour)
    canvas.setStrokeColor(colour if chip.hollow else "#ffffff")
    canvas.setLineWidth(2.2)
    path = canvas.beginPath()
    for step, points in _shape(chip.shape):
        getattr(path, step)(*points)
    # The outline first: it may not eat into the shape that the digits need.
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.drawPath(path, stroke=int(chip.hollow), fill=1)
    canvas.restoreState()
    if words:
        draw_digits(canvas, chip, x, y, side)


def draw_digits(canvas: Any, chip: Chip, x: float, y: float, side: float) -> None:
    """Write the number of a sign around x, y."""
    text = str(chip.number)
    left, below, size = digits_at(text, chip.shape, side)
    drawing = canvas.beginText(x + left, y + below)
    drawing.setFillColor(readable(chip.colour) if chip.hollow else "#ffffff")
    drawing.setFont(face("bold"), size)
    drawing.textOut(text)
    canvas.drawText(drawing)


def digits_at(text: str, shape: str, side: float) -> tuple[float, float, float]:
    """Return where a number begins from the middle of its sign, and its size, in points."""
    size = side / SIDE_PT * DIGITS_PT / (LONGER if len(text) >= LONG_DIGITS else 1.0)
    size = max(size, LEAST_PT)
    return -width_pt(text, "bold", size) / 2, LIFTS.get(shape, 0.0) * side - size * DIGIT / 2, size


def draw_sign(canvas: Any, chips: Sequence[Chip], x: float, y: float, side: float) -> None:
    """Draw the sign of a house around x, y: a number, or several on one plate."""
    if len(chips) == 1:
        draw_chip(canvas, chips[0], x, y, side)
        return
    wide, high = plate(len(chips), side)
    canvas.setFillColor("#ffffff")
    canvas.setStrokeColor("#1c2b2e")
    canvas.setLineWidth(0.6)
    canvas.roundRect(x - wide / 2, y - high / 2, wide, high, side * 0.25, stroke=1, fill=1)
    for n, chip in enumerate(chips):
        row, place = divmod(n, _a_row(len(chips)))
        left = x - wide / 2 + 1.5 + side * (place + 0.5)
        draw_chip(canvas, chip, left, y + high / 2 - 1.5 - side * (row + 0.5), side)


@cache
def readable(colour: str) -> str:
    """Return a colour that white text can be read on: darker until its contrast is AA.

    >>> readable("#0b5d66"), contrast(readable("#ffcc00"), "#ffffff") >= 4.5
    ('#0b5d66', True)
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        return "#4f5d5c"
    while contrast(colour, "#ffffff") < CONTRAST:
        parts = [int(int(colour[n : n + 2], 16) * 0.94) for n in (1, 3, 5)]
        colour = "#{:02x}{:02x}{:02x}".format(*parts)
    return colour


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.2 computes it: 1 to 21."""
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)  # noqa: PLR2004 - of the definition
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@cache
def _drawn() -> dict[str, str]:
    path = settings().root / "static" / "src" / "shapes.json"
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise BadInputError(
            N_("{path} could not be read: {reason}."), path=path, reason=error
        ) from error


@cache
def _shape(name: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """Turn a shape of shapes.json into steps of a path, in its square of 32."""
    told = _drawn()
    words = _WORD.findall(told.get(name) or told["circle"])
    steps: list[tuple[str, tuple[float, ...]]] = []
    x = y = 0.0
    kind, at = "", 0
    while at < len(words):
        if words[at].isalpha():
            kind, at = words[at], at + 1
            if kind in "zZ":
                steps.append(("close", ()))
                continue
        count = _ARGUMENTS[kind.lower()]
        given, at = [float(word) for word in words[at : at + count]], at + count
        new, x, y = _step(kind, given, x, y)
        steps += new
    return tuple(steps)


def _step(
    kind: str, given: list[float], x: float, y: float
) -> tuple[list[tuple[str, tuple[float, ...]]], float, float]:
    """Turn one step into a move, a line or curves; where it ends."""
    plus_x, plus_y = (x, y) if kind.islower() else (0.0, 0.0)
    low = kind.lower()
    if low == "h":
        return [("lineTo", (given[0] + plus_x, y))], given[0] + plus_x, y
    if low == "v":
        return [("lineTo", (x, given[0] + plus_y))], x, given[0] + plus_y
    end = given[-2] + plus_x, given[-1] + plus_y
    if low == "q":
        c = given[0] + plus_x, given[1] + plus_y
        one = (x + 2 * (c[0] - x) / 3, y + 2 * (c[1] - y) / 3)
        two = (end[0] + 2 * (c[0] - end[0]) / 3, end[1] + 2 * (c[1] - end[1]) / 3)
        return [("curveTo", (*one, *two, *end))], *end
    if low == "c":
        pairs = [v + (plus_x, plus_y)[n % 2] for n, v in enumerate(given)]
        return [("curveTo", tuple(pairs))], *end
    if low == "a":
        return _arc(x, y, end, given[0], large=bool(given[3]), sweep=bool(given[4])), *end
    return [("moveTo" if low == "m" else "lineTo", end)], *end


def _arc(
    x: float, y: float, end: tuple[float, float], radius: float, *, large: bool, sweep: bool
) -> list[tuple[str, tuple[float, ...]]]:
    """Turn an arc of a circle into curves of a quarter at most."""
    dx, dy = (end[0] - x) / 2, (end[1] - y) / 2
    half = math.hypot(dx, dy)
    radius = max(radius, half)
    off = math.sqrt(max(0.0, radius**2 - half**2)) / half
    sign = 1 if large != sweep else -1
    cx, cy = (x + end[0]) / 2 - sign * off * dy, (y + end[1]) / 2 + sign * off * dx
    start = math.atan2(y - cy, x - cx)
    turn = math.atan2(end[1] - cy, end[0] - cx) - start
    if sweep and turn <= 0:
        turn += 2 * math.pi
    if not sweep and turn >= 0:
        turn -= 2 * math.pi
    count = math.ceil(abs(turn) / (math.pi / 2) - 1e-9)
    steps: list[tuple[str, tuple[float, ...]]] = []
    for n in range(count):
        a, b = start + turn * n / count, start + turn * (n + 1) / count
        k = 4 / 3 * math.tan((b - a) / 4) * radius
        ca, sa, cb, sb = math.cos(a), math.sin(a), math.cos(b), math.sin(b)
        one = cx + radius * ca - k * sa, cy + radius * sa + k * ca
        two = cx + radius * cb + k * sb, cy + radius * sb - k * cb
        steps.append(("curveTo", (*one, *two, cx + radius * cb, cy + radius * sb)))
    return steps
