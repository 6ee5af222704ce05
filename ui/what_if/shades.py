"""How a difference is told: classes from much better to much worse, their words and colours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from babel.numbers import format_decimal
from numpy.typing import NDArray

from geo.coverage import Measure
from ui.language import _, current

DIVERGING: Final = ("#0b5e66", "#86bfb8", "#f4efe4", "#e6a675", "#a8440f")
"""Much better to much worse: teal to orange, the middle as the paper; told apart by who sees no
red or no green, and by light."""
LEVELS: Final = ("#0b5e66", "#7fb7b0", "#f3d9a4", "#c2591f")
"""Best to worst, as on the page "Coverage"."""
UNKNOWN: Final = 255
SAME: Final = 2
"""The class in the middle."""


@dataclass(frozen=True, slots=True)
class Shade:
    """A measure: from which difference on a change shows, and is large; what parts its levels."""

    measure: Measure
    slight: float
    large: float
    levels: tuple[float, float, float]
    more_is_better: bool = True

    def differences(self, difference: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Return the class of each difference, 0 much better, 4 much worse, 255 not known."""
        gain = difference if self.more_is_better else -difference
        found = np.full(len(gain), SAME, dtype=np.uint8)
        with np.errstate(invalid="ignore"):
            found[gain >= self.slight] = 1
            found[gain >= self.large] = 0
            found[gain <= -self.slight] = 3
            found[gain <= -self.large] = 4
        found[np.isnan(gain)] = UNKNOWN
        return found

    def values(self, value: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Return the class of each value, 0 the best, 255 not known."""
        found = np.zeros(len(value), dtype=np.uint8)
        for limit in self.levels:
            found += (value < limit) if self.more_is_better else (value > limit)
        found[np.isnan(value)] = UNKNOWN
        return found


_REACHED: Final = (0.9, 0.5, 0.1)
SHADES: Final = {
    shade.measure.value: shade
    for shade in (
        Shade(Measure.REACHED_10, 0.005, 0.2, _REACHED),
        Shade(Measure.REACHED_5, 0.005, 0.2, _REACHED),
        Shade(Measure.REACHED_15, 0.005, 0.2, _REACHED),
        Shade(Measure.NEAREST_MIN, 0.5, 5.0, (5.0, 10.0, 15.0), more_is_better=False),
        Shade(Measure.WITHIN_10, 0.05, 1.0, (3.0, 1.0, 0.2)),
        Shade(Measure.INSIDE, 1.0, 2.0, (3.0, 2.0, 1.0)),
        Shade(Measure.TWO_STEP, 5e-6, 5e-5, (5e-4, 2e-4, 5e-5)),
    )
}
"""Limits are ours. 2SFCA is told for 1,000 inhabitants, and only where people are known."""
SHARES: Final = (Measure.REACHED_5, Measure.REACHED_10, Measure.REACHED_15)
MINUTES: Final = {Measure.REACHED_5: 5, Measure.REACHED_10: 10, Measure.REACHED_15: 15}


def name(measure: str) -> str:
    """Name a measure."""
    if measure in SHARES:
        return _("Who reaches one within {n} minutes on foot", n=MINUTES[Measure(measure)])
    names = {
        Measure.NEAREST_MIN: _("Minutes on foot to the nearest"),
        Measure.WITHIN_10: _("How many one reaches within 10 minutes"),
        Measure.INSIDE: _("How many stand inside the sector"),
        Measure.TWO_STEP: _("Supply for 1,000 people within 15 minutes (2SFCA)"),
    }
    return names[Measure(measure)]


def difference_labels(measure: str) -> list[str]:
    """Name the classes of a difference, much better first."""
    shade = SHADES[measure]
    if measure in SHARES:
        large = _("{n} points", n=number(100 * shade.large))
    elif measure == Measure.NEAREST_MIN:
        large = _("{n} minutes", n=number(shade.large))
    else:
        large = number(
            shade.large * (1_000 if measure == Measure.TWO_STEP else 1), digits=2, trim=True
        )
    if measure == Measure.NEAREST_MIN:
        better = _("{n} shorter or more", n=large), _("shorter")
        worse = _("longer"), _("{n} longer or more", n=large)
    else:
        better = _("{n} more or over", n=large), _("more")
        worse = _("fewer"), _("{n} fewer or over", n=large)
    return [*better, _("no difference"), *worse]


def level_labels(measure: str) -> list[str]:
    """Name the classes of a value, best first."""
    high, middle, low = (teller(measure)(limit) for limit in SHADES[measure].levels)
    if measure == Measure.NEAREST_MIN:
        return [
            _("{n} or less", n=high),
            _("{low} to {high}", low=high, high=middle),
            _("{low} to {high}", low=middle, high=low),
            _("more than {n}", n=low),
        ]
    if measure == Measure.INSIDE:
        return [_("{n} or more", n=high), middle, low, _("none")]
    return [
        _("{n} or more", n=high),
        _("{low} to {high}", low=middle, high=high),
        _("{low} to {high}", low=low, high=middle),
        _("less than {n}", n=low),
    ]


def number(value: float, *, digits: int = 0, signed: bool = False, trim: bool = False) -> str:
    """Write a number in the language of the reader; `trim` leaves out zeros at its end."""
    known = round(value, digits) or 0.0  # no "-0"
    form = "#,##0" + ("." + ("#" if trim else "0") * digits if digits else "")
    told = format_decimal(known, format=form, locale=f"{current()}_BE")
    return f"+{told}" if signed and known > 0 else told


def teller(measure: str, *, signed: bool = False) -> Callable[[float], str]:
    """Return what writes a value, or with `signed` a difference, of a measure."""

    def told(value: float) -> str:
        if np.isnan(value):
            return _("unknown")
        if measure in SHARES:
            part = number(100 * value, digits=1 if signed else 0, signed=signed)
            return _("{n} points", n=part) if signed else f"{part} %"
        if measure == Measure.NEAREST_MIN:
            return _minutes(value, signed=signed)
        if measure == Measure.TWO_STEP:
            return number(1_000 * value, digits=3, signed=signed)
        digits = 0 if measure == Measure.INSIDE else 1
        return number(value, digits=digits, signed=signed)

    return told


def _minutes(value: float, *, signed: bool) -> str:
    if not np.isinf(value):
        return f"{number(value, digits=1 if signed else 0, signed=signed)} min"
    if not signed:
        return _("more than 15 min")
    return _("now within 15 min") if value < 0 else _("now beyond 15 min")
