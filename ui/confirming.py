"""What an actor sees through its link: its record, one press that it is right, or what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import streamlit as st
from sqlalchemy import Connection

from directory.actors import Actor
from directory.clock import BRUSSELS
from directory.confirmations import Answer, Confirmations, Link, Standing, bearer
from directory.contacts import Contact, ContactKind
from directory.proposals.records import Draft, ProposalKind
from directory.proposals.store import Proposals
from directory.secrecy import public_contacts
from geo.errors import PleinError
from layers.layer import Scene
from ui import card, state, wording
from ui.language import _, current, say

LINK: Final = "link"
"""The query parameter that holds the secret part of a link."""
NOTE_MAX: Final = 1_000
VALUE_MAX: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What somebody wrote in the fields of the form; an empty contact is one that is no more."""

    hours: str
    contacts: dict[ContactKind, str]
    note: str
    closed: bool = False


def show(scene: Scene) -> None:
    """Show the record of the link in the address, or say why it opens none."""
    token = str(st.query_params.get(LINK) or "")
    links = Confirmations(state.store())
    link = links.find(token)
    if link is None:
        st.info(_("This link opens nothing. Is it whole? Else ask the relay for a new one."))
        return
    standing = link.standing(state.now())
    if standing is Standing.USED:
        st.success(_("Thank you! Your answer came in."))
    elif standing is Standing.ENDED:
        ended = wording.day(link.expires_at.astimezone(BRUSSELS).date())
        st.info(_("This link ended on {day}. Ask the relay for a new one.", day=ended))
    elif link.actor_id not in scene.atlas.actors:
        st.info(_("This is no longer in the directory. It may have moved or closed."))
    else:
        _ask(scene, links, link, token)


def _ask(scene: Scene, links: Confirmations, link: Link, token: str) -> None:
    actor = scene.atlas.actors[link.actor_id]
    with st.container(key="card", border=True):
        card.show_actor(scene, actor)
    if st.button(
        _("All of this is still right"), type="primary", key="confirm_right", width="stretch"
    ):
        _answered(lambda: links.confirm(token, actor.version, now=state.now()))
    with st.expander(_("Something changed"), key="confirm_changed"):
        typed = _form(actor)
        if typed is not None:
            draft = drafted(actor, typed, current())
            if draft is None:
                st.info(_("Nothing is changed yet: say what should be different."))
            else:
                _answered(lambda: _propose(links, link, token, draft))


def _form(actor: Actor) -> Typed | None:
    """Ask what changed; None until it is sent."""
    labels = {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.WEBSITE: _("Website"),
    }
    with st.form("confirm_form", border=False):
        hours = st.text_input(_("Opening hours"), actor.hours, max_chars=VALUE_MAX)
        contacts = {
            kind: st.text_input(label, _first(actor, kind), max_chars=VALUE_MAX)
            for kind, label in labels.items()
        }
        note = st.text_area(_("What else changed?"), max_chars=NOTE_MAX)
        closed = st.checkbox(_("We closed for good"))
        st.caption(_("The relay of your neighbourhood reads it before anything changes."))
        if not st.form_submit_button(_("Send to the relay")):
            return None
    return Typed(hours=hours, contacts=contacts, note=note, closed=closed)


def _first(actor: Actor, kind: ContactKind) -> str:
    public = public_contacts(actor.contacts)
    return next((one.value for one in public if one.kind is kind), "")


def drafted(actor: Actor, typed: Typed, language: str) -> Draft | None:
    """Return what somebody wrote as a proposal; None where nothing differs.

    The first public contact of each kind is on the form, the others stay as they are.
    """
    facts: dict[str, object] = {}
    if typed.hours.strip() != actor.hours:
        facts["hours"] = typed.hours.strip()
    contacts = _contacts(actor, typed)
    if contacts != [_told(one) for one in public_contacts(actor.contacts)]:
        facts["contacts"] = contacts
    note = typed.note.strip()
    if typed.closed:
        kind, facts = ProposalKind.CLOSED, {}
    elif facts:
        kind = ProposalKind.CORRECT
    elif note:
        kind = ProposalKind.WRONG
    else:
        return None
    return Draft(
        kind=kind,
        target=actor.id,
        target_version=actor.version,
        facts=facts,
        note=note,
        language=language,
        name=actor.names.best(language)[:80],
    )


def _told(contact: Contact) -> dict[str, object]:
    return contact.model_dump(mode="json")


def _contacts(actor: Actor, typed: Typed) -> list[dict[str, object]]:
    left = {kind: value.strip() for kind, value in typed.contacts.items()}
    kept = []
    for contact in public_contacts(actor.contacts):
        value = left.pop(contact.kind, contact.value)
        if value:
            kept.append({**_told(contact), "value": value})
    return kept + [
        {"kind": kind.value, "value": value, "visibility": "public", "label": {}}
        for kind, value in left.items()
        if value
    ]


def _propose(links: Confirmations, link: Link, token: str, draft: Draft) -> None:
    by = bearer(link, draft.name).acting

    def use(connection: Connection) -> None:
        links.use(connection, token, Answer.CORRECTED, state.now())

    Proposals(state.store(), state.grounds).make(draft, by=by, admitted=use)


def _answered(work: Callable[[], object]) -> None:
    """Do it and show the page as it is then; else say what is wrong."""
    try:
        work()
    except PleinError as error:
        st.error(say(error))
        return
    st.rerun()
