"""What can go wrong between the directory and its database, in words a person can act on."""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError, NoResultFound, SQLAlchemyError

from geo.errors import N_, PleinError

logger = logging.getLogger(__name__)
_SQLITE_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_POSTGRES_DISK_FULL = "53100"
_POSTGRES_LOCKED = ("55P03", "57014")
"""lock_not_available, and query_canceled where a server limits its statements."""
_POSTGRES_AWAY = ("08", "28", "3D", "57")
"""Classes of connection, sign-in, unknown database, shutdown: their words name hosts and users."""
_PRIMARY_CODE = 0xFF
"""SQLite's extended result codes keep the primary code in the lowest byte."""


class StoreUnavailableError(PleinError):
    """The database does not answer, or not with what a directory holds."""


class DiskFullError(PleinError):
    """There is no room left where the database lives."""


class ConflictError(PleinError):
    """Somebody changed the record since it was read."""


def translate(error: SQLAlchemyError) -> PleinError:
    """Return what `error` means to a person; the addresses of servers stay out of it."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(cause, "sqlite_errorcode", 0) & _PRIMARY_CODE
    state = getattr(cause, "sqlstate", None)
    if code == sqlite3.SQLITE_FULL or state == _POSTGRES_DISK_FULL:
        return DiskFullError(
            N_("The disk of the database is full, nothing was written. Make room and try again.")
        )
    if code in _SQLITE_BUSY or state in _POSTGRES_LOCKED:
        return StoreUnavailableError(
            N_("Another program keeps the database locked, nothing was written. Try again later.")
        )
    if isinstance(cause, psycopg.Error) and (state is None or state[:2] in _POSTGRES_AWAY):
        return StoreUnavailableError(
            N_("The database server does not answer. Check that it runs and try again.")
        )
    lines = str(cause if cause is not None else error).strip().splitlines()
    return StoreUnavailableError(
        N_("The database cannot be used now ({reason}). Check it and try again."),
        reason=lines[0] if lines else type(error).__name__,
    )


@contextmanager
def store_errors() -> Iterator[None]:
    """Turn what the database raises inside the block into the errors above."""
    try:
        yield
    except NoResultFound as error:
        raise StoreUnavailableError(
            N_("The database holds no directory. Prepare it with `make run` and try again.")
        ) from error
    except SQLAlchemyError as error:
        logger.warning("%s", error.orig if isinstance(error, DBAPIError) else error)
        raise translate(error) from error
