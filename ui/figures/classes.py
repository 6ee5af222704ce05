"""Classes by quantile: each with about as many areas, from the least to the most."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

COLOURS: Final = ("#dcebd9", "#a9d0c1", "#6caeac", "#2f8290", "#0b4a5c")
"""Least to most, one hue that darkens: told apart in grey and by who sees no red or no green.
A figure is neither good nor bad: they are not those of coverage."""
UNKNOWN: Final = 255


@dataclass(frozen=True, eq=False)
class Classes:
    """The class of each area, `UNKNOWN` where it has no value, and what each class spans.

    A span is the least and the most of the values in it; a class without values is not made.
    """

    of: NDArray[np.uint8]
    spans: tuple[tuple[float, float], ...]

    @property
    def colours(self) -> tuple[str, ...]:
        """A colour a class; where there are fewer classes they stay far apart."""
        if len(self.spans) <= 1:
            return COLOURS[len(COLOURS) // 2 :][: len(self.spans)]
        last = len(COLOURS) - 1
        places = (round(n * last / (len(self.spans) - 1)) for n in range(len(self.spans)))
        return tuple(COLOURS[place] for place in places)

    def count(self, number: int) -> int:
        """Return how many areas are in a class, or unknown."""
        return int((self.of == number).sum())


def quantiles(values: NDArray[np.float64]) -> Classes:
    """Part values into classes of about as many areas; NaN is unknown.

    Equal values are in one class, so that there may be fewer than five.

    >>> found = quantiles(np.array([1.0, 2.0, 3.0, 4.0, 5.0, np.nan]))
    >>> found.of.tolist(), found.spans[0]
    ([0, 1, 2, 3, 4, 255], (1.0, 1.0))
    """
    known = values[~np.isnan(values)]
    of = np.full(len(values), UNKNOWN, dtype=np.uint8)
    if not len(known):
        return Classes(of, ())
    shares = np.linspace(0, 1, len(COLOURS) + 1)[1:]
    limits = np.unique(np.quantile(known, shares))
    place = np.searchsorted(limits, known, side="left")
    used, numbered = np.unique(np.minimum(place, len(limits) - 1), return_inverse=True)
    of[~np.isnan(values)] = numbered.astype(np.uint8)
    spans = (known[numbered == number] for number in range(len(used)))
    return Classes(of, tuple((float(span.min()), float(span.max())) for span in spans))
