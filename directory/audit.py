"""The audit trail: every change of a record and every event of an account, in one list.

It is read by an administrator. Nothing here writes; the database itself refuses to change what
was written down (`directory.store.erasing` says when it does not).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

from sqlalchemy import Select, literal, null, or_, select, union_all
from sqlalchemy import String as Text

from directory.clock import BRUSSELS, today
from directory.people import Deed, Person, check
from directory.store import Store
from directory.store.account_tables import EventRow
from directory.store.erasing import WITHDRAWN
from directory.store.past import end_of
from directory.store.tables import ChangeRow, table
from geo.errors import N_, BadInputError

PAGE: Final = 100
_CHANGE, _EVENT = table(ChangeRow), table(EventRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that happened. `what` is the kind of record or the event of an account.

    `record_id` is the record's, or the account's. `fields` are those that a change made other,
    names only: the values are in the record's own history.
    """

    at: datetime
    source: str
    id: int
    author: str
    person: str
    what: str
    origin: str
    record_id: str
    version: int | None
    withdrawn: bool
    fields: tuple[str, ...]


def read(
    store: Store,
    *,
    by: Person,
    who: str = "",
    record: str = "",
    day: date | None = None,
    limit: int = PAGE,
    offset: int = 0,
) -> list[Line]:
    """Return what happened, the newest first.

    Args:
        store: where.
        by: who reads it.
        who: a part of an author's name, or the id of an account.
        record: the id of a record or of an account.
        day: a day in Brussels.
        limit: lines at most.
        offset: lines left out, to page on.

    Raises:
        NotAllowedError: only an administrator reads it.
        BadInputError: the page asked for does not exist.
    """
    check(by, Deed.READ_AUDIT, today())
    if limit < 1 or offset < 0:
        raise BadInputError(
            N_("Expected a page from line 0 on, found {found}."), found=min(offset, limit)
        )
    both = union_all(*(_filtered(*one, who=who, record=record, day=day) for one in _sources()))
    lines = both.subquery()
    wanted = select(lines).order_by(lines.c.at.desc(), lines.c.source, lines.c.id.desc())
    with store.reading() as connection:
        rows = connection.execute(wanted.limit(limit).offset(offset)).mappings().all()
        keys = [row["id"] for row in rows if row["source"] == "change"]
        told = select(_CHANGE.c.id, _CHANGE.c.before, _CHANGE.c.after)
        sides = {
            key: _fields(before, after)
            for key, before, after in connection.execute(told.where(_CHANGE.c.id.in_(keys)))
        }
    return [
        Line(
            **{name: row[name] for name in _COLUMNS},
            withdrawn=row["batch"].startswith(f"{WITHDRAWN}-") or row["gone"],
            fields=sides.get(row["id"], ()) if row["source"] == "change" else (),
        )
        for row in rows
    ]


_COLUMNS: Final = (
    *("at", "source", "id", "author", "person", "what", "origin", "record_id", "version"),
)


def _sources() -> tuple[tuple[Select[Any], Any], ...]:
    changes = select(
        _CHANGE.c.at,
        literal("change").label("source"),
        _CHANGE.c.id,
        _CHANGE.c.author,
        _CHANGE.c.person,
        _CHANGE.c.kind.label("what"),
        _CHANGE.c.origin,
        _CHANGE.c.record_id,
        _CHANGE.c.version,
        _CHANGE.c.batch,
        (_CHANGE.c.before.is_(None) & _CHANGE.c.after.is_(None)).label("gone"),
    )
    events = select(
        _EVENT.c.at,
        literal("event").label("source"),
        _EVENT.c.id,
        _EVENT.c.author,
        _EVENT.c.person,
        _EVENT.c.what,
        literal("").label("origin"),
        _EVENT.c.account_id.label("record_id"),
        null().label("version"),
        literal("").label("batch"),
        (_EVENT.c.id < 0).label("gone"),
    )
    return (changes, _CHANGE.c), (events, _EVENT.c)


def _filtered(
    wanted: Select[Any], columns: Any, *, who: str, record: str, day: date | None
) -> Select[Any]:
    if who:
        name = columns.author.cast(Text).icontains(who, autoescape=True)
        wanted = wanted.where(or_(name, columns.person == who))
    if record:
        wanted = wanted.where(
            (columns.record_id if "record_id" in columns else columns.account_id) == record
        )
    if day is not None:
        start = datetime.combine(day, time(), tzinfo=BRUSSELS)
        wanted = wanted.where(columns.at >= start, columns.at < end_of(day))
    return wanted


def _fields(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> tuple[str, ...]:
    """Name what differs between two versions; nothing for a record that is new or gone."""
    if before is None or after is None:
        return ()
    names = sorted({*before, *after} - {"version"})
    return tuple(name for name in names if before.get(name) != after.get(name))
