"""Who signed in, in the browser this page is shown in."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import streamlit as st

from directory.people.sessions import SignedIn
from geo.errors import PleinError
from ui.signing import cookies, device, office

_SERVICES_COOKIE = "_streamlit_user"
"""What Streamlit leaves in the browser of who signed in with another service, signed by it."""


def signed_in() -> SignedIn | None:
    """Return who signed in, asked anew on each rerun; a silent database knows nobody."""
    try:
        token = cookies.read(st.context.cookies, st.context.headers)
        found = office.sessions().find(token) if token else None
        return found or _elsewhere()
    except PleinError:
        return None


def services() -> list[tuple[str, str]]:
    """Return the services one may sign in with (OpenID Connect): how Streamlit knows each, a name.

    They stand in `[auth]` of `.streamlit/secrets.toml`; none is asked before somebody presses.
    """
    given = _auth()
    if not given:
        return []
    named = [(key, str(part.get("name") or key)) for key, part in given.items() if _is_one(part)]
    if named:
        return named
    return [("", str(given.get("name") or "OpenID Connect"))] if given.get("client_id") else []


def told_address() -> str:
    """Return the verified e-mail address another service told of this person; "" for none."""
    if not _auth() or not getattr(st.user, "is_logged_in", False):
        return ""
    verified = st.user.get("email_verified") in (True, "true")
    return str(st.user.get("email") or "") if verified else ""


def _elsewhere() -> SignedIn | None:
    identity, email = st.context.cookies.get(_SERVICES_COOKIE), told_address()
    if not identity or not email:
        return None
    told = device.name_of(st.context.headers.get("User-Agent") or "")
    return office.sessions().adopt(identity, email, device=told)


@cache
def _auth() -> Mapping[str, Any]:
    if not st.secrets.load_if_toml_exists():
        return {}
    return dict(st.secrets.get("auth", {}))


def _is_one(part: object) -> bool:
    return isinstance(part, Mapping) and bool(part.get("client_id"))
