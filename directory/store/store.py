"""The store every screen reads: one snapshot of the directory, kept fresh by a cheap question."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from threading import Lock
from time import monotonic
from types import MappingProxyType
from typing import Any, NamedTuple
from weakref import finalize

from sqlalchemy import Connection, select, update

from directory.clock import today
from directory.directory import Directory
from directory.indicators import Indicator
from directory.store import engine, past, rows
from directory.store.errors import StoreUnavailableError, store_errors
from directory.store.history import Change, kinds_since, read_changes, removed_since
from directory.store.rows import FIELDS, Kind
from directory.store.tables import Facts, RevisionRow, table
from geo.errors import N_, BadInputError, PleinError

logger = logging.getLogger(__name__)
_REVISION = table(RevisionRow)
POLL_S = 1.0
"""Half of the two seconds within which processes must see each other's changes."""
RETRY_S = 2.0
"""How long a database that failed is left alone, so that no reader waits for it every time."""


class Key(NamedTuple):
    """Which record: a relay and its neighbourhood may share an id."""

    kind: Kind
    id: str


class Store:
    """The directory in a database, shared by any number of threads and processes.

    When the database stops answering, `directory()` goes on serving the last snapshot and
    `stale_since` says since when; it recovers by itself. Writing is `directory.commands`.
    """

    def __init__(self, database_url: str, *, busy_s: float = engine.BUSY_S) -> None:
        self._engine = engine.open_engine(database_url, busy_s=busy_s)
        # A store that is dropped, or the end of the process, leaves no connection behind.
        finalize(self, self._engine.dispose)
        self._lock = Lock()
        self._snapshot: Directory | None = None
        self._unreadable: dict[Key, str] = {}
        self._epoch = ""
        self._expected = 0
        self._poll_at = self._retry_at = 0.0
        self._failure: PleinError | None = None
        self._read_at = datetime.now(UTC)

    @property
    def stale_since(self) -> datetime | None:
        """The moment of the last answer while the database is silent, else None."""
        return self._read_at if self._failure is not None else None

    @property
    def unreadable(self) -> Mapping[Key, str]:
        """The stored records that break a rule of today, left out of the directory, and why."""
        return MappingProxyType(self._unreadable)

    def directory(self) -> Directory:
        """Return the directory as it is now: the same object while nothing changed.

        The database is asked at most once a second, by one thread; the others do not wait.

        Raises:
            StoreUnavailableError: the database does not answer and never did.
        """
        snapshot = self._snapshot
        if snapshot is not None and not self._due(snapshot):
            return snapshot
        behind = snapshot is None or self._expected > snapshot.revision
        if not self._lock.acquire(blocking=behind):
            assert snapshot is not None  # noqa: S101 - what `behind` means
            return snapshot
        try:
            if self._due(self._snapshot):
                self._poll()
            if self._snapshot is None:
                failure = self._failure or StoreUnavailableError("")
                raise type(failure)(failure.message, **failure.params)
            return self._snapshot
        finally:
            self._lock.release()

    def indicators(self) -> Mapping[str, Indicator]:
        """Return every indicator by id as it is now: the same object while none changed.

        Raises:
            StoreUnavailableError: the database does not answer and never did.
        """
        return self.directory().indicators

    def history(self, kind: Kind, record_id: str) -> list[Change]:
        """Return every change of one record, oldest first; empty for an unknown one."""
        with self.reading() as connection:
            return read_changes(connection, kind, record_id)

    def first_day(self) -> date | None:
        """Return the day of the first change in Brussels; None where nothing was ever written."""
        with self.reading() as connection:
            return past.read_first_day(connection)

    def directory_on(self, day: date) -> Directory:
        """Return the directory as it stood at the end of a day in Brussels, from the history.

        Of today it equals `directory()`; before `first_day` it is empty. It is read anew each
        time and does not stand in for a silent database: whoever shows it often keeps it.

        Raises:
            BadInputError: a day that is still to come.
            StoreUnavailableError: the database does not answer.
        """
        present = today()
        if day > present:
            raise BadInputError(
                N_("Expected a day up to {today}, found {day}: nobody knows what will be changed."),
                today=present.isoformat(),
                day=day.isoformat(),
            )
        with self.reading() as connection:
            return past.read_on(connection, day)

    def close(self) -> None:
        """Let go of every connection; the store may still be used, and opens new ones."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment of the database."""
        with store_errors(), engine.reading(self._engine) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[tuple[Connection, int]]:
        """Open the transaction of one command and its revision; for `directory.commands` only.

        Updating the counter first makes writers queue: whoever sees revision n sees all before.
        """
        with store_errors(), engine.writing(self._engine) as connection:
            engine.line_up(connection)
            counted = update(_REVISION).values(value=_REVISION.c.value + 1)
            yield connection, connection.scalars(counted.returning(_REVISION.c.value)).one()

    @contextmanager
    def keeping(self) -> Iterator[Connection]:
        """Open a transaction that writes beside the directory, import batches: no revision."""
        with store_errors(), engine.writing(self._engine) as connection:
            yield connection

    def wipe(self) -> None:
        """Let what was deleted leave the files of the database too, as far as can be done now."""
        engine.wipe(self._engine)

    def expect(self, revision: int) -> None:
        """Make the next `directory()` of this process include `revision`, just committed."""
        self._expected = max(self._expected, revision)

    def _due(self, snapshot: Directory | None) -> bool:
        now = monotonic()
        behind = snapshot is None or self._expected > snapshot.revision
        return now >= self._retry_at and (behind or now >= self._poll_at)

    def _poll(self) -> None:
        expected = self._expected
        try:
            self._snapshot = self._newer(self._snapshot)
        except PleinError as error:
            self._failure = error
            self._retry_at = monotonic() + RETRY_S
            return
        self._failure = None
        self._read_at = datetime.now(UTC)
        self._poll_at = monotonic() + POLL_S
        if self._expected == expected:
            # Met, or an older database was put back and never will: ask no more for it.
            self._expected = 0

    def _newer(self, last: Directory | None) -> Directory:
        with self.reading() as connection:
            epoch, revision = connection.execute(select(_REVISION.c.epoch, _REVISION.c.value)).one()
            whole = last is None or epoch != self._epoch or revision < last.revision
            if last is not None and not whole and revision == last.revision:
                return last
            since = -1 if last is None or whole else last.revision
            # Most saves touch one kind: to ask first which spares the readers of the others.
            touched = set(Kind) if since < 0 else kinds_since(connection, since)
            read = {kind: rows.read_since(connection, kind, since) for kind in touched}
            removed = set() if since < 0 else removed_since(connection, since)
        unreadable = {} if whole else dict(self._unreadable)
        base = Directory() if last is None or whole else last
        merged = {
            FIELDS[kind]: _merged(
                getattr(base, FIELDS[kind]),
                kind,
                facts,
                unreadable,
                removed={record_id for gone, record_id in removed if gone is kind},
            )
            for kind, facts in ((kind, read.get(kind, {})) for kind in Kind)
        }
        self._epoch, self._unreadable = epoch, unreadable
        return Directory(revision=revision, **merged)


def _merged(
    kept: Mapping[str, Any],
    kind: Kind,
    changed: dict[str, Facts],
    unreadable: dict[Key, str],
    *,
    removed: set[str],
) -> Mapping[str, Any]:
    if not changed and not removed and isinstance(kept, MappingProxyType):
        return kept
    merged = {record_id: record for record_id, record in kept.items() if record_id not in removed}
    for record_id in removed:
        unreadable.pop(Key(kind, record_id), None)
    for record_id, facts in changed.items():
        unreadable.pop(Key(kind, record_id), None)
        try:
            merged[record_id] = rows.record_of(kind, facts)
        except ValueError as error:
            merged.pop(record_id, None)
            unreadable[Key(kind, record_id)] = str(error)
            logger.warning("%s %s cannot be read: %s", kind, record_id, error)
    return MappingProxyType(dict(sorted(merged.items())))
