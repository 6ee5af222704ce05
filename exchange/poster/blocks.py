"""The texts of the directory as blocks that a column may hold: a heading, a place, a street."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import groupby
from typing import Any, Final, Literal

from exchange.paper.fonts import width_pt
from exchange.paper.text import RISE, Style, draw_line, wrap
from exchange.paper.writing import clean, side_of
from exchange.poster.chips import LONGER, SIDE_PT, Chip, draw_chip, draw_digits, readable
from exchange.poster.sheet import Entry, Heading, Poster

INK: Final = "#1c2b2e"
SOFT: Final = "#4a5655"
SMALLEST_PT: Final = 7.0
MOST_LINES: Final = 6
"""A longer text of a place is cut: no name, address or week needs more (our choice)."""
Kind = Literal["heading", "entry", "street", "note"]
VOWELS: Final = frozenset("aeiouyàâäáéèêëíïîóôöúûü")
LEAST_PART: Final = 3


@dataclass(frozen=True)
class Lines:
    """A paragraph already broken: in the order it is drawn, in one language."""

    texts: tuple[str, ...]
    style: Style
    language: str
    right: bool = False
    told: str = ""
    """The paragraph in the order it is read, where that is not the order it is drawn in."""


@dataclass(frozen=True)
class Block:
    """What stays together in one column; heights in points."""

    kind: Kind
    paragraphs: tuple[Lines, ...]
    width: float
    before: float
    indent: float = 0.0
    chip: Chip | None = None
    square: str = ""
    colour: str = INK

    @property
    def height(self) -> float:
        """Height without what is above it; signs below each other do not touch."""
        rule = self.paragraphs[0].style.size_pt * 0.45 if self.kind == "heading" else 0.0
        texts = sum(len(p.texts) * p.style.line_pt for p in self.paragraphs) + rule
        return max(texts, self.side + 1 - self.before) if self.chip else texts

    @property
    def side(self) -> float:
        """The side of its sign, in points."""
        return self.indent - self.paragraphs[0].style.size_pt * 0.43


@dataclass
class Setter:
    """Sets the texts of a poster in columns of a width, at a size."""

    poster: Poster
    size_pt: float
    width: float
    squares: Mapping[int, str] = field(default_factory=dict)

    @property
    def mirrored(self) -> bool:
        """Whether the sheet is read from right to left."""
        return side_of("".join(self.poster.titles[:1])) == "R"

    @property
    def chip_pt(self) -> float:
        """The side of a sign in the directory: at least what its digits need."""
        wide = max(e.number for e in self.poster.entries) > 99  # noqa: PLR2004 - three digits
        return max(self.size_pt * 1.75, SIDE_PT) * (LONGER if wide else 1.0)

    def directory(self) -> Iterator[Block]:
        """Yield headings and their places, in their order."""
        known = {heading.key for heading in self.poster.headings}
        rest = Heading(key="", names=("…",), colour=SOFT, shape="circle")
        for heading in (*self.poster.headings, rest):
            entries = [
                e
                for e in self.poster.entries
                if e.heading == heading.key or (not heading.key and e.heading not in known)
            ]
            if entries:
                yield self.heading(heading.names, readable(heading.colour))
            for entry in entries:
                yield self.entry(entry, heading)
        if any(entry.lon is None for entry in self.poster.entries):
            style = Style(self.size_pt, colour=SOFT, leading=1.2)
            told = self._lines("○ " + both(self.poster.label("unplaced")), style, 4)
            yield Block("note", (told,), self.width, self.size_pt)

    def heading(self, names: Sequence[str], colour: str) -> Block:
        """Set a category: first language bold, the others after it."""
        style = Style(self.size_pt * 1.22, "bold", colour, 1.15)
        told = tuple(self._lines(text, style, 3) for text in apart(names))
        return Block("heading", told, self.width, self.size_pt * 1.1, colour=colour)

    def entry(self, entry: Entry, heading: Heading) -> Block:
        """Set a place: its name, then what the poster tells of it."""
        size = self.size_pt
        indent = self.chip_pt + size * 0.45
        bold = Style(size * 1.04, "bold", INK, 1.16)
        soft = Style(size, "regular", SOFT, 1.18)
        square = self.squares.get(entry.number, "")
        room = self.width - indent - (size * 2.1 if square else 0)
        paragraphs = [self._lines(entry.names[0], bold, MOST_LINES, room)]
        names = [name for name in dict.fromkeys(entry.names[1:]) if name != entry.names[0]]
        languages = self.poster.languages
        for name in names:
            language = languages[min(entry.names.index(name), len(languages) - 1)]
            paragraphs.append(
                self._lines(
                    name, replace(bold, weight="regular"), MOST_LINES, room, language=language
                )
            )
        room = self.width - indent
        paragraphs += [self._lines(text, soft, MOST_LINES, room) for text in self._facts(entry)]
        chip = Chip(entry.number, heading.colour, heading.shape, hollow=entry.lon is None)
        found = tuple(p for p in paragraphs if p.texts)
        return Block("entry", found, self.width, size * 0.5, indent, chip, square)

    def _facts(self, entry: Entry) -> Iterator[str]:
        wanted = self.poster.details
        where = both(entry.address) if "address" in wanted else ""
        phone = (
            ", ".join(p.replace(" ", "\u00a0") for p in entry.phones) if "phone" in wanted else ""
        )
        yield " · ".join(filter(None, (where, phone)))
        if "hours" in wanted:
            yield from apart(["; ".join(lines) for lines in entry.hours])
        if "line" in wanted:
            yield from apart(entry.line)

    def street(self, name: str, squares: str) -> Block:
        """Set a street of the index."""
        style = Style(max(SMALLEST_PT, self.size_pt * 0.94), "regular", INK, 1.15)
        told = self._lines(name, style, MOST_LINES, self.width - self.size_pt * 3.4)
        return Block("street", (told,), self.width, self.size_pt * 0.12, 0.0, None, squares)

    def _lines(
        self, text: str, style: Style, most: int, room: float = 0.0, language: str = ""
    ) -> Lines:
        texts = broken(text, style, round(room or self.width, 2), most)
        right = side_of(text) == "R"
        language = language or self.poster.languages[0]
        return Lines(texts, style, language, right or self.mirrored, clean(text) if right else "")


def apart(texts: Sequence[str]) -> Iterator[str]:
    """Yield what is said in several languages: joined, but what runs the other way by itself.

    >>> list(apart(("Santé", "Gezondheid"))), list(apart(("الصحة", "Santé")))
    (['Santé · Gezondheid'], ['الصحة', 'Santé'])
    """
    told = [text for text in map(clean, texts) if text]
    for _, same in groupby(told, key=side_of):
        yield both(tuple(same))


def both(texts: Sequence[str]) -> str:
    """Join what is said in several languages, once where it is the same.

    >>> both(("Rue Haute", "Hoogstraat")), both(("Bozar", "Bozar"))
    ('Rue Haute · Hoogstraat', 'Bozar')
    """
    return " · ".join(dict.fromkeys(filter(None, map(clean, texts))))


@lru_cache(maxsize=65536)
def broken(text: str, style: Style, room: float, most: int) -> tuple[str, ...]:
    """Break a text into lines; a word longer than a line is parted between its syllables."""
    words = clean(text).split(" ")
    fitted = " ".join(_fitted(word, style, room) for word in words)
    return wrap(fitted, style, room, most=most)


def _fitted(word: str, style: Style, room: float) -> str:
    """Part a word where it is too long; one with hyphens of its own breaks at those first."""
    if width_pt(word, style.weight, style.size_pt) <= room:
        return word
    pieces = word.replace("-", "-\0").split("\0")
    return "".join(" ".join(hyphenated(piece, style, room)) for piece in pieces)


def hyphenated(word: str, style: Style, room: float) -> list[str]:
    """Part a word that is longer than a line: behind a vowel and before a consonant and a vowel.

    >>> hyphenated("Jeugdwelzijnsorganisatie", Style(10), 60)
    ['Jeugdwel-', 'zijnsorgani-', 'satie']
    """
    parts = []
    while width_pt(word, style.weight, style.size_pt) > room and len(word) > 2 * LEAST_PART:
        fits = [
            n
            for n in range(LEAST_PART, len(word) - LEAST_PART + 1)
            if word[n - 1].isalpha()
            and word[n].isalpha()
            and width_pt(word[:n] + "-", style.weight, style.size_pt) <= room
        ]
        if not fits or any(side_of(c) == "R" for c in word):
            break
        good = [n for n in fits if _parts_well(word.lower(), n)]
        at = good[-1] if good else fits[-1]
        parts.append(word[:at] + "-")
        word = word[at:]
    return [*parts, word]


def _parts_well(word: str, n: int) -> bool:
    """Tell whether a syllable may begin there: a consonant before a vowel, a vowel behind."""
    return word[n] not in VOWELS and word[n + 1 : n + 2] in VOWELS and _has_vowel(word[:n])


def _has_vowel(part: str) -> bool:
    return any(c in VOWELS for c in part)


def draw_block(pen: Any, block: Block, x: float, top: float, *, mirrored: bool = False) -> None:
    """Draw a block with its upper left corner at x, top; the number is read before the name."""
    canvas = pen.canvas
    if block.chip:
        first = block.paragraphs[0].style
        side = block.side
        middle = top - first.size_pt * (RISE - 0.34)
        at = x + block.width - side / 2 if mirrored else x + side / 2
        with pen.decoration():
            draw_chip(canvas, block.chip, at, middle, side, words=False)
    for n, paragraph in enumerate(block.paragraphs):
        tag = "H2" if block.kind == "heading" and n == 0 else "P"
        with pen.element(tag, language=paragraph.language, actual=paragraph.told):
            if block.chip and n == 0:
                draw_digits(canvas, block.chip, at, middle, side)
            _draw_lines(canvas, block, paragraph, x, top, mirrored=mirrored)
            if block.square and n == 0:
                _draw_square(canvas, block, paragraph.style, x, top, mirrored=mirrored)
        top -= len(paragraph.texts) * paragraph.style.line_pt
    if block.kind == "heading":
        with pen.decoration():
            canvas.setStrokeColor(block.colour)
            canvas.setLineWidth(0.9)
            y = top - block.paragraphs[0].style.size_pt * 0.12
            canvas.line(x, y, x + block.width, y)


def _draw_lines(
    canvas: Any, block: Block, paragraph: Lines, x: float, top: float, *, mirrored: bool
) -> None:
    style = paragraph.style
    for n, line in enumerate(paragraph.texts):
        baseline = top - n * style.line_pt - style.size_pt * RISE
        left = x + (0 if mirrored else block.indent)
        if paragraph.right:
            right = x + block.width - (block.indent if mirrored else 0)
            if block.square and not mirrored:
                right -= style.size_pt * 2.1
            left = right - width_pt(line, style.weight, style.size_pt)
        draw_line(canvas, line, style, left, baseline)


def _draw_square(
    canvas: Any, block: Block, style: Style, x: float, top: float, *, mirrored: bool
) -> None:
    told = Style(max(SMALLEST_PT, style.size_pt * 0.95), "bold", SOFT)
    wide = width_pt(block.square, told.weight, told.size_pt)
    left = x if mirrored else x + block.width - wide
    draw_line(canvas, block.square, told, left, top - style.size_pt * RISE)
