"""What one person tries: the plan, the plans before it, and the trial that holds it."""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from directory import plans
from directory.categories import CATEGORIES
from directory.nearby import doors
from directory.places import Point
from directory.plans import Lost, sort_steps
from directory.scenarios import Plan, Put, Scenario, key_of
from directory.trial import Trial
from geo.errors import N_, BadInputError
from ui.coverage.measured import WORDS, Measured

_DESK: Final = "what_if_desk"
BACK: Final = 200
"""Plans one can go back to."""


@dataclass
class Desk:
    """The plans of a session: `plans[at]` is tried now, those after it can be taken again.

    `lost` are steps that no longer hold; `drawn` is the scenario the plan began from;
    `other` is what it is compared with, where that is not the present.
    """

    plans: list[Plan] = field(default_factory=lambda: [()])
    at: int = 0
    lost: tuple[Lost, ...] = ()
    drawn: Scenario | None = None
    found: Measured | None = None
    trial: Trial | None = None
    problem: BadInputError | None = None
    other: Trial | None = None
    other_key: object = None
    other_lost: tuple[Lost, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan that is tried."""
        return self.plans[self.at]

    def take(self, plan: Plan) -> None:
        """Try another plan; what was taken back before is forgotten."""
        if plan != self.plan:
            self.plans = [*self.plans[: self.at + 1], plan][-BACK:]
            self.at = len(self.plans) - 1

    def undo(self) -> None:
        """Go back to the plan before."""
        self.at = max(self.at - 1, 0)

    def redo(self) -> None:
        """Go to the plan that was taken back."""
        self.at = min(self.at + 1, len(self.plans) - 1)

    def open(self, plan: Plan, drawn: Scenario | None = None, lost: tuple[Lost, ...] = ()) -> None:
        """Try the plan of a scenario, or none; undoing leads back to what was tried before."""
        if self.plans == [()]:
            self.plans = [plan]
        self.take(plan)
        self.drawn, self.lost = drawn, lost

    @property
    def saved(self) -> bool:
        """Whether nothing differs from the kept scenario, or from the present."""
        kept = self.drawn.steps if self.drawn else ()
        return self.plan == kept or (bool(self.lost) and set(self.plan) <= set(kept))


def desk() -> Desk:
    """Return what this session tries."""
    found: Desk = st.session_state.setdefault(_DESK, Desk())
    return found


def trial_of(found: Measured) -> Trial:
    """Return the trial of this session at its plan, made anew where the coverage is another.

    A plan one goes back to may be older than the directory: what no longer holds leaves it.
    """
    mine = desk()
    if mine.trial is None or mine.found is not found:
        mine.trial, mine.found = begin(found), found
    kept, lost = sort_steps(mine.plan, found.atlas, mine.trial.standing)
    if lost:
        mine.plans = [*mine.plans[: mine.at], kept, *mine.plans[mine.at + 1 :]]
        mine.lost = lost
    mine.trial.become(mine.plan)
    return mine.trial


def begin(found: Measured) -> Trial:
    """Begin a trial of a coverage, with nothing changed."""
    return Trial(found.coverage, found.atlas.territory, keys_of(found), offers)


@lru_cache(maxsize=4)
def keys_of(found: Measured) -> tuple[str, ...]:
    """Return the key of each service of a coverage."""
    there = doors(found.atlas)
    return tuple(key_of(*one) for one in zip(there.ids, there.number, strict=True))


def offers(categories: tuple[str, ...]) -> list[int]:
    """Return the rows of categories in a coverage, and of the groups they are in."""
    groups = {CATEGORIES[key].group for key in categories}
    return sorted(WORDS.index(word) for word in (*groups, *categories))


def heard(told: Any, category: str, standing: dict[str, Point] | Any) -> None:
    """Do what a person did on the map; `told` comes from a browser, so from anybody.

    What cannot be done is kept as the problem the page tells.
    """
    mine = desk()
    mine.problem = None
    if not isinstance(told, dict):
        return
    act, key = str(told.get("act")), str(told.get("key") or "")[:100]
    try:
        if act == "undo":
            mine.undo()
        elif act == "redo":
            mine.redo()
        elif act == "put":
            mine.take(plans.put(mine.plan, _point(told), [category]))
        elif act == "move":
            mine.take(plans.move(mine.plan, key, _point(told), standing))
        elif act == "close":
            mine.take(plans.close(mine.plan, key, standing))
        elif act == "restore":
            mine.take(plans.restore(mine.plan, key))
    except BadInputError as error:
        mine.problem = error


def _point(told: dict[str, Any]) -> Point:
    try:
        return Point(lon=float(told["lon"]), lat=float(told["lat"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BadInputError(N_("Expected a position on the map, found another.")) from error


def is_new(step: object) -> bool:
    """Tell whether a step puts a new service."""
    return isinstance(step, Put)
