"""Why a form was refused, in the address: a code and two numbers, never what was typed."""

import hashlib
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from directory.people import account_records, accounts, invitations, passwords, sessions, tries
from geo.errors import N_, PleinError

TOO_LONG: Final = N_("What was sent is too long. Nothing was kept of it.")
DONE: Final = N_("The password was changed. Every other session has ended.")
INSECURE: Final = N_(
    "This address is not secure: a password typed here could be read on the way. Open it with "
    "https://, or at the machine Plein runs on."
)
OTHER: Final = N_("This did not work. Try again, or ask who invited you.")
DIGITS: Final = 6


def _code(message: str) -> str:
    return hashlib.sha256(message.encode()).hexdigest()[:8]


_KNOWN: Final = {
    _code(message): message
    for message in (
        OTHER,
        DONE,
        TOO_LONG,
        INSECURE,
        sessions.REFUSED,
        tries.TOO_MANY,
        passwords.TOO_LONG,
        passwords.TOO_SHORT,
        passwords.TOO_PLAIN,
        account_records.NO_LOGIN,
        account_records.NO_NAME,
        accounts.TAKEN,
        invitations.UNKNOWN,
        *invitations.SAID.values(),
    )
}


def query(error: PleinError) -> dict[str, str]:
    """Return what the address says of an error: which of ours it is, and its numbers.

    >>> query(PleinError(sessions.REFUSED))
    {'why': '01a0244a'}
    """
    code = _code(error.message)
    numbers = {name: str(value) for name, value in error.params.items() if isinstance(value, int)}
    return {"why": code, **numbers} if code in _KNOWN else {"why": _code(OTHER)}


def read(given: Mapping[str, str]) -> PleinError | None:
    """Return the error an address tells of, which anybody can write; None for none of ours."""
    message = _KNOWN.get(given.get("why", ""))
    if message is None:
        return None
    numbers = {
        name: int(value)
        for name in ("limit", "found", "minutes")
        if (value := given.get(name, "")).isascii() and value.isdecimal() and len(value) <= DIGITS
    }
    try:
        message.format(**numbers)
    except KeyError:
        message = OTHER
    return PleinError(message, **numbers)


def is_good(error: PleinError) -> bool:
    """Tell whether it is good news."""
    return error.message == DONE


def encoded(given: Mapping[str, str]) -> str:
    """Return it as the query of an address."""
    return urlencode(given)
