"""Cut what two groups hold together in two again, along a random spanning tree."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from geo.planning.grouping import NOWHERE, Grouping

LOCK: Final = 1e6
"""More than anything else costs, so that no locked sector leaves its group."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Sectors in two pieces, each for a group, and what these two will cost."""

    first: list[int]
    second: list[int]
    cost: float


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
    price, broken, home = grouping.balance, grouping.broken_price, grouping.home
    x, y, w = ([column[i] for i in order] for column in (grouping.x, grouping.y, grouping.w))
    pull = [_pull(grouping, i, one, other) for i in order]
    count = [1] * len(order)
    from_one = sum(each for each in pull if each > 0)
    from_other = sum(-each for each in pull if each < 0)
    for n in range(len(order) - 1, 0, -1):
        at = parent[n]
        count[at] += count[n]
        x[at] += x[n]
        y[at] += y[n]
        w[at] += w[n]
        pull[at] += pull[n]
    least, cut = LOCK / 2, 0
    for n in range(1, len(order)):
        inner, outer = count[n], count[0] - count[n]
        x_outer, y_outer = x[0] - x[n], y[0] - y[n]
        cost = (
            price * ((w[n] - 1.0) ** 2 + (w[0] - w[n] - 1.0) ** 2)
            - (x[n] * x[n] + y[n] * y[n]) / inner
            - (x_outer * x_outer + y_outer * y_outer) / outer
            + broken[inner]
            + broken[outer]
            + min(from_one - pull[n], from_other + pull[n])
        )
        if cost < least:
            least, cut = cost, n
    if not cut:
        return None
    homeless = sum(home[i] not in (NOWHERE, one, other) for i in order)
    branch, rest = _sides(order, parent, cut)
    if from_other + pull[cut] < from_one - pull[cut]:
        branch, rest = rest, branch
    return Cut(branch, rest, least + grouping.away * homeless)


def _pull(grouping: Grouping, i: int, one: int, other: int) -> float:
    """Return what it costs to part a sector from the first group; below zero, from the second."""
    home = grouping.home[i]
    if home not in (one, other):
        return 0.0
    price = grouping.away + (LOCK if grouping.locked[i] else 0.0)
    return price if home == one else -price


def _tree(
    near: Sequence[Sequence[int]], some: Sequence[int], draw: Random
) -> tuple[list[int], list[int]]:
    """Grow a random spanning tree; returns its sectors, parents first, and where parents stand."""
    left = set(some)
    chance = draw.random
    root = some[int(chance() * len(some))]
    left.discard(root)
    order, parent, edge = [root], [0], [0]
    while left:
        at = int(chance() * len(edge))
        fresh = [j for j in near[order[edge[at]]] if j in left]
        if not fresh:
            edge[at] = edge[-1]
            edge.pop()
            continue
        chosen = fresh[int(chance() * len(fresh))]
        left.discard(chosen)
        parent.append(edge[at])
        edge.append(len(order))
        order.append(chosen)
    return order, parent


def _sides(order: list[int], parent: list[int], cut: int) -> tuple[list[int], list[int]]:
    """Return the branch that hangs on one place of a tree, and the rest."""
    inside = [False] * len(order)
    inside[cut] = True
    for n in range(cut + 1, len(order)):
        inside[n] = inside[parent[n]]
    return (
        [i for i, own in zip(order, inside, strict=True) if own],
        [i for i, own in zip(order, inside, strict=True) if not own],
    )


def adopt(grouping: Grouping, cut: Cut, one: int, other: int) -> None:
    """Make a cut real."""
    grouping.give(cut.first, one)
    grouping.give(cut.second, other)
    grouping.recount(one)
    grouping.recount(other)
