"""Sectors in groups while they are moved about: what a move costs, and whether groups hold."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.planning.task import Task

NOWHERE = -1
"""The group of a sector not yet grouped, and the home of one that is in no neighbourhood."""
BALANCE_WEIGHT = 1.1
"""Our choice: a squared coefficient of variation of 0.04 weighs as much as a fifth of the
squared radius groups of equal round shape would have. Measured in docs/decisions/0013."""
KEEP_WEIGHT = 4.0
"""Our choice: a sector that leaves its neighbourhood costs as much as one that lies twice that
radius away from the middle of its group."""


class _Columns(NamedTuple):
    """What never changes of each sector, and what each size costs, to price many moves at once."""

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    w: NDArray[np.float64]
    home: NDArray[Any]
    locked: NDArray[np.bool_]
    excess: NDArray[np.float64]


class Grouping:
    """Groups under change; every sum is kept up with each move.

    Lengths are counted in the radius that as many equal, round groups would have, weights in the
    mean weight of a group, so that the cost of a move does not depend on the size of the region.
    A group's cost is its inertia, its squared deviation from the mean weight, and what it breaks
    of the allowed sizes; a sector away from home costs something too. Of the inertia, Σ|p|² is
    left out, which no move changes: what is kept is -|Σp|²/n, so costs may be below zero.
    """

    __slots__ = (
        "away",
        "balance",
        "broken_price",
        "columns",
        "cost",
        "count",
        "even",
        "excess",
        "group",
        "home",
        "locked",
        "members",
        "near",
        "strict",
        "sum_w",
        "sum_x",
        "sum_y",
        "usual_balance",
        "w",
        "x",
        "y",
    )  # fmt: skip

    def __init__(self, task: Task, group: list[int], home: list[int]) -> None:
        ground, aims = task.ground, task.aims
        number = task.number
        radius = float((ground.x.var() + ground.y.var()) / number) ** 0.5 or 1.0
        compact = aims.compact**0.5
        self.x = ((ground.x - ground.x.mean()) / radius * compact).tolist()
        self.y = ((ground.y - ground.y.mean()) / radius * compact).tolist()
        grouped = [i for part in task.parts for i in part]
        mean = float(task.weight[grouped].sum()) / number or 1.0
        self.w = (task.weight / mean).tolist()
        self.usual_balance = BALANCE_WEIGHT * aims.balance * len(grouped) / number
        self.balance = self.usual_balance
        self.even = aims.balance
        self.away = KEEP_WEIGHT * aims.keep
        rules = task.rules
        self.excess = [
            float(max(rules.least - n, n - rules.most, 0)) ** 2 for n in range(len(ground) + 1)
        ]
        self.strict = 1.0
        self.broken_price = self.excess
        self.near = ground.near
        self.home = home
        self.locked = [i in task.locked for i in range(len(ground))]
        self.columns = _Columns(
            *(
                np.array(column)
                for column in (self.x, self.y, self.w, home, self.locked, self.excess)
            )
        )
        self.group = group
        self.members: list[set[int]] = [set() for _ in range(number)]
        for i, one in enumerate(group):
            if one != NOWHERE:
                self.members[one].add(i)
        self.count = [0] * number
        self.sum_x, self.sum_y = [0.0] * number, [0.0] * number
        self.sum_w = [0.0] * number
        self.cost = [0.0] * number
        for one in range(number):
            self.recount(one)

    def recount(self, one: int) -> None:
        """Sum a group anew from its members."""
        some = sorted(self.members[one])
        self.count[one] = len(some)
        self.sum_x[one] = sum(self.x[i] for i in some)
        self.sum_y[one] = sum(self.y[i] for i in some)
        self.sum_w[one] = sum(self.w[i] for i in some)
        self.cost[one] = self.worth(
            self.count[one], self.sum_x[one], self.sum_y[one], self.sum_w[one]
        )

    def restore(self, group: list[int]) -> None:
        """Go back to groups as they were."""
        self.group[:] = group
        for members in self.members:
            members.clear()
        for i, one in enumerate(group):
            if one != NOWHERE:
                self.members[one].add(i)
        for one in range(len(self.members)):
            self.recount(one)

    def grow_strict(self, strict: float) -> None:
        """Set what a broken size costs, and sum everything anew: rounding does not pile up."""
        self.strict = strict
        self.broken_price = [strict * excess for excess in self.excess]
        for one in range(len(self.members)):
            self.recount(one)

    def worth(self, n: int, x: float, y: float, w: float) -> float:
        """Return the cost of a group with these sums."""
        if not n:
            return self.balance + self.strict * self.excess[0]
        return self.balance * (w - 1.0) ** 2 + self.strict * self.excess[n] - (x * x + y * y) / n

    def change(self, i: int, source: int, target: int) -> float:
        """Return what the cost changes by when a sector goes from one group to another."""
        x, y, w = self.x[i], self.y[i], self.w[i]
        left = self.worth(
            self.count[source] - 1,
            self.sum_x[source] - x,
            self.sum_y[source] - y,
            self.sum_w[source] - w,
        )
        grown = self.worth(
            self.count[target] + 1,
            self.sum_x[target] + x,
            self.sum_y[target] + y,
            self.sum_w[target] + w,
        )
        home = self.home[i]
        moved = self.away * ((source == home) - (target == home)) if home != NOWHERE else 0.0
        return left + grown - self.cost[source] - self.cost[target] + moved

    def changes(self, some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return what `change` tells of each sector that goes to the group of another.

        Inf where both are in one group, or the sector is locked.
        """
        group, home = np.array(self.group), self.columns.home[some]
        source, target = group[some], group[others]
        x, y, w = self.columns.x[some], self.columns.y[some], self.columns.w[some]
        count, cost = np.array(self.count), np.array(self.cost)
        sum_x, sum_y, sum_w = np.array(self.sum_x), np.array(self.sum_y), np.array(self.sum_w)
        out: NDArray[np.float64] = -cost[source] - cost[target]
        for one, sign in ((source, -1), (target, 1)):
            n = count[one] + sign
            apart = (sum_x[one] + sign * x) ** 2 + (sum_y[one] + sign * y) ** 2
            out += self.balance * (sum_w[one] + sign * w - 1.0) ** 2 - apart / np.maximum(n, 1)
            out += self.strict * self.columns.excess[n]
        out += self.away * ((source == home) * 1.0 - (target == home))
        out[(source == target) | self.columns.locked[some]] = np.inf
        return out

    def move(self, i: int, source: int, target: int) -> None:
        """Let a sector change groups."""
        x, y, w = self.x[i], self.y[i], self.w[i]
        self.group[i] = target
        self.members[source].discard(i)
        self.members[target].add(i)
        for one, sign in ((source, -1), (target, 1)):
            self.count[one] += sign
            self.sum_x[one] += sign * x
            self.sum_y[one] += sign * y
            self.sum_w[one] += sign * w
            self.cost[one] = self.worth(
                self.count[one], self.sum_x[one], self.sum_y[one], self.sum_w[one]
            )

    def holds_without(self, i: int) -> bool:
        """Whether the group of a sector stays in one piece, and is not empty, when it leaves."""
        group, near = self.group, self.near
        one = group[i]
        inside = [j for j in near[i] if group[j] == one]
        if len(inside) < 2:  # noqa: PLR2004 - the end of a branch
            return len(inside) == 1
        left = set(inside[1:])
        seen, edge = {i, inside[0]}, [inside[0]]
        while edge:
            for j in near[edge.pop()]:
                if group[j] == one and j not in seen:
                    seen.add(j)
                    edge.append(j)
                    left.discard(j)
                    if not left:
                        return True
        return False

    def give(self, some: list[int], one: int) -> None:
        """Put sectors into a group, whatever they were in; `recount` afterwards."""
        for i in some:
            if self.group[i] != NOWHERE:
                self.members[self.group[i]].discard(i)
            self.group[i] = one
            self.members[one].add(i)

    def broken(self) -> int:
        """Return how many groups break the allowed sizes."""
        return sum(self.excess[n] > 0 for n in self.count)

    def spread(self) -> float:
        """Return the squared coefficient of variation of the weights."""
        return sum((w - 1.0) ** 2 for w in self.sum_w) / len(self.sum_w)

    def total(self) -> float:
        """Return the cost of it all."""
        strangers = sum(
            home not in (NOWHERE, one) for home, one in zip(self.home, self.group, strict=True)
        )
        return sum(self.cost) + self.away * strangers
