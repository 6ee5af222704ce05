"""What this process keeps for every answer: streets to walk, names of streets, doors.

Nothing here is of a person: no position and no address that was asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from threading import Lock

from directory.atlas import Atlas
from directory.nearby import Doors, doors
from directory.needs import Need
from directory.relay_finder import RelayFinder
from directory.search import Index, SearchText
from exchange.gazetteer import gazetteer_version, open_gazetteer
from exchange.needs import open_needs
from exchange.settings import settings
from exchange.walking import network_version, open_network
from geo.geocoding import Geocoder, NamedPlace
from geo.walking import Spots, Walker
from ui import state


@dataclass(frozen=True, eq=False)
class Ground:
    """What answers stand on, of one state of the directory and of the files of set-up.

    `spots` are the doors' places on the streets, `spots_step_free` on those without stairs; `areas`
    finds neighbourhoods ("n:" and their id) and sectors by name.
    """

    atlas: Atlas
    doors: Doors
    walker: Walker | None
    spots: Spots
    spots_step_free: Spots
    geocoder: Geocoder | None
    relays: RelayFinder
    areas: Index


def ground() -> Ground:
    """Return the present one, made anew when the directory or a file of set-up changed."""
    home = settings().home
    atlas, key = state.atlas(), (gazetteer_version(home), network_version(home))
    with _kept.lock:
        made = _kept.ground
        if made is None or made.atlas is not atlas or _kept.key != key:
            made = _kept.ground = _made(atlas, *key)
            _kept.key = key
        return made


def needs() -> Mapping[str, Need]:
    """Return the needs of this installation, by id."""
    return open_needs(settings().home)


@dataclass
class _Kept:
    lock: Lock = field(default_factory=Lock)
    key: tuple[str, str] = ("", "")
    ground: Ground | None = None


_kept = _Kept()


def _made(atlas: Atlas, gazetteer: str, network: str) -> Ground:
    there = doors(atlas)
    walker = _walker(network)
    return Ground(
        atlas=atlas,
        doors=there,
        walker=walker,
        spots=_snapped(walker, there, step_free=False),
        spots_step_free=_snapped(walker, there, step_free=True),
        geocoder=_geocoder(atlas, gazetteer),
        relays=RelayFinder(atlas),
        areas=_areas(atlas),
    )


def _snapped(walker: Walker | None, there: Doors, *, step_free: bool) -> Spots:
    if walker is None:
        return Spots.unsnapped(there.lon, there.lat)
    return walker.network.snap(there.lon, there.lat, step_free=step_free)


@lru_cache(maxsize=1)
def _walker(version: str) -> Walker | None:
    network = open_network(settings().home) if version else None
    return Walker(network) if network is not None else None


@lru_cache(maxsize=1)
def _streets(version: str) -> Geocoder | None:
    gazetteer = open_gazetteer(settings().home) if version else None
    if gazetteer is None:
        return None
    made = Geocoder(gazetteer, remembered=0)
    made.suggest("rue")  # its index is made at the first word: not while somebody types
    return made


def _geocoder(atlas: Atlas, gazetteer: str) -> Geocoder | None:
    streets = _streets(gazetteer)
    if streets is None:
        return None
    named = []
    for actor in atlas.listed.values():
        point = next((place.point for place in actor.places if place.point), None)
        if point is not None:
            names = tuple(actor.names.values())
            named.append(NamedPlace(id=actor.id, names=names, lon=point.lon, lat=point.lat))
    return streets.with_places(named)


def _areas(atlas: Atlas) -> Index:
    names: dict[str, tuple[str, ...]] = {}
    for key, area in atlas.neighbourhoods.items():
        names[f"n:{key}"] = tuple(area.names.values())
    sectors = atlas.territory.sectors
    for code, fr, nl in zip(sectors.index, sectors["name_fr"], sectors["name_nl"], strict=True):
        names[str(code)] = (str(fr), str(nl))
    return Index({key: SearchText(name=list(dict.fromkeys(found))) for key, found in names.items()})
