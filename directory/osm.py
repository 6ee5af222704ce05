"""What an OpenStreetMap feature becomes in the directory, or why it does not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

from pydantic import ValidationError

from directory.actors import Actor, ActorKind, Wheelchair
from directory.categories import CATEGORIES, OUTSIDE
from directory.contacts import Contact
from directory.hygiene import clean_text
from directory.osm_contacts import read_contacts
from directory.osm_names import read_name, read_street
from directory.places import Address, Place, Point, Precision
from directory.search import plain
from directory.sources import Source
from directory.texts import LANGUAGES, UNDETERMINED, Texts
from geo.errors import BadInputError

SOURCE_NAME = "OpenStreetMap contributors"
LICENCE = "ODbL 1.0"
COPYRIGHT_URL = "https://www.openstreetmap.org/copyright"

BELGIUM = (2.5, 49.45, 6.45, 51.55)
"""West, south, east and north of Belgium, with a margin; degrees."""

_MAIN_KEYS = ("amenity", "healthcare", "social_facility", "office", "shop", "club", "leisure")
_PUBLIC_CATEGORIES = {"police", "municipal-administration", "public-welfare-centre"}
_PUBLIC_OPERATORS = {"public", "government"}
_PUBLIC_NAMES = {"commune", "gemeente", "ville", "stad", "cpas", "ocmw", "vgc", "cocof"}
_OBJECT = re.compile(r"(?:.*/)?(node|way|relation)/([0-9]{1,19})")
_LANGUAGE_KEY = re.compile(r"language:([a-z]{2,3})")


_WHEELCHAIR = {
    "yes": Wheelchair.YES,
    "designated": Wheelchair.YES,
    "limited": Wheelchair.LIMITED,
    "no": Wheelchair.NO,
}

_FIELDS = {
    "addr:street": "street",
    "addr:housenumber": "number",
    "addr:unit": "box",
    "addr:postcode": "postcode",
    "addr:city": "municipality",
    "opening_hours": "hours",
    "description": "descriptions",
    **{f"description:{language}": "descriptions" for language in LANGUAGES},
}
"""The tags kept as they are written, and the field whose limit each meets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A feature of OpenStreetMap: its tags, a point in it, and "node/123" where it is known."""

    tags: Mapping[str, str]
    lon: float
    lat: float
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What became of a feature: an actor, or why not.

    `unmapped` is why the vocabulary has no place for it, `refused` what is wrong with it; `tag`
    is its main one; `dropped` are details of an actor that could not be read.
    """

    tag: str
    actor: Actor | None = None
    unmapped: str = ""
    refused: str = ""
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rule:
    """A tag expression: every condition is a key, an operator ("=", "~", "") and a value."""

    conditions: tuple[tuple[str, str, str], ...]

    def holds(self, tags: Mapping[str, str]) -> bool:
        return all(_holds(tags, *condition) for condition in self.conditions)


def _holds(tags: Mapping[str, str], key: str, operator: str, value: str) -> bool:
    if operator == "~":
        keys = (key, *(f"{key}:{language}" for language in LANGUAGES))
        return any(f" {value} " in f" {plain(tags[name])} " for name in keys if name in tags)
    found = tags.get(key)
    if found is None:
        return False
    return not operator or value in (part.strip() for part in found.split(";"))


@cache
def _rule(expression: str) -> _Rule:
    conditions = []
    for part in expression.split("&&"):
        key, operator, value = re.fullmatch(r"([a-z_:]+)(?:([=~])(.+))?", part.strip()).groups("")  # type: ignore[union-attr]
        conditions.append((key, operator, plain(value) if operator == "~" else value))
    return _Rule(tuple(conditions))


def wanted_tags() -> dict[str, list[str]]:
    """Return the values of each key that some category asks for: what to ask OpenStreetMap.

    >>> "pharmacy" in wanted_tags()["amenity"]
    True
    """
    wanted: dict[str, set[str]] = {}
    for category in CATEGORIES.values():
        for expression in category.osm:
            key, operator, value = _rule(expression).conditions[0]
            if operator == "=":
                wanted.setdefault(key, set()).add(value)
    return {key: sorted(values) for key, values in sorted(wanted.items())}


def categories_of(tags: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """Return the categories of a feature, or none and why the vocabulary has no place for it.

    Among all expressions the tags fulfil those with most conditions count.
    """
    best = 0
    found: list[str] = []
    for category in CATEGORIES.values():
        held = _held(category.osm, tags)
        if held > best:
            best, found = held, [category.id]
        elif held and held == best:
            found.append(category.id)
    outside = ""
    for entry in OUTSIDE:
        held = _held(entry.osm, tags)
        if held > best:
            best, found, outside = held, [], entry.why
    if not found and not outside:
        outside = "no category asks for these tags"
    return tuple(found), outside


def _held(expressions: Iterable[str], tags: Mapping[str, str]) -> int:
    """Count the conditions of the longest expression that the tags fulfil, 0 for none."""
    rules = (_rule(expression) for expression in expressions)
    return max((len(rule.conditions) for rule in rules if rule.holds(tags)), default=0)


def main_tag(tags: Mapping[str, str]) -> str:
    """Return the tag that says best what a feature is, "amenity=bank" say."""
    for key in _MAIN_KEYS:
        if key in tags:
            return f"{key}={plain(tags[key])[:40].replace(' ', '_')}"
    return "no main tag"


def object_reference(given: object) -> str:
    """Return "node/123" for what names an OpenStreetMap object, "" for what does not.

    >>> object_reference("https://www.openstreetmap.org/way/7")
    'way/7'
    """
    found = _OBJECT.fullmatch(given) if isinstance(given, str) else None
    return f"{found[1]}/{found[2]}" if found else ""


def stable_key(feature: Feature, occurrence: int = 1) -> str:
    """Return a reference for a feature without an id: main tag, name, place, and which of twins.

    The place is rounded to four decimals (some ten metres); features that agree in all three
    are told apart by their order.
    """
    name = plain(feature.tags.get("name", "")) or plain(feature.tags.get("name:fr", ""))
    return f"{main_tag(feature.tags)}|{name[:80]}|{feature.lon:.4f},{feature.lat:.4f}|{occurrence}"


def actor_id(reference: str) -> str:
    """Return the id of the actor made from a reference.

    >>> actor_id("node/123")
    'osm-node-123'
    """
    if object_reference(reference):
        return "osm-" + reference.replace("/", "-")
    return "osm-" + sha256(reference.encode()).hexdigest()[:16]


def read_place(feature: Feature, *, read_on: date | None = None) -> Reading:
    """Make an actor of a feature whose reference is set; never raises for what it holds."""
    tag = main_tag(feature.tags)
    west, south, east, north = BELGIUM
    if not (west <= feature.lon <= east and south <= feature.lat <= north):
        swapped = west <= feature.lat <= east and south <= feature.lon <= north
        return Reading(
            tag=tag,
            refused="latitude and longitude are swapped" if swapped else "it lies outside Belgium",
        )
    categories, outside = categories_of(feature.tags)
    if not categories:
        return Reading(tag=tag, unmapped=outside)
    try:
        names = read_name(feature.tags)
        if not names:
            return Reading(tag=tag, unmapped="it has no name")
        contacts, dropped = read_contacts(feature.tags)
        actor = _actor(
            feature,
            names=names,
            categories=categories,
            contacts=contacts,
            more=_details(feature.tags, dropped),
            read_on=read_on,
        )
    except (BadInputError, ValidationError) as error:
        return Reading(tag=tag, refused=_sentence(error))
    return Reading(tag=tag, actor=actor, dropped=tuple(dropped))


def _actor(
    feature: Feature,
    *,
    names: Texts,
    categories: tuple[str, ...],
    contacts: tuple[Contact, ...],
    more: dict[str, str],
    read_on: date | None,
) -> Actor:
    tags = feature.tags
    known = object_reference(feature.reference)
    return Actor(
        id=actor_id(feature.reference),
        kind=_kind(tags, categories),
        names=names,
        descriptions=_descriptions(more),
        categories=categories,
        places=(
            Place(
                precision=Precision.ADDRESS,
                address=_address(more),
                point=Point(lon=feature.lon, lat=feature.lat),
            ),
        ),
        contacts=contacts,
        languages=_languages(tags),
        hours=more["opening_hours"],
        wheelchair=_WHEELCHAIR.get(tags.get("wheelchair", "")),
        source=Source(
            name=SOURCE_NAME,
            licence=LICENCE,
            url=f"https://www.openstreetmap.org/{known}" if known else COPYRIGHT_URL,
            reference=feature.reference,
            read_on=read_on,
        ),
    )


def _details(tags: Mapping[str, str], dropped: list[str]) -> dict[str, str]:
    found = {}
    for key, field in _FIELDS.items():
        try:
            found[key] = clean_text(tags.get(key, ""), field=field)
        except BadInputError:
            found[key] = ""
            dropped.append(key)
    return found


def _address(more: Mapping[str, str]) -> Address:
    return Address(
        street=read_street(more["addr:street"]),
        number=more["addr:housenumber"],
        box=more["addr:unit"],
        postcode=more["addr:postcode"],
        municipality=Texts({UNDETERMINED: more["addr:city"]} if more["addr:city"] else {}),
    )


def _descriptions(more: Mapping[str, str]) -> Texts:
    given = {UNDETERMINED: more["description"]}
    given |= {language: more[f"description:{language}"] for language in LANGUAGES}
    return Texts({language: text for language, text in given.items() if text})


def _languages(tags: Mapping[str, str]) -> tuple[str, ...]:
    spoken = (
        found[1]
        for key, value in tags.items()
        if (found := _LANGUAGE_KEY.fullmatch(key)) and value in ("yes", "main", "only")
    )
    return tuple(sorted(set(spoken)))


def _kind(tags: Mapping[str, str], categories: tuple[str, ...]) -> ActorKind:
    if tags.get("amenity") == "pharmacy":
        return ActorKind.PROFESSIONAL
    operator = set(plain(tags.get("operator", "")).split())
    public = (
        set(categories) & _PUBLIC_CATEGORIES
        or tags.get("operator:type") in _PUBLIC_OPERATORS
        or operator & _PUBLIC_NAMES
    )
    return ActorKind.PUBLIC_SERVICE if public else ActorKind.ORGANISATION


def _sentence(error: BadInputError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        first = error.errors(include_url=False, include_input=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error)
