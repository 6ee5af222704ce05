"""Connections to the two databases Plein knows: SQLite in a file, PostgreSQL on a server."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import quote
from weakref import WeakKeyDictionary

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError

from directory.store.turns import turn
from geo.errors import N_, BadInputError

BUSY_S = 5.0
"""How long a writer waits for another one before it gives up."""
CONNECT_S = 3
"""How long a server may take to answer."""
_LINE_UP = text("SELECT pg_advisory_xact_lock(1349281143)")
"""Any number of our own, another than that of migrations."""
_WRITES = "plein_writes"
_TURNS: WeakKeyDictionary[Engine, tuple[Path, float]] = WeakKeyDictionary()
"""The file of an SQLite engine, whose writers take turns, and how long they wait for one."""


def _database(database_url: str) -> URL:
    try:
        # Hosting services still hand out postgres://, which SQLAlchemy refuses by that name.
        url = make_url(database_url)
    except ArgumentError as error:
        raise BadInputError(
            N_("DATABASE_URL is not an address. Expected sqlite:///path or postgresql://…")
        ) from error
    backend = url.get_backend_name()
    if backend in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    if backend == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    raise BadInputError(
        N_("Expected DATABASE_URL to be sqlite:///path or postgresql://…, found {backend}."),
        backend=backend,
    )


def _sqlite_engine(path: Path, *, create: bool, busy_s: float) -> Engine:
    def connect() -> sqlite3.Connection:
        # mode=rw: only `upgrade` may make a file, so that a lost one is noticed, not replaced.
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode={'rwc' if create else 'rw'}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=busy_s,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA journal_mode = WAL").fetchone()
            # What is deleted is overwritten: a consent withdrawn leaves no trace in free pages.
            connection.execute("PRAGMA secure_delete = ON").fetchone()
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    # No pool: a pooled connection would go on reading a file that was moved away or restored.
    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool)

    _TURNS[engine] = (path, busy_s)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def open_engine(database_url: str, *, create: bool = False, busy_s: float = BUSY_S) -> Engine:
    """Return an engine for `sqlite:///path`, `postgresql://…` or `postgres://…`.

    Nothing is opened yet. `create` lets SQLite make the file and its folder.

    Raises:
        BadInputError: another kind of database, or no address at all.
    """
    url = _database(database_url)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "").absolute()
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        return _sqlite_engine(path, create=create, busy_s=busy_s)
    engine = create_engine(
        url,
        pool_pre_ping=True,
        connect_args={"connect_timeout": CONNECT_S, "tcp_user_timeout": CONNECT_S * 1000},
    )

    @event.listens_for(engine, "begin")
    def _limit_waiting(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITES):
            connection.execute(text(f"SET LOCAL lock_timeout = {int(busy_s * 1000)}"))

    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction in which every statement sees the same moment of the database."""
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that may write: committed at the end of the block, else undone."""
    path, busy_s = _TURNS.get(engine, (None, 0.0))
    with (
        engine.connect() as connection,
        turn(path, wait_s=busy_s) if path is not None else nullcontext(),
    ):
        connection.execution_options(**{_WRITES: True})
        with connection.begin():
            yield connection


def line_up(connection: Connection) -> None:
    """Wait for one's turn among those who write to the directory, until the end of the transaction.

    PostgreSQL hands such a lock to whoever waits longest; a row that everybody updates goes to
    whoever looks at the right moment, and of twenty writers some look in vain for seconds. In
    SQLite the turn was taken before the transaction began.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_LINE_UP)


def wipe(engine: Engine) -> None:
    """Bring SQLite's log into the file and empty it; a server's vacuum does that by itself.

    Where somebody reads an older moment just now, the next one who writes much does it.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        raw.close()
