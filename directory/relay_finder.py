"""Whose street it is: the relay of a point, and who else there is where no relay covers it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from directory.actors import Actor
from directory.atlas import Atlas, Whereabouts
from directory.relays import Partner, Relay
from geo.crs import LAMBERT_72, WGS_84, project

WELFARE: Final = "public-welfare-centre"
"""The category of the OCMW/CPAS, which every municipality has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YourRelay:
    """The relay of a point.

    `relay` is the one that covers it, None where no relay does or the neighbourhood's is absent;
    then `nearest` is the relay of the nearest neighbourhood, `metres` away in a straight line from
    its border, and `welfare` the municipality's OCMW/CPAS that the directory has.
    """

    where: Whereabouts
    relay: Relay | None = None
    partner: Partner | None = None
    nearest: Relay | None = None
    nearest_partner: Partner | None = None
    metres: float | None = None
    welfare: tuple[Actor, ...] = ()

    @property
    def inside(self) -> bool:
        """Whether the point lies in the territory at all."""
        return self.where.sector is not None


class RelayFinder:
    """Answers for one atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas

    def find(self, lon: float, lat: float) -> YourRelay:
        """Find the relay of a point (EPSG:4326, degrees)."""
        atlas = self._atlas
        code = atlas.territory.locate_lonlat([lon], [lat])[0]
        where = atlas.area_of_sector(code)
        relay = atlas.relay_of_neighbourhood.get(where.neighbourhood or "")
        if relay is not None:
            return YourRelay(where=where, relay=relay, partner=atlas.partners.get(relay.partner_id))
        nearest, metres = self._nearest(lon, lat)
        return YourRelay(
            where=where,
            nearest=nearest,
            nearest_partner=atlas.partners.get(nearest.partner_id) if nearest else None,
            metres=metres,
            welfare=self._welfare(where.municipality),
        )

    def _nearest(self, lon: float, lat: float) -> tuple[Relay | None, float | None]:
        relays, starts, sectors = self._covered
        if not relays:
            return None, None
        x, y = project(np.array([[lon, lat]]), source=WGS_84, target=LAMBERT_72)[0]
        away = np.minimum.reduceat(shapely.distance(sectors, shapely.Point(x, y)), starts)
        best = int(np.argmin(away))
        return relays[best], float(away[best])

    @cached_property
    def _covered(self) -> tuple[list[Relay], NDArray[np.intp], NDArray[np.object_]]:
        """The relays, where the sectors of each begin, and the sectors' outlines in that order."""
        outlines = self._atlas.territory.sectors.geometry
        relays: list[Relay] = []
        starts: list[int] = []
        sectors: list[shapely.Geometry] = []
        for key, relay in self._atlas.relay_of_neighbourhood.items():
            area = self._atlas.neighbourhoods.get(key)
            known = [code for code in (area.sectors if area else ()) if code in outlines.index]
            if known:
                relays.append(relay)
                starts.append(len(sectors))
                sectors += [outlines[code] for code in known]
        return relays, np.array(starts, dtype=np.intp), np.array(sectors, dtype=object)

    def _welfare(self, municipality: str | None) -> tuple[Actor, ...]:
        atlas = self._atlas
        return tuple(
            actor
            for key, actor in atlas.actors.items()
            if municipality
            and WELFARE in actor.categories
            and atlas.whereabouts[key].municipality == municipality
        )
