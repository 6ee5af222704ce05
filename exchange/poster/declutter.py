"""Where signs stand so that none covers another: on their door, else near it with a line to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import N_, BadInputError

DIRECTIONS: Final = 16
RINGS: Final = 26
STEP: Final = 0.55
"""From one ring of candidates to the next, in heights of the sign (our choice)."""
PASSES: Final = 3
"""How often every displaced sign is tried again, once all others have a place."""
CELL_PT: Final = 2.0
"""Side of a cell of the ground that is taken; a name is as wide as the cells it touches."""
FAR_COST: Final = 1.0
CROSSING_COST: Final = 90.0
"""A leader that crosses another is worth this many points of distance (our choices, by eye)."""
THROUGH_NAME_COST: Final = 2.5
ON_DOOR_COST: Final = 24.0
ON_SOFT_COST: Final = 6.0
MOVED_COST: Final = 8.0
ON_DOOR_PT: Final = 0.5
"""A sign this near its door stands on it."""
BUNCH: Final = 24
NEVER: Final = 1e9

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sign:
    """What is to be placed: the true door on the page, and the size of the sign, in points."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a sign stands: its middle; a `leader` leads to the door where it stands elsewhere."""

    key: str
    x: float
    y: float
    width: float
    height: float
    door: tuple[float, float]
    leader: bool

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, low, right and high, in points."""
        wide, high = self.width / 2, self.height / 2
        return self.x - wide, self.y - high, self.x + wide, self.y + high


def place_signs(
    signs: Sequence[Sign],
    *,
    frame: tuple[float, float, float, float],
    obstacles: Sequence[shapely.Geometry] = (),
    soft: Sequence[shapely.Geometry] = (),
    gap_pt: float = 1.2,
) -> tuple[Placed, ...]:
    """Find room for every sign within a frame (left, low, right, high), in the order given.

    No sign covers another, nor leaves the frame; `obstacles` are covered only where a sign would
    find no room at all, `soft` ones where that saves a long way. The same signs give the same
    places.

    Raises:
        BadInputError: they are more than fit in the frame.

    >>> placed = place_signs([Sign("a", 50, 50, 10, 10), Sign("b", 50, 50, 10, 10)],
    ...                      frame=(0, 0, 100, 100))
    >>> [one.leader for one in placed]
    [False, True]
    """
    if not signs:
        return ()
    work = _Work(signs, frame, obstacles, soft, gap_pt)
    work.settle()
    return work.placed()


class _Taken:
    """Cells of the ground that are taken, with sums that tell quickly how many a box covers."""

    def __init__(
        self, frame: tuple[float, float, float, float], shapes: Sequence[shapely.Geometry]
    ) -> None:
        self.left, self.low = frame[0], frame[1]
        columns = max(1, int((frame[2] - frame[0]) / CELL_PT) + 1)
        rows = max(1, int((frame[3] - frame[1]) / CELL_PT) + 1)
        self.cells = np.zeros((rows, columns), dtype=np.int32)
        for shape in shapes:
            self._mark(shape)
        self.sums = np.zeros((rows + 1, columns + 1), dtype=np.int64)
        self.sums[1:, 1:] = self.cells.cumsum(0).cumsum(1)

    def _mark(self, shape: shapely.Geometry) -> None:
        left, low, right, high = shape.bounds
        (i0, i1), (j0, j1) = (
            self._span(low, high, self.low, 0),
            self._span(left, right, self.left, 1),
        )
        if i0 >= i1 or j0 >= j1:
            return
        xs = self.left + np.arange(j0, j1) * CELL_PT
        ys = self.low + np.arange(i0, i1) * CELL_PT
        x, y = np.meshgrid(xs, ys)
        touched = shapely.intersects(shape, shapely.box(x, y, x + CELL_PT, y + CELL_PT))
        self.cells[i0:i1, j0:j1] |= touched

    def _span(self, start: float, end: float, origin: float, axis: int) -> tuple[int, int]:
        most = self.cells.shape[axis]
        first = int(np.floor((start - origin) / CELL_PT))
        last = int(np.floor((end - origin) / CELL_PT)) + 1
        return min(max(first, 0), most), min(max(last, 0), most)

    def under(self, left: Floats, low: Floats, right: Floats, high: Floats) -> Floats:
        """Count the taken cells boxes touch."""
        rows, columns = self.cells.shape
        j0 = np.clip(np.floor((left - self.left) / CELL_PT), 0, columns).astype(int)
        j1 = np.clip(np.floor((right - self.left) / CELL_PT) + 1, 0, columns).astype(int)
        i0 = np.clip(np.floor((low - self.low) / CELL_PT), 0, rows).astype(int)
        i1 = np.clip(np.floor((high - self.low) / CELL_PT) + 1, 0, rows).astype(int)
        sums = self.sums
        found = sums[i1, j1] - sums[i0, j1] - sums[i1, j0] + sums[i0, j0]
        return np.asarray(found, dtype=np.float64)

    def along(self, start: Floats, ends: Floats) -> Floats:
        """Count the taken ones of ten spots on the way from a point to each of others."""
        share = np.linspace(0.1, 0.9, 10)[None, :, None]
        spots = start + (ends[:, None, :] - start) * share
        rows, columns = self.cells.shape
        i = np.clip(((spots[..., 1] - self.low) / CELL_PT).astype(int), 0, rows - 1)
        j = np.clip(((spots[..., 0] - self.left) / CELL_PT).astype(int), 0, columns - 1)
        return np.asarray((self.cells[i, j] > 0).sum(axis=1), dtype=np.float64)


class _Work:
    def __init__(
        self,
        signs: Sequence[Sign],
        frame: tuple[float, float, float, float],
        obstacles: Sequence[shapely.Geometry],
        soft: Sequence[shapely.Geometry],
        gap_pt: float,
    ) -> None:
        self.signs, self.frame, self.gap = signs, frame, gap_pt
        self.doors = np.array([(one.x, one.y) for one in signs], dtype=np.float64)
        self.half = np.array([(one.width, one.height) for one in signs], dtype=np.float64) / 2
        self.at = np.full_like(self.doors, np.nan)
        self.cost = np.zeros(len(signs))
        self.names, self.soft = _Taken(frame, obstacles), _Taken(frame, soft)

    def settle(self) -> None:
        """Place the lonely ones first, then the crowded ones, then try the displaced ones again."""
        near = np.abs(self.doors[:, None] - self.doors[None]) < (
            self.half[:, None] + self.half[None] + self.gap
        )
        crowd = near.all(axis=2).sum(axis=1)
        order = sorted(range(len(self.signs)), key=lambda n: (crowd[n], n))
        for n in order:
            self._place(n)
        for _ in range(PASSES):
            moved = False
            for n in sorted(order, key=lambda n: -self.cost[n]):
                if self.cost[n] > MOVED_COST / 2:
                    before = self.at[n].copy()
                    self._place(n)
                    moved |= bool((before != self.at[n]).any())
            if not moved:
                return

    def _place(self, n: int) -> None:
        best = self._best(n, self._candidates(n), strict=True)
        if best is None:
            best = self._best(n, self._everywhere(n), strict=False)
        if best is None:
            raise BadInputError(
                N_(
                    "Expected signs that fit on the map, found {found} too many for its size. "
                    "Choose a larger paper or fewer places."
                ),
                found=len(self.signs),
            )
        self.at[n], self.cost[n] = best

    def _best(self, n: int, spots: Floats, *, strict: bool) -> tuple[Floats, float] | None:
        """Return the best spot and its cost: what others cost is asked of the cheapest first."""
        alone = self._alone(n, spots, strict=strict)
        order = np.argsort(alone, kind="stable")
        found: tuple[Floats, float] | None = None
        start, size = 0, BUNCH
        while start < len(order):
            bunch = order[start : start + size]
            start, size = start + size, 2 * size
            if alone[bunch[0]] >= (found[1] if found else NEVER):
                break
            costs = alone[bunch] + self._against_others(n, spots[bunch], strict=strict)
            least = int(np.argmin(costs))
            if costs[least] < (found[1] if found else NEVER):
                found = spots[bunch[least]], float(costs[least])
        return found

    def _candidates(self, n: int) -> Floats:
        """Return the door itself, pulled into the frame, and rings of spots around it."""
        turns = np.arange(DIRECTIONS) * (2 * np.pi / DIRECTIONS)
        around = np.column_stack([np.cos(turns), np.sin(turns)])
        wide, high = self.half[n]
        first = around * (wide + 3.0, high + 3.0)
        rings = np.arange(RINGS)[:, None, None] * (2 * high * STEP) * around[None]
        spots = self.doors[n] + (first[None] + rings).reshape(-1, 2)
        return np.vstack([self._within(n, self.doors[n][None]), spots])

    def _within(self, n: int, spots: Floats) -> Floats:
        low = np.array(self.frame[:2]) + self.half[n]
        high = np.array(self.frame[2:]) - self.half[n]
        return np.clip(spots, low, np.maximum(low, high))

    def _everywhere(self, n: int) -> Floats:
        step = 2 * self.half[n].min() / 3
        low = np.array(self.frame[:2]) + self.half[n]
        high = np.array(self.frame[2:]) - self.half[n]
        xs, ys = (np.arange(low[i], high[i] + 1e-6, step) for i in (0, 1))
        return np.array(np.meshgrid(xs, ys)).reshape(2, -1).T

    def _alone(self, n: int, spots: Floats, *, strict: bool) -> Floats:
        """Reckon what spots cost whoever else is on the map."""
        half, door = self.half[n], self.doors[n]
        low, high = spots - half, spots + half
        away = np.hypot(*(spots - door).T)
        moved = away > ON_DOOR_PT
        costs = FAR_COST * away + MOVED_COST * moved
        outside = (low < np.array(self.frame[:2]) - 1e-6) | (high > np.array(self.frame[2:]) + 1e-6)
        costs[outside.any(axis=1) | self._clashes(n, low, high)] = NEVER
        covered = self.names.under(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
        costs += np.where(covered > 0, NEVER if strict else 500 + 20 * covered, 0)
        costs += ON_SOFT_COST * (self.soft.under(low[:, 0], low[:, 1], high[:, 0], high[:, 1]) > 0)
        return costs + THROUGH_NAME_COST * self.names.along(door, spots) * moved

    def _clashes(self, n: int, low: Floats, high: Floats) -> NDArray[np.bool_]:
        others = ~np.isnan(self.at[:, 0])
        others[n] = False
        least, most = low.min(axis=0) - self.gap, high.max(axis=0) + self.gap
        with np.errstate(invalid="ignore"):
            near = (self.at + self.half > least) & (self.at - self.half < most)
        found = np.flatnonzero(others & near.all(axis=1))
        clash = np.zeros(len(low), dtype=bool)
        for one in found:
            o_low, o_high = self.at[one] - self.half[one], self.at[one] + self.half[one]
            clash |= ((low < o_high + self.gap) & (high > o_low - self.gap)).all(axis=1)
        return clash

    def _against_others(self, n: int, spots: Floats, *, strict: bool) -> Floats:
        low, high = spots - self.half[n], spots + self.half[n]
        moved = np.hypot(*(spots - self.doors[n]).T) > ON_DOOR_PT
        reach = np.abs(spots - self.doors[n]).max(axis=0) + self.half[n] + self.gap
        others = ~np.isnan(self.at[:, 0])
        others[n] = False
        ends = np.where(np.isnan(self.at), self.doors, self.at)
        lo, hi = np.minimum(ends, self.doors) - self.half, np.maximum(ends, self.doors) + self.half
        others &= ((lo - reach < self.doors[n]) & (hi + reach > self.doors[n])).all(axis=1)
        found = np.flatnonzero(others)
        costs = np.zeros(len(spots))
        doors = self.doors[np.arange(len(self.signs)) != n]
        inside = (doors[None] > low[:, None]) & (doors[None] < high[:, None])
        costs += ON_DOOR_COST * inside.all(axis=2).sum(axis=1)
        if not len(found):
            return costs
        o_low, o_high = self.at[found] - self.half[found], self.at[found] + self.half[found]
        lines = np.hypot(*(self.at[found] - self.doors[found]).T) > ON_DOOR_PT
        starts, stops = self.doors[found][lines], self.at[found][lines]
        hard = NEVER if strict else 4 * CROSSING_COST
        door = np.broadcast_to(self.doors[n], spots.shape)
        through = _hits(door[:, None], spots[:, None], o_low[None], o_high[None]) & moved[:, None]
        costs += hard * through.any(axis=1)
        if len(starts):
            under = _hits(starts[None], stops[None], low[:, None], high[:, None])
            costs += hard * under.any(axis=1)
            crossed = _cross(door[:, None], spots[:, None], starts[None], stops[None])
            costs += CROSSING_COST * (crossed & moved[:, None]).sum(axis=1)
        return costs

    def placed(self) -> tuple[Placed, ...]:
        """Return what was found, in the order of the signs."""
        away = np.hypot(*(self.at - self.doors).T) > ON_DOOR_PT
        return tuple(
            Placed(one.key, float(x), float(y), one.width, one.height, (one.x, one.y), bool(far))
            for one, (x, y), far in zip(self.signs, self.at, away, strict=True)
        )


def _hits(start: Floats, end: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Whether segments run through boxes (slabs, Kay and Kajiya 1986); all broadcast."""
    along = end - start
    with np.errstate(divide="ignore", invalid="ignore"):
        one, two = (low - start) / along, (high - start) / along
    flat = along == 0
    within = (start > low) & (start < high)
    enter = np.where(flat, np.where(within, -np.inf, np.inf), np.minimum(one, two))
    leave = np.where(flat, np.where(within, np.inf, -np.inf), np.maximum(one, two))
    first = np.maximum(enter.max(axis=-1), 0.0)
    last = np.minimum(leave.min(axis=-1), 1.0)
    return np.asarray(first < last)


def _cross(a: Floats, b: Floats, c: Floats, d: Floats) -> NDArray[np.bool_]:
    """Whether segments a–b and c–d cross; all broadcast."""

    def side(p: Floats, q: Floats, r: Floats) -> Floats:
        return (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1]) - (q[..., 1] - p[..., 1]) * (
            r[..., 0] - p[..., 0]
        )

    apart = side(a, b, c) * side(a, b, d) < 0
    return np.asarray(apart & (side(c, d, a) * side(c, d, b) < 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaps:
    """How often what is drawn on a map covers what it should not."""

    signs: int = 0
    names: int = 0
    leaders: int = 0
    crossings: int = 0
    names_on_names: int = 0
    outside: int = 0

    @property
    def total(self) -> int:
        """All of them but crossings of leaders, which hide nothing."""
        return self.signs + self.names + self.leaders + self.names_on_names + self.outside


def count_overlaps(
    placed: Sequence[Placed],
    names: Sequence[shapely.Geometry],
    *,
    frame: tuple[float, float, float, float],
) -> Overlaps:
    """Count what covers what, by shapely alone: none of the reckoning that placed them."""
    boxes = shapely.box(*np.array([one.box for one in placed]).reshape(-1, 4).T)
    lines = [
        shapely.difference(shapely.LineString([one.door, (one.x, one.y)]), box)
        for one, box in zip(placed, boxes, strict=True)
        if one.leader
    ]
    own = [n for n, one in enumerate(placed) if one.leader]
    through = 0
    for n, line in zip(own, lines, strict=True):
        hit = shapely.intersects(boxes, line)
        hit[n] = False
        through += int(hit.sum())
    return Overlaps(
        signs=_pairs(boxes),
        names=sum(int(_covers(boxes, name).sum()) for name in names),
        leaders=through,
        crossings=_pairs(np.array(lines, dtype=object), crosses=True),
        names_on_names=_pairs(np.array(names, dtype=object)),
        outside=int((~shapely.covers(shapely.box(*frame).buffer(0.01), boxes)).sum()),
    )


def _covers(shapes: NDArray[np.object_], other: shapely.Geometry) -> NDArray[np.bool_]:
    return np.asarray(shapely.intersects(shapes, other) & ~shapely.touches(shapes, other))


def _pairs(shapes: NDArray[np.object_], *, crosses: bool = False) -> int:
    count = 0
    for n, shape in enumerate(shapes[:-1]):
        rest = shapes[n + 1 :]
        count += int((shapely.crosses(rest, shape) if crosses else _covers(rest, shape)).sum())
    return count
