"""A place set tightly: every fact one under another, a small map beside where there is one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from exchange.handout.bands import DOT, MOST_PHONES, phones_told
from exchange.handout.density import Density, Telling
from exchange.handout.map import draw_map
from exchange.handout.sheet import Entry, Handout, Words
from exchange.handout.ways import tell_way
from exchange.paper.fonts import width_pt
from exchange.paper.signs import draw_number
from exchange.paper.tags import Pen
from exchange.paper.text import BESIDE_PT, Column
from exchange.paper.writing import CUT, clean

BADGE_SHARE: Final = 2.4
"""Room the number takes before the name, by half its width."""
BETWEEN_PT: Final = 1.5
MOST_NAME: Final = 2
MOST_NOTES: Final = 6
LONGEST_HELD: Final = 24
"""Characters of a rule of hours or a note that is not broken: "wo 13.30-19 u" (our choice)."""


@dataclass
class Strip:
    """One place in a frame: head, facts, and the map at the right."""

    handout: Handout
    entry: Entry
    density: Density
    head: Column
    facts: Column
    room_pt: float
    map_pt: float
    left_out: bool = False
    """Whether a whole fact is missing, which the sheet then says."""

    @cached_property
    def height_pt(self) -> float:
        """Height with its frame."""
        told = self._head_pt + BETWEEN_PT + self.facts.height_pt
        return max(told, self.map_pt) + 2 * self.density.inset_pt

    @property
    def _head_pt(self) -> float:
        return max(self.head.height_pt, 2 * self.density.badge_pt)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its upper left corner at x, top."""
        canvas, inset, badge = pen.canvas, self.density.inset_pt, self.density.badge_pt
        height = self.height_pt
        with pen.decoration():
            canvas.setStrokeColor("#666666")
            canvas.setLineWidth(0.8)
            canvas.roundRect(x, top - height, self.room_pt, height, 4)
            middle = (x + inset + badge, top - inset - badge)
            draw_number(canvas, self.entry.number, *middle, badge)
        above = (self._head_pt - self.head.height_pt) / 2
        self.head.draw(pen, x + inset + BADGE_SHARE * badge, top - inset - above)
        self.facts.draw(pen, x + inset, top - inset - self._head_pt - BETWEEN_PT)
        if self.map_pt:
            self._draw_map(pen, x + self.room_pt - inset - self.map_pt, top - inset - self.map_pt)

    def _draw_map(self, pen: Pen, x: float, y: float) -> None:
        words = f"{self.handout.joined('map')}: {clean(self.entry.name)}"
        with pen.element("Figure", words=words):
            draw_map(
                pen.canvas, [self.entry], self.handout.streets,
                at=(x, y), size=(self.map_pt, self.map_pt),
                accent=self.handout.accent, language=self.handout.ground_language,
            )  # fmt: skip


def strip_of(
    handout: Handout, entry: Entry, room_pt: float, *, density: Density, telling: Telling
) -> Strip:
    """Set one place in that width, and as much of it as `telling` says."""
    map_pt = 0.0 if handout.one_map or not handout.has_ground(entry) else density.map_pt
    inner = room_pt - 2 * density.inset_pt
    beside = inner - (map_pt + density.gutter_pt if map_pt else 0.0)
    head = Column(beside - BADGE_SHARE * density.badge_pt, handout.languages[0])
    head.add(entry.name, density.name, most=MOST_NAME, tag="H2")
    categories = dict.fromkeys(clean(each.category) for each in (entry.first, entry.second) if each)
    head.add_beside(DOT.join(filter(None, categories)), density.body, most=2)
    facts = Column(beside, handout.languages[0], sign_pt=density.sign_pt)
    _tell_where(facts, handout, entry, density)
    way = tell_way(
        entry.way, beside - facts.sign_room_pt, density.body,
        lines=telling.way, streets=telling.streets,
    )  # fmt: skip
    facts.add(way, density.body, most=telling.way, indent_pt=facts.sign_room_pt)
    _tell_facts(facts, handout, entry, density, telling)
    kept = (telling.notes or not entry.notes) and (telling.spoken or not entry.spoken)
    left_out = not kept or bool(entry.way and not way)
    if left_out and facts.fits_beside(CUT, density.strong):
        facts.add_beside(CUT, density.strong, most=1)
    return Strip(handout, entry, density, head, facts, room_pt, map_pt, left_out)


def _tell_where(facts: Column, handout: Handout, entry: Entry, density: Density) -> None:
    """Add address, phones and minutes."""
    minutes = clean(entry.minutes)
    if entry.estimated:
        minutes = f"{minutes} ({clean(handout.label('estimated')[0])})".strip()
    facts.add(entry.address, density.body, most=2, sign="door")
    phones = phones_told(entry.phones)
    wide = sum(
        width_pt(text, style.weight, style.size_pt) + facts.sign_room_pt
        for text, style in ((phones, density.phone), (minutes, density.strong))
    )
    # Beside one number there is room for the minutes; where there are two, beside the address.
    together = wide + BESIDE_PT <= facts.width_pt
    if not together and facts.fits_beside(minutes, density.strong, sign="walk"):
        facts.add_beside(minutes, density.strong, most=2, sign="walk")
        minutes = ""
    facts.add(phones, density.phone, most=MOST_PHONES, sign="phone")
    facts.add_beside(minutes, density.strong, most=2, sign="walk")


def _tell_facts(
    facts: Column, handout: Handout, entry: Entry, density: Density, telling: Telling
) -> None:
    """Add hours, languages and notes, each in both languages."""
    second = entry.second if handout.languages[0] != handout.languages[1] else None
    sides = (_told(handout, entry.first, 0), _told(handout, second, 1))
    most = (telling.hours, telling.spoken, telling.notes)
    for n, sign in enumerate(("clock", "speech", "check")):
        texts = (sides[0][n], sides[1][n])
        facts.add_both(
            texts, density.body, most=most[n], languages=handout.languages,
            sign=sign,  # type: ignore[arg-type] # mypy widens the tuple to str
        )  # fmt: skip


def _told(handout: Handout, words: Words | None, side: int) -> tuple[str, str, str]:
    """Return hours, languages and notes in one language; unknown hours are said."""
    if words is None:
        return "", "", ""
    hours = DOT.join(_held(words.hours)) or handout.label("no_hours")[side]
    spoken = clean(words.spoken)
    told = handout.label("spoken")[side].replace("{languages}", spoken) if spoken else ""
    return hours, told, DOT.join(_held(words.notes[:MOST_NOTES]))


def _held(texts: tuple[str, ...]) -> Iterator[str]:
    """Yield the texts that say something, short ones such that they stay on one line."""
    for text in filter(None, map(clean, texts)):
        yield text.replace(" ", "\u00a0") if len(text) <= LONGEST_HELD else text
