"""Where two streets meet: "coin rue Haute et rue Blaes", "hoek Hoogstraat / Blaesstraat"."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.geocoding.addresses import Parsed
from geo.geocoding.gazetteer import SCALE, Gazetteer
from geo.geocoding.search import Hit

AND: Final = frozenset(["et", "en", "and", "avec", "met", "x", "de"])
"""Words between the two streets of a corner."""
MEET_M: Final = 120.0
"""Metres between known points of two streets that still meet: half a block (our choice, 2026)."""
_LAT_M: Final = 111_200.0
_LON_M: Final = 70_300.0
Name = tuple[str, ...]


class Crossing(NamedTuple):
    """Two streets and the point between them; no point where positions are not known."""

    first: Hit
    second: Hit
    cost: float
    lon: float | None
    lat: float | None


def pairs(parsed: Parsed) -> Iterator[tuple[Name, Name]]:
    """Yield the ways to read two streets in what was written."""
    if len(parsed.names) > 1:
        yield parsed.names[0], parsed.names[1]
    elif parsed.corner and parsed.names:
        name = parsed.names[0]
        for at in range(1, len(name) - 1):
            if name[at] in AND:
                yield name[:at], name[at + 1 :]


def crossings(gazetteer: Gazetteer, first: list[Hit], second: list[Hit]) -> list[Crossing]:
    """List where two streets meet, cheapest first; without points, those in one postcode."""
    found = []
    for one in first:
        for other in second:
            if one.street == other.street:
                continue
            cost = one.cost + other.cost
            met = _meeting(gazetteer, one.street, other.street)
            if met is not None:
                lon, lat, apart_m = met
                if apart_m <= MEET_M:
                    found.append(Crossing(one, other, cost, lon, lat))
            elif gazetteer.postcode[one.street] == gazetteer.postcode[other.street]:
                found.append(Crossing(one, other, cost, None, None))
    return sorted(found, key=lambda met: (met.cost, met.first.street, met.second.street))


def _meeting(gazetteer: Gazetteer, one: int, other: int) -> tuple[float, float, float] | None:
    """Return the point between two streets where they are closest, and how far apart, in metres."""
    here, there = _points(gazetteer, one), _points(gazetteer, other)
    if not len(here) or not len(there):
        return None
    apart = (here[:, None, :] - there[None, :, :]) * (_LON_M, _LAT_M)
    squares = (apart**2).sum(axis=2)
    row, column = np.unravel_index(int(np.argmin(squares)), squares.shape)
    lon, lat = (here[row] + there[column]) / 2
    return float(lon), float(lat), float(np.sqrt(squares[row, column]))


def _points(gazetteer: Gazetteer, street: int) -> NDArray[np.float64]:
    """Return every known point of a street, lon and lat in degrees."""
    low, high = gazetteer.house_start[street], gazetteer.house_start[street + 1]
    along = gazetteer.trace_street == street
    return (
        np.column_stack(
            [
                np.concatenate([gazetteer.house_lon[low:high], gazetteer.trace_lon[along]]),
                np.concatenate([gazetteer.house_lat[low:high], gazetteer.trace_lat[along]]),
            ]
        ).astype(np.float64)
        / SCALE
    )
