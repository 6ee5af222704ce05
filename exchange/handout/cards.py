"""The pieces of the sheet: its head, the map of all, a card a place, relay and QR code below."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from exchange.handout.map import draw_map
from exchange.handout.sheet import Entry, Handout, Words
from exchange.handout.signs import SIGN_PT, Sign, draw_number, draw_qr, qr_side_pt
from exchange.handout.tags import Pen
from exchange.handout.text import SOFT, Column, Style
from exchange.handout.writing import clean

TITLE: Final = Style(24, "bold", leading=1.15)
SECOND_TITLE: Final = Style(15, colour=SOFT)
NAME: Final = Style(16, "bold", leading=1.15)
BODY: Final = Style(11.5)
STRONG: Final = Style(12.5, "bold")
LABEL: Final = Style(11, "bold")
PHONE: Final = Style(18, "bold", leading=1.2)
NOTE: Final = Style(10, colour=SOFT)
MAP_PT: Final = 150.0
"""Side of a small map: 53 mm, the least on which a way of ten minutes is told."""
GROUND_PT: Final = 330.0
GUTTER_PT: Final = 16.0
BADGE_PT: Final = 33.0
INSET_PT: Final = 9.0
BETWEEN_PT: Final = 5.0
ROW_PT: Final = 4.0
MOST_WAY: Final = 7
MOST_HOURS: Final = 8
MOST_NOTES: Final = 6
MOST_PHONES: Final = 3
MOST_FACTS: Final = 6
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
class Head:
    """The title in both languages and the day of printing."""

    handout: Handout
    room_pt: float

    @cached_property
    def _column(self) -> Column:
        column = Column(self.room_pt, self.handout.languages[0])
        first, second = self.handout.label("title")
        column.add(self.handout.title or first, TITLE, most=2, tag="H1")
        if clean(second) not in ("", clean(self.handout.title or first)):
            column.add(second, SECOND_TITLE, most=1)
        if clean(self.handout.printed):
            said = self.handout.label("printed")[0].replace("{date}", self.handout.printed)
            column.add(said, NOTE, most=2, before_pt=3)
        return column

    @property
    def height_pt(self) -> float:
        """Height with the rule below."""
        return self._column.height_pt + 6

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        self._column.draw(pen, x, top)


@dataclass
class Ground:
    """One map with all places."""

    handout: Handout
    room_pt: float
    height_pt: float = GROUND_PT

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        with pen.element("Figure", words=self.handout.joined("map")):
            draw_map(
                pen.canvas, self.handout.entries, self.handout.streets,
                at=(x, top - GROUND_PT), size=(self.room_pt, GROUND_PT),
                accent=self.handout.accent, language=ground_language(self.handout),
            )  # fmt: skip


@dataclass
class Card:
    """One place: who and where, the small map, and what the door should know in both languages."""

    handout: Handout
    entry: Entry
    head: Column
    facts: Column
    rows: tuple[Row, ...]
    room_pt: float

    @property
    def _body_pt(self) -> float:
        told = self.head.height_pt + BETWEEN_PT + self.facts.height_pt
        return max(told, 0.0 if self.handout.one_map else MAP_PT)

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
        self.facts.draw(pen, x, top - self.head.height_pt - BETWEEN_PT)
        if not self.handout.one_map:
            self._draw_map(pen, x + self.room_pt - 2 * INSET_PT - MAP_PT, top - MAP_PT)
        self._draw_rows(pen, x, top - self._body_pt - BETWEEN_PT)

    def _draw_map(self, pen: Pen, x: float, y: float) -> None:
        words = f"{self.handout.joined('map')}: {clean(self.entry.name)}"
        with pen.element("Figure", words=words):
            draw_map(
                pen.canvas, [self.entry], self.handout.streets,
                at=(x, y), size=(MAP_PT, MAP_PT),
                accent=self.handout.accent, language=ground_language(self.handout),
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


@dataclass
class Closing:
    """The relay's box, and the QR code of the list beside it."""

    handout: Handout
    room_pt: float

    @property
    def _side_pt(self) -> float:
        return qr_side_pt(self.handout.qr) if self.handout.qr else 0.0

    @cached_property
    def _relay(self) -> Column:
        inner = self.room_pt - 2 * INSET_PT - (self._side_pt + GUTTER_PT if self._side_pt else 0)
        column = Column(inner, self.handout.languages[0])
        relay = self.handout.relay
        if relay:
            column.add(self.handout.joined("relay"), LABEL, most=2, sign="person", tag="H2")
            column.add(relay.name, NAME, most=2, before_pt=2)
            for phone in relay.phones[:MOST_PHONES]:
                column.add(phone, PHONE, most=1, before_pt=2, sign="phone")
            for line in relay.lines[:MOST_FACTS]:
                column.add(line, BODY, most=3, before_pt=1)
        return column

    @cached_property
    def _caption(self) -> Column:
        column = Column(self._side_pt, self.handout.languages[0])
        if self._side_pt:
            for word in dict.fromkeys(self.handout.label("list")):
                column.add(word, Style(10, leading=1.15), most=3)
        return column

    @property
    def height_pt(self) -> float:
        """Height of the taller of both; 0 where there is neither."""
        relay = self._relay.height_pt + 2 * INSET_PT if self._relay.pieces else 0.0
        code = self._side_pt + self._caption.height_pt
        return max(relay, code)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        if self._relay.pieces:
            with pen.decoration():
                pen.canvas.setStrokeColor(self.handout.accent)
                pen.canvas.setLineWidth(2.2)
                wide = self._relay.width_pt + 2 * INSET_PT
                pen.canvas.roundRect(x, top - self.height_pt, wide, self.height_pt, 6)
            self._relay.draw(pen, x + INSET_PT, top - INSET_PT)
        if self._side_pt:
            left = x + self.room_pt - self._side_pt
            with pen.element("Figure", words=self.handout.joined("list")):
                draw_qr(pen.canvas, self.handout.qr, left, top - self._side_pt)
            self._caption.draw(pen, left, top - self._side_pt)


def card_of(handout: Handout, entry: Entry, room_pt: float) -> Card:
    """Set the texts of one place."""
    inner = room_pt - 2 * INSET_PT
    beside = inner - (0 if handout.one_map else MAP_PT + GUTTER_PT)
    head = Column(beside - BADGE_PT, handout.languages[0])
    head.add(entry.name, NAME, most=3, tag="H2")
    categories = (entry.category, entry.second.category if entry.second else "")
    head.add(" · ".join(filter(None, dict.fromkeys(map(clean, categories)))), BODY, most=2)
    facts = Column(beside, handout.languages[0])
    facts.add(entry.address, BODY, most=3, sign="door")
    for phone in entry.phones[:MOST_PHONES]:
        facts.add(phone, PHONE, most=1, before_pt=4, sign="phone")
    minutes = clean(entry.minutes)
    if entry.estimated:
        minutes = f"{minutes} ({clean(handout.label('estimated')[0])})".strip()
    facts.add(minutes, STRONG, most=2, before_pt=4, sign="walk")
    for step in entry.way[:MOST_WAY]:
        facts.add(step, BODY, most=2, indent_pt=20)
    return Card(handout, entry, head, facts, tuple(_rows(handout, entry, inner)), room_pt)


def _rows(handout: Handout, entry: Entry, inner: float) -> list[Row]:
    """Set hours, languages and notes, the person's on the left, the door's on the right."""
    second = entry.second if handout.languages[0] != handout.languages[1] else None
    width = (inner - GUTTER_PT) / 2 if second else inner
    rows = []
    for fact, sign in _FACTS.items():
        first = _told(handout, entry.first, fact, sign, 0, width)
        other = _told(handout, second, fact, sign, 1, width) if second else None
        if first.pieces or (other and other.pieces):
            rows.append(Row(first, other))
    return rows


_FACTS: Final[dict[str, Sign]] = {"hours": "clock", "spoken": "speech", "notes": "check"}


def _told(handout: Handout, words: Words, fact: str, sign: Sign, side: int, width: float) -> Column:
    """Set one fact in one language; unknown hours are said, other facts left out."""
    column = Column(width, handout.languages[side])
    spoken = clean(words.spoken)
    lines: tuple[str, ...] = {
        "hours": words.hours,
        "spoken": (handout.label("spoken")[side].replace("{languages}", spoken),) if spoken else (),
        "notes": (" · ".join(filter(None, map(clean, words.notes[:MOST_NOTES]))),),
    }[fact]
    lines = tuple(filter(None, map(clean, lines)))
    if not lines and fact == "hours":
        lines = (handout.label("no_hours")[side],)
    for n, line in enumerate(lines[:MOST_HOURS]):
        column.add(
            line, BODY, most=3, indent_pt=0 if n == 0 else SIGN_PT + 5, sign=None if n else sign
        )
    return column


def ground_language(handout: Handout) -> str:
    """Choose the language of street names: the person's where streets have it, else the door's."""
    return next((each for each in handout.languages if each in ("fr", "nl")), "fr")
