"""The book of people: the database, the clock, and what was just read of who is signed in."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection, text

from directory.clock import BRUSSELS
from directory.store import Store

_LOCK = 0x506C6571
"""Any number of our own, beside that of the migrations."""


MOST_KEPT = 1_000
"""Sessions read of late that are kept."""


@dataclass
class Kept:
    """What was read just now, by token; forgotten whole as soon as anything is written here."""

    found: dict[str, Any] = field(default_factory=dict)
    turn: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def forget(self) -> None:
        """Forget everything, and what is being read now too."""
        with self.lock:
            self.turn += 1
            self.found.clear()

    def keep(self, key: str, value: Any, turn: int) -> None:
        """Keep what was read, if nothing was written since `turn`."""
        with self.lock:
            if len(self.found) >= MOST_KEPT:
                self.found.clear()
            if turn == self.turn:
                self.found[key] = value


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Book:
    """Where accounts, sessions and invitations are kept; shared by any number of threads."""

    store: Store
    clock: Callable[[], datetime] = _now
    kept: Kept = field(default_factory=Kept)

    def now(self) -> datetime:
        """Return the moment."""
        return self.clock()

    def today(self) -> date:
        """Return the day in Brussels, with which roles begin and end."""
        return self.clock().astimezone(BRUSSELS).date()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes; one at a time on either engine."""
        try:
            with self.store.keeping() as connection:
                if connection.dialect.name == "postgresql":
                    connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
                yield connection
        finally:
            self.kept.forget()
