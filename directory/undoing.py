"""Take a batch back: every record as it was before, those it created out of the directory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import Connection

from directory.authors import Author
from directory.store import rows
from directory.store.history import Change, read_batch
from directory.store.rows import Kind
from directory.store.tables import Facts
from geo.errors import N_, BadInputError

CHANGED_SINCE = N_("somebody changed it since")
REFERRED_TO = N_("an activity refers to it by now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing did, by actor id; `kept` tells why a record was left (a message id)."""

    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Span:
    """A record before the first and after the last change of a batch."""

    before: Facts | None
    after: Facts | None


def take_back(
    connection: Connection, batch: str, revision: int, by: Author
) -> tuple[Undone, list[Change]]:
    """Write the records of a batch as they were, versions too; return the changes this makes.

    Raises:
        BadInputError: the batch changed more than actors.
    """
    spans = _spans(read_batch(connection, batch))
    stored = rows.read_some(connection, Kind.ACTOR, spans)
    new = [record_id for record_id, span in spans.items() if span.before is None]
    referred = rows.actors_referred_to(connection, new)
    kept: dict[str, str] = {}
    for record_id, span in spans.items():
        if stored.get(record_id) != span.after:
            kept[record_id] = CHANGED_SINCE
        elif record_id in referred:
            kept[record_id] = REFERRED_TO
    undone = {key: span for key, span in spans.items() if key not in kept}
    earlier = [span.before for span in undone.values() if span.before is not None]
    removed = tuple(key for key, span in undone.items() if span.before is None)
    rows.write(connection, Kind.ACTOR, earlier, new=False, revision=revision)
    rows.remove(connection, Kind.ACTOR, removed)
    restored = tuple(key for key, span in undone.items() if span.before is not None)
    return (
        Undone(removed=removed, restored=restored, kept=kept),
        _changes(undone, revision, by),
    )


def _spans(changes: Iterable[Change]) -> dict[str, _Span]:
    spans: dict[str, _Span] = {}
    for change in changes:
        if change.kind is not Kind.ACTOR:
            raise BadInputError(
                N_("Only an import of actors is undone, this batch changed a {kind}."),
                kind=change.kind.value,
            )
        first = spans.get(change.record_id)
        before = dict(change.before) if change.before is not None else None
        spans[change.record_id] = _Span(
            first.before if first else before,
            dict(change.after) if change.after is not None else None,
        )
    return spans


def _changes(undone: Mapping[str, _Span], revision: int, by: Author) -> list[Change]:
    at, batch = datetime.now(UTC), uuid4().hex
    return [
        Change(
            revision=revision,
            at=at,
            author=by.name,
            origin=by.origin.value,
            batch=batch,
            kind=Kind.ACTOR,
            record_id=record_id,
            version=span.before["version"] if span.before else 0,
            before=span.after,
            after=span.before,
        )
        for record_id, span in undone.items()
    ]
