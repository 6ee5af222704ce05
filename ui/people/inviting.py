"""Invite somebody: a link, shown once, also as a picture for a phone; and the links given."""

from typing import Any, Final

import streamlit as st

from directory.people import Deed
from directory.people.account_records import LONGEST_EMAIL, LONGEST_NAME
from directory.people.invitations import Invitation, Invited, State
from exchange.people import link
from geo.errors import PleinError
from ui import access
from ui.language import _, say
from ui.links import here, show_qr
from ui.people import asking
from ui.signing import office, words
from ui.signing.screen import moment
from ui.wording import plain

MADE: Final = "people_made"
"""The link just made, for whoever made it, in their session alone."""


def show() -> None:
    """Ask for whom; show the link; list those that are open."""
    show_made("invitation")
    with st.container(border=True, key="people_invite"):
        st.subheader(_("Invite somebody"))
        grant = asking.ask_grant("invite")
        name = st.text_input(
            _("Their name (may be left empty)"), max_chars=LONGEST_NAME, key="invite_name"
        )
        email = _ask_email()
        pressed = st.button(
            _("Make the link"), type="primary", disabled=grant is None, key="invite_make"
        )
    if pressed and grant is not None:
        try:
            made = office.invitations().make(grant, name=name, email=email, by=access.person())
        except PleinError as error:
            st.error(plain(say(error)))
        else:
            keep_made(made, "invitation")
            st.rerun()
    _show_listed()


def keep_made(made: Invited, what: str) -> None:
    """Keep a link for the next run of the page, and no longer than it is looked at."""
    st.session_state[MADE] = (what, made)


def show_made(what: str) -> None:
    """Show the link just made, if it is one of these."""
    kept: Any = st.session_state.get(MADE)
    if kept is None or kept[0] != what:
        return
    made: Invited = kept[1]
    address = link(here(), made.token)
    with st.container(border=True, key="people_new"):
        st.success(
            plain(
                _(
                    "Give this link to one person. It works once, until {moment}; it is not shown "
                    "again.",
                    moment=moment(made.ends_at),
                )
            )
        )
        st.code(address, language=None)
        show_qr(address)
        if st.button(_("Done"), key="people_done"):
            st.session_state.pop(MADE, None)
            st.rerun()


def _ask_email() -> str:
    if not access.may(Deed.GIVE_ROLES):
        return ""
    return str(
        st.text_input(
            _("E-mail address (may be left empty)"),
            max_chars=LONGEST_EMAIL,
            key="invite_email",
            help=_("Only for who signs in with another service: it tells us this address."),
        )
    )


def _show_listed() -> None:
    found = office.invitations().listed(by=access.person())
    st.subheader(_("Links given"))
    if not found:
        st.caption(_("None in the last weeks."))
    for one in found:
        _show_one(one)


def _show_one(one: Invitation) -> None:
    told = {
        State.OPEN: _("open until {moment}", moment=moment(one.ends_at)),
        State.USED: _("used"),
        State.PAST: _("not used in time"),
        State.WITHDRAWN: _("withdrawn"),
    }[one.state]
    what = _("another password") if one.account_id else words.grant(one.grant)
    who = f"**{plain(one.name)}**  \n" if one.name else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"invitation_{one.id}"):
        st.markdown(f"{who}{plain(what)}  \n{plain(told)}")
        if one.state is State.OPEN and st.button(_("Withdraw"), key=f"withdraw_{one.id}"):
            try:
                office.invitations().withdraw(one.id, by=access.person())
            except PleinError as error:
                st.error(plain(say(error)))
            else:
                st.rerun()
