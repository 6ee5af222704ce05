"""Pages that fill from above: what is put on them, and where the next thing stands."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from exchange.paper.tags import Pen
from exchange.paper.text import RISE, Style, draw_line, wrap
from exchange.planning.report.looks import (
    BOTTOM_PT,
    LONG_PT,
    LONGEST_TEXT,
    SHORT_PT,
    SIDE_PT,
    TOP_PT,
)

Draw = Callable[[Pen, float, float], None]
"""Draws with its upper left corner at x, y of the page."""
_TOGETHER: Final = 2


@dataclass
class Page:
    """One page; `drawn` are blocks with how far below the upper edge they stand."""

    landscape: bool = False
    drawn: list[tuple[float, Draw]] = field(default_factory=list)

    @property
    def size_pt(self) -> tuple[float, float]:
        """Width and height."""
        return (LONG_PT, SHORT_PT) if self.landscape else (SHORT_PT, LONG_PT)

    @property
    def width_pt(self) -> float:
        """What lies between the white at the sides."""
        return self.size_pt[0] - 2 * SIDE_PT


@dataclass
class Flow:
    """Pages so far and how far the last one is filled."""

    pages: list[Page] = field(default_factory=lambda: [Page()])
    top_pt: float = TOP_PT

    @property
    def page(self) -> Page:
        """The page that is being filled."""
        return self.pages[-1]

    @property
    def room_pt(self) -> float:
        """The height that is left."""
        return self.page.size_pt[1] - BOTTOM_PT - self.top_pt

    @property
    def empty(self) -> bool:
        """Tell whether nothing stands on the page yet."""
        return not self.page.drawn

    def turn(self, *, landscape: bool = False) -> None:
        """Begin a page; one on which nothing stands is taken as it is, turned if need be."""
        if self.empty:
            self.page.landscape = landscape
        else:
            self.pages.append(Page(landscape))
        self.top_pt = TOP_PT

    def need(self, height_pt: float) -> None:
        """Begin a page unless so much height is left."""
        if height_pt > self.room_pt and not self.empty:
            self.turn(landscape=self.page.landscape)

    def put(self, height_pt: float, draw: Draw) -> None:
        """Put a block below what stands on the page."""
        self.page.drawn.append((self.top_pt, draw))
        self.top_pt += height_pt

    def skip(self, height_pt: float) -> None:
        """Leave white; none above the first thing of a page."""
        if not self.empty:
            self.top_pt += height_pt

    def text(self, text: str, style: Style, *, tag: str = "P", most: int = 200) -> None:
        """Put a paragraph; it goes on on the next page, never with a line by itself."""
        lines = wrap(text, style, self.page.width_pt, most=most, longest=LONGEST_TEXT)
        while lines:
            fitting = int(self.room_pt / style.line_pt + 0.01)
            if fitting < min(len(lines), _TOGETHER) and not self.empty:
                self.turn(landscape=self.page.landscape)
                continue
            fitting = max(1, fitting)
            if len(lines) - fitting == 1 and fitting > _TOGETHER:
                fitting -= 1
            self.put(len(lines[:fitting]) * style.line_pt, lined(lines[:fitting], style, tag))
            lines = lines[fitting:]

    def finished(self) -> list[Page]:
        """Return the pages, without a last one on which nothing stands."""
        return [page for n, page in enumerate(self.pages) if page.drawn or n == 0]


def lined(lines: tuple[str, ...], style: Style, tag: str = "P") -> Draw:
    """Draw wrapped lines as one tagged text."""

    def draw(pen: Pen, x: float, y: float) -> None:
        with pen.element(tag):
            for n, line in enumerate(lines):
                baseline = y - n * style.line_pt - style.size_pt * RISE
                draw_line(pen.canvas, line, style, x, baseline)

    return draw
