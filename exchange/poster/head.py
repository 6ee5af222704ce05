"""The title of a poster and its introduction, in each of its languages."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from exchange.paper.text import RISE, Style, draw_line, wrap
from exchange.poster.blocks import Row, each_once
from exchange.poster.sheet import Poster

BAND_PT: Final = 5.0
"""A band in the colour of the map, above the title."""
TITLE_PT, SECOND_PT, TEXT_PT = 29.0, 17.0, 8.8
COLUMN_PT: Final = 300.0
"""An introduction on wider lines is hard to read (our choice)."""
INK: Final = "#1c2b2e"


@dataclass(frozen=True, slots=True)
class Head:
    """Lines of the title, columns of the introduction; `at` is its upper left corner."""

    titles: tuple[Row, ...]
    columns: tuple[tuple[float, tuple[Row, ...]], ...]
    height: float
    width: float
    k: float
    at: tuple[float, float] | None = None


def head_of(poster: Poster, width: float, k: float) -> Head:
    """Set the head for a width in points; `k` is the size of the paper beside an A3."""
    titles = tuple(_titles(poster, width, k))
    texts = each_once(poster.introductions, poster.languages)
    style = Style(max(TEXT_PT * k, 7.0), colour=INK, leading=1.28)
    count = max(1, min(len(texts), int(width / (COLUMN_PT * k * 0.6))))
    room = min((width - (count - 1) * 18 * k) / count, COLUMN_PT * k * 1.35)
    columns = []
    for n, (text, language) in enumerate(texts):
        rows = tuple(Row(line, style, language) for line in wrap(text, style, room, most=8))
        columns.append((n % count * (room + 18 * k), rows))
    stacked: dict[float, list[Row]] = {}
    for x, rows in columns:
        stacked.setdefault(x, []).extend(rows)
    joined = tuple((x, tuple(rows)) for x, rows in stacked.items())
    high = BAND_PT * k + 5 * k + sum(row.style.line_pt for row in titles)
    below = max((sum(row.style.line_pt for row in rows) for _, rows in joined), default=0.0)
    return Head(titles, joined, high + (below + 5 * k if below else 0.0), width, k)


def _titles(poster: Poster, width: float, k: float) -> Iterator[Row]:
    for n, (text, language) in enumerate(each_once(poster.titles, poster.languages)):
        style = (
            Style(SECOND_PT * k, colour="#3d4a4a", leading=1.2)
            if n
            else Style(TITLE_PT * k, "bold", INK, 1.1)
        )
        for line in wrap(text, style, width, most=3):
            yield Row(line, style, language)


def draw_head(pen: Any, head: Head, poster: Poster, x: float, top: float) -> None:
    """Draw the head with its upper left corner there."""
    canvas, k = pen.canvas, head.k
    with pen.decoration():
        canvas.setFillColor(poster.accent)
        canvas.rect(x, top - BAND_PT * k, head.width, BAND_PT * k, stroke=0, fill=1)
    top -= (BAND_PT + 5) * k
    for n, row in enumerate(head.titles):
        with pen.element("H1" if n == 0 else "P", language=row.language):
            draw_line(canvas, row.text, row.style, x, top - row.style.size_pt * RISE)
        top -= row.style.line_pt
    top -= 5 * k
    for away, rows in head.columns:
        down = top
        for row in rows:
            with pen.element("P", language=row.language):
                draw_line(canvas, row.text, row.style, x + away, down - row.style.size_pt * RISE)
            down -= row.style.line_pt
