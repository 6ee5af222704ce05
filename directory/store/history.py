"""What was changed, by whom and when: every command writes it, nothing deletes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from directory.store.rows import SLUG, Kind
from directory.store.tables import ChangeRow, table

_CHANGE = table(ChangeRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one record, as it was written; `before` is None for a new one.

    `at` is in UTC; `person` is the account behind the author, where there is one; `batch` is the
    same for all changes of one import; `before` and `after` are the record as JSON, in the form it
    had then; `after` is None where undoing an import took the record out again. `reason` is why,
    where that was asked.
    """

    revision: int
    at: datetime
    author: str
    origin: str
    batch: str
    kind: Kind
    record_id: str
    version: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    person: str = ""
    reason: str = ""


_COLUMNS = tuple(Change.__dataclass_fields__)


def write_changes(connection: Connection, changes: Sequence[Change]) -> None:
    """Write changes down, in the transaction that makes them."""
    rows = [{name: getattr(change, name) for name in _COLUMNS} for change in changes]
    connection.execute(insert(_CHANGE), [row | {"kind": row["kind"].value} for row in rows])


def read_changes(connection: Connection, kind: Kind, record_id: str) -> list[Change]:
    """Return every change of one record, oldest first."""
    if not SLUG.fullmatch(record_id):
        return []
    wanted = (_CHANGE.c.kind == kind.value) & (_CHANGE.c.record_id == record_id)
    columns = [_CHANGE.c[name] for name in _COLUMNS]
    found = connection.execute(select(*columns).where(wanted).order_by(_CHANGE.c.id)).mappings()
    return [Change(**{**row, "kind": kind}) for row in found]


def read_batch(connection: Connection, batch: str) -> list[Change]:
    """Return every change of one batch, oldest first."""
    columns = [_CHANGE.c[name] for name in _COLUMNS]
    wanted = select(*columns).where(_CHANGE.c.batch == batch).order_by(_CHANGE.c.id)
    found = connection.execute(wanted).mappings()
    return [Change(**{**row, "kind": Kind(row["kind"])}) for row in found]


def removed_since(connection: Connection, revision: int) -> set[tuple[Kind, str]]:
    """Return the records taken out after `revision`; one may have been stored again since."""
    wanted = (_CHANGE.c.revision > revision) & _CHANGE.c.after.is_(None)
    found = connection.execute(select(_CHANGE.c.kind, _CHANGE.c.record_id).where(wanted))
    return {(Kind(kind), record_id) for kind, record_id in found}


def kinds_since(connection: Connection, revision: int) -> set[Kind]:
    """Return the kinds of records changed after `revision`."""
    wanted = select(_CHANGE.c.kind).where(_CHANGE.c.revision > revision).distinct()
    return {Kind(kind) for kind in connection.scalars(wanted)}
