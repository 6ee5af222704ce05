"""Texts of what stands around a plan: broken to a width, drawn one under another, tagged."""

from dataclasses import dataclass
from typing import Any

from exchange.paper.fonts import width_pt
from exchange.paper.text import RISE, Style, draw_line
from exchange.paper.writing import clean, side_of
from exchange.poster.blocks import broken


@dataclass(frozen=True)
class Words:
    """Lines of one language at a style, to be drawn one under another."""

    tag: str
    lines: tuple[str, ...]
    style: Style
    language: str
    told: str = ""

    @property
    def height(self) -> float:
        """Height of all lines."""
        return len(self.lines) * self.style.line_pt


def words(
    text: str, style: Style, room: float, most: int, language: str, *, tag: str = "P"
) -> Words:
    """Break a text for a cell."""
    told = clean(text) if side_of(clean(text)) == "R" else ""
    return Words(tag, broken(text, style, round(room, 2), most), style, language, told)


def draw_words(
    pen: Any, told: list[Words], x: float, top: float, width: float, *, right: bool = False
) -> float:
    """Draw texts under one another, at the right edge where asked; return where the last ends."""
    for each in told:
        if each.lines:
            with pen.element(each.tag, language=each.language, actual=each.told):
                for n, line in enumerate(each.lines):
                    left = x
                    if each.told or right:
                        left += width - width_pt(line, each.style.weight, each.style.size_pt)
                    baseline = top - n * each.style.line_pt - each.style.size_pt * RISE
                    draw_line(pen.canvas, line, each.style, left, baseline)
        top -= each.height
    return top
