"""Batches and their rows in the database: the one place of an import that knows SQL."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from directory.importing.records import Batch, Heap, ImportRow, Outcome, Settings
from directory.store.tables import (
    ImportBatchRow,
    ImportMappingRow,
    ImportRowRow,
    ImportWordRow,
    table,
)
from geo.errors import N_, UnknownIdError

BATCH, ROW = table(ImportBatchRow), table(ImportRowRow)
MAPPING, WORD = table(ImportMappingRow), table(ImportWordRow)
CHUNK = 500
"""Rows worked on and committed together: what a killed process has to do again."""
_BATCH_COLUMNS = [BATCH.c[name] for name in Batch.model_fields]
_ROW_COLUMNS = [ROW.c[name] for name in ImportRow.model_fields]
_NOTHING: dict[str, Any] = {
    "corrections": {},
    "checked": False,
    "draft": {},
    "findings": [],
    "heap": Heap.WAITING.value,
    "compared": False,
    "twins": [],
    "outcome": Outcome.NONE.value,
    "actor_id": "",
}
"""The columns of a row of which nothing is known; the others are null then."""
_GIVEN = frozenset({"number", "line", "cells"})
"""What the file gave; it is written once and never again."""
_WORKED_ON = tuple(name for name in ImportRow.model_fields if name not in _GIVEN)


def _facts(row: ImportRow, names: Collection[str]) -> dict[str, Any]:
    """Return these facts of a row as JSON; what is empty inside them is left out."""
    dumped = row.model_dump(mode="json", include=set(names), exclude_defaults=True)
    return {name: dumped.get(name, _NOTHING.get(name)) for name in names}


def write_batch(connection: Connection, batch: Batch) -> None:
    """Store a new batch."""
    connection.execute(insert(BATCH), [batch.model_dump(mode="json") | _moments(batch)])


def change_batch(connection: Connection, batch: Batch) -> None:
    """Store a batch again."""
    facts = batch.model_dump(mode="json") | _moments(batch)
    connection.execute(update(BATCH).where(BATCH.c.id == batch.id).values(facts))


def _moments(batch: Batch) -> dict[str, Any]:
    return {"started_at": batch.started_at, "settled_at": batch.settled_at}


def read_batch(connection: Connection, batch_id: str) -> Batch:
    """Return one batch.

    Raises:
        UnknownIdError: there is none of that id.
    """
    wanted = select(*_BATCH_COLUMNS).where(BATCH.c.id == batch_id)
    found = connection.execute(wanted).mappings().one_or_none()
    if found is None:
        raise UnknownIdError(
            N_("There is no import “{id}”. It was thrown away, or the address is wrong."),
            id=batch_id[:80],
        )
    return Batch.model_validate(dict(found))


def read_batches(connection: Connection) -> list[Batch]:
    """Return every batch, the newest first."""
    wanted = select(*_BATCH_COLUMNS).order_by(BATCH.c.started_at.desc(), BATCH.c.id)
    return [Batch.model_validate(dict(row)) for row in connection.execute(wanted).mappings()]


def remove_batch(connection: Connection, batch_id: str) -> None:
    """Throw a batch and its rows away."""
    connection.execute(delete(ROW).where(ROW.c.batch_id == batch_id))
    connection.execute(delete(BATCH).where(BATCH.c.id == batch_id))


def add_rows(connection: Connection, batch_id: str, rows: Iterable[ImportRow]) -> int:
    """Store new rows, in parts; return how many."""
    count, part = 0, []
    for row in rows:
        part.append(_facts(row, ImportRow.model_fields) | {"batch_id": batch_id})
        if len(part) == CHUNK:
            connection.execute(insert(ROW), part)
            count, part = count + CHUNK, []
    if part:
        connection.execute(insert(ROW), part)
    return count + len(part)


def change_rows(
    connection: Connection,
    batch_id: str,
    rows: Sequence[ImportRow],
    *,
    only: Sequence[str] = _WORKED_ON,
    heap: Heap | None = None,
) -> None:
    """Store what was found out about rows; `heap`: only those still in it in the database."""
    if not rows:
        return
    where = (ROW.c.batch_id == batch_id) & (ROW.c.number == bindparam("at"))
    if heap is not None:
        where &= ROW.c.heap == heap.value
    statement = update(ROW).where(where).values({name: bindparam(f"new_{name}") for name in only})
    given = [(row.number, _facts(row, only)) for row in rows]
    connection.execute(
        statement,
        [{"at": n, **{f"new_{name}": facts[name] for name in only}} for n, facts in given],
    )


def change_all(connection: Connection, batch_id: str, **facts: Any) -> None:
    """Give every row of a batch the same facts."""
    connection.execute(update(ROW).where(ROW.c.batch_id == batch_id).values(**facts))


def reset_rows(connection: Connection, batch_id: str) -> None:
    """Let every row that is not in the directory be checked anew."""
    waiting = {"checked": False, "compared": False, "heap": Heap.WAITING.value}
    mine = (ROW.c.batch_id == batch_id) & (ROW.c.outcome == Outcome.NONE.value)
    connection.execute(update(ROW).where(mine).values(**waiting))


def read_rows(
    connection: Connection,
    batch_id: str,
    *where: ColumnElement[bool],
    limit: int | None = None,
    offset: int = 0,
) -> list[ImportRow]:
    """Return rows in the order of the file."""
    wanted = select(*_ROW_COLUMNS).where(ROW.c.batch_id == batch_id, *where)
    wanted = wanted.order_by(ROW.c.number).limit(limit).offset(offset)
    return [ImportRow.model_validate(dict(row)) for row in connection.execute(wanted).mappings()]


def each_row(
    reading: Callable[[], Any], batch_id: str, *where: ColumnElement[bool]
) -> Iterator[list[ImportRow]]:
    """Yield the rows in parts, each read in a transaction of its own; `reading` opens one."""
    last = 0
    while True:
        with reading() as connection:
            part = read_rows(connection, batch_id, ROW.c.number > last, *where, limit=CHUNK)
        if not part:
            return
        yield part
        last = part[-1].number


def read_row(connection: Connection, batch_id: str, number: int) -> ImportRow:
    """Return one row.

    Raises:
        UnknownIdError: the batch has no such row.
    """
    found = read_rows(connection, batch_id, ROW.c.number == number)
    if not found:
        raise UnknownIdError(N_("The file has no row {number}."), number=number)
    return found[0]


def count_heaps(connection: Connection, batch_id: str) -> dict[Heap, int]:
    """Return how many rows are in each heap; every heap is there."""
    counted = (
        select(ROW.c.heap, func.count()).where(ROW.c.batch_id == batch_id).group_by(ROW.c.heap)
    )
    found = Counter({Heap(heap): n for heap, n in connection.execute(counted)})
    return {heap: found[heap] for heap in Heap}


def count_rows(connection: Connection, batch_id: str, *where: ColumnElement[bool]) -> int:
    """Count the rows of which all of this holds."""
    wanted = select(func.count()).select_from(ROW).where(ROW.c.batch_id == batch_id, *where)
    return int(connection.scalar(wanted) or 0)


def save_mapping(
    connection: Connection, name: str, signature: str, settings: Settings, author: str
) -> None:
    """Keep under a name how a file is read, in the place of what had that name."""
    connection.execute(delete(MAPPING).where(MAPPING.c.name == name))
    facts = settings.model_dump(mode="json", exclude={"words", "hours"})
    row = {"name": name, "signature": signature, "settings": facts, "author": author}
    connection.execute(insert(MAPPING), [row | {"saved_at": datetime.now(UTC)}])


def read_mappings(connection: Connection) -> dict[str, tuple[str, Settings]]:
    """Return the saved mappings by name: the signature of their headers, and the settings."""
    wanted = select(MAPPING.c.name, MAPPING.c.signature, MAPPING.c.settings)
    found = connection.execute(wanted.order_by(MAPPING.c.saved_at.desc(), MAPPING.c.name))
    return {name: (mark, Settings.model_validate(facts)) for name, mark, facts in found}


def remember(
    connection: Connection, about: str, meanings: Mapping[str, tuple[str, ...]], author: str
) -> None:
    """Keep what words mean, for the files to come."""
    at = datetime.now(UTC)
    for word, meaning in meanings.items():
        connection.execute(delete(WORD).where(WORD.c.about == about, WORD.c.word == word))
        row = {"about": about, "word": word, "meaning": list(meaning)}
        connection.execute(insert(WORD), [row | {"author": author, "confirmed_at": at}])


def remembered(connection: Connection, about: str) -> dict[str, tuple[str, ...]]:
    """Return what words mean, as it was confirmed."""
    wanted = select(WORD.c.word, WORD.c.meaning).where(WORD.c.about == about)
    return {word: tuple(meaning) for word, meaning in connection.execute(wanted)}
