"""Bring a database to the tables of this version, or back."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from directory.store.engine import open_engine, writing
from directory.store.errors import StoreUnavailableError, store_errors
from geo.errors import N_

MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_LOCK = 0x506C6569
"""Any number of our own: two processes that start together migrate one after the other."""
_ONE_AT_A_TIME = Lock()
"""Alembic keeps what it works on in its modules, so threads take turns."""


def migration_config(connection: Connection) -> Config:
    """Return Alembic's configuration for an open connection; there is no alembic.ini."""
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def revision_of(connection: Connection) -> str:
    """Return which revision the tables of a database are, "" where there are none of ours."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def is_known(revision: str) -> bool:
    """Whether this version of Plein knows how to bring tables of a revision up to date."""
    known = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
    return revision in {one.revision for one in known}


def migrate_within(connection: Connection, *, to: str, back: bool = False) -> None:
    """Bring the tables to a revision in a transaction that the caller owns."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    with _ONE_AT_A_TIME:
        (command.downgrade if back else command.upgrade)(migration_config(connection), to)


def upgrade(database_url: str) -> None:
    """Make the tables, or bring them to this version; all of it or nothing.

    Raises:
        StoreUnavailableError: the database does not answer or its folder cannot be written.
        DiskFullError: there is no room for it.
    """
    _migrate(database_url, to="head")


def downgrade(database_url: str, revision: str) -> None:
    """Go back to an earlier revision of the tables ("base": none at all)."""
    _migrate(database_url, to=revision, back=True)


def _migrate(database_url: str, *, to: str, back: bool = False) -> None:
    try:
        engine = open_engine(database_url, create=not back)
    except OSError as error:
        raise StoreUnavailableError(
            N_("The folder of the database cannot be made ({reason}). Correct it and try again."),
            reason=error.strerror or type(error).__name__,
        ) from error
    try:
        with store_errors(), writing(engine) as connection:
            migrate_within(connection, to=to, back=back)
    finally:
        engine.dispose()
