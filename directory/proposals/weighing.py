"""A proposal laid beside the record it is about, for whoever decides: old, new, what clashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from directory.actors import Actor
from directory.contacts import Visibility
from directory.differences import Difference, differences
from directory.merging import Conflict, merge
from directory.proposals.applying import applied
from directory.proposals.making import refusal
from directory.proposals.records import CHANGEABLE, Proposal, ProposalKind
from directory.store import Store
from directory.store.history import read_batch
from directory.store.rows import Kind, facts_of, record_of
from geo.errors import PleinError

_TOLD = frozenset(CHANGEABLE) | {"kind", "status"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """A proposal, the record as it stands and as it would be.

    `before` is None for an addition, `after` where it cannot be laid on the record (`problem`).
    What was changed since the proposer saw the record stays, but for `clashes`: fields both
    changed differently, where `after` has what is proposed.
    """

    proposal: Proposal
    before: Actor | None
    after: Actor | None
    clashes: tuple[Conflict, ...] = ()
    problem: PleinError | None = None

    @property
    def version(self) -> int:
        """The version of the record this was laid on, 0 for a new one."""
        return self.before.version if self.before is not None else 0

    def differences(self) -> tuple[Difference, ...]:
        """List what would change, field by field."""
        before = facts_of(self.before) if self.before is not None else None
        after = facts_of(self.after) if self.after is not None else before
        told = differences(before, after)
        return tuple(one for one in told if one.path[0] in _TOLD)


def weigh(store: Store, proposal: Proposal) -> Weighed:
    """Lay a proposal on the record as it stands now."""
    found = store.directory().actors.get(proposal.target)
    try:
        after = applied(found, proposal)
        clashes: tuple[Conflict, ...] = ()
        seen = _seen(store, proposal, found)
        if found is not None and seen is not None:
            merged = merge(facts_of(seen), facts_of(applied(seen, proposal)), facts_of(found))
            after = Actor.model_validate(merged.facts | {"version": found.version})
            clashes = merged.open
    except PleinError as error:
        return Weighed(proposal=proposal, before=found, after=None, problem=error)
    except ValidationError as error:
        return Weighed(proposal=proposal, before=found, after=None, problem=refusal(error))
    return Weighed(proposal=proposal, before=found, after=after, clashes=clashes)


def _seen(store: Store, proposal: Proposal, found: Actor | None) -> Actor | None:
    """Return the record the proposer saw, None where it is the one that stands, or not known.

    Before 2026-11-28 a version could be given twice, with a batch undone in between: theirs is the
    last before.
    """
    if found is None or proposal.target_version in (0, found.version):
        return None
    versions = [
        change.after
        for change in store.history(Kind.ACTOR, proposal.target)
        if change.version == proposal.target_version and change.at <= proposal.made_at
    ]
    if not versions or versions[-1] is None:
        return None
    seen = record_of(Kind.ACTOR, dict(versions[-1]))
    return seen if isinstance(seen, Actor) else None


def decided_otherwise(store: Store, proposal: Proposal) -> tuple[Difference, ...]:
    """List where what was decided differs from what was proposed, as its proposer may read it.

    What the public does not read of a record, then or by now, is left out. Empty while it is not
    accepted.
    """
    if not proposal.batch or proposal.kind in (ProposalKind.CLOSED, ProposalKind.DUPLICATE):
        return ()
    with store.reading() as connection:
        changes = read_batch(connection, proposal.batch)
    if not changes or changes[-1].after is None:
        return ()
    before = changes[0].before
    stood = record_of(Kind.ACTOR, dict(before)) if before is not None else None
    proposed = facts_of(applied(stood if isinstance(stood, Actor) else None, proposal))
    decided = facts_of(record_of(Kind.ACTOR, dict(changes[-1].after)))
    hidden = _hidden(decided) | _hidden(_now(store, decided))
    told = differences(_public(proposed), _public(decided))
    return tuple(one for one in told if one.path[0] in set(CHANGEABLE) - hidden)


def _now(store: Store, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    found = store.directory().actors.get(facts["id"])
    return facts_of(found) if found is not None else {}


def _hidden(facts: Mapping[str, Any]) -> set[str]:
    """Name the fields the public does not read of a record."""
    flags = {"secret_place": "places", "do_not_contact": "contacts"}
    return {field for flag, field in flags.items() if facts.get(flag)}


def _public(facts: Mapping[str, Any]) -> dict[str, Any]:
    contacts = facts.get("contacts") or []
    seen = [one for one in contacts if one.get("visibility") == Visibility.PUBLIC]
    return {**facts, "contacts": seen}
