"""The only way to change the directory: checked, numbered, and written down before and after."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from pydantic import ValidationError
from pydantic_core import PydanticSerializationError
from sqlalchemy import Connection

from directory.actors import Status
from directory.authors import Author, Origin
from directory.clock import today
from directory.hygiene import clean, clean_text
from directory.people.enforcing import check_written
from directory.people.permissions import Deed, check_somewhere
from directory.people.whose import Grounds
from directory.references import references
from directory.store import rows
from directory.store.errors import ConflictError
from directory.store.history import Change, write_changes
from directory.store.rows import Kind, Stored
from directory.store.store import Key, Store
from directory.store.tables import Facts
from directory.texts import Texts
from directory.undoing import Undone, take_back
from geo.errors import N_, BadInputError, PleinError, UnknownIdError

__all__ = ["Author", "Commands", "Origin", "Outcome"]

SECTOR_CODE_LENGTH = 9
"""Statbel's codes of statistical sectors, `21004A15-` say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a command did, record by record, in the order given.

    `revision` is the directory's in which all of it is true; `batch` marks its changes in the
    history, "" where nothing was written.
    """

    created: tuple[Key, ...] = ()
    changed: tuple[Key, ...] = ()
    unchanged: tuple[Key, ...] = ()
    revision: int
    batch: str = ""


@dataclass(frozen=True, slots=True)
class _Write:
    """One record about to be written; `before` is None for a new one."""

    key: Key
    before: Facts | None
    after: Facts


class Commands:
    """The commands on one store; safe to share between threads.

    Each asks whether its author may do that. `grounds` tells where records lie, for those who
    may only do so in their own neighbourhoods: without it they may not.
    """

    def __init__(self, store: Store, *, grounds: Callable[[], Grounds] | None = None) -> None:
        self._store = store
        self._grounds = grounds

    @property
    def grounds(self) -> Callable[[], Grounds] | None:
        """What tells where records lie, for those who may write only on their own ground."""
        return self._grounds

    def save(
        self,
        records: Iterable[Stored],
        *,
        by: Author,
        batch: str = "",
        only_new: bool = False,
        deed: Deed | None = None,
        together: Callable[[Connection], None] | None = None,
    ) -> Outcome:
        """Store records, all of them or none, and say which were new, changed or the same.

        A record carries the version it was read with (0: new) and must meet it; one whose
        content is stored already is unchanged whatever its version. Records may refer to each
        other in any order. `only_new` leaves every id that is stored alone; `batch` joins
        several calls in the history (a new one by default). `deed` is something the author must
        be allowed besides: to restore, say. `together` writes beside the directory in the same
        transaction: both are done or neither.

        Raises:
            BadInputError: a record breaks a rule, or refers to one that is not there.
            ConflictError: somebody changed a record since it was read.
            NotAllowedError: the author may not write one of them.
            DiskFullError, StoreUnavailableError: nothing was written.
        """
        wanted: dict[Key, Facts] = {}
        for record in records:
            key, facts = _checked(record)
            if key in wanted:
                raise BadInputError(
                    N_("{kind} “{id}” was given twice. Keep one of the two."), **key._asdict()
                )
            wanted[key] = facts
        return self._commit(
            wanted, by=by, batch=batch, only_new=only_new, deed=deed, together=together
        )

    def undo(
        self, batch: str, *, by: Author, together: Callable[[Connection], None] | None = None
    ) -> Undone:
        """Take a batch of actors, or of neighbourhoods, back in one transaction: as it was before.

        What the batch created is no longer in the directory; the history keeps it. A record
        changed since, or to which something refers by now, stays and is told. `together` is as
        for `save`.

        Raises:
            BadInputError: the batch changed other records, or both kinds.
            NotAllowedError: the author may not undo, or not one of the records.
            DiskFullError, StoreUnavailableError: nothing was written.
        """
        author = _author(by)
        with self._store.writing() as (connection, revision):
            undone, changes = take_back(connection, batch, revision, author)
            self._check_undoing(changes, author)
            if changes:
                write_changes(connection, changes)
            if together is not None:
                together(connection)
        self._store.expect(revision)
        return undone

    def archive(
        self,
        kind: Kind,
        record_id: str,
        *,
        by: Author,
        version: int | None = None,
        reason: str = "",
    ) -> Outcome:
        """Take a record out of sight without losing it; `save` brings it back.

        `version` is the one the person saw, None for whichever is stored; `reason` is kept in the
        history.

        Raises:
            UnknownIdError: no such record.
            ConflictError: the record has another version.
            NotAllowedError: the author may not.
            BadInputError: a neighbourhood, which ends by its last day instead.
        """
        if kind is Kind.NEIGHBOURHOOD:
            raise BadInputError(
                N_("A neighbourhood is not archived. Give it a last day (valid_to) instead.")
            )
        with self._store.reading() as connection:
            found = rows.read_some(connection, kind, [record_id])
        if record_id not in found:
            raise UnknownIdError(
                N_("There is no {kind} “{id}”. Check the id."), kind=kind.value, id=record_id
            )
        facts = found[record_id] | {"status": Status.ARCHIVED.value}
        if version is not None:
            facts["version"] = version
        return self._commit({Key(kind, record_id): facts}, by=by, reason=reason)

    def _commit(
        self,
        wanted: Mapping[Key, Facts],
        *,
        by: Author,
        batch: str = "",
        only_new: bool = False,
        deed: Deed | None = None,
        together: Callable[[Connection], None] | None = None,
        reason: str = "",
    ) -> Outcome:
        by = _author(by)
        reason = clean_text(reason, field="reason", of=by.name)
        batch = clean_text(batch, field="batch", of=by.name) or uuid4().hex
        with self._store.writing() as (connection, revision):
            writes = _compare(connection, wanted, only_new=only_new)
            if writes:
                self._check_roles(writes, by, deed)
                _check_references(connection, writes)
                _write(connection, writes, revision)
                write_changes(connection, _changes(writes, revision, by, batch, reason))
            elif together is None:
                # The counter goes back: a revision in which nothing changed does not exist.
                connection.rollback()
            if together is not None:
                together(connection)
        counted = bool(writes) or together is not None
        self._store.expect(revision if counted else 0)
        written = {write.key for write in writes}
        return Outcome(
            created=tuple(write.key for write in writes if write.before is None),
            changed=tuple(write.key for write in writes if write.before is not None),
            unchanged=tuple(key for key in wanted if key not in written),
            revision=revision if counted else revision - 1,
            batch=batch if writes else "",
        )

    def _check_roles(self, writes: Iterable[_Write], by: Author, deed: Deed | None) -> None:
        written = [(write.key.kind, write.before, write.after) for write in writes]
        check_written(by.acting, written, day=today(), grounds=self._grounds)
        if deed is not None:
            check_written(by.acting, written, day=today(), grounds=self._grounds, deed=deed)

    def _check_undoing(self, changes: Iterable[Change], by: Author) -> None:
        check_somewhere(by.acting, Deed.UNDO, today())
        written = ((change.kind, change.before, change.after) for change in changes)
        check_written(by.acting, written, day=today(), grounds=self._grounds)


def _author(by: Author) -> Author:
    name = clean_text(by.name, field="author", of=by.origin.value)
    if not name:
        raise BadInputError(N_("A change needs the name of who makes it."))
    return Author(name, by.origin, by.person)


def _checked(record: Stored) -> tuple[Key, Facts]:
    """Clean and validate a record: a copy made of a frozen one was never checked."""
    if type(record) not in rows.TYPES.values():
        raise BadInputError(
            N_("Expected a record of the directory, found {type}."), type=type(record).__name__
        )
    kind = rows.kind_of(record)
    name = str(record.id)[:80]
    try:
        facts = clean(rows.facts_of(record), field=kind.value, of=name)
        valid = rows.record_of(kind, facts)
    except ValidationError as error:
        raise refusal(kind, name, error) from error
    except (PydanticSerializationError, AttributeError, TypeError) as error:
        raise BadInputError(
            N_("{kind} “{id}” was refused: {reason}."), kind=kind.value, id=name, reason=str(error)
        ) from error
    if kind is Kind.NEIGHBOURHOOD:
        _check_neighbourhood(facts)
    return Key(kind, valid.id), rows.facts_of(valid)


def refusal(kind: Kind, name: str, error: ValidationError) -> PleinError:
    """Say which rule a record breaks: its own sentence where it has one."""
    first = error.errors(include_url=False, include_input=False)[0]
    cause = first.get("ctx", {}).get("error")
    if isinstance(cause, PleinError):
        return cause
    return BadInputError(
        N_("{kind} “{id}” was refused, {field}: {reason}."),
        kind=kind.value,
        id=name,
        field=".".join(str(part) for part in first["loc"]),
        reason=first["msg"],
    )


def _check_neighbourhood(facts: Facts) -> None:
    name = facts["id"]
    if not rows.SLUG.fullmatch(name):
        raise BadInputError(
            N_("Expected an id of lower-case letters, digits and hyphens, found “{id}”."), id=name
        )
    try:
        named = bool(Texts.model_validate(facts["names"]))
    except ValidationError as error:
        raise refusal(Kind.NEIGHBOURHOOD, name, error) from error
    if not named:
        raise BadInputError(N_("Neighbourhood “{id}” needs a name."), id=name)
    codes = [code for found in (facts, *facts["former"]) for code in found["sectors"]]
    for code in codes:
        if len(code) != SECTOR_CODE_LENGTH:
            raise BadInputError(
                N_("Expected sector codes of {length} characters in “{id}”, found “{code}”."),
                length=SECTOR_CODE_LENGTH,
                id=name,
                code=code,
            )
    if facts["valid_to"] is not None and facts["valid_to"] < facts["valid_from"]:
        raise BadInputError(
            N_("Neighbourhood “{id}” ends on {end}, before it starts on {start}."),
            id=name,
            end=facts["valid_to"],
            start=facts["valid_from"],
        )


def _of_kind(keys: Iterable[Key], kind: Kind) -> list[str]:
    return [key.id for key in keys if key.kind is kind]


def _compare(
    connection: Connection, wanted: Mapping[Key, Facts], *, only_new: bool
) -> list[_Write]:
    stored: dict[Key, Facts] = {}
    for kind in Kind:
        for record_id, facts in rows.read_some(connection, kind, _of_kind(wanted, kind)).items():
            stored[Key(kind, record_id)] = facts
    writes = []
    for key, after in wanted.items():
        before = stored.get(key)
        version = before["version"] if before else 0
        if before is not None and (only_new or before | {"version": 0} == after | {"version": 0}):
            continue
        if after["version"] != version:
            raise ConflictError(
                N_(
                    "“{id}” was changed meanwhile: expected version {expected}, found {found}. "
                    "Read it again and repeat your change."
                ),
                id=key.id,
                kind=key.kind.value,
                expected=after["version"],
                found=version,
            )
        writes.append(_Write(key, before, after | {"version": version + 1}))
    return writes


def _check_references(connection: Connection, writes: list[_Write]) -> None:
    given = {write.key for write in writes}
    asked = {target for w in writes for target in references(w.key.kind, w.after)} - given
    missing = set(asked)
    for kind in Kind:
        ids = _of_kind(asked, kind)
        missing -= {Key(kind, found) for found in rows.known_ids(connection, kind, ids)}
    for write in writes:
        for target in references(write.key.kind, write.after):
            if target in missing:
                raise BadInputError(
                    N_(
                        "{kind} “{id}” refers to the {target_kind} “{target}”, which is not "
                        "there. Save that one first, or correct the id."
                    ),
                    kind=write.key.kind.value,
                    id=write.key.id,
                    target_kind=target.kind.value,
                    target=target.id,
                )


def _write(connection: Connection, writes: list[_Write], revision: int) -> None:
    for kind in Kind:
        mine = [write for write in writes if write.key.kind is kind]
        for new in (True, False):
            facts = [write.after for write in mine if (write.before is None) is new]
            rows.write(connection, kind, facts, new=new, revision=revision)


def _changes(
    writes: list[_Write], revision: int, by: Author, batch: str, reason: str
) -> list[Change]:
    at = datetime.now(UTC)
    return [
        Change(
            revision=revision,
            at=at,
            author=by.name,
            person=by.acting.id,
            origin=by.origin.value,
            batch=batch,
            kind=write.key.kind,
            record_id=write.key.id,
            version=write.after["version"],
            before=write.before,
            after=write.after,
            reason=reason,
        )
        for write in writes
    ]
