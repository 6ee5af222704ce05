"""Everything a local map tells on the web, in one language: plain data, to be escaped on output.

Made from what everyone may see (`Atlas.listed`), and from nothing else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import shapely

from directory.actors import Actor
from directory.atlas import Atlas
from directory.categories import CATEGORIES, GROUPS
from directory.contacts import ContactKind
from directory.doors import door_states
from directory.hours import CLOSED, OPEN
from directory.local_maps import LocalMap, Order, Part
from directory.local_maps.numbering import Line, Numbered, houses, numbered
from directory.places import Place
from directory.search import fold
from directory.secrecy import public_contacts
from directory.texts import LANGUAGES, Texts
from exchange.excerpt import excerpt
from layers.palette import palette
from ui import wording
from ui.doors import door_in_words, notices_told, trust
from ui.hours_rules import hours_lines
from ui.language import NAMES, _, speaking
from ui.plan.relays import relays_of
from ui.plan.words import counted, said_of, words
from ui.rows import link_of
from ui.spoken import own_name

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "ps", "yi", "sd", "ug"})
LINE_LETTERS: Final = 160
"""Of a description so much is told: two lines of a column (our choice)."""
LINK_LETTERS: Final = 32
"""Of a website longer than that only the site is read (our choice)."""
STATES: Final = {int(OPEN): "open", int(CLOSED): "closed"}
Told = dict[str, Any]


def languages_of(local_map: LocalMap) -> tuple[str, ...]:
    """Return the languages a map is read in: its own, then those the screens speak."""
    own = local_map.languages
    return own + tuple(code for code in LANGUAGES if code not in own)


def speech_of(local_map: LocalMap, language: str) -> str:
    """Return the language of the words around the names: the first of ours, for a reader.

    >>> from datetime import date
    >>> told = {"id": "a", "titles": {"fr": "A"}, "neighbourhood_id": "a", "author": "A"}
    >>> made = LocalMap(**told, made_on=date(2026, 11, 27), languages=("ar", "nl"))
    >>> speech_of(made, "ar"), speech_of(made, "en")
    ('nl', 'en')
    """
    wished = (language, *local_map.languages, LANGUAGES[0])
    return next(code for code in wished if code in LANGUAGES)


def direction(language: str) -> str:
    """Return the way a language is written.

    >>> direction("ar"), direction("nl")
    ('rtl', 'ltr')
    """
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def plan_of(
    local_map: LocalMap,
    atlas: Atlas,
    language: str,
    at: datetime,
    *,
    present: bool = True,
    edition: bool = False,
) -> Told:
    """Tell a local map to a reader of a language at a moment.

    `present`: the moment is now, so that it can be said who is open; `edition`: this will be kept
    as an edition of that day. Keys: id, language, words_in, dir, title, introduction, accent,
    signs, languages, rings, relays, count, groups, sections (each with its entries), houses,
    nobody, nowhere, told_now, makers, sources, day, words.
    """
    with speaking(speech_of(local_map, language)):
        asked = _Asked(local_map, atlas, language, at, present)
        told = _told(asked, numbered(local_map, atlas))
        return {**told, "day": said_of(at.date(), edition=edition)}


@dataclass(frozen=True, slots=True)
class _Asked:
    local_map: LocalMap
    atlas: Atlas
    language: str
    at: datetime
    present: bool


def _told(asked: _Asked, found: Numbered) -> Told:
    local_map, language = asked.local_map, asked.language
    speech = speech_of(local_map, language)
    colours = palette()
    entries = _entries(asked, found.lines)
    return {
        "id": local_map.id,
        "language": language,
        "words_in": speech,
        "dir": direction(language),
        "title": text_of(local_map.titles, language),
        "introduction": _paragraphs(local_map.introductions, language),
        "accent": {**colours.base, **colours.groups}[local_map.accent],
        "signs": local_map.signs,
        "languages": [
            {"code": code, "name": NAMES.get(code) or own_name(code), "dir": direction(code)}
            for code in languages_of(local_map)
        ],
        "rings": _rings(found.area),
        "relays": relays_of(local_map, asked.atlas, found.area, language),
        "count": counted(len(entries)),
        "groups": _groups(entries, language),
        "sections": _sections(local_map.order, entries, language),
        "houses": _houses(found.lines),
        "nobody": not entries,
        "nowhere": bool(shapely.is_empty(found.area)),
        "told_now": asked.present and Part.HOURS in local_map.parts,
        "makers": [maker.name for maker in local_map.makers],
        "sources": _sources(asked, found),
        "words": words(),
    }


def text_of(texts: Texts, language: str) -> Told:
    """Tell a text to a reader: its wording, the language and the direction of that wording."""
    told_in = texts.best_language(language) or ""
    code = told_in if len(told_in) == 2 else ""  # noqa: PLR2004 - "und" is no language
    return {"text": texts.best(language), "lang": code, "dir": direction(code) if code else "auto"}


def _paragraphs(texts: Texts, language: str) -> Told:
    told = text_of(texts, language)
    lines = [line.strip() for line in told["text"].splitlines()]
    return {**told, "paragraphs": [line for line in lines if line]}


def _entries(asked: _Asked, lines: Sequence[Line]) -> list[Told]:
    states = door_states([line.actor for line in lines], asked.at) if lines else ()
    return [_entry(asked, line, int(state)) for line, state in zip(lines, states, strict=True)]


def _entry(asked: _Asked, line: Line, state: int) -> Told:
    actor, language, parts = line.actor, asked.language, asked.local_map.parts
    category = CATEGORIES[line.category]
    colours = palette()
    shape = colours.shapes[category.group] if asked.local_map.signs == "shape" else "circle"
    told: Told = {
        "number": line.number,
        "id": actor.id,
        "name": text_of(actor.names, language),
        "category": category.labels.best(language),
        "category_id": category.id,
        "group": category.group,
        "colour": colours.groups[category.group],
        "shape": shape,
        "placed": line.point is not None,
        "find": _findable(actor),
        "address": _where(asked.atlas, line.place, language) if Part.ADDRESS in parts else "",
        "links": _links(actor, parts),
        "ask_relay": _("Please do not contact directly; ask the relay.")
        if actor.do_not_contact
        else "",
        "line": _line(actor, language) if Part.LINE in parts else None,
        "doubt": trust(actor, asked.atlas.freshness[actor.id]),
        "state": "",
        "state_told": "",
        "hours": [],
    }
    if Part.HOURS in parts:
        told |= _hours(asked, actor, state)
    return told


def _hours(asked: _Asked, actor: Actor, state: int) -> Told:
    day = asked.at.date()
    week = [*hours_lines(actor.hours, day)] if actor.hours else []
    told = [*week, *notices_told(actor, day)] or [_("Hours unknown, please call first")]
    if not asked.present:
        return {"hours": told}
    now = door_in_words(actor, asked.at)
    return {
        "state": STATES.get(state, "unknown"),
        "state_told": now,
        "hours": [line for line in told if line != now],
    }


def _links(actor: Actor, parts: Iterable[Part]) -> list[Told]:
    """Tell how to reach an actor: its phones where the map tells them, and always its site."""
    kinds = {ContactKind.WEBSITE} | ({ContactKind.PHONE} if Part.PHONE in parts else set())
    return [
        {"text": short(link.text), "href": link.href, "kind": one.kind.value}
        for one in public_contacts(actor.contacts)
        if one.kind in kinds
        for link in (link_of(one),)
    ]


def short(address: str) -> str:
    """Return what is read of a website: all of a short address, the site of a long one.

    >>> short("exemple.be/ici"), short("exemple.be/index.php?page=contact&langue=fr")
    ('exemple.be/ici', 'exemple.be')
    """
    return address if len(address) <= LINK_LETTERS else address.split("/", maxsplit=1)[0]


def _line(actor: Actor, language: str) -> Told | None:
    if not actor.descriptions:
        return None
    told = text_of(actor.descriptions, language)
    text = " ".join(told["text"].split())
    if len(text) > LINE_LETTERS:
        text = text[:LINE_LETTERS].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
    return {**told, "text": text}


def _where(atlas: Atlas, place: Place | None, language: str) -> str:
    if place is None:
        return ""
    if lines := wording.address(place.address, language):
        return ", ".join(lines)
    if place.point is not None:
        return ""
    where = atlas.area_of(place)
    return (
        atlas.sector_name(where.sector, language)
        or atlas.neighbourhood_name(where.neighbourhood, language)
        or atlas.municipality_name(where.municipality, language)
    )


def _findable(actor: Actor) -> str:
    """Return what a search looks through, in every language."""
    texts = [*actor.names.values()]
    for key in actor.categories:
        texts += CATEGORIES[key].labels.values()
    for place in actor.places:
        texts += place.address.street.values()
    return fold(" ".join(dict.fromkeys(texts)))


def _groups(entries: Sequence[Told], language: str) -> list[Told]:
    """Tell the groups that have somebody, each with its categories."""
    of_group: dict[str, dict[str, str]] = {}
    looks = {entry["group"]: (entry["colour"], entry["shape"]) for entry in entries}
    for key, category in CATEGORIES.items():
        if any(entry["category_id"] == key for entry in entries):
            told = category.labels.best(language)
            of_group.setdefault(category.group, {})[key] = told
    return [
        {
            "key": key,
            "name": GROUPS[key].labels.best(language),
            "colour": looks[key][0],
            "shape": looks[key][1],
            "categories": [{"key": one, "name": name} for one, name in categories.items()],
        }
        for key, categories in of_group.items()
    ]


def _sections(order: Order, entries: Sequence[Told], language: str) -> list[Told]:
    """Put the entries under their headings; who has no place of its own under the last."""
    placed = [entry for entry in entries if entry["placed"]]
    unplaced = [entry for entry in entries if not entry["placed"]]
    found = []
    if order is Order.CATEGORY:
        for key, category in CATEGORIES.items():
            if within := [entry for entry in placed if entry["category_id"] == key]:
                found.append(_section(key, category.labels.best(language), within, within[0]))
    elif placed:
        found.append(_section("all", "", placed))
    if unplaced:
        found.append(
            _section("unplaced", _("No fixed place, or a place that is not told"), unplaced)
        )
    return found


def _section(
    key: str, title: str, entries: Sequence[Told], look: Mapping[str, Any] | None = None
) -> Told:
    return {
        "key": key,
        "title": title,
        "look": look,
        "by_category": look is not None,
        "entries": [*entries],
    }


def _houses(lines: Sequence[Line]) -> list[Told]:

    return [
        {
            "at": [round(shared[0].point.lat, 6), round(shared[0].point.lon, 6)],
            "numbers": [line.number for line in shared],
        }
        for shared in houses(lines).values()
        if shared[0].point is not None
    ]


def _rings(area: Any) -> list[list[list[float]]]:
    """Return the outer rings of an area as [lat, lon], five decimals: about a metre."""
    parts = getattr(area, "geoms", [area])
    return [
        [[round(lat, 5), round(lon, 5)] for lon, lat in part.exterior.coords]
        for part in parts
        if not part.is_empty
    ]


def _sources(asked: _Asked, found: Numbered) -> list[str]:
    """Name who the facts and the outlines come from, with their licences."""
    told = excerpt(asked.atlas, (line.actor.id for line in found.lines), asked.language)
    named = [
        f"{wording.source(one.name)} ({one.licence})" if one.licence else wording.source(one.name)
        for one in told.credits
    ]
    territory = asked.atlas.territory
    if territory.schematic:
        return [*named, _("Schematic outlines, computed from the register")]
    outlines = f"{territory.source} {territory.situation} ({territory.licence})"
    return [*named, outlines]
