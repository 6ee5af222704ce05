"""Who works on this page: whoever signed in, else somebody at the machine where that is enough."""

import ipaddress
from collections.abc import Collection
from urllib.parse import urlsplit

import streamlit as st

from directory.authors import Author, Origin
from directory.commands import Commands
from directory.people import MACHINE, VISITOR, Deed, Grounds, Person, Reach
from directory.people import may as _may
from directory.people import reach as _reach
from exchange.settings import settings
from geo.errors import N_, NotAllowedError
from ui import look, state
from ui.language import _, current
from ui.signing.here import signed_in

NAME = "author"
"""Where the name is kept of somebody who works at the machine without signing in."""
_PROXY = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


def account() -> Person | None:
    """Return who signed in; None: nobody did, or it has ended meanwhile."""
    found = signed_in()
    return found.account.person if found else None


def person() -> Person:
    """Return whose roles count on this page.

    `[people] editing` in `plein.toml`: "accounts", whoever signed in; "here", somebody at the
    machine Plein runs on as well, not through a proxy; "everyone", whoever reaches it.
    """
    return account() or (MACHINE if _is_trusted() else VISITOR)


def may(deed: Deed, *, neighbourhoods: Collection[str] = (), actor: str = "") -> bool:
    """Tell whether this person may do something to a record: see `directory.people.may`."""
    day = state.now().date()
    return _may(person(), deed, day, neighbourhoods=neighbourhoods, actor=actor)


def may_somewhere(deed: Deed) -> bool:
    """Tell whether this person may do something at all, if only on a ground of their own."""
    return _reach(person(), deed, state.now().date()) is not Reach.NONE


def refuse() -> None:
    """Say that this page is not for this person, and whom it is for; nothing more is shown."""
    if account() is None:
        st.info(_("This page is for people with a role here. Sign in, or ask a relay near you."))
        page = urlsplit(st.context.url or "").path.rsplit("/", 1)[-1]
        look.render("sign_in_link.html.j2", text=_("Sign in"), next=page, lang=current())
    else:
        st.info(_("Your roles do not allow this. Ask a coordinator if they should."))
    st.stop()


def author(origin: Origin = Origin.PAGE) -> Author | None:
    """Return who works here for the history; somebody at the machine is asked for a name."""
    ask_name(_("Your name, for the history"))
    return told_author(origin)


def ask_name(label: str) -> None:
    """Ask for a name, where an account does not tell it."""
    if account() is None and _is_trusted():
        st.text_input(label, key=NAME, max_chars=80, persist_state="session")


def told_author(origin: Origin = Origin.PAGE) -> Author | None:
    """Return who works here, if they signed in, or said so on this page or another."""
    if signed_in := account():
        return Author(signed_in.name, origin, signed_in)
    name = str(st.session_state.get(NAME) or "").strip()
    return Author(name, origin, person()) if name and _is_trusted() else None


def acting() -> Author:
    """Return who presses a button: what they were when it was drawn may have ended since.

    Raises:
        NotAllowedError: nobody who works here any more.
    """
    found = told_author()
    if found is None:
        raise NotAllowedError(N_("Your roles do not allow this. Ask a coordinator if they should."))
    return found


def guest(name: str) -> Author:
    """Return somebody who has no role and came by a link that itself is the right to one thing."""
    return Author(name, Origin.PAGE, VISITOR)


def grounds() -> Grounds:
    """Return where records lie today, by which a relay may decide about them."""
    return state.grounds()


def commands() -> Commands:
    """Return the commands for whoever works on a page."""
    return Commands(state.store(), grounds=state.grounds)


def is_this_machine(address: str | None) -> bool:
    """Tell whether an address is this machine's own; Streamlit says None for localhost.

    >>> is_this_machine(None), is_this_machine("127.0.0.1"), is_this_machine("192.168.1.7")
    (True, True, False)
    """
    if address is None:
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _is_trusted() -> bool:
    """Tell whether somebody may edit without an account."""
    editing = settings().editing
    if editing != "here":
        return editing == "everyone"
    if any(st.context.headers.get(name) for name in _PROXY):
        return False
    return is_this_machine(st.context.ip_address)
