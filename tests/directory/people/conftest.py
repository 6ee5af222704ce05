"""A book of people whose clock the test turns, with passwords that take little memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from directory.commands import Author, Commands
from directory.people import MACHINE, Grant, Role, passwords
from directory.people.account_records import Account, read_account
from directory.people.accounts import Accounts
from directory.people.book import Book
from directory.people.events import Event, read_events
from directory.people.invitations import Invitations
from directory.people.sessions import Opened, Sessions
from directory.store import Store
from geo.neighbourhoods import Neighbourhood

PASSWORD = "vier woorden op een rij"  # noqa: S105
START = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@dataclass
class Office:
    """Everything about people, at a moment the test chooses."""

    store: Store
    at: datetime = START
    book: Book = field(init=False)

    def __post_init__(self) -> None:
        self.book = Book(self.store, clock=lambda: self.at)
        self.accounts = Accounts(self.book)
        self.sessions = Sessions(self.book)
        self.invitations = Invitations(self.book)

    def later(self, **how_much: float) -> None:
        """Turn the clock, as another process would see it: nothing read just now is kept."""
        self.at += timedelta(**how_much)
        self.book.kept.forget()

    def member(self, login: str, role: Role, *places: str) -> Account:
        """Invite somebody and accept for them."""
        grant = Grant(role=role, neighbourhoods=frozenset(places))
        made = self.invitations.make(grant, by=MACHINE)
        return self.accept(made.token, login).account

    def accept(self, token: str, login: str) -> Opened:
        return self.invitations.accept(
            token, name=login.title(), login=login, password=PASSWORD, device="Chromium"
        )

    def again(self, account: Account) -> Account:
        """Read an account anew."""
        with self.store.reading() as connection:
            return read_account(connection, account.id)

    def enter(self, login: str, password: str = PASSWORD, **more: str) -> Opened:
        return self.sessions.sign_in(login, password, **{"address": "192.0.2.1", **more})

    def events(self, **which: str) -> list[Event]:
        return read_events(self.store, by=MACHINE, day=self.book.today(), **which)


@pytest.fixture
def light_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(passwords, "MEMORY_KIB", 64)
    monkeypatch.setattr(passwords, "PASSES", 1)
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()
    yield
    passwords._hasher.cache_clear()
    passwords._nobodys.cache_clear()


@pytest.fixture
def office(
    database_url: str, neighbourhood: Neighbourhood, light_passwords: None
) -> Iterator[Office]:
    """An office whose writers wait for each other however busy the machine is."""
    del light_passwords
    store = Store(database_url, busy_s=120)
    other = replace(neighbourhood, id="marollen", sectors=("21004A71-",))
    Commands(store).save([neighbourhood, other], by=Author("Test"))
    yield Office(store)
    store.close()
