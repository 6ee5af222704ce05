"""The classes of each measure: their limits, their words, their colours."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from geo.coverage import Measure, State
from layers.ramps import ramp
from ui.language import _
from ui.wording import decimal

UNKNOWN: Final = 255
"""The class of what is not known; of a `State` that says why it is `UNKNOWN` less its number."""
Kind = Literal["minutes", "share", "number", "whole"]


@dataclass(frozen=True, slots=True)
class Scale:
    """How a measure is told: `limits` part the classes, best first; more is better or worse.

    A value at a limit belongs to the better class.
    """

    measure: Measure
    limits: tuple[float, ...]
    more_is_better: bool

    @property
    def colours(self) -> tuple[str, ...]:
        """The colour of each class, best first."""
        return ramp(len(self.limits) + 1)

    def places(self, values: NDArray[np.float64]) -> NDArray[np.uint8]:
        """Return the class of each value, 0 the best; that of NaN means nothing."""
        found = np.zeros(len(values), dtype=np.uint8)
        for limit in self.limits:
            found += (values < limit) if self.more_is_better else (values > limit)
        return found

    def shades(self, values: NDArray[np.float64], states: NDArray[np.int8]) -> NDArray[np.uint8]:
        """Return the class of each value, or why there is none: 254, 253, … by `State`."""
        why = UNKNOWN - states.astype(np.int16)
        return np.where(states == State.KNOWN, self.places(values), why).astype(np.uint8)

    def labels(self) -> list[str]:
        """Name the classes, best first."""
        tell = limit_teller(self.measure)
        if kind(self.measure) == "whole":
            return _whole_labels([int(limit) for limit in self.limits])
        if not self.limits:
            return [_("everywhere the same")]
        if self.more_is_better:
            first, last = _("{n} or more"), _("less than {n}")
            spans = [(low, high) for high, low in pairwise(self.limits)]
        else:
            first, last = _("{n} or less"), _("more than {n}")
            spans = list(pairwise(self.limits))
        return [
            first.replace("{n}", tell(self.limits[0])),
            *(_("{low} to {high}", low=tell(low), high=tell(high)) for low, high in spans),
            last.replace("{n}", tell(self.limits[-1])),
        ]


def _whole_labels(limits: list[int]) -> list[str]:
    """Name classes of whole numbers, the highest first: 3 or more, 2, 1, none."""
    if not limits:
        return [_("everywhere the same")]
    told = [_("{n} or more", n=decimal(limits[0], 0))]
    for high, low in pairwise(limits):
        one = decimal(low, 0)
        several = _("{low} to {high}", low=one, high=decimal(high - 1, 0))
        told.append(one if high - 1 == low else several)
    lowest = limits[-1]
    return [*told, _("none") if lowest == 1 else _("less than {n}", n=decimal(lowest, 0))]


_OWN: Final = (
    (Measure.NEAREST_MIN, (5.0, 10.0, 15.0), False),
    (Measure.REACHED_5, (0.9, 0.5, 0.1), True),
    (Measure.REACHED_10, (0.9, 0.5, 0.1), True),
    (Measure.REACHED_15, (0.9, 0.5, 0.1), True),
    (Measure.WITHIN_5, (3.0, 1.0, 0.2), True),
    (Measure.WITHIN_10, (3.0, 1.0, 0.2), True),
    (Measure.WITHIN_15, (3.0, 1.0, 0.2), True),
    (Measure.INSIDE, (3.0, 2.0, 1.0), True),
    (Measure.PER_1000, (1.0, 0.5, 0.1), True),
    (Measure.TWO_STEP, (1.0, 0.5, 0.1), True),
    (Measure.ENHANCED, (1.0, 0.5, 0.1), True),
)
SCALES: Final = {
    measure.value: Scale(measure, limits, more_is_better)
    for measure, limits, more_is_better in _OWN
}
"""Limits are ours, those of minutes as in "Near me"; in the order in which measures are offered."""
PER: Final = 1_000.0
SMALL: Final = 0.1
"""A number below it is told with three digits."""
SLACK: Final = 0.005
"""Minutes are rounded up, as in "Near me" and so that they tell their class; but not for this."""
FLOATING: Final = frozenset({Measure.TWO_STEP, Measure.ENHANCED})
"""Kept for one inhabitant, told for a thousand."""


def told_values(measure: str, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values of a measure in the unit they are told in."""
    return values * PER if measure in FLOATING else values


def kind(measure: str) -> Kind:
    """Tell what the values of a measure are, for who writes them."""
    if measure == Measure.NEAREST_MIN:
        return "minutes"
    if measure in (Measure.REACHED_5, Measure.REACHED_10, Measure.REACHED_15):
        return "share"
    return "whole" if measure == Measure.INSIDE else "number"


def name(measure: str) -> str:
    """Name a measure."""
    names = {
        Measure.NEAREST_MIN: _("Minutes on foot to the nearest"),
        Measure.REACHED_5: _("People who reach one within {n} minutes", n=5),
        Measure.REACHED_10: _("People who reach one within {n} minutes", n=10),
        Measure.REACHED_15: _("People who reach one within {n} minutes", n=15),
        Measure.WITHIN_5: _("Number within {n} minutes", n=5),
        Measure.WITHIN_10: _("Number within {n} minutes", n=10),
        Measure.WITHIN_15: _("Number within {n} minutes", n=15),
        Measure.INSIDE: _("Number inside"),
        Measure.PER_1000: _("Number inside per 1,000 inhabitants"),
        Measure.TWO_STEP: _("Supply within 15 minutes per 1,000 inhabitants (2SFCA)"),
        Measure.ENHANCED: _("Supply that weighs the distance, per 1,000 inhabitants (E2SFCA)"),
    }
    return names[Measure(measure)]


def explained(measure: str) -> str:
    """Tell in a sentence how a measure is counted."""
    told = {
        Measure.NEAREST_MIN: _("Half of the people walk no longer than this, at 4.8 km/h."),
        Measure.INSIDE: _("What stands inside the area, whoever can walk there."),
        Measure.PER_1000: _("What stands inside the area, for 1,000 of its inhabitants."),
        Measure.TWO_STEP: _(
            "Each service is shared among all who walk to it within 15 minutes; an inhabitant adds "
            "up the shares within 15 minutes (two-step floating catchment, Luo and Wang 2003)."
        ),
        Measure.ENHANCED: _(
            "As 2SFCA, but what is farther counts less: weights for 5, 10 and 15 minutes "
            "(enhanced two-step floating catchment, Luo and Qi 2009)."
        ),
    }
    if kind(measure) == "share":
        return _("Share of the people of each area, from where they live.")
    mean = _("Mean over the people of each area; services across a border count.")
    return told.get(Measure(measure), mean)


def teller(measure: str) -> Callable[[float], str]:
    """Return what writes a value of a measure, in the unit it is told in."""
    what = kind(measure)
    if what == "minutes":
        return _minutes
    if what == "share":
        return lambda value: _("{n} %", n=decimal(100 * value, 0))
    if what == "whole":
        return lambda value: decimal(value, 0)
    return lambda value: decimal(value, 1 if value >= 1 else 2 if value >= SMALL else 3)


def _minutes(value: float) -> str:
    return _("no way there") if np.isinf(value) else _("{n} min", n=decimal(ceil(value - SLACK), 0))


def limit_teller(measure: str) -> Callable[[float], str]:
    """Return what writes a limit: as exactly as it parts."""
    what = kind(measure)
    if what == "minutes":
        return lambda value: _("{n} min", n=decimal(value, 1))
    if what == "share":
        return lambda value: _("{n} %", n=decimal(100 * value, 1))
    return lambda value: decimal(value, 0 if what == "whole" else 3)
