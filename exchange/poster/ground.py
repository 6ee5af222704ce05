"""What a poster is drawn on, as set-up keeps it: the area and as much of the town around it."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from exchange import basemap_ground
from exchange.handout.ground import lines_near
from exchange.poster.sheet import Ground
from exchange.walking import open_network
from geo.crs import LAMBERT_2008, WGS_84, project

if TYPE_CHECKING:
    import geopandas as gpd

AROUND: Final = 1.0
"""A plan shows at most so much again on every side of its area, by its longer side."""


def read_ground(home: Path, area: Any) -> Ground:
    """Read what lies in an area (EPSG:4326) and around it: what is not kept is left out.

    Without a basemap, the streets are those of the walking network, all of one kind; without that
    there are none. There are no stops in what set-up keeps.
    """
    west, south, east, north = shapely.bounds(area)
    off = AROUND * max(east - west, north - south)
    box = (west - off, south - off, east + off, north + off)
    found = basemap_ground.read_ground(home, shapely.box(*box))
    if found.streets is None:
        return Ground(streets=_walked(home, box), shapes=found.shapes, stops=found.stops)
    return found


def _walked(home: Path, box: tuple[float, float, float, float]) -> "gpd.GeoDataFrame | None":
    """Take the streets of the walking network, which does not tell a boulevard from an alley."""
    network = open_network(home)
    if network is None:
        return None
    ends = np.array([(box[0], box[1]), (box[2], box[3])])
    corners = project(ends, source=WGS_84, target=LAMBERT_2008)
    radius_m = float(abs(corners[1] - corners[0]).max()) / 2
    return lines_near(network, corners.mean(axis=0)[None], radius_m)
