"""What happened to accounts: written as it happens, read by an administrator, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from directory.people.permissions import Deed, check
from directory.people.roles import Person
from directory.store import Store
from directory.store.account_tables import EventRow
from directory.store.tables import table

_EVENT = table(EventRow)


class What(StrEnum):
    """What happened."""

    INVITED = "invited"
    WITHDRAWN = "invitation withdrawn"
    MADE = "account made"
    RENAMED = "account renamed"
    ENDED = "account ended"
    SIGNED_IN = "signed in"
    REFUSED = "sign-in refused"
    HELD_BACK = "sign-in held back"
    SIGNED_OUT = "signed out"
    SESSION_ENDED = "session ended"
    PASSWORD = "password changed"  # noqa: S105 - a word for it
    ROLE_GIVEN = "role given"
    ROLE_TAKEN = "role taken"
    LENT = "neighbourhood lent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened: when, what, to which account, by whom."""

    id: int
    at: datetime
    what: What
    account_id: str
    person: str
    author: str
    facts: Mapping[str, Any]


def write_event(
    connection: Connection,
    what: What,
    *,
    at: datetime,
    by: Person,
    account_id: str = "",
    **facts: object,
) -> None:
    """Write down what happens, in the transaction it happens in; never a password or a token."""
    connection.execute(
        insert(_EVENT).values(
            at=at, what=what.value, account_id=account_id, person=by.id, author=by.name, facts=facts
        )
    )


def read_events(
    store: Store, *, by: Person, day: date, account_id: str = "", limit: int = 500
) -> list[Event]:
    """Return what happened, the newest first; of one account, or of all.

    Raises:
        NotAllowedError: only an administrator reads it.
    """
    check(by, Deed.READ_AUDIT, day)
    wanted = select(_EVENT).order_by(_EVENT.c.id.desc()).limit(limit)
    if account_id:
        wanted = wanted.where(_EVENT.c.account_id == account_id)
    with store.reading() as connection:
        found = connection.execute(wanted).mappings()
        return [Event(**{**row, "what": What(row["what"])}) for row in found]
