"""Decide about proposals: the directory changes and the proposal is settled, or neither."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from pydantic import ValidationError
from sqlalchemy import Connection

from directory.actors import Actor
from directory.authors import Author
from directory.clock import BRUSSELS, today
from directory.commands import Commands
from directory.hygiene import LIMIT
from directory.proposals.making import refusal
from directory.proposals.records import CHANGEABLE, Proposal, ProposalKind, ProposalStatus
from directory.proposals.store import Proposals
from directory.proposals.weighing import Weighed, weigh
from directory.sources import Source
from directory.store import Store
from directory.store.errors import ConflictError
from directory.store.history import read_batch
from directory.undoing import UNDO
from geo.errors import N_, BadInputError, PleinError

PROPOSAL: Final = "proposal-"
"""What the batch of the changes that carry out a proposal begins with, before its id."""
A_VISITOR: Final = N_("a visitor")
"""The source of what somebody proposed who does not wish to be thanked by name."""
ARCHIVING: Final = (ProposalKind.CLOSED, ProposalKind.DUPLICATE)
_AND_MORE: Final = ", …"
_CHOSEN: Final = frozenset(CHANGEABLE) | {"kind"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Several:
    """What became of several proposals: those decided, and those that were not with the reason."""

    done: tuple[Proposal, ...] = ()
    left: tuple[tuple[Proposal, PleinError], ...] = ()


class Decisions:
    """The decisions on the proposals of one store; safe to share between threads.

    `commands` have the grounds by which a relay decides in its own neighbourhoods alone.
    """

    def __init__(self, store: Store, commands: Commands, proposals: Proposals) -> None:
        self._store, self._commands, self._proposals = store, commands, proposals

    def accept(
        self,
        weighed: Weighed,
        *,
        by: Author,
        facts: Mapping[str, Any] | None = None,
        text: str = "",
    ) -> Proposal:
        """Carry a proposal out, on the record as it was weighed.

        `facts`, those of an actor as JSON, stand in the place of what was proposed where whoever
        decides knows better: what was proposed stays with the proposal, what was decided in the
        history. `text` is told to who proposed it.

        Raises:
            ConflictError: somebody decided meanwhile or changed the record; or both changed the
                same field, and no `facts` say which holds.
            NotAllowedError: not theirs to decide, or the record lies elsewhere too.
            BadInputError: nothing would change, or the facts break a rule.
        """
        proposal, batch = weighed.proposal, self._batch(weighed.proposal)
        decided = self._decided(weighed, by, facts)

        def together(connection: Connection) -> None:
            self._proposals.settle(
                connection, proposal, ProposalStatus.ACCEPTED, by=by, reason=text, batch=batch
            )

        self._commands.save([decided], by=by, batch=batch, together=together)
        return self._proposals.get(proposal.id)

    def accept_all(self, proposals: Iterable[Proposal], *, by: Author) -> Several:
        """Accept each as it was proposed; what cannot be is left and told."""
        return _each(proposals, lambda one: self.accept(weigh(self._store, one), by=by))

    def refuse_all(self, proposals: Iterable[Proposal], reason: str, *, by: Author) -> Several:
        """Refuse each for the same reason; what cannot be is left and told."""
        return _each(proposals, lambda one: self._proposals.refuse(one, reason, by=by))

    def undo(self, proposal: Proposal, *, by: Author) -> Proposal:
        """Take a decision back: the record as it was before, the proposal open again.

        Raises:
            ConflictError: the record was changed since, or something refers to it by now: the
                decision and the record stay. Or somebody took it back already.
            NotAllowedError: not theirs to decide.
            BadInputError: there is no decision.
        """
        if proposal.batch:
            self._commands.undo(proposal.batch, by=by, together=self._reopening(proposal, by))
        else:
            with self._store.keeping() as connection:
                self._proposals.reopen(connection, proposal, by=by)
        return self._proposals.get(proposal.id)

    def _reopening(self, proposal: Proposal, by: Author) -> Callable[[Connection], None]:
        def together(connection: Connection) -> None:
            self._proposals.reopen(connection, proposal, by=by)
            written = read_batch(connection, proposal.batch)
            if written and not read_batch(connection, UNDO + proposal.batch):
                raise ConflictError(
                    N_(
                        "“{id}” was changed since, or something refers to it by now: it stays as "
                        "it is, and so does the decision."
                    ),
                    id=written[0].record_id,
                )

        return together

    def _decided(self, weighed: Weighed, by: Author, facts: Mapping[str, Any] | None) -> Actor:
        if weighed.problem is not None:
            raise weighed.problem
        after = weighed.after
        assert after is not None  # noqa: S101 - without a problem it could be laid
        if facts is not None:
            after = _changed(after, facts)
        elif weighed.clashes:
            raise ConflictError(
                N_(
                    "The same was changed since this was proposed. Look at both, then change and "
                    "accept, or refuse."
                )
            )
        if after == weighed.before and weighed.proposal.kind is ProposalKind.WRONG:
            raise BadInputError(
                N_("Nothing would change. Change what is wrong and accept, or refuse it.")
            )
        checked = {"verified_on": today(), "verified_by": by.name}
        source = self._source(weighed.proposal)
        return after.model_copy(update=checked | ({"source": source} if source else {}))

    def _source(self, proposal: Proposal) -> Source | None:
        """Return the source of a new record; one that stands keeps its own, which imports need."""
        if proposal.kind is not ProposalKind.ADD:
            return None
        names = _joined(self._proposals.thanked(proposal.id))
        day = proposal.made_at.astimezone(BRUSSELS).date()
        return Source(name=names or A_VISITOR, read_on=day)

    @staticmethod
    def _batch(proposal: Proposal) -> str:
        return f"{PROPOSAL}{proposal.id}-{uuid4().hex[:12]}"


def _joined(names: Iterable[str]) -> str:
    """Write names one after the other, as many as a source may have signs for.

    >>> _joined(("Luc", "Nadia")), len(_joined(["n" * 80] * 4))
    ('Luc, Nadia', 247)
    """
    told = ""
    for name in names:
        longer = f"{told}, {name}" if told else name
        if len(longer) + len(_AND_MORE) > LIMIT:
            return told + _AND_MORE
        told = longer
    return told


def _changed(after: Actor, facts: Mapping[str, Any]) -> Actor:
    """Lay what was chosen on a record; its id, version, consent and source are not chosen here."""
    chosen = {name: value for name, value in facts.items() if name in _CHOSEN}
    try:
        return Actor.model_validate(after.model_dump(mode="json") | chosen)
    except ValidationError as error:
        raise refusal(error) from error


def _each(proposals: Iterable[Proposal], decide: Callable[[Proposal], Proposal]) -> Several:
    done: list[Proposal] = []
    left: list[tuple[Proposal, PleinError]] = []
    for one in proposals:
        try:
            done.append(decide(one))
        except PleinError as error:
            left.append((one, error))
    return Several(done=tuple(done), left=tuple(left))
