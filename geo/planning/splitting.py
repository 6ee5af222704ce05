"""Cut what two groups hold together in two again, along a random spanning tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from geo.planning.grouping import NOWHERE, Grouping


@dataclass(frozen=True, slots=True)
class Cut:
    """Sectors in two pieces, each for a group, and what these two will cost."""

    first: list[int]
    second: list[int]
    cost: float


@dataclass(slots=True)
class _Sums:
    """What a branch of the tree holds: of homes and locks, those of the two groups."""

    n: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    w: float = 0.0
    home: tuple[int, int] = (0, 0)
    locked: tuple[int, int] = (0, 0)

    def add(self, other: "_Sums") -> None:
        self.n += other.n
        self.x += other.x
        self.y += other.y
        self.xx += other.xx
        self.w += other.w
        self.home = self.home[0] + other.home[0], self.home[1] + other.home[1]
        self.locked = self.locked[0] + other.locked[0], self.locked[1] + other.locked[1]

    def without(self, part: "_Sums") -> "_Sums":
        return _Sums(
            self.n - part.n,
            self.x - part.x,
            self.y - part.y,
            self.xx - part.xx,
            self.w - part.w,
            (self.home[0] - part.home[0], self.home[1] - part.home[1]),
            (self.locked[0] - part.locked[0], self.locked[1] - part.locked[1]),
        )


def cost_of_pair(grouping: Grouping, one: int, other: int) -> float:
    """Return what two groups cost now, with what they hold away from its home."""
    away = sum(
        grouping.home[i] not in (NOWHERE, group)
        for group in (one, other)
        for i in grouping.members[group]
    )
    return grouping.cost[one] + grouping.cost[other] + grouping.away * away


def best_cut(
    grouping: Grouping, some: Sequence[int], one: int, other: int, draw: Random
) -> Cut | None:
    """Return the best of the cuts of one random spanning tree; None where locks allow none.

    Args:
        grouping: the groups.
        some: the sectors to cut, in one piece, whatever group they are in now.
        one: the group of the first piece.
        other: the group of the second.
        draw: where chance comes from.
    """
    order, parent = _tree(grouping.near, some, draw)
    sums = {i: _leaf(grouping, i, one, other) for i in order}
    for i in reversed(order[1:]):
        sums[parent[i]].add(sums[i])
    whole = sums[order[0]]
    homeless = sum(grouping.home[i] not in (NOWHERE, one, other) for i in order)
    best: tuple[float, int, bool] | None = None
    for i in order[1:]:
        inner, outer = sums[i], whole.without(sums[i])
        cost = _worth(grouping, inner) + _worth(grouping, outer)
        for swap, (left, right) in enumerate(((inner, outer), (outer, inner))):
            if left.locked[1] or right.locked[0]:
                continue
            away = left.home[1] + right.home[0] + homeless
            priced = cost + grouping.away * away
            if best is None or priced < best[0]:
                best = priced, i, bool(swap)
    if best is None:
        return None
    branch, rest = _sides(order, parent, best[1])
    return Cut(rest, branch, best[0]) if best[2] else Cut(branch, rest, best[0])


def _worth(grouping: Grouping, sums: _Sums) -> float:
    return grouping.worth(sums.n, sums.x, sums.y, sums.xx, sums.w)


def _leaf(grouping: Grouping, i: int, one: int, other: int) -> _Sums:
    home = grouping.home[i]
    at = int(home == one), int(home == other)
    return _Sums(
        1,
        grouping.x[i],
        grouping.y[i],
        grouping.xx[i],
        grouping.w[i],
        at,
        at if grouping.locked[i] else (0, 0),
    )


def _tree(
    near: Sequence[Sequence[int]], some: Sequence[int], draw: Random
) -> tuple[list[int], dict[int, int]]:
    """Grow a random spanning tree; returns its sectors, parents first, and their parents."""
    left = set(some)
    chance = draw.random
    root = some[int(chance() * len(some))]
    left.discard(root)
    order, parent, edge = [root], {root: root}, [root]
    while left:
        at = int(chance() * len(edge))
        fresh = [j for j in near[edge[at]] if j in left]
        if not fresh:
            edge[at] = edge[-1]
            edge.pop()
            continue
        chosen = fresh[int(chance() * len(fresh))]
        parent[chosen] = edge[at]
        left.discard(chosen)
        order.append(chosen)
        edge.append(chosen)
    return order, parent


def _sides(order: list[int], parent: dict[int, int], cut: int) -> tuple[list[int], list[int]]:
    """Return the branch that hangs on a sector, and the rest."""
    branch = {cut}
    for i in order:
        if i not in branch and parent[i] in branch:
            branch.add(i)
    return [i for i in order if i in branch], [i for i in order if i not in branch]


def adopt(grouping: Grouping, cut: Cut, one: int, other: int) -> None:
    """Make a cut real."""
    grouping.give(cut.first, one)
    grouping.give(cut.second, other)
    grouping.recount(one)
    grouping.recount(other)
