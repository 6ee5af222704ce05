"""What a person asked to see, and which actors answer it."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from directory.actors import Actor, Wheelchair
from directory.atlas import Atlas
from directory.categories import CATEGORIES
from directory.doors import door_states
from directory.hours import OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Every field narrows; an empty one does not. `open_only` keeps what is open at the moment."""

    text: str = ""
    groups: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    step_free: bool = False
    open_only: bool = False

    @property
    def narrowed_by(self) -> int:
        """How many filters beside the search text are in use."""
        lists = (
            self.groups,
            self.categories,
            self.neighbourhoods,
            self.municipalities,
            self.languages,
        )
        return sum(map(bool, lists)) + self.step_free + self.open_only


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The answer: ids in the order to list them, and the opening state of each.

    `ranked` tells that the order is by relevance; `states` is 1 open, 0 closed, -1 unknown,
    in the order of `ids`.
    """

    ids: tuple[str, ...]
    ranked: bool
    states: NDArray[np.int8]


def select(atlas: Atlas, query: Query, at: datetime) -> Selection:
    """Answer a query at a moment (aware datetime)."""
    ranked = bool(query.text.strip())
    ids = [key for key, _ in atlas.index.find(query.text)] if ranked else list(atlas.listed)
    ids = [key for key in ids if _fits(atlas, atlas.actors[key], query)]
    opening = door_states([atlas.actors[key] for key in ids], at)
    if query.open_only:
        keep = opening == OPEN
        ids = [key for key, kept in zip(ids, keep, strict=True) if kept]
        opening = opening[keep]
    return Selection(ids=tuple(ids), ranked=ranked, states=opening)


def _fits(atlas: Atlas, actor: Actor, query: Query) -> bool:
    where = atlas.whereabouts[actor.id]
    checks = (
        not query.groups or any(CATEGORIES[key].group in query.groups for key in actor.categories),
        not query.categories or any(key in query.categories for key in actor.categories),
        not query.neighbourhoods or where.neighbourhood in query.neighbourhoods,
        not query.municipalities or where.municipality in query.municipalities,
        not query.languages or any(key in query.languages for key in actor.languages),
        not query.step_free or actor.wheelchair is Wheelchair.YES,
    )
    return all(checks)
