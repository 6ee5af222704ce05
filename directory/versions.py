"""Every version of a record, an earlier one brought back; batches of changes, and their undoing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import func, select

from directory.actors import Actor
from directory.authors import Author
from directory.clock import today
from directory.commands import Commands, Outcome
from directory.differences import Difference, differences
from directory.people.permissions import Deed
from directory.store import Store, rows
from directory.store.history import Change
from directory.store.rows import Kind, Stored, record_of
from directory.store.store import Key
from directory.store.tables import ChangeRow, ImportBatchRow, table
from directory.undoing import UNDO
from geo.errors import N_, BadInputError, PleinError, UnknownIdError

_CHANGE = table(ChangeRow)
_IMPORT = table(ImportBatchRow)
_OSM: Final = "osm-"
_RESTORE: Final = "restore-"
_PROPOSED: Final = "proposal-"
_IMPORTED: Final = "import-"
_KEPT: Final = ("secret_place", "do_not_contact")
"""What an earlier version does not take back: it is taken back by itself, on purpose."""
SHOWN: Final = 50
"""Batches listed at once."""


class Way(StrEnum):
    """By which way a version came."""

    PAGE = "page"
    IMPORT = "import"
    OSM = "osm"
    SEED = "seed"
    COMMAND = "command"
    LINK = "link"
    PROPOSAL = "proposal"
    RESTORED = "restored"
    UNDONE = "undone"


_STARTS: Final = (
    (UNDO, Way.UNDONE),
    (_RESTORE, Way.RESTORED),
    (_PROPOSED, Way.PROPOSAL),
    (_OSM, Way.OSM),
)
"""What the name of a batch tells by how it begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One version of a record, the `number`-th; `revision` is the directory's that made it.

    `version` is the record's own, which may be given twice where a batch was undone in between.
    `facts` is None where undoing took the record out; `current` is the one that stands.
    """

    number: int
    revision: int
    version: int
    at: datetime
    author: str
    person: str
    way: Way
    batch: str
    reason: str
    before: Mapping[str, Any] | None
    facts: Mapping[str, Any] | None
    current: bool

    def differences(self) -> tuple[Difference, ...]:
        """List what it changed, field by field."""
        return differences(self.before, self.facts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Changes made together; `of` counts records by kind, `undone` those taken back since.

    `name` is the name of an imported file, "" for others; `file` the id of that import.
    `records` are the versions it left them with.
    """

    id: str
    name: str
    file: str
    at: datetime
    author: str
    way: Way
    of: Mapping[Kind, int]
    records: Mapping[Key, int]
    undone: int

    @property
    def undoable(self) -> bool:
        """Whether there is something left that can be taken back."""
        kinds = set(self.of)
        one = kinds in ({Kind.ACTOR}, {Kind.NEIGHBOURHOOD})
        return one and not self.undone and self.way is not Way.UNDONE


def way_of(origin: str, batch: str) -> Way:
    """Tell by which way a change came.

    >>> way_of("import", "osm-12").value, way_of("page", "undo:osm-12").value
    ('osm', 'undone')
    """
    return next((way for start, way in _STARTS if batch.startswith(start)), None) or Way(origin)


def versions(store: Store, kind: Kind, record_id: str) -> list[Version]:
    """Return every version of a record, the newest first; none for an unknown one."""
    changes = store.history(kind, record_id)
    last = len(changes)
    found = [_version(number, one, last) for number, one in enumerate(changes, start=1)]
    return found[::-1]


def _version(number: int, change: Change, last: int) -> Version:
    return Version(
        number=number,
        revision=change.revision,
        version=change.version,
        at=change.at,
        author=change.author,
        person=change.person,
        way=way_of(change.origin, change.batch),
        batch=change.batch,
        reason=change.reason,
        before=change.before,
        facts=change.after,
        current=number == last and change.after is not None,
    )


def restore(
    commands: Commands,
    store: Store,
    kind: Kind,
    record_id: str,
    revision: int,
    *,
    by: Author,
    version: int | None = None,
) -> Outcome:
    """Write an earlier version of a record as its newest one.

    `revision` names the earlier version; `version` is the record's that the person saw (0: it is
    not in the directory), None for whichever stands.

    Raises:
        UnknownIdError: there is no such version.
        BadInputError: the rules of today do not allow that version any more.
        ConflictError: the record was changed since it was seen.
        NotAllowedError: the author may not restore this record, or not write it.
    """
    with store.reading() as connection:
        stored = rows.read_some(connection, kind, [record_id]).get(record_id)
    if version is None:
        version = int(stored["version"]) if stored else 0
    kept: dict[str, Any] = {name: stored[name] for name in _KEPT if stored and name in stored}
    changes = store.history(kind, record_id)
    record = _earlier(changes, kind, record_id, revision, version=version, kept=kept)
    if isinstance(record, Actor) and record.consent and record.consent.ends_on < today():
        raise BadInputError(
            N_("The consent in that version ended on {day}: it cannot be brought back."),
            day=record.consent.ends_on.isoformat(),
        )
    return commands.save(
        [record],
        by=by,
        batch=f"{_RESTORE}{revision}-{uuid4().hex}",
        deed=Deed.RESTORE if kind is Kind.ACTOR else None,
    )


def _earlier(
    changes: Iterable[Change],
    kind: Kind,
    record_id: str,
    revision: int,
    *,
    version: int,
    kept: dict[str, Any],
) -> Stored:
    found = next((one.after for one in changes if one.revision == revision), None)
    if found is None:
        raise UnknownIdError(
            N_("There is no version {revision} of “{id}”. Choose one of its history."),
            revision=revision,
            id=record_id,
        )
    try:
        return record_of(kind, dict(found) | kept | {"version": version})
    except (ValidationError, KeyError, TypeError) as error:
        raise BadInputError(
            N_("The rules of today do not allow that version any more: {reason}."),
            reason=_reason(error),
        ) from error


def _reason(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors(include_url=False, include_input=False)[0]
    cause = first.get("ctx", {}).get("error")
    told = str(cause).rstrip(".") if isinstance(cause, PleinError) else first["msg"]
    return ": ".join(filter(None, (".".join(map(str, first["loc"])), told)))


def batches(store: Store, *, limit: int = SHOWN, before: int = 0) -> list[Batch]:
    """Return the last changes made together, the newest first.

    `before` leaves out those that began at that revision or later, to page on.
    """
    newest = func.max(_CHANGE.c.id)
    wanted = select(_CHANGE.c.batch).group_by(_CHANGE.c.batch).order_by(newest.desc())
    if before:
        wanted = wanted.having(func.min(_CHANGE.c.revision) < before)
    columns = ("batch", "at", "author", "origin", "kind", "record_id", "version")
    with store.reading() as connection:
        names = list(connection.scalars(wanted.limit(limit)))
        undone = [UNDO + name for name in names]
        selected = select(*(_CHANGE.c[name] for name in columns))
        selected = selected.where(_CHANGE.c.batch.in_([*names, *undone])).order_by(_CHANGE.c.id)
        changes: dict[str, list[Any]] = {}
        for row in connection.execute(selected):
            changes.setdefault(row.batch, []).append(row)
        asked = select(_IMPORT.c.id, _IMPORT.c.name)
        files = {row.id: row.name for row in connection.execute(asked)}
    return [_batch(name, changes[name], changes.get(UNDO + name, []), files) for name in names]


def _batch(name: str, made: list[Any], undone: list[Any], files: Mapping[str, str]) -> Batch:
    records = {Key(Kind(one.kind), one.record_id): one.version for one in made}
    kinds = [key.kind for key in records]
    file = name.removeprefix(_IMPORTED).rpartition("-")[0] if name.startswith(_IMPORTED) else ""
    return Batch(
        id=name,
        name=files.get(file, ""),
        file=file if file in files else "",
        at=made[-1].at,
        author=made[-1].author,
        way=way_of(made[-1].origin, name),
        of={kind: kinds.count(kind) for kind in Kind if kind in kinds},
        records=records,
        undone=len({(one.kind, one.record_id) for one in undone}),
    )
