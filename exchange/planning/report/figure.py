"""A map on its page: title, ground as wide as there is room for, key beside or below, notes."""

from dataclasses import dataclass, replace
from typing import Final

from exchange.paper.frame import Frame
from exchange.paper.tags import Pen
from exchange.paper.writing import clean
from exchange.planning.described import ShadedMap
from exchange.planning.report.flow import Draw, Flow
from exchange.planning.report.ground import Ground
from exchange.planning.report.key import Key, key_of, meanings
from exchange.planning.report.looks import HEADING, NOTE, SHORT_PT, SIDE_PT
from exchange.planning.report.map import draw_shaded
from exchange.planning.words import Words

ROOM_PT: Final = SHORT_PT - 2 * SIDE_PT
BESIDE_PT: Final = 138.0
GUTTER_PT: Final = 16.0
LEAST_HIGH_PT: Final = 270.0
"""A map lower than this begins a page instead (our choice: a sector of the centre is 2 mm)."""
BELOW_TITLE_PT: Final = 8.0
ABOVE_KEY_PT: Final = 10.0
NOTES_PT: Final = 40.0


@dataclass(frozen=True)
class Layout:
    """Where ground and key stand: the key beside the ground, or below it."""

    frame: Frame
    key: Key
    beside: bool

    @property
    def height_pt(self) -> float:
        """Height of both."""
        if self.beside:
            return max(self.frame.height, self.key.height_pt)
        return self.frame.height + ABOVE_KEY_PT + self.key.height_pt


def put_map(flow: Flow, ground: Ground, shaded: ShadedMap, words: Words) -> None:
    """Put a map; where the page has too little room it begins one."""
    if flow.page.landscape:
        flow.turn()
    flow.skip(18)
    above = HEADING.line_pt * 2 + BELOW_TITLE_PT
    layout = _fitted(ground, shaded, words, flow.room_pt - above - NOTES_PT, fresh=flow.empty)
    if layout is None:
        flow.turn()
        layout = _fitted(ground, shaded, words, flow.room_pt - above - NOTES_PT, fresh=True)
    flow.text(shaded.title, HEADING, tag="H2", most=2)
    flow.skip(BELOW_TITLE_PT)
    if layout is not None:
        flow.put(layout.height_pt, _drawn(ground, shaded, words, layout))
    flow.skip(6)
    for note in shaded.notes:
        flow.text(note, NOTE)


def _fitted(
    ground: Ground, shaded: ShadedMap, words: Words, room_pt: float, *, fresh: bool
) -> Layout | None:
    """Lay a map over the whole width, or with its key beside it where that is too high."""
    below = key_of(shaded, words, width_pt=ROOM_PT, columns=2)
    high = room_pt - ABOVE_KEY_PT - below.height_pt
    whole = ground.frame(shaded, width_pt=ROOM_PT, height_pt=1e6)
    if whole is None:
        return None
    if whole.height <= high:
        return Layout(whole, below, beside=False)
    if fresh:
        smaller = ground.frame(shaded, width_pt=ROOM_PT, height_pt=max(high, LEAST_HIGH_PT / 2))
        return Layout(smaller, below, beside=False) if smaller else None
    wide = ROOM_PT - BESIDE_PT - GUTTER_PT
    beside = key_of(shaded, words, width_pt=BESIDE_PT, columns=1)
    frame = ground.frame(shaded, width_pt=wide, height_pt=min(room_pt, wide * 1.6))
    enough = frame is not None and min(room_pt, wide) >= LEAST_HIGH_PT
    if frame is None or not enough or beside.height_pt > room_pt:
        return None
    return Layout(frame, beside, beside=True)


def _drawn(ground: Ground, shaded: ShadedMap, words: Words, layout: Layout) -> Draw:
    told = "; ".join(f"{one.label}: {words.number(one.areas)}" for one in meanings(shaded, words))
    alt = clean(f"{shaded.title}. {told}", longest=2_000)

    def draw(pen: Pen, x: float, y: float) -> None:
        frame = replace(layout.frame, x=x, y=y - layout.frame.height)
        with pen.element("Figure", words=alt):
            draw_shaded(pen.canvas, ground, shaded, frame)
        if layout.beside:
            layout.key.draw(pen, x + ROOM_PT - BESIDE_PT, y)
        else:
            layout.key.draw(pen, x, y - layout.frame.height - ABOVE_KEY_PT)

    return draw
