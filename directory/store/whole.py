"""Every table of a database, out as plain rows and in again, whichever engine it is.

The tables are those the migrations make, not those a module declares: one that a later version
adds is never forgotten, and one of another program in the same database is left alone.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache
from itertools import islice
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Date,
    DateTime,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    and_,
    create_engine,
    delete,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)

from directory.store.migrate import migrate_within, revision_of

VERSIONS: Final = "alembic_version"
COUNTER: Final = "revision"
PASSING: Final = frozenset(
    {
        *("session", "sign_in_try", "sign_in_salt", "proposal_salt", "proposal_pace"),
        "workshop_link",
    }
)
"""Tables of the hour: who is signed in, and what holds back whoever tries too often. They stay
out of a backup, so that it opens no door, and so that salts of a day end with it."""
_LINKS: Final = frozenset({"invitation", "map_link"})
_BUNCH: Final = 1_000
"""Rows in one statement."""

Cells = list[Any]
"""One row as JSON, in the order of its columns."""


@cache
def own_tables(revision: str) -> frozenset[str]:
    """Return the names of the tables of a revision, Alembic's own left out; none for ""."""
    engine = create_engine("sqlite://")
    try:
        with engine.begin() as connection:
            if revision:
                migrate_within(connection, to=revision)
            return frozenset(inspect(connection).get_table_names()) - {VERSIONS}
    finally:
        engine.dispose()


def others(connection: Connection) -> frozenset[str]:
    """Return the tables in the database that are not Plein's."""
    there = frozenset(inspect(connection).get_table_names()) - {VERSIONS}
    return there - own_tables(revision_of(connection))


def tables(connection: Connection) -> list[Table]:
    """Return Plein's tables in the database, those referred to first."""
    found = MetaData()
    found.reflect(connection, only=sorted(own_tables(revision_of(connection))))
    for each in found.tables.values():
        for column in each.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
    return found.sorted_tables


def columns(table: Table) -> list[str]:
    """Return the names of a table's columns, in its order."""
    return [column.name for column in table.columns]


def read_rows(connection: Connection, table: Table) -> Iterator[Cells]:
    """Yield every row of a table by its key, a few held at a time."""
    out = [_OUT.get(_base(column), _same) for column in table.columns]
    wanted = select(table).order_by(*table.primary_key.columns)
    # On the statement: an option of a connection would stay with it.
    for row in connection.execute(wanted.execution_options(yield_per=_BUNCH)):
        yield [None if value is None else form(value) for form, value in zip(out, row, strict=True)]


def write_rows(
    connection: Connection, table: Table, names: list[str], rows: Iterable[Cells]
) -> int:
    """Insert rows as `read_rows` gives them, and return how many.

    Raises:
        KeyError, TypeError, ValueError: a row or a column is not of this table.
    """
    into = {name: _IN.get(_base(table.columns[name]), _same) for name in names}
    left, count = iter(rows), 0
    while bunch := list(islice(left, _BUNCH)):
        given = [
            {
                name: None if value is None else into[name](value)
                for name, value in zip(names, cells, strict=True)
            }
            for cells in bunch
        ]
        connection.execute(insert(table), given)
        count += len(given)
    return count


def is_empty(connection: Connection) -> bool:
    """Whether nothing was ever written: no tables, or only the counter at nought."""
    counted = ((each, select(func.count()).select_from(each)) for each in tables(connection))
    return not any(
        connection.scalar(count) for each, count in counted if each.name not in (COUNTER, *PASSING)
    )


def clear(connection: Connection) -> None:
    """Take all tables of a PostgreSQL database away, with what they hold.

    Emptied first by TRUNCATE, as rows that are kept for ever refuse to be deleted.
    """
    ours = [each.name for each in tables(connection)]
    if not ours:
        return
    quote = connection.dialect.identifier_preparer.quote
    connection.execute(text(f"TRUNCATE {', '.join(map(quote, ours))}"))
    migrate_within(connection, to="base", back=True)


def make_ready(connection: Connection) -> None:
    """Empty fresh tables of what their migrations put there, before rows are written."""
    for each in reversed(tables(connection)):
        connection.execute(delete(each))


def finish(connection: Connection) -> None:
    """Close what must not come back, and let processes that run notice another directory."""
    moment = datetime.now(UTC)
    for each in tables(connection):
        if each.name == COUNTER:
            connection.execute(update(each).values(epoch=uuid4().hex))
        if each.name in PASSING:
            connection.execute(delete(each))
        if each.name in _LINKS:
            _close_links(connection, each, moment)
        if connection.dialect.name == "postgresql":
            _count_on(connection, each)


def _close_links(connection: Connection, table: Table, moment: datetime) -> None:
    """No link of a backup opens anything: its hash is gone, and it reads as withdrawn."""
    for key in list(connection.scalars(select(table.c.id))):
        hidden = update(table).where(table.c.id == key)
        connection.execute(hidden.values(token_sha256=f"restored {uuid4().hex}"))
    unused = [table.c[name].is_(None) for name in ("used_at", "withdrawn_at") if name in table.c]
    still = and_(*unused)
    connection.execute(update(table).where(still).values(withdrawn_at=moment))


def _count_on(connection: Connection, table: Table) -> None:
    """Let a sequence of PostgreSQL go on after the highest number restored."""
    for column in table.primary_key.columns:
        if not isinstance(column.type, Integer):
            continue
        found = {"table": table.name, "column": column.name}
        name = connection.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), found)
        highest = connection.scalar(select(func.max(column)))
        if name and highest is not None:
            connection.execute(select(func.setval(name, highest)))


def _base(column: Column[Any]) -> type:
    wanted = (DateTime, Date, LargeBinary)
    return next((one for one in wanted if isinstance(column.type, one)), object)


def _same(value: Any) -> Any:
    return value


def _moment_out(value: datetime) -> str:
    """SQLite keeps no zone: what it holds is UTC."""
    known = value.replace(tzinfo=UTC) if value.tzinfo is None else value
    return known.astimezone(UTC).isoformat()


def _moment_in(value: str) -> datetime:
    return datetime.fromisoformat(value).astimezone(UTC)


_OUT: dict[type, Callable[[Any], Any]] = {
    DateTime: _moment_out,
    Date: date.isoformat,
    LargeBinary: lambda value: b64encode(value).decode(),
}
_IN: dict[type, Callable[[Any], Any]] = {
    DateTime: _moment_in,
    Date: date.fromisoformat,
    LargeBinary: b64decode,
}
