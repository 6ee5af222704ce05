"""A backup back into a database: all of it, in one transaction, or nothing."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    InterfaceError,
    ProgrammingError,
    StatementError,
)

from directory.store import whole
from directory.store.engine import open_engine, reading, writing
from directory.store.errors import StoreUnavailableError, store_errors
from directory.store.migrate import is_known, migrate_within, revision_of
from exchange.backup_file import Backup, damaged
from geo.errors import N_, BadInputError, PleinError

WAIT_S: Final = 30.0
"""How long others may keep the database while a backup waits to take its place."""
_STEPS_MS: Final = 100
_MISFITS: Final = (
    *(AttributeError, KeyError, OverflowError, TypeError, ValueError),
    *(DataError, IntegrityError, InterfaceError, ProgrammingError),
)


def check(backup: Backup) -> None:
    """Refuse a backup this version cannot read, before anything is touched.

    Raises:
        BadInputError: tables of a newer version, or not those of its revision.
    """
    revision = backup.manifest.schema_revision
    if not is_known(revision):
        raise BadInputError(
            N_(
                "{name} was made by a newer version of Plein ({version}, tables {revision}). "
                "Bring Plein up to date and restore it then."
            ),
            name=backup.name,
            version=backup.manifest.plein[:20],
            revision=revision[:20],
        )
    expected = whole.own_tables(revision) - whole.PASSING
    if backup.tables.keys() != expected:
        raise damaged(backup.name, "its tables are not those of its version")


def holds_directory(database_url: str) -> bool:
    """Whether there is anything in the database a backup would take the place of.

    Raises:
        StoreUnavailableError: it does not answer, or another program keeps its tables there.
    """
    if _is_missing(database_url):
        return False
    engine = open_engine(database_url)
    try:
        with store_errors(), reading(engine) as connection:
            if not is_known(revision_of(connection) or "0001"):
                raise StoreUnavailableError(
                    N_(
                        "The database was made by a newer version of Plein (tables {revision}). "
                        "Use that version."
                    ),
                    revision=revision_of(connection),
                )
            foreign = whole.others(connection)
            if foreign and connection.dialect.name == "sqlite":
                raise StoreUnavailableError(
                    N_("The database holds tables of another program ({tables}). Give another."),
                    tables=", ".join(sorted(foreign))[:200],
                )
            return not whole.is_empty(connection)
    finally:
        engine.dispose()


def into_database(backup: Backup, database_url: str) -> None:
    """Write the backup into the database in the place of whatever is there.

    Raises:
        BadInputError: a row does not fit; the database is as it was.
        StoreUnavailableError, DiskFullError: the database is as it was.
    """
    if make_url(database_url).get_backend_name() == "sqlite":
        _into_sqlite(backup, database_url)
    else:
        _into_postgresql(backup, database_url)


def _into_postgresql(backup: Backup, database_url: str) -> None:
    engine = open_engine(database_url, busy_s=WAIT_S)
    try:
        with store_errors(), writing(engine) as connection:
            whole.clear(connection)
            _fill(backup, connection)
    finally:
        engine.dispose()


def _into_sqlite(backup: Backup, database_url: str) -> None:
    """Make the database beside, whole, then copy it over the one in use in one transaction.

    Programs that have the old one open read the old or the new, never a file that is gone.
    """
    path = Path(make_url(database_url).database or "").absolute()
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="restoring-", dir=path.parent) as folder:
        made = Path(folder) / "plein.db"
        engine = open_engine(f"sqlite:///{made}", create=True)
        try:
            with store_errors(), writing(engine) as connection:
                _fill(backup, connection)
        finally:
            engine.dispose()
        _copy_over(made, path)


def _copy_over(made: Path, path: Path) -> None:
    steps = 0

    def wait(_status: int, _left: int, _total: int) -> None:
        nonlocal steps
        steps += 1
        if steps * _STEPS_MS > WAIT_S * 1000:
            raise StoreUnavailableError(
                N_(
                    "Another program keeps the database locked, nothing was written. "
                    "Try again later."
                )
            )

    try:
        with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(path)) as target:
            target.execute("PRAGMA journal_mode = WAL").fetchone()
            source.backup(target, pages=-1, progress=wait, sleep=_STEPS_MS / 1000)
    except sqlite3.Error as error:
        raise StoreUnavailableError(
            N_("The database cannot be used now ({reason}). Check it and try again."),
            reason=str(error),
        ) from error


def _fill(backup: Backup, connection: Connection) -> None:
    """Make the tables of the backup's version, fill them, and bring them to ours."""
    migrate_within(connection, to=backup.manifest.schema_revision)
    whole.make_ready(connection)
    for table in whole.tables(connection):
        if table.name in whole.PASSING:
            continue
        part = backup.tables[table.name]
        if set(part.columns) != set(whole.columns(table)):
            raise damaged(backup.name, f"{table.name} has other columns than its version")
        with _misfits(backup, table.name):
            written = whole.write_rows(
                connection, table, list(part.columns), backup.rows(table.name)
            )
        if written != part.rows:
            raise damaged(backup.name, f"{table.name} has another number of rows")
    whole.finish(connection)
    migrate_within(connection, to="head")
    if connection.dialect.name == "sqlite":
        _check_links(backup, connection)


@contextmanager
def _misfits(backup: Backup, name: str) -> Iterator[None]:
    """Tell rows the database would not take from a database that does not answer."""
    try:
        yield
    except PleinError:
        raise
    except _MISFITS as error:
        raise damaged(backup.name, f"{name}: a row does not fit") from error
    except StatementError as error:
        if isinstance(error, DBAPIError):
            raise
        raise damaged(backup.name, f"{name}: a row does not fit") from error


def _check_links(backup: Backup, connection: Connection) -> None:
    broken = connection.execute(text("PRAGMA foreign_key_check")).first()
    if broken is not None:
        raise damaged(backup.name, f"{broken[0]} refers to what is not there")


def put_files(files: Mapping[str, bytes], targets: Mapping[str, Path], home: Path) -> list[str]:
    """Put files where none are; one that differs is put beside it, for a person to compare."""
    said = []
    for name, content in files.items():
        target = targets.get(name)
        if target is None or (target.is_file() and target.read_bytes() == content):
            continue
        if target.exists():
            target = home / f"{Path(name).stem}.restored.toml"
            said.append(f"{name} differs from yours: compare it with {target}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return said


def _is_missing(database_url: str) -> bool:
    url = make_url(database_url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").exists()
