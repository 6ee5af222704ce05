"""Lines of text on the sheet: broken to a width, drawn as they are, nothing in them understood.

We set the lines ourselves: reportlab's Paragraph reads `<b>` and `&` as markup, and knows no second
typeface for a letter the first one has not.
"""

from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, Final, Literal

from exchange.paper.fonts import Weight, runs, width_pt
from exchange.paper.signs import SIGN_PT, Sign, draw_sign
from exchange.paper.writing import CUT, LONGEST, clean, hold_hours, join_letters, reorder, side_of

BESIDE_PT: Final = 12.0
"""White between two texts on one line."""
RISE: Final = 0.95
"""How far the foot of the letters stands below the top of their line, by their size."""
INK: Final = "#000000"
SOFT: Final = "#444444"
"""9.7:1 on white, and still there after a worn photocopier (our choice)."""


@dataclass(frozen=True)
class Style:
    """How a piece of text is set; sizes in points."""

    size_pt: float = 11.0
    weight: Weight = "regular"
    colour: str = INK
    leading: float = 1.25
    """Line distance by size (our choice: what a printed book takes)."""

    @property
    def line_pt(self) -> float:
        """The distance from one line to the next, in points."""
        return self.size_pt * self.leading


def wrap(
    text: str, style: Style, room_pt: float, *, most: int, longest: int = LONGEST
) -> tuple[str, ...]:
    """Break a text into at most `most` lines of `room_pt` points, each in the order it is drawn.

    A word too long for a line is broken behind a hyphen of its own, else anywhere; what is left out
    shows as an ellipsis.

    >>> wrap("<b>rue</b> Haute 298", Style(11), 60, most=2)
    ('<b>rue</b>', 'Haute 298')
    """
    lines: list[str] = []
    rest = join_letters(hold_hours(clean(text, longest=longest)))
    base = side_of(rest)
    while rest and len(lines) < most:
        end = _end_of_line(rest, style, room_pt)
        lines.append(rest[:end].rstrip(" "))
        rest = rest[end:].lstrip(" ")
    if rest:
        last = lines[-1]
        while last and width_pt(last + CUT, style.weight, style.size_pt) > room_pt:
            last = last[:-1]
        lines[-1] = last.rstrip(" ") + CUT
    return tuple(reorder(line, base) for line in lines)


def _end_of_line(text: str, style: Style, room_pt: float) -> int:
    """Find how many characters fit: up to the last space or behind the last hyphen of a word.

    Where there is neither, as many as there is room for.
    """
    used = 0.0
    end = 0
    for i, character in enumerate(text):
        used += width_pt(character, style.weight, style.size_pt)
        if character == " ":
            end = i
        elif used > room_pt:
            return end or max(1, i)
        elif character == "-" and text[i - 1 : i].isalpha() and text[i + 1 : i + 2].isalpha():
            end = i + 1
    return len(text)


def draw_line(canvas: Any, line: str, style: Style, x: float, baseline: float) -> None:
    """Draw one wrapped line from `x`, in whichever typeface has its letters."""
    drawing = canvas.beginText(x, baseline)
    drawing.setFillColor(style.colour)
    for name, piece in runs(line, style.weight):
        drawing.setFont(name, style.size_pt)
        drawing.textOut(piece)
    canvas.drawText(drawing)


DIGITS: Final = "0123456789"


def figures_pt(text: str, style: Style) -> float:
    """Measure a number as `draw_figures` sets it, in points."""
    return sum(_advance(character, style) for character in text)


def draw_figures(canvas: Any, text: str, style: Style, right: float, baseline: float) -> None:
    """Draw a number that ends at `right`, its digits equally wide so that columns line up.

    The typeface has no such digits; each is set in the middle of the widest one's room. What is
    drawn is named beside, or a reader would take that room for spaces.
    """
    if not text:
        return
    told = text.encode("utf-16-be").hex().upper()
    canvas._code.append(f"/Span <</ActualText <FEFF{told}>>> BDC")  # noqa: SLF001 - no public way
    sides = [(_advance(c, style) - width_pt(c, style.weight, style.size_pt)) / 2 for c in text]
    drawing = canvas.beginText(right - figures_pt(text, style) + sides[0], baseline)
    drawing.setFillColor(style.colour)
    for n, character in enumerate(text):
        name, piece = next(runs(character, style.weight))
        drawing.setFont(name, style.size_pt)
        drawing.setCharSpace(round(sides[n] + (sides[n + 1] if n + 1 < len(text) else 0), 3))
        drawing.textOut(piece)
    drawing.setCharSpace(0)
    canvas.drawText(drawing)
    canvas._code.append("EMC")  # noqa: SLF001


def _advance(character: str, style: Style) -> float:
    if character in DIGITS:
        return style.size_pt * _widest_digit(style.weight)
    return width_pt(character, style.weight, style.size_pt)


@cache
def _widest_digit(weight: Weight) -> float:
    return max(width_pt(digit, weight, 1) for digit in DIGITS)


Tag = Literal["H1", "H2", "P"]


@dataclass(frozen=True)
class Piece:
    """A text in its place within a column: lines, and how far below the piece before."""

    lines: tuple[str, ...]
    style: Style
    before_pt: float
    indent_pt: float
    sign: Sign | None = None
    tag: Tag = "P"
    language: str = ""

    @property
    def height_pt(self) -> float:
        """Height with the room above it."""
        return self.before_pt + len(self.lines) * self.style.line_pt

    @property
    def right_pt(self) -> float:
        """How far from the column's left edge its last line ends."""
        return self.indent_pt + width_pt(self.lines[-1], self.style.weight, self.style.size_pt)


@dataclass
class Column:
    """Texts one under another in a given width; a sign before one is `sign_pt` high."""

    width_pt: float
    language: str = ""
    pieces: list[Piece] = field(default_factory=list)
    sign_pt: float = SIGN_PT

    @property
    def sign_room_pt(self) -> float:
        """The room a sign takes before its text."""
        return self.sign_pt * 4 / 3

    def add(
        self,
        text: str,
        style: Style,
        *,
        most: int,
        before_pt: float = 0.0,
        sign: Sign | None = None,
        indent_pt: float = 0.0,
        tag: Tag = "P",
        language: str = "",
    ) -> None:
        """Add a text of at most `most` lines, a sign before it; an empty one adds nothing."""
        indent = indent_pt + (self.sign_room_pt if sign else 0.0)
        lines = wrap(text, style, self.width_pt - indent, most=most)
        if lines:
            above = before_pt if self.pieces else 0.0
            self.pieces.append(Piece(lines, style, above, indent, sign, tag, language))

    def fits_beside(self, text: str, style: Style, *, sign: Sign | None = None) -> bool:
        """Tell whether a text fits behind the one before, on its line."""
        last = self.pieces[-1] if self.pieces else None
        if last is None:
            return False
        room = self.width_pt - self._behind_pt(last, sign)
        whole = wrap(text, style, self.width_pt, most=1)
        return room > 0 and wrap(text, style, room, most=1) == whole

    def _behind_pt(self, last: Piece, sign: Sign | None) -> float:
        return last.right_pt + BESIDE_PT + (self.sign_room_pt if sign else 0.0)

    def add_beside(
        self, text: str, style: Style, *, most: int, sign: Sign | None = None, tag: Tag = "P"
    ) -> None:
        """Add a text on the line of the one before where it fits, else below."""
        if not self.fits_beside(text, style, sign=sign):
            self.add(text, style, most=most, sign=sign, tag=tag)
            return
        last = self.pieces[-1]
        indent = self._behind_pt(last, sign)
        lines = wrap(text, style, self.width_pt - indent, most=1)
        if not lines:
            return
        # Both stand on the lower edge of the larger letters, and end where the line ends.
        deeper = RISE * (last.style.size_pt - style.size_pt)
        level = replace(style, leading=(last.style.line_pt - deeper) / style.size_pt)
        above = deeper - last.style.line_pt
        self.pieces.append(Piece(lines, level, above, indent, sign, tag))

    def add_both(
        self,
        texts: tuple[str, str],
        style: Style,
        *,
        most: int,
        languages: tuple[str, str],
        sign: Sign | None = None,
    ) -> None:
        """Add a text in two languages, each of at most `most` lines.

        The second one begins on the next line, or behind the first where that saves a line; it is
        left out where it says the same.
        """
        first, second = (clean(text) for text in texts)
        second = "" if second == first or most < 1 else second
        first = first if most else ""
        room = self.width_pt - self.sign_room_pt
        apart = sum(len(wrap(text, style, room, most=most)) for text in (first, second))
        joined = "\u00a0· ".join(filter(None, (first, second)))
        if len(wrap(joined, style, room, most=apart + 1)) < apart:
            self.add(joined, style, most=apart, sign=sign, language=languages[0])
            return
        for text, language in zip((first, second), languages, strict=True):
            mark, indent = (sign, 0.0) if text is first or not first else (None, self.sign_room_pt)
            self.add(text, style, most=most, sign=mark, indent_pt=indent, language=language)

    @property
    def height_pt(self) -> float:
        """Height of all of it, in points."""
        return sum(piece.height_pt for piece in self.pieces)

    def draw(self, pen: Any, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top; `pen` is `exchange.paper.tags.Pen`."""
        for piece in self.pieces:
            top -= piece.before_pt
            style = piece.style
            if piece.sign:
                # Half of a capital above the foot of the letters.
                middle = top - style.size_pt * (RISE - 0.34)
                left = x + piece.indent_pt - self.sign_room_pt
                with pen.decoration():
                    draw_sign(pen.canvas, piece.sign, left, middle, side_pt=self.sign_pt)
            with pen.element(piece.tag, language=piece.language or self.language):
                for n, line in enumerate(piece.lines):
                    baseline = top - n * style.line_pt - style.size_pt * RISE
                    draw_line(pen.canvas, line, style, x + piece.indent_pt, baseline)
            top -= len(piece.lines) * style.line_pt
