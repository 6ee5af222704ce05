"""Which actors are on a local map, in which order, under which numbers and in which house."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from directory.actors import Actor
from directory.atlas import Atlas
from directory.categories import CATEGORIES
from directory.local_maps.records import LocalMap, Order
from directory.places import Place, Point
from directory.search import plain
from geo.crs import LAMBERT_72, WGS_84, project_shapes

UNPLACED: Final = ""
"""The house of an actor without a place of its own on the map."""
_SAME_DOOR_DEGREES: Final = 5
"""Decimals of a degree, about a metre: points that differ by less are one door (our choice)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One actor on the map: its number, the category it stands under, its place.

    `point` is None where it has no place, or one that is not told. Actors with the same `house`
    are at the same door.
    """

    number: int
    actor: Actor
    category: str
    place: Place | None
    point: Point | None
    house: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """The actors of a local map by number, the area it shows, and who was asked for in vain.

    `area` is in EPSG:4326; `gone` are ids named one by one that nobody sees any more.
    """

    lines: tuple[Line, ...]
    area: shapely.Geometry
    gone: tuple[str, ...] = ()

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories that have an actor, in the order of the vocabulary."""
        used = {line.category for line in self.lines}
        return tuple(key for key in CATEGORIES if key in used)


def area_of(local_map: LocalMap, atlas: Atlas) -> shapely.Geometry:
    """Return what a map shows, in EPSG:4326; an empty polygon where its neighbourhood is gone."""
    if local_map.area:
        return shapely.Polygon([(point.lon, point.lat) for point in local_map.area])
    return area_of_neighbourhood(local_map.neighbourhood_id, atlas)


def area_of_neighbourhood(neighbourhood_id: str, atlas: Atlas) -> shapely.Geometry:
    """Return a neighbourhood in EPSG:4326; an empty polygon where it is gone."""
    found = atlas.neighbourhoods.get(neighbourhood_id)
    sectors = atlas.territory.sectors
    codes = [code for code in (found.sectors if found else ()) if code in sectors.index]
    whole = shapely.union_all(sectors.loc[codes].geometry.to_numpy()) if codes else None
    if whole is None:
        return shapely.Polygon()
    degrees: shapely.Geometry = project_shapes(whole, source=LAMBERT_72, target=WGS_84)
    return degrees


def numbered(local_map: LocalMap, atlas: Atlas) -> Numbered:
    """Choose and number the actors of a local map, as everyone may see them today.

    The first language of the map settles the alphabet. An actor with several places stands at the
    first one within the area. One whose place is not told is on the map of its neighbourhood,
    without a point.
    """
    area = area_of(local_map, atlas)
    shapely.prepare(area)
    asked, left_out = set(local_map.with_actors), set(local_map.without_actors)
    wanted = set(local_map.categories)
    found = []
    for key, actor in atlas.listed.items():
        if key in left_out:
            continue
        place = _place_within(actor, area, local_map, atlas)
        named = key in asked
        shown = [each for each in actor.categories if not wanted or each in wanted]
        if not named and (place is None or not shown):
            continue
        found.append((actor, (shown or list(actor.categories))[0], place or _first(actor)))
    ordered = sorted(found, key=lambda each: _rank(each, local_map))
    lines = tuple(
        Line(
            number=n,
            actor=actor,
            category=category,
            place=place,
            point=place.point if place else None,
            house=_house(place),
        )
        for n, (actor, category, place) in enumerate(ordered, 1)
    )
    return Numbered(lines=lines, area=area, gone=tuple(sorted(asked - set(atlas.listed))))


def _first(actor: Actor) -> Place | None:
    return actor.places[0] if actor.places else None


def _place_within(
    actor: Actor, area: shapely.Geometry, local_map: LocalMap, atlas: Atlas
) -> Place | None:
    for place in actor.places:
        if place.point is not None:
            if shapely.contains_xy(area, place.point.lon, place.point.lat):
                return place
        elif local_map.neighbourhood_id and (
            atlas.area_of(place).neighbourhood == local_map.neighbourhood_id
        ):
            return place
    return None


def _rank(found: tuple[Actor, str, Place | None], local_map: LocalMap) -> tuple[object, ...]:
    actor, category, place = found
    language = local_map.languages[0]
    name = (plain(actor.names.best(language)), actor.id)
    if local_map.order is Order.NORTH:
        north = -place.point.lat if place and place.point else 91.0
        return (north, *name)
    if local_map.order is Order.STREET:
        street = plain(place.address.street.best(language)) if place else ""
        number = _house_number(place.address.number) if place else (0, "")
        return (not street, street, number, *name)
    return (_PLACE_OF[category], *name)


_PLACE_OF: Final = {key: n for n, key in enumerate(CATEGORIES)}


def _house_number(text: str) -> tuple[int, str]:
    digits = "".join(text[: len(text) - len(text.lstrip("0123456789"))])
    return (int(digits) if digits else 0, text)


def _house(place: Place | None) -> str:
    if place is None or place.point is None:
        return UNPLACED
    return f"{place.point.lon:.{_SAME_DOOR_DEGREES}f},{place.point.lat:.{_SAME_DOOR_DEGREES}f}"


def houses(lines: Sequence[Line]) -> dict[str, tuple[Line, ...]]:
    """Return the lines of each house that has a place, by house, in the order of their numbers."""
    found: dict[str, list[Line]] = {}
    for line in lines:
        if line.house:
            found.setdefault(line.house, []).append(line)
    return {key: tuple(each) for key, each in found.items()}
