"""What each role may do, and where: the table of `permissions.toml`, asked by every command."""

import tomllib
from collections.abc import Collection, Mapping
from datetime import date
from enum import IntEnum, StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

from directory.people.roles import Grant, Person, Role
from geo.errors import N_, NotAllowedError

_TABLE = Path(__file__).with_suffix(".toml")


class Deed(StrEnum):
    """What somebody does: a record and what is done to it."""

    PROPOSE = "proposal.make"
    FOLLOW = "proposal.follow"
    DECIDE = "proposal.decide"
    CREATE_ACTOR = "actor.create"
    CHANGE_ACTOR = "actor.change"
    ARCHIVE_ACTOR = "actor.archive"
    CONFIRM = "actor.confirm"
    READ_HISTORY = "actor.history"
    RESTORE = "actor.restore"
    CONSENT = "actor.consent"
    CREATE_ACTIVITY = "activity.create"
    CHANGE_ACTIVITY = "activity.change"
    ARCHIVE_ACTIVITY = "activity.archive"
    CREATE_RELAY = "relay.create"
    CHANGE_RELAY = "relay.change"
    ARCHIVE_RELAY = "relay.archive"
    CREATE_PARTNER = "partner.create"
    CHANGE_PARTNER = "partner.change"
    ARCHIVE_PARTNER = "partner.archive"
    CREATE_NEIGHBOURHOOD = "neighbourhood.create"
    CHANGE_NEIGHBOURHOOD = "neighbourhood.change"
    ARCHIVE_NEIGHBOURHOOD = "neighbourhood.archive"
    CREATE_INDICATOR = "indicator.create"
    CHANGE_INDICATOR = "indicator.change"
    ARCHIVE_INDICATOR = "indicator.archive"
    CREATE_SCENARIO = "scenario.create"
    CHANGE_SCENARIO = "scenario.change"
    ARCHIVE_SCENARIO = "scenario.archive"
    CREATE_LOCAL_MAP = "local_map.create"
    CHANGE_LOCAL_MAP = "local_map.change"
    ARCHIVE_LOCAL_MAP = "local_map.archive"
    PUBLISH_LOCAL_MAP = "local_map.publish"
    LEAD_WORKSHOP = "workshop.lead"
    IMPORT = "import.run"
    UNDO = "batch.undo"
    SEE_ACTORS_CONTACTS = "contacts.actors"
    SEE_RELAYS_CONTACTS = "contacts.relays"
    READ_NOTES = "note.read"
    WRITE_NOTES = "note.write"
    HAND_OVER_NOTES = "note.hand_over"
    INVITE = "people.invite"
    GIVE_ROLES = "people.roles"
    GIVE_ADMINISTRATION = "people.administrators"
    READ_AUDIT = "audit.read"


class Reach(IntEnum):
    """How far a role may go."""

    NONE = 0
    OWN = 1
    ALL = 2


_WORDS = {"-": Reach.NONE, "own": Reach.OWN, "all": Reach.ALL}


@cache
def table() -> Mapping[Deed, Mapping[Role, Reach]]:
    """Return the table: every deed, every role."""
    given = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    roles = [Role(name) for name in given["roles"]]
    return MappingProxyType(
        {
            Deed(name): MappingProxyType(
                dict(zip(roles, (_WORDS[cell] for cell in cells), strict=True))
            )
            for name, cells in given["may"].items()
        }
    )


def reach(person: Person, deed: Deed, day: date) -> Reach:
    """Return how far somebody may go with a deed on a day, by the best of their roles."""
    return max(table()[deed][grant.role] for grant in person.on(day))


def may(
    person: Person,
    deed: Deed,
    day: date,
    *,
    neighbourhoods: Collection[str] = (),
    actor: str = "",
) -> bool:
    """Tell whether somebody may do something to a record.

    Args:
        person: who.
        deed: what.
        day: when: grants begin and end.
        neighbourhoods: those the record lies in; a relay needs one of them.
        actor: the record of an actor, who may change its own.
    """
    return any(_may(grant, deed, neighbourhoods, actor) for grant in person.on(day))


def _may(grant: Grant, deed: Deed, neighbourhoods: Collection[str], actor: str) -> bool:
    far = table()[deed][grant.role]
    if far is not Reach.OWN:
        return far is Reach.ALL
    if grant.role is Role.RELAY:
        return not grant.neighbourhoods.isdisjoint(neighbourhoods)
    return grant.role is Role.ACTOR and actor in grant.actors


def check(
    person: Person,
    deed: Deed,
    day: date,
    *,
    neighbourhoods: Collection[str] = (),
    actor: str = "",
) -> None:
    """Refuse what somebody may not do; the arguments are those of `may`.

    Raises:
        NotAllowedError: who may, and whom to ask.
    """
    if may(person, deed, day, neighbourhoods=neighbourhoods, actor=actor):
        return
    check_somewhere(person, deed, day)
    raise NotAllowedError(
        N_("This is not yours to decide. Pass it on to the relay of its neighbourhood.")
    )


def check_somewhere(person: Person, deed: Deed, day: date) -> None:
    """Refuse who may do something nowhere; where they may is asked of each record.

    Raises:
        NotAllowedError: whom to ask.
    """
    if reach(person, deed, day) is Reach.NONE:
        raise NotAllowedError(
            N_("Your roles do not allow this. Sign in, or ask a relay or a coordinator.")
        )
