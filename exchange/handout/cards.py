"""The pieces of the sheet: its head, the map of all, a card a place, relay and QR code below."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from exchange.handout.map import draw_map
from exchange.handout.sheet import Entry, Handout, Words
from exchange.handout.signs import SIGN_PT, Sign, draw_number, draw_qr, qr_quiet_pt, qr_side_pt
from exchange.handout.tags import Pen
from exchange.handout.text import SOFT, Column, Style, wrap
from exchange.handout.writing import CUT, clean

DOT: Final = "\u00a0· "
ARROW: Final = "\u00a0→ "
TITLE: Final = Style(24, "bold", leading=1.15)
TITLE_SHARE: Final = 0.485
"""The second title stands above the door's language in the cards."""
SECOND_TITLE: Final = Style(16, colour=SOFT)
NAME: Final = Style(16, "bold", leading=1.15)
BODY: Final = Style(11, leading=1.22)
STRONG: Final = Style(12, "bold")
LABEL: Final = Style(11, "bold")
PHONE: Final = Style(18, "bold", leading=1.2)
NOTE: Final = Style(10, colour=SOFT)
MAPS_PT: Final = (150.0, 126.0)
"""Side of a small map: 53 mm; 44 mm where that saves a page (our choice)."""
GROUNDS_PT: Final = (330.0, 240.0)
"""Height of the map of all, likewise."""
GUTTER_PT: Final = 16.0
BADGE_PT: Final = 33.0
INSET_PT: Final = 9.0
BETWEEN_PT: Final = 5.0
ROW_PT: Final = 4.0
MOST_WAY: Final = 6
MOST_STEPS: Final = 20
MOST_HOURS: Final = 7
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
    def _titles(self) -> tuple[Column, Column]:
        first, second = self.handout.label("title")
        first = clean(self.handout.title) or clean(first)
        date = clean(self.handout.printed)
        said = self.handout.label("printed")[0].replace("{date}", date) if date else ""
        left = Column(self.room_pt * TITLE_SHARE, self.handout.languages[0])
        left.add(first, TITLE, most=2, tag="H1")
        right = Column(self.room_pt * (1 - TITLE_SHARE) - GUTTER_PT, self.handout.languages[1])
        right.add(second if clean(second) != first else "", SECOND_TITLE, most=2)
        left.add(said, NOTE, most=2, before_pt=1)
        return left, right

    @property
    def height_pt(self) -> float:
        """Height of the taller side."""
        return max(column.height_pt for column in self._titles)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        left, right = self._titles
        left.draw(pen, x, top)
        right.draw(pen, x + self.room_pt * TITLE_SHARE + GUTTER_PT, top - 7)


@dataclass
class Ground:
    """One map with all places."""

    handout: Handout
    room_pt: float
    height_pt: float = GROUNDS_PT[0]

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        with pen.element("Figure", words=self.handout.joined("map")):
            draw_map(
                pen.canvas, self.handout.entries, self.handout.streets,
                at=(x, top - self.height_pt), size=(self.room_pt, self.height_pt),
                accent=self.handout.accent, language=ground_language(self.handout),
            )  # fmt: skip


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
        quiet = qr_quiet_pt(self.handout.qr) if self._side_pt else 0.0
        column = Column(self._side_pt - 2 * quiet, self.handout.languages[0])
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
            self._caption.draw(pen, left + qr_quiet_pt(self.handout.qr), top - self._side_pt)


def card_of(handout: Handout, entry: Entry, room_pt: float, *, map_pt: float = MAPS_PT[0]) -> Card:
    """Set the texts of one place, beside a map of that side unless one map shows all."""
    map_pt = 0.0 if handout.one_map else map_pt
    inner = room_pt - 2 * INSET_PT
    beside = inner - (map_pt + GUTTER_PT if map_pt else 0)
    head = Column(beside - BADGE_PT, handout.languages[0])
    head.add(entry.name, NAME, most=3, tag="H2")
    categories = (entry.category, entry.second.category if entry.second else "")
    head.add(DOT.join(filter(None, dict.fromkeys(map(clean, categories)))), BODY, most=2)
    facts = tuple(_facts(handout, entry, beside))
    rows = tuple(_rows(handout, entry, inner))
    return Card(handout, entry, head, facts, rows, room_pt, map_pt)


def _facts(handout: Handout, entry: Entry, room_pt: float) -> Iterator[Column]:
    """Set where it is and how to get there: one under another, or side by side without a map."""
    width = (room_pt - GUTTER_PT) / 2 if handout.one_map else room_pt
    where = Column(width, handout.languages[0])
    where.add(entry.address, BODY, most=3, sign="door")
    for phone in entry.phones[:MOST_PHONES]:
        where.add(phone, PHONE, most=1, before_pt=3, sign="phone")
    there = Column(width, handout.languages[0]) if handout.one_map else where
    minutes = clean(entry.minutes)
    if entry.estimated:
        minutes = f"{minutes} ({clean(handout.label('estimated')[0])})".strip()
    there.add(minutes, STRONG, most=2, before_pt=3, sign="walk")
    there.add(_way_told(entry.way, width), BODY, most=MOST_WAY, indent_pt=SIGN_PT + 5)
    yield where
    if handout.one_map:
        yield there


def _way_told(way: tuple[str, ...], width_pt: float) -> str:
    """Tell the streets of a way; of one too long the last, which lead to the door."""
    steps = [clean(step).replace(" ", "\u00a0") for step in way]
    steps = [step for step in steps if step][-MOST_STEPS:]
    left_out = len(steps) < len(way)
    while steps:
        told = ARROW.join(([CUT] if left_out else []) + steps)
        if len(wrap(told, BODY, width_pt - SIGN_PT - 5, most=MOST_WAY + 1)) <= MOST_WAY:
            return told
        steps, left_out = steps[1:], True
    return ""


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
            column.add(line, BODY, most=3, indent_pt=SIGN_PT + 5)
        else:
            column.add(line, BODY, most=3, sign=sign)
    return column


_FACTS: Final[dict[str, Sign]] = {"hours": "clock", "spoken": "speech", "notes": "check"}


def ground_language(handout: Handout) -> str:
    """Choose the language of street names: the person's where streets have it, else the door's."""
    return next((each for each in handout.languages if each in ("fr", "nl")), "fr")
