"""One category before and after: the difference by sector, in people, and in a few figures."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.coverage import Cells, Measure, RolledUp, State, WhatIf

EVEN: Final = 1e-9
"""Below it a difference is what sums of shares lose, not a change."""
MOST_MIN: Final = 15.0
"""What is farther counts as so many minutes in a mean: more is not measured."""
REACHED: Final = {5: Measure.REACHED_5, 10: Measure.REACHED_10, 15: Measure.REACHED_15}
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class People:
    """People who gain and lose, and in how many sectors that change their number is not known."""

    gained: float
    lost: float
    sectors_gained: int
    sectors_lost: int
    unknown: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What a planner puts side by side; None where it is not known.

    `reached` are people by minutes, or, where the people of no sector are known, the mean share of
    the sectors; `counted` tells which.
    """

    counted: str
    reached: dict[int, float | None]
    mean_min: float | None
    without: int
    unknown: int
    services: int
    two_step: float | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Outcome:
    """Cells of one category, (sectors,): as they are and as they would be."""

    before: dict[Measure, Cells]
    after: dict[Measure, Cells]
    people: Values

    def difference(self, name: Measure) -> Values:
        """Return after less before, NaN where one is not known; 0 where both are beyond reach."""
        before, after = self.before[name], self.after[name]
        with np.errstate(invalid="ignore"):
            found: Values = after.value - before.value
        known = (before.state == State.KNOWN) & (after.state == State.KNOWN)
        found[known & (before.value == after.value)] = 0.0
        found[np.abs(found) < EVEN] = 0.0
        found[~known] = np.nan
        return found

    def changed(self, name: Measure) -> NDArray[np.bool_]:
        """Tell which sectors change, those among them that become known or unknown."""
        before, after = self.before[name].state, self.after[name].state
        moved: NDArray[np.bool_] = np.nan_to_num(self.difference(name), posinf=1, neginf=-1) != 0
        moved |= (before == State.KNOWN) != (after == State.KNOWN)
        return moved

    def told(self, minutes: int) -> People:
        """Count who reaches one within minutes and did not, and who no longer does."""
        share = np.nan_to_num(self.difference(REACHED[minutes]))
        moved = share * np.nan_to_num(self.people)
        return People(
            gained=float(moved[moved > 0].sum()),
            lost=float(-moved[moved < 0].sum()),
            sectors_gained=int((share > 0).sum()),
            sectors_lost=int((share < 0).sum()),
            unknown=int((np.isnan(self.people) & (share != 0)).sum()),
        )


def outcome_of(what_if: WhatIf, category: int, *, against: WhatIf | None = None) -> Outcome:
    """Return what a what-if changes for one category, beside the present or another what-if."""
    base = what_if.coverage
    before = base.cells if against is None else {name: against.cells(name) for name in base.cells}
    return Outcome(
        before={name: _row(cells, category) for name, cells in before.items()},
        after={name: _row(what_if.cells(name), category) for name in base.cells},
        people=base.people,
    )


def rolled(before: RolledUp, after: RolledUp, category: int) -> Outcome:
    """Return the same by area; people of an area are known where those of all its sectors are."""
    return Outcome(
        before={name: _row(cells, category) for name, cells in before.cells.items()},
        after={name: _row(cells, category) for name, cells in after.cells.items()},
        people=np.where(before.unknown > 0, np.nan, before.people),
    )


def _row(cells: Cells, category: int) -> Cells:
    return Cells(value=cells.value[category], state=cells.state[category])


def figures_of(cells: dict[Measure, Cells], people: Values, services: int) -> Figures:
    """Sum one side of an outcome up.

    Sectors whose people or whose cells are not known count nobody; where the people of no sector
    are known, every sector counts once.
    """
    weight = np.nan_to_num(people) if (people > 0).any() else np.ones(len(people))
    counted = "people" if (people > 0).any() else "sectors"
    reached: dict[int, float | None] = {}
    for minutes, name in REACHED.items():
        known = (cells[name].state == State.KNOWN) & (weight > 0)
        total = float((cells[name].value[known] * weight[known]).sum())
        whole = float(weight[known].sum())
        reached[minutes] = None if whole == 0 else total if counted == "people" else total / whole
    minutes_of, share = cells[Measure.NEAREST_MIN], cells[Measure.REACHED_10]
    known = (minutes_of.state == State.KNOWN) & (weight > 0)
    capped = np.minimum(minutes_of.value[known], MOST_MIN)
    known_share = share.state == State.KNOWN
    return Figures(
        counted=counted,
        reached=reached,
        mean_min=float(np.average(capped, weights=weight[known])) if known.any() else None,
        without=int((known_share & (share.value < EVEN)).sum()),
        unknown=int((~known_share).sum()),
        services=services,
        two_step=_mean(cells[Measure.TWO_STEP], people),
    )


def _mean(cells: Cells, people: Values) -> float | None:
    known = (cells.state == State.KNOWN) & (people > 0)
    return float(np.average(cells.value[known], weights=people[known])) if known.any() else None
