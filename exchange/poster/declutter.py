"""Where the signs of a plan stand so that none covers another or a name: positions to rectangles.

Every sign first asks for its own door. Who cannot stand there moves to the nearest free place that
a leader reaches without running through a sign; then all moved ones are asked again, now that they
know their neighbours.
"""

from dataclasses import dataclass
from itertools import product
from typing import Final

import numpy as np

from exchange.poster.boxes import (
    NO_BOXES,
    TINY,
    Flags,
    Floats,
    boxes_hit,
    leaders_cross,
    leaders_hit,
)

WHITE_PT: Final = 1.2
"""White kept between two signs, and between a sign and a name (our choice)."""
WHITE: Final = np.array([0, 0, WHITE_PT, WHITE_PT, 0])
NUDGES: Final = (0.18, 0.34)
"""A sign nudged by so much of its size still stands on its door, and needs no leader."""
RINGS: Final = (0.7, 0.85, 1.05, 1.3, 1.7, 2.2, 2.8, 3.5, 4.4, 5.5)
"""How far a sign is moved, in its own sizes; nearest first."""
ANGLES: Final = 24
SWEEPS: Final = 3
CLEARED: Final = (2.0, 3.5, 5.0, 7.0)
"""Around a sign in trouble others are taken away within so many sizes."""
PATIENCE: Final = 250
"""So many signs are placed anew at most for those in trouble: under a second (our choice)."""
CROSSING_PT: Final = 40.0
NAMED_PT: Final = 12.0
COVERING_PT: Final = 14.0
"""What a leader through another, a leader over a name and a sign over a stranger's door cost, in
points of leader (our choice: the looks of the Marolles with 150 actors)."""
FALLBACK_STEPS: Final = 48
FALLBACK_MOST: Final = 60
FALLBACK_BLOCK: Final = 200
"""So many places of the frame are asked at once, nearest first."""
THROUGH: Final = 1e9
DOOR_PT: Final = 1.6
"""Half the side of the dot at a door."""


@dataclass(frozen=True, eq=False)
class Placed:
    """Where each sign stands, in the order given: arrays of n rows, in points.

    `boxes` are middles and halves as in `boxes`; `leaders` run from door to sign where `moved`.
    `crowded` tells which found no room of their own: they cover something.
    """

    boxes: Floats
    leaders: Floats
    moved: Flags
    crowded: Flags


def declutter(
    doors: Floats,
    sizes: Floats,
    *,
    frame: tuple[float, float, float, float],
    taken: Floats = NO_BOXES,
    patience: int = PATIENCE,
) -> Placed:
    """Place a sign of each size (n, 2) for each door (n, 2) within a frame: left, low, right, high.

    `taken` are boxes no sign may touch and no leader should cross. With more `patience` more signs
    are placed anew for those that found no room.

    >>> found = declutter(np.array([[50.0, 50], [52, 50]]), np.full((2, 2), 12.0),
    ...                   frame=(0, 0, 100, 100))
    >>> found.moved.sum(), found.crowded.any()
    (np.int64(2), np.False_)
    """
    state = _State(doors, sizes, frame, taken, patience)
    for n in state.order():
        state.settle(n)
    for _ in range(SWEEPS):
        asked = np.flatnonzero(state.moved | state.crowded)
        if not [n for n in asked if state.settle(int(n), far=bool(state.crowded[n]))]:
            break
    while state.help_crowded():
        pass
    return Placed(state.boxes, state.leaders, state.moved, state.crowded)


class _State:
    """The signs placed so far."""

    def __init__(
        self,
        doors: Floats,
        sizes: Floats,
        frame: tuple[float, float, float, float],
        taken: Floats,
        patience: int,
    ) -> None:
        count = len(doors)
        self.doors, self.halves, self.frame = doors, sizes / 2, np.array(frame)
        self.names, self.taken = taken, taken + WHITE
        self.patience = patience
        self.boxes = np.column_stack([doors, self.halves, np.zeros(count)])
        self.leaders = np.column_stack([doors, doors])
        self.placed = np.zeros(count, dtype=bool)
        self.moved = np.zeros(count, dtype=bool)
        self.crowded = np.zeros(count, dtype=bool)

    def order(self) -> list[int]:
        """Tell who chooses first: who stands alone at the door, then the thick of the crowd last.

        The middle of a crowd keeps its doors and the edge moves outwards, so leaders fan out.
        """
        grown = self.boxes + WHITE
        near = boxes_hit(grown, grown).sum(axis=1) if len(grown) else np.zeros(0)
        held = boxes_hit(self.boxes, self.taken).any(axis=1) if len(self.taken) else near * 0
        return [int(n) for n in np.lexsort((self.doors[:, 0], self.doors[:, 1], near, held))]

    def settle(self, n: int, *, far: bool = False) -> bool:
        """Find the best place for a sign among those placed; whether it changed.

        It looks all over the frame where nothing is free nearby, or where it should look `far`.
        """
        before = self.boxes[n].copy()
        self.placed[n] = False
        middles = self._asked(n)
        free = middles[self._free(n, middles)]
        cost = self._cost(n, free)
        if not len(free) or (far and cost.min() >= THROUGH):
            free = np.vstack([free, self._anywhere(n)])
            cost = self._cost(n, free)
        lost = not len(free)
        middles = middles[:1] if lost else free
        best = 0 if lost else int(np.argmin(cost))
        self.boxes[n, :2] = middles[best]
        self.leaders[n] = self._leaders(n, middles[best : best + 1])[0]
        off = np.abs(middles[best] - self.doors[n])
        self.moved[n] = bool((off > self.halves[n] - DOOR_PT).any())
        self.crowded[n] = lost or bool(cost[best] >= THROUGH)
        self.placed[n] = True
        return not np.array_equal(before, self.boxes[n])

    def help_crowded(self) -> bool:
        """Make way for each sign in trouble; whether that helped any and may be tried again."""
        before = int(self.crowded.sum())
        for n in np.flatnonzero(self.crowded):
            if self.crowded[n]:
                self._make_way(int(n))
        return 0 < int(self.crowded.sum()) < before

    def _make_way(self, n: int) -> None:
        """Take away the signs around one that is in trouble and place them anew, if that helps.

        It goes first, then the others from near to far or from far to near.
        """
        off = np.hypot(*(self.doors - self.doors[n]).T)
        for reach, backwards in product(CLEARED, (False, True)):
            around = np.flatnonzero(off < reach * self.halves.max() * 2)
            if len(around) > self.patience:
                return
            self.patience -= len(around)
            around = around[np.argsort(off[around], kind="stable")]
            rest = [int(each) for each in around if each != n]
            kept = [a.copy() for a in (self.boxes, self.leaders, self.moved, self.crowded)]
            self.placed[around] = False
            self.crowded[around] = False
            for each in (n, *(reversed(rest) if backwards else rest)):
                self.settle(each, far=True)
            if self.crowded.sum() < kept[3].sum():
                return
            self.boxes, self.leaders, self.moved, self.crowded = kept

    def _free(self, n: int, middles: Floats) -> Flags:
        """Tell where a sign would touch no sign placed and nothing taken."""
        low, high = middles.min(axis=0), middles.max(axis=0)
        room = self.halves[n] + WHITE_PT
        others = _near(self.boxes[self.placed], low - room, high + room)
        over = _stand_over(middles, others[:, :2], others[:, 2:4] + room - TINY)
        free = np.asarray(~over.any(axis=1))
        asked = np.flatnonzero(free)
        beside = _near(self.taken, low - self.halves[n], high + self.halves[n])
        free[asked] = ~boxes_hit(self._here(n, middles[asked]), beside).any(axis=1)
        return free

    def _here(self, n: int, middles: Floats) -> Floats:
        count = len(middles)
        return np.column_stack(
            [middles, np.broadcast_to(self.halves[n], (count, 2)), np.zeros(count)]
        )

    def _asked(self, n: int) -> Floats:
        turns = np.arange(ANGLES) * (2 * np.pi / ANGLES)
        way = np.column_stack([np.cos(turns), np.sin(turns)])
        reach = 2 * max(self.halves[n].max(), self.halves.mean())
        rings = [
            self.doors[n] + way * (self.halves[n] + ring * reach - reach / 2) for ring in RINGS
        ]
        nudged = [self.doors[n] + way * self.halves[n] * 2 * share for share in NUDGES]
        return self._within(n, np.vstack([self.doors[n : n + 1], *nudged, *rings]))

    def _anywhere(self, n: int) -> Floats:
        """Return the nearest free places of the whole frame."""
        left, low, right, high = self.frame
        x, y = np.meshgrid(
            np.linspace(left, right, FALLBACK_STEPS), np.linspace(low, high, FALLBACK_STEPS)
        )
        middles = self._within(n, np.column_stack([x.ravel(), y.ravel()]))
        off = np.hypot(*(middles - self.doors[n]).T)
        middles = middles[np.argsort(off, kind="stable")]
        found = middles[:0]
        for start in range(0, len(middles), FALLBACK_BLOCK):
            block = middles[start : start + FALLBACK_BLOCK]
            found = np.vstack([found, block[self._free(n, block)]])
            if len(found) >= FALLBACK_MOST:
                break
        return found[:FALLBACK_MOST]

    def _within(self, n: int, middles: Floats) -> Floats:
        half = np.minimum(self.halves[n], (self.frame[2:] - self.frame[:2]) / 2)
        return np.clip(middles, self.frame[:2] + half, self.frame[2:] - half)

    def _leaders(self, n: int, middles: Floats) -> Floats:
        """Run from the door to the edge of the sign, towards its middle."""
        way = self.doors[n] - middles
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.min(np.where(way == 0, np.inf, self.halves[n] / np.abs(way)), axis=1)
        edge = middles + way * np.minimum(share, 1.0)[:, None]
        return np.column_stack([np.broadcast_to(self.doors[n], middles.shape), edge])

    def _cost(self, n: int, middles: Floats) -> Floats:
        """Weigh free places: the length of the leader and what it crosses; THROUGH a sign."""
        here = self._here(n, middles)
        leaders = self._leaders(n, middles)
        off = np.hypot(*(middles - self.doors[n]).T)
        away = (np.abs(middles - self.doors[n]) > self.halves[n] - DOOR_PT).any(axis=1)
        cost: Floats = np.hypot(*(leaders[:, 2:] - leaders[:, :2]).T) + NEARER * off
        cost += LEADER_PT * away
        low = np.minimum(middles.min(axis=0), self.doors[n]) if len(middles) else self.doors[n]
        high = np.maximum(middles.max(axis=0), self.doors[n]) if len(middles) else self.doors[n]
        others = _near(self.boxes[self.placed], low, high)
        names = _near(self.names, low, high)
        moved = self.leaders[self.placed & self.moved]
        moved = _passing(moved, low - self.halves[n] - 1, high + self.halves[n] + 1)
        hits = leaders_hit(leaders, others + GROWN).sum(axis=1)
        hits += leaders_hit(moved, here + GROWN).sum(axis=0)
        cost += CROSSING_PT * leaders_cross(leaders, moved).sum(axis=1)
        cost += NAMED_PT * leaders_hit(leaders, names).sum(axis=1)
        strangers = np.delete(self.doors, n, axis=0)
        cost += COVERING_PT * _stand_over(middles, strangers, self.halves[n] + DOOR_PT).sum(axis=1)
        total: Floats = cost + hits * THROUGH
        return total


GROWN: Final = np.array([0, 0, 0.4, 0.4, 0])
"""A leader keeps this off a sign."""
NEARER: Final = 0.2
LEADER_PT: Final = 8.0
"""What having a leader at all costs."""


def _stand_over(middles: Floats, others: Floats, room: Floats) -> Flags:
    """Tell which middles come nearer to which others than the room of both: (n, m)."""
    wide, high = np.broadcast_to(room, others.shape).T
    found: Flags = np.abs(middles[:, :1] - others[:, 0]) < wide
    found &= np.abs(middles[:, 1:] - others[:, 1]) < high
    return found


def _passing(leaders: Floats, low: Floats, high: Floats) -> Floats:
    """Return the leaders that may pass through a rectangle."""
    one, other = leaders[:, :2], leaders[:, 2:]
    within = (np.maximum(one, other) > low) & (np.minimum(one, other) < high)
    found: Floats = leaders[within.all(axis=1)]
    return found


def _near(boxes: Floats, low: Floats, high: Floats) -> Floats:
    reach = np.hypot(boxes[:, 2], boxes[:, 3])[:, None]
    within = (boxes[:, :2] > low - reach) & (boxes[:, :2] < high + reach)
    found: Floats = boxes[within.all(axis=1)]
    return found
