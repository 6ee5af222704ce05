"""What somebody does with a record of the due list: each a command of its own."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from directory.authors import Author
from directory.confirmations import Confirmations
from directory.confirming import confirm, post_notice, take_down_notice
from directory.notices import Notice
from directory.store import Kind
from directory.store.rows import SLUG, facts_of
from geo.errors import PleinError
from ui import access, state
from ui.due.asking import ACTOR
from ui.language import _, current, ngettext, say

_SAID, _WRONG = "due_said", "due_wrong"
MOST_AT_ONCE = 300


def take(key: str) -> None:
    """Do what the list told: records are right, or one is opened."""
    told = dict(st.session_state[key].get("answered") or {})
    opened, seen = str(told.get("open") or ""), told.get("confirm")
    if SLUG.fullmatch(opened):
        st.session_state[_SAID] = st.session_state[_WRONG] = ""
        st.session_state[ACTOR] = opened
    elif isinstance(seen, Mapping) and 0 < len(seen) <= MOST_AT_ONCE:
        versions = {str(one): int(v) for one, v in seen.items() if isinstance(v, (int, float))}
        still_right(versions)


def still_right(seen: Mapping[str, int]) -> bool:
    """Confirm records as somebody saw them."""

    def work(by: Author) -> str:
        confirm(
            state.store(),
            access.commands(),
            seen,
            by=by,
            day=state.now().date(),
            names=_checkers(seen, by),
        )
        return ngettext("Still right: {n} record.", "Still right: {n} records.", len(seen))

    return done(work)


def _checkers(seen: Mapping[str, int], by: Author) -> dict[str, str]:
    """Name to the public the relay in whose neighbourhood a record lies, rather than a person."""
    atlas, grounds = state.atlas(), state.grounds()
    own = by.acting.neighbourhoods(atlas.day)
    told = {}
    for key in seen:
        actor = atlas.directory.actors.get(key)
        areas = grounds.neighbourhoods(Kind.ACTOR, facts_of(actor)) if actor else frozenset()
        for area in sorted(areas & own) or sorted(areas):
            if relay := atlas.relay_of_neighbourhood.get(area):
                told[key] = relay.names.best(current())
                break
    return told


def closed(actor_id: str, version: int, reason: str) -> bool:
    """Take a record out of sight, since it is no more."""

    def work(by: Author) -> str:
        access.commands().archive(Kind.ACTOR, actor_id, by=by, version=version, reason=reason)
        return _("It is off the map now; its record and history stay.")

    return done(work)


def put_up(actor_id: str, version: int, make: Callable[[], Notice]) -> bool:
    """Put up what holds for a while."""

    def work(by: Author) -> str:
        post_notice(state.store(), access.commands(), actor_id, version, make(), by=by)
        return _("The notice is up; it takes itself down.")

    return done(work)


def take_down(actor_id: str, version: int, notice: Notice) -> bool:
    """Take a notice down before its end."""

    def work(by: Author) -> str:
        take_down_notice(state.store(), access.commands(), actor_id, version, notice, by=by)
        return _("The notice is down.")

    return done(work)


def make_link(actor_id: str, now: datetime) -> str | None:
    """Make a link for an actor; None where that went wrong."""
    made: list[str] = []

    def work(by: Author) -> str:
        links = Confirmations(state.store(), grounds=state.grounds)
        made.append(links.make(actor_id, by=by, now=now))
        return ""

    return made[0] if done(work) else None


def done(work: Callable[[Author], str]) -> bool:
    """Do something under the name of whoever works here; keep what is to be said of it."""
    st.session_state[_SAID] = st.session_state[_WRONG] = ""
    by = access.told_author()
    if by is None:
        st.session_state[_WRONG] = _("Write your name first: the history keeps it.")
        return False
    try:
        st.session_state[_SAID] = work(by)
    except PleinError as error:
        st.session_state[_WRONG] = say(error)
        return False
    return True


def tell() -> None:
    """Say what was done last, or what went wrong with it."""
    if wrong := st.session_state.get(_WRONG):
        st.error(wrong)
    elif said := st.session_state.get(_SAID):
        st.success(said)


def forget_chosen(*_given: Any) -> None:
    """Close the record that was opened."""
    st.session_state[ACTOR] = None
