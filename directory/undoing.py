"""Take a batch back: every record as it was before, those it created out of the directory."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import Connection

from directory.authors import Author
from directory.references import referred_to
from directory.store import rows
from directory.store.history import Change, read_batch
from directory.store.rows import Kind
from directory.store.tables import Facts
from geo.errors import N_, BadInputError

CHANGED_SINCE = N_("somebody changed it since")
REFERRED_TO = N_("an activity refers to it by now")
RELIED_ON = N_("a relay or a place refers to it by now")
UNDO: Final = "undo:"
"""What the batch of the changes that undo another begins with, before the name of that one."""
_UNDONE: Final = {Kind.ACTOR: REFERRED_TO, Kind.NEIGHBOURHOOD: RELIED_ON}
"""What can be taken back, and what is said of one that something refers to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What undoing did, by record id; `kept` tells why a record was left (a message id)."""

    removed: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Span:
    """A record before the first and after the last change of a batch, and as it is written."""

    before: Facts | None
    after: Facts | None
    written: Facts | None = None


def take_back(
    connection: Connection, batch: str, revision: int, by: Author
) -> tuple[Undone, list[Change]]:
    """Write the records of a batch as they were; return the changes this makes.

    Versions count on: somebody may be editing what is taken back, and must be told.

    Raises:
        BadInputError: the batch changed other records than actors, or neighbourhoods.
    """
    kind, spans = _spans(read_batch(connection, batch))
    stored = rows.read_some(connection, kind, spans)
    new = [record_id for record_id, span in spans.items() if span.before is None]
    referred = _referred_to(connection, kind, new)
    kept: dict[str, str] = {}
    for record_id, span in spans.items():
        if not _same(kind, stored.get(record_id), span.after):
            kept[record_id] = CHANGED_SINCE
        elif record_id in referred:
            kept[record_id] = _UNDONE[kind]
    undone = {
        key: _Span(span.before, stored.get(key), _again(kind, span.before, stored.get(key)))
        for key, span in spans.items()
        if key not in kept
    }
    earlier = [span.written for span in undone.values() if span.written is not None]
    removed = tuple(key for key, span in undone.items() if span.before is None)
    rows.write(connection, kind, earlier, new=False, revision=revision)
    rows.remove(connection, kind, removed)
    restored = tuple(key for key, span in undone.items() if span.before is not None)
    return (
        Undone(removed=removed, restored=restored, kept=kept),
        _changes(kind, undone, revision, by, batch),
    )


def _spans(changes: Iterable[Change]) -> tuple[Kind, dict[str, _Span]]:
    found: Kind | None = None
    spans: dict[str, _Span] = {}
    for change in changes:
        if change.before is None and change.after is None:
            continue  # consent withdrawn: there is nothing to go back to
        found = found or change.kind
        if change.kind not in _UNDONE or change.kind is not found:
            raise BadInputError(
                N_(
                    "Only changes of actors, or of neighbourhoods, are undone; this one is of: "
                    "{kind}."
                ),
                kind=change.kind.value,
            )
        first = spans.get(change.record_id)
        before = dict(change.before) if change.before is not None else None
        spans[change.record_id] = _Span(
            first.before if first else before,
            dict(change.after) if change.after is not None else None,
        )
    return found or Kind.ACTOR, spans


def _referred_to(connection: Connection, kind: Kind, ids: list[str]) -> set[str]:
    if kind is Kind.ACTOR:
        return rows.actors_referred_to(connection, ids)
    return referred_to(connection, kind, ids)


def _today(kind: Kind, facts: Facts | None) -> Facts | None:
    """Return facts of the history in the form of today."""
    return facts and rows.facts_of(rows.record_of(kind, facts))


def _same(kind: Kind, stored: Facts | None, after: Facts | None) -> bool:
    now, then = _today(kind, stored), _today(kind, after)
    if now is None or then is None:
        return now is then
    return now | {"version": 0} == then | {"version": 0}


def _again(kind: Kind, before: Facts | None, stored: Facts | None) -> Facts | None:
    earlier = _today(kind, before)
    if earlier is None or stored is None:
        return earlier
    return earlier | {"version": stored["version"] + 1}


def _changes(
    kind: Kind, undone: Mapping[str, _Span], revision: int, by: Author, batch: str
) -> list[Change]:
    at = datetime.now(UTC)
    return [
        Change(
            revision=revision,
            at=at,
            author=by.name,
            person=by.acting.id,
            origin=by.origin.value,
            batch=UNDO + batch,
            kind=kind,
            record_id=record_id,
            version=span.written["version"] if span.written else 0,
            before=span.after,
            after=span.written,
        )
        for record_id, span in undone.items()
    ]
