"""Where to part values into classes, so that a map tells more than one colour; by mapclassify."""

import warnings
from functools import lru_cache
from types import ModuleType
from typing import Final

import numpy as np
from numpy.typing import NDArray

MANY: Final = 400
"""Natural breaks of more values are sought among so many of them, evenly by rank: mapclassify takes
their number squared, 1.3 s for 724, 0.4 s for so many (2 cores, 2026-11)."""
_KEPT: Final = 64
"""Answers kept: a planner goes back and forth between a few categories."""


def quantiles(values: NDArray[np.float64], classes: int) -> NDArray[np.float64]:
    """Return the highest value of each class but the last, each with as many values.

    Values that are the same stay together, so there may be fewer classes.

    >>> quantiles(np.array([1.0, 2, 3, 4, 5, 6]), 3).round(2).tolist()
    [2.67, 4.33]
    """
    if len(np.unique(values)) <= 1:
        return np.empty(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of values that are the same: told by fewer classes
        found = _mapclassify().Quantiles(values, k=classes).bins
    return _below(np.asarray(found, dtype=np.float64), values)


def natural(values: NDArray[np.float64], classes: int) -> NDArray[np.float64]:
    """Return the highest value of each class but the last: as alike within as can be.

    The sum of squared distances to the mean of each class is the least of all (Fisher, Journal of
    the American Statistical Association 53 (1958) 789-798; on maps: Jenks 1977).

    >>> natural(np.array([1.0, 2, 10, 11, 30]), 3).tolist()
    [2.0, 11.0]
    """
    known = np.unique(values)
    if len(known) <= classes:
        return known[:-1]
    if len(values) > MANY:
        values = np.quantile(values, np.linspace(0, 1, MANY), method="nearest")
    return _below(np.array(_natural(np.sort(values).tobytes(), classes)), values)


@lru_cache(maxsize=_KEPT)
def _natural(values: bytes, classes: int) -> tuple[float, ...]:
    known = np.frombuffer(values, dtype=np.float64)
    few = len(np.unique(known))
    if few <= classes:
        return tuple(np.unique(known)[:-1].tolist())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that numba, a compiler we do without, would be faster
        found = _mapclassify().FisherJenks(known, k=classes).bins
    return tuple(float(limit) for limit in found[:-1])


def _mapclassify() -> ModuleType:
    # It brings scikit-learn: two seconds and 100 MB that only classes of one's choice need.
    import mapclassify  # noqa: PLC0415

    found: ModuleType = mapclassify
    return found


def _below(found: NDArray[np.float64], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keep each limit once, and none that leaves nobody above it."""
    limits: NDArray[np.float64] = np.unique(found)
    kept: NDArray[np.float64] = limits[limits < values.max()]
    return kept
