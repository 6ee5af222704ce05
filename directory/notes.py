"""Private notes of relays on actors: read by the relays of that neighbourhood, and nobody else.

They are beside the directory: no snapshot, atlas, search, export or proposal ever holds one.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import Final

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update

from directory.authors import Author
from directory.clock import today
from directory.hygiene import clean_text
from directory.people import Deed, Person, check, may
from directory.store import Store, rows
from directory.store.rows import Kind
from directory.store.tables import NoteRow, table
from geo.errors import N_, BadInputError, NotAllowedError, UnknownIdError

LONGEST: Final = 4_000
"""Letters of a note: a page (ours)."""
_NOTE = table(NoteRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note on an actor; `hand_over` is the wish of its author that the successor reads it."""

    id: str
    actor_id: str
    neighbourhood: str
    author: str
    person: str
    text: str
    at: datetime
    hand_over: bool


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of the notes of a relay that left: passed on, and put away unreadable."""

    passed: int
    put_away: int


class Notes:
    """The notes of one store; each method asks the roles itself."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(self, actor_id: str, neighbourhood: str, text: str, *, by: Author) -> Note:
        """Keep a note on an actor for the relay of a neighbourhood.

        Raises:
            NotAllowedError: not a relay of that neighbourhood.
            UnknownIdError: there is no such actor or neighbourhood.
            BadInputError: it is empty or too long.
        """
        check(by.acting, Deed.WRITE_NOTES, today(), neighbourhoods=(neighbourhood,))
        said = clean_text(text, field="note", of=actor_id[:80])
        if not 0 < len(said) <= LONGEST:
            raise BadInputError(
                N_("Expected a note of 1 to {limit} letters, found {found}."),
                limit=LONGEST,
                found=len(said),
            )
        note = Note(
            id=token_hex(8),
            actor_id=actor_id,
            neighbourhood=neighbourhood,
            author=clean_text(by.name, field="author", of="note"),
            person=by.acting.id,
            text=said,
            at=datetime.now(UTC),
            hand_over=False,
        )
        with self._store.keeping() as connection:
            _check_there(connection, Kind.ACTOR, actor_id)
            _check_there(connection, Kind.NEIGHBOURHOOD, neighbourhood)
            facts = {name: getattr(note, name) for name in Note.__dataclass_fields__}
            connection.execute(insert(_NOTE), [facts | {"archived_at": None}])
        return note

    def about(
        self, actor_id: str, *, by: Person, neighbourhoods: Collection[str] = ()
    ) -> list[Note]:
        """Return the notes on an actor that somebody may read, the newest first.

        `neighbourhoods` are those asked about; by default all one may read in.
        """
        found = self._read(_NOTE.c.actor_id == actor_id)
        return [
            note
            for note in found
            if (not neighbourhoods or note.neighbourhood in neighbourhoods) and _may_read(by, note)
        ]

    def of_relay(self, neighbourhood: str, person: str, *, by: Person) -> list[Note]:
        """Return the notes somebody wrote in a neighbourhood, for a handover, the newest first.

        Raises:
            NotAllowedError: not theirs to hand over.
        """
        check(by, Deed.HAND_OVER_NOTES, today(), neighbourhoods=(neighbourhood,))
        return self._read(_NOTE.c.neighbourhood == neighbourhood, _NOTE.c.person == person)

    def wish(self, note_id: str, *, hand_over: bool, by: Person) -> None:
        """Say whether the successor gets a note; errors as of `erase`."""
        self._change(note_id, by, hand_over=hand_over)

    def erase(self, note_id: str, *, by: Person) -> None:
        """Take one's own note out for good.

        Raises:
            UnknownIdError: there is no such note, or it was put away.
            NotAllowedError: it is somebody else's.
        """
        self._change(note_id, by, text=None, archived_at=datetime.now(UTC), hand_over=False)

    def hand_over(
        self, neighbourhood: str, person: str, chosen: Collection[str], *, by: Person
    ) -> HandedOver:
        """End the notes of a relay that leaves: those chosen pass, the others nobody reads again.

        What is put away keeps that there was a note, on whom, of when; its text is gone. What
        passes belongs to the neighbourhood from then on: the successor may erase it.

        Raises:
            NotAllowedError: not a relay of the neighbourhood, nor a coordinator; or, for the
                notes of another relay, one who is not a coordinator.
            BadInputError: one of the chosen is not among them.
        """
        check(by, Deed.HAND_OVER_NOTES, today(), neighbourhoods=(neighbourhood,))
        if person != by.id and not may(by, Deed.GIVE_ROLES, today()):
            raise NotAllowedError(N_("Only who wrote notes chooses which of them pass on."))
        open_notes = (_NOTE.c.archived_at.is_(None), _NOTE.c.neighbourhood == neighbourhood)
        mine = (*open_notes, _NOTE.c.person == person)
        with self._store.keeping() as connection:
            known = set(connection.scalars(select(_NOTE.c.id).where(*mine)))
            if strange := set(chosen) - known:
                raise BadInputError(
                    N_("“{id}” is not among these notes. Load the page again."), id=min(strange)
                )
            passed = {"person": "", "hand_over": True}
            connection.execute(update(_NOTE).where(*mine, _NOTE.c.id.in_(chosen)).values(passed))
            away = {"text": None, "hand_over": False, "archived_at": datetime.now(UTC)}
            left = known - set(chosen)
            connection.execute(update(_NOTE).where(*mine, _NOTE.c.id.in_(left)).values(away))
        self._store.wipe()
        return HandedOver(passed=len(known) - len(left), put_away=len(left))

    def put_away(self, neighbourhood: str, *, by: Person) -> int:
        """Count the notes of a neighbourhood that nobody can read any more.

        Raises:
            NotAllowedError: one may not read the notes of it.
        """
        check(by, Deed.READ_NOTES, today(), neighbourhoods=(neighbourhood,))
        gone = (_NOTE.c.neighbourhood == neighbourhood) & _NOTE.c.archived_at.is_not(None)
        with self._store.reading() as connection:
            return int(connection.scalar(select(func.count()).where(gone)) or 0)

    def _read(self, *where: ColumnElement[bool]) -> list[Note]:
        wanted = select(_NOTE).where(_NOTE.c.archived_at.is_(None), *where)
        with self._store.reading() as connection:
            found = connection.execute(wanted.order_by(_NOTE.c.at.desc(), _NOTE.c.id)).mappings()
            return [_note(row) for row in found]

    def _change(self, note_id: str, by: Person, **facts: object) -> None:
        with self._store.keeping() as connection:
            wanted = (_NOTE.c.id == note_id) & _NOTE.c.archived_at.is_(None)
            row = connection.execute(select(_NOTE).where(wanted)).mappings().one_or_none()
            if row is None:
                raise UnknownIdError(N_("There is no such note any more."))
            check(by, Deed.WRITE_NOTES, today(), neighbourhoods=(row["neighbourhood"],))
            if row["person"] not in ("", by.id):
                raise NotAllowedError(N_("This note is somebody else's."))
            connection.execute(update(_NOTE).where(wanted).values(**facts))


def _may_read(by: Person, note: Note) -> bool:
    return may(by, Deed.READ_NOTES, today(), neighbourhoods=(note.neighbourhood,))


def _note(row: RowMapping) -> Note:
    return Note(**{name: row[name] for name in Note.__dataclass_fields__})


def _check_there(connection: Connection, kind: Kind, record_id: str) -> None:
    known: Sequence[str] = list(rows.known_ids(connection, kind, [record_id]))
    if not known:
        raise UnknownIdError(
            N_("There is no {kind} “{id}”. Check the id."), kind=kind.value, id=record_id[:80]
        )
