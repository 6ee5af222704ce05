"""Accounts: who may sign in, and what they may do here."""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import Connection, delete, insert, select, update

from directory.people import giving
from directory.people.account_records import (
    ACCOUNT,
    GRANT,
    Account,
    clean_email,
    clean_login,
    clean_name,
    read_account,
    read_accounts,
)
from directory.people.book import Book
from directory.people.events import What, write_event
from directory.people.passwords import check_password, hash_password
from directory.people.permissions import Deed, check, may
from directory.people.roles import Grant, Person, Role
from directory.people.tokens import new_id
from directory.store.account_tables import SessionRow
from directory.store.tables import table
from geo.errors import N_, BadInputError, UnknownIdError

SESSION = table(SessionRow)
TAKEN: Final = N_("Somebody signs in with this name already. Choose another.")


def make_account(
    connection: Connection, book: Book, *, login: str, name: str, email: str | None, password: str
) -> str:
    """Write a new account and return its id; who may is decided before.

    Raises:
        BadInputError: somebody has that login or e-mail address, or the password will not do.
    """
    login, name = clean_login(login), clean_name(name)
    taken = select(ACCOUNT.c.id).where(ACCOUNT.c.login == login)
    if connection.execute(taken).first():
        raise BadInputError(TAKEN)
    _check_email_is_free(connection, email, "")
    account_id = new_id()
    connection.execute(
        insert(ACCOUNT).values(
            id=account_id,
            login=login,
            name=name,
            email=email,
            password=password,
            made_at=book.now(),
        )
    )
    return account_id


def prepared_password(password: str, *, names: Iterable[str]) -> str:
    """Check a new password and return what is kept of it; slow, so before any transaction."""
    check_password(password, names=tuple(names))
    return hash_password(password)


def write_grant(
    connection: Connection,
    book: Book,
    account_id: str,
    grant: Grant,
    *,
    by: Person,
    lender: str = "",
) -> str:
    """Write a role of an account and return the id of the grant; who may is decided before."""
    key = new_id()
    connection.execute(
        insert(GRANT).values(
            id=key,
            account_id=account_id,
            lender=lender,
            given_by=by.id,
            given_at=book.now(),
            **giving.facts_of(grant),
        )
    )
    write_event(
        connection,
        What.LENT if lender else What.ROLE_GIVEN,
        at=book.now(),
        by=by,
        account_id=account_id,
        **giving.told(grant),
        **({"lender": lender} if lender else {}),
    )
    return key


def end_sessions(connection: Connection, book: Book, account_id: str, *, but: str = "") -> int:
    """End the open sessions of an account and return how many; `but` is one that stays."""
    ended = (
        update(SESSION)
        .where(
            SESSION.c.account_id == account_id,
            SESSION.c.ended_at.is_(None),
            SESSION.c.id != but,
        )
        .values(ended_at=book.now())
    )
    return int(connection.execute(ended).rowcount)


class Accounts:
    """The commands on accounts; each asks whether `by` may, in the transaction it writes in."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def none_yet(self) -> bool:
        """Tell whether nobody ever had an account: the first start."""
        with self._book.store.reading() as connection:
            return connection.execute(select(ACCOUNT.c.id).limit(1)).first() is None

    def names(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the names of accounts, as the history tells them; the ended ones too."""
        wanted = select(ACCOUNT.c.id, ACCOUNT.c.name).where(ACCOUNT.c.id.in_(list(ids)))
        with self._book.store.reading() as connection:
            return {row.id: row.name for row in connection.execute(wanted)}

    def all(self, *, by: Person) -> list[Account]:
        """Return every account, the ended ones too; a relay sees those of its neighbourhoods.

        Raises:
            NotAllowedError: who may invite nobody sees nobody.
        """
        day = self._book.today()
        with self._book.store.reading() as connection:
            found = read_accounts(connection)
        if may(by, Deed.GIVE_ROLES, day):
            return found
        own = by.neighbourhoods(day)
        check(by, Deed.INVITE, day, neighbourhoods=own)
        return [
            one
            for one in found
            if one.ended_at is None
            and (one.id == by.id or not own.isdisjoint(one.person.neighbourhoods(day)))
        ]

    def relays(self, *, by: Person) -> list[Account]:
        """Return who is a relay now: those to whom a neighbourhood can be lent.

        Raises:
            NotAllowedError: who may invite nobody sees nobody.
        """
        day = self._book.today()
        check(by, Deed.INVITE, day, neighbourhoods=by.neighbourhoods(day))
        with self._book.store.reading() as connection:
            found = read_accounts(connection, ACCOUNT.c.ended_at.is_(None))
        return [one for one in found if Role.RELAY in one.person.roles(day)]

    def get(self, account_id: str, *, by: Person) -> Account:
        """Return one account: one's own, or one of those one sees.

        Raises:
            UnknownIdError, NotAllowedError: there is none, or it is not for `by`.
        """
        if by.id == account_id:
            with self._book.store.reading() as connection:
                return read_account(connection, account_id)
        for one in self.all(by=by):
            if one.id == account_id:
                return one
        raise UnknownIdError(N_("There is no account “{id}”. Check the id."), id=account_id[:80])

    def give(self, account_id: str, grant: Grant, *, by: Person) -> str:
        """Give a role and return the id of the grant.

        Who becomes an administrator signs in anew, by what a coordinator has no hand in.

        Raises:
            NotAllowedError: only a coordinator gives roles, only an administrator that of one.
            BadInputError: a role without its ground, or an ended account.
        """
        book = self._book
        grant = giving.checked(grant, book.store.directory())
        with book.writing() as connection:
            giving.check_giving(by, grant, book.today())
            _open_account(connection, account_id)
            if grant.role is Role.ADMINISTRATOR:
                _begin_anew(connection, book, account_id)
            return write_grant(connection, book, account_id, grant, by=by)

    def take(self, grant_id: str, *, by: Person) -> None:
        """Take a role back; what was lent, who lent it may take back as well.

        Raises:
            UnknownIdError: there is no such grant.
            NotAllowedError: not theirs to take.
            BadInputError: it is the role of the last administrator.
        """
        book, day = self._book, self._book.today()
        with book.writing() as connection:
            row = connection.execute(select(GRANT).where(GRANT.c.id == grant_id)).mappings().first()
            if row is None:
                raise UnknownIdError(N_("This role was taken back already."))
            grant = giving.grant_of(row)
            if not row["lender"] or row["lender"] != by.id:
                giving.check_giving(by, grant, day)
            connection.execute(delete(GRANT).where(GRANT.c.id == grant_id))
            _take_back_lent(connection, row["account_id"])
            if grant.role is Role.ADMINISTRATOR:
                _check_administrator_left(connection, book)
            write_event(
                connection,
                What.ROLE_TAKEN,
                at=book.now(),
                by=by,
                account_id=row["account_id"],
                **giving.told(grant),
            )

    def lend(self, account_id: str, grant: Grant, *, by: Person, lender: str = "") -> str:
        """Lend neighbourhoods of a relay (`lender`, `by` itself if none is named) to another.

        Raises:
            NotAllowedError: not theirs to lend.
            BadInputError: without an end, longer than a year, or to nobody who is a relay.
        """
        book, day = self._book, self._book.today()
        grant = giving.checked_lending(grant, book.store.directory(), day)
        with book.writing() as connection:
            whose = read_account(connection, lender or by.id)
            giving.check_lending(by, whose.own, grant, day)
            taker = _open_account(connection, account_id)
            if Role.RELAY not in taker.person.roles(day) or taker.id == whose.id:
                raise BadInputError(N_("A neighbourhood is lent to another relay. Choose one."))
            return write_grant(connection, book, account_id, grant, by=by, lender=whose.id)

    def rename(self, account_id: str, *, name: str, email: str, by: Person) -> None:
        """Give an account another name to read, or the address another service knows it by.

        The address opens the account where OpenID Connect is set up: one does not choose one's own.

        Raises:
            NotAllowedError: not theirs to change.
            BadInputError: no name, no address, or one that somebody has.
        """
        name, address = clean_name(name), clean_email(email)
        with self._book.writing() as connection:
            account = _open_account(connection, account_id)
            if by.id != account_id or address != account.email:
                giving.check_over(by, account.administers, self._book.today())
            _check_email_is_free(connection, address, account_id)
            connection.execute(
                update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(name=name, email=address)
            )
            write_event(connection, What.RENAMED, at=self._book.now(), by=by, account_id=account_id)

    def end(self, account_id: str, *, by: Person) -> None:
        """End an account: its sessions end now, its roles with it, its name stays in the history.

        Raises:
            NotAllowedError: not theirs to end.
            BadInputError: it is the last administrator's.
        """
        book = self._book
        with book.writing() as connection:
            account = _open_account(connection, account_id)
            if by.id != account_id:
                giving.check_over(by, account.administers, book.today())
            connection.execute(
                update(ACCOUNT)
                .where(ACCOUNT.c.id == account_id)
                .values(ended_at=book.now(), password="", email=None, login=f"ended {account_id}")
            )
            connection.execute(delete(GRANT).where(GRANT.c.account_id == account_id))
            connection.execute(delete(GRANT).where(GRANT.c.lender == account_id))
            end_sessions(connection, book, account_id)
            if account.administers:
                _check_administrator_left(connection, book)
            write_event(connection, What.ENDED, at=book.now(), by=by, account_id=account_id)


def _open_account(connection: Connection, account_id: str) -> Account:
    account = read_account(connection, account_id)
    if account.ended_at is not None:
        raise BadInputError(N_("This account has ended. Invite the person again."))
    return account


def _begin_anew(connection: Connection, book: Book, account_id: str) -> None:
    """Forget the address another service may know, and whoever is signed in by it."""
    mine = ACCOUNT.c.id == account_id
    connection.execute(update(ACCOUNT).where(mine).values(email=None))
    end_sessions(connection, book, account_id)


def _take_back_lent(connection: Connection, account_id: str) -> None:
    """Take back what somebody lent and has no more themselves."""
    grants = read_account(connection, account_id).own.grants
    own = frozenset().union(*(grant.neighbourhoods for grant in grants))
    lent = connection.execute(select(GRANT).where(GRANT.c.lender == account_id)).mappings().all()
    for row in lent:
        if not own.issuperset(row["neighbourhoods"]):
            connection.execute(delete(GRANT).where(GRANT.c.id == row["id"]))


def _check_email_is_free(connection: Connection, email: str | None, account_id: str) -> None:
    taken = select(ACCOUNT.c.id).where(ACCOUNT.c.email == email, ACCOUNT.c.id != account_id)
    if email and connection.execute(taken).first():
        raise BadInputError(N_("Another account has this e-mail address. Give another, or none."))


def _check_administrator_left(connection: Connection, book: Book) -> None:
    """Refuse what leaves nobody who administers from now on without an end."""
    day: Any = book.today()
    left = (
        select(GRANT.c.id)
        .join(ACCOUNT, ACCOUNT.c.id == GRANT.c.account_id)
        .where(
            GRANT.c.role == Role.ADMINISTRATOR.value,
            GRANT.c.to_day.is_(None),
            GRANT.c.from_day.is_(None) | (GRANT.c.from_day <= day),
            ACCOUNT.c.ended_at.is_(None),
        )
    )
    if connection.execute(left.limit(1)).first() is None:
        raise BadInputError(
            N_("This is the last administrator. Give somebody else that role first.")
        )
