"""How often a password may be tried: by account and by address, kept as salted hashes only."""

import hashlib
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from directory.people.book import Book
from directory.people.events import What, write_event
from directory.people.roles import VISITOR
from directory.people.tokens import new_id
from directory.store.account_tables import SignInSaltRow, SignInTryRow
from directory.store.tables import table
from geo.errors import N_, PleinError

_TRY, _SALT = table(SignInTryRow), table(SignInSaltRow)
WINDOW: Final = timedelta(minutes=15)
"""Within which tries count. Ours, 2026-11; NIST SP 800-63B-4 allows 100 in a row at most."""
OF_ACCOUNT: Final = 10
"""Tries that may fail for one account, from anywhere."""
OF_ADDRESS: Final = 30
"""Tries that may fail from one address: a house of many people shares one."""
_IPV6_NETWORK: Final = 64
"""Bits of an IPv6 address that are a subscriber's; the rest is chosen freely."""


TOO_MANY: Final = N_(
    "Too many sign-ins failed. Wait {minutes} minutes, or ask an administrator for a link."
)


class TooManyTriesError(PleinError):
    """Too many sign-ins failed: of this account or from this address."""


@dataclass(frozen=True, slots=True)
class Try:
    """A try that counts as failed until it is forgiven."""

    ids: tuple[str, str]
    of_account: str


def network_of(address: str) -> str:
    """Return what counts as one address: IPv6 by its first 64 bits.

    >>> network_of("192.0.2.7"), network_of("2001:db8::7"), network_of("?")
    ('192.0.2.7', '2001:db8::/64', '')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.version == 4:  # noqa: PLR2004 - its name
        return str(found)
    return str(ipaddress.ip_network((found, _IPV6_NETWORK), strict=False))


def count_try(book: Book, account: str, address: str) -> Try:
    """Count a try before it is made, so that a thousand at once are a thousand.

    Args:
        book: where it is counted.
        account: what is tried, as typed: nobody learns whether there is such an account.
        address: whose browser it is.

    Raises:
        TooManyTriesError: in a quarter of an hour, as many as may be have failed.
    """
    now = book.now()
    with book.writing() as connection:
        salt = _salt(connection, book)
        abouts = (_hashed(salt, "account", account), _hashed(salt, "address", network_of(address)))
        connection.execute(delete(_TRY).where(_TRY.c.at < now - WINDOW))
        counts = [
            _checked(connection, about, limit, now)
            for about, limit in zip(abouts, (OF_ACCOUNT, OF_ADDRESS), strict=True)
        ]
        if OF_ACCOUNT - counts[0] == 1 or OF_ADDRESS - counts[1] == 1:
            write_event(connection, What.HELD_BACK, at=now, by=VISITOR)
        ids = (new_id(), new_id())
        rows = [
            {"id": key, "about": about, "at": now} for key, about in zip(ids, abouts, strict=True)
        ]
        connection.execute(insert(_TRY), rows)
    return Try(ids, abouts[0])


def forgive(connection: Connection, tried: Try) -> None:
    """Forget a try that succeeded, and those before it on the same account."""
    connection.execute(delete(_TRY).where(_TRY.c.id.in_(tried.ids)))
    connection.execute(delete(_TRY).where(_TRY.c.about == tried.of_account))


def _checked(connection: Connection, about: str, limit: int, now: datetime) -> int:
    """Return how many failed of late, if that is fewer than may."""
    counted = select(func.count(), func.min(_TRY.c.at)).where(_TRY.c.about == about)
    count, first = connection.execute(counted).one()
    if count < limit:
        return int(count)
    left = max(timedelta(), first + WINDOW - now)
    raise TooManyTriesError(
        TOO_MANY,
        minutes=int(left.total_seconds() // 60) + 1,
    )


def _salt(connection: Connection, book: Book) -> str:
    """Return the salt of the day; those of other days are gone, and what they hid with them."""
    today = book.today()
    connection.execute(delete(_SALT).where(_SALT.c.day != today))
    found = connection.execute(select(_SALT.c.salt).where(_SALT.c.day == today)).scalar()
    if found is None:
        found = secrets.token_hex(32)
        connection.execute(insert(_SALT).values(day=today, salt=found))
    return str(found)


def _hashed(salt: str, kind: str, text: str) -> str:
    return hashlib.sha256(f"{salt} {kind} {text}".encode()).hexdigest()
