"""Invitations: a link somebody makes an account with, once; or gets a new password by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from directory.people import giving
from directory.people.account_records import (
    Account,
    clean_email,
    clean_login,
    clean_name,
    read_account,
)
from directory.people.accounts import make_account, prepared_password, write_grant
from directory.people.book import Book
from directory.people.events import What, write_event
from directory.people.permissions import Deed, check, may
from directory.people.roles import MACHINE, Grant, Person, Role
from directory.people.sessions import Opened, Sessions, set_password
from directory.people.tokens import hash_token, is_token, new_id, new_token
from directory.people.whose import Grounds
from directory.store.account_tables import InvitationRow
from directory.store.tables import table
from geo.errors import N_, NotAllowedError, PleinError, UnknownIdError

_INVITATION = table(InvitationRow)
HOLDS: Final = timedelta(days=7)
"""How long an invitation holds (ours): a week in which somebody is met."""
FIRST_HOLDS: Final = timedelta(hours=24)
"""How long the link in the terminal holds that makes an administrator."""
RESET_HOLDS: Final = timedelta(hours=24)
"""How long the link holds that gives an account another password."""


class State(StrEnum):
    """What has become of an invitation."""

    OPEN = "open"
    USED = "used"
    PAST = "past"
    WITHDRAWN = "withdrawn"


class InvitationError(PleinError):
    """A link that opens nothing: used, past, withdrawn, or never given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An invitation as those see it who may invite; its token is known to nobody here."""

    id: str
    name: str
    email: str | None
    grant: Grant
    account_id: str | None
    made_by: str
    made_at: datetime
    ends_at: datetime
    state: State


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited:
    """A new invitation: the only moment its token is known here."""

    id: str
    token: str
    ends_at: datetime


SAID: Final = {
    State.USED: N_("This invitation was used already. Ask for another one."),
    State.PAST: N_("This invitation has ended. Ask for another one."),
    State.WITHDRAWN: N_("This invitation was withdrawn. Ask who gave it to you."),
}
UNKNOWN: Final = N_("This link opens nothing. Copy all of it, or ask for another one.")


class Invitations:
    """The invitations of one book of people.

    `grounds` tells where records lie, for relays who invite the actors of their neighbourhoods.
    """

    def __init__(self, book: Book, *, grounds: Callable[[], Grounds] | None = None) -> None:
        self._book = book
        self._grounds = grounds

    def make(self, grant: Grant, *, name: str = "", email: str = "", by: Person) -> Invited:
        """Invite somebody to a role.

        `email` is the address another service may know the person by. What an inviter may no
        more once the link is opened, the link gives no more either.

        Raises:
            NotAllowedError: not theirs to invite to.
            BadInputError: a role without its ground, no name or address.
        """
        book = self._book
        grant = giving.checked(grant, book.store.directory())
        address = clean_email(email)
        with book.store.reading() as connection:
            whose = _whose(connection, by, grant)
        giving.check_inviting(whose, grant, book.today(), grounds=self._grounds)
        return self._write(grant, name=clean_name(name) if name else "", email=address, by=by)

    def first(self) -> Invited:
        """Return the link that makes an administrator, for the machine's terminal.

        Those given so before and not used are withdrawn.
        """
        with self._book.writing() as connection:
            connection.execute(
                update(_INVITATION)
                .where(
                    _INVITATION.c.made_by == MACHINE.id,
                    _INVITATION.c.role == Role.ADMINISTRATOR.value,
                    _INVITATION.c.used_at.is_(None),
                    _INVITATION.c.withdrawn_at.is_(None),
                )
                .values(withdrawn_at=self._book.now())
            )
        return self._write(
            Grant(role=Role.ADMINISTRATOR), name="", email=None, by=MACHINE, holds=FIRST_HOLDS
        )

    def reset(self, account_id: str, *, by: Person) -> Invited:
        """Make a link by which somebody gives their account another password.

        Raises:
            NotAllowedError: not theirs to decide; of an administrator, only another one.
        """
        with self._book.store.reading() as connection:
            account = read_account(connection, account_id)
        giving.check_over(by, account.administers, self._book.today())
        return self._write(
            Grant(role=Role.CONTRIBUTOR),
            name=account.name,
            email=None,
            by=by,
            account_id=account_id,
            holds=RESET_HOLDS,
        )

    def look(self, token: str) -> Invitation:
        """Return the invitation of a link.

        Raises:
            InvitationError: used, past, withdrawn or never given.
        """
        with self._book.store.reading() as connection:
            return self._usable(connection, token)

    def accept(
        self, token: str, *, name: str, login: str, password: str, device: str = ""
    ) -> Opened:
        """Make an account of an invitation, once, and sign it in; or give one another password.

        Raises:
            InvitationError: used, past, withdrawn or never given.
            BadInputError: a name or password that will not do; the link holds on.
            NotAllowedError: who invited may no more.
        """
        invitation = self.look(token)
        if invitation.account_id is None:
            login, name = clean_login(login), clean_name(name)
            kept = prepared_password(password, names=(login, name))
        else:
            kept = prepared_password(password, names=(invitation.name,))
        with self._book.writing() as connection:
            invitation = self._usable(connection, token)
            account_id = self._taken(connection, invitation, name, login, kept)
            used = (
                update(_INVITATION)
                .where(_INVITATION.c.id == invitation.id, _INVITATION.c.used_at.is_(None))
                .values(used_at=self._book.now(), used_by=account_id)
            )
            if connection.execute(used).rowcount != 1:
                raise InvitationError(SAID[State.USED])
            return Sessions(self._book).open_for(connection, account_id, device=device)

    def listed(self, *, by: Person) -> list[Invitation]:
        """Return the invitations of the last weeks, the newest first; a relay sees its own.

        Raises:
            NotAllowedError: who may invite nobody sees none.
        """
        day = self._book.today()
        if not may(by, Deed.GIVE_ROLES, day):
            check(by, Deed.INVITE, day, neighbourhoods=by.neighbourhoods(day))
        wanted = select(_INVITATION).where(
            _INVITATION.c.made_at > self._book.now() - 4 * HOLDS,
        )
        if not may(by, Deed.GIVE_ROLES, day):
            wanted = wanted.where(_INVITATION.c.made_by == by.id)
        with self._book.store.reading() as connection:
            found = connection.execute(wanted.order_by(_INVITATION.c.made_at.desc())).mappings()
            return [self._record(row) for row in found]

    def withdraw(self, invitation_id: str, *, by: Person) -> None:
        """Withdraw an invitation nobody used.

        Raises:
            UnknownIdError: there is none, or it was used.
            NotAllowedError: somebody else's, and `by` gives no roles.
        """
        book = self._book
        with book.writing() as connection:
            wanted = select(_INVITATION).where(_INVITATION.c.id == invitation_id)
            row = connection.execute(wanted).mappings().first()
            if row is None or row["used_at"] is not None:
                raise UnknownIdError(N_("There is no such invitation, or it was used already."))
            if row["made_by"] != by.id:
                check(by, Deed.GIVE_ROLES, book.today())
            connection.execute(
                update(_INVITATION)
                .where(_INVITATION.c.id == invitation_id)
                .values(withdrawn_at=book.now())
            )
            write_event(connection, What.WITHDRAWN, at=book.now(), by=by, invitation=invitation_id)

    def _write(
        self,
        grant: Grant,
        *,
        name: str,
        email: str | None,
        by: Person,
        account_id: str | None = None,
        holds: timedelta = HOLDS,
    ) -> Invited:
        book, token, key = self._book, new_token(), new_id()
        ends_at = book.now() + holds
        with book.writing() as connection:
            connection.execute(
                insert(_INVITATION).values(
                    id=key,
                    token_sha256=hash_token(token),
                    name=name,
                    email=email,
                    account_id=account_id,
                    made_by=by.id,
                    made_at=book.now(),
                    ends_at=ends_at,
                    **giving.facts_of(grant),
                )
            )
            facts = {"password": True} if account_id else giving.told(grant)
            write_event(
                connection,
                What.INVITED,
                at=book.now(),
                by=by,
                account_id=account_id or "",
                invitation=key,
                **facts,
            )
        return Invited(id=key, token=token, ends_at=ends_at)

    def _usable(self, connection: Connection, token: str) -> Invitation:
        row = None
        if is_token(token):
            wanted = select(_INVITATION).where(_INVITATION.c.token_sha256 == hash_token(token))
            row = connection.execute(wanted).mappings().first()
        if row is None:
            raise InvitationError(UNKNOWN)
        found = self._record(row)
        if found.state is not State.OPEN:
            raise InvitationError(SAID[found.state])
        return found

    def _record(self, row: Any) -> Invitation:
        state = State.OPEN
        if row["withdrawn_at"] is not None:
            state = State.WITHDRAWN
        elif row["used_at"] is not None:
            state = State.USED
        elif row["ends_at"] <= self._book.now():
            state = State.PAST
        names = ("id", "name", "email", "account_id", "made_by", "made_at", "ends_at")
        known = {name: row[name] for name in names}
        return Invitation(**known, grant=giving.grant_of(row), state=state)

    def _taken(
        self, connection: Connection, invitation: Invitation, name: str, login: str, kept: str
    ) -> str:
        """Do what the invitation gives, as far as who invited may still."""
        book = self._book
        inviter = _inviter(connection, invitation.made_by)
        if invitation.account_id is not None:
            account = read_account(connection, invitation.account_id)
            giving.check_over(inviter, account.administers, book.today())
            set_password(connection, book, account.id, kept, by=account.person)
            return account.id
        whose = _whose(connection, inviter, invitation.grant)
        giving.check_inviting(whose, invitation.grant, book.today(), grounds=self._grounds)
        account_id = make_account(
            connection, book, login=login, name=name, email=invitation.email, password=kept
        )
        own = Person(id=account_id, name=name)
        write_event(
            connection,
            What.MADE,
            at=book.now(),
            by=own,
            account_id=account_id,
            invitation=invitation.id,
        )
        write_grant(connection, book, account_id, invitation.grant, by=inviter)
        return account_id


def _whose(connection: Connection, by: Person, grant: Grant) -> Person:
    """Return who invites: to be a relay, without the ground that others only lent them."""
    if grant.role is not Role.RELAY or by.id == MACHINE.id:
        return by
    try:
        return read_account(connection, by.id).own
    except UnknownIdError:
        return by


def _inviter(connection: Connection, person_id: str) -> Person:
    """Return who invited, with the roles of now."""
    if person_id == MACHINE.id:
        return MACHINE
    try:
        found: Account = read_account(connection, person_id)
    except UnknownIdError as error:
        raise NotAllowedError(N_("Who invited you has no account here any more.")) from error
    return found.person
