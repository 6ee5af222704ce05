"""The cookie of a session: for this host alone, no script reads it, no other site sends it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from starlette.responses import Response

SECURE: Final = "__Host-plein"
"""The prefix makes browsers refuse it from a neighbouring host, or with a path or domain."""
PLAIN: Final = "plein"
"""On this machine by http: there is no certificate for localhost."""
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def is_plain(host: str, origin: str) -> bool:
    """Tell whether a browser talks to this machine by http; everywhere else it is https.

    Args:
        host: the Host header of its request.
        origin: the Origin header, which a form and a websocket send along.

    >>> is_plain("localhost:8501", "http://localhost:8501"), is_plain("plein.brussels", "")
    (True, False)
    >>> is_plain("localhost", "https://localhost"), is_plain("localhost.evil.example", "")
    (False, False)
    """
    return _hostname(host) in _LOOPBACK and not origin.startswith("https:")


def _hostname(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def read(cookies: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """Return the token a browser came with; "" where there is none."""
    plain = is_plain(headers.get("Host") or "", headers.get("Origin") or "")
    return cookies.get(PLAIN if plain else SECURE) or ""


def put(response: Response, token: str, ends_at: datetime, *, plain: bool) -> None:
    """Give a browser its token."""
    response.set_cookie(
        PLAIN if plain else SECURE,
        token,
        expires=ends_at.astimezone(UTC),
        path="/",
        secure=not plain,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, *, plain: bool) -> None:
    """Take the token from a browser."""
    response.delete_cookie(
        PLAIN if plain else SECURE, path="/", secure=not plain, httponly=True, samesite="lax"
    )
