"""Plans: the steps of a scenario while somebody tries them, and which of kept ones still hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from directory.atlas import Atlas
from directory.categories import CATEGORIES
from directory.places import Point
from directory.scenarios import NEW, STEPS_MAX, Close, Move, Plan, Put, Step
from geo.errors import N_, BadInputError

SAME_PLACE: Final = 1e-5
"""Degrees: a metre. Who stands nearer to where a step was drawn has not moved (ours)."""


def put(plan: Plan, at: Point, categories: Iterable[str], *, capacity: float = 1.0) -> Plan:
    """Add a new service, under the first key that is free.

    Raises:
        BadInputError: the plan is full.
    """
    if len(plan) >= STEPS_MAX:
        raise BadInputError(
            N_("A scenario holds {limit} steps. Save this one and begin another."), limit=STEPS_MAX
        )
    used = {step.key for step in plan}
    key = next(f"{NEW}{n}" for n in range(1, STEPS_MAX + 1) if f"{NEW}{n}" not in used)
    return (*plan, Put(key=key, at=at, categories=tuple(categories), capacity=capacity))


def move(plan: Plan, key: str, at: Point, standing: Mapping[str, Point]) -> Plan:
    """Let a service stand elsewhere; moved to where it stands, nothing is left of its step.

    Raises:
        BadInputError: nobody has that key, or the plan is full.
    """
    step = _step(plan, key)
    if isinstance(step, Put):
        return _with(plan, step.model_copy(update={"at": at}))
    was = _standing(standing, key)
    return _without(plan, key) if at == was else _with(plan, Move(key=key, at=at, was=was))


def close(plan: Plan, key: str, standing: Mapping[str, Point]) -> Plan:
    """Close a service; a new one is taken out of the plan.

    Raises:
        BadInputError: nobody has that key, or the plan is full.
    """
    if isinstance(_step(plan, key), Put):
        return _without(plan, key)
    return _with(plan, Close(key=key, was=_standing(standing, key)))


def restore(plan: Plan, key: str) -> Plan:
    """Let a service be as it is: open, where it stands."""
    return _without(plan, key)


def _step(plan: Plan, key: str) -> Step | None:
    return next((step for step in plan if step.key == key), None)


def _standing(standing: Mapping[str, Point], key: str) -> Point:
    if key not in standing:
        raise BadInputError(
            N_("Nothing with the key “{key}” stands on the map. Reload the page."), key=key[:100]
        )
    return standing[key]


def _without(plan: Plan, key: str) -> Plan:
    return tuple(step for step in plan if step.key != key)


def _with(plan: Plan, step: Step) -> Plan:
    if _step(plan, step.key) is not None:
        return tuple(step if one.key == step.key else one for one in plan)
    if len(plan) >= STEPS_MAX:
        raise BadInputError(
            N_("A scenario holds {limit} steps. Save this one and begin another."), limit=STEPS_MAX
        )
    return (*plan, step)


class Fault(StrEnum):
    """Why a step of a kept scenario no longer holds."""

    GONE = "gone"
    HIDDEN = "hidden"
    NO_POINT = "no_point"
    MOVED = "moved"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True)
class Lost:
    """A step that is left out: its row in the scenario from 1, and why."""

    row: int
    step: Step
    fault: Fault


def sort_steps(
    steps: Plan, atlas: Atlas, standing: Mapping[str, Point]
) -> tuple[Plan, tuple[Lost, ...]]:
    """Part steps into those that hold today and those that do not; each is in one of both."""
    kept: list[Step] = []
    lost: list[Lost] = []
    for row, step in enumerate(steps, start=1):
        fault = _fault(step, atlas, standing)
        if fault is None:
            kept.append(step)
        else:
            lost.append(Lost(row, step, fault))
    return tuple(kept), tuple(lost)


def _fault(step: Step, atlas: Atlas, standing: Mapping[str, Point]) -> Fault | None:
    if isinstance(step, Put):
        known = all(key in CATEGORIES for key in step.categories)
        return None if known else Fault.CATEGORY
    actor_id = step.key.split("/", 1)[0]
    if actor_id not in atlas.actors:
        return Fault.HIDDEN if actor_id in atlas.directory.actors else Fault.GONE
    now = standing.get(step.key)
    if now is None:
        return Fault.NO_POINT
    same = abs(now.lon - step.was.lon) < SAME_PLACE and abs(now.lat - step.was.lat) < SAME_PLACE
    return None if same else Fault.MOVED
