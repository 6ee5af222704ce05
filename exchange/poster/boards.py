"""The sheet itself: its size, margins, folds and the columns that texts may stand in."""

from dataclasses import dataclass
from typing import Final

from exchange.poster.sheet import PAPERS_MM, Orientation, Paper

MM: Final = 72 / 25.4
MARGIN_MM: Final = 10.0
"""No office printer loses more than 5 mm; 8 mm is the least we want (our choice)."""
FOLD_MM: Final = 5.0
"""Texts keep this off a fold (our choice)."""
GAP_MM: Final = 5.0
SIZES: Final = {"A4": 1.0, "A3": 1.0, "A2": 1.3, "A0": 2.0, "A3-6": 1.0, "A3-8": 1.0}
"""How large texts are against those of an A3, which is read at arm's length (our choice)."""
PANELS: Final = {"A3-6": (3, 2), "A3-8": (4, 2)}
"""Panels along the long and the short side."""


@dataclass(frozen=True)
class Span:
    """A stretch of the page that texts may take, in points."""

    low: float
    high: float

    @property
    def length(self) -> float:
        """How long it is."""
        return self.high - self.low


@dataclass(frozen=True)
class Board:
    """A sheet of paper, in points; `times` is the size of its texts against an A3."""

    paper: Paper
    width: float
    height: float
    times: float
    panels: tuple[int, int]

    @classmethod
    def of(cls, paper: Paper, orientation: Orientation) -> "Board":
        """Lay a paper upright or on its side."""
        short, long = PAPERS_MM[paper]
        along, across = PANELS.get(paper, (1, 1))
        if orientation == "portrait":
            return cls(paper, short * MM, long * MM, SIZES[paper], (across, along))
        return cls(paper, long * MM, short * MM, SIZES[paper], (along, across))

    @property
    def margin(self) -> float:
        """White around everything."""
        return MARGIN_MM * MM * max(1.0, self.times * 0.8)

    @property
    def gap(self) -> float:
        """White between two columns."""
        return GAP_MM * MM * max(1.0, self.times * 0.8)

    @property
    def folded(self) -> bool:
        """Whether it is folded into panels."""
        return self.panels != (1, 1)

    @property
    def folds(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Return where it folds: x of the upright ones, y of the level ones."""
        across, up = self.panels
        return (
            tuple(self.width * n / across for n in range(1, across)),
            tuple(self.height * n / up for n in range(1, up)),
        )

    def columns(self, count: int) -> tuple[Span, ...]:
        """Return so many columns from left to right; so many a panel where it folds."""
        across = self.panels[0]
        if not self.folded:
            wide = (self.width - 2 * self.margin - (count - 1) * self.gap) / count
            lefts = [self.margin + n * (wide + self.gap) for n in range(count)]
            return tuple(Span(left, left + wide) for left in lefts)
        panel, spans = self.width / across, []
        for n in range(across):
            left = n * panel + (self.margin if n == 0 else FOLD_MM * MM)
            right = (n + 1) * panel - (self.margin if n == across - 1 else FOLD_MM * MM)
            wide = (right - left - (count - 1) * self.gap) / count
            starts = [left + k * (wide + self.gap) for k in range(count)]
            spans += [Span(start, start + wide) for start in starts]
        return tuple(spans)

    def parted(self, low: float, high: float) -> tuple[Span, ...]:
        """Cut a column at the level folds; from the top down."""
        cuts = [y for y in self.folds[1] if low < y < high]
        edges = [low, *(y + side * FOLD_MM * MM for y in cuts for side in (-1, 1)), high]
        spans = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        return tuple(span for span in reversed(spans) if span.length > 0)
