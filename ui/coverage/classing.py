"""How values are parted into classes: our limits, quantiles, natural breaks, or typed limits."""

import re
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise
from math import ceil
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.breaks import natural, quantiles
from geo.coverage import LIMIT_M, M_PER_MIN, Measure
from geo.errors import N_, BadInputError
from geo.levels import Level
from ui.coverage.scales import SCALES, Scale, kind

CLASSES: Final = (3, 4, 5, 6, 7)
"""How many classes can be asked for: fewer tell nothing, more cannot be told apart."""
USUAL: Final = 5
MOST: Final = CLASSES[-1] - 1
"""Limits that can be typed."""
LONGEST: Final = 120
"""Letters of limits that are typed."""
LARGE_INSIDE: Final = (10.0, 5.0, 1.0)
"""Our limits of what is inside an area larger than a sector."""
WHOLE: Final = 100.0
_APART: Final = re.compile(r"[;\s]+")


class Scheme(StrEnum):
    """Where the limits come from."""

    OWN = "own"
    QUANTILES = "quantiles"
    NATURAL = "natural"
    TYPED = "typed"


def scale_of(
    measure: str,
    level: Level,
    scheme: Scheme,
    values: NDArray[np.float64],
    *,
    classes: int = USUAL,
    typed: str = "",
) -> Scale:
    """Return the scale of a measure at a level.

    Args:
        measure: one of `Measure`.
        level: of which areas.
        scheme: where the limits come from; of too few different values there are fewer classes.
        values: what is known, in the unit it is told in; where no way leads is in the class of
            what is beyond the limit of the catchments.
        classes: how many classes, for quantiles and natural breaks.
        typed: rising numbers in the unit of the measure, for `TYPED`.

    Raises:
        BadInputError: limits that are no rising numbers.
    """
    own = SCALES[measure]
    if scheme is Scheme.TYPED:
        limits = read_limits(typed, measure)
        return replace(own, limits=limits[::-1] if own.more_is_better else limits)
    if scheme is Scheme.OWN:
        large = measure == Measure.INSIDE and level is not Level.SECTOR
        return replace(own, limits=LARGE_INSIDE) if large else own
    return replace(own, limits=_parted(own, scheme, values, classes))


def _parted(
    own: Scale, scheme: Scheme, values: NDArray[np.float64], classes: int
) -> tuple[float, ...]:
    """Return limits between the values, best first: each is the last value of its better class."""
    known = values[np.isfinite(values)]
    beyond = len(values) > len(known)
    part = quantiles if scheme is Scheme.QUANTILES else natural
    breaks = part(known, classes - beyond) if len(known) else np.empty(0)
    if own.more_is_better:
        order = np.unique(known)
        breaks = order[np.searchsorted(order, breaks, side="right")][::-1]
    found = [float(limit) for limit in breaks]
    if beyond:
        farthest = LIMIT_M / M_PER_MIN
        found = [*(limit for limit in found if limit < farthest), farthest]
    return tuple(found)


def read_limits(text: str, measure: str) -> tuple[float, ...]:
    """Read limits as they are typed: "5; 10; 15", "0,5 1 2"; of shares in per cent.

    Between whole numbers a limit parts where the next one begins.

    Raises:
        BadInputError: nothing, too many, no numbers, below zero, not rising.

    >>> read_limits("5; 7,5; 10", "nearest_min"), read_limits("10 50 90 %", "reached_10")
    ((5.0, 7.5, 10.0), (0.1, 0.5, 0.9))
    >>> read_limits("0,5; 1; 2,5", "inside")
    (1.0, 3.0)
    """
    parts = [part.strip(",%") for part in _APART.split(text[:LONGEST])]
    parts = [part for part in parts if part]
    if not 0 < len(parts) <= MOST:
        raise BadInputError(
            N_("Expected 1 to {most} limits such as 5; 10; 15, found {found}."),
            most=MOST,
            found=len(parts),
        )
    limits = [_number(part) for part in parts]
    if kind(measure) == "share":
        limits = [limit / WHOLE for limit in limits]
        if limits[-1] > 1:
            raise BadInputError(N_("Expected shares up to 100 %, found {found}."), found=parts[-1])
    if limits[0] < 0 or any(low >= high for low, high in pairwise(limits)):
        raise BadInputError(
            N_("Expected limits that rise from zero, found {found}."), found="; ".join(parts)
        )
    if kind(measure) == "whole":
        limits = list(dict.fromkeys(float(ceil(limit)) for limit in limits))
    return tuple(limits)


def _number(text: str) -> float:
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        found = float("nan")
    if not np.isfinite(found):
        raise BadInputError(
            N_("Expected numbers such as 5; 7,5; 10, found “{found}”."), found=text[:20]
        )
    return found
