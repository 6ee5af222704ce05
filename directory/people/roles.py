"""Who somebody is to the directory: a name, and roles with the ground they hold on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """What somebody is here; a visitor has no account."""

    VISITOR = "visitor"
    CONTRIBUTOR = "contributor"
    ACTOR = "actor"
    RELAY = "relay"
    COORDINATOR = "coordinator"
    PLANNER = "planner"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A role, on its ground, from a day to a day (both included; None: no end).

    A relay has neighbourhoods, an actor its own records; a neighbourhood lent during an absence
    is a grant with a last day.
    """

    role: Role
    neighbourhoods: frozenset[str] = frozenset()
    actors: frozenset[str] = frozenset()
    from_day: date | None = None
    to_day: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return (self.from_day is None or self.from_day <= day) and (
            self.to_day is None or day <= self.to_day
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who acts: the id of an account ("" for nobody's), a name for the history, grants."""

    id: str = ""
    name: str = ""
    grants: tuple[Grant, ...] = ()

    def on(self, day: date) -> Iterator[Grant]:
        """Yield the grants that hold on a day; everybody is a visitor."""
        yield Grant(role=Role.VISITOR)
        yield from (grant for grant in self.grants if grant.holds_on(day))

    def roles(self, day: date) -> frozenset[Role]:
        """Return the roles of a day."""
        return frozenset(grant.role for grant in self.on(day))

    def neighbourhoods(self, day: date) -> frozenset[str]:
        """Return the neighbourhoods one is the relay of on a day, the lent ones too."""
        own = (grant.neighbourhoods for grant in self.on(day) if grant.role is Role.RELAY)
        return frozenset().union(*own)


VISITOR: Final = Person()
"""Nobody in particular."""
MACHINE: Final = Person(id="machine", grants=(Grant(role=Role.ADMINISTRATOR),))
"""Whoever works at the machine Plein runs on: its commands, its set-up."""
