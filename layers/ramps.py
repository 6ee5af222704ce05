"""Colours of classes on maps and charts, the best first: from teal over sand to rust.

Read by who sees no red, no green or no blue; `tests/layers/test_ramps.py` holds them to the same
distance as the signs. What is not known is hatched and has none of them.
"""

from typing import Final

RAMPS: Final[dict[int, tuple[str, ...]]] = {
    2: ("#2c7f83", "#c2591f"),
    3: ("#2c7f83", "#f3d9a4", "#c2591f"),
    4: ("#0b5e66", "#7fb7b0", "#f3d9a4", "#c2591f"),
    5: ("#0b5e66", "#7fb7b0", "#f5ecd2", "#e6a65a", "#a8420f"),
    6: ("#07454c", "#3d8c8d", "#a3cdc5", "#f3dfb3", "#dd9148", "#94360c"),
    7: ("#07454c", "#2c7f83", "#8fc0b8", "#f5ecd2", "#eebb74", "#d0702b", "#7c2d0b"),
}
"""Colours by the number of classes."""


def ramp(classes: int) -> tuple[str, ...]:
    """Return the colours of so many classes, 1 to 7.

    >>> len(ramp(1)), len(ramp(7))
    (1, 7)
    """
    return RAMPS[2][:1] if classes == 1 else RAMPS[classes]
