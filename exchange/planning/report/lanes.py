"""How wide the columns of a printed table are: as few lines in all as their words allow."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from exchange.paper.fonts import width_pt
from exchange.paper.text import Style, figures_pt
from exchange.planning.described import Column
from exchange.planning.report.looks import CELL, HEAD

LEAST_TEXT_PT: Final = 40.0
WIDEST_TEXT_PT: Final = 230.0
MOST_WORD_PT: Final = 92.0
"""A longer word is broken."""
HEAD_LINES: Final = 3
"""Lines of the head of a column of numbers, where its words allow it (our choice)."""
STEP_PT: Final = 6.0
FULL: Final = 0.92
"""Of a line that is filled before the word that does not fit, on average (our choice)."""
_MEASURED: Final = 300
"""Characters of a cell and of a word that are measured: the rest breaks anyway."""

_PARTS: Final = re.compile(r" |(?<=[^\W\d_]-)(?=[^\W\d_])")
"""Where a line may break: see `exchange.paper.text.wrap`."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Lane:
    """A column: its place in the row, the least it takes, what it asks for, its cells' widths."""

    place: int
    column: Column
    least_pt: float
    natural_pt: float
    cells_pt: Floats

    @property
    def right(self) -> bool:
        """Tell whether its cells end on one line, as numbers do."""
        return self.column.kind != "text"

    def lines(self, wide_pt: float) -> Floats:
        """Estimate the lines of each cell in a width."""
        found: Floats = np.where(
            self.cells_pt <= wide_pt + 0.01, 1.0, np.ceil(self.cells_pt / (FULL * wide_pt))
        )
        return found


def lane_of(place: int, column: Column, texts: Sequence[str]) -> Lane:
    """Measure a column: no word of it is broken unless it is very long."""
    head = _longest_word([column.title], HEAD)
    if column.kind == "text":
        cells = [width_pt(text[:_MEASURED], CELL.weight, CELL.size_pt) for text in texts]
        natural = max(head, _in_lines(column.title[:_MEASURED], 2), *cells)
        natural = min(natural, WIDEST_TEXT_PT)
        least = min(natural, max(LEAST_TEXT_PT, head, _longest_word(set(texts), CELL)))
    else:
        cells = [figures_pt(text[:_MEASURED], CELL) for text in texts]
        title = column.title[:_MEASURED]
        least = max(
            head, _in_lines(title, HEAD_LINES), min(max(cells, default=0.0), WIDEST_TEXT_PT)
        )
        natural = max(least, _in_lines(title, 2))
    return Lane(place, column, least, natural, np.array(cells, dtype=np.float64))


def _longest_word(texts: Iterable[str], style: Style) -> float:
    words = {word for text in texts for word in _PARTS.split(text[: 2 * _MEASURED])}
    wide = (width_pt(word[:_MEASURED], style.weight, style.size_pt) for word in words)
    return min(max(wide, default=0.0), MOST_WORD_PT)


def _in_lines(title: str, most: int) -> float:
    """Tell how wide a head must be to take so many lines, at most as wide as a long word."""
    words = [width_pt(word, HEAD.weight, HEAD.size_pt) for word in title.split(" ")]
    space = width_pt(" ", HEAD.weight, HEAD.size_pt)
    wide = min(max(words), MOST_WORD_PT)
    while wide < MOST_WORD_PT and _lines(words, space, wide) > most:
        wide += 1.0
    return wide


def _lines(words: Sequence[float], space: float, wide: float) -> int:
    lines, used = 1, 0.0
    for word in words:
        lines, used = (lines, used + word) if used + word <= wide else (lines + 1, word)
        used += space
    return lines


def fitted(lanes: Sequence[Lane], room_pt: float) -> tuple[float, ...]:
    """Choose the widths, all together within a room where that can be.

    Beyond the least, room goes where it saves most lines of all rows together; what is left then
    goes to what each column asks for.
    """
    widths = [lane.least_pt for lane in lanes]
    if sum(widths) > room_pt:
        return tuple(width * room_pt / sum(widths) for width in widths)
    free = room_pt - sum(widths)
    while (best := _best(lanes, widths, free)) is not None:
        place, more = best
        widths[place] += more
        free -= more
    for place, lane in enumerate(lanes):
        more = min(free, max(0.0, lane.natural_pt - widths[place]))
        widths[place] += more
        free -= more
    return tuple(widths)


def filled(lanes: Sequence[Lane], widths: Sequence[float], room_pt: float) -> tuple[float, ...]:
    """Share what is left of a room among the columns of text, so that a table fills its page."""
    texts = sum(not lane.right for lane in lanes)
    more = max(0.0, room_pt - sum(widths)) / texts if texts else 0.0
    return tuple(
        width + (0.0 if lane.right else more) for lane, width in zip(lanes, widths, strict=True)
    )


def _best(lanes: Sequence[Lane], widths: Sequence[float], free: float) -> tuple[int, float] | None:
    """Find the column and the room that saves most lines for each point it takes."""
    lines = [lane.lines(width) for lane, width in zip(lanes, widths, strict=True)]
    if not lines or not len(lines[0]):
        return None
    now = np.max(lines, axis=0).sum()
    best: tuple[float, int, float] | None = None
    for place, lane in enumerate(lanes):
        if lane.right or widths[place] >= lane.natural_pt:
            continue
        others = np.max(
            [each for n, each in enumerate(lines) if n != place] or [lines[place] * 0], axis=0
        )
        room = min(free, lane.natural_pt - widths[place])
        for more in sorted({*np.arange(STEP_PT, room, STEP_PT).tolist(), room}):
            saved = now - np.maximum(others, lane.lines(widths[place] + more)).sum()
            if more > 0 and saved > 0 and (best is None or saved / more > best[0]):
                best = (saved / more, place, more)
    return None if best is None else (best[1], best[2])
