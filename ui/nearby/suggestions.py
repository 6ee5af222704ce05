"""What the field proposes while one types: streets and addresses, places, parts of town."""

from dataclasses import asdict, dataclass
from typing import Any, Final

from directory.search import fold
from geo.geocoding import Candidate
from ui.nearby.ground import Ground

MOST: Final = 8
PLACES: Final = 3
AREAS: Final = 2
TEXT_MAX: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One line: what it is called, what tells it from others, and where it is (EPSG:4326)."""

    id: str
    kind: str
    label: str
    sub: str
    lon: float
    lat: float


def suggest(ground: Ground, text: str, language: str) -> list[dict[str, Any]]:
    """Propose up to eight lines for what has been typed so far."""
    typed = text.strip()[:TEXT_MAX]
    if not fold(typed).strip():
        return []
    places, areas = _places(ground, typed, language), _areas(ground, typed, language)
    streets = _streets(ground, typed, language)[: MOST - len(places) - len(areas)]
    return [asdict(one) for one in (*streets, *places, *areas)]


def street_line(found: Candidate, language: str) -> tuple[str, str]:
    """Write a street or an address as a reader says it, and the town it is in."""
    dutch = language == "nl"
    street = (found.street_nl if dutch else found.street_fr) or found.street_fr or found.street_nl
    town = found.municipality_nl if dutch else found.municipality_fr
    return " ".join(filter(None, (street, found.number))), " ".join(
        filter(None, (found.postcode, town))
    )


def _streets(ground: Ground, typed: str, language: str) -> list[Suggestion]:
    if ground.geocoder is None:
        return []
    lines = []
    for number, found in enumerate(ground.geocoder.suggest(typed, MOST)):
        if found.lon is not None and found.lat is not None:
            label, sub = street_line(found, language)
            kind = "address" if found.number else "street"
            lines.append(
                Suggestion(
                    id=f"s{number}", kind=kind, label=label, sub=sub, lon=found.lon, lat=found.lat
                )
            )
    return lines


def _places(ground: Ground, typed: str, language: str) -> list[Suggestion]:
    first = fold(typed).split()[0]
    lines: list[Suggestion] = []
    for key, _ in ground.atlas.index.find(typed):
        actor = ground.atlas.actors[key]
        point = next((place.point for place in actor.places if place.point), None)
        named = any(first in fold(name) for name in actor.names.values())
        if point is not None and named:
            where = ground.atlas.whereabouts[key]
            lines.append(
                Suggestion(
                    id=key, kind="place", label=actor.names.best(language),
                    sub=ground.atlas.municipality_name(where.municipality, language),
                    lon=point.lon, lat=point.lat,
                )
            )  # fmt: skip
        if len(lines) == PLACES:
            break
    return lines


def _areas(ground: Ground, typed: str, language: str) -> list[Suggestion]:
    """Propose neighbourhoods and sectors: a municipality is too large to walk from."""
    atlas, lines = ground.atlas, []
    for key, _ in ground.areas.find(typed):
        codes: tuple[str, ...] = (key,)
        label = atlas.sector_name(key, language)
        if key.startswith("n:"):
            codes = atlas.neighbourhoods[key[2:]].sectors
            label = atlas.neighbourhood_name(key[2:], language)
        known = [code for code in codes if code in atlas.territory.sectors.index]
        if not known:
            continue
        lon, lat = atlas.territory.label_point(known)
        town = atlas.municipality_name(atlas.area_of_sector(known[0]).municipality, language)
        lines.append(Suggestion(id=f"a{key}", kind="area", label=label, sub=town, lon=lon, lat=lat))
        if len(lines) == AREAS:
            break
    return lines
