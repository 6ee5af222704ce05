"""Everybody with an account, and one of them: roles, lending, sessions, the end."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from directory.people import Deed, Grant, Role
from directory.people.account_records import LONGEST_EMAIL, LONGEST_NAME, Account
from directory.people.events import What, read_events
from geo.errors import PleinError
from ui import access, look, state
from ui.language import _, say
from ui.people import asking, inviting
from ui.signing import office, words
from ui.signing.screen import moment
from ui.wording import plain

PERSON: Final = "person"
"""The parameter of the address that opens one of them."""
EVENTS: Final = 30
"""What happened last, of one account."""
_REFUSED: Final = "people_refused"


def show() -> None:
    """List them; one is chosen to be changed by who may."""
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(plain(refused))
    found = {one.id: one for one in office.accounts().all(by=access.person())}
    open_ones = {key: one for key, one in found.items() if one.ended_at is None}
    look.render(
        "people.html.j2",
        columns=[_("Name"), _("Roles")],
        lines=[{"name": one.name, "roles": _roles(one, found)} for one in open_ones.values()],
        none=_("none"),
    )
    if access.may(Deed.GIVE_ROLES):
        chosen = st.selectbox(
            _("See to"),
            list(open_ones),
            index=None,
            format_func=lambda key: f"{open_ones[key].name} ({open_ones[key].login})",
            key=PERSON,
            placeholder=_("Choose somebody"),
        )
        if chosen in open_ones:
            _show_one(open_ones[chosen], found)
    else:
        _show_lending(access.person().id)


def _roles(account: Account, found: dict[str, Account]) -> list[str]:
    return [
        words.grant(one.grant, lent_by=found[one.lender].name if one.lender in found else "")
        for one in account.given
    ]


def _show_one(account: Account, found: dict[str, Account]) -> None:
    inviting.show_made(account.id)
    with st.container(border=True, key="people_one"):
        st.subheader(plain(account.name))
        since = _("Account since {moment}.", moment=moment(account.made_at))
        st.caption(plain(since))
        left, right = st.columns(2, gap="large")
        with left:
            _show_given(account, found)
            _give(account)
        with right:
            _name(account)
            _sessions(account)
            _way_in(account)
    if Role.RELAY in account.person.roles(state.now().date()):
        _show_lending(account.id)
    if access.may(Deed.READ_AUDIT):
        _events(account)


def _show_given(account: Account, found: dict[str, Account]) -> None:
    for one, told in zip(account.given, _roles(account, found), strict=True):
        with st.container(horizontal=True, vertical_alignment="center", key=f"given_{one.id}"):
            st.markdown(plain(told))
            st.button(
                _("Take back"),
                key=f"take_{one.id}",
                on_click=_tried,
                args=(lambda key: office.accounts().take(key, by=access.person()), one.id),
            )


def _give(account: Account) -> None:
    with st.expander(_("Give a role"), key=f"give_{account.id}"):
        grant = asking.ask_grant(f"give_{account.id}")
        pressed = st.button(_("Give"), disabled=grant is None, key=f"give_{account.id}_press")
    if pressed and grant is not None:
        _tried(lambda given: office.accounts().give(account.id, given, by=access.person()), grant)
        st.rerun()


def _name(account: Account) -> None:
    with st.form(f"name_{account.id}", border=False):
        name = st.text_input(_("Name"), account.name, LONGEST_NAME)
        email = st.text_input(
            _("E-mail address another service tells us"), account.email or "", LONGEST_EMAIL
        )
        pressed = st.form_submit_button(_("Save"))
    if pressed:
        _tried(
            lambda key: office.accounts().rename(key, name=name, email=email, by=access.person()),
            account.id,
        )
        st.rerun()


def _sessions(account: Account) -> None:
    try:
        listed = office.sessions().listed(account.id, by=access.person())
    except PleinError as error:
        st.caption(plain(say(error)))
        return
    if not listed:
        st.caption(_("Signed in nowhere now."))
        return
    for one in listed:
        device = one.device or _("an unknown browser")
        used = _("last used {moment}", moment=moment(one.seen_at))
        told = f"{device}, {used}"
        with st.container(horizontal=True, vertical_alignment="center", key=f"seen_{one.id}"):
            st.markdown(plain(told))
            st.button(
                _("End"),
                key=f"end_{one.id}",
                on_click=_tried,
                args=(lambda key: office.sessions().end(key, by=access.person()), one.id),
            )


def _way_in(account: Account) -> None:
    with st.container(horizontal=True):
        if st.button(_("Link for another password"), key=f"reset_{account.id}"):
            _tried(
                lambda key: inviting.keep_made(
                    office.invitations().reset(key, by=access.person()), account.id
                ),
                account.id,
            )
            st.rerun()
        with st.popover(_("End the account"), key=f"end_account_{account.id}"):
            st.write(
                _("Signed out everywhere at once, without roles. The name stays in the history.")
            )
            if st.button(_("End it"), key=f"end_account_{account.id}_yes"):
                _tried(lambda key: office.accounts().end(key, by=access.person()), account.id)
                st.rerun()


def _show_lending(lender: str) -> None:
    """Lend neighbourhoods of a relay to another for an absence."""
    relays = {one.id: one for one in office.accounts().relays(by=access.person())}
    if lender not in relays:
        return
    day = state.now().date()
    own = relays[lender].own.neighbourhoods(day)
    names = {key: one.name for key, one in relays.items() if key != lender}
    with st.container(border=True, key="people_lend"):
        st.subheader(_("Lend during an absence"))
        _show_lent(relays, lender)
        if not own or not names:
            st.caption(_("There is no other relay to lend to."))
            return
        taker = st.selectbox(
            _("To"), list(names), index=None, format_func=names.__getitem__,
            key=f"lend_{lender}_to", placeholder=_("Choose somebody"),
        )  # fmt: skip
        places = asking.ask_neighbourhoods(f"lend_{lender}_places", own)
        left, right = st.columns(2)
        with left:
            first = asking.ask_day(_("From (empty: today)"), f"lend_{lender}_from")
        with right:
            last = asking.ask_day(_("Until, that day too"), f"lend_{lender}_until")
        ready = taker is not None and bool(places) and last is not None
        pressed = st.button(_("Lend"), disabled=not ready, key=f"lend_{lender}_press")
    if pressed and taker is not None:
        grant = Grant(
            role=Role.RELAY, neighbourhoods=frozenset(places), from_day=first, to_day=last
        )
        _tried(
            lambda to: office.accounts().lend(to, grant, by=access.person(), lender=lender), taker
        )
        st.rerun()


def _show_lent(relays: dict[str, Account], lender: str) -> None:
    for taker in relays.values():
        for one in taker.given:
            if one.lender != lender:
                continue
            told = _("{name} has {grant}", name=taker.name, grant=words.grant(one.grant))
            with st.container(horizontal=True, vertical_alignment="center", key=f"lent_{one.id}"):
                st.markdown(plain(told))
                st.button(
                    _("Take back"),
                    key=f"take_lent_{one.id}",
                    on_click=_tried,
                    args=(lambda key: office.accounts().take(key, by=access.person()), one.id),
                )


def _events(account: Account) -> None:
    with st.expander(_("What happened to this account"), key=f"events_{account.id}"):
        found = read_events(
            state.store(),
            by=access.person(),
            day=state.now().date(),
            account_id=account.id,
            limit=EVENTS,
        )
        lines = [f"{moment(one.at)}: {what(one.what)}, {one.author or '-'}" for one in found]
        st.markdown("  \n".join(plain(line) for line in lines))


def what(value: What) -> str:
    """Tell what happened."""
    return {
        What.INVITED: _("invited"),
        What.WITHDRAWN: _("invitation withdrawn"),
        What.MADE: _("account made"),
        What.RENAMED: _("name or address changed"),
        What.ENDED: _("account ended"),
        What.SIGNED_IN: _("signed in"),
        What.REFUSED: _("sign-in refused"),
        What.HELD_BACK: _("too many sign-ins refused"),
        What.SIGNED_OUT: _("signed out"),
        What.SESSION_ENDED: _("session ended"),
        What.PASSWORD: _("password changed"),
        What.ROLE_GIVEN: _("role given"),
        What.ROLE_TAKEN: _("role taken back"),
        What.LENT: _("neighbourhood lent"),
    }[value]


def _tried(call: Callable[..., object], *given: object) -> None:
    """Do it; what is refused is told on the next run."""
    try:
        call(*given)
    except PleinError as error:
        st.session_state[_REFUSED] = say(error)
