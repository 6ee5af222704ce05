"""Sessions: a browser somebody signed in with, until they leave, it ends, or somebody ends it."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final, NoReturn

from sqlalchemy import Connection, delete, insert, select, update

from directory.hygiene import clean_text
from directory.people import giving
from directory.people.account_records import (
    ACCOUNT,
    Account,
    read_account,
    read_accounts,
    spelled,
)
from directory.people.accounts import SESSION, end_sessions, prepared_password
from directory.people.book import Book
from directory.people.events import What, write_event
from directory.people.passwords import LONGEST, hash_password, needs_rehash, verify
from directory.people.roles import VISITOR, Person
from directory.people.tokens import hash_token, is_token, new_id, new_token
from directory.people.tries import Try, count_try, forgive
from geo.errors import N_, PleinError, UnknownIdError

IDLE: Final = timedelta(days=7)
"""A session nobody used for so long has ended. Ours: relays sign in on a phone of their own."""
WHOLE: Final = timedelta(days=30)
"""A session ends after so long however much it is used (OWASP: an absolute end, 2026-11)."""
TOUCHED: Final = timedelta(minutes=5)
"""How often the use of a session is written down."""
KEPT_S: Final = 2.0
"""How long what was read holds; what ends in this process ends at once."""
LONGEST_DEVICE: Final = 60
REFUSED: Final = N_("The name or the password is not right.")


class SignInRefusedError(PleinError):
    """Nobody signs in with this name and password; which of the two is wrong is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser somebody is signed in with, as its owner sees it."""

    id: str
    account_id: str
    device: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A session just opened: the only moment its token is known here."""

    token: str
    session_id: str
    account: Account
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who a token stands for."""

    account: Account
    session_id: str


class Sessions:
    """The sessions of one book of people."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def sign_in(
        self, login: str, password: str, *, address: str, device: str = "", before: str = ""
    ) -> Opened:
        """Open a session with a token nobody knew; `before` is one this browser came with.

        It takes as long whether there is such an account or not.

        Raises:
            TooManyTriesError: too many failed of late.
            SignInRefusedError: the name or the password is wrong.
        """
        typed = spelled(login[: 2 * LONGEST])
        tried = count_try(self._book, typed, address)
        account, kept = self._find(typed)
        if not verify(password, kept) or account is None:
            self._refuse(account)
        again = hash_password(password) if needs_rehash(kept) else None
        with self._book.writing() as connection:
            mine = ACCOUNT.c.id == account.id
            _still(connection, account, kept)
            if again is not None:
                connection.execute(update(ACCOUNT).where(mine).values(password=again))
            return self._opened(connection, account.id, device, tried, before)

    def adopt(self, identity: str, email: str, *, device: str = "") -> SignedIn | None:
        """Return who signed in with another service, which tells a verified e-mail address.

        `identity` is what that service's sign-in left in this browser: its session is one of
        ours, listed and ended as any. None: nobody here has that address, or it was ended.
        """
        key = hash_token(identity)
        if found := self._read(key):
            return found
        known, its = ACCOUNT.c.email == spelled(email), SESSION.c.token_sha256 == key
        with self._book.store.reading() as connection:
            # Most who come so are nobody here: asked without keeping a writer waiting.
            nobody = not read_accounts(connection, known)
            if nobody or connection.execute(select(SESSION.c.id).where(its)).first():
                return None
        with self._book.writing() as connection:
            accounts = read_accounts(connection, known)
            if accounts and not connection.execute(select(SESSION.c.id).where(its)).first():
                _write(connection, self._book, accounts[0], key, device)
        return self._read(key)

    def find(self, token: str) -> SignedIn | None:
        """Return who a token stands for; None once it ended, or for anything else."""
        return self._read(hash_token(token)) if is_token(token) else None

    def listed(self, account_id: str, *, by: Person) -> list[Session]:
        """Return the open sessions of an account, the last used first.

        Raises:
            NotAllowedError: it is somebody else's, and `by` decides about nobody's.
        """
        now = self._book.now()
        with self._book.store.reading() as connection:
            self._check_over(connection, account_id, by)
            wanted = select(SESSION).where(
                SESSION.c.account_id == account_id,
                SESSION.c.ended_at.is_(None),
                SESSION.c.ends_at > now,
                SESSION.c.seen_at > now - IDLE,
            )
            found = connection.execute(wanted.order_by(SESSION.c.seen_at.desc())).mappings()
            names = ("id", "account_id", "device", "made_at", "seen_at", "ends_at")
            return [Session(**{name: row[name] for name in names}) for row in found]

    def end(self, session_id: str, *, by: Person) -> None:
        """End a session, one's own or one of somebody `by` decides about.

        Raises:
            UnknownIdError: there is no such session.
            NotAllowedError: it is not theirs to end.
        """
        with self._book.writing() as connection:
            wanted = select(SESSION.c.account_id).where(SESSION.c.id == session_id)
            account_id = connection.execute(wanted).scalar()
            if account_id is None:
                raise UnknownIdError(N_("There is no such session. It may have ended already."))
            self._check_over(connection, account_id, by)
            _end(connection, self._book, SESSION.c.id == session_id)
            write_event(
                connection,
                What.SESSION_ENDED,
                at=self._book.now(),
                by=by,
                account_id=account_id,
            )

    def end_all(self, account_id: str, *, by: Person, but: str = "") -> int:
        """End every session of an account and return how many; `but` is the one to keep.

        Raises:
            NotAllowedError: they are not theirs to end.
        """
        with self._book.writing() as connection:
            self._check_over(connection, account_id, by)
            count = end_sessions(connection, self._book, account_id, but=but)
            write_event(
                connection,
                What.SESSION_ENDED,
                at=self._book.now(),
                by=by,
                account_id=account_id,
                sessions=count,
            )
            return count

    def leave(self, token: str) -> None:
        """End the session of a token, if there is one."""
        found = self.find(token)
        if found is None:
            return
        with self._book.writing() as connection:
            _end(connection, self._book, SESSION.c.id == found.session_id)
            write_event(
                connection,
                What.SIGNED_OUT,
                at=self._book.now(),
                by=found.account.person,
                account_id=found.account.id,
            )

    def change_password(
        self, account: Account, old: str, new: str, *, address: str, device: str = ""
    ) -> Opened:
        """Give somebody's own account another password: all its sessions end, one is opened.

        Raises:
            TooManyTriesError, SignInRefusedError: the old one is wrong, once or too often.
            BadInputError: the new one will not do.
        """
        tried = count_try(self._book, account.login, address)
        _, kept = self._find(account.login)
        if not verify(old, kept):
            self._refuse(account)
        made = prepared_password(new, names=(account.login, account.name))
        with self._book.writing() as connection:
            _still(connection, account, kept)
            set_password(connection, self._book, account.id, made, by=account.person)
            return self._opened(connection, account.id, device, tried, "")

    def open_for(self, connection: Connection, account_id: str, *, device: str) -> Opened:
        """Open a session, in an open transaction, for somebody who just proved who they are."""
        return self._opened(connection, account_id, device, None, "")

    def _find(self, login: str) -> tuple[Account | None, str]:
        with self._book.store.reading() as connection:
            where = (ACCOUNT.c.login == login, ACCOUNT.c.ended_at.is_(None))
            kept = connection.execute(select(ACCOUNT.c.password).where(*where)).scalar()
            found = read_accounts(connection, *where)
        return (found[0] if found else None), str(kept or "")

    def _refuse(self, account: Account | None) -> NoReturn:
        with self._book.writing() as connection:
            write_event(
                connection,
                What.REFUSED,
                at=self._book.now(),
                by=VISITOR,
                account_id=account.id if account else "",
            )
        raise _refusal()

    def _opened(
        self,
        connection: Connection,
        account_id: str,
        device: str,
        tried: Try | None,
        before: str,
    ) -> Opened:
        account = read_account(connection, account_id)
        if account.ended_at is not None:
            raise _refusal()
        if tried is not None:
            forgive(connection, tried)
        if is_token(before):
            _end(connection, self._book, SESSION.c.token_sha256 == hash_token(before))
        token = new_token()
        session_id, ends_at = _write(connection, self._book, account, hash_token(token), device)
        return Opened(token=token, session_id=session_id, account=account, ends_at=ends_at)

    def _check_over(self, connection: Connection, account_id: str, by: Person) -> None:
        if not by.id or by.id != account_id:
            account = read_account(connection, account_id)
            giving.check_over(by, account.administers, self._book.today())

    def _read(self, key: str) -> SignedIn | None:
        kept, turn = self._book.kept.found.get(key), self._book.kept.turn
        if kept is not None and monotonic() < kept[0]:
            return kept[1]  # type: ignore[no-any-return]
        found = self._asked(key)
        if found is not None:
            self._book.kept.keep(key, (monotonic() + KEPT_S, found), turn)
        return found

    def _asked(self, key: str) -> SignedIn | None:
        now = self._book.now()
        with self._book.store.reading() as connection:
            wanted = select(SESSION).where(
                SESSION.c.token_sha256 == key,
                SESSION.c.ended_at.is_(None),
                SESSION.c.ends_at > now,
                SESSION.c.seen_at > now - IDLE,
            )
            row = connection.execute(wanted).mappings().first()
            if row is None:
                return None
            account = read_account(connection, row["account_id"])
        if account.ended_at is not None:
            return None
        if now - row["seen_at"] > TOUCHED:
            self._touch(row["id"], now)
        return SignedIn(account, row["id"])

    def _touch(self, session_id: str, now: datetime) -> None:
        """Write down that a session is used; a database that cannot says so elsewhere."""
        with suppress(PleinError), self._book.store.keeping() as connection:
            used = update(SESSION).where(SESSION.c.id == session_id)
            connection.execute(used.values(seen_at=now))


def _refusal() -> SignInRefusedError:
    return SignInRefusedError(REFUSED)


def _still(connection: Connection, account: Account, kept: str) -> None:
    """Refuse what was typed where the password changed or the account ended meanwhile."""
    mine = (ACCOUNT.c.id == account.id) & ACCOUNT.c.ended_at.is_(None)
    if connection.execute(select(ACCOUNT.c.password).where(mine)).scalar() != kept:
        raise _refusal()


def set_password(
    connection: Connection, book: Book, account_id: str, kept: str, *, by: Person
) -> None:
    """Write another password, as `prepared_password` made it; every session ends."""
    connection.execute(update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(password=kept))
    end_sessions(connection, book, account_id)
    write_event(connection, What.PASSWORD, at=book.now(), by=by, account_id=account_id)


def _write(
    connection: Connection, book: Book, account: Account, key: str, device: str
) -> tuple[str, datetime]:
    now = book.now()
    session_id, ends_at = new_id(), now + WHOLE
    connection.execute(delete(SESSION).where(SESSION.c.ends_at < now))
    connection.execute(
        insert(SESSION).values(
            id=session_id,
            token_sha256=key,
            account_id=account.id,
            device=clean_text(device[: 10 * LONGEST_DEVICE], field="device")[:LONGEST_DEVICE],
            made_at=now,
            seen_at=now,
            ends_at=ends_at,
        )
    )
    write_event(connection, What.SIGNED_IN, at=now, by=account.person, account_id=account.id)
    return session_id, ends_at


def _end(connection: Connection, book: Book, which: Any) -> None:
    ended = update(SESSION).where(which, SESSION.c.ended_at.is_(None))
    connection.execute(ended.values(ended_at=book.now()))
