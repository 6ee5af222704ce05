"""Where on which page each part of a sheet stands: the roomiest way that saves paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from reportlab.lib.pagesizes import A4

from exchange.handout.bands import Closing, Ground, Head
from exchange.handout.cards import Card, card_of
from exchange.handout.density import (
    AIRY,
    CLOSE,
    ROOMY,
    ROOMY_SMALL_MAPS,
    TELLINGS,
    TIGHT,
    TIGHT_LARGE_GROUND,
    Density,
    Telling,
)
from exchange.handout.map import MARGIN_PT, extent_of
from exchange.handout.sheet import Handout
from exchange.handout.strips import Strip, strip_of

WIDTH_PT: Final[float] = A4[0]
HEIGHT_PT: Final[float] = A4[1]
ONE_PAGE_MAPS: Final = 4
"""So many places with a map each go on one page; more take both sides of a sheet (our choice)."""
LARGEST_GROUND_PT: Final = 330.0
SLACK_PT: Final = 0.01
"""So that a sum of heights that just fits is not refused for its last decimals."""

Block = Head | Ground | Card | Strip | Closing


@dataclass(frozen=True)
class Placed:
    """A block, and how far its upper left corner is from that of its page, in points."""

    block: Block
    left_pt: float
    top_pt: float


@dataclass(frozen=True)
class Layout:
    """The pages of a sheet, and how tightly they are set."""

    density: Density
    pages: list[list[Placed]]


def fitted(handout: Handout) -> Layout:
    """Lay the sheet out in the roomiest way that takes no more pages than it should.

    Where none does, because of texts of unheard length, it is the one of the fewest pages.
    """
    mapped = not handout.one_map and any(map(handout.has_ground, handout.entries))
    wanted = 2 if mapped and len(handout.entries) > ONE_PAGE_MAPS else 1
    tried = []
    for layout in layouts(handout, columns=1 if mapped else 2, wanted=wanted):
        if len(layout.pages) <= wanted:
            return layout
        tried.append(layout)
    return min(tried, key=lambda layout: len(layout.pages))


def layouts(handout: Handout, *, columns: int, wanted: int) -> Iterator[Layout]:
    """Yield the ways to set a sheet, from roomy to tight, then shortened to the `wanted` pages."""
    for density in (ROOMY, ROOMY_SMALL_MAPS):
        room = WIDTH_PT - 2 * density.side_pt
        cards = [card_of(handout, each, room, map_pt=density.map_pt) for each in handout.entries]
        yield Layout(density, _Filling(_Paper(handout, density), cards).pages())
    for density in (AIRY, CLOSE, TIGHT):
        strips = _strips(handout, density, TELLINGS[0], columns)
        yield Layout(density, _Filling(_Paper(handout, density), strips, columns).pages())
    yield Layout(TIGHT, _shortened(handout, columns, wanted))


def _strips(handout: Handout, density: Density, telling: Telling, columns: int) -> list[Strip]:
    room = (WIDTH_PT - 2 * density.side_pt - (columns - 1) * density.gap_pt) / columns
    return [
        strip_of(handout, entry, room, density=density, telling=telling)
        for entry in handout.entries
    ]


def _shortened(handout: Handout, columns: int, wanted: int) -> list[list[Placed]]:
    """Shorten all places alike until they fit, then give back to each what there is room for."""
    pages: list[list[Placed]] = []
    tried: list[list[Strip]] = []
    paper = _Paper(handout, TIGHT)
    for telling in TELLINGS:
        tried.append(_strips(handout, TIGHT, telling, columns))
        pages = _Filling(paper, tried[-1], columns).pages()
        if len(pages) <= wanted:
            break
    else:
        return pages
    kept = tried.pop()
    paper = _Paper(handout, TIGHT_LARGE_GROUND)
    while tried:
        for n, longer in enumerate(tried.pop()):
            given = [*kept[:n], longer, *kept[n + 1 :]]
            found = _Filling(paper, given, columns).pages()
            if len(found) <= wanted:
                kept, pages = given, found
    return pages


class _Split(NamedTuple):
    """How one page is shared out; the better one is the greater."""

    scale: float
    """Points a metre of the map of all."""
    unevenness: float
    left: int
    ground_pt: float
    wide: bool


@dataclass(frozen=True)
class _Paper:
    """What frames the cards on every page; in points from the upper left corner."""

    handout: Handout
    density: Density

    @cached_property
    def room_pt(self) -> float:
        """Width between the margins."""
        return WIDTH_PT - 2 * self.density.side_pt

    @cached_property
    def bottom_pt(self) -> float:
        """Where the foot begins."""
        return HEIGHT_PT - self.density.foot_pt

    @cached_property
    def heads(self) -> tuple[Placed, Placed]:
        """The head, and the one that says that something was left out."""
        whole, shortened = (
            Head(self.handout, self.room_pt, self.density, shortened) for shortened in (False, True)
        )
        side, top = self.density.side_pt, self.density.top_pt
        return Placed(whole, side, top), Placed(shortened, side, top)

    @cached_property
    def closing(self) -> Placed | None:
        """The relay and the code, at the foot of a page."""
        closing = Closing(self.handout, self.room_pt, self.density)
        top = self.bottom_pt - closing.height_pt
        return Placed(closing, self.density.side_pt, top) if closing.height_pt else None

    @cached_property
    def _extent(self) -> tuple[float, float]:
        """Width and height in metres of what the map of all must show."""
        return extent_of(self.handout.entries)

    def scale_of(self, wide_pt: float, high_pt: float) -> float:
        """Tell how large a map of that size shows its ground, in points a metre."""
        sides = zip((wide_pt, high_pt), self._extent, strict=True)
        return min((side - 2 * MARGIN_PT) / max(metres, 1.0) for side, metres in sides)

    @cached_property
    def above_closing_pt(self) -> float:
        """How far down cards may reach on the last page."""
        return self.closing.top_pt - self.density.gap_pt if self.closing else self.bottom_pt


@dataclass(frozen=True)
class _Filling:
    """Cards to be put on pages, in so many columns."""

    paper: _Paper
    cards: Sequence[Card | Strip]
    columns: int = 1

    @cached_property
    def _head(self) -> Placed:
        left_out = any(isinstance(card, Strip) and card.left_out for card in self.cards)
        return self.paper.heads[left_out]

    @cached_property
    def _below_head(self) -> float:
        return self._head.top_pt + self._head.block.height_pt + self.paper.density.gap_pt

    def pages(self) -> list[list[Placed]]:
        """Put everything on one page, else let the cards flow over as many as they need."""
        return self._on_one_page() or self._flowing()

    def _on_one_page(self) -> list[list[Placed]]:
        """Fill the columns of one page, the map of all above the right one; nothing if too full."""
        if self.columns == 1:
            return []
        side, top, gap = self.paper.density.side_pt, self._below_head, self.paper.density.gap_pt
        split = self._split(self.paper.above_closing_pt - top)
        if split is None:
            return []
        across = side + self.cards[0].room_pt + gap
        page = [self._head]
        tops = [top, top]
        if split.ground_pt:
            wide = self.paper.room_pt if split.wide else self.cards[0].room_pt
            block = Ground(self.paper.handout, wide, split.ground_pt)
            page.append(Placed(block, side if split.wide else across, top))
            below = top + split.ground_pt + gap
            tops = [below if split.wide else top, below]
        page += self._below(self.cards[: split.left], side, tops[0])
        page += self._below(self.cards[split.left :], across, tops[1])
        return [[*page, self.paper.closing] if self.paper.closing else page]

    def _split(self, room: float) -> _Split | None:
        """Choose which cards stand left so that the map of all is largest; None if too full."""
        gap = self.paper.density.gap_pt
        heights = [card.height_pt + gap for card in self.cards]
        least = self.paper.density.ground_pt if self.paper.handout.has_map_of_all else 0.0
        splits = []
        for count in range(1, len(heights) + 1):
            left, right = sum(heights[:count]), sum(heights[count:])
            higher = max(left, right)
            for wide, free in ((False, room - right), (True, room - higher)):
                fits = higher - gap <= room + SLACK_PT and (not least or free + SLACK_PT >= least)
                ground = min(free, LARGEST_GROUND_PT) if least else 0.0
                if fits:
                    splits.append(
                        _Split(self._scale(ground, wide=wide), -higher, count, ground, wide)
                    )
        return max(splits, default=None)

    def _scale(self, ground_pt: float, *, wide: bool) -> float:
        across = self.paper.room_pt if wide else self.cards[0].room_pt
        return self.paper.scale_of(across, ground_pt) if ground_pt else 0.0

    def _below(self, cards: Sequence[Card | Strip], left: float, top: float) -> Iterator[Placed]:
        for card in cards:
            yield Placed(card, left, top)
            top += card.height_pt + self.paper.density.gap_pt

    def _flowing(self) -> list[list[Placed]]:
        """Fill column after column and page after page; one that does not fit begins the next."""
        side, gap = self.paper.density.side_pt, self.paper.density.gap_pt
        first: list[Placed] = [self._head]
        start = self._below_head
        if self.paper.handout.has_map_of_all:
            ground = Ground(self.paper.handout, self.paper.room_pt, self.paper.density.ground_pt)
            first.append(Placed(ground, side, start))
            start += ground.height_pt + gap
        pages, column, top = [first], 0, start
        for card in self.cards:
            if top > start and top + card.height_pt > self.paper.bottom_pt + SLACK_PT:
                column = (column + 1) % self.columns
                if not column:
                    pages.append([])
                    start = self.paper.density.top_pt
                top = start
            pages[-1].append(Placed(card, side + column * (card.room_pt + gap), top))
            top += card.height_pt + gap
        self._close(pages)
        return pages

    def _close(self, pages: list[list[Placed]]) -> None:
        """Add the closing to the last page, or to one more with the last card for company."""
        if not self.paper.closing:
            return
        last = pages[-1]
        lowest = max(placed.top_pt + placed.block.height_pt for placed in last)
        if lowest > self.paper.above_closing_pt + SLACK_PT:
            cards = [placed for placed in last if isinstance(placed.block, Card | Strip)]
            moved = last.pop() if len(cards) > 1 else None
            top = self.paper.density.top_pt
            follows = [Placed(moved.block, self.paper.density.side_pt, top)] if moved else []
            if moved and top + moved.block.height_pt > self.paper.above_closing_pt:
                last.append(moved)
                follows = []
            pages.append(follows)
        pages[-1].append(self.paper.closing)
