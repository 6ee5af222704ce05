"""Turned rectangles and lines on the page, and which of them touch: arrays of points, no objects.

A box is a row of five: middle x and y, half width, half height, angle in radians. A leader is a row
of four: from x, y to x, y. All in points.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
NO_BOXES: Final = np.zeros((0, 5))
NO_LEADERS: Final = np.zeros((0, 4))
TINY: Final = 1e-9


def boxes_hit(these: Floats, those: Floats) -> Flags:
    """Tell which of these boxes touch which of those, by their separating axes: (n, m).

    >>> flat = np.array([[0.0, 0, 5, 2, 0]])
    >>> boxes_hit(flat, np.array([[8.0, 0, 2, 2, 0], [6, 0, 2, 2, 0]])).tolist()
    [[False, True]]
    """
    away = those[None, :, :2] - these[:, None, :2]
    apart = np.zeros(away.shape[:2], dtype=bool)
    for one, other in ((these[:, None], those[None]), (those[None], these[:, None])):
        cos, sin = np.cos(one[..., 4]), np.sin(one[..., 4])
        turn = other[..., 4] - one[..., 4]
        across, along = np.abs(np.cos(turn)), np.abs(np.sin(turn))
        right = np.abs(away[..., 0] * cos + away[..., 1] * sin)
        up = np.abs(away[..., 1] * cos - away[..., 0] * sin)
        apart |= right >= one[..., 2] + other[..., 2] * across + other[..., 3] * along - TINY
        apart |= up >= one[..., 3] + other[..., 2] * along + other[..., 3] * across - TINY
    return ~apart


def leaders_hit(leaders: Floats, boxes: Floats) -> Flags:
    """Tell which leaders run through which boxes: (n, m). One that only touches does not.

    >>> leaders_hit(np.array([[0.0, 0, 10, 0]]), np.array([[5.0, 1, 1, 2, 0]])).tolist()
    [[True]]
    """
    cos, sin = np.cos(boxes[None, :, 4]), np.sin(boxes[None, :, 4])
    x = leaders[:, 0::2, None] - boxes[:, 0]
    y = leaders[:, 1::2, None] - boxes[:, 1]
    along, up = x * cos + y * sin, y * cos - x * sin
    enter = np.zeros((len(leaders), len(boxes)))
    leave = np.ones_like(enter)
    inside = np.ones_like(enter, dtype=bool)
    for at, half in ((along, boxes[None, :, 2]), (up, boxes[None, :, 3])):
        start, step = at[:, 0], at[:, 1] - at[:, 0]
        still = np.abs(step) < TINY
        with np.errstate(divide="ignore", invalid="ignore"):
            near, far = (-half - start) / step, (half - start) / step
        enter = np.where(still, enter, np.maximum(enter, np.minimum(near, far)))
        leave = np.where(still, leave, np.minimum(leave, np.maximum(near, far)))
        inside &= ~still | (np.abs(start) < half - TINY)
    return inside & (enter < leave - TINY)


def leaders_cross(these: Floats, those: Floats) -> Flags:
    """Tell which of these leaders cross which of those: (n, m).

    >>> leaders_cross(np.array([[0.0, 0, 10, 0]]), np.array([[5.0, -1, 5, 1]])).tolist()
    [[True]]
    """
    a, b = these[:, None, :2], these[:, None, 2:]
    c, d = those[None, :, :2], those[None, :, 2:]
    first = _side(a, b, c) * _side(a, b, d) < 0
    crossed: Flags = first & (_side(c, d, a) * _side(c, d, b) < 0)
    return crossed


def _side(start: Floats, end: Floats, point: Floats) -> Floats:
    run, off = end - start, point - start
    found: Floats = run[..., 0] * off[..., 1] - run[..., 1] * off[..., 0]
    return found
