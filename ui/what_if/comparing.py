"""What is tried beside the present or a kept scenario: figures side by side, and by area."""

from functools import lru_cache

import streamlit as st

from directory.plans import sort_steps
from directory.scenarios import Plan
from directory.trial import Trial
from geo.coverage import RolledUp, roll_up
from geo.levels import Level
from ui import look
from ui.coverage.measured import Measured
from ui.language import _
from ui.what_if import shades
from ui.what_if.desk import begin, desk
from ui.what_if.keeping import scenarios, titled
from ui.what_if.outcome import Figures, Outcome, figures_of, rolled
from ui.what_if.screen import AGAINST, LEVEL, NOW, WHAT
from ui.what_if.steps import show_lost


def ask_against() -> None:
    """Ask what is the other side."""
    kept = scenarios()
    if st.session_state.get(AGAINST) not in kept:
        st.session_state[AGAINST] = NOW
    st.selectbox(
        _("Compared with"),
        [NOW, *kept],
        key=AGAINST,
        format_func=lambda key: titled(kept, key),
    )


def against(found: Measured) -> Trial | None:
    """Return the trial of the other side; None is the present."""
    mine, wanted = desk(), scenarios().get(str(st.session_state.get(AGAINST)))
    if wanted is None:
        mine.other = None
        return None
    key = (found, wanted.id, wanted.version)
    if mine.other is None or mine.other_key != key:
        other = begin(found)
        plan, mine.other_lost = sort_steps(wanted.steps, found.atlas, other.standing)
        other.become(plan)
        mine.other, mine.other_key = other, key
    return mine.other


def show_figures(found: Measured, outcome: Outcome, trial: Trial, other: Trial | None) -> None:
    """Show the figures of both sides side by side."""
    if other is not None and desk().other_lost:
        show_lost(found, desk().other_lost)
    row = found.place(str(st.session_state[WHAT]))
    now = other.what_if.services() if other else found.coverage.services
    before = figures_of(outcome.before, outcome.people, len(now.rows(row)))
    after = figures_of(outcome.after, outcome.people, len(trial.what_if.services().rows(row)))
    look.render(
        "what_if_figures.html.j2",
        title=_("Side by side"),
        before=side_name(other),
        after=_("As tried"),
        difference=_("Difference"),
        lines=[
            {"label": label, "before": one, "after": two, "difference": apart}
            for label, one, two, apart in side_by_side(before, after)
        ],
        note=_("More than 15 minutes counts as 15 in the mean.")
        if before.counted == "people"
        else _(
            "How many people live where is not known: every sector counts once. More than 15 "
            "minutes counts as 15 in the mean."
        ),
    )


def side_name(other: Trial | None) -> str:
    """Name the side that what is tried is compared with."""
    if other is None:
        return _("As it is today")
    kept = scenarios().get(str(st.session_state.get(AGAINST)))
    return kept.title if kept else _("As it is today")


def side_by_side(before: Figures, after: Figures) -> list[tuple[str, str, str, str]]:
    """Return label, one side, the other and the difference of each figure, as text."""
    people = before.counted == "people"
    lines = [_line(_("Places"), before.services, after.services)]
    for minutes in before.reached:
        label = (
            _("People who reach one within {n} minutes", n=minutes)
            if people
            else _("Of a sector, on average, who reach one within {n} minutes", n=minutes)
        )
        one, two = before.reached[minutes], after.reached[minutes]
        lines.append(_line(label, one, two, share=not people))
    lines.append(_line(_("Mean minutes to the nearest"), before.mean_min, after.mean_min, digits=1))
    label = _("Sectors where nobody reaches one within 10 minutes")
    lines.append(_line(label, before.without, after.without))
    if before.unknown or after.unknown:
        lines.append(_line(_("Sectors where it is not known"), before.unknown, after.unknown))
    if people:
        one, two = (None if x.two_step is None else 1_000 * x.two_step for x in (before, after))
        label = _("Supply for 1,000 people within 15 minutes (2SFCA)")
        lines.append(_line(label, one, two, digits=3))
    return lines


def _line(
    label: str, before: float | None, after: float | None, *, digits: int = 0, share: bool = False
) -> tuple[str, str, str, str]:
    def told(value: float | None, *, signed: bool = False) -> str:
        if value is None:
            return _("unknown")
        if share:
            part = shades.number(100 * value, digits=1, signed=signed)
            return _("{n} points", n=part) if signed else f"{part} %"
        return shades.number(value, digits=digits, signed=signed)

    apart = None if before is None or after is None else after - before
    return label, told(before), told(after), told(apart, signed=True)


def ask_level() -> None:
    """Ask which areas the table lists."""
    told = {
        Level.SECTOR.value: _("Sectors"),
        Level.NEIGHBOURHOOD.value: _("Neighbourhoods of relays"),
        Level.MUNICIPALITY.value: _("Municipalities"),
    }
    st.segmented_control(
        _("By"), list(told), key=LEVEL, format_func=told.__getitem__, required=True
    )


def by_area(
    found: Measured, outcome: Outcome, trial: Trial, other: Trial | None
) -> tuple[Outcome, list[str]]:
    """Return the outcome at the level that is chosen, and the ids of its areas."""
    level = Level(str(st.session_state[LEVEL]))
    if level is Level.SECTOR:
        return outcome, [str(code) for code in found.coverage.demand.codes]
    before = _rolled(found, other, other.plan, level) if other else found.areas(level)
    after = _rolled(found, trial, trial.plan, level)
    row = found.place(str(st.session_state[WHAT]))
    return rolled(before, after, row), list(before.ids)


@lru_cache(maxsize=8)
def _rolled(found: Measured, trial: Trial, plan: Plan, level: Level) -> RolledUp:
    """Roll up; `plan` tells one state of the trial from another."""
    del plan
    return roll_up(trial.what_if.then(), found.members(level))


def area_name(found: Measured, level: Level, key: str, language: str) -> str:
    """Name an area of a level."""
    atlas = found.atlas
    if level is Level.NEIGHBOURHOOD:
        return atlas.neighbourhood_name(key, language)
    if level is Level.MUNICIPALITY:
        return atlas.municipality_name(key, language)
    return atlas.sector_name(key, language)
