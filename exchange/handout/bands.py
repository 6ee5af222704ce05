"""What goes across a sheet: its head, the map of all places, the relay with the QR code."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from exchange.handout.density import Density
from exchange.handout.map import draw_map
from exchange.handout.sheet import Handout
from exchange.paper.signs import draw_qr, qr_quiet_pt, qr_side_pt
from exchange.paper.tags import Pen
from exchange.paper.text import RISE, Column, Style
from exchange.paper.writing import clean

DOT: Final = "\u00a0· "
TITLE_SHARE: Final = 0.485
"""The second title stands above the door's language in the cards."""
CAPTION_PT: Final = 92.0
"""Width of the words beside the QR code: "This list on a phone" in two lines (our choice)."""
MOST_PHONES: Final = 3
MOST_FACTS: Final = 6
MOST_RELAY_LINES: Final = 5
"""How much of the relay is told, so that the longest fits on a page (our choice)."""


@dataclass
class Head:
    """The title in both languages and the day of printing; whether something was left out."""

    handout: Handout
    room_pt: float
    density: Density
    shortened: bool = False

    @cached_property
    def _titles(self) -> tuple[Column, Column]:
        first, second = self.handout.label("title")
        first = clean(self.handout.title) or clean(first)
        date = clean(self.handout.printed)
        said = self.handout.label("printed")[0].replace("{date}", date) if date else ""
        left = Column(self.room_pt * TITLE_SHARE, self.handout.languages[0])
        left.add(first, self.density.title, most=2, tag="H1")
        right = Column(
            self.room_pt * (1 - TITLE_SHARE) - self.density.gutter_pt, self.handout.languages[0]
        )
        second = second if clean(second) != first else ""
        right.add(second, self.density.second_title, most=2, language=self.handout.languages[1])
        below = left if self.shortened else right
        below.add(said, self.density.note, most=2)
        if self.shortened:
            right.add(self.handout.label("shortened")[0], self.density.note, most=2)
        return left, right

    @property
    def height_pt(self) -> float:
        """Height of the taller side."""
        return max(column.height_pt for column in self._titles)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        left, right = self._titles
        left.draw(pen, x, top)
        # Both titles on one line, unless that would cost height.
        deeper = RISE * (self.density.title.size_pt - self.density.second_title.size_pt)
        deeper = max(0.0, min(deeper, left.height_pt - right.height_pt))
        across = self.room_pt * TITLE_SHARE + self.density.gutter_pt
        right.draw(pen, x + across, top - deeper)


@dataclass
class Ground:
    """One map with all places."""

    handout: Handout
    room_pt: float
    height_pt: float

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        with pen.element("Figure", words=self.handout.joined("map")):
            draw_map(
                pen.canvas, self.handout.entries, self.handout.streets,
                at=(x, top - self.height_pt), size=(self.room_pt, self.height_pt),
                accent=self.handout.accent, language=self.handout.ground_language,
            )  # fmt: skip


@dataclass
class Closing:
    """The relay's box, and beside it the QR code of the list with its words: one low band."""

    handout: Handout
    room_pt: float
    density: Density

    @cached_property
    def _side_pt(self) -> float:
        return qr_side_pt(self.handout.qr) if self.handout.qr else 0.0

    @property
    def _code_pt(self) -> float:
        """Width of the code and its words."""
        return self._side_pt + CAPTION_PT + self.density.gutter_pt if self._side_pt else 0.0

    @cached_property
    def _relay(self) -> Column:
        inner = self.room_pt - 2 * self.density.inset_pt - self._code_pt
        column = Column(inner, self.handout.languages[0], sign_pt=self.density.sign_pt)
        relay = self.handout.relay
        if relay:
            label = Style(self.density.body.size_pt, "bold")
            column.add(self.handout.joined("relay"), label, most=2, sign="person", tag="H2")
            column.add_beside(relay.name, self.density.name, most=2)
            phones = phones_told(relay.phones)
            column.add(phones, self.density.phone, most=MOST_PHONES, before_pt=1, sign="phone")
            lines = filter(None, map(clean, relay.lines[:MOST_FACTS]))
            column.add(DOT.join(lines), self.density.body, most=MOST_RELAY_LINES, before_pt=1)
        return column

    @cached_property
    def _caption(self) -> Column:
        column = Column(CAPTION_PT, self.handout.languages[0])
        if self._side_pt:
            first, second = self.handout.label("list")
            column.add(first, self.density.note, most=3)
            second = second if clean(second) != clean(first) else ""
            language = self.handout.languages[1]
            column.add(second, self.density.note, most=3, before_pt=3, language=language)
        return column

    @property
    def height_pt(self) -> float:
        """Height of the tallest part; 0 where there is neither relay nor code."""
        relay = self._relay.height_pt + 2 * self.density.inset_pt if self._relay.pieces else 0.0
        return max(relay, self._side_pt, self._caption.height_pt)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        height = self.height_pt
        if self._relay.pieces:
            with pen.decoration():
                pen.canvas.setStrokeColor(self.handout.accent)
                pen.canvas.setLineWidth(2.2)
                wide = self._relay.width_pt + 2 * self.density.inset_pt
                pen.canvas.roundRect(x, top - height, wide, height, 6)
            free = height - 2 * self.density.inset_pt - self._relay.height_pt
            self._relay.draw(pen, x + self.density.inset_pt, top - self.density.inset_pt - free / 2)
        if self._side_pt:
            left = x + self.room_pt - self._side_pt
            quiet = qr_quiet_pt(self.handout.qr)
            middle = (height - self._caption.height_pt) / 2
            self._caption.draw(pen, left - CAPTION_PT + quiet / 2, top - middle)
            with pen.element("Figure", words=self.handout.joined("list")):
                bottom = top - (height + self._side_pt) / 2
                draw_qr(pen.canvas, self.handout.qr, left, bottom)


def phones_told(phones: tuple[str, ...]) -> str:
    """Put numbers on one line; where it is too short it breaks between them, not within.

    >>> phones_told(("02 512 34 56", "0470 12 34 56")).replace("\u00a0", "_")
    '02_512_34_56_· 0470_12_34_56'
    """
    told = filter(None, map(clean, phones[:MOST_PHONES]))
    return DOT.join(phone.replace(" ", "\u00a0") for phone in told)
