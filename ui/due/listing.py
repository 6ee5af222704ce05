"""What is to be checked in words, for the list in the browser and the list to call."""

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st

from directory.actors import Actor
from directory.categories import CATEGORIES
from directory.contacts import Contact, Visibility
from directory.due_list import Due
from directory.freshness import State
from directory.people import Deed
from directory.secrecy import PERSONAL, seen_contacts
from layers.layer import Scene
from ui import access, wording
from ui.browser import DUE, mount
from ui.due import doing
from ui.due.asking import ACTOR, Desk
from ui.language import _, ngettext
from ui.rows import link_of

LISTED: Final = 300
"""Records sent to the list: who checked them all sees the next ones (ours)."""
KEY: Final = "due_list"


def show(desk: Desk, shown: Sequence[Due]) -> None:
    """List records to be checked; pressing one right confirms it."""
    chosen = shown[:LISTED]
    told = ngettext("{n} record", "{n} records", len(shown))
    if len(chosen) < len(shown):
        told = _("{records}, the most urgent {n} listed", records=told, n=LISTED)
    st.caption(told)
    spec: dict[str, Any] = {
        "items": [_item(desk.scene, one) for one in chosen],
        "selected": st.session_state.get(ACTOR),
        "texts": {
            "label": _("Records to be checked"),
            "more": _("Show more ({n})"),
            "right": _("Still right"),
            "right_many": _("Still right: {n} chosen"),
            "correct": _("Correct"),
            "other": _("Closed, link…"),
            "pick": _("Choose {name}"),
            "none": _("Nothing here is to be checked."),
        },
    }
    mount(DUE, desk.scene, KEY, spec, answered=lambda: doing.take(KEY))


def _item(scene: Scene, one: Due) -> dict[str, Any]:
    actor = scene.atlas.actors[one.id]
    sub = (category(scene, actor), whereabouts(scene, actor), _asks_quiet(actor))
    return {
        "id": one.id,
        "version": actor.version,
        "state": one.freshness.state.value,
        "name": actor.names.best(scene.language),
        "sub": " · ".join(filter(None, sub)),
        "since": since(actor, one),
        "links": [_link(one) for one in to_call(scene.atlas.directory.actors[actor.id])],
        "record": record_address(one.id),
    }


def _link(contact: Contact) -> dict[str, str]:
    link = link_of(contact)
    return {"text": link.text, "href": link.href}


def _asks_quiet(actor: Actor) -> str:
    return _("asks not to be contacted") if actor.do_not_contact else ""


def record_address(actor_id: str) -> str:
    """Return where a record is corrected; "" where there is no such page."""
    return f"record?id=actors:{actor_id}"


def category(scene: Scene, actor: Actor) -> str:
    """Name what an actor does first."""
    return CATEGORIES[actor.categories[0]].labels.best(scene.language)


def whereabouts(scene: Scene, actor: Actor) -> str:
    """Tell the address of an actor in a line, else its neighbourhood."""
    for place in actor.places[:1]:
        if lines := wording.address(place.address, scene.language):
            return ", ".join(lines)
    where = scene.atlas.whereabouts[actor.id]
    return scene.atlas.neighbourhood_name(where.neighbourhood, scene.language)


def since(actor: Actor, one: Due) -> str:
    """Tell when a record was checked, and since when it is due."""
    fresh = one.freshness
    if actor.verified_on is None or fresh.due_on is None or fresh.stale_on is None:
        return _("Not checked yet. Source: {source}", source=actor.source.name)
    checked = wording.day(actor.verified_on)
    if fresh.state is State.STALE:
        return _(
            "Checked on {day}; out of public search since {since}",
            day=checked,
            since=wording.day(fresh.stale_on),
        )
    return _("Checked on {day}; due since {since}", day=checked, since=wording.day(fresh.due_on))


def to_call(actor: Actor) -> list[Contact]:
    """Return the phones and addresses this person may see; none of who asks not to be contacted.

    `actor` is the record of the directory, not what the public sees of it.
    """
    if actor.do_not_contact:
        return []
    allowed = {Visibility.PUBLIC}
    if access.may_somewhere(Deed.SEE_ACTORS_CONTACTS):
        allowed.add(Visibility.ACTORS)
    if access.may_somewhere(Deed.SEE_RELAYS_CONTACTS):
        allowed.add(Visibility.RELAYS)
    return [one for one in seen_contacts(actor, allowed) if one.kind in PERSONAL]
