"""Who may change the directory from a page, until there are accounts."""

import ipaddress

import streamlit as st

from directory.authors import Author, Origin
from directory.people import MACHINE, VISITOR, Person
from exchange.settings import settings
from ui.language import _

_PROXY = ("X-Forwarded-For", "Forwarded", "X-Real-Ip")


def may_edit() -> bool:
    """Tell whether this visitor may change the directory.

    Only somebody at the machine Plein runs on, unless `plein.toml` says `editing = "everyone"`.
    A visitor who comes through a proxy is not at the machine.
    """
    if settings().editing == "everyone":
        return True
    if any(st.context.headers.get(name) for name in _PROXY):
        return False
    return is_this_machine(st.context.ip_address)


def person() -> Person:
    """Return whose roles count on this page."""
    return MACHINE if may_edit() else VISITOR


def author(origin: Origin = Origin.PAGE) -> Author | None:
    """Ask who works here; the history keeps the name."""
    name = st.text_input(
        _("Your name, for the history"), key="author", max_chars=80, persist_state="session"
    )
    return told_author(origin) if name and name.strip() else None


def told_author(origin: Origin = Origin.PAGE) -> Author | None:
    """Return who works here, if they said so on this page or another."""
    name = str(st.session_state.get("author") or "").strip()
    return Author(name, origin, person()) if name else None


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
