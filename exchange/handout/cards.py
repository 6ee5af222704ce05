"""The card of a place on a roomy sheet: who and where, a map, then both languages side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from exchange.handout.bands import DOT, MOST_PHONES
from exchange.handout.density import ROOMY
from exchange.handout.map import draw_map
from exchange.handout.sheet import Entry, Handout, Words
from exchange.handout.ways import tell_way
from exchange.paper.signs import Sign, draw_number
from exchange.paper.tags import Pen
from exchange.paper.text import Column
from exchange.paper.writing import CUT, clean

NAME: Final = ROOMY.name
BODY: Final = ROOMY.body
STRONG: Final = ROOMY.strong
PHONE: Final = ROOMY.phone
GUTTER_PT: Final = ROOMY.gutter_pt
INSET_PT: Final = ROOMY.inset_pt
BADGE_PT: Final = 33.0
BETWEEN_PT: Final = 5.0
ROW_PT: Final = 4.0
MOST_WAY: Final = 6
MOST_STEPS: Final = 20
MOST_HOURS: Final = 7
MOST_NOTES: Final = 6
"""How many of each a card shows, so that the longest one fits on a page (our choice)."""


@dataclass(frozen=True)
class Row:
    """One fact in both languages, side by side."""

    first: Column
    second: Column | None

    @property
    def height_pt(self) -> float:
        """Height of the taller one."""
        return max(self.first.height_pt, self.second.height_pt if self.second else 0.0)


@dataclass
class Card:
    """One place: who and where, the small map, and what the door should know in both languages."""

    handout: Handout
    entry: Entry
    head: Column
    facts: tuple[Column, ...]
    rows: tuple[Row, ...]
    room_pt: float
    map_pt: float

    @property
    def _body_pt(self) -> float:
        told = self.head.height_pt + BETWEEN_PT + max(each.height_pt for each in self.facts)
        return max(told, self.map_pt)

    @property
    def height_pt(self) -> float:
        """Height with its frame."""
        table = sum(row.height_pt + ROW_PT for row in self.rows)
        return self._body_pt + BETWEEN_PT + table + 2 * INSET_PT

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        canvas = pen.canvas
        with pen.decoration():
            canvas.setStrokeColor("#666666")
            canvas.setLineWidth(0.9)
            canvas.roundRect(x, top - self.height_pt, self.room_pt, self.height_pt, 6)
            draw_number(canvas, self.entry.number, x + INSET_PT + 13, top - INSET_PT - 11, 13)
        x, top = x + INSET_PT, top - INSET_PT
        self.head.draw(pen, x + BADGE_PT, top)
        for n, column in enumerate(self.facts):
            across = x + n * (column.width_pt + GUTTER_PT)
            column.draw(pen, across, top - self.head.height_pt - BETWEEN_PT)
        if self.map_pt:
            self._draw_map(pen, x + self.room_pt - 2 * INSET_PT - self.map_pt, top - self.map_pt)
        self._draw_rows(pen, x, top - self._body_pt - BETWEEN_PT)

    def _draw_map(self, pen: Pen, x: float, y: float) -> None:
        words = f"{self.handout.joined('map')}: {clean(self.entry.name)}"
        with pen.element("Figure", words=words):
            draw_map(
                pen.canvas, [self.entry], self.handout.streets,
                at=(x, y), size=(self.map_pt, self.map_pt),
                accent=self.handout.accent, language=self.handout.ground_language,
            )  # fmt: skip

    def _draw_rows(self, pen: Pen, x: float, top: float) -> None:
        with pen.decoration():
            pen.canvas.setStrokeColor("#999999")
            pen.canvas.setLineWidth(0.5)
            pen.canvas.line(x, top, x + self.room_pt - 2 * INSET_PT, top)
        for row in self.rows:
            row.first.draw(pen, x, top - ROW_PT)
            if row.second:
                row.second.draw(pen, x + row.first.width_pt + GUTTER_PT, top - ROW_PT)
            top -= row.height_pt + ROW_PT


def card_of(
    handout: Handout, entry: Entry, room_pt: float, *, map_pt: float = ROOMY.map_pt
) -> Card:
    """Set the texts of one place, beside a map of that side unless one map shows all."""
    map_pt = 0.0 if handout.one_map or not handout.has_ground(entry) else map_pt
    inner = room_pt - 2 * INSET_PT
    beside = inner - (map_pt + GUTTER_PT if map_pt else 0)
    head = Column(beside - BADGE_PT, handout.languages[0])
    head.add(entry.name, NAME, most=3, tag="H2")
    categories = (entry.category, entry.second.category if entry.second else "")
    head.add(DOT.join(filter(None, dict.fromkeys(map(clean, categories)))), BODY, most=2)
    facts = tuple(_facts(handout, entry, beside, aside=not map_pt))
    rows = tuple(_rows(handout, entry, inner))
    return Card(handout, entry, head, facts, rows, room_pt, map_pt)


def _facts(handout: Handout, entry: Entry, room_pt: float, *, aside: bool) -> Iterator[Column]:
    """Set where it is and how to get there: one under another, or side by side without a map."""
    width = (room_pt - GUTTER_PT) / 2 if aside else room_pt
    where = Column(width, handout.languages[0])
    where.add(entry.address, BODY, most=3, sign="door")
    for phone in entry.phones[:MOST_PHONES]:
        where.add(phone, PHONE, most=1, before_pt=3, sign="phone")
    there = Column(width, handout.languages[0]) if aside else where
    minutes = clean(entry.minutes)
    if entry.estimated:
        minutes = f"{minutes} ({clean(handout.label('estimated')[0])})".strip()
    there.add(minutes, STRONG, most=2, before_pt=3, sign="walk")
    way = tell_way(entry.way, width - there.sign_room_pt, BODY, lines=MOST_WAY, streets=MOST_STEPS)
    there.add(way, BODY, most=MOST_WAY, indent_pt=there.sign_room_pt)
    yield where
    if aside:
        yield there


def _rows(handout: Handout, entry: Entry, inner: float) -> list[Row]:
    """Set hours, languages and notes, the person's on the left, the door's on the right."""
    second = entry.second if handout.languages[0] != handout.languages[1] else None
    width = (inner - GUTTER_PT) / 2 if second else inner
    sides = [_told(handout, entry.first, 0), _told(handout, second, 1) if second else {}]
    rows = []
    for fact, sign in _FACTS.items():
        columns = [_fact(told.get(fact, ()), sign, width) for told in sides]
        if any(column.pieces for column in columns):
            for column, language in zip(columns, handout.languages, strict=True):
                column.language = language
            rows.append(Row(columns[0], columns[1] if second else None))
    return rows


def _told(handout: Handout, words: Words, side: int) -> dict[str, tuple[str, ...]]:
    """Return the lines of each fact in one language; unknown hours are said, others left out."""
    spoken = clean(words.spoken)
    hours = tuple(filter(None, map(clean, words.hours))) or (handout.label("no_hours")[side],)
    if len(hours) > MOST_HOURS:
        hours = (*hours[: MOST_HOURS - 1], CUT)
    return {
        "hours": hours,
        "spoken": (handout.label("spoken")[side].replace("{languages}", spoken),) if spoken else (),
        "notes": (DOT.join(filter(None, map(clean, words.notes[:MOST_NOTES]))),),
    }


def _fact(lines: tuple[str, ...], sign: Sign, width_pt: float) -> Column:
    column = Column(width_pt)
    for line in lines:
        if column.pieces:
            column.add(line, BODY, most=3, indent_pt=column.sign_room_pt)
        else:
            column.add(line, BODY, most=3, sign=sign)
    return column


_FACTS: Final[dict[str, Sign]] = {"hours": "clock", "spoken": "speech", "notes": "check"}
