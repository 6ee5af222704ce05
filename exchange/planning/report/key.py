"""The key of a map: what its fills, signs and lines mean, and how many areas each class has."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from exchange.paper.fonts import width_pt
from exchange.paper.tags import Pen
from exchange.paper.text import RISE, draw_figures, draw_line, figures_pt, wrap
from exchange.planning.described import KeyLine, ShadedMap
from exchange.planning.report.looks import KEY, KEY_HEAD
from exchange.planning.report.map import OUTLINE, TOWN_LINE, draw_mark
from exchange.planning.report.textures import fill_of, shade
from exchange.planning.words import Words

SWATCH_PT: Final = (17.0, 10.0)
AFTER_SWATCH_PT: Final = 6.0
ROW_PT: Final = 3.2
BEFORE_COUNT_PT: Final = 8.0
MOST_LINES: Final = 4
NAMED_OUTLINES: Final = 3
MOST_SLICES: Final = 4

Sample = Callable[[Any, float, float], None]
"""Draws what is explained, in a swatch with its lower left corner at x, y."""


@dataclass(frozen=True)
class Item:
    """One line of the key."""

    sample: Sample
    lines: tuple[str, ...]
    count: str = ""

    @property
    def height_pt(self) -> float:
        """Height with the white below it."""
        return max(1, len(self.lines)) * KEY.line_pt + ROW_PT


@dataclass(frozen=True)
class Key:
    """Items in one or two columns; `head` says above the counts what is counted."""

    columns: tuple[tuple[Item, ...], ...]
    width_pt: float
    gutter_pt: float
    head: str

    @property
    def height_pt(self) -> float:
        """Height of the longer column."""
        told = max((sum(item.height_pt for item in items) for items in self.columns), default=0.0)
        return told + KEY_HEAD.line_pt

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its upper left corner at x, y."""
        for n, items in enumerate(self.columns):
            left = x + n * (self.width_pt + self.gutter_pt)
            counted = any(item.count for item in items)
            if counted:
                self._draw_head(pen, left, y)
            top = y - KEY_HEAD.line_pt
            for item in items:
                self._draw(pen, item, left, top)
                top -= item.height_pt

    def _draw_head(self, pen: Pen, left: float, y: float) -> None:
        wide = width_pt(self.head, KEY_HEAD.weight, KEY_HEAD.size_pt)
        with pen.element("P"):
            draw_line(
                pen.canvas,
                self.head,
                KEY_HEAD,
                left + self.width_pt - wide,
                y - KEY_HEAD.size_pt * RISE,
            )

    def _draw(self, pen: Pen, item: Item, left: float, top: float) -> None:
        with pen.decoration():
            item.sample(pen.canvas, left, top - SWATCH_PT[1] - 0.6)
        with pen.element("P"):
            across = left + SWATCH_PT[0] + AFTER_SWATCH_PT
            for n, line in enumerate(item.lines):
                baseline = top - n * KEY.line_pt - KEY.size_pt * RISE
                draw_line(pen.canvas, line, KEY, across, baseline)
            baseline = top - KEY.size_pt * RISE
            draw_figures(pen.canvas, item.count, KEY, left + self.width_pt, baseline)


def key_of(shaded: ShadedMap, words: Words, *, width_pt: float, columns: int) -> Key:
    """Make the key of a map, in columns within a width."""
    gutter = 28.0 if columns > 1 else 0.0
    width = (width_pt - gutter * (columns - 1)) / columns
    classes = _classes(shaded, words, width)
    signs = [*_signs(shaded, words, width), *_lines(shaded, words, width)]
    head = words.say(f"level_{shaded.level.value}")
    if columns == 1:
        return Key(((*classes, *signs),), width, gutter, head)
    return Key((tuple(classes), tuple(signs)), width, gutter, head)


@dataclass
class Meaning:
    """What one or more classes mean alike: their places in the key, and how many areas."""

    label: str
    places: list[int]
    areas: int


def meanings(shaded: ShadedMap, words: Words) -> list[Meaning]:
    """Return what the classes mean, each once; what is in no class is not known.

    Of classes that mean the same, those that no area is in are left out.
    """
    counts = Counter(place if 0 <= place < len(shaded.key) else -1 for place in shaded.classes)
    told: dict[str, Meaning] = {}
    for place, line in enumerate(shaded.key):
        areas = counts[place] if line.areas is None else line.areas
        meant = told.setdefault(line.label, Meaning(line.label, [], 0))
        meant.places += [place] if areas or not meant.places else []
        meant.areas += areas
    if counts[-1]:
        meant = told.setdefault(words.say("unknown"), Meaning(words.say("unknown"), [-1], 0))
        meant.areas += counts[-1]
    return list(told.values())


def _classes(shaded: ShadedMap, words: Words, width: float) -> list[Item]:
    items = []
    for meant in meanings(shaded, words):
        told = words.number(meant.areas)
        room = width - SWATCH_PT[0] - AFTER_SWATCH_PT - BEFORE_COUNT_PT - figures_pt(told, KEY)
        lines = wrap(meant.label, KEY, room, most=MOST_LINES)
        items.append(Item(_swatch(shaded.key, meant.places[:MOST_SLICES]), lines, told))
    return items


def _swatch(key: Sequence[KeyLine], places: Sequence[int]) -> Sample:
    """Draw the fills of some classes side by side."""

    def sample(canvas: Any, x: float, y: float) -> None:
        wide, high = SWATCH_PT[0] / len(places), SWATCH_PT[1]
        for n, place in enumerate(places):
            path = canvas.beginPath()
            path.rect(x + n * wide, y, wide, high)
            bounds = (x + n * wide, y, x + (n + 1) * wide, y + high)
            shade(canvas, path, fill_of(key, place), bounds)
        canvas.setStrokeColor("#4f5d5c")
        canvas.setLineWidth(0.4)
        canvas.rect(x, y, *SWATCH_PT)

    return sample


def _signs(shaded: ShadedMap, words: Words, width: float) -> list[Item]:
    used = {mark.symbol for mark in shaded.marks}
    return [
        _item(_sign(symbol), words.say(symbol), width)
        for symbol in ("dot", "star", "cross")
        if symbol in used
    ]


def _sign(symbol: str) -> Sample:
    def sample(canvas: Any, x: float, y: float) -> None:
        draw_mark(canvas, symbol, x + SWATCH_PT[0] / 2, y + SWATCH_PT[1] / 2)

    return sample


def _lines(shaded: ShadedMap, words: Words, width: float) -> list[Item]:
    items = [_item(_line(*TOWN_LINE), words.say("town_border"), width)]
    if shaded.outlines:
        names = ", ".join(name for name, _ in shaded.outlines[:NAMED_OUTLINES])
        more = ", …" if len(shaded.outlines) > NAMED_OUTLINES else ""
        items.append(_item(_line(*OUTLINE), words.say("outlined", names=names + more), width))
    return items


def _line(colour: str, wide: float) -> Sample:
    def sample(canvas: Any, x: float, y: float) -> None:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(wide)
        canvas.line(x, y + SWATCH_PT[1] / 2, x + SWATCH_PT[0], y + SWATCH_PT[1] / 2)

    return sample


def _item(sample: Sample, text: str, width: float) -> Item:
    room = width - SWATCH_PT[0] - AFTER_SWATCH_PT
    return Item(sample, wrap(text, KEY, room, most=MOST_LINES))
