"""Who may give which role to whom, invite, and lend; and what a role needs to make sense."""

from collections.abc import Callable, Collection, Mapping
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import RowMapping

from directory.directory import Directory
from directory.people.permissions import Deed, check, may
from directory.people.roles import Grant, Person, Role
from directory.people.whose import Grounds
from directory.store import rows
from directory.store.rows import Kind
from geo.errors import N_, BadInputError, NotAllowedError

MOST: Final = 200
"""Neighbourhoods, or records, of one role."""
LONGEST_LENDING: Final = timedelta(days=366)
"""An absence; longer is another relay (ours)."""


def facts_of(grant: Grant) -> dict[str, Any]:
    """Return a grant as the columns hold it."""
    return {
        "role": grant.role.value,
        "neighbourhoods": sorted(grant.neighbourhoods),
        "actors": sorted(grant.actors),
        "from_day": grant.from_day,
        "to_day": grant.to_day,
    }


def grant_of(row: Mapping[str, Any] | RowMapping) -> Grant:
    """Return a grant from its columns."""
    return Grant(
        role=Role(row["role"]),
        neighbourhoods=frozenset(row["neighbourhoods"]),
        actors=frozenset(row["actors"]),
        from_day=row["from_day"],
        to_day=row["to_day"],
    )


def told(grant: Grant) -> dict[str, Any]:
    """Return a grant as JSON, for an event."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in facts_of(grant).items()
        if value
    }


def checked(grant: Grant, directory: Directory) -> Grant:
    """Return a grant whose ground is there.

    Raises:
        BadInputError: no role, a relay without a neighbourhood, an actor without a record, ground
            nobody knows, or a last day before the first.
    """
    if grant.role is Role.VISITOR:
        raise BadInputError(N_("Everybody is a visitor. Choose another role."))
    if grant.from_day and grant.to_day and grant.to_day < grant.from_day:
        raise BadInputError(
            N_("Expected a last day from {start} on, found {end}."),
            start=grant.from_day.isoformat(),
            end=grant.to_day.isoformat(),
        )
    relay, actor = grant.role is Role.RELAY, grant.role is Role.ACTOR
    _check_ground(grant.neighbourhoods, directory.neighbourhoods, wanted=relay)
    _check_ground(grant.actors, directory.actors, wanted=actor)
    return grant


def _check_ground(ids: Collection[str], known: Mapping[str, Any], *, wanted: bool) -> None:
    if not wanted:
        if ids:
            raise BadInputError(
                N_("Only a relay has neighbourhoods, and only an actor has records.")
            )
        return
    if not 0 < len(ids) <= MOST:
        raise BadInputError(
            N_("A relay needs a neighbourhood, an actor its record: 1 to {limit}, found {found}."),
            limit=MOST,
            found=len(ids),
        )
    for key in ids:
        if key not in known:
            raise BadInputError(N_("“{id}” is not in the directory. Check the id."), id=key[:80])


def checked_lending(grant: Grant, directory: Directory, day: date) -> Grant:
    """Return a grant that lends: a relay's, with a last day within a year.

    Raises:
        BadInputError: it is another, or has no such end.
    """
    if grant.role is not Role.RELAY or grant.to_day is None:
        raise BadInputError(N_("A neighbourhood is lent until a day. Give the last one."))
    if not day <= grant.to_day <= (grant.from_day or day) + LONGEST_LENDING:
        raise BadInputError(
            N_("Expected a last day from today on and within a year, found {end}."),
            end=grant.to_day.isoformat(),
        )
    return checked(grant, directory)


def check_giving(by: Person, grant: Grant, day: date) -> None:
    """Refuse who may not give, or take back, this role.

    Raises:
        NotAllowedError: whom to ask.
    """
    administration = grant.role is Role.ADMINISTRATOR
    check(by, Deed.GIVE_ADMINISTRATION if administration else Deed.GIVE_ROLES, day)


def check_over(by: Person, administrator: bool, day: date) -> None:  # noqa: FBT001 - a fact
    """Refuse who may not decide about somebody else's account, here an administrator's or not.

    Raises:
        NotAllowedError: whom to ask.
    """
    check(by, Deed.GIVE_ADMINISTRATION if administrator else Deed.GIVE_ROLES, day)


def check_inviting(
    by: Person, grant: Grant, day: date, *, grounds: Callable[[], Grounds] | None
) -> None:
    """Refuse who may not invite somebody to this role.

    Whoever may give it may; a relay invites contributors, relays of its own neighbourhoods for
    as long as it has them, and actors whose record lies there.

    Raises:
        NotAllowedError: whom to ask.
    """
    if grant.role is Role.ADMINISTRATOR or may(by, Deed.GIVE_ROLES, day):
        check_giving(by, grant, day)
        return
    check(by, Deed.INVITE, day, neighbourhoods=by.neighbourhoods(day))
    if grant.role is Role.CONTRIBUTOR:
        return
    if grant.role is Role.RELAY and _has(by, grant.neighbourhoods, grant.to_day, day):
        return
    if grant.role is Role.ACTOR and grounds is not None:
        known = grounds()
        found = [known.directory.actors.get(key) for key in grant.actors]
        places = [
            known.neighbourhoods(Kind.ACTOR, rows.facts_of(one)) for one in found if one is not None
        ]
        own = by.neighbourhoods(day)
        if len(places) == len(found) and all(not own.isdisjoint(here) for here in places):
            return
    raise NotAllowedError(N_("You may invite for your own neighbourhoods. Ask a coordinator."))


def check_lending(by: Person, lender: Person, grant: Grant, day: date) -> None:
    """Refuse to lend what the lender has not, or what is not theirs who lends it.

    Raises:
        NotAllowedError: whom to ask.
    """
    if by.id != lender.id:
        check(by, Deed.GIVE_ROLES, day)
    if not _has(lender, grant.neighbourhoods, grant.to_day, day):
        raise NotAllowedError(N_("Only a neighbourhood of one's own can be lent."))


def _has(person: Person, neighbourhoods: Collection[str], until: date | None, day: date) -> bool:
    """Tell whether all of them are somebody's on the day and until the other."""
    own = {
        key
        for grant in person.on(day)
        if grant.role is Role.RELAY
        and (grant.to_day is None or (until is not None and until <= grant.to_day))
        for key in grant.neighbourhoods
    }
    return own.issuperset(neighbourhoods)
