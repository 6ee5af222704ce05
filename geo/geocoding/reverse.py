"""From a point back to the nearest address, or street."""

from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.geocoding.answers import Candidate, Rung
from geo.geocoding.gazetteer import SCALE, Gazetteer, degrees
from geo.geocoding.houses import Houses

DOOR_M: Final = 60.0
"""Metres up to which a point is at the nearest door (our choice: a deep garden, 2026)."""
STREET_M: Final = 300.0
"""Metres up to which a point is in the nearest street; beyond, it is nowhere we know."""


class Reverse:
    """Nearest addresses and streets, in metres (EPSG:31370); trees are made when first asked."""

    def __init__(self, gazetteer: Gazetteer, houses: Houses) -> None:
        self._all = gazetteer
        self._houses = houses

    def nearest(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> list[Candidate | None]:
        """Return the nearest address of each point, else the nearest street, else None."""
        whole = np.isfinite(lon) & np.isfinite(lat)
        asked = _metres(np.where(whole, lon, 0.0), np.where(whole, lat, 0.0))
        asked = np.where(np.isfinite(asked), asked, 1e9)
        doors = _query(self._doors, asked, DOOR_M)
        ways = _query(self._ways[0], asked, STREET_M)
        out: list[Candidate | None] = []
        for at in range(len(asked)):
            if not whole[at]:
                out.append(None)
            elif doors[at] >= 0:
                out.append(self._door(int(doors[at])))
            elif ways[at] >= 0:
                out.append(self._street(int(self._ways[1][ways[at]])))
            else:
                out.append(None)
        return out

    @cached_property
    def _doors(self) -> Any:
        return _tree(self._all.house_lon / SCALE, self._all.house_lat / SCALE)

    @cached_property
    def _ways(self) -> tuple[Any, NDArray[np.int64]]:
        """Points along streets, their centres and doors, with the street each belongs to."""
        all_ = self._all
        known = np.array(
            [at for at, lon in enumerate(all_.lon.tolist()) if degrees(lon) is not None], dtype=int
        )
        counts = np.diff(all_.house_start)
        street = np.concatenate(
            [all_.trace_street, known, np.repeat(np.arange(len(counts)), counts)]
        ).astype(np.int64)
        lon = np.concatenate([all_.trace_lon, all_.lon[known], all_.house_lon])
        lat = np.concatenate([all_.trace_lat, all_.lat[known], all_.house_lat])
        return _tree(lon / SCALE, lat / SCALE), street

    def _door(self, at: int) -> Candidate:
        street = int(np.searchsorted(self._all.house_start, at, side="right")) - 1
        lon, lat = self._houses.position(at)
        return self._candidate(street, Rung.ADDRESS, lon, lat, self._houses.written(at))

    def _street(self, street: int) -> Candidate:
        lon, lat = degrees(int(self._all.lon[street])), degrees(int(self._all.lat[street]))
        return self._candidate(street, Rung.STREET, lon, lat, "")

    def _candidate(
        self, street: int, rung: Rung, lon: float | None, lat: float | None, number: str
    ) -> Candidate:
        all_ = self._all
        town = int(all_.municipality[street])
        postcode = int(all_.postcode[street])
        return Candidate(
            rung=rung,
            probability=1.0,
            lon=lon,
            lat=lat,
            street_fr=all_.names_fr[street],
            street_nl=all_.names_nl[street],
            number=number,
            postcode=str(postcode) if postcode else "",
            municipality_fr=all_.municipalities_fr[town],
            municipality_nl=all_.municipalities_nl[town],
        )


def _metres(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    from geo.crs import LAMBERT_72, WGS_84, project  # noqa: PLC0415 - not for the first answer

    return project(np.column_stack([lon, lat]), source=WGS_84, target=LAMBERT_72)


def _tree(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> Any:
    from scipy.spatial import cKDTree  # noqa: PLC0415 - not for the first answer

    return cKDTree(_metres(lon, lat)) if len(lon) else None


def _query(tree: Any, asked: NDArray[np.float64], most_m: float) -> NDArray[np.int64]:
    """Return the nearest point's row for each asked, -1 where none is near enough."""
    if tree is None:
        return np.full(len(asked), -1)
    away, row = tree.query(asked, distance_upper_bound=most_m)
    return np.where(np.isfinite(away), row, -1)
