"""How a poster is shared out between plan and directory: the best that fits, or what helps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np

from exchange.paper.fonts import width_pt
from exchange.poster.blocks import MOST_LINES, SMALLEST_PT, Block, Lines, Setter, both
from exchange.poster.boards import MM, Board, Span
from exchange.poster.chips import LONGER, SIDE_PT
from exchange.poster.flow import Slot, Stood, filled, pour
from exchange.poster.furniture import Furniture
from exchange.poster.outcomes import Fit, Help, TooMuchError
from exchange.poster.plan import SCALES, Plan, area_m, smallest_box
from exchange.poster.sheet import Orientation, Paper, Poster
from exchange.poster.worth import worth

TYPE_PT: Final = (10.5, 9.75, 9.0, 8.5, 8.0, 7.5, 7.0, 6.2, 5.5, 4.8, 4.2, 3.5)
"""Sizes of the directory's texts on an A3, times the paper's; never under `SMALLEST_PT`."""
COLUMN_MM: Final = (46.0, 62.0, 86.0)
"""Narrowest, best and widest column on an A3 (our choice: 30 to 55 letters a line)."""
LEAST_BELOW_MM: Final = 32.0
"""A strip lower than this under a plan holds no directory: the plan takes it."""
MOST_PAGES: Final = 6
LEAST_PLAN: Final = 0.27
LEAST_OF_TWO: Final = 0.45
"""The plan takes at least this share of its page; more where the directory has a page of its own
(our choice: less is a directory with a thumbnail)."""
CROWD: Final = 0.22
"""Signs may take this share of the area; more cannot be told apart (our choice)."""
LEAST_FOOT_PT: Final = 250.0
"""A foot beside the plan is at least so wide on an A3 (our choice)."""
MOST_TRIED: Final = 40
HELP_SIZES: Final[tuple[Paper, ...]] = ("A4", "A3", "A2", "A0")
DROPS: Final = (("line",), ("hours",), ("line", "hours"), ("line", "hours", "address"))
"""Details left out, the least missed first (our choice)."""


@dataclass(frozen=True)
class Share:
    """One way to share a sheet out, before it is tried."""

    size_pt: float
    columns: int
    across: int
    scale: int
    plan_pt: float
    indexed: bool
    score: float


@dataclass(frozen=True, eq=False)
class Layout:
    """A sheet laid out: its plan and where each block of the directory stands."""

    board: Board
    furniture: Furniture
    plan: Plan
    stood: tuple[Stood, ...]
    pages: int
    type_pt: float
    indexed: bool
    cover: tuple[float, float, float, float] | None
    mirrored: bool


def fits(
    poster: Poster, paper: Paper, orientation: Orientation, *, pages: int = 1, helps: bool = True
) -> Fit:
    """Tell whether a poster fits a paper, fast: no plan is drawn.

    `pages` 0 takes as many as needed.
    """
    try:
        layout = arranged(poster, paper, orientation, pages=pages, helps=helps)
    except TooMuchError as error:
        return Fit(fits=False, helps=error.helps)
    return Fit(
        fits=True, scale=layout.plan.scale, type_pt=layout.type_pt, pages=layout.pages,
        streets_index=layout.indexed,
    )  # fmt: skip


def arranged(
    poster: Poster, paper: Paper, orientation: Orientation, *, pages: int = 1, helps: bool = True
) -> Layout:
    """Lay a poster out on a paper.

    Raises:
        TooMuchError: it does not fit.
    """
    for count in (pages,) if pages else range(1, MOST_PAGES + 1):
        found = _Desk(poster, Board.of(paper, orientation), count).layout()
        if found is not None:
            return found
    tried = tuple(_helps(poster, paper, orientation, pages)) if helps else ()
    raise TooMuchError(tried, count=len(poster.entries), paper=paper)


def _helps(poster: Poster, paper: Paper, orientation: Orientation, pages: int) -> Iterator[Help]:
    """Try what would help, and yield what does."""
    plain: Paper = "A3" if paper.startswith("A3") else paper
    larger = HELP_SIZES[HELP_SIZES.index(plain) + 1 :]
    for each in larger:
        if _Desk(poster, Board.of(each, orientation), pages or MOST_PAGES).fit():
            yield Help(kind="paper", paper=each, pages=pages, details=poster.details)
            break
    for count in range((pages or MOST_PAGES) + 1, MOST_PAGES + 1):
        if _Desk(poster, Board.of(paper, orientation), count).fit():
            yield Help(kind="pages", paper=paper, pages=count, details=poster.details)
            break
    for drop in DROPS:
        left = poster.details - set(drop)
        lesser = replace(poster, details=left)
        if (
            left != poster.details
            and _Desk(lesser, Board.of(paper, orientation), pages or MOST_PAGES).fit()
        ):
            yield Help(kind="details", paper=paper, pages=pages, details=left)
            break


@dataclass
class _Desk:
    """Tries the ways to share out one sheet."""

    poster: Poster
    board: Board
    pages: int
    _around: dict[tuple[int, int], Furniture] = field(default_factory=dict)

    def furniture(self, count: int, across: int) -> Furniture:
        """Measure what stands around; its foot beside the plan where that leaves it width."""
        if (count, across) not in self._around:
            spans = self._ordered(self.board.columns(count))[across:]
            span = None
            if spans and not self.board.folded:
                free = Span(min(s.low for s in spans), max(s.high for s in spans))
                span = free if free.length >= LEAST_FOOT_PT * self.board.times else None
            self._around[count, across] = Furniture(self.poster, self.board, span)
        return self._around[count, across]

    @cached_property
    def _natural(self) -> tuple[np.ndarray, ...]:
        """Measure each paragraph on one line at 10 points: width, indent, leading, most lines."""
        setter = Setter(self.poster, 10.0, 1e6, self._dummy)
        rows = []
        for block in setter.directory():
            for n, p in enumerate(block.paragraphs):
                wide = sum(_wide(line, p) for line in p.texts)
                square = 21.0 if block.square and n == 0 else 0.0
                above = block.before if n == 0 else 0.0
                extra = block.height - sum(len(q.texts) * q.style.line_pt for q in block.paragraphs)
                rows.append(
                    (wide, block.indent + square, p.style.line_pt, above + extra * (n == 0))
                )
        return tuple(np.array(rows).T)

    @cached_property
    def _dummy(self) -> dict[int, str]:
        return {e.number: "W88" for e in self.poster.entries if e.lon is not None}

    @cached_property
    def _streets(self) -> list[tuple[str, str]]:
        if not self.poster.streets_index or self.poster.ground.streets is None:
            return []
        box = (0.0, 0.0, self.board.width, self.board.height)
        plan = Plan(self.poster, box, self._floor_scale, self.board.times)
        wanted = [w for w in self.poster.languages if w in ("fr", "nl")] or ["fr", "nl"]
        names = [both([{"fr": fr, "nl": nl}[w] for w in wanted]) for fr, nl, _ in plan.index()]
        return [(name, "") for name in sorted(set(names), key=str.casefold)]

    @cached_property
    def _floor_scale(self) -> int:
        """The largest scale at which the area stands on the whole sheet."""
        for scale in SCALES:
            wide, high = smallest_box(self.poster, scale, self.board.times)
            if wide <= self.board.width and high <= self.board.height:
                return scale
        return SCALES[-1]

    def _room(self, count: int, across: int) -> tuple[float, float, float]:
        """Lower end of plan and of the other columns, upper end of both."""
        around = self.furniture(count, across)
        foot = self.board.margin + around.foot
        plan = self.board.margin + around.sources_pt + 4 if around.foot_span else foot
        return plan, foot, self.board.height - self.board.margin - around.head

    def estimate(self, size: float, width: float) -> float:
        """Estimate the height of the directory at a size in columns of a width."""
        wide, indent, line, above = self._natural
        times = size / 10
        lines = np.ceil(wide * times * 1.04 / np.maximum(width - indent * times, 20.0))
        return float(((np.clip(lines, 1, MOST_LINES) * line + above) * times).sum())

    def shares(self) -> list[Share]:
        """Return the ways that may do, the best first."""
        found = []
        sizes = [t * self.board.times for t in TYPE_PT]
        sizes = [s for s in sizes if s >= SMALLEST_PT] or [SMALLEST_PT]
        for count in range(1, 13):
            spans = self.board.columns(count)
            if spans[0].length < COLUMN_MM[0] * MM * self.board.times * 0.72:
                break
            for size in sizes:
                wide = spans[0].length / (size / 8.0)
                if not COLUMN_MM[0] * MM <= wide <= COLUMN_MM[2] * MM * 1.35:
                    continue
                needed = self.estimate(size, spans[0].length)
                streets = self._street_pt(size, spans[0].length)
                for across in range(1, len(spans) + 1):
                    for indexed in (True, False) if self._streets else (False,):
                        share = self._share(
                            size, count, across, needed + streets * indexed, indexed=indexed
                        )
                        found += [share] if share else []
        return sorted(found, key=lambda share: -share.score)

    def _street_pt(self, size: float, width: float) -> float:
        each = max(SMALLEST_PT, size * 0.94) * 1.15 + size * 0.12
        return len(self._streets) * each * (1.3 if width < 30 * size * 0.5 else 1.1) + size * 3

    def _share(
        self, size: float, count: int, across: int, needed: float, *, indexed: bool
    ) -> Share | None:
        """Choose the largest scale with which the directory still fits beside the plan."""
        spans = self.board.columns(count)
        low, _, high = self._room(count, across)
        width = spans[across - 1].high - spans[0].low
        for scale in SCALES:
            wide, tall = smallest_box(self.poster, scale, self.board.times)
            if wide > width or tall > high - low:
                continue
            if self._signs_pt2 > CROWD * self._area_m2 * (1000 / scale * MM) ** 2:
                return None
            tall = max(tall, self._least_plan / width)
            if tall > high - low:
                return None
            slots = self.slots(count, across, tall)
            if sum(slot.height for slot in slots) < needed:
                continue
            mixed = across < len(spans) and high - low - tall >= LEAST_BELOW_MM * MM
            best = COLUMN_MM[1] * MM * size / 8.0
            score = worth(
                scale,
                size / self.board.times,
                indexed=indexed,
                mixed=mixed,
                off_best=spans[0].length / best,
            )
            return Share(size, count, across, scale, tall, indexed, score)
        return None

    @property
    def _least_plan(self) -> float:
        """The least surface of a plan, in square points."""
        share = LEAST_PLAN if self.pages == 1 else LEAST_OF_TWO
        return share * self.board.width * self.board.height

    @cached_property
    def _area_m2(self) -> float:
        return float(area_m(self.poster).area)

    @cached_property
    def _signs_pt2(self) -> float:
        """The surface of all signs with the white around them."""
        sides = [
            SIDE_PT * self.board.times * (LONGER if e.number > 99 else 1.0) + 2  # noqa: PLR2004
            for e in self.poster.entries
            if e.lon is not None
        ]
        return sum(side**2 for side in sides)

    @cached_property
    def cover(self) -> tuple[float, float, float, float] | None:
        """The panel on top of a folded sheet: left, low, right, high."""
        if not self.board.folded:
            return None
        across, up = self.board.panels
        left = self.board.width * (across - 1) / across
        return left, 0.0, self.board.width, self.board.height / up

    def slots(self, count: int, across: int, plan_pt: float) -> list[Slot]:
        """Return the columns left of a plan that is so high and so many columns wide."""
        spans = self.board.columns(count)
        plan_low, foot, high = self._room(count, across)
        found = []
        for page in range(self.pages):
            for n, span in enumerate(self._ordered(spans)):
                low, top = foot, high
                if page:
                    low, top = self._later_room
                elif n < across:
                    low = plan_low
                    top = high - plan_pt - self.board.gap
                    if top - low < LEAST_BELOW_MM * MM:
                        continue
                for part in self.board.parted(low, top):
                    slot = Slot(page, span.low, part.low, part.high, span.length)
                    if not self._covered(slot) and slot.height > 30:  # noqa: PLR2004 - lower holds nothing
                        found.append(slot)
        return found

    @property
    def _later_room(self) -> tuple[float, float]:
        low = self.board.margin + self.furniture(1, 1).sources_pt + 4
        return low, self.board.height - self.board.margin

    def _ordered(self, spans: Sequence[Span]) -> list[Span]:
        mirrored = Setter(self.poster, 8, 100).mirrored
        return list(reversed(spans)) if mirrored else list(spans)

    def _covered(self, slot: Slot) -> bool:
        """Tell whether a slot lies on the cover, which is on the last page."""
        if self.cover is None or slot.page != self.pages - 1:
            return False
        left, low, right, high = self.cover
        return left < slot.x < right and low < (slot.low + slot.high) / 2 < high

    def blocks(self, share: Share, width: float, plan: Plan | None = None) -> list[Block]:
        """Set the directory, and the streets where they are asked."""
        squares = plan.squares_of if plan else self._dummy
        setter = Setter(self.poster, share.size_pt, width, squares)
        found = list(setter.directory())
        if share.indexed:
            names = self._streets
            if plan:
                wanted = [w for w in self.poster.languages if w in ("fr", "nl")] or ["fr", "nl"]
                told = {
                    both([{"fr": fr, "nl": nl}[w] for w in wanted]): square
                    for fr, nl, square in plan.index()
                }
                names = [(name, told.get(name, "")) for name, _ in names]
            found.append(setter.heading(self.poster.label("streets"), self.poster.accent))
            found += [setter.street(name, square) for name, square in names]
        return found

    def fit(self) -> Share | None:
        """Return the best way that holds in fact."""
        for share in self.shares()[:MOST_TRIED]:
            width = self.board.columns(share.columns)[0].length
            slots = self.slots(share.columns, share.across, share.plan_pt)
            if pour(self.blocks(share, width), slots) is not None:
                return share
        return None

    def layout(self) -> Layout | None:
        """Lay the sheet out; the plan takes the room the directory leaves."""
        share = self.fit()
        if share is None:
            return None
        spans = self._ordered(self.board.columns(share.columns))
        low, _, high = self._room(share.columns, share.across)
        width = spans[0].length
        blocks = self.blocks(share, width)
        tall = share.plan_pt
        least, most = share.plan_pt, high - low
        for _ in range(8):
            middle = most if _ == 0 else (least + most) / 2
            if pour(blocks, self.slots(share.columns, share.across, middle)) is not None:
                tall = least = middle
            else:
                most = middle
        below = high - low - tall - self.board.gap
        if below < LEAST_BELOW_MM * MM:
            tall = high - low
        taken = spans[: share.across]
        left, right = min(s.low for s in taken), max(s.high for s in taken)
        box = (left, high - tall, right - left, tall)
        plan = Plan(self.poster, box, share.scale, self.board.times)
        slots = self.slots(share.columns, share.across, tall)
        stood = filled(self.blocks(share, width, plan), slots)
        if stood is None:
            stood = filled(blocks, slots)
        if stood is None:
            return None
        pages = max((each.page for each in stood), default=0) + 1
        pages = self.pages if self.cover else pages
        return Layout(
            self.board, self.furniture(share.columns, share.across), plan, tuple(stood), pages,
            share.size_pt, share.indexed, self.cover, Setter(self.poster, 8, 100).mirrored,
        )  # fmt: skip


def _wide(line: str, paragraph: Lines) -> float:
    style = paragraph.style
    return width_pt(line, style.weight, style.size_pt)
