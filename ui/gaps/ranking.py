"""The answer: which areas have the greatest gaps, and how sure that order is."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.atlas import Atlas
from geo.coverage import ZONES_MIN, Measure, RolledUp, State, nearest_min
from geo.coverage.gaps import (
    Apart,
    Factor,
    Gaps,
    Robust,
    lack_of_minutes,
    lack_of_share,
    may_be_nearer,
    may_reach_more,
    mostly,
    people_without,
    rank_gaps,
    reached_within,
    try_weights,
)
from geo.levels import Level
from ui.coverage.measured import Measured
from ui.gaps.asking import SHARE, Asked
from ui.gaps.figures import Figures, figures
from ui.language import _, current

_KEPT: Final = 8
"""Categories and levels whose minutes are kept: each is one search through the whole network."""


@dataclass(frozen=True, eq=False)
class Ranked:
    """The areas of a level, ranked; every column in the order of `ids`.

    Attributes:
        people: inhabitants, NaN where not known.
        reached: share of them who reach one in time, NaN where not known.
        minutes: on foot to the nearest, beyond the limit too; inf where no way leads.
        without: how many reach none in time, NaN where not known.
        state: why what was asked is not known, a `State`.
        need: the indicators, in the order they were asked for.
        by_limit: the rank within 5, 10 and 15 minutes, 0 where there is none.
    """

    asked: Asked
    ids: tuple[str, ...]
    gaps: Gaps
    robust: Robust
    people: NDArray[np.float64]
    reached: NDArray[np.float64]
    minutes: NDArray[np.float64]
    without: NDArray[np.float64]
    state: NDArray[np.int8]
    need: tuple[Figures, ...]
    by_limit: dict[int, NDArray[np.int64]]

    @property
    def count(self) -> int:
        """How many areas are ranked."""
        return int((self.gaps.rank > 0).sum())

    @cached_property
    def lacking(self) -> NDArray[np.float64]:
        """The share of the people of each area who reach none in time, NaN where not known."""
        return lack_of_share(self.reached)

    @property
    def weighed(self) -> int:
        """How many indicators count: with one or none, weights do not matter."""
        return len(self.gaps.weights)

    def at(self, area: str) -> int | None:
        """Return the place of an area; None where there is no such one."""
        return self.ids.index(area) if area in self.ids else None


def ranked(found: Measured, asked: Asked) -> Ranked:
    """Rank the areas of what is asked."""
    row, areas = found.place(asked.what), found.areas(asked.level)
    minutes = _minutes(found, row, asked.level)
    need = tuple(figures(found, one.known, asked.level) for one in asked.need)
    factors = [
        Factor(values=told.values, weight=one.weight, less_is_need=one.less_is_need)
        for one, told in zip(asked.need, need, strict=True)
    ]
    by_limit = {
        limit: rank_gaps(areas.ids, _lack(found, asked, limit, minutes), minutes, factors)
        for limit in ZONES_MIN
    }
    gaps = by_limit[asked.within_min]
    people = np.where(areas.unknown > 0, np.nan, areas.people)
    cells = areas.cells[reached_within(asked.within_min)]
    return Ranked(
        asked=asked,
        ids=areas.ids,
        gaps=gaps,
        robust=try_weights(gaps),
        people=people,
        reached=cells.value[row],
        minutes=minutes,
        without=people_without(people, cells.value[row]),
        state=_states(asked, areas)[row],
        need=need,
        by_limit={limit: one.rank for limit, one in by_limit.items()},
    )


def _lack(
    found: Measured, asked: Asked, limit_min: int, minutes: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the lack of each area, NaN where it is not known or may be less."""
    row, areas, coverage = found.place(asked.what), found.areas(asked.level), found.coverage
    if asked.how == SHARE:
        lack = lack_of_share(areas.cells[reached_within(limit_min)].value[row])
        less = may_reach_more(coverage, row, limit_min)
    else:
        known = areas.cells[Measure.NEAREST_MIN].state[row] == State.KNOWN
        lack = np.where(known, lack_of_minutes(minutes, limit_min), np.nan)
        less = may_be_nearer(coverage, row, _minutes(found, row, Level.SECTOR), limit_min)
    return np.where(mostly(less, coverage.people, found.members(asked.level)), np.nan, lack)


def _states(asked: Asked, areas: RolledUp) -> NDArray[np.int8]:
    name = reached_within(asked.within_min) if asked.how == SHARE else Measure.NEAREST_MIN
    return areas.cells[name].state


@lru_cache(maxsize=_KEPT)
def _minutes(found: Measured, row: int, level: Level) -> NDArray[np.float64]:
    if level is Level.SECTOR:
        return found.coverage.nearest_min(row)
    return nearest_min(found.coverage, row, found.members(level))


@lru_cache(maxsize=_KEPT)
def walked_m(found: Measured, row: int) -> NDArray[np.float64]:
    """Return metres from every point where people live to the nearest of a category, else inf."""
    return found.coverage.walked_m(row)


def reasons(found: Measured, answer: Ranked) -> dict[str, list[int]]:
    """Group the areas that are not ranked by why; those that lack nothing are no gaps."""
    out: dict[str, list[int]] = {}
    for at in np.flatnonzero(np.isin(answer.gaps.apart, (Apart.MEASURE, Apart.NEED))):
        out.setdefault(reason(found, answer, int(at)), []).append(int(at))
    return dict(sorted(out.items(), key=lambda item: -len(item[1])))


def reason(found: Measured, answer: Ranked, at: int) -> str:
    """Say why an area is not ranked."""
    apart, state = Apart(int(answer.gaps.apart[at])), State(int(answer.state[at]))
    if apart is Apart.NEED:
        return _missing(answer, at)
    if apart is Apart.NO_LACK:
        return _("nobody there lacks it")
    near = _("a place is near, but no street that leads to it is known")
    on_foot = answer.asked.level is Level.SECTOR and found.coverage.demand.walkable[at]
    nobody = answer.people[at] == 0
    return {
        State.KNOWN: near,
        State.NO_NETWORK: near if on_foot else _("no streets to walk are known there"),
        State.NO_POPULATION: _("nobody lives there")
        if nobody
        else _("how many people live there is not known"),
        State.QUARTER_ONLY: _("a place is known only by its part of town"),
        State.UNVERIFIED_ONLY: _("nothing near was checked in the last year"),
    }[state]


def _missing(answer: Ranked, at: int) -> str:
    """Name the first indicator that is not known in an area."""
    labels = [
        one.known.label(current())
        for one, told in zip(answer.asked.need, answer.need, strict=True)
        if one.weight and np.isnan(told.values[at])
    ]
    return _("“{name}” is not known there", name=labels[0])


def town(atlas: Atlas, level: Level, area: str, language: str) -> str:
    """Name the municipality of a sector; "" for larger areas."""
    if level is not Level.SECTOR:
        return ""
    return atlas.municipality_name(atlas.area_of_sector(area).municipality, language)
