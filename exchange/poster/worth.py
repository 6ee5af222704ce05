"""What one way to share out a sheet is worth against another (our choice throughout)."""

from math import log
from typing import Final

from exchange.poster.blocks import SMALLEST_PT

PLAN_WEIGHT: Final = 2.2
TYPE_WEIGHT: Final = 1.0
INDEX_WEIGHT: Final = 0.3
SMALL_WEIGHT: Final = 4.0
LARGE_WEIGHT: Final = 0.5
MIXED_WEIGHT: Final = 0.12
COLUMN_WEIGHT: Final = 0.25
ENOUGH_PT: Final = 9.0
"""Larger than this a text on an A3 is read no better by most."""


def worth(scale: int, size_pt: float, *, indexed: bool, mixed: bool, off_best: float) -> float:
    """Weigh a way: the greater the better.

    `size_pt` is that of the texts against an A3; `mixed` has columns both beside and below the
    plan; `off_best` is the width of a column by that of the best.
    """
    return (
        -PLAN_WEIGHT * log(scale)
        + TYPE_WEIGHT * _legible(size_pt)
        + INDEX_WEIGHT * indexed
        - MIXED_WEIGHT * mixed
        - COLUMN_WEIGHT * abs(log(off_best))
    )


def _legible(size_pt: float) -> float:
    """Weigh a size: small ones are avoided, large ones gain little."""
    gained = LARGE_WEIGHT * log(max(size_pt, ENOUGH_PT) / ENOUGH_PT)
    lost = SMALL_WEIGHT * log(min(1.0, size_pt / SMALLEST_PT))
    return log(min(size_pt, ENOUGH_PT)) + lost + gained
