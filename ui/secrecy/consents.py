"""Consents that end, and their withdrawal by one press."""

from typing import Final

import streamlit as st

from directory.actors import Actor
from directory.consent import Ending, ending, of_neighbourhoods, withdraw
from directory.people import Deed
from directory.store.rows import Kind, facts_of
from geo.errors import PleinError
from ui import access, state, wording
from ui.language import _, current, ngettext, say

_SAID: Final = "consent_said"
_YEAR: Final = 400
"""Days ahead: every consent given for a year is in the list."""


def show() -> None:
    """List the consents this person sees to, the first to end first."""
    for line in st.session_state.pop(_SAID, ()):
        st.info(wording.plain(line))
    found = ending(_mine(), state.now().date(), within_days=_YEAR)
    if not found:
        st.info(_("No consent ends within the year."))
    for one in found:
        with st.container(border=True, key=f"consent_{one.actor.id}"):
            _tell(one)
            offer(one.actor)


def offer(actor: Actor) -> None:
    """Offer to withdraw the consent of an actor, where this person may."""
    who, facts = access.told_author(), facts_of(actor)
    lies = state.grounds().neighbourhoods(Kind.ACTOR, facts)
    if actor.consent is None or not access.may(Deed.CONSENT, neighbourhoods=lies, actor=actor.id):
        return
    with st.popover(_("Withdraw the consent"), key=f"withdraw_{actor.id}"):
        st.write(
            _(
                "The record leaves the map, every export, the history, imports and notes, at once "
                "and for good. Backups and what others took along are out of reach."
            )
        )
        st.button(
            _("Withdraw now"),
            type="primary",
            key=f"withdraw_now_{actor.id}",
            on_click=_withdraw,
            args=(actor.id,),
            disabled=who is None,
            help=None if who else _("Give your name to change anything."),
        )


def _withdraw(actor_id: str) -> None:
    who = access.told_author()
    if who is None:
        return
    try:
        done = withdraw(state.store(), access.commands(), actor_id, by=who)
    except PleinError as error:
        st.session_state[_SAID] = [say(error)]
        return
    state.atlas()  # forgets what this process kept of it
    lines = [_("The consent is withdrawn. Nothing of it is left here.")]
    if n := len(done.erased.shared):
        lines.append(
            ngettext(
                "{n} activity has other organisers and stays: look if its words name the person.",
                "{n} activities have other organisers and stay: look if their words name the "
                "person.",
                n,
            )
        )
    st.session_state[_SAID] = lines


def _mine() -> list[Actor]:
    actors = state.store().directory().actors.values()
    day, person = state.now().date(), access.person()
    if access.may(Deed.CONSENT):
        return [actor for actor in actors if actor.consent is not None]
    own = frozenset().union(*(grant.actors for grant in person.on(day)))
    areas = person.neighbourhoods(day)
    near = {one.id for one in of_neighbourhoods(actors, state.grounds(), areas)}
    return [one for one in actors if one.consent is not None and (one.id in near or one.id in own)]


def _tell(one: Ending) -> None:
    st.markdown(f"**{wording.plain(one.actor.names.best(current()))}**")
    told = _("Ended on {day}: hidden.") if one.ended else _("Ends on {day}.")
    st.caption(told.format(day=wording.day(one.ends_on)))
