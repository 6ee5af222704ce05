"""Propose neighbourhoods: sectors grouped to be compact, balanced and near to what there is."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

from geo.planning.anchoring import anchor
from geo.planning.ground import Ground
from geo.planning.grouping import NOWHERE, Grouping
from geo.planning.growing import grow
from geo.planning.improving import Improver
from geo.planning.proposal import UNASSIGNED, Proposal, measure
from geo.planning.task import Aims, Rules, Task, set_task


class Wishes(TypedDict, total=False):
    """What one may ask of a proposal, by the names `propose` tells."""

    number: int | None
    size: float | None
    rules: Rules | None
    aims: Aims | None
    present: Mapping[str, str] | None
    locked: Collection[str]
    leave_islands: bool


def propose(
    ground: Ground,
    weight: ArrayLike,
    *,
    number: int | None = None,
    size: float | None = None,
    rules: Rules | None = None,
    aims: Aims | None = None,
    present: Mapping[str, str] | None = None,
    locked: Collection[str] = (),
    leave_islands: bool = False,
    seed: int = 0,
    tell: Callable[[float], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Proposal:
    """Group sectors into neighbourhoods in one piece, alike in weight, compact.

    Heuristic: nothing says that no better grouping exists. Sizes are kept where the search finds
    how; `figures.valid_share` says whether it did. The same input and seed give the same groups.

    Args:
        ground: the sectors, all of them or a selection.
        weight: what to balance, of each sector: people, or any figure that can be added up.
        number: how many neighbourhoods; None leaves it to `size`.
        size: sectors a neighbourhood has on average; None for the middle of the rules.
        rules: sectors a neighbourhood has at least and at most; None for the usual 4 to 11.
        aims: how much compactness, balance and keeping count.
        present: sector code → its neighbourhood today; others than the ground's are passed over.
        locked: sectors that stay with the locked others of their neighbourhood, and with no
            locked one of another.
        leave_islands: leave parts too small for the rules unassigned instead of refusing them.
        seed: which of many proposals.
        tell: called with the share done, 0 to 1, a hundred times.
        stop: asked as often; once it says yes, what is there is settled and returned.

    Raises:
        BadInputError: nothing can be grouped so: why, and what to change.
        UnknownIdError: a locked sector is not on the ground.

    >>> line = Ground.of_pairs("abcd", [0, 1, 2, 3], [0] * 4, [(0, 1), (1, 2), (2, 3)])
    >>> propose(line, [1, 1, 1, 1], number=2, rules=Rules(least=1, most=3)).sectors()
    [('a', 'b'), ('c', 'd')]
    """
    task = set_task(
        ground,
        weight,
        number=number,
        size=size,
        rules=rules or Rules(),
        aims=aims or Aims(),
        present=present or {},
        locked=locked,
        leave_islands=leave_islands,
    )
    grouping = grow(task, anchor(task), seed=seed)
    stopped = Improver(grouping, rules=task.rules, seed=seed, tell=tell, stop=stop).improve()
    return _proposal(task, grouping, seed=seed, stopped=stopped)


def propose_several(
    ground: Ground,
    weight: ArrayLike,
    *,
    seeds: Sequence[int],
    tell: Callable[[float], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
    **wishes: Unpack[Wishes],
) -> list[Proposal]:
    """Propose once for each seed, to choose from; what one may wish is told at `propose`.

    Once stopped, those done so far and the one under way are returned.
    """
    found: list[Proposal] = []
    for n, seed in enumerate(seeds):

        def tell_share(done: float, before: int = n) -> None:
            tell((before + done) / len(seeds))

        found.append(propose(ground, weight, seed=seed, tell=tell_share, stop=stop, **wishes))
        if found[-1].stopped:
            break
    return found


def _proposal(task: Task, grouping: Grouping, *, seed: int, stopped: bool) -> Proposal:
    """Number the groups from the first sector on, so that equal proposals look equal."""
    order = list(dict.fromkeys(one for one in grouping.group if one != NOWHERE))
    place = {one: n for n, one in enumerate(order)} | {NOWHERE: UNASSIGNED}
    group = np.array([place[one] for one in grouping.group], np.int64)
    successor = _successors(task, group, len(order))
    name_of = {one: name for name, one in successor.items()}
    return Proposal(
        codes=task.ground.codes,
        group=group,
        continues=tuple(name_of.get(one) for one in range(len(order))),
        figures=measure(
            task.ground,
            group,
            task.weight,
            least=task.rules.least,
            most=task.rules.most,
            home=[
                None if name is None else successor.get(name, UNASSIGNED) for name in task.present
            ],
        ),
        seed=seed,
        stopped=stopped,
    )


def _successors(task: Task, group: NDArray[np.int64], number: int) -> dict[str, int]:
    """Return the group that continues each neighbourhood: locked sectors decide, then the most."""
    names = sorted({name for name in task.present if name is not None})
    row = {name: n for n, name in enumerate(names)}
    shared = np.zeros((len(names), number))
    for i, name in enumerate(task.present):
        if name is not None and group[i] != UNASSIGNED:
            shared[row[name], group[i]] += 1 + (len(group) if i in task.locked else 0)
    found = zip(*linear_sum_assignment(shared, maximize=True), strict=True)
    return {names[name]: int(one) for name, one in found if shared[name, one]}
