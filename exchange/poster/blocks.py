"""The directory of a poster as blocks of lines, none of which is ever cut."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from exchange.paper.fonts import width_pt
from exchange.paper.text import RISE, Style, draw_line, wrap
from exchange.poster.sheet import Entry, Heading, Poster
from exchange.poster.signs import draw_shape, draw_sign

LEAST_PT: Final = 7.0
"""No text of a poster is smaller: issue 7."""
SOFT: Final = "#3d4a4a"
"""9.6:1 on white."""
MOST_LINES: Final = {"name": 3, "address": 2, "hours": 3, "line": 3}
"""Lines of each fact in one language; what is longer is on the live map (our choice)."""
SIGN: Final = 1.62
"""The sign of an entry, by the size of its letters."""
BETWEEN: Final = 0.42
"""White under an entry, by the size of its letters."""

Kind = Literal["heading", "entry", "street", "note"]


@dataclass(frozen=True, slots=True)
class Row:
    """One wrapped line, with the language it is in."""

    text: str
    style: Style
    language: str
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stay together; `square` stands at the right of the first."""

    kind: Kind
    rows: tuple[Row, ...]
    before: float
    after: float
    heading: Heading | None = None
    number: int = 0
    square: str = ""
    band: float = 0.0

    @property
    def height(self) -> float:
        """Height with the white around it, in points."""
        return self.before + sum(row.style.line_pt for row in self.rows) + self.after + self.band


@lru_cache(maxsize=65_536)
def _wrapped(text: str, style: Style, room: float, most: int) -> tuple[str, ...]:
    return wrap(text, style, room, most=most)


def each_once(texts: Sequence[str], languages: Sequence[str]) -> list[tuple[str, str]]:
    """Return each wording once with the language it is first in.

    >>> each_once(("Huis", "Huis", "House"), ("fr", "nl", "en"))
    [('Huis', 'fr'), ('House', 'en')]
    """
    found: dict[str, str] = {}
    for text, language in zip(texts, languages, strict=False):
        if text:
            found.setdefault(text, language)
    return list(found.items())


def directory_blocks(
    poster: Poster, width: float, size: float, squares: Mapping[int, str]
) -> list[Block]:
    """Set every entry under its heading for a column of that width; letters of `size` points."""
    found: list[Block] = []
    for heading in poster.headings:
        entries = [one for one in poster.entries if one.heading == heading.key]
        if entries:
            found.append(_heading(heading, poster.languages, width, size))
            found += [
                _entry(one, poster, heading, width, size, squares.get(one.number, ""))
                for one in entries
            ]
    return found


def _heading(heading: Heading, languages: Sequence[str], width: float, size: float) -> Block:
    style = Style(size * 1.06, "bold", heading.colour, 1.14)
    indent = size * SIGN + 3
    texts = each_once(heading.names, languages)
    rows = [
        Row(line, style, language, indent)
        for text, language in texts
        for line in _wrapped(text, style, width - indent, 2)
    ]
    return Block("heading", tuple(rows), size * 0.9, size * 0.4, heading, band=1.2)


def _entry(
    entry: Entry, poster: Poster, heading: Heading, width: float, size: float, square: str
) -> Block:
    indent = size * SIGN + 3
    room = width - indent
    bold, body = Style(size, "bold", leading=1.14), Style(max(size * 0.95, LEAST_PT), leading=1.17)
    soft = Style(body.size_pt, colour=SOFT, leading=1.17)
    aside = width_pt(square, "regular", body.size_pt) + 4 if square else 0.0
    rows: list[Row] = []
    for n, (name, language) in enumerate(each_once(entry.names, poster.languages)):
        style = body if n else bold
        lines = _wrapped(name, style, room - (0 if n else aside), MOST_LINES["name"])
        rows += [Row(line, style, language, indent) for line in lines]
    for text, language, style, most in _facts(entry, poster, body, soft):
        rows += [Row(line, style, language, indent) for line in _wrapped(text, style, room, most)]
    return Block("entry", tuple(rows), 0.0, size * BETWEEN, heading, entry.number, square)


def _facts(
    entry: Entry, poster: Poster, body: Style, soft: Style
) -> Iterator[tuple[str, str, Style, int]]:
    languages, details = poster.languages, poster.details
    where = (
        [text for text, _ in each_once(entry.address, languages)] if "address" in details else []
    )
    calls = list(entry.phones) if "phone" in details else []
    if where or calls:
        yield " · ".join([*where, *calls]), languages[0], body, MOST_LINES["address"] + 1
    if "hours" in details:
        told = [", ".join(lines) for lines in entry.hours]
        for text, language in each_once(told, languages):
            yield text, language, soft, MOST_LINES["hours"]
    if "line" in details:
        for text, language in each_once(entry.line, languages):
            yield text, language, soft, MOST_LINES["line"]


def note_block(texts: Sequence[tuple[str, str]], width: float, size: float) -> Block:
    """Set a heading of its own, in black, for what is not a category."""
    style = Style(size * 1.06, "bold", leading=1.14)
    rows = [
        Row(line, style, language)
        for text, language in texts
        for line in _wrapped(text, style, width, 2)
    ]
    return Block("note", tuple(rows), size * 0.9, size * 0.4, band=1.2)


def street_blocks(
    streets: Sequence[tuple[str, str]], width: float, size: float, language: str
) -> list[Block]:
    """Set the index of streets: a name and the squares it runs through."""
    style = Style(max(size * 0.95, LEAST_PT), leading=1.2)
    found = []
    for name, squares in streets:
        aside = width_pt(squares, "regular", style.size_pt) + 4
        lines = _wrapped(name, style, width - aside, 2)
        rows = tuple(Row(line, style, language) for line in lines)
        found.append(Block("street", rows, 0.0, 0.4, square=squares))
    return found


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the page: its left edge, its top, its width and its height, in points."""

    x: float
    top: float
    width: float
    height: float


def flow(blocks: Sequence[Block], slots: Sequence[Slot]) -> list[tuple[Block, Slot, float]] | None:
    """Fill columns one after another; a heading stays with what follows. None: it does not fit."""
    found: list[tuple[Block, Slot, float]] = []
    column, down = 0, 0.0
    for n, block in enumerate(blocks):
        needed = block.height
        if block.kind in ("heading", "note") and n + 1 < len(blocks):
            needed += blocks[n + 1].height
        while column < len(slots) and down + needed - block.after > slots[column].height + 0.01:
            column, down = column + 1, 0.0
            needed -= block.before
        if column == len(slots):
            return None
        above = block.before if down else 0.0
        found.append((block, slots[column], slots[column].top - down - above))
        down += block.height - (block.before - above)
    return found


def draw_block(pen: Any, block: Block, slot: Slot, top: float, poster: Poster) -> None:
    """Draw a block with its upper edge there, tagged for who listens."""
    canvas = pen.canvas
    if block.kind in ("heading", "note"):
        _draw_heading(pen, block, slot, top, poster)
        return
    size = block.rows[0].style.size_pt
    if block.kind == "street":
        with pen.element("P", language=block.rows[0].language):
            _draw_rows(canvas, block.rows, slot.x, top)
            _draw_square(canvas, block, slot, top)
        return
    assert block.heading is not None  # noqa: S101 - an entry has one
    side = size * SIGN
    middle = top - block.rows[0].style.line_pt / 2
    with pen.element("P", language=block.rows[0].language):
        draw_sign(
            canvas, block.number, block.heading, slot.x + side / 2, middle, side, signs=poster.signs
        )
        _draw_rows(canvas, block.rows, slot.x, top)
        _draw_square(canvas, block, slot, top)


def _draw_heading(pen: Any, block: Block, slot: Slot, top: float, poster: Poster) -> None:
    canvas = pen.canvas
    first = block.rows[0].style
    with pen.decoration():
        canvas.setStrokeColor(first.colour)
        canvas.setLineWidth(block.band)
        canvas.line(slot.x, top - 0.6, slot.x + slot.width, top - 0.6)
        if block.heading is not None:
            side = first.size_pt * 1.2
            middle = top - block.band - 1 - first.line_pt / 2
            draw_shape(canvas, block.heading, slot.x + side / 2, middle, side, signs=poster.signs)
    with pen.element("H2", language=block.rows[0].language):
        _draw_rows(canvas, block.rows, slot.x, top - block.band - 1)


def _draw_rows(canvas: Any, rows: Sequence[Row], x: float, top: float) -> None:
    for row in rows:
        draw_line(canvas, row.text, row.style, x + row.indent, top - row.style.size_pt * RISE)
        top -= row.style.line_pt


def _draw_square(canvas: Any, block: Block, slot: Slot, top: float) -> None:
    if not block.square:
        return
    size = max(block.rows[0].style.size_pt * 0.95, LEAST_PT)
    style = Style(size, colour=SOFT)
    x = slot.x + slot.width - width_pt(block.square, style.weight, size)
    draw_line(canvas, block.square, style, x, top - block.rows[0].style.size_pt * RISE)
