"""The fifth step: possible duplicates, side by side, and what people say of them."""

from dataclasses import dataclass
from typing import Any

from directory.actors import Actor
from directory.importing import kept
from directory.importing.actors import FACTS, differences
from directory.importing.checking import refuse_settled
from directory.importing.desk import Desk
from directory.importing.kept import ROW
from directory.importing.records import Choice, Heap, ImportRow, Outcome, Twin, Verdict
from directory.importing.twins import compare, undecided
from geo.errors import N_, BadInputError

_COMPARED = ("compared", "twins", "verdict")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row beside one of its twins.

    `changes` are the facts the row would change and what it would make of them; `actor` is the
    twin in the directory, `other` the earlier row where the twin is one.
    """

    row: ImportRow
    twin: Twin
    actor: Actor | None
    other: ImportRow | None
    changes: dict[str, Any]


def find_duplicates(desk: Desk, batch_id: str) -> None:
    """Compare every placed row with the directory and the rows before it, where any is new."""
    open_rows = (ROW.c.heap == Heap.PLACED.value, ROW.c.outcome == Outcome.NONE.value)
    with desk.store.reading() as connection:
        batch = kept.read_batch(connection, batch_id)
        if not kept.count_rows(connection, batch_id, *open_rows, ~ROW.c.compared):
            return
        rows = kept.read_rows(connection, batch_id, ROW.c.heap == Heap.PLACED.value)
    done = compare(rows, desk.store.directory().actors, batch)
    changed = [
        after
        for before, after in zip(rows, done, strict=True)
        if after != before and after.outcome is Outcome.NONE
    ]
    with desk.store.keeping() as connection:
        kept.change_rows(connection, batch_id, changed, only=_COMPARED)


def duplicates(desk: Desk, batch_id: str, *, only_undecided: bool = False) -> list[ImportRow]:
    """Return the placed rows that may be duplicates, in the order of the file; looks first."""
    find_duplicates(desk, batch_id)
    placed = (ROW.c.heap == Heap.PLACED.value, ROW.c.outcome == Outcome.NONE.value)
    found = [
        row
        for part in kept.each_row(desk.store.reading, batch_id, *placed)
        for row in part
        if row.twins
    ]
    return [row for row in found if undecided(row)] if only_undecided else found


def side_by_side(desk: Desk, batch_id: str, number: int) -> list[Pair]:
    """Return a row beside each of its twins."""
    with desk.store.reading() as connection:
        row = kept.read_row(connection, batch_id, number)
        others = {
            twin.row: kept.read_row(connection, batch_id, twin.row)
            for twin in row.twins
            if twin.row
        }
    actors = desk.store.directory().actors
    pairs = []
    for twin in row.twins:
        actor = actors.get(twin.actor_id)
        changes = differences(actor, row) if actor is not None else {}
        pairs.append(
            Pair(row=row, twin=twin, actor=actor, other=others.get(twin.row), changes=changes)
        )
    return pairs


def decide(
    desk: Desk,
    batch_id: str,
    number: int,
    choice: Choice,
    *,
    twin: int = 0,
    facts: tuple[str, ...] = (),
) -> ImportRow:
    """Say whether a row is its twin (by its place in the list), and which facts to take from it.

    Raises:
        BadInputError: there is no such twin or fact, or none is to be taken.
    """
    with desk.store.keeping() as connection:
        row = kept.read_row(connection, batch_id, number)
        refuse_settled(row)
        if not 0 <= twin < len(row.twins):
            raise BadInputError(
                N_("Row {number} has {count} possible duplicates, there is no number {index}."),
                number=number,
                count=len(row.twins),
                index=twin + 1,
            )
        allowed = {*FACTS, "source"}
        if choice is Choice.UPDATE and (not facts or not set(facts) <= allowed):
            raise BadInputError(
                N_("Say which facts to take from the row: {facts}."), facts=", ".join(FACTS)
            )
        found = row.twins[twin]
        verdict = Verdict(choice=choice)
        if choice is not Choice.DIFFERENT:
            taken = facts if choice is Choice.UPDATE else ()
            verdict = Verdict(choice=choice, actor_id=found.actor_id, row=found.row, facts=taken)
        done = row.model_copy(update={"verdict": verdict})
        kept.change_rows(connection, batch_id, [done], only=_COMPARED)
    return done
