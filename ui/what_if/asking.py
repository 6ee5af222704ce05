"""What is asked of a proposal: how many places, for what, among which, for whom."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from directory.categories import GROUPS
from directory.indicators import POPULATION, Indicator, Rule, Unit, by_sector, newest
from directory.scenarios import Plan
from geo.coverage import LIMIT_M, Measure, State
from geo.coverage.sites import MOST, Aim, Proposal, middle_crossings, propose_sites
from geo.levels import Level
from geo.walking import Spots
from ui.coverage.measured import WORDS, Measured
from ui.language import _, current
from ui.what_if.desk import desk, trial_of
from ui.what_if.screen import WHAT, put_as

COUNT, AIM, AMONG, WITHIN, WEIGHT = (
    f"what_if_{name}" for name in ("count", "aim", "among", "within", "weight")
)
ANSWERS: Final = (COUNT, AIM, AMONG, WITHIN, WEIGHT)
CROSSINGS: Final = "crossings"
EVERYWHERE: Final = "everywhere"
EQUAL: Final = "equal"
FIRST_COUNT: Final = 3
JUDGED_BY: Final = {
    Aim.COVER_5: Measure.REACHED_5,
    Aim.COVER_10: Measure.REACHED_10,
    Aim.COVER_15: Measure.REACHED_15,
    Aim.SHORTEST: Measure.NEAREST_MIN,
}
"""Whose people count for an aim: of the sectors where this is known."""


@dataclass(frozen=True, eq=False)
class Asked:
    """A question for `propose_sites`: candidates with their names, and how each sector counts.

    It was asked of `what`, of a directory (`found`) and a plan; its answer is put as `category`.
    """

    what: str
    category: str
    found: Measured
    plan: Plan
    spots: Spots
    names: tuple[str, ...]
    count: int
    aim: Aim
    people: NDArray[np.float64]
    weighted: str
    run: Callable[[Callable[[], bool]], Proposal]

    def holds(self, found: Measured) -> bool:
        """Tell whether its answer is still one to what the page asks."""
        now = str(st.session_state[WHAT]), put_as(), desk().plan
        return found is self.found and now == (self.what, self.category, self.plan)


def ask_proposal(found: Measured) -> None:
    """Ask for a proposal."""
    st.session_state.setdefault(COUNT, FIRST_COUNT)
    st.session_state.setdefault(AIM, Aim.COVER_10)
    st.number_input(_("How many new places"), 1, MOST, key=COUNT)
    aims = {
        Aim.COVER_5: _("as many people as can be within 5 minutes"),
        Aim.COVER_10: _("as many people as can be within 10 minutes"),
        Aim.COVER_15: _("as many people as can be within 15 minutes"),
        Aim.SHORTEST: _("the shortest ways for all (p-median)"),
    }
    st.selectbox(_("So that"), list(aims), key=AIM, format_func=aims.__getitem__)
    among = {CROSSINGS: _("a crossing in the middle of every sector with streets")}
    among |= {
        key: _("existing places: {group}", group=group.labels.best(current()))
        for key, group in GROUPS.items()
        if len(found.coverage.services.rows(found.place(key)))
    }
    st.selectbox(_("Chosen among"), list(among), key=AMONG, format_func=among.__getitem__)
    areas = {EVERYWHERE: _("everywhere"), **_areas(found)}
    st.selectbox(_("Only within"), list(areas), key=WITHIN, format_func=areas.__getitem__)
    counts = {key: one.names.best(current()) for key, one in _counts(found).items()}
    counts[EQUAL] = _("every sector alike")
    st.selectbox(_("Counting"), list(counts), key=WEIGHT, format_func=counts.__getitem__)
    if len(counts) == 1:
        st.caption(_("How many people live where is not known yet, so every sector counts alike."))


def _areas(found: Measured) -> dict[str, str]:
    atlas, language = found.atlas, current()
    told = {
        f"m:{key}": atlas.municipality_name(key, language)
        for key in found.members(Level.MUNICIPALITY)
    }
    told |= {
        f"n:{key}": _("neighbourhood {name}", name=atlas.neighbourhood_name(key, language))
        for key in found.members(Level.NEIGHBOURHOOD)
    }
    return told


def _counts(found: Measured) -> dict[str, Indicator]:
    """Return the figure of people of each subject in the year of the day; inhabitants first."""
    kept, year = found.atlas.directory.indicators, found.atlas.day.year
    subjects = {one.subject for one in kept.values() if one.unit is Unit.PEOPLE} - {POPULATION}
    newest_of = {subject: newest(kept, subject, by_year=year) for subject in sorted(subjects)}
    counted = {POPULATION: found.population} | newest_of
    return {key: one for key, one in counted.items() if one is not None}


def weights_of(found: Measured) -> NDArray[np.float64]:
    """Return what each sector counts; one whose people are not known counts as the mean one."""
    chosen = _counts(found).get(str(st.session_state[WEIGHT]))
    if chosen is None:
        return np.ones(len(found.coverage.demand.codes))
    same = found.people if chosen is found.population else None
    values = (same or by_sector(chosen, found.atlas.territory, rule=Rule.PUBLISHED)).values
    people = np.array(
        [np.nan if values[str(code)] is None else values[str(code)]
         for code in found.coverage.demand.codes],
        dtype=np.float64,
    )  # fmt: skip
    known = ~np.isnan(people)
    return np.where(known, people, people[known].mean() if known.any() else 1.0)


def asked(found: Measured) -> Asked:
    """Return the question as it is asked now; a trial's new places count as open.

    Who lives where it is not known whether they reach one counts nobody: nor would the answer.
    """
    state = st.session_state
    trial = trial_of(found)
    coverage = trial.what_if.then() if trial.plan else found.coverage
    what, aim, count = str(state[WHAT]), Aim(state[AIM]), int(state[COUNT])
    row = found.place(what)
    sectors = _within(found, str(state[WITHIN]))
    spots, names = _candidates(found, str(state[AMONG]), sectors)
    known = coverage.cells[JUDGED_BY[aim]].state[row] == State.KNOWN
    people = np.where(known, weights_of(found), 0.0)

    def run(stop: Callable[[], bool]) -> Proposal:
        return propose_sites(coverage, row, spots, count, aim=aim, people=people, stop=stop)

    return Asked(
        what=what, category=put_as(), found=found, plan=trial.plan,
        spots=spots, names=names, count=count, aim=aim, people=people,
        weighted=str(state[WEIGHT]), run=run,
    )  # fmt: skip


def _within(found: Measured, where: str) -> NDArray[np.int64]:
    if where == EVERYWHERE:
        return np.arange(len(found.coverage.demand.codes))
    level = Level.MUNICIPALITY if where.startswith("m:") else Level.NEIGHBOURHOOD
    return found.members(level)[where[2:]]


def _candidates(
    found: Measured, among: str, sectors: NDArray[np.int64]
) -> tuple[Spots, tuple[str, ...]]:
    atlas, language = found.atlas, current()
    if among == CROSSINGS:
        at, spots = middle_crossings(found.coverage, atlas.territory, sectors)
        codes = found.coverage.demand.codes
        return spots, tuple(atlas.sector_name(str(codes[one]), language) for one in at)
    services = found.coverage.services
    rows = services.rows(WORDS.index(among))
    rows = rows[np.isin(services.sector[rows], sectors)]
    names = tuple(atlas.actors[found.ids[row]].names.best(language) for row in rows)
    return services.spots[rows], names


def far(metres: float) -> float:
    """Turn mean metres into minutes; the limit of what is walked counts for what is beyond."""
    return min(metres, LIMIT_M) / (LIMIT_M / 15)
