"""The roles, held against what a command is about to write."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from directory.actors import Status
from directory.people.permissions import Deed, Reach, check, reach
from directory.people.roles import Person
from directory.people.whose import Grounds
from directory.store.rows import Kind

_Facts = Mapping[str, Any]
Written = tuple[Kind, _Facts | None, _Facts | None]
"""A record before and after; None: it was not there, or is taken out."""
_CHECK = {"verified_on": None, "verified_by": "", "version": 0}
"""What differs where somebody only says that a record is still right."""


def deed_of(kind: Kind, before: _Facts | None, after: _Facts | None) -> Deed:
    """Name what is done to a record.

    >>> deed_of(Kind.ACTOR, None, {"status": "published"}).value
    'actor.create'
    """
    if before is None:
        return Deed(f"{kind.value}.create")
    if kind is Kind.ACTOR and after is not None and {**before, **_CHECK} == {**after, **_CHECK}:
        return Deed.CONFIRM
    told = {before.get("status"), None if after is None else after.get("status")}
    moved = after is None or (len(told) > 1 and Status.ARCHIVED in told)
    return Deed(f"{kind.value}.{'archive' if moved else 'change'}")


def check_written(
    person: Person,
    written: Iterable[Written],
    *,
    day: date,
    grounds: Callable[[], Grounds] | None,
    deed: Deed | None = None,
) -> None:
    """Refuse what a person may not write, in the place it was and in the place it goes to.

    `grounds` tells whose a record is; without it nobody has anything of their own. `deed` is
    what is done to each; by default what the two versions tell.

    Raises:
        NotAllowedError: nothing may be written then.
    """
    known: Grounds | None = None
    for kind, before, after in written:
        done = deed or deed_of(kind, before, after)
        if reach(person, done, day) is Reach.ALL:
            continue
        if known is None and grounds is not None:
            known = grounds()
        for facts in (before, after):
            if facts is not None:
                check(
                    person,
                    done,
                    day,
                    neighbourhoods=known.neighbourhoods(kind, facts) if known else (),
                    actor=_actor(kind, facts, person, day),
                )


def _actor(kind: Kind, facts: _Facts, person: Person, day: date) -> str:
    """Return the actor a record is of: itself, or one of the organisers who is the person's own."""
    if kind is Kind.ACTOR:
        return str(facts["id"])
    own = frozenset().union(*(grant.actors for grant in person.on(day)))
    return next((one for one in facts.get("actor_ids", ()) if one in own), "")
