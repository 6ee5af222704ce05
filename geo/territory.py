"""The territory: its sectors, the levels above them, and where a point lies."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.adjacency import neighbours_of
from geo.crs import LAMBERT_72, METRIC, WGS_84, epsg_of, project, require_crs
from geo.errors import N_, BadInputError, PleinError, UnknownIdError
from geo.levels import REGIONS, Level, region_of
from geo.locating import OUTSIDE, Locator
from geo.neighbourhoods import Neighbourhood

COLUMNS = ("name_fr", "name_nl", "municipality", "district", "area_ha", "geometry")
_LABEL_TOLERANCE_M = 10.0


@dataclass(frozen=True, kw_only=True, eq=False)
class Territory:
    """Sectors and what stands above them. Not to be changed once made: screens share it.

    Attributes:
        sectors: index `code` (nine characters, sorted); columns name_fr, name_nl, municipality
            (REFNIS), district (code, or "" where there is none), area_ha, geometry; EPSG:31370.
        municipalities: index `refnis`; columns name_fr, name_nl.
        districts: monitoring districts; index `code`; columns name_fr, name_nl.
        schematic: whether the outlines are drawn from the register alone.
        situation: the date the outlines stand for, "2022-01-01".
        problem: why better outlines could not be opened, to be said to people.
    """

    sectors: gpd.GeoDataFrame
    municipalities: pd.DataFrame
    districts: pd.DataFrame
    schematic: bool
    source: str
    licence: str
    situation: str
    problem: PleinError | None = field(default=None)

    def __post_init__(self) -> None:
        missing = [name for name in COLUMNS if name not in self.sectors.columns]
        if missing:
            raise BadInputError(
                N_("The sectors lack the columns {columns}."), columns=", ".join(missing)
            )
        require_crs(self.sectors, allowed=(LAMBERT_72,))

    @cached_property
    def codes(self) -> NDArray[np.object_]:
        """Every sector code, sorted."""
        return np.asarray(self.sectors.index, dtype=object)

    @cached_property
    def has_districts(self) -> bool:
        """Whether the monitoring district of any sector is known."""
        return bool((self.sectors["district"] != "").any())

    @cached_property
    def corners(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """South-west and north-east: latitude, longitude in degrees, WGS 84, to four decimals.

        Kept, for the first conversion of a thread takes 40 ms and each rerun is a new thread.
        """
        box = np.asarray(self.sectors.total_bounds).reshape(2, 2)
        (west, south), (east, north) = project(box, source=LAMBERT_72, target=WGS_84).round(4)
        return (float(south), float(west)), (float(north), float(east))

    @cached_property
    def _shapes(self) -> NDArray[np.object_]:
        return np.asarray(self.sectors.geometry, dtype=object)

    @cached_property
    def _is_coverage(self) -> bool:
        return bool(shapely.coverage_is_valid(self._shapes))

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self._shapes)

    @cached_property
    def neighbours(self) -> dict[str, frozenset[str]]:
        """The sectors that share a piece of border with each; a corner is not enough."""
        return neighbours_of(self.codes, self._shapes, matched=self._is_coverage)

    @cached_property
    def fingerprint(self) -> str:
        """Twelve characters that change with any name, code or vertex: for addresses, caches."""
        digest = hashlib.sha256()
        table = self.sectors.drop(columns="geometry")
        for part in (table, self.municipalities, self.districts):
            digest.update(part.sort_index(axis=1).to_csv().encode())
        for shape in shapely.to_wkb(self._shapes):
            digest.update(shape)
        digest.update(f"{self.schematic} {self.source} {self.situation}".encode())
        return digest.hexdigest()[:12]

    def locate(self, points: NDArray[np.float64] | gpd.GeoSeries) -> NDArray[np.object_]:
        """Return the code of the sector of each point, None outside the territory.

        Exact. A point on a border belongs to the sector with the smaller code.

        Args:
            points: (n, 2) x and y in EPSG:31370, or a series of points with their own system.

        Raises:
            CrsError: a series without a reference system, or one that is not known.
        """
        xy = _lambert(points) if isinstance(points, gpd.GeoSeries) else np.asarray(points, float)
        found = self.position(xy)
        codes = np.full(len(found), None, dtype=object)
        inside = found != OUTSIDE
        codes[inside] = self.codes[found[inside]]
        return codes

    def position(self, xy: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the place in `codes` of the sector of each point (n, 2), -1 outside; EPSG:31370.

        What `locate` says, without a text for each of a million points.
        """
        return self._locator.find(np.asarray(xy, dtype=np.float64).reshape(-1, 2))

    def locate_lonlat(
        self, lon: Sequence[float] | float, lat: Sequence[float] | float
    ) -> NDArray[np.object_]:
        """Return the code of the sector of each position in degrees (EPSG:4326)."""
        degrees = np.column_stack([np.atleast_1d(lon), np.atleast_1d(lat)]).astype(np.float64)
        return self.locate(project(degrees, source=WGS_84, target=LAMBERT_72))

    def outline(self, codes: Iterable[str]) -> shapely.Geometry:
        """Return the united outline of some sectors, EPSG:31370.

        Raises:
            UnknownIdError: a code is not in the territory.
        """
        wanted = list(dict.fromkeys(codes))
        position = self.sectors.index.get_indexer(wanted)
        if (position < 0).any():
            raise UnknownIdError(
                N_("Sector {code} is not in this territory."),
                code=wanted[int(np.argmax(position < 0))],
            )
        return self._united(position)

    def _united(self, position: NDArray[np.int64]) -> shapely.Geometry:
        shapes = self._shapes[position]
        unite = shapely.coverage_union_all if self._is_coverage else shapely.union_all
        return unite(shapes)

    def label_point(self, codes: Iterable[str]) -> tuple[float, float]:
        """Return longitude and latitude of the point inside some sectors furthest from the edge."""
        outlines: NDArray[np.object_] = np.array([self.outline(codes)], dtype=object)
        circle = shapely.maximum_inscribed_circle(outlines, tolerance=_LABEL_TOLERANCE_M)
        middle = shapely.get_coordinates(circle)[:1]
        lon, lat = project(middle, source=LAMBERT_72, target=WGS_84)[0]
        return float(lon), float(lat)

    def level(self, level: Level, neighbourhoods: Iterable[Neighbourhood] = ()) -> gpd.GeoDataFrame:
        """Return the areas of one level: index `id`; columns name_fr, name_nl, geometry.

        Sectors also tell their municipality. A sector without a district is in no district; a
        neighbourhood shows those of its sectors that the territory has, or is left out.
        """
        if level is Level.SECTOR:
            columns = ["name_fr", "name_nl", "municipality", "geometry"]
            return self.sectors[columns].rename_axis("id")
        if level is Level.NEIGHBOURHOOD:
            return self._areas(
                {place.id: self._known(place.sectors) for place in neighbourhoods},
                {place.id: place.names for place in neighbourhoods},
            )
        keys, names = self._grouping(level)
        groups = pd.Series(np.arange(len(keys)), index=keys).groupby(level=0)
        return self._areas({str(key): group.to_numpy() for key, group in groups if key}, names)

    def _known(self, codes: Iterable[str]) -> NDArray[np.int64]:
        position = self.sectors.index.get_indexer(list(codes))
        known: NDArray[np.int64] = position[position >= 0]
        return known

    def _grouping(self, level: Level) -> tuple[list[str], dict[str, dict[str, str]]]:
        if level is Level.REGION:
            return [region_of(refnis) for refnis in self.sectors["municipality"]], REGIONS
        column, table = {
            Level.MUNICIPALITY: ("municipality", self.municipalities),
            Level.DISTRICT: ("district", self.districts),
        }[level]
        names = {
            str(key): {"fr": str(row["name_fr"]), "nl": str(row["name_nl"])}
            for key, row in table.iterrows()
        }
        return list(self.sectors[column]), names

    def _areas(
        self,
        members: dict[str, NDArray[np.int64]],
        names: Mapping[str, Mapping[str, str]],
    ) -> gpd.GeoDataFrame:
        kept = {key: position for key, position in members.items() if len(position)}
        return gpd.GeoDataFrame(
            {
                "name_fr": [_name(names, key, "fr") for key in kept],
                "name_nl": [_name(names, key, "nl") for key in kept],
            },
            geometry=[self._united(position) for position in kept.values()],
            index=pd.Index(list(kept), name="id", dtype=object),
            crs=LAMBERT_72,
        )


def _name(names: Mapping[str, Mapping[str, str]], key: str, language: str) -> str:
    return names.get(key, {}).get(language, "")


def _lambert(points: gpd.GeoSeries) -> NDArray[np.float64]:
    source = epsg_of(points.crs)
    if source is None:
        require_crs(points, allowed=(*METRIC, WGS_84))
        raise AssertionError
    xy = np.column_stack([points.x.to_numpy(np.float64), points.y.to_numpy(np.float64)])
    return project(xy, source=source, target=LAMBERT_72)
