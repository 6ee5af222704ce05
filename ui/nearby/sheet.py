"""The sheet to take along, written in the person's language and the door's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import geopandas as gpd

from directory.categories import CATEGORIES
from directory.contacts import Contact, ContactKind
from directory.nearby import Pace
from directory.relay_finder import YourRelay
from directory.secrecy import public_contacts
from exchange.handout.ground import streets_around
from exchange.handout.pages import write_handout
from exchange.handout.sheet import LABELS, Entry, Handout, Relay, Words
from geo.errors import N_, BadInputError
from geo.walking import Way
from ui import wording
from ui.language import _, current, ngettext, speaking
from ui.nearby.ground import Ground
from ui.nearby.opening import week_in_words
from ui.nearby.results import Line, facts, warnings, where
from ui.nearby.walks import Walk
from ui.spoken import language_name

WAY_LINES: Final = 6
_ROUND_M: Final = 10


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a sheet is asked to hold; `languages` are the person's and the door's."""

    ground: Ground
    walk: Walk | None
    lines: tuple[Line, ...]
    relay: YourRelay | None
    at: datetime
    languages: tuple[str, str]
    one_map: bool
    address: str
    pace: Pace = Pace.USUAL


def write(asked: Asked) -> bytes:
    """Write the sheet as PDF."""
    mine, door = asked.languages
    labels = {key: (_in(mine, key), _in(door, key)) for key in LABELS}
    with speaking(mine):
        entries = tuple(_entry(asked, line) for line in asked.lines)
        handout = Handout(
            entries=entries,
            languages=asked.languages,
            qr=asked.address,
            printed=wording.day(asked.at.date()),
            title=_("Places for me"),
            relay=_relay(asked),
            streets=_streets(asked, entries),
            sources=_sources(asked),
            one_map=asked.one_map,
            labels=labels,
        )
    return write_handout(handout)


def _in(language: str, key: str) -> str:
    with speaking(language):
        return _(LABELS[key])


def _entry(asked: Asked, line: Line) -> Entry:
    mine, door = asked.languages
    point = line.place.point if line.place else None
    if point is None:
        raise BadInputError(N_("A place without a point cannot be put on a map."))
    way = asked.walk.way(line.found) if asked.walk else None
    words = _words(line, asked)
    with speaking(door):
        second = _words(line, asked) if door != mine else None
    return Entry(
        number=line.number,
        name=line.actor.names.best(mine),
        lon=point.lon,
        lat=point.lat,
        category=words.category,
        address=where(asked.ground, line),
        minutes=_minutes(asked, line),
        way=_streets_walked(way),
        hours=words.hours,
        phones=_phones(line.actor.contacts),
        spoken=words.spoken,
        notes=words.notes,
        estimated=line.found.estimated,
        second=second,
        line=tuple((float(lon), float(lat)) for lon, lat in way.line) if way else (),
    )


def _words(line: Line, asked: Asked) -> Words:
    actor, language = line.actor, current()
    spoken = ", ".join(map(language_name, actor.languages))
    told = facts(actor)
    told = told[1:] if actor.languages else told
    return Words(
        category=" · ".join(CATEGORIES[key].labels.best(language) for key in actor.categories),
        hours=week_in_words(actor.hours, asked.at),
        spoken=spoken,
        notes=(*warnings(asked.ground, actor, asked.at), *told),
    )


def _minutes(asked: Asked, line: Line) -> str:
    minutes = line.found.minutes(asked.pace)
    return "" if minutes is None else ngettext("{n} minute on foot", "{n} minutes on foot", minutes)


def _phones(contacts: tuple[Contact, ...]) -> tuple[str, ...]:
    public = public_contacts(contacts)
    return tuple(one.value for one in public if one.kind is ContactKind.PHONE)


def _streets_walked(way: Way | None) -> tuple[str, ...]:
    """Tell the streets after the first, which is the person's own; short pieces are joined."""
    if way is None:
        return ()
    dutch = current() == "nl"
    told: list[tuple[str, float, bool]] = []
    for part in way.parts:
        name = (part.name_nl if dutch else part.name_fr) or part.name_fr or part.name_nl
        if told and (not name or told[-1][0] == name):
            last = told[-1]
            told[-1] = (last[0], last[1] + part.length_m, last[2] or part.steps)
        else:
            told.append((name, part.length_m, part.steps))
    lines = []
    for name, metres, steps in told[1:][:WAY_LINES]:
        rounded = wording.number(max(_ROUND_M, round(metres / _ROUND_M) * _ROUND_M))
        line = _("{street}, {metres} m", street=name or _("a path"), metres=rounded)
        lines.append(_("{line}, with steps", line=line) if steps else line)
    return tuple(lines)


def _relay(asked: Asked) -> Relay | None:
    found = asked.relay
    relay = (found.relay or found.nearest) if found else None
    if found is None or relay is None:
        return None
    partner = found.partner if found.relay else found.nearest_partner
    contacts = relay.contacts or (partner.contacts if partner else ())
    lines = []
    if partner is not None:
        lines.append(_("Hosted by {partner}", partner=partner.names.best(current())))
        if partner.place is not None:
            lines.append(", ".join(wording.address(partner.place.address, current())))
        lines += week_in_words(partner.hours, asked.at)
    lines += [one.value for one in public_contacts(contacts) if one.kind is not ContactKind.PHONE]
    return Relay(
        name=relay.names.best(current()),
        lines=tuple(line for line in lines if line),
        phones=_phones(contacts),
    )


def _streets(asked: Asked, entries: tuple[Entry, ...]) -> gpd.GeoDataFrame | None:
    """Return the streets around the doors, as the sheet draws them."""
    if asked.ground.walker is None:
        return None
    return streets_around(asked.ground.walker.network, entries, one_map=asked.one_map)


def _sources(asked: Asked) -> str:
    """Name the sources of the places on it, and their licences."""
    named = {
        f"{one.name} ({one.licence})" if one.licence else one.name
        for one in (line.actor.source for line in asked.lines)
    }
    return _("Sources: {sources}", sources="; ".join(sorted(named)))
