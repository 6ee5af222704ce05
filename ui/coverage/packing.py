"""Numbers of areas as the browser reads them: two bytes a value, half a byte a class."""

import base64
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

NOT_KNOWN: Final = 65_535
BEYOND: Final = 65_534
"""Stands for what is beyond the limit of the catchments (inf)."""
STEPS: Final = 65_500
CLASSES: Final = 8
"""Classes a map can have; as many reasons why there is none count down from 255."""


def packed(values: NDArray[Any]) -> str:
    """Write an array as base64, as it lies in memory (little-endian).

    >>> packed(np.array([1, 255], dtype=np.uint8))
    'Af8='
    """
    return base64.b64encode(values.astype(values.dtype.newbyteorder("<")).tobytes()).decode("ascii")


def pack_classes(classes: NDArray[np.uint8]) -> str:
    """Write a class of each area, or 255 less the reason why there is none, as base64.

    Two areas a byte, the first in its lower half; half a byte may be left over at the end.

    >>> pack_classes(np.array([1, 255, 2], dtype=np.uint8)) == packed(
    ...     np.array([0xF1, 0x02], dtype=np.uint8)
    ... )
    True

    Raises:
        ValueError: more classes or reasons than half a byte can tell.
    """
    if bool(((classes >= CLASSES) & (classes < 256 - CLASSES)).any()):
        raise ValueError(f"Expected classes below {CLASSES}, found {int(classes.max())}.")
    halves = np.pad(classes & 15, (0, len(classes) % 2))
    return packed(halves[::2] | halves[1::2] << 4)


def pack_values(values: NDArray[np.float64]) -> tuple[str, float]:
    """Write values of at least zero, and the step they are counted in.

    The step is a 65,500th of the highest, or less: far below what is told. NaN is not known.

    >>> pack_values(np.array([0.0, 2.0, np.nan, np.inf]))[1]
    0.0001
    """
    finite = values[np.isfinite(values)]
    most = float(finite.max()) if len(finite) else 0.0
    rough = max(most / STEPS, 1e-9)
    step = float(10.0 ** np.ceil(np.log10(rough)))
    counted = np.full(len(values), NOT_KNOWN, dtype=np.uint16)
    known = np.isfinite(values)
    counted[known] = np.round(values[known] / step).astype(np.uint16)
    counted[np.isinf(values)] = BEYOND
    return packed(counted), step
