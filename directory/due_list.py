"""What a relay is asked to check: its records past their period, and those never checked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from directory.actors import Actor
from directory.atlas import Atlas
from directory.freshness import PERIODS, Freshness, State, freshness


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A record to be checked: how fresh it is, and how urgent a check.

    `overdue_days` is None where it was never checked. `urgency` is how many of its periods it is
    overdue, so that food aid late by a month comes before a pharmacy late by two.
    """

    id: str
    freshness: Freshness
    overdue_days: int | None
    urgency: float


def due(
    atlas: Atlas, neighbourhoods: Collection[str] | None, day: date, *, never: bool = False
) -> tuple[Due, ...]:
    """List the public records of neighbourhoods to be checked, the most urgent first.

    Args:
        atlas: the directory on its ground.
        neighbourhoods: those of a relay, in one of which a record has a place; None: all, records
            without any place too.
        day: the day in Brussels.
        never: list those never checked in their stead, the shortest period first.
    """
    found = []
    for actor in atlas.actors.values():
        fresh = freshness(actor, day)
        if (fresh.state is State.NEVER) is not never or fresh.state is State.FRESH:
            continue
        if neighbourhoods is None or _areas(atlas, actor).intersection(neighbourhoods):
            found.append(_due(actor, fresh, day))
    return tuple(sorted(found, key=lambda one: (-one.urgency, one.id)))


def _due(actor: Actor, fresh: Freshness, day: date) -> Due:
    if fresh.due_on is None or actor.verified_on is None:
        return Due(
            id=actor.id,
            freshness=fresh,
            overdue_days=None,
            urgency=1 / PERIODS.months(actor.categories),
        )
    days = (day - fresh.due_on).days
    period = max(1, (fresh.due_on - actor.verified_on).days)
    return Due(id=actor.id, freshness=fresh, overdue_days=days, urgency=days / period)


def _areas(atlas: Atlas, actor: Actor) -> set[str]:
    """Return the neighbourhoods a record has a place in."""
    areas = {atlas.whereabouts[actor.id].neighbourhood}
    areas |= {atlas.area_of(place).neighbourhood for place in actor.places[1:]}
    return {area for area in areas if area is not None}
