"""Blocks poured into columns in their order; none is cut, no heading is left alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from exchange.poster.blocks import Block

SLACK_PT: Final = 0.01
MOST_SPREAD: Final = 2.6
"""White between places grows up to so many times where columns would stay empty (our choice)."""
STEPS: Final = 7


@dataclass(frozen=True)
class Slot:
    """A column that blocks may be poured into, in points from below; its page from 0."""

    page: int
    x: float
    low: float
    high: float
    width: float

    @property
    def height(self) -> float:
        """How high it is."""
        return self.high - self.low


@dataclass(frozen=True)
class Stood:
    """A block where it stands: its page, its upper left corner."""

    block: Block
    page: int
    x: float
    top: float


def pour(blocks: Sequence[Block], slots: Sequence[Slot], spread: float = 1.0) -> list[Stood] | None:
    """Pour blocks into slots one after the other; None where they do not fit.

    The white above a block is times `spread`, and left out at the top of a column.
    """
    stood: list[Stood] = []
    at, used = 0, 0.0
    for n, block in enumerate(blocks):
        following = blocks[n + 1] if block.kind == "heading" and n + 1 < len(blocks) else None
        while at < len(slots):
            above = block.before * spread if used else 0.0
            needed = above + block.height
            if following:
                needed += following.before * spread + following.height
            if used + needed <= slots[at].height + SLACK_PT:
                break
            at, used = at + 1, 0.0
        else:
            return None
        above = block.before * spread if used else 0.0
        slot = slots[at]
        stood.append(Stood(block, slot.page, slot.x, slot.high - used - above))
        used += above + block.height
    return stood


def filled(blocks: Sequence[Block], slots: Sequence[Slot]) -> list[Stood] | None:
    """Pour blocks with as much white between them as the slots have room for."""
    best = pour(blocks, slots)
    low, high = 1.0, MOST_SPREAD
    for _ in range(STEPS if best is not None else 0):
        middle = (low + high) / 2
        found = pour(blocks, slots, middle)
        if found is None:
            high = middle
        else:
            best, low = found, middle
    return best
