"""Two dates beside each other: which sectors changed hands between them."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import streamlit as st

from geo.neighbourhood_edits import Draft
from layers.layer import Scene
from ui import state, wording
from ui.address import Parameter
from ui.language import _, ngettext
from ui.territory import words
from ui.territory.desk import Desk
from ui.territory.editor import EARLIEST, LATEST
from ui.territory.ground import spec_of
from ui.territory.people import people

FROM, TO = "from", "to"


def _is_day(value: str) -> bool:
    try:
        return EARLIEST <= date.fromisoformat(value) <= LATEST
    except ValueError:
        return False


PARAMETERS: Final = {FROM: Parameter("one", _is_day), TO: Parameter("one", _is_day)}


def days(desk: Desk) -> tuple[date, date]:
    """Return the two dates: those asked, else the last day something began and the one before."""
    begun = sorted({one.valid_from for found in desk.stored.values() for one in found.sets})
    first, last = st.session_state.get(FROM), st.session_state.get(TO)
    today = state.now().date()
    usual = begun[0] if begun else today
    return (
        date.fromisoformat(first) if first and _is_day(first) else min(usual, today),
        date.fromisoformat(last) if last and _is_day(last) else max([today, *begun[-1:]]),
    )


def drafts(desk: Desk) -> tuple[Draft, Draft]:
    """Return the neighbourhoods of the directory on either date."""
    first, last = days(desk)
    ground = desk.territory.neighbours
    return Draft.of(ground, desk.stored, first), Draft.of(ground, desk.stored, last)


def show(scene: Scene, desk: Desk) -> dict[str, Any]:
    """Ask for two dates, list what changed, and return the map of the later one."""
    first, last = days(desk)
    with st.container(horizontal=True):
        for name, label, day in ((FROM, _("First date"), first), (TO, _("Second date"), last)):
            key = f"territory_{name}"
            st.session_state[key] = day
            st.date_input(
                label,
                key=key,
                min_value=EARLIEST,
                max_value=LATEST,
                format="DD/MM/YYYY",
                on_change=_keep(name, key),
                width=180,
            )
    st.caption(_("What is saved, as it holds on those days; drafts are not in it."))
    before, after = drafts(desk)
    rows = words.moved(before, after)
    if rows:
        told = ngettext("{n} sector changed hands", "{n} sectors changed hands", len(rows))
        st.markdown(f"**{wording.plain(told)}**")
        st.dataframe(rows, hide_index=True, width="stretch")
        st.caption(words.people_of([row[_("Code")] for row in rows], people()))
    else:
        st.info(_("No sector changed hands between these dates."))
    _tell_areas(before, after)
    marked = [code for code, _then, _now in before.handed_over(after)]
    return spec_of(scene, desk, after, marked=marked, read=True)


def _keep(name: str, key: str) -> Callable[[], None]:
    def keep() -> None:
        day = st.session_state[key]
        st.session_state[name] = day.isoformat() if isinstance(day, date) else None

    return keep


def _tell_areas(before: Draft, after: Draft) -> None:
    """Tell which neighbourhoods began and ended in between."""
    for title, keys in (
        (_("Began"), after.areas.keys() - before.areas.keys()),
        (_("Ended"), before.areas.keys() - after.areas.keys()),
    ):
        if keys:
            names = ", ".join(sorted(words.named(key, after, before) for key in keys))
            st.markdown(wording.plain(f"{title}: {names}"))
