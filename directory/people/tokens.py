"""Tokens: what only one browser, or who got a link, knows; the database keeps a hash of it."""

import hashlib
import re
import secrets
from typing import Final

BYTES: Final = 32
"""256 random bits: nobody guesses one, so that a plain SHA-256 of it is enough."""
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """Return a token nobody has, of 43 letters that may stand in a link."""
    return secrets.token_urlsafe(BYTES)


def new_id() -> str:
    """Return an id nobody has."""
    return secrets.token_hex(8)


def is_token(text: str) -> bool:
    """Tell whether a text may be a token of ours, before anybody is asked.

    >>> is_token("a" * 43), is_token("a" * 44), is_token("../" + "a" * 40)
    (True, False, False)
    """
    return _TOKEN.fullmatch(text) is not None


def hash_token(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
