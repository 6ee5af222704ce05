"""The answers in words, for the list, the map and the sheet alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, Final
from urllib.parse import quote

from directory.actors import Actor, Appointment, Cost, Wheelchair
from directory.categories import CATEGORIES
from directory.contacts import ContactKind
from directory.hours import CLOSED, OPEN
from directory.nearby import Found, Pace, place_of
from directory.places import Place
from directory.secrecy import public_contacts
from geo.walking import Way
from ui import wording
from ui.doors import door_in_words, notices_told, trust
from ui.language import _, current, ngettext
from ui.nearby.ground import Ground
from ui.nearby.opening import week_in_words
from ui.rows import link_of
from ui.spoken import language_name

NUMBERED: Final = 20
"""Answers with a number and a sign on the map: a page of the list."""
LISTED: Final = 100
"""Answers sent to the list: nobody walks to the hundred and first."""
HOURS_LINES: Final = 4
"""Lines of hours in the list; the card has them all."""
ON_STREET_M: Final = 40.0
"""A door farther from a street than this may be another street's (ours: half a block)."""
STREETS: Final = 8
"""Streets of a way told in the list."""
_STATES: Final = {OPEN: "open", CLOSED: "closed"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An answer and its place in the list, from 1."""

    number: int
    found: Found
    actor: Actor
    place: Place | None


def lines(ground: Ground, found: Sequence[Found]) -> list[Line]:
    """Number the answers that are listed."""
    actors = ground.atlas.actors
    return [
        Line(
            number=number,
            found=one,
            actor=actors[one.id],
            place=place_of(ground.atlas, ground.doors, one),
        )
        for number, one in enumerate(found[:LISTED], 1)
    ]


def items(
    ground: Ground, told: Sequence[Line], at: datetime, pace: Pace, *, present: bool = True
) -> list[dict[str, Any]]:
    """Describe answers for the list in the browser; `present` tells that the moment is now."""
    return [_item(ground, line, at, pace, present=present) for line in told]


def _state(actor: Actor, at: datetime, *, present: bool) -> str:
    """Tell the state of a door; nobody is sent to call who has no number."""
    if not actor.hours and not actor.notices and _phone(actor) is None:
        return _("Hours unknown")
    return door_in_words(actor, at, present=present)


def tell_way(items: Sequence[dict[str, Any]], line: Line | None, way: Way | None) -> None:
    """Tell with the chosen answer how one walks there."""
    if line is not None and way is not None:
        item = items[line.number - 1]
        item["facts"] = [*way_facts(way), *item["facts"]]


def _item(ground: Ground, line: Line, at: datetime, pace: Pace, *, present: bool) -> dict[str, Any]:
    actor, language = line.actor, current()
    first = CATEGORIES[actor.categories[0]]
    return {
        "id": actor.id,
        "n": line.number,
        "name": actor.names.best(language),
        "category": first.labels.best(language),
        "group": first.group,
        "icon": first.icon,
        "walk": on_foot(line.found, pace),
        "estimated": line.found.estimated,
        "state": {
            "kind": _STATES.get(line.found.state, "unknown"),
            "text": _state(actor, at, present=present),
        },
        "facts": [
            *warnings(ground, actor, at),
            *week_in_words(actor.hours, at)[:HOURS_LINES],
            *facts(actor),
        ],
        "address": where(ground, line),
        "phone": _phone(actor),
        "geo": _geo(line),
    }


def way_facts(way: Way) -> list[str]:
    """Tell the streets of a way, and what is hard on it where the data says so."""
    dutch = current() == "nl"
    names = [(part.name_nl if dutch else part.name_fr) or part.name_fr for part in way.parts]
    streets = [name for name, _same in groupby(name for name in names if name)]
    told = [_("By {streets}", streets=" → ".join(streets[:STREETS]))] if streets else []
    if way.has_steps:
        told.append(_("There are steps on the way."))
    if way.is_steep:
        told.append(_("The way is steep: {n} %.", n=round(way.steepest_percent or 0)))
    return told


def on_foot(found: Found, pace: Pace) -> str:
    """Tell the minutes on foot; nothing where the way is not known."""
    minutes = found.minutes(pace)
    return "" if minutes is None else ngettext("{n} minute", "{n} minutes", minutes)


def warnings(ground: Ground, actor: Actor, at: datetime) -> list[str]:
    """Tell what to know before one goes: what holds for a while, and that nobody checked it."""
    doubt = trust(actor, ground.atlas.freshness[actor.id])
    return [*notices_told(actor, at.date()), *([doubt] if doubt else [])]


def facts(actor: Actor) -> list[str]:
    """Tell what is known of a door beside its hours, in a few words each."""
    told = [_("Speaks: {languages}", languages=", ".join(map(language_name, actor.languages)))]
    known = {
        Wheelchair.YES: _("Step-free"),
        Wheelchair.LIMITED: _("Step-free in part"),
        Appointment.NONE: _("Without appointment"),
        Appointment.REQUIRED: _("With appointment only"),
        Cost.FREE: _("Free"),
        Cost.REDUCED: _("Reduced price"),
    }
    told = told if actor.languages else []
    values = (actor.wheelchair, actor.appointment, actor.cost)
    return told + [known[value] for value in values if value in known]


def where(ground: Ground, line: Line) -> str:
    """Tell the address in one line, else the street it stands on, or that neither is known."""
    if line.place is None:
        return _("Address unknown")
    address = wording.address(line.place.address, current())
    if address:
        return ", ".join(address)
    if street := _street(ground, line):
        return _("{street} (as the map shows it)", street=street)
    return _("No address known; the place on the map is.") if line.place.point else ""


def _street(ground: Ground, line: Line) -> str:
    """Name the street of the network a door stands on; "" where none is near or it has no name."""
    door = line.found.door
    if door is None or ground.walker is None or ground.spots.away_m[door] > ON_STREET_M:
        return ""
    network = ground.walker.network
    name = network.name[ground.spots.edge[door]]
    dutch = current() == "nl"
    return str((network.names_nl if dutch else network.names_fr)[name] or network.names_fr[name])


def _phone(actor: Actor) -> dict[str, str] | None:
    for contact in public_contacts(actor.contacts):
        if contact.kind is ContactKind.PHONE:
            link = link_of(contact)
            return {"text": link.text, "href": link.href}
    return None


def _geo(line: Line) -> str | None:
    """Write the link a phone opens its own map with: only the place, no way from the person."""
    point = line.place.point if line.place else None
    if point is None:
        return None
    name = quote(line.actor.names.best(current())[:80])
    return f"geo:{point.lat:.6f},{point.lon:.6f}?q={point.lat:.6f},{point.lon:.6f}({name})"


def signs(told: Sequence[Line]) -> list[dict[str, Any]]:
    """Describe the numbered signs of the map."""
    language, found = current(), []
    for line in told[:NUMBERED]:
        point = line.place.point if line.place else None
        if point is None:
            continue
        first = CATEGORIES[line.actor.categories[0]]
        found.append(
            {
                "id": line.actor.id,
                "n": line.number,
                "lon": round(point.lon, 5),
                "lat": round(point.lat, 5),
                "group": first.group,
                "icon": first.icon,
                "name": line.actor.names.best(language),
                "sub": first.labels.best(language),
            }
        )
    return found
