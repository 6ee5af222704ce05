"""The page of one record: its form, or both sides where two saved, and its history."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

import streamlit as st

from directory.hygiene import clean_text
from directory.store import Kind
from layers.layer import Scene
from ui import access, state, wording
from ui.language import _, current, say
from ui.record import conflict, contacts, fields, hours, places, saving
from ui.record.desk import Desk
from ui.record.subject import (
    Subject,
    chosen,
    is_public,
    may_change,
    may_read_history,
    relays,
    stored,
)

RIGHT: Final = "still_right"


def find() -> tuple[Subject, dict[str, Any]]:
    """Return which record is asked for and how it stands, or say what is wrong and stop."""
    subject = chosen()
    facts = stored(subject) if subject is not None else None
    if facts is None or subject is None or not _may_know(subject, facts):
        st.title(_("Record"))
        st.info(_("There is no such record. Choose a place on the map and press “Correct it”."))
        st.stop()
    return subject, dict(facts)


def _may_know(subject: Subject, facts: Mapping[str, Any]) -> bool:
    """Whether this person may know of the record at all: a draft is nobody else's business."""
    return is_public(subject) or may_read_history(subject, facts) or may_change(subject, facts)


def refuse(subject: Subject, facts: dict[str, Any]) -> None:
    """Say who decides about a record that is not this person's, and how to tell them."""
    found = relays(subject, facts)
    if found:
        names = ", ".join(one.names.best(current()) for one in found)
        st.info(wording.plain(_("This record is for {relays} to change.", relays=names)))
    else:
        st.info(_("No relay covers this place: a coordinator may change it."))
    if subject.kind is Kind.ACTOR:
        address = f"./propose?{urlencode({'id': subject.id, 'lang': current()})}"
        st.link_button(_("Propose a correction"), address)


def show(scene: Scene, desk: Desk) -> None:
    """Show the form, or both sides where somebody else saved meanwhile."""
    if desk.problem is not None:
        st.error(wording.plain(say(desk.problem)))
        desk.problem = None
    if desk.said:
        st.warning(wording.plain(desk.said))
        desk.said = ""
    if desk.theirs is not None:
        conflict.show(desk)
        return
    _tell_of_others(desk)
    with st.container(key="record_form"):
        _FORMS[desk.subject.kind](scene, desk)
    standing = stored(desk.subject)
    if not desk.changed and standing is not None and standing["version"] != desk.base["version"]:
        # Only now: what was typed last comes with this very run.
        desk.take_up(standing)
        st.rerun()
    _save(desk)


def _tell_of_others(desk: Desk) -> None:
    standing = stored(desk.subject)
    if standing is None or standing["version"] == desk.base["version"] or not desk.changed:
        return
    st.info(_("Somebody saved this record since you began."))
    st.button(_("See both"), on_click=saving.meet, args=(desk,), key="record_see_both")


def _section(told: str) -> Any:
    found = st.container(border=True)
    found.subheader(told)
    return found


def _actor(scene: Scene, desk: Desk) -> None:
    with _section(_("Name and description")):
        fields.texts(desk, "names")
        fields.texts(desk, "descriptions")
    with _section(_("What it is")):
        fields.categories(desk)
        fields.kind(desk)
    with _section(_("Where")):
        places.show(scene, desk)
    with _section(_("Hours")):
        hours.show(desk)
    with _section(_("How to reach it")):
        contacts.show(desk)
    with _section(_("Before one goes")):
        fields.languages(desk)
        fields.practical(desk)
        fields.texts(desk, "audience")
    with _section(_("Visibility")):
        fields.standing(desk)
        fields.secrecy(desk)
        _still_right(desk)


def _activity(scene: Scene, desk: Desk) -> None:
    with _section(_("Name and description")):
        fields.texts(desk, "titles")
        fields.texts(desk, "descriptions")
        fields.sort_of_activity(desk)
    with _section(_("Where")):
        places.show_one(scene, desk)
    with _section(_("When")):
        fields.texts(desk, "frequency")
        fields.schedule_told(desk)
    with _section(_("Before one goes")):
        fields.languages(desk)
    with _section(_("Visibility")):
        fields.standing(desk)


def _relay(scene: Scene, desk: Desk) -> None:
    del scene
    with _section(_("Name and description")):
        fields.texts(desk, "names")
    with _section(_("How to reach it")):
        contacts.show(desk)
    with _section(_("Visibility")):
        fields.standing(desk)


def _partner(scene: Scene, desk: Desk) -> None:
    with _section(_("Name and description")):
        fields.texts(desk, "names")
    with _section(_("Where")):
        places.show_one(scene, desk)
    with _section(_("Hours")):
        hours.show(desk)
    with _section(_("How to reach it")):
        contacts.show(desk)
    with _section(_("Visibility")):
        fields.standing(desk)


_FORMS: Final = {
    Kind.ACTOR: _actor,
    Kind.ACTIVITY: _activity,
    Kind.RELAY: _relay,
    Kind.PARTNER: _partner,
}


def _still_right(desk: Desk) -> None:
    """Ask whether all of it was checked: the day and the name then stand on the card."""
    key = desk.start(RIGHT, value=False)
    right = st.checkbox(
        _("I checked it: all of it is right today"), key=key, persist_state="session"
    )
    who = access.told_author()
    checked = right and who is not None
    desk.mine["verified_on"] = (
        state.now().date().isoformat() if checked else desk.base.get("verified_on")
    )
    desk.mine["verified_by"] = (
        clean_text(who.name, field="verified_by")
        if checked and who is not None
        else desk.base.get("verified_by", "")
    )


def _save(desk: Desk) -> None:
    with st.container(key="record_bar"):
        _press(desk)


def _press(desk: Desk) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = access.author()
        pressed = st.button(
            _("Save"),
            type="primary",
            disabled=not desk.changed or who is None,
            key="record_save",
        )
        st.button(
            _("Drop changes"),
            on_click=desk.take_up,
            args=(desk.base,),
            disabled=not desk.changed,
            key="record_drop",
        )
    if who is None and desk.changed:
        st.caption(_("Give your name to change anything."))
    if pressed and who is not None:
        saving.save(desk, who)
