"""Accounts as they are read: who somebody is, what they were given; and what a name must be."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.sql import ColumnElement

from directory.hygiene import clean_text
from directory.people import giving
from directory.people.roles import Grant, Person, Role
from directory.store.account_tables import AccountGrantRow, AccountRow
from directory.store.tables import table
from geo.errors import N_, BadInputError, UnknownIdError

ACCOUNT, GRANT = table(AccountRow), table(AccountGrantRow)
LONGEST_NAME: Final = 80
"""Characters of a name, or of what one signs in with."""
SHORTEST_LOGIN: Final = 3
LONGEST_EMAIL: Final = 254
"""Characters. RFC 5321, erratum 1690."""
NO_LOGIN: Final = N_("Expected a name to sign in with of 3 to {limit} characters without a space.")
NO_NAME: Final = N_("Expected a name of 1 to {limit} characters, found {found}.")
_EMAIL = re.compile(r"[^@\s<>\"',;:\\]+@[^@\s<>\"',;:\\]+\.[^@\s<>\"',;:\\.]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A role somebody was given: by whom, when; `lender` is the account whose ground was lent."""

    id: str
    grant: Grant
    lender: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in; `login` is what they type, `email` what another service tells."""

    id: str
    login: str
    name: str
    email: str | None
    given: tuple[Given, ...]
    made_at: datetime
    ended_at: datetime | None
    has_password: bool

    @property
    def person(self) -> Person:
        """Who this is to the directory; nobody once it ended."""
        grants = () if self.ended_at else tuple(one.grant for one in self.given)
        return Person(id=self.id, name=self.name, grants=grants)

    @property
    def own(self) -> Person:
        """Who this is without what others lent."""
        kept = tuple(one.grant for one in self.given if not one.lender)
        return Person(id=self.id, name=self.name, grants=() if self.ended_at else kept)

    @property
    def administers(self) -> bool:
        """Whether an administrator's role is among theirs, of any day."""
        return any(one.grant.role is Role.ADMINISTRATOR for one in self.given)


def spelled(login: str) -> str:
    """Return what somebody signs in with in one spelling, whether it is anybody's or not."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def clean_login(login: str) -> str:
    """Return what somebody signs in with, in one spelling.

    Raises:
        BadInputError: too short, too long, or with a blank inside.

    >>> clean_login(" Ana@Exemple.BE ")
    'ana@exemple.be'
    """
    found = spelled(clean_text(login, field="login"))
    if not SHORTEST_LOGIN <= len(found) <= LONGEST_EMAIL or re.search(r"\s", found):
        raise BadInputError(
            NO_LOGIN,
            limit=LONGEST_EMAIL,
        )
    return found


def clean_name(name: str) -> str:
    """Return a name people read.

    Raises:
        BadInputError: empty, or longer than 80 characters.
    """
    found = clean_text(name, field="name")
    if not 0 < len(found) <= LONGEST_NAME:
        raise BadInputError(
            NO_NAME,
            limit=LONGEST_NAME,
            found=len(found),
        )
    return found


def clean_email(email: str) -> str | None:
    """Return an e-mail address in one spelling; None for none.

    Raises:
        BadInputError: it is no address.

    >>> clean_email("Ana@Exemple.be"), clean_email(" ")
    ('ana@exemple.be', None)
    """
    found = clean_text(email, field="email").casefold()
    if found and (len(found) > LONGEST_EMAIL or not _EMAIL.fullmatch(found)):
        raise BadInputError(N_("Expected an e-mail address such as ana@exemple.be."))
    return found or None


def read_accounts(connection: Connection, *where: ColumnElement[bool]) -> list[Account]:
    """Return the accounts that meet a condition, with what they were given, by name."""
    found = connection.execute(select(ACCOUNT).where(*where)).mappings().all()
    ids = [row["id"] for row in found]
    given: dict[str, list[Given]] = {key: [] for key in ids}
    wanted = select(GRANT).where(GRANT.c.account_id.in_(ids)).order_by(GRANT.c.given_at)
    for row in connection.execute(wanted).mappings() if ids else ():
        given[row["account_id"]].append(
            Given(
                id=row["id"],
                grant=giving.grant_of(row),
                lender=row["lender"],
                given_by=row["given_by"],
                given_at=row["given_at"],
            )
        )
    accounts = [
        Account(
            **{name: row[name] for name in ("id", "login", "name", "email", "made_at", "ended_at")},
            given=tuple(given[row["id"]]),
            has_password=bool(row["password"]),
        )
        for row in found
    ]
    return sorted(accounts, key=lambda one: (one.name.casefold(), one.id))


def read_account(connection: Connection, account_id: str) -> Account:
    """Return one account.

    Raises:
        UnknownIdError: nobody has that id.
    """
    found = read_accounts(connection, ACCOUNT.c.id == account_id)
    if not found:
        raise UnknownIdError(N_("There is no account “{id}”. Check the id."), id=account_id[:80])
    return found[0]
