"""Coverage of the present directory, measured once for all who look."""

from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Final

from directory.atlas import Atlas
from directory.categories import CATEGORIES, GROUPS
from geo.coverage import Coverage, Services, Vague, demand
from geo.walking import Walker
from ui.nearby.ground import Ground, ground

VERIFIED_DAYS: Final = 365
"""A check older than a year is none (ours, until categories have periods of their own)."""
WORDS: Final = (*GROUPS, *CATEGORIES)
"""What can be asked for: groups first, then categories."""
_PLACE: Final = {word: place for place, word in enumerate(WORDS)}


@dataclass(frozen=True, eq=False)
class Measured:
    """The coverage, the actor of each of its services, and who walked."""

    atlas: Atlas
    ids: tuple[str, ...]
    walker: Walker
    coverage: Coverage

    def place(self, word: str) -> int:
        """Return the row of a group or category."""
        return _PLACE[word]


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    ground: Ground | None = None
    made: Measured | None = None


_kept = {False: _Kept(), True: _Kept()}


def measured(*, verified_only: bool) -> Measured | None:
    """Return the present coverage; None where there are no streets to walk."""
    known = ground()
    kept = _kept[verified_only]
    with kept.lock:
        if kept.ground is not known:
            kept.made = _made(known, verified_only=verified_only)
            kept.ground = known
        return kept.made


def _made(known: Ground, *, verified_only: bool) -> Measured | None:
    if known.walker is None:
        return None
    atlas = known.atlas
    people = demand(atlas.territory, known.walker.network)
    services = _services(known)
    return Measured(
        atlas=atlas,
        ids=known.doors.ids,
        walker=known.walker,
        coverage=Coverage.of(known.walker, people, services, verified_only=verified_only),
    )


def _services(known: Ground) -> Services:
    atlas, oldest = known.atlas, known.atlas.day - timedelta(days=VERIFIED_DAYS)
    actors = [atlas.actors[key] for key in known.doors.ids]
    return Services.of(
        atlas.territory,
        known.spots,
        [_offers(actor.categories) for actor in actors],
        categories=len(WORDS),
        verified=[bool(actor.verified_on and actor.verified_on >= oldest) for actor in actors],
        vague=_vague(atlas),
    )


def _offers(categories: tuple[str, ...]) -> list[int]:
    groups = {CATEGORIES[key].group for key in categories}
    return sorted(_PLACE[word] for word in (*groups, *categories))


def _vague(atlas: Atlas) -> list[Vague]:
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
            found.append(Vague(categories=tuple(_offers(actor.categories)), sectors=known))
    return found
