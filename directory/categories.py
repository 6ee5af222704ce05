"""The closed vocabulary of what an actor does: eight groups and their categories."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from directory.texts import LANGUAGES, Texts
from geo.errors import N_, BadInputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A family of categories that shares one colour; the palette is the layers' business."""

    id: str
    labels: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """One word of the vocabulary.

    `icon` is "maki:name" or "temaki:name"; `osm` are the tag expressions that OpenStreetMap
    features of this category fulfil (see directory/categories.toml).
    """

    id: str
    group: str
    labels: Texts
    icon: str
    osm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """Places OpenStreetMap offers that the vocabulary does not hold, and why."""

    why: str
    osm: tuple[str, ...]


def _labels(entry: Mapping[str, Any]) -> Texts:
    return Texts({language: entry[language] for language in LANGUAGES})


_Word = TypeVar("_Word", Group, Category)


def _unique(records: Iterable[_Word]) -> Mapping[str, _Word]:
    known: dict[str, _Word] = {}
    for record in records:
        if record.id in known:
            raise BadInputError(N_("The id “{id}” is given twice."), id=record.id)
        known[record.id] = record
    return MappingProxyType(known)


_FILE = tomllib.loads(Path(__file__).with_name("categories.toml").read_text(encoding="utf-8"))
_VOCABULARY = _FILE["group"]

GROUPS: Mapping[str, Group] = _unique(
    Group(id=entry["id"], labels=_labels(entry)) for entry in _VOCABULARY
)
"""The groups by id, in the order they are shown."""

CATEGORIES: Mapping[str, Category] = _unique(
    Category(
        id=entry["id"],
        group=group["id"],
        labels=_labels(entry),
        icon=entry["icon"],
        osm=tuple(entry["osm"]),
    )
    for group in _VOCABULARY
    for entry in group["category"]
)
"""The categories by id, group after group, in the order they are shown."""

OUTSIDE: tuple[Outside, ...] = tuple(
    Outside(why=entry["why"], osm=tuple(entry["osm"])) for entry in _FILE["outside"]
)
"""What is left out of an import on purpose."""


def known_category(id: str) -> str:  # noqa: A002 - the record's own word
    """Return the id of a category, or refuse it.

    Raises:
        BadInputError: the vocabulary has no such category.

    >>> known_category("pharmacy")
    'pharmacy'
    """
    if id not in CATEGORIES:
        raise BadInputError(
            N_("“{id}” is no category of the vocabulary. Choose one of its ids."), id=id[:80]
        )
    return id
