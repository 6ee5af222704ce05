"""Private notes of relays: on the page of a record, and their handover."""

from typing import Final

import streamlit as st

from directory.clock import BRUSSELS
from directory.notes import LONGEST, Note, Notes
from directory.people import Deed
from directory.store.rows import Kind, facts_of
from geo.errors import PleinError
from ui import access, state, wording
from ui.language import _, current, say

_SAID: Final = "notes_said"


def show(actor_id: str) -> None:
    """Show the notes on an actor that this person may read, and take a new one."""
    actor = state.store().directory().actors.get(actor_id)
    if actor is None:
        return
    areas = sorted(state.grounds().neighbourhoods(Kind.ACTOR, facts_of(actor)))
    mine = [key for key in areas if access.may(Deed.READ_NOTES, neighbourhoods=(key,))]
    if not mine:
        return
    who = access.told_author()
    with st.container(border=True, key="notes"):
        st.subheader(_("Private notes"))
        st.caption(_("Relays of this neighbourhood read them, and nobody else."))
        _say()
        notes = Notes(state.store())
        for note in notes.about(actor_id, by=access.person(), neighbourhoods=mine):
            _show(note, own=note.person in ("", access.person().id))
        st.text_area(_("New note"), key="note_new", max_chars=LONGEST)
        st.button(
            _("Keep the note"),
            key="note_keep",
            on_click=_keep,
            args=(actor_id, mine[0]),
            disabled=who is None,
            help=None if who else _("Give your name to change anything."),
        )


def hand_over() -> None:
    """Let a relay that leaves choose which of its notes the successor gets."""
    _say()
    person, day = access.person(), state.now().date()
    areas = sorted(person.neighbourhoods(day))
    if not areas:
        st.info(_("Notes are handed over by the relay of a neighbourhood, when it leaves."))
    for area in areas:
        _hand_over(area, Notes(state.store()))


def _hand_over(area: str, notes: Notes) -> None:
    person = access.person()
    found = notes.of_relay(area, person.id, by=person)
    with st.container(border=True, key=f"handover_{area}"):
        st.subheader(wording.plain(state.atlas().neighbourhood_name(area, current()) or area))
        for note in found:
            st.checkbox(_named(note), key=f"note_pass_{note.id}", persist_state="session")
            st.caption(wording.plain(note.text))
        away = notes.put_away(area, by=person)
        st.caption(_("Notes put away unreadable: {n}", n=wording.number(away)))
        if not found:
            st.info(_("You have no notes here."))
            return
        with st.popover(_("Hand over and leave")):
            st.write(_("The successor reads the notes ticked. The others nobody reads again."))
            st.button(
                _("Hand over now"),
                type="primary",
                key=f"handover_now_{area}",
                on_click=_pass,
                args=(area, [note.id for note in found]),
            )


def _named(note: Note) -> str:
    actor = state.store().directory().actors.get(note.actor_id)
    name = actor.names.best(current()) if actor else note.actor_id
    return wording.plain(f"{name} · {wording.day(note.at.astimezone(BRUSSELS).date())}")


def _pass(area: str, ids: list[str]) -> None:
    chosen = [key for key in ids if st.session_state.get(f"note_pass_{key}")]
    person = access.person()
    try:
        done = Notes(state.store()).hand_over(area, person.id, chosen, by=person)
    except PleinError as error:
        st.session_state[_SAID] = say(error)
        return
    st.session_state[_SAID] = _(
        "Passed on: {passed}. Put away unreadable: {away}.",
        passed=wording.number(done.passed),
        away=wording.number(done.put_away),
    )


def _show(note: Note, *, own: bool) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        day = wording.day(note.at.astimezone(BRUSSELS).date())
        st.markdown(wording.plain(note.text))
        st.caption(wording.plain(f"{note.author} · {day}"))
        if own:
            st.button(_("Erase"), key=f"note_erase_{note.id}", on_click=_erase, args=(note.id,))


def _keep(actor_id: str, area: str) -> None:
    who = access.told_author()
    if who is None:
        return
    try:
        text = str(st.session_state.get("note_new") or "")
        Notes(state.store()).write(actor_id, area, text, by=who)
        st.session_state["note_new"] = ""
    except PleinError as error:
        st.session_state[_SAID] = say(error)


def _erase(note_id: str) -> None:
    try:
        Notes(state.store()).erase(note_id, by=access.person())
    except PleinError as error:
        st.session_state[_SAID] = say(error)


def _say() -> None:
    if told := st.session_state.pop(_SAID, ""):
        st.info(wording.plain(told))
