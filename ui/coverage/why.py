"""Why a sector stands where it does: who is nearest, by which way, and what nobody knows."""

from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np

from directory.nearby import Pace
from geo.coverage import Source, State
from geo.levels import Level
from geo.walking import Way
from ui import look
from ui.coverage.names import area_name
from ui.coverage.scales import SLACK, teller
from ui.coverage.seen import Seen, Side
from ui.language import _, ngettext
from ui.nearby.results import way_facts
from ui.wording import decimal

NEAREST: Final = 3
"""Places told of a sector."""
CARD_PX: Final = 350
"""Pixels of the map that the card with the reasons lies on."""
_DECIMALS: Final = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class Near:
    """A service, how far one walks to it from the middle of the people, and by which way."""

    actor: str
    lon: float
    lat: float
    metres: float
    way: Way | None

    @property
    def minutes(self) -> int:
        """Minutes on foot, rounded up as in "Near me"."""
        return max(1, ceil(self.metres / Pace.USUAL.m_per_min - SLACK))


@dataclass(frozen=True, kw_only=True, eq=False)
class Reasons:
    """What explains the value of one sector.

    `lon`, `lat`: where one starts: the point of the sector from which half of its people are
    nearer to a service and half farther; None where nobody can walk from it.
    """

    code: str
    place: int
    lon: float | None
    lat: float | None
    near: tuple[Near, ...]


def reasons(seen: Seen, code: str) -> Reasons:
    """Walk from a sector to the nearest of what was asked for."""
    side, found = seen.now, seen.now.found
    place = side.ids.index(code)
    start = _start(seen, place)
    if start is None:
        return Reasons(code=code, place=place, lon=None, lat=None, near=())
    lon, lat = start
    services = found.coverage.counted.services
    rows = services.walkable(found.place(seen.asked.what))
    reach = found.walker.reach(lon, lat)
    metres = reach.to(services.spots[rows])
    near = []
    for at in np.argsort(metres, kind="stable")[:NEAREST]:
        if np.isfinite(metres[at]):
            spot = services.spots[rows[at]]
            near.append(
                Near(
                    actor=_ids(side)[rows[at]],
                    lon=float(spot.lon[0]),
                    lat=float(spot.lat[0]),
                    metres=float(metres[at]),
                    way=reach.way(spot),
                )
            )
    return Reasons(code=code, place=place, lon=lon, lat=lat, near=tuple(near))


def _ids(side: Side) -> list[str]:
    """Return the actors of the services that are counted, in their order."""
    found, coverage = side.found, side.found.coverage
    if not coverage.verified_only:
        return list(found.ids)
    return [found.ids[row] for row in np.flatnonzero(coverage.services.verified)]


def _start(seen: Seen, place: int) -> tuple[float, float] | None:
    """Return the point of a sector at which the people are parted in two halves by distance."""
    found = seen.now.found
    demand = found.coverage.demand
    points = np.flatnonzero((demand.sector == place) & (demand.weight > 0) & ~demand.spots.off)
    if not len(points):
        return None
    metres = found.walked_m(seen.asked.what)[points]
    lon, lat = demand.spots.lon[points], demand.spots.lat[points]
    from_middle = np.hypot(lon - lon.mean(), lat - lat.mean())
    order = np.lexsort((from_middle, metres))
    half = np.searchsorted(np.cumsum(demand.weight[points][order]), 0.5 - 1e-9)
    at = order[min(int(half), len(order) - 1)]
    return float(lon[at]), float(lat[at])


def ways_of(why: Reasons) -> dict[str, Any] | None:
    """Describe for the map where one starts, the ways and where they end."""
    if why.lon is None or why.lat is None or not why.near:
        return None
    return {
        "room": CARD_PX,
        "from": [round(why.lon, _DECIMALS), round(why.lat, _DECIMALS)],
        "to": [
            {
                "at": [round(near.lon, _DECIMALS), round(near.lat, _DECIMALS)],
                "line": near.way.line.round(_DECIMALS).tolist() if near.way else [],
            }
            for near in why.near
        ],
    }


def show(seen: Seen, why: Reasons, language: str) -> None:
    """Tell the reasons in a card."""
    atlas, at = seen.now.found.atlas, why.place
    known = bool(seen.now.known[at])
    where = atlas.area_of_sector(why.code)
    look.render(
        "coverage_why.html.j2",
        lang=language,
        colour=seen.scale.colours[seen.now.shades[at]] if known else "",
        kicker=" · ".join(
            filter(
                None,
                (
                    atlas.municipality_name(where.municipality, language),
                    atlas.neighbourhood_name(where.neighbourhood, language),
                    why.code,
                ),
            )
        ),
        name=area_name(atlas, Level.SECTOR, why.code, language),
        result=teller(seen.asked.measure)(float(seen.now.values[at])) if known else _("unknown"),
        unknown=_unknown(seen, at),
        title=_("The nearest, from the middle of where people live"),
        lines=[
            {
                "n": number,
                "name": atlas.actors[near.actor].names.best(language),
                "minutes": ngettext("{n} minute", "{n} minutes", near.minutes),
                "facts": way_facts(near.way) if near.way else [],
            }
            for number, near in enumerate(why.near, start=1)
        ],
        none=_nothing(why),
        notes=[people(seen, at), source(seen, at)],
    )


def _nothing(why: Reasons) -> str:
    if why.lon is None:
        return _("From here one cannot walk: no street of the network lies in this sector.")
    return _("None that one can walk to is known.")


def _unknown(seen: Seen, at: int) -> str:
    """Tell what is not known of the sector, or which unknown service may be left out."""
    state = State(int(seen.now.states[at]))
    coverage, row = seen.now.found.coverage, seen.now.found.place(seen.asked.what)
    if state is State.NO_NETWORK and coverage.demand.walkable[at]:
        metres = float(coverage.stranded_m(row)[at])
        return _(
            "One stands off every street, {n} m away as the crow flies: nobody knows how one "
            "walks there.",
            n=decimal(metres, 0),
        )
    told = {
        State.NO_NETWORK: _("The streets to walk here are not known."),
        State.QUARTER_ONLY: _(
            "One is known by its part of town alone, and may be here: its address is missing."
        ),
        State.UNVERIFIED_ONLY: _("There are some, but no relay checked one in the year before."),
        State.NO_POPULATION: _no_people(seen, at),
    }
    return told.get(state, "")


def _no_people(seen: Seen, at: int) -> str:
    if seen.now.people[at] == 0:
        return _("Nobody lives here.")
    return _("Nobody knows how many people live here, which this measure needs.")


def people(seen: Seen, at: int) -> str:
    """Tell how many people live in an area, and who says so."""
    found, count = seen.now.found, seen.now.people[at]
    if found.people is None:
        return _("People: unknown, no figure of the population is in yet.")
    if np.isnan(count):
        return _("People: unknown.")
    given = found.people.indicator
    told = _(
        "People: {n} ({source}, {year})",
        n=decimal(float(count), 0),
        source=given.source.name,
        year=given.year,
    )
    sector = seen.asked.level is Level.SECTOR
    estimated = sector and seen.now.ids[at] in found.people.estimated
    return " · ".join((told, _("estimated from their district"))) if estimated else told


def source(seen: Seen, at: int) -> str:
    """Tell by what people of a sector are placed."""
    source = Source(int(seen.now.found.coverage.demand.source[at]))
    return {
        Source.ADDRESSES: _("Where they live: the addresses of the sector."),
        Source.CROSSINGS: _("Where they live: evenly over the crossings of the sector."),
        Source.GRID: _("Where they live: evenly over the area, a point every 100 m."),
    }[source]
