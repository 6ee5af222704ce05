"""Ask for a role with its ground and its days."""

from collections.abc import Iterable, Sequence
from datetime import date

import streamlit as st

from directory.actors import Status
from directory.people import Deed, Grant, Role
from ui import access, state
from ui.language import _
from ui.signing import words

GIVEN = (
    Role.RELAY,
    Role.ACTOR,
    Role.CONTRIBUTOR,
    Role.PLANNER,
    Role.COORDINATOR,
    Role.ADMINISTRATOR,
)
BY_RELAY = (Role.RELAY, Role.ACTOR, Role.CONTRIBUTOR)


def roles() -> Sequence[Role]:
    """Return the roles this person may invite to, the likeliest first."""
    if not access.may(Deed.GIVE_ROLES):
        return BY_RELAY
    return GIVEN if access.may(Deed.GIVE_ADMINISTRATION) else GIVEN[:-1]


def ask_grant(key: str) -> Grant | None:
    """Ask for a role, its ground and its last day; None while its ground is not given."""
    role: Role = st.selectbox(
        _("Role"), roles(), format_func=words.role, key=f"{key}_role", help=_("What they may do.")
    )
    st.caption(words.may_do(role))
    places: list[str] = []
    records: list[str] = []
    if role is Role.RELAY:
        places = ask_neighbourhoods(f"{key}_places")
    if role is Role.ACTOR:
        records = _ask_records(f"{key}_records")
    until = ask_day(_("Until (may be left empty)"), f"{key}_until")
    if (role is Role.RELAY and not places) or (role is Role.ACTOR and not records):
        return None
    return Grant(
        role=role, neighbourhoods=frozenset(places), actors=frozenset(records), to_day=until
    )


def ask_neighbourhoods(key: str, among: Iterable[str] | None = None) -> list[str]:
    """Ask for neighbourhoods, among those this person may give."""
    day = state.now().date()
    if among is None:
        if access.may(Deed.GIVE_ROLES):
            found = state.store().directory().neighbourhoods.items()
            among = [name for name, place in found if place.valid_on(day)]
        else:
            among = access.person().neighbourhoods(day)
    ordered = sorted(among, key=lambda name: words.neighbourhood(name).casefold())
    return list(
        st.multiselect(
            _("Neighbourhoods"),
            ordered,
            default=ordered if len(ordered) == 1 else None,
            format_func=words.neighbourhood,
            key=key,
            placeholder=_("Choose"),
        )
    )


def ask_day(label: str, key: str) -> date | None:
    """Ask for a day from today on."""
    found = st.date_input(label, None, min_value=state.now().date(), format="DD/MM/YYYY", key=key)
    return found if isinstance(found, date) else None


def _ask_records(key: str) -> list[str]:
    found = state.store().directory().actors.values()
    ids = [one.id for one in found if one.status is Status.PUBLISHED]
    if not access.may(Deed.GIVE_ROLES):
        own = access.person().neighbourhoods(state.now().date())
        lies = state.atlas().whereabouts
        ids = [one for one in ids if one in lies and lies[one].neighbourhood in own]
    ids.sort(key=lambda one: words.actor(one).casefold())
    return list(
        st.multiselect(
            _("Records of the actor"),
            ids,
            format_func=words.actor,
            key=key,
            placeholder=_("Choose"),
        )
    )
