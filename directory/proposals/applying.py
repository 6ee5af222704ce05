"""A proposal laid on the actor it is about: what the directory would hold."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from directory.actors import Actor, Status
from directory.contacts import Visibility
from directory.proposals.records import Proposal, ProposalKind
from directory.secrecy import seen_contacts
from directory.store.rows import Kind, record_of
from geo.errors import N_, BadInputError


def applied(actor: Actor | None, proposal: Proposal) -> Actor:
    """Return the actor as it would be; `actor` is the present one, None for an addition.

    A person who proposes sees the public contacts and the first place alone: other contacts and
    places stay, and so does what is not told of a contact. An actor that closed, or is the twin of
    another, is archived. What is said to be wrong changes nothing by itself.

    Raises:
        BadInputError: a change of an actor that is not there.
        ValueError: the facts break a rule of actors of today.
    """
    if proposal.kind is ProposalKind.ADD:
        found = record_of(Kind.ACTOR, dict(proposal.facts))
        assert isinstance(found, Actor)  # noqa: S101 - what its kind says
        return found
    if actor is None:
        raise BadInputError(
            N_("The place “{id}” this is about is no longer in the directory."), id=proposal.target
        )
    facts = actor.model_dump(mode="json")
    if proposal.kind in (ProposalKind.CLOSED, ProposalKind.DUPLICATE):
        facts["status"] = Status.ARCHIVED.value
    for name, value in proposal.facts.items():
        if name == "contacts":
            facts[name] = [*_labelled(value, actor), *_unseen(actor)]
        elif name == "places":
            facts[name] = [*value, *facts["places"][1:]]
        else:
            facts[name] = value
    return Actor.model_validate(facts)


def _unseen(actor: Actor) -> Iterator[dict[str, Any]]:
    seen = seen_contacts(actor, (Visibility.PUBLIC,))
    return (one.model_dump(mode="json") for one in actor.contacts if one not in seen)


def _labelled(told: Iterable[Mapping[str, Any]], actor: Actor) -> Iterator[Mapping[str, Any]]:
    """Give a contact its label again, which a secret place may have kept from who proposes."""
    known = {(one.kind, one.value): one.label for one in actor.contacts}
    for one in told:
        label = known.get((one["kind"], one["value"]))
        hidden = actor.secret_place and label and not one.get("label")
        yield {**one, "label": label.model_dump(mode="json")} if hidden and label else one
