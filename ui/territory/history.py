"""Who changed a neighbourhood, when and what; an earlier version is brought back as a draft."""

from typing import Any, Final

import streamlit as st

from directory.clock import BRUSSELS
from directory.store import Kind
from directory.store.history import Change
from directory.store.rows import record_of
from geo.errors import PleinError
from geo.neighbourhood_edits import Draft
from geo.neighbourhoods import Neighbourhood
from ui import look, state, wording
from ui.language import _, current
from ui.territory import words
from ui.territory.desk import AREA, Desk
from ui.territory.editor import choose_area

_SHOWN: Final = 20
"""Changes shown, the newest first."""


def show(desk: Desk) -> None:
    """Show the history of one neighbourhood, ended ones too."""
    names = {key: _name(found) for key, found in desk.stored.items()}
    order = sorted(names, key=lambda key: (names[key].casefold(), key))
    if st.session_state.get(AREA) not in names:
        st.session_state[AREA] = None
    choose_area(desk, order, names)
    key = st.session_state[AREA]
    if key is None:
        st.caption(_("Choose a neighbourhood to see who changed it."))
        return
    changes = state.store().history(Kind.NEIGHBOURHOOD, key)
    st.caption(_("Every version stays; bringing one back makes a draft, which you then save."))
    for change in reversed(changes[-_SHOWN:]):
        _show(desk, change)


def _name(found: Neighbourhood) -> str:
    names = found.names
    return names.get(current()) or names.get("fr") or next(iter(names.values()), found.id)


def _read(facts: Any) -> Neighbourhood | None:
    """Read a record of the history; None where it broke a rule of today or is none."""
    if facts is None:
        return None
    try:
        found = record_of(Kind.NEIGHBOURHOOD, dict(facts))
    except (KeyError, TypeError, ValueError):
        return None
    return found if isinstance(found, Neighbourhood) else None


def _show(desk: Desk, change: Change) -> None:
    before, after = _read(change.before), _read(change.after)
    with st.container(border=True, key=f"territory_change_{change.revision}_{change.version}"):
        look.render(
            "territory_change.html.j2",
            when=wording.moment(change.at.astimezone(BRUSSELS), None),
            who=change.author,
            lines=differences(before, after),
        )
        if after is not None:
            st.button(
                _("Bring this version back"),
                key=f"territory_back_{change.revision}_{change.version}",
                on_click=_bring_back,
                args=(desk, after),
            )


def differences(before: Neighbourhood | None, after: Neighbourhood | None) -> list[str]:
    """Tell what one change did, a sentence each."""
    if after is None:
        return [_("Taken out again: making it was undone.")]
    if before is None:
        return [_("Made, with {sectors}.", sectors=words.sectors(after.sectors) or _("no sector"))]
    told = []
    if after.names != before.names:
        told.append(_("Named {names}.", names=" / ".join(after.names.values())))
    into, out = set(after.sectors) - set(before.sectors), set(before.sectors) - set(after.sectors)
    if into:
        told.append(_("In: {sectors}.", sectors=words.sectors(into)))
    if out:
        told.append(_("Out: {sectors}.", sectors=words.sectors(out)))
    if after.sets != before.sets and after.begins != before.begins:
        told.append(_("Holds from {day}.", day=wording.day(after.begins)))
    if after.valid_to != before.valid_to:
        told.append(
            _("Its last day is {day}.", day=wording.day(after.valid_to))
            if after.valid_to
            else _("It has no last day any more.")
        )
    if after.reason and after.reason != before.reason:
        told.append(_("Reason: {reason}", reason=after.reason))
    if after.lived != before.lived:
        told.append(_("Lived boundary drawn.") if after.lived else _("Lived boundary removed."))
    return told or [_("Nothing that is shown here.")]


def _bring_back(desk: Desk, version: Neighbourhood) -> None:
    """Lay a version of before over the draft: its names, sectors and lived boundary."""
    try:
        desk.edits = desk.edits.do(restored(desk.now, version))
    except PleinError as error:
        desk.problem = error
    st.session_state[AREA] = version.id
    st.session_state["view"] = "edit"
    desk.fit += 1


def restored(draft: Draft, version: Neighbourhood) -> Draft:
    """Return a draft with a neighbourhood as it was; sectors that are no more are left out."""
    key = version.id
    there = draft if key in draft.areas else draft.create(key, version.names)
    emptied = there.take_out(there.areas[key].sectors, key)
    known = [code for code in version.sectors if code in draft.ground]
    return emptied.put(known, key).rename(key, version.names).draw(key, version.lived)
