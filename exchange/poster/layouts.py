"""How a sheet is divided: title, plan, directory and foot, as large as all of it allows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from exchange.paper.text import Style
from exchange.poster.blocks import (
    LEAST_PT,
    Block,
    Slot,
    directory_blocks,
    each_once,
    flow,
    note_block,
    street_blocks,
)
from exchange.poster.foot import Foot, foot_of
from exchange.poster.head import Head, head_of
from exchange.poster.plan import Plan, plan_of, street_index
from exchange.poster.sheet import PAPERS_MM, Orientation, Paper, Poster
from geo.errors import N_, BadInputError

PT_A_MM: Final = 72 / 25.4
MARGIN_MM: Final[dict[Paper, float]] = {"A4": 8, "A3": 10, "A2": 12, "A0": 18, "A3-6": 8, "A3-8": 8}
"""White no printer reaches, and what looks calm (our choice)."""
BESIDE_A3: Final[dict[Paper, float]] = {
    "A4": 0.8,
    "A3": 1,
    "A2": 1.35,
    "A0": 2.3,
    "A3-6": 1,
    "A3-8": 1,
}
"""How large letters and signs are beside an A3: larger sheets are read from further away."""
LETTERS_PT: Final = (10.5, 9.8, 9.2, 8.6, 8.0, 7.5, LEAST_PT)
"""Sizes of the directory tried on an A3, the most readable first."""
SHARES: Final = {"landscape": (0.60, 0.54, 0.48, 0.42), "portrait": (0.56, 0.50, 0.44, 0.38)}
"""Share of the sheet the plan takes, the largest first (our choice)."""
NARROWEST_PT: Final = 15.5
"""Columns are at least this many letters' sizes wide."""
GUTTER_PT: Final = 13.0
GAP_PT: Final = 12.0
FOLDS: Final = {"A3-6": (3, 2), "A3-8": (4, 2)}
"""Panels across and down of an A3 laid across."""
PANEL_MM: Final = 7.0
"""White on each side of a fold."""


@dataclass(frozen=True, eq=False)
class Placed:
    """Blocks of one page and where they stand: slot and top."""

    blocks: tuple[tuple[Block, Slot, float], ...]


@dataclass(frozen=True, eq=False)
class Layout:
    """A poster laid out: pages of blocks, the plan, head and foot; sizes in points.

    `plan_page` and `head_page` say on which page the plan and the title stand; `letters` is the
    size of the directory; `dropped` names what was left out for room.
    """

    paper: Paper
    width: float
    height: float
    k: float
    plan: Plan
    plan_page: int
    head: Head
    head_page: int
    foot: Foot
    foot_page: int
    pages: tuple[Placed, ...]
    letters: float
    dropped: tuple[str, ...] = ()
    folds: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """What would help: another paper, the directory on the back, or details left out."""

    paper: Paper
    pages: int
    without: tuple[str, ...] = ()


class TooMuchError(BadInputError):
    """A directory that does not fit on its sheet; `remedies` were tried, and fit."""

    remedies: tuple[Remedy, ...] = ()


def page_size(paper: Paper, orientation: Orientation) -> tuple[float, float]:
    """Return width and height of a sheet in points; one that folds lies across."""
    wide, high = PAPERS_MM[paper]
    if orientation == "landscape" or paper in FOLDS:
        wide, high = high, wide
    return wide * PT_A_MM, high * PT_A_MM


def lay_out(poster: Poster, paper: Paper, orientation: Orientation, *, pages: int = 1) -> Layout:
    """Lay a poster out on a sheet, the directory on its back where `pages` is 2.

    Raises:
        TooMuchError: it does not fit; what would help is told.
    """
    found = _tried(poster, paper, orientation, pages)
    if found is not None:
        return found
    error = TooMuchError(
        N_(
            "{count} places with what is told of each do not fit on {paper}. "
            "Choose one of what helps, or fewer places."
        ),
        count=len(poster.entries),
        paper=paper,
    )
    error.remedies = tuple(_remedies(poster, paper, orientation, pages))
    raise error


def _remedies(
    poster: Poster, paper: Paper, orientation: Orientation, pages: int
) -> Iterator[Remedy]:
    if pages == 1 and paper not in FOLDS and _tried(poster, paper, orientation, 2):
        yield Remedy(paper, 2)
    papers: tuple[Paper, ...] = ("A4", "A3", "A2", "A0")
    start = papers.index(paper) + 1 if paper in papers else 2
    for larger in papers[start:]:
        if _tried(poster, larger, orientation, 1):
            yield Remedy(larger, 1)
            break
    left_out: tuple[str, ...] = ()
    for part in ("line", "hours", "phone", "address"):
        if part in poster.details:
            left_out = (*left_out, part)
            fewer = replace(poster, details=poster.details - set(left_out))
            if _tried(fewer, paper, orientation, pages):
                yield Remedy(paper, pages, left_out)
                break


def _tried(poster: Poster, paper: Paper, orientation: Orientation, pages: int) -> Layout | None:
    if paper in FOLDS:
        return _folded(poster, paper)
    return (
        _on_back(poster, paper, orientation) if pages > 1 else _on_one(poster, paper, orientation)
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The room within the margins of a page, and how large things are on it."""

    width: float
    height: float
    margin: float
    k: float

    @property
    def inner(self) -> float:
        return self.width - 2 * self.margin


def _sheet(paper: Paper, orientation: Orientation) -> _Sheet:
    width, height = page_size(paper, orientation)
    return _Sheet(width, height, MARGIN_MM[paper] * PT_A_MM, BESIDE_A3[paper])


def _on_one(poster: Poster, paper: Paper, orientation: Orientation) -> Layout | None:
    sheet = _sheet(paper, orientation)
    head = head_of(poster, sheet.inner, sheet.k)
    foot = foot_of(poster, sheet.inner, sheet.k)
    top = sheet.height - sheet.margin - head.height - GAP_PT * sheet.k
    low = sheet.margin + foot.height + GAP_PT * sheet.k
    plans: dict[float, Plan] = {}
    for share, letters, index in _attempts(poster, orientation, sheet.k):
        if not _may_fit(poster, sheet, top - low, share, letters, orientation):
            continue
        at, size, area = _divide(sheet, top, low, share, orientation)
        if share not in plans:
            plans[share] = plan_of(poster, at=at, size=size, k=sheet.k)
        slots = _columns(area, letters)
        blocks = _blocks(poster, plans[share], slots[0].width, letters, index=index)
        if (found := flow(blocks, slots)) is not None:
            return Layout(
                paper, sheet.width, sheet.height, sheet.k, plans[share], 0, head, 0, foot, 0,
                (Placed(tuple(_levelled(found, blocks, slots))),), letters,
                () if index or not poster.streets_index else ("streets",),
            )  # fmt: skip
    return None


def _levelled(
    found: list[tuple[Block, Slot, float]], blocks: Sequence[Block], slots: Sequence[Slot]
) -> list[tuple[Block, Slot, float]]:
    """Fill the columns to one height, as even as they come, so that none hangs half empty."""
    low, high = 0.3, 1.0
    best = found
    for _ in range(7):
        share = (low + high) / 2
        tried = flow(blocks, [replace(slot, height=slot.height * share) for slot in slots])
        if tried is None:
            low = share
        else:
            high, best = share, tried
    return best


def _attempts(
    poster: Poster, orientation: Orientation, k: float
) -> Iterator[tuple[float, float, bool]]:
    """Yield share of the plan, size of letters and whether streets are listed, the best first."""
    for letters in LETTERS_PT:
        size = max(letters * k, LEAST_PT)
        for share in SHARES[orientation]:
            if poster.streets_index:
                yield share, size, True
            if letters <= 8.0:  # noqa: PLR2004 - smaller letters are a worse loss than the index
                yield share, size, False
        if letters * k <= LEAST_PT:
            return


def _may_fit(
    poster: Poster,
    sheet: _Sheet,
    height: float,
    share: float,
    letters: float,
    orientation: Orientation,
) -> bool:
    """Tell quickly what cannot fit: two lines an entry, at least, in the room there is."""
    along, across = (sheet.inner, height) if orientation == "landscape" else (height, sheet.inner)
    room = along * (1 - share) * across
    columns_pt = letters * NARROWEST_PT
    return len(poster.entries) * 1.1 * letters * 1.15 * columns_pt < room


def _divide(
    sheet: _Sheet, top: float, low: float, share: float, orientation: Orientation
) -> tuple[tuple[float, float], tuple[float, float], Slot]:
    """Return where the plan stands, its size, and what is left for the directory."""
    gap = GAP_PT * sheet.k
    if orientation == "landscape":
        wide = sheet.inner * share
        left = sheet.margin + wide + gap
        area = Slot(left, top, sheet.width - sheet.margin - left, top - low)
        return (sheet.margin, low), (wide, top - low), area
    high = (top - low) * share
    area = Slot(sheet.margin, top - high - gap, sheet.inner, top - high - gap - low)
    return (sheet.margin, top - high), (sheet.inner, high), area


def _columns(area: Slot, letters: float) -> list[Slot]:
    gutter = GUTTER_PT * letters / 8
    count = max(1, int((area.width + gutter) / (letters * NARROWEST_PT + gutter)))
    wide = (area.width - (count - 1) * gutter) / count
    return [Slot(area.x + n * (wide + gutter), area.top, wide, area.height) for n in range(count)]


def _blocks(
    poster: Poster, plan: Plan, width: float, letters: float, *, index: bool
) -> list[Block]:
    blocks = directory_blocks(poster, width, letters, plan.squares)
    streets = street_index(plan, poster.languages) if index else []
    if streets:
        words = each_once(poster.label("streets"), poster.languages)
        blocks.append(note_block(words, width, letters))
        blocks += street_blocks(streets, width, letters, poster.languages[0])
    return blocks


def _on_back(poster: Poster, paper: Paper, orientation: Orientation) -> Layout | None:
    sheet = _sheet(paper, orientation)
    head = head_of(poster, sheet.inner, sheet.k)
    foot = foot_of(poster, sheet.inner, sheet.k)
    top = sheet.height - sheet.margin - head.height - GAP_PT * sheet.k
    low = sheet.margin + foot.height + GAP_PT * sheet.k
    plan = plan_of(poster, at=(sheet.margin, low), size=(sheet.inner, top - low), k=sheet.k)
    whole = Slot(
        sheet.margin, sheet.height - sheet.margin, sheet.inner, sheet.height - 2 * sheet.margin
    )
    for index in (True, False) if poster.streets_index else (False,):
        for letters in (max(each * sheet.k, LEAST_PT) for each in LETTERS_PT):
            slots = _columns(whole, letters)
            blocks = _blocks(poster, plan, slots[0].width, letters, index=index)
            if (found := flow(blocks, slots)) is not None:
                return Layout(
                    paper, sheet.width, sheet.height, sheet.k, plan, 0, head, 0, foot, 0,
                    (Placed(()), Placed(tuple(found))), letters,
                    () if index or not poster.streets_index else ("streets",),
                )  # fmt: skip
    return None


def _folded(poster: Poster, paper: Paper) -> Layout | None:
    """Put the plan on one whole side, and cover, directory and foot on panels of the other."""
    sheet = _sheet(paper, "landscape")
    across, down = FOLDS[paper]
    wide, high = sheet.width / across, sheet.height / down
    white = PANEL_MM * PT_A_MM
    panels = [
        Slot(
            n * wide + white, sheet.height - row * high - white, wide - 2 * white, high - 2 * white
        )
        for row in range(down)
        for n in range(across)
    ]
    cover, back = panels[-1], panels[-2]
    head = replace(head_of(poster, cover.width, 0.78), at=(cover.x, cover.top))
    foot = replace(
        foot_of(poster, back.width, 0.8, stacked=True), at=(back.x, back.top - back.height)
    )
    if head.height > cover.height or foot.height > back.height:
        return None
    margin = sheet.margin
    plan = plan_of(
        poster,
        at=(margin, margin),
        size=(sheet.inner, sheet.height - 2 * margin),
        k=1.0,
    )
    folds = tuple(
        [(n * wide, 0.0, n * wide, sheet.height) for n in range(1, across)]
        + [(0.0, n * high, sheet.width, n * high) for n in range(1, down)]
    )
    for index in (True, False) if poster.streets_index else (False,):
        for letters in LETTERS_PT:
            slots = [one for panel in panels[:-2] for one in _columns(panel, letters)]
            blocks = _blocks(poster, plan, slots[0].width, letters, index=index)
            if (found := flow(blocks, slots)) is not None:
                return Layout(
                    paper, sheet.width, sheet.height, 1.0, plan, 1, head, 0, foot, 0,
                    (Placed(tuple(found)), Placed(())), letters,
                    () if index or not poster.streets_index else ("streets",), folds,
                )  # fmt: skip
    return None
