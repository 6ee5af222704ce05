"""Whose a record is: the neighbourhoods it lies in, by which a relay may decide about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from directory.directory import Directory
from directory.places import Precision
from directory.store.rows import Kind
from geo.crs import LAMBERT_72, WGS_84, project
from geo.territory import Territory


@dataclass(frozen=True, eq=False)
class Grounds:
    """Where records lie on a territory, by the neighbourhoods of a directory on a day."""

    territory: Territory
    directory: Directory
    day: date

    def neighbourhoods(self, kind: Kind, facts: Mapping[str, Any]) -> frozenset[str]:
        """Return the neighbourhoods a record lies in, all its places counted; none where unknown.

        A partner lies where its relays are, a relay in its neighbourhood, an activity where it
        takes place and where its relays are, a local map in every neighbourhood it shows a part of.
        """
        if kind is Kind.NEIGHBOURHOOD:
            return frozenset({facts["id"]})
        if kind is Kind.LOCAL_MAP:
            return self._of_map(facts)
        if kind is Kind.RELAY:
            return frozenset({facts["neighbourhood_id"]})
        if kind is Kind.PARTNER:
            own = self.directory.relays.values()
            return frozenset(one.neighbourhood_id for one in own if one.partner_id == facts["id"])
        places = [*facts.get("places", ()), *([facts["place"]] if facts.get("place") else ())]
        found = {key for place in places for key in self._of_place(place)}
        for relay_id in facts.get("relay_ids", ()):
            relay = self.directory.relays.get(relay_id)
            found |= {relay.neighbourhood_id} if relay else set()
        return frozenset(found)

    def _of_place(self, place: Mapping[str, Any]) -> frozenset[str]:
        if place["precision"] == Precision.NEIGHBOURHOOD:
            return frozenset({place["area"]})
        code = place["area"] if place["precision"] == Precision.SECTOR else None
        if place.get("point"):
            code = self.territory.locate_lonlat(place["point"]["lon"], place["point"]["lat"])[0]
        return self._of_sector.get(code or "", frozenset())

    def _of_map(self, facts: Mapping[str, Any]) -> frozenset[str]:
        if facts["neighbourhood_id"]:
            return frozenset({facts["neighbourhood_id"]})
        ring = [(corner["lon"], corner["lat"]) for corner in facts["area"]]
        drawn = project(np.asarray(ring, dtype=float), source=WGS_84, target=LAMBERT_72)
        area = shapely.Polygon(drawn)
        touched = self.territory.sectors.sindex.query(area, predicate="intersects")
        codes = self.territory.codes[touched]
        return frozenset().union(*(self._of_sector.get(code, frozenset()) for code in codes))

    @cached_property
    def _of_sector(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for key, place in self.directory.neighbourhoods.items():
            if place.valid_on(self.day):
                for code in place.on(self.day).sectors:
                    found.setdefault(code, set()).add(key)
        return {code: frozenset(keys) for code, keys in found.items()}
