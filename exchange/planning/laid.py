"""All of a description as tables: its own, its maps area by area, its places, and what it is."""

import re
from collections.abc import Iterable
from typing import Final

from exchange.planning.areas import area_names
from exchange.planning.described import Column, Credit, Described, ShadedMap, Table
from exchange.planning.words import Words

_NAME_LIMIT: Final = 40
_NOT_IN_A_NAME: Final = re.compile("[^a-z0-9]+")


def tables(described: Described) -> tuple[Table, ...]:
    """Return the tables in their order."""
    return tuple(part for part in described.parts if isinstance(part, Table))


def maps(described: Described) -> tuple[ShadedMap, ...]:
    """Return the maps in their order."""
    return tuple(part for part in described.parts if isinstance(part, ShadedMap))


def all_tables(described: Described, words: Words) -> tuple[Table, ...]:
    """Return every table: a map told area by area, all marks together at the end."""
    told = [
        part if isinstance(part, Table) else _told_by_area(described, part, words)
        for part in described.parts
    ]
    marks = _marks(described, words)
    return (*told, marks) if marks.rows else tuple(told)


def credits_of(described: Described, words: Words) -> tuple[Credit, ...]:
    """Return the sources; that of the outlines is among them, since every map draws them."""
    ground = described.territory
    if any(credit.name == ground.source for credit in described.credits):
        return described.credits
    outlines = Credit(
        name=ground.source,
        licence=ground.licence,
        date=ground.situation,
        gave=words.say("outlines"),
    )
    return (*described.credits, outlines)


def method_of(described: Described, words: Words) -> tuple[str, ...]:
    """Return the method; that outlines are schematic is always said."""
    if not described.territory.schematic:
        return described.method
    return (*described.method, words.say("schematic"))


def class_label(shaded: ShadedMap, place: int, words: Words) -> str:
    """Name a class of a map; a place that is not in its key is not known."""
    return shaded.key[place].label if 0 <= place < len(shaded.key) else words.say("unknown")


def _told_by_area(described: Described, shaded: ShadedMap, words: Words) -> Table:
    names = area_names(described, shaded.level)
    named = bool(names)
    columns = [Column(id="code", title=words.say("code"))]
    columns += [Column(id="name", title=words.say("name"))] if named else []
    columns.append(Column(id="class", title=words.say("class")))
    return Table(
        id=shaded.id,
        title=f"{words.say('map')}: {shaded.title}",
        columns=tuple(columns),
        rows=tuple(
            (key, *((names.get(key),) if named else ()), class_label(shaded, place, words))
            for key, place in zip(shaded.ids, shaded.classes, strict=True)
        ),
        notes=shaded.notes,
    )


def _marks(described: Described, words: Words) -> Table:
    return Table(
        id="places",
        title=words.say("places"),
        columns=(
            Column(id="map", title=words.say("map")),
            Column(id="name", title=words.say("name")),
            Column(id="lon", title=words.say("longitude"), kind="number"),
            Column(id="lat", title=words.say("latitude"), kind="number"),
            Column(id="sign", title=words.say("sign")),
        ),
        rows=tuple(
            (shaded.title, mark.label, mark.lon, mark.lat, words.say(mark.symbol))
            for shaded in maps(described)
            for mark in shaded.marks
        ),
    )


def about(described: Described, words: Words) -> list[tuple[str, str]]:
    """Tell what it is, line by line: what was asked, in short, method, sources, notes."""
    lines = [
        (described.title, ""),
        *((what, words.date(answer)) for what, answer in described.facts),
        (words.say("made_on"), words.day(described.made_on)),
        ("", ""),
    ]
    lines += _listed(words.say("summary"), described.summary)
    lines += _listed(words.say("notes"), [words.say("empty_cell")])
    for part in described.parts:
        lines += _listed(part.title, part.notes)
    lines += _listed(words.say("method"), method_of(described, words))
    named = [_credit(credit, words) for credit in credits_of(described, words)]
    return lines + _listed(words.say("sources"), named)


def _listed(title: str, texts: Iterable[str]) -> list[tuple[str, str]]:
    return [(title if n == 0 else "", text) for n, text in enumerate(texts)]


def _credit(credit: Credit, words: Words) -> str:
    told = " · ".join(filter(None, (credit.gave, words.date(credit.date), credit.licence)))
    return f"{credit.name}: {told}" if told else credit.name


def file_names(ids: Iterable[str], *, taken: Iterable[str] = ()) -> list[str]:
    """Make names of files and layers of ids: a few safe characters, each name once.

    >>> file_names(["coverage", "Coverage", "../../etc", "été"], taken=["about"])
    ['coverage', 'coverage_2', 'etc', 't']
    """
    used, named = set(taken), []
    for key in ids:
        base = _NOT_IN_A_NAME.sub("_", key.lower()).strip("_")[:_NAME_LIMIT] or "table"
        name, n = base, 1
        while name in used:
            n += 1
            name = f"{base}_{n}"
        used.add(name)
        named.append(name)
    return named
