"""The fields of a record and what stands in them, in words of the reader."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from directory.activities import ActivityTheme, ActivityType
from directory.actors import ActorKind, Appointment, Cost, Status, Wheelchair
from directory.categories import CATEGORIES
from directory.clock import BRUSSELS
from directory.contacts import ContactKind, Visibility
from directory.merging import Path
from directory.notices import Notice
from directory.places import Address, Precision
from directory.store import Kind
from directory.texts import UNDETERMINED
from directory.versions import Way
from ui import state, wording
from ui.doors import notice_in_words
from ui.language import _, current, ngettext
from ui.spoken import language_name

_LONG: Final = 600
"""Letters of a value that are told; of a longer one the beginning."""


def label(path: Path) -> str:
    """Name a field, as "Name: Français" or "Phone +32 2 …"."""
    names = {
        "names": _("Name"),
        "titles": _("Title"),
        "descriptions": _("Description"),
        "audience": _("For whom"),
        "frequency": _("How often"),
        "kind": _("Kind"),
        "type": _("Type"),
        "theme": _("Theme"),
        "categories": _("Categories"),
        "places": _("Place"),
        "place": _("Place"),
        "contacts": _("Contact"),
        "languages": _("Languages"),
        "hours": _("Hours"),
        "wheelchair": _("Step-free"),
        "appointment": _("Appointment"),
        "cost": _("Price"),
        "consent": _("Consent"),
        "status": _("Visibility"),
        "source": _("Source"),
        "verified_on": _("Verified on"),
        "verified_by": _("Verified by"),
        "schedule": _("When"),
        "municipality": _("Municipality"),
        "partner_id": _("Hosted by"),
        "neighbourhood_id": _("Neighbourhood"),
        "actor_ids": _("Organised by"),
        "relay_ids": _("Organised by"),
        "valid_from": _("Holds from"),
        "valid_to": _("Until"),
        "notices": _("For a while"),
        "secret_place": _("Its place is secret"),
        "do_not_contact": _("Do not contact it directly"),
    }
    told = names.get(path[0], path[0])
    if path[0] in ("names", "titles", "descriptions", "audience", "frequency") and path[1:]:
        return with_language(told, path[1])
    if path[0] == "contacts" and path[1:]:
        kind, _space, value = path[1].partition(" ")
        of = f"{contact_kind(kind)} {value}"
        part = {"visibility": _("who sees it"), "label": _("what it is for")}
        return f"{of}: {part.get(path[2], path[2])}" if path[2:] else of
    return told


def spoken(code: str) -> str:
    """Name the language of a text."""
    return _("as on the door") if code == UNDETERMINED else language_name(code)


def with_language(asked: str, code: str) -> str:
    """Name a text in one language: "Name (Dutch)"."""
    named = spoken(code)
    if current() == "fr":  # which writes languages small
        named = f"{named[:1].lower()}{named[1:]}"
    return f"{asked} ({named})"


def told(path: Path, value: Any) -> str:
    """Tell what stands in a field, in a line."""
    if value in (None, "", [], {}):
        return _("nothing")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(told(path, one) for one in value)
    field = path[0]
    if isinstance(value, Mapping):
        return _object(field, value)
    if field == "contacts" and path[-1] == "visibility":
        return visibility(value)
    words = _words(field, str(value))
    return words if len(words) <= _LONG else f"{words[:_LONG]}…"


def _object(field: str, value: Mapping[str, Any]) -> str:
    tellers: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "places": place,
        "place": place,
        "contacts": _contact,
        "notices": lambda one: notice_in_words(Notice.model_validate(one), state.now().date()),
        "source": lambda one: " ".join(filter(None, (one.get("name"), one.get("licence")))),
        "consent": lambda one: " \N{EN DASH} ".join(
            _day(one.get(name)) for name in ("given_on", "ends_on")
        ),
        "schedule": _schedule,
    }
    return tellers.get(field, _joined)(value)


def _joined(value: Mapping[str, Any]) -> str:
    return ", ".join(map(str, value.values()))


def _contact(value: Mapping[str, Any]) -> str:
    if "value" not in value:
        return _joined(value)
    kind = contact_kind(value["kind"])
    return f"{kind} {value['value']} ({visibility(value['visibility'])})"


def _schedule(value: Mapping[str, Any]) -> str:
    start = datetime.fromisoformat(value["start"]).astimezone(BRUSSELS)
    return " ".join(filter(None, (wording.moment(start, None), value.get("rrule"))))


def _words(field: str, value: str) -> str:
    language = current()
    if field == "categories":
        return CATEGORIES[value].labels.best(language) if value in CATEGORIES else value
    if field == "languages":
        return language_name(value)
    if field in ("verified_on", "valid_from", "valid_to"):
        return _day(value)
    enums: dict[str, Any] = {
        "kind": (ActorKind, wording.actor_kind),
        "type": (ActivityType, wording.activity_type),
        "theme": (ActivityTheme, theme),
        "status": (Status, status),
        "wheelchair": (Wheelchair, lambda one: "".join(wording.wheelchair(one))),
        "appointment": (Appointment, lambda one: "".join(wording.appointment(one))),
        "cost": (Cost, lambda one: "".join(wording.cost(one))),
    }
    if field in enums and value in list(enums[field][0]):
        kind, tell = enums[field]
        return str(tell(kind(value)))
    return value


def _day(value: str | None) -> str:
    return wording.day(date.fromisoformat(value)) if value else _("not known")


def place(value: Mapping[str, Any]) -> str:
    """Tell where a place is and how exactly that is known."""
    atlas, language = state.atlas(), current()
    found = Address.model_validate(value.get("address") or {})
    lines = wording.address(found, language)
    area, precision = str(value.get("area") or ""), value.get("precision")
    if precision == Precision.NEIGHBOURHOOD:
        name = atlas.neighbourhood_name(area, language) or area
        lines.append(_("somewhere in {area}", area=name))
    elif precision == Precision.SECTOR:
        lines.append(_("somewhere in {area}", area=atlas.sector_name(area, language) or area))
    elif precision == Precision.MUNICIPALITY:
        name = atlas.municipality_name(area, language) or area
        lines.append(_("somewhere in {area}", area=name))
    elif value.get("point"):
        point = value["point"]
        lines.append(f"({point['lat']:.5f}, {point['lon']:.5f})")
    return ", ".join(lines) or _("nothing")


def contact_kind(value: str) -> str:
    """Name a way to reach somebody."""
    return {
        ContactKind.PHONE: _("Phone"),
        ContactKind.EMAIL: _("E-mail"),
        ContactKind.WEBSITE: _("Website"),
    }.get(ContactKind(value) if value in list(ContactKind) else ContactKind.PHONE, value)


def visibility(value: str) -> str:
    """Tell who sees a contact."""
    return {
        Visibility.PUBLIC: _("everyone"),
        Visibility.ACTORS: _("actors and relays"),
        Visibility.RELAYS: _("relays only"),
    }[Visibility(value)]


def status(value: Status) -> str:
    """Tell whether the public sees a record."""
    return {
        Status.DRAFT: _("draft: only relays see it"),
        Status.PUBLISHED: _("on the map"),
        Status.ARCHIVED: _("archived: closed or gone"),
    }[value]


def theme(value: ActivityTheme) -> str:
    """Name what an activity is about."""
    return {
        ActivityTheme.RIGHTS: _("rights"),
        ActivityTheme.LANGUAGE: _("language"),
        ActivityTheme.HEALTH: _("health"),
        ActivityTheme.HOUSING: _("housing"),
        ActivityTheme.ENERGY: _("energy"),
        ActivityTheme.CHILDREN: _("children"),
        ActivityTheme.DIGITAL: _("digital"),
        ActivityTheme.MEETING_PEOPLE: _("meeting people"),
    }[value]


def way(value: Way) -> str:
    """Tell by which way a change came."""
    return {
        Way.PAGE: _("on the page"),
        Way.IMPORT: _("from a file"),
        Way.OSM: _("from OpenStreetMap"),
        Way.SEED: _("from the report of 2022"),
        Way.COMMAND: _("by a command"),
        Way.LINK: _("through a link"),
        Way.PROPOSAL: _("from a proposal"),
        Way.RESTORED: _("an earlier version brought back"),
        Way.UNDONE: _("a change undone"),
    }[value]


def counted(kind: Kind, n: int) -> str:
    """Count records of a kind."""
    return {
        Kind.ACTOR: ngettext("{n} place", "{n} places", n),
        Kind.ACTIVITY: ngettext("{n} activity", "{n} activities", n),
        Kind.RELAY: ngettext("{n} relay", "{n} relays", n),
        Kind.PARTNER: ngettext("{n} partner", "{n} partners", n),
        Kind.NEIGHBOURHOOD: ngettext("{n} neighbourhood", "{n} neighbourhoods", n),
        Kind.INDICATOR: ngettext("{n} figure", "{n} figures", n),
        Kind.SCENARIO: ngettext("{n} scenario", "{n} scenarios", n),
        Kind.LOCAL_MAP: ngettext("{n} local map", "{n} local maps", n),
    }[kind]


def name(facts: Mapping[str, Any]) -> str:
    """Name a record."""
    found: Mapping[str, str] = facts.get("names") or facts.get("titles") or {}
    language = current()
    for code in (language, UNDETERMINED, "fr", "nl", "en"):
        if found.get(code):
            return found[code]
    return next(iter(found.values()), str(facts.get("title") or facts.get("id") or ""))
