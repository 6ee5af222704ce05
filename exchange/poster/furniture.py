"""What stands around plan and directory: titles above; relay, makers, QR code and sources below."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from reportlab.lib.utils import ImageReader

from exchange.paper.fonts import width_pt
from exchange.paper.signs import draw_qr, qr_side_pt
from exchange.paper.text import Style
from exchange.paper.writing import clean, side_of
from exchange.poster.blocks import INK, SOFT, apart, both
from exchange.poster.boards import Board, Span
from exchange.poster.cells import Words, draw_words, words
from exchange.poster.chips import readable
from exchange.poster.sheet import Poster

WHITE: Final = "#ffffff"
TINT: Final = "#eef3f1"
LOGO_PT: Final = 30.0
"""Height of a maker's logo on an A3."""
WIDEST_LOGO: Final = 3.0
TITLE_PT: Final = 23.0
SMALLER: Final = {"A4": 0.78}
RELAY_SHARE: Final = 0.46
PAGES_PT: Final = 170.0
"""Room beside the sources for the page, on an A3."""
NARROW_PT: Final = 440.0
"""A foot narrower than this, on an A3, has the relay above the rest (our choice)."""


@dataclass(frozen=True)
class Furniture:
    """The fixed parts of a sheet, measured; heights in points."""

    poster: Poster
    board: Board
    foot_span: Span | None = None
    """Where the foot stands, beside a plan that reaches down; else all across."""

    @property
    def width(self) -> float:
        """Width between the margins."""
        return self.board.width - 2 * self.board.margin

    @property
    def times(self) -> float:
        """How large its texts are."""
        return self.board.times

    @property
    def head(self) -> float:
        """Height of the titles and the introduction, with white below."""
        if self.board.folded:
            return 0.0
        intro = sum(w.height for w in self._introductions(self.width))
        return self._band + intro + (6 if intro else 0) * self.times + 7 * self.times

    @property
    def _band(self) -> float:
        return sum(w.height for w in self._titles(self._title_room)) + 13 * self.times

    @property
    def _title_room(self) -> float:
        return self.width - 24 * self.times - self._edition_wide

    @property
    def _edition_wide(self) -> float:
        told = [width_pt(clean(t), "regular", 8.5 * self.times) for t in self._editions]
        return max(told, default=0.0) + (14 * self.times if told else 0)

    @property
    def _editions(self) -> list[str]:
        dates = self.poster.edition
        return [
            word.replace("{date}", date)
            for word, date in zip(self.poster.label("edition"), dates, strict=False)
        ]

    def _titles(self, room: float) -> list[Words]:
        size = TITLE_PT * self.times * SMALLER.get(self.board.paper, 1.0)
        first, *others = self.poster.titles
        languages = self.poster.languages
        told = [
            words(first, Style(size, "bold", WHITE, 1.16), room, 3, languages[0], tag="H1"),
        ]
        for n, text in enumerate(dict.fromkeys(others)):
            if text and text != first:
                style = Style(size * 0.66, "regular", WHITE, 1.2)
                language = languages[min(n + 1, len(languages) - 1)]
                told.append(words(text, style, room, 2, language))
        return told

    def _introductions(self, room: float) -> list[Words]:
        style = Style(8.6 * self.times, "regular", INK, 1.25)
        languages = self.poster.languages
        return [
            words(text, style, room, 4, language)
            for text, language in zip(self.poster.introductions, languages, strict=False)
            if text
        ]

    def draw_head(self, pen: Any) -> None:
        """Draw the titles on the accent, the edition at their side, the introduction below."""
        board, canvas, times = self.board, pen.canvas, self.times
        top = board.height - board.margin
        with pen.decoration():
            canvas.setFillColor(readable(self.poster.accent))
            canvas.rect(board.margin, top - self._band, self.width, self._band, stroke=0, fill=1)
        mirrored = side_of(clean(self.poster.titles[0])) == "R"
        aside = self._edition_wide + 2 * times if mirrored else 0.0
        draw_words(
            pen, self._titles(self._title_room), board.margin + 11 * times + aside,
            top - 5.5 * times, self._title_room, right=mirrored,
        )  # fmt: skip
        style = Style(8.5 * times, "regular", WHITE, 1.3)
        level = top - self._band + 6 * times + style.line_pt * len(self._editions)
        for text, language in zip(self._editions, self.poster.languages, strict=False):
            wide = width_pt(clean(text), "regular", style.size_pt)
            told = words(text, style, wide + 20, 1, language)
            right = board.margin + self.width - wide - 11 * times
            draw_words(pen, [told], board.margin + 11 * times if mirrored else right, level, wide)
            level -= style.line_pt
        intros = self._introductions(self.width)
        low = top - self._band - 6 * times
        draw_words(pen, intros, board.margin, low, self.width, right=mirrored)

    @property
    def foot(self) -> float:
        """Height of what stands below, with white above."""
        if self.board.folded:
            return self.sources_pt + 4
        return self._cells + self.sources_pt + 12 * self.times

    @property
    def _span(self) -> Span:
        whole = Span(self.board.margin, self.board.margin + self.width)
        return self.foot_span or whole

    @property
    def _stacked(self) -> bool:
        """Whether the relay stands above makers and code, for want of width."""
        return self._span.length < NARROW_PT * self.times and self.poster.relay is not None

    @property
    def sources_pt(self) -> float:
        """Height of the sources."""
        return max(12.0 * self.times, sum(w.height for w in self._sources) + 3)

    @property
    def _sources_room(self) -> float:
        if self.board.folded:
            return self.board.width / self.board.panels[0] - 2 * self.board.margin
        return self.width - PAGES_PT * self.times

    @property
    def _sources(self) -> list[Words]:
        style = Style(7.0 * max(1.0, self.times * 0.8), "regular", SOFT, 1.2)
        text = self.poster.sources
        return [words(text, style, self._sources_room, 4, self.poster.languages[0])] if text else []

    @property
    def _cells(self) -> float:
        if self._stacked:
            return self._relay_high + 6 * self.times + self._rest_high
        return max(self._relay_high, self._rest_high)

    @property
    def _relay_high(self) -> float:
        if self.poster.relay is None:
            return 0.0
        return sum(w.height for w in self._relay(self._relay_room)) + 14 * self.times

    @property
    def _rest_high(self) -> float:
        qr = self._qr_side if self.poster.qr else 0.0
        makers = sum(w.height for w in self._makers(self._maker_room)) + self._logos_high
        return max(qr, makers + 6 * self.times if makers else 0.0)

    @property
    def _qr_side(self) -> float:
        return qr_side_pt(self.poster.qr) * max(1.0, self.times * 0.9)

    @property
    def _relay_wide(self) -> float:
        return self._span.length * (1.0 if self._stacked else RELAY_SHARE)

    @property
    def _relay_room(self) -> float:
        return self._relay_wide - 24 * self.times

    @property
    def _qr_wide(self) -> float:
        return self._qr_side + 70 * self.times if self.poster.qr else 0.0

    @property
    def _maker_room(self) -> float:
        beside = self.poster.relay is not None and not self._stacked
        relay = self._relay_wide + 12 * self.times if beside else 0.0
        return max(60.0, self._span.length - relay - self._qr_wide - 12 * self.times)

    @property
    def _logos_high(self) -> float:
        return (LOGO_PT + 5) * self.times if self.poster.logos else 0.0

    def _relay(self, room: float) -> list[Words]:
        relay, times = self.poster.relay, self.times
        if relay is None:
            return []
        accent = readable(self.poster.accent)
        first = self.poster.languages[0]
        small, large = Style(8.2 * times, "bold", accent, 1.25), Style(12 * times, "bold", INK, 1.2)
        told = [
            words(text, small, room, 1, first, tag="P" if n else "H2")
            for n, text in enumerate(apart(self.poster.label("relay")))
        ]
        told += [words(text, large, room, 3, first) for text in apart(relay.names)]
        if relay.phones:
            text = "  ".join(p.replace(" ", "\u00a0") for p in relay.phones)
            told.append(words(text, Style(12 * times, "bold", accent, 1.25), room, 2, first))
        lines = list(dict.fromkeys(line for lines in relay.lines for line in lines))
        style = Style(8.4 * times, "regular", INK, 1.22)
        if lines:
            told.append(words(" · ".join(lines), style, room, 4, first))
        return told

    def _makers(self, room: float) -> list[Words]:
        if not self.poster.makers:
            return []
        first, times = self.poster.languages[0], self.times
        bold = Style(7.6 * times, "bold", SOFT, 1.25)
        told = [words(t, bold, room, 1, first) for t in apart(self.poster.label("made_by"))]
        style = Style(8.4 * times, "regular", INK, 1.22)
        return [*told, words(self.poster.makers, style, room, 4, first)]

    def draw_foot(self, pen: Any, told: str = "") -> None:
        """Draw the relay, the makers, the code of the live map and the sources."""
        times, span = self.times, self._span
        low = self.board.margin + self.sources_pt + 3
        top = low + self._cells
        x, rest = span.low, top
        if self.poster.relay:
            high = self._relay_high if self._stacked else self._cells
            self._draw_relay(pen, x, top, high)
            if self._stacked:
                rest -= high + 6 * times
            else:
                x += self._relay_wide + 12 * times
        self._draw_makers(pen, x, rest - 3, self._maker_room)
        if self.poster.qr:
            middle = low + (rest - low - self._qr_side) / 2
            self._draw_qr(pen, span.high - self._qr_side, middle, 66 * times)
        self.draw_sources(pen, told)

    def _draw_relay(self, pen: Any, x: float, top: float, high: float) -> None:
        times = self.times
        with pen.decoration():
            pen.canvas.setFillColor(TINT)
            pen.canvas.rect(x, top - high, self._relay_wide, high, stroke=0, fill=1)
            pen.canvas.setFillColor(readable(self.poster.accent))
            pen.canvas.rect(x, top - high, 3.5 * times, high, stroke=0, fill=1)
        told = self._relay(self._relay_room)
        down = (high - sum(w.height for w in told)) / 2
        draw_words(pen, told, x + 13 * times, top - down, self._relay_room)

    def draw_sources(self, pen: Any, told: str = "") -> None:
        """Draw the sources at the foot of the sheet, and at its end what page it is."""
        board = self.board
        top = board.margin + self.sources_pt - 3
        draw_words(pen, self._sources, board.margin, top, self._sources_room)
        if told:
            style = Style(7.4 * max(1.0, self.times * 0.8), "bold", SOFT, 1.2)
            right = words(told, style, PAGES_PT * self.times, 1, self.poster.languages[0])
            left = board.margin + self.width - PAGES_PT * self.times
            draw_words(pen, [right], left, top, PAGES_PT * self.times, right=True)

    def _draw_makers(self, pen: Any, x: float, top: float, room: float) -> float:
        told = self._makers(room)
        end: float = draw_words(pen, told, x, top, room) - 5 * self.times
        if not self.poster.logos:
            return end
        images = [ImageReader(BytesIO(logo.png)) for logo in self.poster.logos]
        high, gap = LOGO_PT * self.times, 8 * self.times
        shapes = [min(WIDEST_LOGO, w / max(1, h)) for w, h in (i.getSize() for i in images)]
        # All of them on one line: where they are many, all smaller.
        high = min(high, (room - gap * (len(images) - 1)) / float(sum(shapes)))
        for logo, image, shape in zip(self.poster.logos, images, shapes, strict=True):
            with pen.element("Figure", words=clean(logo.name)):
                pen.canvas.drawImage(
                    image, x, end - high, high * shape, high, mask="auto", preserveAspectRatio=True
                )
            x += high * shape + gap
        return end - high

    def _draw_qr(self, pen: Any, x: float, low: float, room: float) -> None:
        """Draw the code, its words to the left of it."""
        canvas, times = pen.canvas, self.times
        side = self._qr_side
        style = Style(7.6 * times, "regular", INK, 1.2)
        first = self.poster.languages[0]
        told = [
            words(text, style, room, 5, language)
            for text, language in zip(
                dict.fromkeys(self.poster.label("live")), self.poster.languages, strict=False
            )
        ]
        high = sum(w.height for w in told)
        draw_words(pen, told, x - room, low + (side + high) / 2, room)
        with pen.element(
            "Figure",
            language=first,
            words=clean(both(self.poster.label("live")) + ": " + self.poster.qr),
        ):
            canvas.saveState()
            canvas.translate(x, low)
            times = side / qr_side_pt(self.poster.qr)
            canvas.scale(times, times)
            draw_qr(canvas, self.poster.qr, 0, 0)
            canvas.restoreState()

    def draw_cover(self, pen: Any, box: tuple[float, float, float, float]) -> None:
        """Draw the panel that lies on top of a folded sheet: left, low, right, high."""
        left, low, right, high = box
        canvas, pad = pen.canvas, 16.0
        room = right - left - 2 * pad
        titles = self._titles(room)
        with pen.decoration():
            canvas.setFillColor(readable(self.poster.accent))
            deep = sum(w.height for w in titles) + 38
            canvas.rect(left, high - deep, right - left, deep, stroke=0, fill=1)
            canvas.setFillColor(TINT)
            canvas.rect(left, low, right - left, high - deep - low, stroke=0, fill=1)
        end = draw_words(pen, titles, left + pad, high - 20, room) - 28
        dates = [
            words(text, Style(8.5, "regular", SOFT, 1.3), room, 1, language)
            for text, language in zip(self._editions, self.poster.languages, strict=False)
        ]
        end = draw_words(pen, [*self._introductions(room), *dates], left + pad, end, room) - 8
        relay_room = room if not self.poster.qr else room - self._qr_side
        end = draw_words(pen, self._relay(relay_room), left + pad, end, relay_room) - 8
        if self.poster.qr:
            with pen.element(
                "Figure", words=clean(both(self.poster.label("live")) + ": " + self.poster.qr)
            ):
                canvas.setFillColor(WHITE)
                canvas.rect(
                    right - pad - self._qr_side,
                    low + 12,
                    self._qr_side,
                    self._qr_side,
                    stroke=0,
                    fill=1,
                )
                draw_qr(canvas, self.poster.qr, right - pad - self._qr_side, low + 12)
        self._draw_makers(
            pen, left + pad, min(end, low + 12 + self._qr_side), max(60.0, relay_room)
        )
