"""A selection of the directory on its way out: public facts only, whoever asks."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from directory.actors import Actor
from directory.atlas import Atlas
from directory.categories import CATEGORIES, GROUPS
from directory.secrecy import public_contacts

_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 and UTF-8 cannot hold; the directory's gate stops most of it."""
_LINE: Final = re.compile("\r\n?")


@dataclass(frozen=True, slots=True)
class Credit:
    """A source the excerpt draws on: its name, licence, and how many of the actors are from it."""

    name: str
    licence: str
    actors: int


@dataclass(frozen=True)
class Excerpt:
    """What a format writes: make it with `excerpt`, which leaves out what is not public.

    `actors` are in the order asked for; `language` is the reader's, for labels.
    """

    atlas: Atlas
    actors: tuple[Actor, ...]
    language: str

    @property
    def exported_on(self) -> str:
        """The day of the atlas, ISO 8601: the same atlas gives the same bytes at any hour."""
        return self.atlas.day.isoformat()

    @cached_property
    def credits(self) -> tuple[Credit, ...]:
        """The sources with their licences, the one with most actors first."""
        counts: dict[tuple[str, str], int] = {}
        for actor in self.actors:
            key = (writable(actor.source.name), writable(actor.source.licence))
            counts[key] = counts.get(key, 0) + 1
        ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple(Credit(*key, actors) for key, actors in ranked)

    @property
    def territory_credit(self) -> dict[str, str | bool]:
        """Where the outlines come from, and whether they are drawn from the register alone."""
        territory = self.atlas.territory
        return {
            "source": territory.source,
            "licence": territory.licence,
            "situation": territory.situation,
            "schematic": territory.schematic,
        }

    def label_of(self, actor: Actor) -> str:
        """The name of an actor for the reader."""
        return writable(actor.names.best(self.language))

    def group_of(self, actor: Actor) -> str:
        """The group of an actor's first category, which gives its colour."""
        return CATEGORIES[actor.categories[0]].group

    def group_label(self, actor: Actor) -> str:
        """The name of that group for the reader."""
        return GROUPS[self.group_of(actor)].labels.best(self.language)


def writable(text: str) -> str:
    """Return the text without what no file can hold, its line ends as one character."""
    return _LINE.sub("\n", _UNWRITABLE.sub("", text))


def excerpt(atlas: Atlas, ids: Iterable[str], language: str) -> Excerpt:
    """Take out the public facts of some actors, in the order of their ids, each once.

    An id that is hidden (a draft, an archived actor, a resident whose consent ended) and one
    that nobody knows are left out alike, so that the answer tells nothing about the first.
    """
    shown = atlas.actors
    kept = [_public(shown[key]) for key in dict.fromkeys(ids) if key in shown]
    return Excerpt(atlas, tuple(kept), language)


def _public(actor: Actor) -> Actor:
    facts = {"contacts": public_contacts(actor.contacts), "verified_by": "", "consent": None}
    return actor.model_copy(update=facts)
