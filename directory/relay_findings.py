"""What a planner asks of the relays: who has none, which rules are broken, whom each serves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
import shapely

from directory.atlas import Atlas
from directory.places import Place, Point, Precision
from directory.relays import Relay
from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import N_
from geo.neighbourhoods import Neighbourhood, broken_rules

People = Mapping[str, float | None]
"""Inhabitants by sector; None or missing: not known."""


class About(StrEnum):
    """What a finding is about."""

    RULE = "rule"
    NO_RELAY = "no_relay"
    TWO_RELAYS = "two_relays"
    SHARED_SECTORS = "shared_sectors"
    NO_NEIGHBOURHOOD = "no_neighbourhood"
    PARTNER_OUTSIDE = "partner_outside"
    PARTNER_UNKNOWN = "partner_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing a planner looks into: a message id and what fills it. Advice, not an error.

    `relays`, `partner` and `other` in `params` are ids that whoever shows it names; `codes` are
    codes of sectors, `metres` is a distance.
    """

    about: About
    neighbourhood_id: str
    message: str
    relay_id: str = ""
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unserved:
    """The sectors of a municipality that no relay serves.

    `people` live there, None where that is not known of one of them; `known` is of how many.
    """

    municipality: str
    sectors: tuple[str, ...]
    of: int
    people: float | None
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Whom a relay serves.

    `people` live in its sectors, None where that is not known of one of them; `known` is of how
    many. `outside_m` is how far its partner is from the neighbourhood: 0 within it, None where
    that is not known.
    """

    relay_id: str
    neighbourhood_id: str
    sectors: tuple[str, ...]
    people: float | None
    known: int
    outside_m: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelayFindings:
    """All of it, on the day of the atlas. Municipalities by code, relays by id."""

    unserved: tuple[Unserved, ...]
    served: tuple[Served, ...]
    findings: tuple[Finding, ...]
    relays_of_sector: Mapping[str, tuple[str, ...]]


def relay_findings(atlas: Atlas, people: People | None = None) -> RelayFindings:
    """Look at the relays of the day and their neighbourhoods.

    Args:
        atlas: whose published relays, partners and valid neighbourhoods.
        people: inhabitants by sector; None where nobody knows.
    """
    known = people or {}
    serving: dict[str, list[str]] = {}
    for relay in atlas.relays.values():
        serving.setdefault(relay.neighbourhood_id, []).append(relay.id)
    of_sector: dict[str, list[str]] = {}
    for key, place in atlas.neighbourhoods.items():
        for code in dict.fromkeys(place.sectors):
            of_sector.setdefault(code, []).extend(serving.get(key, ()))
    held = {code: tuple(relays) for code, relays in of_sector.items() if relays}
    served = tuple(_served(atlas, relay, known) for relay in atlas.relays.values())
    return RelayFindings(
        unserved=tuple(_unserved(atlas, held, known)),
        served=served,
        findings=(
            *_of_neighbourhoods(atlas, serving),
            *_shared(atlas, held),
            *_of_partners(atlas, served),
        ),
        relays_of_sector=held,
    )


def _sum(people: People, codes: tuple[str, ...]) -> tuple[float | None, int]:
    """Return the people of some sectors, None if one is not known, and of how many they are."""
    known = [value for code in codes if (value := people.get(code)) is not None]
    return (sum(known) if len(known) == len(codes) else None), len(known)


def _unserved(
    atlas: Atlas, held: Mapping[str, tuple[str, ...]], people: People
) -> Iterator[Unserved]:
    towns: dict[str, list[str]] = {}
    for code, town in atlas.territory.sectors["municipality"].items():
        towns.setdefault(str(town), []).append(str(code))
    for town, codes in sorted(towns.items()):
        without = tuple(code for code in codes if code not in held)
        if without:
            total, known = _sum(people, without)
            yield Unserved(
                municipality=town, sectors=without, of=len(codes), people=total, known=known
            )


def _served(atlas: Atlas, relay: Relay, people: People) -> Served:
    area = atlas.neighbourhoods.get(relay.neighbourhood_id)
    codes = tuple(dict.fromkeys(area.sectors)) if area else ()
    total, known = _sum(people, codes)
    return Served(
        relay_id=relay.id,
        neighbourhood_id=relay.neighbourhood_id,
        sectors=codes,
        people=total if codes else None,
        known=known,
        outside_m=_outside_m(atlas, relay, area),
    )


def _outside_m(atlas: Atlas, relay: Relay, area: Neighbourhood | None) -> float | None:
    """Return how far the partner of a relay is from the neighbourhood; None where not known."""
    partner = atlas.partners.get(relay.partner_id)
    if area is None or partner is None or partner.place is None:
        return None
    place = partner.place
    if place.point is not None:
        return _distance_m(atlas, place.point, area)
    return 0.0 if _is_within(place, area) else None


def _is_within(place: Place, area: Neighbourhood) -> bool:
    if place.precision is Precision.SECTOR:
        return place.area in area.sectors
    return place.precision is Precision.NEIGHBOURHOOD and place.area == area.id


def _distance_m(atlas: Atlas, point: Point, area: Neighbourhood) -> float | None:
    known = [code for code in area.sectors if code in atlas.territory.sectors.index]
    if not known:
        return None
    x, y = project(np.array([[point.lon, point.lat]]), source=WGS_84, target=LAMBERT_72)[0]
    return float(shapely.distance(atlas.territory.outline(known), shapely.Point(x, y)))


def _of_neighbourhoods(atlas: Atlas, serving: Mapping[str, list[str]]) -> Iterator[Finding]:
    """Find what each neighbourhood breaks by itself, and how many relays serve it."""
    for breach in broken_rules(
        atlas.neighbourhoods.values(), neighbours=atlas.territory.neighbours, day=atlas.day
    ):
        if "other" not in breach.params:  # sectors of two are told once, by `_shared`
            yield Finding(
                about=About.RULE,
                neighbourhood_id=breach.neighbourhood_id,
                message=breach.message,
                params=breach.params,
            )
    for key in atlas.neighbourhoods:
        relays = serving.get(key, [])
        if not relays:
            yield Finding(
                about=About.NO_RELAY, neighbourhood_id=key, message=N_("No relay serves it.")
            )
        elif len(relays) > 1:
            yield Finding(
                about=About.TWO_RELAYS,
                neighbourhood_id=key,
                message=N_("{n} relays serve it: {relays}."),
                params={"n": len(relays), "relays": tuple(relays)},
            )


def _shared(atlas: Atlas, held: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    """Find the sectors that relays of different neighbourhoods serve, each set of them once."""
    sets: dict[tuple[str, ...], list[str]] = {}
    for code, relays in held.items():
        areas = dict.fromkeys(atlas.relays[relay].neighbourhood_id for relay in relays)
        if len(areas) > 1:
            sets.setdefault(relays, []).append(code)
    for relays, codes in sets.items():
        yield Finding(
            about=About.SHARED_SECTORS,
            neighbourhood_id=atlas.relays[relays[0]].neighbourhood_id,
            message=N_("The sectors {codes} are on more than one relay: {relays}."),
            params={"codes": ", ".join(sorted(codes)), "relays": relays},
        )


def _of_partners(atlas: Atlas, served: tuple[Served, ...]) -> Iterator[Finding]:
    """Find the relays whose partner is outside their neighbourhood, or nobody knows where."""
    for one in served:
        partner = atlas.relays[one.relay_id].partner_id
        what, message, params = _of_partner(atlas, one, partner)
        if what is not None:
            yield Finding(
                about=what,
                relay_id=one.relay_id,
                neighbourhood_id=one.neighbourhood_id,
                message=message,
                params=params,
            )


def _of_partner(
    atlas: Atlas, one: Served, partner: str
) -> tuple[About | None, str, dict[str, object]]:
    if one.neighbourhood_id not in atlas.neighbourhoods:
        return About.NO_NEIGHBOURHOOD, N_("Its neighbourhood does not exist on this day."), {}
    if one.outside_m is None:
        unknown = N_(
            "Whether its partner {partner} is in its neighbourhood is not known: no exact place."
        )
        return About.PARTNER_UNKNOWN, unknown, {"partner": partner}
    if one.outside_m > 0:
        outside = N_("Its partner {partner} is {metres} m outside its neighbourhood.")
        metres = max(1, round(one.outside_m))
        return About.PARTNER_OUTSIDE, outside, {"partner": partner, "metres": metres}
    return None, "", {}
