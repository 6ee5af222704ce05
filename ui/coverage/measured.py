"""Coverage of the directory of a day, measured once for all who look."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock
from typing import Final

import numpy as np
from numpy.typing import NDArray

from directory.actors import Actor
from directory.atlas import Atlas
from directory.categories import CATEGORIES, GROUPS
from directory.indicators import BySector, Indicator
from directory.nearby import Doors, doors
from geo.coverage import (
    Catcher,
    Coverage,
    RolledUp,
    Services,
    Vague,
    demand,
    members,
    nearest_min,
    roll_up,
)
from geo.geocoding.gazetteer import SCALE
from geo.levels import Level
from geo.walking import Spots, Walker
from ui import state
from ui.coverage.inhabitants import counted, inhabitants
from ui.nearby.ground import Ground, ground

VERIFIED_DAYS: Final = 365
"""A check older than a year is none (ours, until categories have periods of their own)."""
WORDS: Final = (*GROUPS, *CATEGORIES)
"""What can be asked for: groups first, then categories."""
KEPT: Final = 6
"""Coverages kept: today and another day, each of all and of the verified, and two more."""
_PLACE: Final = {word: place for place, word in enumerate(WORDS)}


@dataclass(frozen=True, eq=False)
class Measured:
    """The coverage of a day, the actor of each of its services, who walked, how many live where."""

    atlas: Atlas
    ids: tuple[str, ...]
    walker: Walker
    coverage: Coverage
    people: BySector | None
    _areas: dict[Level, RolledUp] = field(default_factory=dict)
    _walked_m: dict[int, NDArray[np.float64]] = field(default_factory=dict)
    _minutes: dict[tuple[Level, int], NDArray[np.float64]] = field(default_factory=dict)

    @property
    def population(self) -> Indicator | None:
        """Where the people come from; None where nobody knows how many there are."""
        return self.people.indicator if self.people else None

    def place(self, word: str) -> int:
        """Return the row of a group or category."""
        return _PLACE[word]

    def members(self, level: Level) -> dict[str, NDArray[np.int64]]:
        """Return the places of the sectors of each area of a level."""
        return members(self.atlas.territory, level, self.atlas.neighbourhoods.values())

    def areas(self, level: Level) -> RolledUp:
        """Return the measures of the areas of a level, rolled up at the first call.

        A call takes 20 to 70 ms for all 48 categories and groups (2026-11): too little to do it
        one by one. Sectors are as they are.
        """
        if level not in self._areas:
            self._areas[level] = (
                self._sectors()
                if level is Level.SECTOR
                else roll_up(self.coverage, self.members(level))
            )
        return self._areas[level]

    def minutes(self, level: Level, word: str) -> NDArray[np.float64]:
        """Return minutes to the nearest for each area, also where it is beyond 15: walked on.

        One search through the network at the first call, for this word alone.
        """
        key = level, self.place(word)
        if key not in self._minutes:
            self._minutes[key] = (
                self.coverage.nearest_min(key[1])
                if level is Level.SECTOR
                else nearest_min(self.coverage, key[1], self.members(level))
            )
        return self._minutes[key]

    def walked_m(self, word: str) -> NDArray[np.float64]:
        """Return metres from every point where people live to the nearest, kept as `minutes`."""
        row = self.place(word)
        if row not in self._walked_m:
            self._walked_m[row] = self.coverage.walked_m(row)
        return self._walked_m[row]

    def _sectors(self) -> RolledUp:
        people = self.coverage.people
        return RolledUp(
            ids=tuple(str(code) for code in self.coverage.demand.codes),
            people=np.nan_to_num(people, nan=0.0),
            unknown=np.isnan(people).astype(np.int64),
            cells=self.coverage.cells,
        )


@dataclass
class _Kept:
    """What was measured, each for as long as what it was measured of is the present one."""

    lock: Lock = field(default_factory=Lock)
    base: tuple[object, ...] = ()
    catcher: Catcher | None = None
    made: OrderedDict[tuple[date | None, bool, str], Measured] = field(default_factory=OrderedDict)


_kept = _Kept()


def measured(
    *, verified_only: bool, day: date | None = None, weights: str = "slow"
) -> Measured | None:
    """Return the coverage of a day; None where there are no streets to walk.

    A change of the directory costs 60 ms at the next look: where people live and how one walks
    from there is kept (1,800 places, 724 sectors, streets of the City, 2026-11).

    Args:
        verified_only: count only what was checked in the year before the day.
        day: None or today for the present.
        weights: of the zones of E2SFCA, a name in `geo.coverage.ZONE_WEIGHTS`.

    Raises:
        BadInputError: a day to come, or before the first entry.
    """
    known = ground()
    if known.walker is None:
        return None
    past = day if day is not None and day != known.atlas.day else None
    atlas = known.atlas if past is None else state.past_atlas(past)
    key = past, verified_only, weights
    with _kept.lock:
        catcher = _catcher(known, known.walker)
        found = _kept.made.get(key)
        if found is None or found.atlas is not atlas or found.coverage.catcher is not catcher:
            found = _made(known, catcher, atlas, verified_only=verified_only, weights=weights)
        _kept.made[key] = found
        _kept.made.move_to_end(key)
        while len(_kept.made) > KEPT:
            _kept.made.popitem(last=False)
        return found


def _catcher(known: Ground, walker: Walker) -> Catcher:
    """Place the people once: at addresses if a list of them is there, else as `demand` says."""
    gazetteer = known.geocoder.gazetteer if known.geocoder else None
    base = known.atlas.territory, walker, gazetteer
    same = [one is other for one, other in zip(base, _kept.base, strict=False)]
    if _kept.catcher is None or not all(same):
        addresses = None
        if gazetteer is not None and gazetteer.houses:
            addresses = np.column_stack([gazetteer.house_lon, gazetteer.house_lat]) / SCALE
        people = demand(known.atlas.territory, walker.network, addresses)
        _kept.base, _kept.catcher = base, Catcher(walker, people)
    return _kept.catcher


def _made(
    known: Ground, catcher: Catcher, atlas: Atlas, *, verified_only: bool, weights: str
) -> Measured:
    walker, there, spots = catcher.walker, known.doors, known.spots
    if atlas is not known.atlas:
        there = doors(atlas)
        spots = walker.network.snap(there.lon, there.lat)
    people = inhabitants(atlas)
    return Measured(
        atlas=atlas,
        ids=there.ids,
        walker=walker,
        coverage=Coverage.of(
            walker,
            catcher.demand,
            _services(atlas, there, spots),
            counted(people, atlas),
            verified_only=verified_only,
            weights=weights,
            catcher=catcher,
        ),
        people=people,
    )


def _services(atlas: Atlas, there: Doors, spots: Spots) -> Services:
    oldest = atlas.day - timedelta(days=VERIFIED_DAYS)
    actors = [atlas.actors[key] for key in there.ids]
    return Services.of(
        atlas.territory,
        spots,
        [_offers(actor.categories) for actor in actors],
        categories=len(WORDS),
        verified=[_is_verified(actor, oldest) for actor in actors],
        vague=_vague(atlas, oldest),
    )


def _offers(categories: tuple[str, ...]) -> list[int]:
    groups = {CATEGORIES[key].group for key in categories}
    return sorted(_PLACE[word] for word in (*groups, *categories))


def _is_verified(actor: Actor, oldest: date) -> bool:
    return actor.verified_on is not None and actor.verified_on >= oldest


def _vague(atlas: Atlas, oldest: date) -> list[Vague]:
    """List who is known only by a part of town: they may be in any of its sectors."""
    found = []
    for key, actor in atlas.actors.items():
        if not actor.places or any(place.point for place in actor.places):
            continue
        where = atlas.whereabouts[key]
        sectors: tuple[str, ...] = ()
        if where.sector:
            sectors = (where.sector,)
        elif where.neighbourhood:
            sectors = tuple(atlas.neighbourhoods[where.neighbourhood].sectors)
        elif where.municipality:
            towns = atlas.territory.sectors["municipality"]
            sectors = tuple(towns.index[towns == where.municipality])
        known = tuple(code for code in sectors if code in atlas.territory.sectors.index)
        if known:
            found.append(
                Vague(
                    categories=tuple(_offers(actor.categories)),
                    sectors=known,
                    verified=_is_verified(actor, oldest),
                )
            )
    return found
