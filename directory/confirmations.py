"""Links by which an actor confirms its own record, without an account.

The database keeps a hash of each, so that a copy of it opens nothing.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from secrets import token_urlsafe
from typing import Final

from sqlalchemy import Connection, insert, select, update

from directory.authors import Author, Origin
from directory.clock import today
from directory.commands import Commands, Outcome
from directory.confirming import confirm
from directory.people import Deed, Grant, Grounds, Person, Role
from directory.people.enforcing import check_written
from directory.store import Store
from directory.store.rows import Kind, facts_of
from directory.store.tables import ConfirmationRow, table
from geo.errors import N_, BadInputError, UnknownIdError

LASTS_DAYS: Final = 30
"""How long a link may be used (ours)."""
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{32}")
_BYTES: Final = 24
_LINKS = table(ConfirmationRow)


class Standing(StrEnum):
    """Whether a link still opens its record."""

    OPEN = "open"
    USED = "used"
    ENDED = "ended"


class Answer(StrEnum):
    """What an actor did with its link."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as the database knows it."""

    actor_id: str
    made_by: str
    expires_at: datetime
    used_at: datetime | None
    answer: str

    def standing(self, now: datetime) -> Standing:
        """Tell whether it opens its record at an aware moment."""
        if self.used_at is not None:
            return Standing.USED
        return Standing.OPEN if now < self.expires_at else Standing.ENDED


class Confirmations:
    """The links of one store."""

    def __init__(self, store: Store, *, grounds: Callable[[], Grounds] | None = None) -> None:
        self._store = store
        self._grounds = grounds

    def make(self, actor_id: str, *, by: Author, now: datetime) -> str:
        """Make a link and return its secret part, which nobody can read again.

        Raises:
            UnknownIdError: no such record.
            NotAllowedError: the author may not confirm the record.
        """
        actor = self._store.directory().actors.get(actor_id)
        if actor is None:
            raise UnknownIdError(
                N_("There is no {kind} “{id}”. Check the id."), kind="actor", id=actor_id[:80]
            )
        check_written(
            by.acting,
            [(Kind.ACTOR, facts_of(actor), None)],
            day=today(),
            grounds=self._grounds,
            deed=Deed.CONFIRM,
        )
        token = token_urlsafe(_BYTES)
        row = {
            "token_hash": _hashed(token),
            "actor_id": actor_id,
            "made_by": by.name,
            "made_at": now,
            "expires_at": now + timedelta(days=LASTS_DAYS),
            "used_at": None,
            "answer": "",
        }
        with self._store.keeping() as connection:
            connection.execute(insert(_LINKS), [row])
        return token

    def find(self, token: str) -> Link | None:
        """Return what a link is; None for one nobody made."""
        if not TOKEN.fullmatch(token):
            return None
        columns = [_LINKS.c[name] for name in Link.__dataclass_fields__]
        wanted = select(*columns).where(_LINKS.c.token_hash == _hashed(token))
        with self._store.reading() as connection:
            found = connection.execute(wanted).mappings().first()
        return None if found is None else Link(**found)

    def use(self, connection: Connection, token: str, answer: Answer, now: datetime) -> None:
        """Use a link up, once, in the transaction of what it does.

        Raises:
            BadInputError: it was used already, or ended.
        """
        wanted = (
            update(_LINKS)
            .where(_LINKS.c.token_hash == _hashed(token))
            .where(_LINKS.c.used_at.is_(None) & (_LINKS.c.expires_at > now))
            .values(used_at=now, answer=answer.value)
        )
        if connection.execute(wanted).rowcount != 1:
            raise BadInputError(
                N_("This link was used already, or it ended. Ask the relay for a new one.")
            )

    def confirm(self, token: str, version: int, *, now: datetime) -> Outcome:
        """Say through a link that its record is still right; the link is used up with it.

        Raises:
            BadInputError: the link does not open a record any more, or the record is archived.
            ConflictError: the record changed since it was looked at.
        """
        link = self.find(token)
        if link is None or link.standing(now) is not Standing.OPEN:
            raise BadInputError(
                N_("This link was used already, or it ended. Ask the relay for a new one.")
            )
        actor = self._store.directory().actors.get(link.actor_id)
        name = actor.names.best("fr") if actor else link.actor_id
        return confirm(
            self._store,
            Commands(self._store),
            {link.actor_id: version},
            by=bearer(link, name),
            day=today(),
            names={link.actor_id: name},
            together=lambda connection: self.use(connection, token, Answer.CONFIRMED, now),
        )


def bearer(link: Link, name: str) -> Author:
    """Return who holds a link: the actor of its record, on that record alone."""
    grant = Grant(role=Role.ACTOR, actors=frozenset({link.actor_id}))
    return Author(name, Origin.PAGE, Person(name=name, grants=(grant,)))


def _hashed(token: str) -> str:
    return sha256(token.encode()).hexdigest()
