"""Which present neighbourhoods a proposal continues, and from which sectors each starts."""

from collections.abc import Collection
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import Final

from geo.errors import N_, BadInputError
from geo.planning.ground import Ground
from geo.planning.task import Task

FOREIGN: Final = 1_000
"""A way between two locked sectors takes its own neighbourhood's, however far round, first."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A present neighbourhood that goes on, and the piece of it to start from."""

    name: str
    core: tuple[int, ...]


def anchor(task: Task) -> list[Anchor]:
    """Choose the neighbourhoods that go on: those with locked sectors, then the largest.

    Raises:
        BadInputError: locked sectors of one neighbourhood that cannot be joined, or too many.
    """
    inside = {i: n for n, part in enumerate(task.parts) for i in part}
    members: dict[str, list[int]] = {}
    for i, name in enumerate(task.present):
        if name is not None and i in inside:
            members.setdefault(name, []).append(i)
    locked = {
        name: sorted(task.locked.intersection(some))
        for name, some in members.items()
        if task.locked.intersection(some)
    }
    claimed = {i: name for name, some in locked.items() for i in some}
    room = list(task.quota)
    cores: dict[str, set[int]] = {}
    for name in sorted(locked, key=lambda name: (-len(locked[name]), name)):
        core = _join(task, name, locked[name], set(members[name]), claimed)
        claimed |= dict.fromkeys(core, name)
        cores[name] = core
        room[inside[locked[name][0]]] -= 1
    found = [
        Anchor(name, _widest(task.ground, name, members[name], core, claimed))
        for name, core in cores.items()
    ]
    for name in sorted(set(members) - set(locked), key=lambda name: (-len(members[name]), name)):
        piece = _widest(task.ground, name, members[name], set(), claimed)
        if piece and room[inside[piece[0]]] > 0:
            room[inside[piece[0]]] -= 1
            found.append(Anchor(name, piece))
    return found


def _widest(
    ground: Ground, name: str, members: list[int], core: set[int], claimed: dict[int, str]
) -> tuple[int, ...]:
    """Return the piece of a neighbourhood around its core, or its largest piece."""
    own = core | {i for i in members if claimed.get(i, name) == name}
    pieces = sorted(ground.parts(own), key=lambda piece: (-len(piece), piece))
    if core:
        return next(piece for piece in pieces if core.issubset(piece))
    return pieces[0] if pieces else ()


def _join(
    task: Task, name: str, locked: list[int], own: Collection[int], claimed: dict[int, str]
) -> set[int]:
    """Return locked sectors and what joins them, without any other neighbourhood's."""
    core, ground = {locked[0]}, task.ground
    while missing := set(locked) - core:
        way = _way(ground, core, missing, own, {i for i in claimed if claimed[i] != name})
        if way is None or len(core | set(way)) > task.rules.most:
            raise BadInputError(
                N_(
                    "The locked sectors {codes} of {name} cannot be joined to one neighbourhood "
                    "of at most {most}. Unlock some of them."
                ),
                codes=ground.named(locked),
                name=name,
                most=task.rules.most,
            )
        core.update(way)
    return core


def _way(
    ground: Ground,
    core: Collection[int],
    goals: Collection[int],
    own: Collection[int],
    shut: Collection[int],
) -> list[int] | None:
    """Return the way from a core to the nearest goal, through its own sectors where it can."""
    queue = [(0, i, i) for i in sorted(core)]
    came: dict[int, int] = {}
    while queue:
        cost, i, before = heappop(queue)
        if i in came:
            continue
        came[i] = before
        if i in goals:
            way = [i]
            while came[way[-1]] != way[-1]:
                way.append(came[way[-1]])
            return way
        for j in ground.near[i]:
            if j not in came and j not in shut:
                heappush(queue, (cost + (1 if j in own else FOREIGN), j, i))
    return None
