"""Which doors answer a need, by how far one walks to them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil, inf
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.actors import Actor, Appointment, Cost, Wheelchair
from directory.atlas import Atlas
from directory.doors import door_states
from directory.hours import OPEN, Opening
from directory.places import Place
from geo.walking import Walked


class Pace(StrEnum):
    """How fast one walks."""

    USUAL = "usual"
    SLOW = "slow"

    @property
    def m_per_min(self) -> float:
        """Metres a minute: 4.8 km/h, or 3 km/h with a pram, a stick or small children."""
        return _M_PER_MIN[self]


_M_PER_MIN: Final = {Pace.USUAL: 4800 / 60, Pace.SLOW: 3000 / 60}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What must hold; every field narrows, an empty one does not.

    What is not known of a place does not fulfil a wish: nobody is sent to a door on a guess.
    """

    ids: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    step_free: bool = False
    no_appointment: bool = False
    free: bool = False
    open_only: bool = False


@dataclass(frozen=True, slots=True)
class Doors:
    """Every place of the public actors that has a point: whose, which of theirs, and where.

    `lon` and `lat` are degrees (EPSG:4326); `number` counts an actor's places from 0.
    """

    ids: tuple[str, ...]
    number: tuple[int, ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One answer: an actor, its nearest place and the way there.

    `metres` is None where only the area of the place is known, or no way leads there; `door` is
    the place's row in `Doors`, `estimated` tells that the way was not walked along streets.
    """

    id: str
    state: Opening
    metres: float | None = None
    door: int | None = None
    estimated: bool = False

    def minutes(self, pace: Pace) -> int | None:
        """Return the minutes on foot, rounded up; None where the way is not known."""
        return None if self.metres is None else max(1, ceil(self.metres / pace.m_per_min))


def doors(atlas: Atlas) -> Doors:
    """List the places one can walk to."""
    rows = [
        (actor.id, number, place.point)
        for actor in atlas.actors.values()
        for number, place in enumerate(actor.places)
        if place.point is not None
    ]
    return Doors(
        ids=tuple(row[0] for row in rows),
        number=tuple(row[1] for row in rows),
        lon=np.array([row[2].lon for row in rows], dtype=np.float64),
        lat=np.array([row[2].lat for row in rows], dtype=np.float64),
    )


def place_of(atlas: Atlas, there: Doors, found: Found) -> Place | None:
    """Return the place an answer leads to."""
    places = atlas.actors[found.id].places
    if found.door is not None:
        return places[there.number[found.door]]
    return places[0] if places else None


def answer(atlas: Atlas, there: Doors, ways: Walked, wish: Wish, at: datetime) -> list[Found]:
    """Return who fulfils a wish at a moment (aware), nearest first, then who has no known way.

    `ways` is how far each of the doors is, in their order; what is equally far is in the order of
    the ids.
    """
    fitting = {key for key, actor in atlas.listed.items() if fulfils(actor, wish)}
    nearest = _nearest(there, ways.metres, fitting)
    ids = sorted(fitting, key=lambda key: (nearest.get(key, (inf, -1))[0], key))
    opening = door_states([atlas.actors[key] for key in ids], at)
    found = []
    for key, state in zip(ids, opening.tolist(), strict=True):
        if wish.open_only and state != OPEN:
            continue
        walked, door = nearest.get(key, (inf, -1))
        found.append(
            Found(
                id=key,
                state=Opening(state),
                metres=None if walked == inf else walked,
                door=door if door >= 0 else None,
                estimated=door >= 0 and bool(ways.estimated[door]),
            )
        )
    return found


def fulfils(actor: Actor, wish: Wish) -> bool:
    """Whether what is known of an actor fulfils a wish; the hours are another matter."""
    checks = (
        not wish.ids or actor.id in wish.ids,
        not wish.categories or any(key in wish.categories for key in actor.categories),
        not wish.languages or any(key in wish.languages for key in actor.languages),
        not wish.step_free or actor.wheelchair is Wheelchair.YES,
        not wish.no_appointment or actor.appointment in (Appointment.NONE, Appointment.POSSIBLE),
        not wish.free or actor.cost is Cost.FREE,
    )
    return all(checks)


def _nearest(
    there: Doors, metres: NDArray[np.float64], fitting: set[str]
) -> dict[str, tuple[float, int]]:
    """Take the nearest place of each actor: its metres and its row."""
    nearest: dict[str, tuple[float, int]] = {}
    for row, (key, walked) in enumerate(zip(there.ids, metres.tolist(), strict=True)):
        if key in fitting and walked <= nearest.get(key, (inf, -1))[0]:
            nearest[key] = (walked, row)
    return nearest
