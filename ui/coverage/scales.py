"""The classes of each measure: their limits, their words, their colours."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.coverage import Measure
from ui.language import _

COLOURS: Final = ("#0b5e66", "#7fb7b0", "#f3d9a4", "#c2591f")
"""Best to worst: teal to orange, told apart by who sees no red or no green, and in grey."""
UNKNOWN: Final = 255


@dataclass(frozen=True, slots=True)
class Scale:
    """How a measure is told: `limits` part the classes, best first; more is better or worse."""

    measure: Measure
    limits: tuple[float, float, float]
    more_is_better: bool

    def classes(self, values: NDArray[np.float64], unknown: NDArray[np.bool_]) -> bytes:
        """Return the class of each value, 0 the best, 255 where it is not known."""
        if self.more_is_better:
            found = sum((values < limit).astype(np.uint8) for limit in self.limits)
        else:
            found = sum((values > limit).astype(np.uint8) for limit in self.limits)
        return bytes(np.where(unknown, UNKNOWN, found).astype(np.uint8).tobytes())


SCALES: Final = {
    scale.measure.value: scale
    for scale in (
        Scale(Measure.NEAREST_MIN, (5.0, 10.0, 15.0), more_is_better=False),
        Scale(Measure.REACHED_10, (0.9, 0.5, 0.1), more_is_better=True),
        Scale(Measure.WITHIN_10, (3.0, 1.0, 0.2), more_is_better=True),
        Scale(Measure.INSIDE, (3.0, 2.0, 1.0), more_is_better=True),
    )
}
"""Limits are ours, those of minutes as in "Near me". What counts by inhabitants waits for them."""


def name(measure: str) -> str:
    """Name a measure."""
    names = {
        Measure.NEAREST_MIN: _("Minutes on foot to the nearest (half of the people)"),
        Measure.REACHED_10: _("Share of the people who reach one within 10 minutes"),
        Measure.WITHIN_10: _("Number reached within 10 minutes (mean of the people)"),
        Measure.INSIDE: _("Number inside the sector"),
    }
    return names[Measure(measure)]


def labels(measure: str) -> list[str]:
    """Name the classes of a measure, best first."""
    if measure == Measure.NEAREST_MIN:
        return [
            _("5 minutes or less"),
            _("5 to 10 minutes"),
            _("10 to 15 minutes"),
            _("more than 15 minutes"),
        ]
    if measure == Measure.REACHED_10:
        return [
            _("{n} % or more", n=90),
            _("{low} to {high} %", low=50, high=90),
            _("{low} to {high} %", low=10, high=50),
            _("less than {n} %", n=10),
        ]
    if measure == Measure.WITHIN_10:
        return [_("3 or more"), _("1 to 3"), _("less than 1"), _("almost none")]
    return [_("3 or more"), "2", "1", _("none")]


def teller(measure: str) -> Callable[[float], str]:
    """Return what writes a value of a measure."""
    if measure == Measure.NEAREST_MIN:
        return lambda value: _("more than 15 min") if np.isinf(value) else f"{value:.0f} min"
    if measure == Measure.REACHED_10:
        return lambda value: f"{100 * value:.0f} %"
    return lambda value: f"{value:.1f}" if measure == Measure.WITHIN_10 else f"{value:.0f}"
