"""The areas that change, as a table; one sector before and after."""

from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from geo.coverage import Measure
from geo.levels import Level
from layers.layer import Scene
from ui import look
from ui.coverage.measured import Measured
from ui.language import _, ngettext
from ui.mapview import picked
from ui.what_if import shades
from ui.what_if.comparing import area_name
from ui.what_if.outcome import Outcome
from ui.what_if.screen import LEVEL, MEASURE
from ui.what_if.shades import SHADES

_ROWS_PX: Final = 330


def order_of(outcome: Outcome, measure: Measure) -> list[int]:
    """Return the places of the areas that change, the largest change first."""
    difference = outcome.difference(measure)
    at = np.flatnonzero(outcome.changed(measure))
    size = np.nan_to_num(np.abs(difference[at]), nan=-1.0, posinf=1e9)
    return [int(place) for place in at[np.argsort(-size, kind="stable")]]


def people_moved(outcome: Outcome, measure: Measure) -> np.ndarray | None:
    """Return people more or fewer by area, NaN where not known; None where no share is asked."""
    return outcome.difference(measure) * outcome.people if measure in shades.SHARES else None


def changed_table(scene: Scene, found: Measured, outcome: Outcome, ids: list[str]) -> pd.DataFrame:
    """List the areas that change: before, after, difference."""
    measure, level = Measure(st.session_state[MEASURE]), Level(str(st.session_state[LEVEL]))
    difference, moved = outcome.difference(measure), people_moved(outcome, measure)
    value, apart = shades.teller(measure), shades.teller(measure, signed=True)
    rows = []
    for place in order_of(outcome, measure):
        row = {
            _("Area"): area_name(found, level, ids[place], scene.language),
            _("Before"): value(outcome.before[measure].value[place]),
            _("After"): value(outcome.after[measure].value[place]),
            _("Difference"): apart(difference[place]),
        }
        if moved is not None and found.population is not None:
            known = not np.isnan(moved[place])
            row[_("People")] = shades.number(moved[place], signed=True) if known else _("unknown")
        if level is Level.SECTOR:
            where = found.atlas.area_of_sector(ids[place])
            row[_("Municipality")] = found.atlas.municipality_name(
                where.municipality, scene.language
            )
        rows.append(row)
    return pd.DataFrame(rows)


def show_table(frame: pd.DataFrame) -> None:
    """Show the areas that change."""
    if frame.empty:
        st.caption(_("No area changes by this measure."))
        return
    st.markdown("**" + ngettext("{n} area changes", "{n} areas change", len(frame)) + "**")
    height = min(_ROWS_PX, 38 + 35 * len(frame))
    st.dataframe(frame, hide_index=True, height=height, width="stretch")


def show_sector(scene: Scene, found: Measured, outcome: Outcome) -> None:
    """Tell of the chosen sector each measure before and after."""
    chosen, codes = picked(), [str(code) for code in found.coverage.demand.codes]
    if chosen is None or chosen.layer != "sectors" or chosen.id not in codes:
        st.caption(_("Choose a sector on the map to see it before and after."))
        return
    at = codes.index(chosen.id)
    people = outcome.people[at]
    lines = [
        {
            "label": shades.name(measure),
            "before": shades.teller(measure)(outcome.before[Measure(measure)].value[at]),
            "after": shades.teller(measure)(outcome.after[Measure(measure)].value[at]),
        }
        for measure in SHADES
        if measure != Measure.TWO_STEP or found.population is not None
    ]
    look.render(
        "what_if_sector.html.j2",
        lang=scene.language,
        name=found.atlas.sector_name(chosen.id, scene.language),
        people=_("How many people live here is not known.")
        if np.isnan(people)
        else ngettext("{n} person lives here", "{n} people live here", int(people)),
        before=_("Before"),
        after=_("After"),
        measure=_("Measure"),
        lines=lines,
    )
