"""The directory as it stood at the end of a day, put together again from the history."""

import logging
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType

from sqlalchemy import Connection, func, select

from directory.clock import BRUSSELS
from directory.directory import Directory
from directory.store.rows import FIELDS, Kind, Stored, record_of
from directory.store.tables import ChangeRow, table

logger = logging.getLogger(__name__)
_CHANGE = table(ChangeRow)


def end_of(day: date) -> datetime:
    """Return the moment in UTC at which a day ends in Brussels.

    >>> end_of(date(2026, 3, 28)).isoformat(), end_of(date(2026, 3, 29)).isoformat()
    ('2026-03-28T23:00:00+00:00', '2026-03-29T22:00:00+00:00')
    """
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=BRUSSELS).astimezone(UTC)


def read_first_day(connection: Connection) -> date | None:
    """Return the day of the first change in Brussels; None where nothing was ever written."""
    first = connection.execute(select(func.min(_CHANGE.c.at))).scalar_one()
    return None if first is None else first.astimezone(BRUSSELS).date()


def read_on(connection: Connection, day: date) -> Directory:
    """Return every record as the last change up to the end of the day left it.

    Its `revision` is that of the last change counted, 0 where there was none yet. A record that
    breaks a rule of today is left out, as in the present directory.
    """
    last = select(func.max(_CHANGE.c.id)).where(_CHANGE.c.at < end_of(day))
    last = last.group_by(_CHANGE.c.kind, _CHANGE.c.record_id)
    wanted = select(_CHANGE.c.revision, _CHANGE.c.kind, _CHANGE.c.record_id, _CHANGE.c.after)
    wanted = wanted.where(_CHANGE.c.id.in_(last)).order_by(_CHANGE.c.record_id)
    found: dict[Kind, dict[str, Stored]] = {kind: {} for kind in Kind}
    revision = 0
    for changed_at, name, record_id, facts in connection.execute(wanted):
        revision = max(revision, changed_at)
        if facts is None:
            continue
        kind = Kind(name)
        try:
            found[kind][record_id] = record_of(kind, facts)
        except (KeyError, TypeError, ValueError) as error:
            logger.warning("%s %s of %s cannot be read: %s", kind, record_id, day, error)
    records = {
        FIELDS[kind]: MappingProxyType(dict(sorted(held.items()))) for kind, held in found.items()
    }
    return Directory(revision=revision, **records)  # type: ignore[arg-type]
