"""Drafts of neighbourhoods in words: names, advice, what changed."""

from collections.abc import Iterable, Mapping
from datetime import date

from geo.adjacency import pieces
from geo.errors import PleinError
from geo.neighbourhood_edits import Area, Draft, advice
from geo.neighbourhoods import Breach
from ui import state, wording
from ui.language import _, current, ngettext
from ui.territory.desk import Desk
from ui.territory.people import People

NAMED_MAX = 6
"""Sectors named in one sentence; more are counted."""


def named(key: str, draft: Draft, *others: Draft) -> str:
    """Name a neighbourhood, from the first draft that has it; by its id where none has."""
    language = current()
    for one in (draft, *others):
        if key in one.areas:
            names = one.areas[key].names
            return names.get(language) or names.get("fr") or next(iter(names.values()), key)
    return key


def sector(code: str) -> str:
    """Name a sector; by its code where it is not known."""
    return state.atlas().sector_name(code, current()) or code


def sectors(codes: Iterable[str]) -> str:
    """Name sectors in one phrase."""
    return listed(map(sector, codes))


def listed(names: Iterable[str]) -> str:
    """List names in one phrase; many are counted."""
    told = sorted(names)
    shown = ", ".join(told[:NAMED_MAX])
    left = len(told) - NAMED_MAX
    return (
        shown
        if left <= 0
        else ngettext("{list} and {n} more", "{list} and {n} more", left, list=shown)
    )


def said(breach: Breach, draft: Draft, *others: Draft) -> str:
    """Tell a broken rule by the names people know."""
    params = dict(breach.params)
    if "codes" in params:
        params["codes"] = sectors(str(params["codes"]).split(", "))
    if "other" in params:
        params["other"] = named(str(params["other"]), draft, *others)
    if {"start", "end"} <= params.keys():
        params |= {
            one: wording.day(date.fromisoformat(str(params[one]))) for one in ("start", "end")
        }
    return _(breach.message, **params) if params else _(breach.message)


def broken(
    desk: Desk, draft: Draft, only: Iterable[str], *, day: date | None = None
) -> dict[str, list[Breach]]:
    """Return the rules that some neighbourhoods of a draft break, by neighbourhood.

    The draft holds from a day on, by default that of the desk.
    """
    neighbours = desk.territory.neighbours
    try:
        found = advice(
            draft, desk.stored, day=day or desk.day, neighbours=neighbours, only=set(only)
        )
    except PleinError as error:
        desk.problem = error
        return {}
    by_place: dict[str, list[Breach]] = {}
    for breach in found:
        by_place.setdefault(breach.neighbourhood_id, []).append(breach)
    return by_place


def facts(area: Area, neighbours: Mapping[str, frozenset[str]], people: People | None) -> str:
    """Tell of a neighbourhood how many sectors, pieces and people it has."""
    parts = len(pieces(area.sectors & neighbours.keys(), neighbours))
    told = [ngettext("{n} sector", "{n} sectors", len(area.sectors))]
    if parts > 1:
        told.append(ngettext("{n} piece", "{n} pieces", parts))
    elif parts:
        told.append(_("in one piece"))
    told.append(people_of(area.sectors, people))
    return " · ".join(told)


def people_of(codes: Iterable[str], people: People | None, *, short: bool = False) -> str:
    """Tell how many people live in some sectors; unknown is said, never counted as nobody."""
    if people is None:
        return _("unknown") if short else _("people: unknown")
    known, unknown = people.of(codes)
    number = wording.number(round(known))
    if short:
        return _("at least {n}", n=number) if unknown else number
    told = ngettext("{n} inhabitant", "{n} inhabitants", round(known))
    if not unknown:
        return told
    return _(
        "at least {people} (unknown in {sectors})",
        people=told,
        sectors=ngettext("{n} sector", "{n} sectors", unknown),
    )


def moved(before: Draft, after: Draft) -> list[dict[str, str]]:
    """List the sectors that are elsewhere afterwards, for a table."""
    none = _("In no neighbourhood")

    def told(keys: tuple[str, ...]) -> str:
        return ", ".join(named(key, after, before) for key in keys) or none

    return [
        {
            _("Sector"): sector(code),
            _("Before"): told(then),
            _("After"): told(now),
            _("Code"): code,
        }
        for code, then, now in before.handed_over(after)
    ]
