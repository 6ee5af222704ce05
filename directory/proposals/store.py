"""The commands on proposals: made and followed by anybody, read and decided by relays.

They are beside the directory: no snapshot, atlas, search, count or export ever holds one.
"""

import secrets
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection

from directory.actors import Actor
from directory.authors import Author
from directory.clock import today
from directory.hygiene import clean_text
from directory.people import VISITOR, Deed, Grounds, Person, check
from directory.proposals import kept
from directory.proposals.links import TOKEN, find_link, followed, hash_link, there
from directory.proposals.making import checked, sameness
from directory.proposals.meeting import Meeting
from directory.proposals.pace import Pace
from directory.proposals.records import (
    UNDECIDED,
    URGENCY,
    Draft,
    Event,
    EventKind,
    Proposal,
    ProposalStatus,
)
from directory.store.rows import Kind
from directory.store.store import Store
from geo.errors import N_, BadInputError

TOKEN_BYTES: Final = 24
"""192 bits: a link nobody guesses, in 32 letters."""
PAGE: Final = 50
_SETTLED: Final = {
    ProposalStatus.ACCEPTED: EventKind.ACCEPTED,
    ProposalStatus.REFUSED: EventKind.REFUSED,
}


class Order(StrEnum):
    """In which order proposals are listed."""

    WEIGHT = "weight"
    AGE = "age"


class Made(NamedTuple):
    """A proposal somebody made, and the token of their private link, which is kept nowhere."""

    proposal: Proposal
    token: str


class Followed(NamedTuple):
    """What a private link opens: the proposal, and what the one who follows it may see of it.

    `events` are the relay's and their own: not what others who said the same wrote.
    """

    proposal: Proposal
    events: tuple[Event, ...]
    withdrawn: bool


class Proposals:
    """The proposals of one store; safe to share between threads.

    `grounds` tells whom a proposal concerns; `pace` how many one address may send.
    """

    def __init__(
        self, store: Store, grounds: Callable[[], Grounds], *, pace: Pace | None = None
    ) -> None:
        self._store, self._grounds, self._pace = store, grounds, pace or Pace()

    def make(
        self,
        draft: Draft,
        *,
        by: Person = VISITOR,
        address: str = "",
        token: str = "",
        meeting: Meeting | None = None,
        admitted: Callable[[Connection], None] | None = None,
    ) -> Made:
        """Keep what somebody proposes, and give them their link.

        One that says what an undecided one says gives weight to it. `address` is theirs on the
        network, of which a hash of the day alone is kept; "" where there is none. `token` is one
        the sender drew, so that what is sent twice, since the answer got lost, is kept once. At a
        `meeting` many sit behind one address: it has a pace of its own and writes down what it
        took, in the same transaction. What is `admitted` by a link of its own uses that up there.

        Raises:
            BadInputError: the draft breaks a rule, or the token is none.
            TooManyError: the address sent enough for now.
            NotAllowedError, DiskFullError, StoreUnavailableError: nothing was kept.
        """
        check(by, Deed.PROPOSE, today())
        grounds = self._grounds()
        at, proposal_id = datetime.now(UTC), secrets.token_hex(8)
        draft = checked(draft, grounds.directory, proposal_id=proposal_id)
        mark, voice = sameness(draft), secrets.token_hex(4)
        token = token or secrets.token_urlsafe(TOKEN_BYTES)
        if not TOKEN.fullmatch(token):
            raise BadInputError(N_("This link is not one a form draws. Load the page again."))
        with self._store.keeping() as connection:
            if (link := find_link(connection, token)) is not None:
                return Made(there(connection, link["proposal_id"]), token)
            if admitted is not None:
                admitted(connection)
            elif meeting is None:
                self._pace.count(connection, address, at)
            else:
                meeting.count(connection)
            found = kept.same(connection, mark)
            if found is None:
                areas = _concerned(draft, grounds) or (meeting.areas if meeting else ())
                found = _new(draft, proposal_id, at, areas)
                kept.write(connection, found, mark)
                event = Event(kind=EventKind.MADE, at=at, voice=voice)
            else:
                kept.weigh_more(connection, found.id, 1)
                event = Event(kind=EventKind.AGAIN, at=at, text=draft.note, voice=voice)
            kept.add_event(connection, found.id, event)
            who: dict[str, Any] = {"name": draft.name, "thank": draft.thank, "voice": voice}
            kept.add_link(connection, found.id, link=hash_link(token), **who)
            if meeting is not None:
                meeting.take(connection, found.id, hash_link(token), at)
            made = there(connection, found.id)
        return Made(made, token)

    def get(self, proposal_id: str) -> Proposal:
        """Return one proposal.

        Raises:
            UnknownIdError: there is none of that id.
        """
        with self._store.reading() as connection:
            return there(connection, proposal_id)

    def of(
        self,
        neighbourhoods: Collection[str] | None,
        statuses: Collection[ProposalStatus] = UNDECIDED,
        *,
        order: Order = Order.WEIGHT,
        limit: int | None = PAGE,
        after: Proposal | None = None,
    ) -> list[Proposal]:
        """Return the proposals that concern neighbourhoods, the heaviest or the oldest first.

        `neighbourhoods` None is all; "" among them is those that concern none. `after` is the
        last one of the page before.
        """
        with self._store.reading() as connection:
            return kept.read_many(
                connection,
                neighbourhoods,
                statuses,
                oldest_first=order is Order.AGE,
                limit=limit,
                after=after,
            )

    def about(self, actor_id: str) -> list[Proposal]:
        """Return every proposal about an actor, the newest first."""
        with self._store.reading() as connection:
            return kept.about(connection, actor_id)

    def counts(self, neighbourhoods: Collection[str] | None = None) -> Mapping[ProposalStatus, int]:
        """Return how many there are of each status, in these neighbourhoods or in all."""
        with self._store.reading() as connection:
            return kept.count(connection, neighbourhoods)

    def waiting(self) -> Mapping[str, int]:
        """Return how many wait for a decision by neighbourhood, "" for those of none."""
        with self._store.reading() as connection:
            return kept.count_waiting(connection)

    def thanked(self, proposal_id: str) -> tuple[str, ...]:
        """Return the names of those who proposed it and wish to be thanked by name."""
        with self._store.reading() as connection:
            return kept.names_to_thank(connection, proposal_id)

    def by_link(self, token: str) -> Followed | None:
        """Return what a private link opens, None for a link nobody was given."""
        with self._store.reading() as connection:
            link = find_link(connection, token)
            if link is None:
                return None
            proposal = there(connection, link["proposal_id"])
        mine = tuple(one for one in proposal.events if one.voice in ("", link["voice"]))
        return Followed(proposal, mine, bool(link["withdrawn"]))

    def answer(self, token: str, text: str) -> Proposal:
        """Answer what a relay asked; the proposal waits for the relay again.

        Raises:
            UnknownIdError: a link nobody was given.
            BadInputError: nothing is asked, or the answer is empty or too long.
            ConflictError: somebody did something with it meanwhile.
        """
        said = clean_text(text, field="note", of="proposal")
        if not said:
            raise BadInputError(N_("Write your answer first."))
        with self._store.keeping() as connection:
            proposal, link = followed(connection, token)
            if proposal.status is not ProposalStatus.ASKED:
                raise BadInputError(N_("Nothing is asked of you any more."))
            kept.change(connection, proposal, status=ProposalStatus.OPEN.value)
            answered = {"text": said, "by": link["name"], "voice": link["voice"]}
            event = Event(kind=EventKind.ANSWERED, at=datetime.now(UTC), **answered)
            kept.add_event(connection, proposal.id, event)
            return there(connection, proposal.id)

    def withdraw(self, token: str) -> Proposal:
        """Take back what was proposed by this link; it goes when nobody says so any more.

        Raises:
            UnknownIdError: a link nobody was given.
            BadInputError: it is decided already.
        """
        with self._store.keeping() as connection:
            proposal, link = followed(connection, token)
            if link["withdrawn"]:
                return proposal
            if not proposal.undecided:
                raise BadInputError(N_("This is decided already, and cannot be withdrawn."))
            kept.withdraw_link(connection, link["hash"])
            event = Event(kind=EventKind.WITHDRAWN, at=datetime.now(UTC), voice=link["voice"])
            kept.add_event(connection, proposal.id, event)
            first = proposal.events[0].voice == link["voice"]
            if proposal.said > 1:
                nameless = {"name": "", "thank": False} if first else {}
                kept.weigh_more(connection, proposal.id, -1, **nameless)
            else:
                gone = {"status": ProposalStatus.WITHDRAWN.value, "decided_at": event.at}
                kept.change(connection, proposal, name="", thank=False, **gone)
            return there(connection, proposal.id)

    def ask(self, proposal: Proposal, text: str, *, by: Author) -> Proposal:
        """Ask who proposed it something; it waits for their answer.

        Raises:
            NotAllowedError: not theirs to decide. ConflictError: it changed since it was read.
            BadInputError: it is decided already, or the question is empty or too long.
        """
        said = clean_text(text, field="note", of="proposal")
        if not said:
            raise BadInputError(N_("Write your question first."))
        with self._store.keeping() as connection:
            _may_decide(connection, proposal, by)
            _undecided(proposal)
            kept.change(connection, proposal, status=ProposalStatus.ASKED.value)
            kept.add_event(connection, proposal.id, _event(EventKind.ASKED, by, text=said))
            return there(connection, proposal.id)

    def pass_on(
        self, proposal: Proposal, neighbourhoods: Collection[str], *, by: Author, text: str = ""
    ) -> Proposal:
        """Give it to the relays of other neighbourhoods, or with none to the coordinators.

        Raises:
            NotAllowedError: not theirs to decide. ConflictError: it changed since it was read.
            BadInputError: it is decided already, or there is no such neighbourhood.
        """
        wanted = tuple(sorted(set(neighbourhoods)))
        unknown = set(wanted) - set(self._grounds().directory.neighbourhoods)
        if unknown:
            raise BadInputError(N_("There is no neighbourhood “{id}”."), id=min(unknown))
        said = clean_text(text, field="note", of="proposal")
        with self._store.keeping() as connection:
            _may_decide(connection, proposal, by)
            _undecided(proposal)
            kept.change(connection, proposal, neighbourhoods=list(wanted))
            passed = _event(EventKind.PASSED, by, text=said, neighbourhoods=wanted)
            kept.add_event(connection, proposal.id, passed)
            return there(connection, proposal.id)

    def settle(
        self,
        connection: Connection,
        proposal: Proposal,
        status: ProposalStatus,
        *,
        by: Author,
        reason: str = "",
        batch: str = "",
    ) -> None:
        """Write a decision down; in the transaction of `Commands.save` by its `together`.

        `batch` is that of the history which carries it out, given to `Commands.save` too.

        Raises:
            NotAllowedError: not theirs to decide. ConflictError: it changed since it was read.
            BadInputError: it is decided already, a refusal has no reason, or it is no decision.
        """
        said = clean_text(reason, field="note", of="proposal")
        if status not in _SETTLED:
            raise BadInputError(N_("A proposal is accepted or refused, not “{x}”."), x=status.value)
        if status is ProposalStatus.REFUSED and not said:
            raise BadInputError(N_("Say why: who proposed it reads your reason."))
        _may_decide(connection, proposal, by)
        _undecided(proposal)
        event = _event(_SETTLED[status], by, text=said)
        told = {"decided_at": event.at, "decided_by": event.by, "reason": said, "batch": batch}
        kept.change(connection, proposal, status=status.value, **told)
        kept.add_event(connection, proposal.id, event)

    def refuse(self, proposal: Proposal, reason: str, *, by: Author) -> Proposal:
        """Refuse it with a reason, which who proposed it reads; errors as of `settle`."""
        with self._store.keeping() as connection:
            self.settle(connection, proposal, ProposalStatus.REFUSED, by=by, reason=reason)
            return there(connection, proposal.id)

    def reopen(self, connection: Connection, proposal: Proposal, *, by: Author) -> None:
        """Take a decision back; where it changed the directory, in the `together` of its undoing.

        Raises:
            NotAllowedError: not theirs to decide. ConflictError: it changed since it was read.
            BadInputError: it is not decided, or was withdrawn.
        """
        if proposal.status not in _SETTLED:
            raise BadInputError(N_("There is no decision to take back."))
        _may_decide(connection, proposal, by)
        none = {"decided_at": None, "decided_by": "", "reason": "", "batch": ""}
        kept.change(connection, proposal, status=ProposalStatus.OPEN.value, **none)
        kept.part_again(connection, proposal.id)
        kept.add_event(connection, proposal.id, _event(EventKind.REOPENED, by))

    def strengthen(
        self,
        connection: Connection,
        proposal: Proposal,
        voices: int,
        *,
        other: Proposal,
        by: Author,
    ) -> None:
        """Let those who said another one have said this one, in an open transaction.

        Raises:
            BadInputError: it is the same one, or decided already. NotAllowedError: not theirs.
        """
        if other.id == proposal.id:
            raise BadInputError(N_("A place cannot be its own duplicate: choose another one."))
        _may_decide(connection, proposal, by)
        _undecided(there(connection, proposal.id))
        kept.weigh_more(connection, proposal.id, voices)
        kept.add_event(connection, proposal.id, _event(EventKind.AGAIN, by))

    def forget(self, connection: Connection, actor_id: str) -> int:
        """Take out all that was proposed about an actor who withdrew consent; return how many."""
        return kept.forget(connection, actor_id)


def _new(draft: Draft, proposal_id: str, at: datetime, areas: tuple[str, ...]) -> Proposal:
    return Proposal(
        **draft.model_dump(),
        id=proposal_id,
        neighbourhoods=areas,
        weight=URGENCY[draft.kind],
        made_at=at,
    )


def _concerned(draft: Draft, grounds: Grounds) -> tuple[str, ...]:
    """Return the neighbourhoods where it is, and where it would be."""
    found: frozenset[str] = frozenset()
    stored = [grounds.directory.actors.get(key) for key in (draft.target, draft.other) if key]
    for facts in (*map(_facts, stored), draft.facts):
        found |= grounds.neighbourhoods(Kind.ACTOR, facts)
    if not found and draft.place is not None:
        place = {"place": draft.place.model_dump(mode="json")}
        found = grounds.neighbourhoods(Kind.ACTOR, place)
    return tuple(sorted(found))


def _facts(actor: Actor | None) -> dict[str, Any]:
    return actor.model_dump(mode="json") if actor is not None else {}


def _undecided(proposal: Proposal) -> None:
    if not proposal.undecided:
        raise BadInputError(N_("This proposal is decided already."))


def _may_decide(connection: Connection, proposal: Proposal, by: Author) -> None:
    """Ask the roles about the neighbourhoods stored now, not those a caller read or made up."""
    now = there(connection, proposal.id)
    check(by.acting, Deed.DECIDE, today(), neighbourhoods=now.neighbourhoods)


def _event(kind: EventKind, by: Author, **facts: Any) -> Event:
    name = clean_text(by.name, field="author", of="proposal")
    if not name:
        raise BadInputError(N_("A change needs the name of who makes it."))
    return Event(kind=kind, at=datetime.now(UTC), by=name, person=by.acting.id, **facts)
