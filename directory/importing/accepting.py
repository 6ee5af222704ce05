"""The sixth step: one batch, into the directory at once and out of it at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection

from directory.actors import Actor
from directory.authors import Author
from directory.clock import BRUSSELS, today
from directory.importing import kept
from directory.importing.actors import new_actor, new_id, updated
from directory.importing.deciding import find_duplicates
from directory.importing.desk import Desk
from directory.importing.kept import ROW
from directory.importing.placing import why_not_placed
from directory.importing.records import (
    Batch,
    Choice,
    Heap,
    How,
    ImportRow,
    Outcome,
    Said,
    Step,
)
from directory.importing.twins import undecided
from directory.people.permissions import Deed, check_somewhere
from directory.undoing import Undone
from geo.errors import N_, BadInputError

UNDECIDED = N_("It may be a duplicate of “{name}”, and nobody said so or otherwise.")
TWIN_LEFT = N_("It is the same as row {row}, which is left out itself.")
TWIN_GONE = N_("The actor it is the same as is no longer in the directory.")
NOT_CHECKED = N_("It is not checked and looked for yet.")
_SETTLED = ("outcome", "actor_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """What accepting now would do: how many rows, and why others are left out.

    `left` is why by the number of the row; a row left out may be settled and accepted later.
    """

    created: int
    updated: int
    already_there: int
    left: Mapping[int, tuple[Said, ...]]


@dataclass(slots=True)
class _Plan:
    """The rows one after the other; `now` is the directory as the rows before leave it."""

    batch: Batch
    now: dict[str, Actor]
    changed: dict[str, Actor] = field(default_factory=dict)
    done: dict[int, ImportRow] = field(default_factory=dict)
    left: dict[int, tuple[Said, ...]] = field(default_factory=dict)

    def settle(self, row: ImportRow, outcome: Outcome, actor_id: str) -> None:
        self.done[row.number] = row.model_copy(update={"outcome": outcome, "actor_id": actor_id})

    def put(self, actor: Actor) -> None:
        self.now[actor.id] = self.changed[actor.id] = actor


def readiness(desk: Desk, batch_id: str) -> Readiness:
    """Tell what accepting now would do."""
    find_duplicates(desk, batch_id)
    plan = _planned(desk, batch_id)
    outcomes = [row.outcome for row in plan.done.values()]
    return Readiness(
        created=outcomes.count(Outcome.CREATED),
        updated=outcomes.count(Outcome.UPDATED),
        already_there=outcomes.count(Outcome.ALREADY_THERE),
        left=plan.left,
    )


def accept(desk: Desk, batch_id: str, *, by: Author) -> Readiness:
    """Bring every row that is ready into the directory, in one transaction; tell what was done.

    What is left out may be settled and accepted later; undoing takes both back.

    Raises:
        BadInputError: no row is ready.
        ConflictError: somebody changed an actor meanwhile; nothing was written, try again.
        NotAllowedError: the author may not import, or not write one of the actors.
        DiskFullError, StoreUnavailableError: nothing was written.
    """
    check_somewhere(by.acting, Deed.IMPORT, today())
    find_duplicates(desk, batch_id)
    plan = _planned(desk, batch_id)
    if not plan.done:
        raise BadInputError(
            N_("No row of this file is ready for the directory. Settle some first.")
        )
    done = list(plan.done.values())
    batch = plan.batch.model_copy(
        update={"step": Step.ACCEPTED, "settled_by": by.name, "settled_at": datetime.now(UTC)}
    )

    def together(connection: Connection) -> None:
        _still_open(connection, batch_id, plan)
        kept.change_rows(connection, batch_id, done, only=_SETTLED)
        kept.change_batch(connection, batch)

    desk.commands.save(plan.changed.values(), by=by, batch=batch.tag, together=together)
    outcomes = [row.outcome for row in done]
    return Readiness(
        created=outcomes.count(Outcome.CREATED),
        updated=outcomes.count(Outcome.UPDATED),
        already_there=outcomes.count(Outcome.ALREADY_THERE),
        left=plan.left,
    )


def _still_open(connection: Connection, batch_id: str, plan: _Plan) -> None:
    """Refuse to accept twice what another process accepted meanwhile."""
    now = kept.read_batch(connection, batch_id)
    settled = ROW.c.outcome != Outcome.NONE.value
    before = plan.batch.rows - len(plan.done) - len(plan.left)
    if now.round != plan.batch.round or kept.count_rows(connection, batch_id, settled) != before:
        raise BadInputError(N_("Somebody else accepted or undid this file just now. Look again."))


def _planned(desk: Desk, batch_id: str) -> _Plan:
    with desk.store.reading() as connection:
        batch = kept.read_batch(connection, batch_id)
    actors = dict(desk.store.directory().actors)
    plan = _Plan(batch=batch, now=actors)
    earlier: dict[int, str] = {}
    for part in kept.each_row(desk.store.reading, batch_id):
        for row in part:
            if row.outcome is not Outcome.NONE:
                earlier[row.number] = row.actor_id
                continue
            _plan_row(plan, row, earlier)
            if row.number in plan.done:
                earlier[row.number] = plan.done[row.number].actor_id
    return plan


def _plan_row(plan: _Plan, row: ImportRow, earlier: Mapping[int, str]) -> None:
    if row.heap is not Heap.PLACED:
        plan.left[row.number] = why_not_placed(row) or (Said(message=NOT_CHECKED),)
    elif undecided(row):
        name = row.twins[0].name
        plan.left[row.number] = (Said(message=UNDECIDED, params={"name": name}),)
    elif row.verdict is None or row.verdict.choice is Choice.DIFFERENT:
        _plan_new(plan, row)
    else:
        _plan_same(plan, row, earlier)


def _plan_new(plan: _Plan, row: ImportRow) -> None:
    if row.spot is not None and row.spot.how is How.DIRECTORY:
        plan.left[row.number] = (Said(message=TWIN_GONE),)
        return
    actor_id = new_id(row, plan.batch, plan.now)
    read_on = plan.batch.started_at.astimezone(BRUSSELS).date()
    plan.put(new_actor(row, plan.batch, actor_id=actor_id, read_on=read_on))
    plan.settle(row, Outcome.CREATED, actor_id)


def _plan_same(plan: _Plan, row: ImportRow, earlier: Mapping[int, str]) -> None:
    verdict = row.verdict
    if verdict is None:
        return
    if verdict.row and verdict.row not in earlier:
        plan.left[row.number] = (Said(message=TWIN_LEFT, params={"row": verdict.row}),)
        return
    actor = plan.now.get(earlier[verdict.row] if verdict.row else verdict.actor_id)
    if actor is None:
        plan.left[row.number] = (Said(message=TWIN_GONE),)
        return
    after = actor
    if verdict.choice is Choice.UPDATE:
        after = updated(actor, row, verdict.facts)
    if after == actor:
        plan.settle(row, Outcome.ALREADY_THERE, actor.id)
    else:
        plan.put(after)
        plan.settle(row, Outcome.UPDATED, actor.id)


def undo(desk: Desk, batch_id: str, *, by: Author) -> Undone:
    """Take a batch out of the directory in one transaction; its rows stay, to be accepted anew.

    An actor that somebody changed since is left as it is, and told.

    Raises:
        BadInputError: the batch is not in the directory.
    """
    with desk.store.reading() as connection:
        batch = kept.read_batch(connection, batch_id)
    if batch.step is not Step.ACCEPTED:
        raise BadInputError(N_("This file is not in the directory: there is nothing to undo."))
    undone_batch = batch.model_copy(
        update={
            "step": Step.UNDONE,
            "round": batch.round + 1,
            "settled_by": by.name,
            "settled_at": datetime.now(UTC),
        }
    )

    def together(connection: Connection) -> None:
        if kept.read_batch(connection, batch_id).round != batch.round:
            raise BadInputError(
                N_("Somebody else accepted or undid this file just now. Look again.")
            )
        kept.change_all(
            connection, batch_id, outcome=Outcome.NONE.value, actor_id="", compared=False
        )
        kept.change_batch(connection, undone_batch)

    return desk.commands.undo(batch.tag, by=by, together=together)
