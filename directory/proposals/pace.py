"""How many proposals one address may send, without keeping the address.

Of an address only a hash under the salt of the day is kept; the salt goes with its hashes when the
day is over, and nothing can tell then who sent what.
"""

import hmac
import secrets
from datetime import date, datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from directory.clock import BRUSSELS
from directory.store.proposal_tables import ProposalPaceRow, ProposalSaltRow
from directory.store.tables import table
from geo.errors import N_, PleinError

HOURLY: Final = 12
"""An evening of a neighbourhood committee behind one connection. Ours, 2026-11."""
DAILY: Final = 40
SALT_BYTES: Final = 32
_SALT, _PACE = table(ProposalSaltRow), table(ProposalPaceRow)
_V6_HOUSE: Final = 64
"""Bits of an IPv6 address that belong to one connection; the rest changes at will."""


class TooManyError(PleinError):
    """More than the pace allows; it can be sent later."""


class Pace:
    """The pace of proposals; its limits are those of the product unless a test says otherwise."""

    def __init__(self, *, hourly: int = HOURLY, daily: int = DAILY) -> None:
        self._hourly, self._daily = hourly, daily

    def count(self, connection: Connection, address: str, at: datetime) -> None:
        """Count one more proposal of an address, and make the proposals of a day queue.

        Raises:
            TooManyError: this hour or this day had enough of them.
        """
        salt = salt_of(connection, at.astimezone(BRUSSELS).date())
        mark = hashed(address, salt)
        mine = select(func.count()).select_from(_PACE).where(_PACE.c.mark == mark)
        if (connection.scalar(mine) or 0) >= self._daily:
            raise TooManyError(
                N_("Many proposals came from your connection today. Send this one tomorrow.")
            )
        hour = mine.where(_PACE.c.at > at - timedelta(hours=1))
        if (connection.scalar(hour) or 0) >= self._hourly:
            raise TooManyError(
                N_("Many proposals came from your connection. Send this one in an hour.")
            )
        connection.execute(insert(_PACE), [{"mark": mark, "at": at}])


def salt_of(connection: Connection, day: date) -> bytes:
    """Return the salt of a day, made where there is none; older ones go with their hashes.

    The row is locked until the transaction ends, so that two proposals never pass each other.
    """
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    made = {"day": day, "salt": secrets.token_hex(SALT_BYTES)}
    connection.execute(dialect.insert(_SALT).on_conflict_do_nothing(), [made])
    if connection.scalar(select(func.count()).select_from(_SALT)) != 1:
        connection.execute(delete(_SALT).where(_SALT.c.day != day))
        connection.execute(delete(_PACE))
    wanted = select(_SALT.c.salt).where(_SALT.c.day == day).with_for_update()
    return bytes.fromhex(connection.scalars(wanted).one())


def hashed(address: str, salt: bytes) -> str:
    """Return what is kept of an address under a salt; of IPv6, of the connection it is in.

    >>> hashed("2001:db8::1", b"salt") == hashed("2001:db8::2", b"salt")
    True
    >>> hashed("192.0.2.1", b"salt") == hashed("192.0.2.2", b"salt")
    False
    """
    try:
        found = ip_address(address)
    except ValueError:
        connection = address
    else:
        mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
        house = isinstance(found, IPv6Address) and mapped is None
        connection = str(int(found) >> _V6_HOUSE if house else mapped or found)
    return hmac.new(salt, connection.encode(), sha256).hexdigest()
