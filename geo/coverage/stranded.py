"""Services that stand off every street: nobody knows who walks there, nor that nobody does."""

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.coverage.catchments import Catcher, Catchments
from geo.coverage.demand import BEYOND
from geo.coverage.services import Services
from geo.crs import WGS_84, project

HERE_M: Final = 0.0
"""The metres at which a service is of its own sector, wherever in it people live."""


def stand_off(catcher: Catcher, services: Services) -> Catchments:
    """Return the sectors within the limit of each service that stands off every street.

    `point` are places of sectors, `metres` those as the crow flies to the nearest point where
    people of the sector live and can walk from; 0 for the sector it stands in. Nobody walks less
    than the crow flies, so whoever is left out here cannot reach it. Services on a street, and
    sectors without one, have no rows.
    """
    off = services.spots.off & np.isfinite(services.spots.lon) & np.isfinite(services.spots.lat)
    rows = np.flatnonzero(off)
    found_m = np.full((len(rows), len(catcher.demand.codes)), np.inf, dtype=np.float32)
    if len(rows):
        tree, sector = catcher.crow
        lonlat = np.column_stack([services.spots.lon[rows], services.spots.lat[rows]])
        xy = project(lonlat, source=WGS_84, target=catcher.walker.network.crs)
        pairs = cKDTree(xy).sparse_distance_matrix(tree, catcher.limit_m, output_type="ndarray")
        cell = pairs["i"].astype(np.int64) * found_m.shape[1] + sector[pairs["j"]]
        np.minimum.at(found_m.reshape(-1), cell, pairs["v"].astype(np.float32))
        own = services.sector[rows]
        found_m[np.flatnonzero(own != BEYOND), own[own != BEYOND]] = HERE_M
    at, point = np.nonzero(np.isfinite(found_m))
    count = np.zeros(len(services), dtype=np.int64)
    count[rows] = np.bincount(at, minlength=len(rows))
    return Catchments(
        start=np.concatenate([[0], np.cumsum(count)]),
        point=point.astype(np.int32),
        metres=found_m[at, point],
    )


def nearest_off_m(
    stranded: Catchments, services: Services, category: int, sectors: int
) -> NDArray[np.float32]:
    """Return metres, as the crow flies, from each sector to the nearest of a category; else inf."""
    at = stranded.entries(services.rows(category))
    near = np.full(sectors, np.inf, dtype=np.float32)
    np.minimum.at(near, stranded.point[at].astype(np.intp), stranded.metres[at])
    return near
