"""What fills a class on paper: its colour, hatched where not known, dotted where grey would lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Literal

from reportlab.pdfgen.canvas import FILL_EVEN_ODD

from exchange.planning.described import KeyLine

Texture = Literal["", "hatched", "dotted", "lined"]
PAPER: Final = "#ffffff"
HATCH: Final = ("#7d8684", 0.5, 3.8)
"""Colour, width and distance of the lines of what is not known, in points; 3.8:1 on white."""
DOTS: Final = (0.9, 3.2)
LINES: Final = (0.5, 3.0)
TOLD_APART: Final = 9.0
"""Steps of CIE L* that two greys need to be told apart side by side (our choice, by eye)."""
DARK: Final = 55.0


@dataclass(frozen=True)
class Fill:
    """A colour and what is drawn over it."""

    colour: str
    texture: Texture = ""


def fill_of(key: Sequence[KeyLine], place: int) -> Fill:
    """Choose how a class is filled, so that it is told from every other in grey too.

    Classes are ordered. One that turns back, so that the worst would look like the middle, and one
    that another grey could be mistaken for, are given a texture.

    >>> key = [KeyLine(label=c, colour=c) for c in ("#0b5e66", "#7fb7b0", "#f3d9a4", "#c2591f")]
    >>> [fill_of(key, place).texture for place in range(-1, 4)]
    ['hatched', '', '', '', 'dotted']
    """
    if not 0 <= place < len(key) or not key[place].colour:
        return Fill(PAPER, "hatched")
    greys = [lightness(colour) for colour in _compared(key, place)]
    given: list[tuple[float, Texture]] = []
    for n, grey in enumerate(greys):
        used = {texture for other, texture in given if abs(other - grey) < TOLD_APART}
        given.append((grey, _free(used | ({""} if _turned(greys[: n + 1]) else set()))))
    return Fill(key[place].colour, given[-1][1])


def _compared(key: Sequence[KeyLine], place: int) -> list[str]:
    """Return the colours up to a class, one for each meaning: what means the same needs no more."""
    first = {line.label: line.colour for line in reversed(key[: place + 1]) if line.colour}
    own = key[place].label
    labels = dict.fromkeys(line.label for line in key[: place + 1] if line.colour)
    return [first[label] for label in labels if label != own] + [key[place].colour]


def _turned(greys: Sequence[float]) -> bool:
    """Tell whether the last step goes against the first."""
    steps = [later - earlier for earlier, later in pairwise(greys)]
    return bool(steps) and steps[0] * steps[-1] < 0


def _free(used: "set[Texture]") -> Texture:
    order: tuple[Texture, ...] = ("", "dotted", "lined")
    return next((texture for texture in order if texture not in used), "lined")


def lightness(colour: str) -> float:
    """Return the lightness CIE L* of a colour, 0 to 100.

    >>> lightness("#000000"), lightness("#ffffff")
    (0.0, 100.0)
    """
    parts = [part / 255 for part in bytes.fromhex(colour.removeprefix("#"))]
    line = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004 - sRGB
    light = 0.2126 * line[0] + 0.7152 * line[1] + 0.0722 * line[2]
    return round(116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light, 6)  # noqa: PLR2004 - CIE


def shade(canvas: Any, path: Any, fill: Fill, bounds: Sequence[float]) -> None:
    """Fill a path that lies within bounds (left, bottom, right, top)."""
    canvas.setFillColor(fill.colour)
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_EVEN_ODD)
    if not fill.texture:
        return
    canvas.saveState()
    canvas.clipPath(path, stroke=0, fill=0, fillMode=FILL_EVEN_ODD)
    if fill.texture == "hatched":
        _hatch(canvas, bounds)
    else:
        canvas.setStrokeColor("#ffffff" if lightness(fill.colour) < DARK else "#000000")
        _rows(canvas, bounds, dotted=fill.texture == "dotted")
    canvas.restoreState()


def _hatch(canvas: Any, bounds: Sequence[float]) -> None:
    """Draw lines that rise to the right, on one grid for the whole page."""
    left, bottom, right, top = bounds
    colour, wide, apart = HATCH
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(wide)
    canvas.setLineCap(0)
    step = apart * 2**0.5
    high = top - bottom
    start = int((left - high - bottom) // step)
    end = int((right - bottom) // step) + 1
    canvas.lines(
        [(n * step + bottom, bottom, n * step + bottom + high, top) for n in range(start, end + 1)]
    )


def _rows(canvas: Any, bounds: Sequence[float], *, dotted: bool) -> None:
    left, bottom, right, top = bounds
    wide, apart = DOTS if dotted else LINES
    canvas.setLineWidth(wide)
    canvas.setLineCap(1 if dotted else 0)
    if dotted:
        canvas.setDash([0, apart])
    first, last = int(bottom // apart), int(top // apart) + 1
    start = left // apart * apart
    canvas.lines(
        [
            (start + (n % 2) * apart / 2 * dotted, n * apart, right, n * apart)
            for n in range(first, last + 1)
        ]
    )
