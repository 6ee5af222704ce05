"""Consent to be on the map: when it ends, and what withdrawing it takes out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from directory.actors import Actor, Status
from directory.authors import Author
from directory.clock import today
from directory.commands import Commands
from directory.people.permissions import Deed, check
from directory.people.whose import Grounds
from directory.proposals import kept
from directory.store import Store, rows
from directory.store.erasing import WITHDRAWN, Erased, Eraser
from directory.store.rows import Kind
from geo.errors import N_, BadInputError, UnknownIdError

SOON_DAYS: Final = 30
"""How long before its end a consent is to be asked again (ours)."""


@dataclass(frozen=True, slots=True)
class Ending:
    """A consent that ends soon; one that `ended` is hidden, to be asked anew or withdrawn."""

    actor: Actor
    ends_on: date
    ended: bool


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What withdrawing took out; `proposals` counts those about it."""

    erased: Erased
    proposals: int


def ending(actors: Iterable[Actor], day: date, *, within_days: int = SOON_DAYS) -> list[Ending]:
    """List the consents that ended or end within some days, the first to end first."""
    last = day + timedelta(days=within_days)
    found = [
        Ending(actor, actor.consent.ends_on, actor.consent.ends_on < day)
        for actor in actors
        if actor.consent is not None
        and actor.status is Status.PUBLISHED
        and actor.consent.ends_on <= last
    ]
    return sorted(found, key=lambda one: (one.ends_on, one.actor.id))


def of_neighbourhoods(
    actors: Iterable[Actor], grounds: Grounds, neighbourhoods: Iterable[str]
) -> Iterator[Actor]:
    """Yield the actors with a consent that lie in some neighbourhoods."""
    wanted = frozenset(neighbourhoods)
    for actor in actors:
        if actor.consent is not None:
            lies = grounds.neighbourhoods(Kind.ACTOR, rows.facts_of(actor))
            if not wanted.isdisjoint(lies):
                yield actor


def withdraw(store: Store, commands: Commands, actor_id: str, *, by: Author) -> Withdrawal:
    """Take somebody who withdraws consent out of the directory, its history and all beside it.

    Their record, and what only they organise, leave for good: facts and ids in the history,
    rows of imports, proposals, notes and links. What remains says that somebody was withdrawn,
    when, and by whom; by themself: no name at all. Every process shows it no more within the two
    seconds of its polling. Backups, and what browsers or readers took along, are out of reach.

    Raises:
        UnknownIdError: no such record.
        BadInputError: the record does not rest on consent.
        NotAllowedError: the author may not.
        DiskFullError, StoreUnavailableError: nothing was taken out.
    """
    day = today()
    with store.writing() as (connection, revision):
        facts = rows.read_some(connection, Kind.ACTOR, [actor_id]).get(actor_id)
        if facts is None:
            raise UnknownIdError(
                N_("There is no {kind} “{id}”. Check the id."), kind="actor", id=actor_id[:80]
            )
        lies = commands.grounds().neighbourhoods(Kind.ACTOR, facts) if commands.grounds else ()
        check(by.acting, Deed.CONSENT, day, neighbourhoods=lies, actor=actor_id)
        if facts["consent"] is None:
            raise BadInputError(
                N_("This record does not rest on a consent. Archive it instead."),
            )
        own = any(actor_id in grant.actors for grant in by.acting.on(day))
        eraser = Eraser(
            connection=connection,
            revision=revision,
            actor=facts,
            author=WITHDRAWN if own else by.name,
            person="" if own else by.acting.id,
            origin=by.origin.value,
        )
        proposals = kept.forget(connection, actor_id)
        erased = eraser.erase()
    store.expect(revision)
    store.wipe()
    return Withdrawal(erased, proposals)
