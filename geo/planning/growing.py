"""The first groups: present neighbourhoods, then seeds spread over the rest that grow in turn."""

from collections.abc import Collection, Iterable
from heapq import heapify, heappop, heappush
from random import Random
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.errors import N_, BadInputError
from geo.planning.anchoring import Anchor
from geo.planning.grouping import NOWHERE, Grouping
from geo.planning.splitting import adopt, best_cut
from geo.planning.task import Task

CUT_TRIES: Final = 8
"""Random trees tried before a group is held to be one that cannot be cut."""


def grow(task: Task, anchors: list[Anchor], *, seed: int) -> Grouping:
    """Return groups in one piece that hold every sector of the parts, of whatever size.

    Raises:
        BadInputError: locked sectors leave no room for that many groups.
    """
    draw = np.random.default_rng(seed)
    group = [NOWHERE] * len(task.ground)
    home = [NOWHERE] * len(task.ground)
    names = {anchor.name: n for n, anchor in enumerate(anchors)}
    for n, anchor in enumerate(anchors):
        for i in anchor.core:
            group[i] = n
    for i, name in enumerate(task.present):
        if name in names:
            home[i] = names[name]
    fresh = iter(range(len(anchors), task.number))
    empty: list[tuple[int, tuple[int, ...]]] = []
    for part, quota in zip(task.parts, task.quota, strict=True):
        rooted = sorted({group[i] for i in part} - {NOWHERE})
        new = [next(fresh) for _ in range(quota - len(rooted))]
        seeds = _spread(task, part, group, len(new), draw)
        for one, i in zip(new, seeds, strict=False):
            group[i] = one
        empty += [(one, part) for one in new[len(seeds) :]]
        _fill(task, group, part, [*rooted, *new[: len(seeds)]])
    grouping = Grouping(task, group, home)
    chance = Random(seed)  # noqa: S311 - a proposal is no secret
    for one, part in empty:
        _carve(grouping, one, part, chance)
    return grouping


def _spread(
    task: Task, part: Iterable[int], group: list[int], number: int, draw: np.random.Generator
) -> list[int]:
    """Choose sectors far from those taken and from each other, rather where weight lies."""
    some = np.array(list(part))
    x, y = task.ground.x, task.ground.y
    taken = np.array([group[i] != NOWHERE for i in some])
    weight = task.weight[some]
    pull = (weight / (weight.mean() or 1.0) + 1.0) / 2
    apart = np.full(len(some), np.inf)
    for i in some[taken]:
        apart = np.minimum(apart, _square_m2(x, y, some, i))
    chosen: list[int] = []
    while len(chosen) < min(number, int((~taken).sum())):
        open_ = np.where(taken, 0.0, pull)
        odds = open_ if not np.isfinite(apart).any() else open_ * apart
        odds = odds if odds.sum() > 0 else (~taken).astype(float)
        at = int(draw.choice(len(some), p=odds / odds.sum()))
        chosen.append(int(some[at]))
        taken[at] = True
        apart = np.minimum(apart, _square_m2(x, y, some, some[at]))
    return chosen


def _square_m2(
    x: NDArray[np.float64], y: NDArray[np.float64], some: NDArray[np.int64], i: int
) -> NDArray[np.float64]:
    apart: NDArray[np.float64] = (x[some] - x[i]) ** 2 + (y[some] - y[i]) ** 2
    return apart


def _fill(task: Task, group: list[int], part: Collection[int], names: list[int]) -> None:
    """Let the lightest group take the nearest free sector it borders, until none is free."""
    ground, inside = task.ground, set(part)
    mean = task.weight[list(part)].sum() / len(names) or 1.0
    usual = len(part) / len(names)
    sums = {one: [0.0, 0.0, 0.0, 0.0] for one in names}
    edge: dict[int, set[int]] = {one: set() for one in names}

    def take(i: int, one: int) -> float:
        group[i] = one
        sums[one] = [
            old + new
            for old, new in zip(
                sums[one], (1.0, ground.x[i], ground.y[i], task.weight[i]), strict=True
            )
        ]
        edge[one].update(j for j in ground.near[i] if group[j] == NOWHERE and j in inside)
        return sums[one][0] / usual + sums[one][3] / mean

    fill = dict.fromkeys(names, 0.0)
    for i in part:
        if group[i] != NOWHERE:
            fill[group[i]] = take(i, group[i])
    queue = [(full, one) for one, full in fill.items()]
    heapify(queue)
    while queue:
        _, one = heappop(queue)
        edge[one] = {j for j in edge[one] if group[j] == NOWHERE}
        if not edge[one]:
            continue
        count, x, y, _ = sums[one]
        nearest = min(
            sorted(edge[one]),
            key=lambda j: (ground.x[j] - x / count) ** 2 + (ground.y[j] - y / count) ** 2,
        )
        heappush(queue, (take(nearest, one), one))


def _carve(grouping: Grouping, one: int, part: Iterable[int], chance: Random) -> None:
    """Give an empty group a piece of the largest group of a part that can be cut."""
    others = sorted({grouping.group[i] for i in part}, key=lambda n: (-grouping.count[n], n))
    for other in others:
        some = sorted(grouping.members[other])
        cuts = [best_cut(grouping, some, other, one, chance) for _ in range(CUT_TRIES)]
        best = min((cut for cut in cuts if cut), key=lambda cut: cut.cost, default=None)
        if best:
            adopt(grouping, best, other, one)
            return
    raise BadInputError(
        N_("Locked sectors leave no room for {n} neighbourhoods. Unlock some, or ask for fewer."),
        n=len(grouping.count),
    )
