"""A local map as a poster, in each of its languages; nothing but what its web page tells."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import shapely

from directory.atlas import Atlas
from directory.categories import CATEGORIES
from directory.local_maps import LocalMap
from directory.local_maps.numbering import Line, numbered
from exchange.poster.sheet import LABELS, Entry, Ground, Heading, Logo, Poster, Relay
from layers.palette import palette
from ui import wording
from ui.language import _, speaking
from ui.plan.telling import Told, plan_of, speech_of

BASE_SOURCE: Final = "© OpenStreetMap (ODbL)"


def poster_of(
    local_map: LocalMap,
    atlas: Atlas,
    ground: Ground,
    at: datetime,
    *,
    address: str,
    edition: bool = False,
    logos: Mapping[str, bytes] | None = None,
) -> Poster:
    """Write a local map down for paper.

    `at` is the day it is as of; `edition`: it will be kept as the edition of that day. `address` is
    that of the live map, `logos` PNG pictures by SHA-256.

    Raises:
        BadInputError: nobody is on the map.
    """
    languages = local_map.languages
    told = [
        plan_of(local_map, atlas, code, at, present=False, edition=edition) for code in languages
    ]
    found = numbered(local_map, atlas)
    entries = [_by_number(each) for each in told]
    return Poster(
        titles=tuple(each["title"]["text"] for each in told),
        languages=languages,
        area=found.area if not shapely.is_empty(found.area) else _around(found.lines),
        entries=tuple(
            _entry(line, [each[line.number] for each in entries]) for line in found.lines
        ),
        headings=_headings(found.categories, local_map, languages),
        ground=ground,
        introductions=tuple(" ".join(each["introduction"]["paragraphs"]) for each in told),
        relay=_relay(told),
        logos=tuple(
            Logo(name=maker.name, png=(logos or {})[maker.logo])
            for maker in local_map.makers
            if maker.logo in (logos or {})
        ),
        makers=", ".join(maker.name for maker in local_map.makers),
        qr=address,
        edition=_day(local_map, at),
        sources=" · ".join(_sources(told[0]["sources"])),
        labels=_labels(local_map, edition=edition),
        accent=told[0]["accent"],
        signs=local_map.signs,
        details=frozenset(part.value for part in local_map.parts),
    )


def _by_number(told: Told) -> dict[int, Told]:
    return {each["number"]: each for section in told["sections"] for each in section["entries"]}


def _entry(line: Line, told: Sequence[Told]) -> Entry:
    phones = [link["text"] for link in told[0]["links"] if link["kind"] == "phone"]
    return Entry(
        number=line.number,
        names=tuple(each["name"]["text"] for each in told),
        heading=line.category,
        lon=line.point.lon if line.point else None,
        lat=line.point.lat if line.point else None,
        house=line.house,
        address=tuple(each["address"].split(", ")[0] for each in told),
        phones=tuple(phones[:2]),
        hours=tuple(tuple(each["hours"]) if line.actor.hours else () for each in told),
        line=tuple((each["line"] or {"text": each["ask_relay"]})["text"] for each in told),
    )


def _sources(told: Sequence[str]) -> list[str]:
    """Name whom the ground is from too, unless somebody on the map is from there already."""
    known = any("OpenStreetMap" in one for one in told)
    return [*told] if known else [BASE_SOURCE, *told]


def _headings(
    categories: Sequence[str], local_map: LocalMap, languages: Sequence[str]
) -> tuple[Heading, ...]:
    colours = palette()
    found = []
    for key in categories:
        category = CATEGORIES[key]
        names = tuple(category.labels.best(speech_of(local_map, code)) for code in languages)
        shape, colour = colours.shapes[category.group], colours.groups[category.group]
        found.append(Heading(key=key, names=names, colour=colour, shape=shape))
    return tuple(found)


def _relay(told: Sequence[Told]) -> Relay | None:
    """Return the relay the area has most of, in every language."""
    if not told[0]["relays"]:
        return None
    first: list[dict[str, Any]] = [each["relays"][0] for each in told]
    phones = [link["text"] for link in first[0]["links"] if link["kind"] == "phone"]
    others = [link["text"] for link in first[0]["links"] if link["kind"] != "phone"]
    return Relay(
        names=tuple(each["name"] for each in first),
        lines=tuple(
            tuple(filter(None, [*each["lines"], *others, each["unreachable"]])) for each in first
        ),
        phones=tuple(phones),
    )


def _day(local_map: LocalMap, at: datetime) -> tuple[str, ...]:
    found = []
    for code in local_map.languages:
        with speaking(speech_of(local_map, code)):
            found.append(wording.day(at.date()))
    return tuple(found)


def _labels(local_map: LocalMap, *, edition: bool) -> dict[str, tuple[str, ...]]:
    """Say the fixed words in each language, those we do not speak in the first one we do."""
    found: dict[str, list[str]] = {key: [] for key in LABELS}
    for code in local_map.languages:
        with speaking(speech_of(local_map, code)):
            for key, text in LABELS.items():
                found[key].append(_(text))
            if not edition:  # it is of today, and of tomorrow when it is printed again
                found["edition"][-1] = _("As of {day}").replace("{day}", "{date}")
    return {key: tuple(texts) for key, texts in found.items()}


def _around(lines: Sequence[Line]) -> shapely.Geometry:
    """Return the ground around the places of a map whose neighbourhood is gone."""
    points = [(line.point.lon, line.point.lat) for line in lines if line.point] or [(4.35, 50.85)]
    return shapely.MultiPoint(points).buffer(0.002).envelope
