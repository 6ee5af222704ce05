"""One record of the due list: what is known of it, and what can be done about it."""

from datetime import timedelta
from typing import Final

import streamlit as st

from directory.actors import Actor, Status
from directory.notices import Notice, NoticeKind
from directory.people import Deed
from directory.store import Kind
from directory.store.rows import facts_of
from directory.texts import LANGUAGES, Texts
from layers.layer import Scene
from ui import access, card, state, wording
from ui.doors import notice_in_words
from ui.due import doing, links, listing
from ui.due.asking import ACTOR
from ui.language import NAMES, _

REASON_MAX: Final = 300


def show(scene: Scene) -> None:
    """Open the record that was chosen over the list, once, until it is closed."""
    key = st.session_state.get(ACTOR)
    if not key:
        return
    actor = scene.atlas.directory.actors.get(key)
    if actor is None or actor.status is Status.ARCHIVED:
        st.info(_("This is no longer in the directory. It may have moved or closed."))
        return
    title = wording.plain(actor.names.best(scene.language))
    st.dialog(title, width="medium", on_dismiss=doing.forget_chosen)(_body)(scene, key)


def _body(scene: Scene, key: str) -> None:
    actor = state.store().directory().actors[key]
    access.author()
    ground = state.grounds().neighbourhoods(Kind.ACTOR, facts_of(actor))
    if not access.may(Deed.CONFIRM, neighbourhoods=ground, actor=key):
        st.info(_("This is not yours to decide. Pass it on to the relay of its neighbourhood."))
        return
    with st.container(horizontal=True):
        if st.button(_("Still right"), type="primary", key="due_right"):
            _after(well=doing.still_right({key: actor.version}))
        st.link_button(_("Correct"), listing.record_address(key))
    _ask_what(actor)
    if key in scene.atlas.actors:
        card.show_actor(scene, actor)


def _ask_what(actor: Actor) -> None:
    parts = {
        "link": (_("A link for them"), links.show),
        "while": (_("Closed for a while"), _ask_notice),
        "closed": (_("Closed for good"), _ask_closed),
    }
    chosen = st.segmented_control(
        _("What to do"),
        list(parts),
        default="link",
        required=True,
        key="due_do",
        format_func=lambda key: parts[key][0],
        width="stretch",
    )
    parts[str(chosen)][1](actor)


def _ask_closed(actor: Actor) -> None:
    reasons = {
        "closed": _("It closed for good"),
        "moved": _("It moved out of Brussels"),
        "other": _("Another reason"),
    }
    with st.form("due_closed", border=False):
        reason = st.radio(_("Why?"), list(reasons), format_func=reasons.__getitem__)
        told = st.text_input(_("In a few words, for the history"), max_chars=REASON_MAX)
        pressed = st.form_submit_button(_("Take it off the map"), type="primary")
    if pressed:
        said = f"{reasons[str(reason)]}: {told}" if told else reasons[str(reason)]
        _after(well=doing.closed(actor.id, actor.version, said))


def _ask_notice(actor: Actor) -> None:
    kinds = {
        NoticeKind.CLOSED: _("Closed"),
        NoticeKind.HOURS: _("Other hours than usual"),
        NoticeKind.OTHER: _("Something else"),
    }
    today = state.now().date()
    for number, notice in enumerate(one for one in actor.notices if one.until_day >= today):
        _standing(actor, notice, number)
    with st.form("due_notice", border=False, clear_on_submit=False):
        kind = st.radio(
            _("What holds for a while?"),
            list(kinds),
            format_func=kinds.__getitem__,
            horizontal=True,
        )
        with st.container(horizontal=True):
            first = st.date_input(_("From"), today, format="DD/MM/YYYY", key="due_from")
            last = st.date_input(
                _("Up to and including"),
                today + timedelta(days=7),
                format="DD/MM/YYYY",
                key="due_until",
            )
        texts = {
            code: st.text_input(
                _("What to know ({language})", language=NAMES[code]), max_chars=REASON_MAX
            )
            for code in LANGUAGES[:2]
        }
        pressed = st.form_submit_button(_("Put it up"), type="primary")
    if pressed:
        told = Texts({code: text for code, text in texts.items() if text.strip()})
        _after(
            well=doing.put_up(
                actor.id,
                actor.version,
                lambda: Notice(kind=kind, text=told, from_day=first, until_day=last),
            )
        )


def _standing(actor: Actor, notice: Notice, number: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(wording.plain(notice_in_words(notice, state.now().date())))
        if st.button(_("Take it down"), key=f"due_down_{number}"):
            _after(well=doing.take_down(actor.id, actor.version, notice))


def _after(*, well: bool) -> None:
    """Show the list as it is now where it went well, else what went wrong beside the form."""
    if well:
        doing.forget_chosen()
        st.rerun()
    doing.tell()
