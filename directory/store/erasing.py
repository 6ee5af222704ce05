"""Take an actor out of every table, the history too: what is left tells that, and no name.

Nothing else updates or deletes what the history holds.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, String, cast, delete, func, insert, or_, select, update

from directory.activities import Activity
from directory.actors import Actor
from directory.secrecy import public_activity, receives_at_home
from directory.store import rows
from directory.store.account_tables import AccountGrantRow, EventRow, InvitationRow
from directory.store.history import Change, write_changes
from directory.store.local_map_tables import EditionFileRow, EditionRow
from directory.store.rows import Kind
from directory.store.tables import (
    ChangeRow,
    ConfirmationRow,
    ErasingRow,
    Facts,
    ImportRowRow,
    NoteRow,
    RevisionRow,
    table,
)
from directory.store.workshop_tables import WorkshopProposalRow

WITHDRAWN: Final = "withdrawn"
"""How the ids begin that take the place of others, and the batches of the changes that do it."""
_CHANGE, _ROW = table(ChangeRow), table(ImportRowRow)
_EDITION, _EDITION_FILE = table(EditionRow), table(EditionFileRow)
_HELD_BY: Final = {
    table(AccountGrantRow): ("actors",),
    table(InvitationRow): ("actors",),
    table(EventRow): ("facts",),
}
"""Where roles hold on records, and what is told of roles: columns by table."""
_EMPTY_ROW: Final[dict[str, Any]] = {
    "corrections": {},
    "draft": {},
    "findings": [],
    "twins": [],
    "actor_id": "",
    "answer": None,
    "spot": None,
    "verdict": None,
}


def _stand_in() -> str:
    return f"{WITHDRAWN}-{token_hex(6)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was taken out: the id that stands for it now, and how much of what."""

    stands_for: str
    changes: int
    activities: tuple[str, ...]
    shared: tuple[str, ...]
    import_rows: int
    notes: int
    links: int


@contextmanager
def unlocked(connection: Connection) -> Iterator[None]:
    """Let the rest of a block change the history, which the database refuses otherwise."""
    erasing = table(ErasingRow)
    connection.execute(insert(erasing).values(id=1))
    yield
    connection.execute(delete(erasing))


@dataclass(frozen=True, slots=True)
class Eraser:
    """Takes one actor out in an open transaction; `author` and `person` are who asked."""

    connection: Connection
    revision: int
    actor: Facts
    author: str
    person: str
    origin: str
    stands_for: str = field(default_factory=_stand_in)

    def erase(self) -> Erased:
        """Take it out everywhere, and write down that somebody did."""
        with unlocked(self.connection):
            erased = self._erased()
        # Another epoch makes every process read the directory anew, without being told an id.
        self.connection.execute(update(table(RevisionRow)).values(epoch=uuid4().hex))
        return erased

    def _erased(self) -> Erased:
        actor_id, stands_for = self.actor["id"], self.stands_for
        alone, shared = self._activities()
        self._forget_author()
        changes = self._forget(Kind.ACTOR, actor_id, stands_for)
        for activity_id in alone:
            changes += self._forget(Kind.ACTIVITY, activity_id, _stand_in())
        self._part_from(shared)
        self._drop_from(Kind.SCENARIO)
        self._drop_from(Kind.LOCAL_MAP)
        self._take_back_editions()
        changes += self._scrub_history()
        self._scrub_accounts()
        rows.remove(self.connection, Kind.ACTIVITY, alone)
        rows.remove(self.connection, Kind.ACTOR, [actor_id])
        return Erased(
            stands_for=stands_for,
            changes=changes,
            activities=tuple(alone),
            shared=tuple(shared),
            import_rows=self._import_rows(),
            notes=self._delete(table(NoteRow)),
            links=self._delete(table(ConfirmationRow)),
        )

    def _activities(self) -> tuple[list[str], dict[str, Facts]]:
        """Return the activities only this actor organises, and those it does with others.

        One whose every title tells the actor's street is as if it were only the actor's.
        """
        alone: list[str] = []
        shared: dict[str, Facts] = {}
        for key, facts in rows.read_since(self.connection, Kind.ACTIVITY, -1).items():
            if self.actor["id"] not in facts["actor_ids"]:
                continue
            others = len(facts["actor_ids"]) + len(facts["relay_ids"]) > 1
            if not others or self._parted(Kind.ACTIVITY, facts) is None:
                alone.append(key)
            else:
                shared[key] = facts
        return alone, shared

    def _forget(self, kind: Kind, record_id: str, stands_for: str) -> int:
        """Empty the history of a record, and put a last line that says it was withdrawn."""
        mine = (_CHANGE.c.kind == kind.value) & (_CHANGE.c.record_id == record_id)
        last = self.connection.scalar(select(func.max(_CHANGE.c.version)).where(mine)) or 0
        blank = {"before": None, "after": None, "record_id": stands_for, "reason": ""}
        emptied = self.connection.execute(update(_CHANGE).where(mine).values(**blank)).rowcount
        write_changes(self.connection, [self._change(kind, stands_for, last + 1, None, None)])
        return emptied

    def _part_from(self, shared: Mapping[str, Facts]) -> None:
        """Take it out of the organisers of what others go on organising."""
        changed = []
        for key, before in shared.items():
            parted = self._parted(Kind.ACTIVITY, before) or before
            after = parted | {"version": before["version"] + 1}
            rows.write(self.connection, Kind.ACTIVITY, [after], new=False, revision=self.revision)
            changed.append(self._change(Kind.ACTIVITY, key, after["version"], parted, after))
        if changed:
            write_changes(self.connection, changed)

    def _parted(self, kind: Kind, facts: Facts) -> Facts | None:
        """Return the facts of another record without the actor; None where nothing may be told.

        An activity hid the place of a host who received at home: it does not tell it from now on.
        """
        actor_id = self.actor["id"]
        if kind is not Kind.ACTIVITY or actor_id not in facts["actor_ids"]:
            return _without(kind, facts, actor_id)
        activity, host = rows.record_of(kind, facts), rows.record_of(Kind.ACTOR, self.actor)
        assert isinstance(activity, Activity)  # noqa: S101 - what its kind says
        assert isinstance(host, Actor)  # noqa: S101 - what its kind says
        if receives_at_home(activity, host):
            as_secret = host.model_copy(update={"secret_place": True})
            seen = public_activity(activity, [as_secret], lambda _: None)
            if seen is None:
                return None
            facts = rows.facts_of(seen)
        return _without(kind, facts, actor_id)

    def _drop_from(self, kind: Kind) -> None:
        """Take it out of the records of a kind that name it."""
        changed = []
        for key, before in rows.read_since(self.connection, kind, -1).items():
            parted = _without(kind, before, self.actor["id"])
            if parted != before:
                after = parted | {"version": before["version"] + 1}
                rows.write(self.connection, kind, [after], new=False, revision=self.revision)
                changed.append(self._change(kind, key, after["version"], parted, after))
        if changed:
            write_changes(self.connection, changed)

    def _take_back_editions(self) -> None:
        """Take the files of editions it is on away, and its line out of what they tell."""
        actor_id = self.actor["id"]
        wanted = select(_EDITION.c.map_id, _EDITION.c.number, _EDITION.c.lines, _EDITION.c.facts)
        told = or_(_tells(_EDITION.c.lines, actor_id), _tells(_EDITION.c.facts, actor_id))
        for map_id, number, lines, facts in self.connection.execute(wanted.where(told)).all():
            left = [one for one in lines if one["actor_id"] != actor_id]
            values: dict[str, Any] = {"facts": _without(Kind.LOCAL_MAP, facts, actor_id)}
            if len(left) < len(lines):
                values |= {"lines": left, "taken_back_at": datetime.now(UTC)}
                mine = (_EDITION_FILE.c.map_id == map_id) & (_EDITION_FILE.c.number == number)
                self.connection.execute(delete(_EDITION_FILE).where(mine))
            its = (_EDITION.c.map_id == map_id) & (_EDITION.c.number == number)
            self.connection.execute(update(_EDITION).where(its).values(**values))

    def _scrub_history(self) -> int:
        """Take its id out of what the history holds of other records."""
        actor_id = self.actor["id"]
        named = or_(*(_tells(_CHANGE.c[side], actor_id) for side in ("before", "after")))
        wanted = select(_CHANGE.c.id, _CHANGE.c.kind, _CHANGE.c.before, _CHANGE.c.after)
        count = 0
        for key, kind, *sides in self.connection.execute(wanted.where(named)).all():
            before, after = (side and self._parted(Kind(kind), side) for side in sides)
            if [before, after] != sides:
                mine = update(_CHANGE).where(_CHANGE.c.id == key)
                self.connection.execute(mine.values(before=before, after=after))
                count += 1
        return count

    def _scrub_accounts(self) -> None:
        """Take the record out of the roles that held on it, and its id out of what is told of them.

        An account is somebody's own: they end it themselves.
        """
        for target, names in _HELD_BY.items():
            columns = [target.c[name] for name in names]
            wanted = select(target.c.id, *columns).where(
                or_(*(_tells(column, self.actor["id"]) for column in columns))
            )
            for key, *values in self.connection.execute(wanted).all():
                left = {
                    name: _unnamed(value, self.actor["id"], self.stands_for)
                    for name, value in zip(names, values, strict=True)
                }
                self.connection.execute(update(target).where(target.c.id == key).values(**left))

    def _forget_author(self) -> None:
        """Where it signed changes or spoke at a workshop, by any name it ever had, none is left."""
        own = (_CHANGE.c.kind == Kind.ACTOR.value) & (_CHANGE.c.record_id == self.actor["id"])
        earlier = self.connection.scalars(select(_CHANGE.c.after).where(own))
        known = (self.actor, *(facts for facts in earlier if facts))
        names = {name for facts in known for name in facts["names"].values()}
        mine = update(_CHANGE).where(_CHANGE.c.author.in_(sorted(names)))
        self.connection.execute(mine.values(author=WITHDRAWN, person=""))
        said = table(WorkshopProposalRow)
        theirs = update(said).where(said.c.nickname.in_(sorted(names)))
        self.connection.execute(theirs.values(nickname=""))

    def _import_rows(self) -> int:
        """Empty the rows it came from; rows of others only forget that they were like it."""
        actor_id, count = self.actor["id"], 0
        columns = [_ROW.c[name] for name in ("batch_id", "number", "cells", "actor_id")]
        columns += [_ROW.c.draft, _ROW.c.verdict, _ROW.c.twins]
        told = or_(
            _ROW.c.actor_id == actor_id,
            *(_tells(_ROW.c[name], actor_id) for name in ("draft", "verdict", "twins")),
        )
        for row in self.connection.execute(select(*columns).where(told)).all():
            mine = (_ROW.c.batch_id == row.batch_id) & (_ROW.c.number == row.number)
            verdict = row.verdict or {}
            own = actor_id in (
                *(row.actor_id, row.draft.get("plein_id")),
                verdict.get("actor_id"),
            )
            values: dict[str, Any] = dict(_EMPTY_ROW, cells=[""] * len(row.cells))
            if not own:
                values = {"twins": [one for one in row.twins if one.get("actor_id") != actor_id]}
            self.connection.execute(update(_ROW).where(mine).values(**values))
            count += own
        return count

    def _delete(self, target: Any) -> int:
        mine = delete(target).where(target.c.actor_id == self.actor["id"])
        return int(self.connection.execute(mine).rowcount)

    def _change(
        self, kind: Kind, record_id: str, version: int, before: Facts | None, after: Facts | None
    ) -> Change:
        return Change(
            revision=self.revision,
            at=datetime.now(UTC),
            author=self.author,
            person=self.person,
            origin=self.origin,
            batch=self.stands_for,
            kind=kind,
            record_id=record_id,
            version=version,
            before=before,
            after=after,
        )


def _tells(column: Any, record_id: str) -> Any:
    """Whether a JSON column may hold an id; ids have no sign that LIKE reads otherwise."""
    return cast(column, String).like(f'%"{record_id}%')


def _without(kind: Kind, facts: Facts, actor_id: str) -> Facts:
    """Return the facts of another record without an actor."""
    if kind is Kind.ACTIVITY:
        return facts | {"actor_ids": [one for one in facts["actor_ids"] if one != actor_id]}
    if kind is Kind.SCENARIO:
        steps = facts["steps"]
        return facts | {"steps": [one for one in steps if one["key"].split("/")[0] != actor_id]}
    if kind is Kind.LOCAL_MAP:
        named = ("with_actors", "without_actors")
        return facts | {name: [one for one in facts[name] if one != actor_id] for name in named}
    return facts


def _unnamed(value: Any, record_id: str, stands_for: str) -> Any:
    """Return a JSON value in which another id stands for one."""
    if isinstance(value, dict):
        return {key: _unnamed(one, record_id, stands_for) for key, one in value.items()}
    if isinstance(value, list):
        return [_unnamed(one, record_id, stands_for) for one in value]
    return stands_for if value == record_id else value
