"""The streets a sheet's maps are drawn on, taken from the walking network."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely

from exchange.handout.map import MOST_ACROSS_M, metres, way_shown
from exchange.handout.sheet import Entry
from exchange.paper.frame import Floats
from geo.crs import LAMBERT_2008, WGS_84, project, project_shapes
from geo.walking import Network


def streets_around(
    network: Network, entries: Sequence[Entry], *, one_map: bool = False
) -> gpd.GeoDataFrame:
    """Return the streets near the doors, or all between them for one map.

    Lines in EPSG:4326 with `kind`, `name_fr` and `name_nl`; the pieces of one name are joined. The
    network does not tell a boulevard from an alley: streets with a name are `minor`, stairs and
    what has no name `path`.

    >>> entry = Entry(number=1, name="A", lon=4.3517, lat=50.8466)
    >>> network = Network.of([(148_800, 170_700), (148_900, 170_700)], [(0, 1)])
    >>> streets_around(network, [entry])["kind"].tolist()
    ['path']
    """
    centres, radius_m = _shown(entries, one_map=one_map)
    return lines_near(network, centres, radius_m)


def lines_near(network: Network, centres: Floats, radius_m: float) -> gpd.GeoDataFrame:
    """Return the streets so near to points in EPSG:3812, as `streets_around` does."""
    around = project(centres, source=LAMBERT_2008, target=network.crs)
    streets, lines = network.near(around, radius_m)
    names = network.name[streets].astype(int)
    group = np.where(network.steps[streets], 0, names)
    order = np.argsort(group, kind="stable")
    kept, place = np.unique(group[order], return_inverse=True)
    merged = shapely.line_merge(shapely.multilinestrings(lines[order], indices=place))
    parts, index = shapely.get_parts(merged, return_index=True)
    degrees = project_shapes(parts, source=network.crs, target=WGS_84)
    name = kept[index]
    return gpd.GeoDataFrame(
        {
            "kind": np.where(name == 0, "path", "minor"),
            "name_fr": np.asarray(network.names_fr, dtype=object)[name],
            "name_nl": np.asarray(network.names_nl, dtype=object)[name],
        },
        geometry=degrees,
        crs=WGS_84,
    )


def _shown(entries: Sequence[Entry], *, one_map: bool) -> tuple[Floats, float]:
    """Return the middles of what the maps show, metres in EPSG:3812, and how far it reaches."""
    doors = metres([(entry.lon, entry.lat) for entry in entries])
    if not one_map:
        return doors, MOST_ACROSS_M
    ways = [way_shown(metres(entry.line)) for entry in entries]
    points = np.vstack([doors, *ways])
    low, high = points.min(axis=0), points.max(axis=0)
    # A map is wider than high, so it shows as much again as it must.
    return ((low + high) / 2)[None], float(np.hypot(*(high - low))) + MOST_ACROSS_M
