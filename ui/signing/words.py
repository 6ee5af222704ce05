"""Roles, grounds and days, told in the reader's language."""

from datetime import date

from directory.people import Grant, Role
from ui import state
from ui.language import _, current
from ui.wording import day


def role(value: Role) -> str:
    """Name a role."""
    return {
        Role.VISITOR: _("Visitor"),
        Role.CONTRIBUTOR: _("Contributor"),
        Role.ACTOR: _("Actor"),
        Role.RELAY: _("Relay"),
        Role.COORDINATOR: _("Coordinator"),
        Role.PLANNER: _("Planner"),
        Role.ADMINISTRATOR: _("Administrator"),
    }[value]


def may_do(value: Role) -> str:
    """Tell in a line what a role is for."""
    return {
        Role.VISITOR: _("Proposes, and follows what became of it."),
        Role.CONTRIBUTOR: _("Proposes under a name of their own."),
        Role.ACTOR: _("Keeps its own record right."),
        Role.RELAY: _("Decides in its neighbourhoods."),
        Role.COORDINATOR: _("Decides everywhere, gives roles."),
        Role.PLANNER: _("Reads everything but private notes, keeps scenarios and figures."),
        Role.ADMINISTRATOR: _("Everything, administrators too."),
    }[value]


def neighbourhood(key: str) -> str:
    """Name a neighbourhood."""
    return state.atlas().neighbourhood_name(key, current()) or key


def actor(key: str) -> str:
    """Name an actor."""
    found = state.store().directory().actors.get(key)
    return found.names.best(current()) if found else key


def grant(value: Grant, *, lent_by: str = "") -> str:
    """Tell a role with its ground and its days: "Relay: Marolles, until 4 December 2026"."""
    ground = [
        *sorted(neighbourhood(key) for key in value.neighbourhoods),
        *sorted(actor(key) for key in value.actors),
    ]
    told = role(value.role)
    if ground:
        told = _("{role}: {ground}", role=told, ground=", ".join(ground))
    if days := _days(value.from_day, value.to_day):
        told = f"{told}, {days}"
    return _("{role} (lent by {name})", role=told, name=lent_by) if lent_by else told


def _days(first: date | None, last: date | None) -> str:
    if first and last:
        return _("from {first} until {last}", first=day(first), last=day(last))
    if first:
        return _("from {first}", first=day(first))
    return _("until {last}", last=day(last)) if last else ""
