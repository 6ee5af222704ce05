"""Outlines for the browser: small GeoJSON whose areas still fit together."""

import json
from collections.abc import Iterable
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from geo.crs import LAMBERT_72, WGS_84, project
from geo.levels import Level
from geo.neighbourhoods import Neighbourhood
from geo.territory import Territory

TOLERANCE_M = 20.0
"""Coverage simplification for the first map: a pixel at zoom 13, where a neighbourhood fills a
screen, is 12 m."""
DECIMALS = 5
"""0.00001° is 0.7 m east to west and 1.1 m north to south at Brussels."""


def outline_features(
    territory: Territory,
    level: Level,
    neighbourhoods: Iterable[Neighbourhood] = (),
    *,
    tolerance_m: float = TOLERANCE_M,
    decimals: int = DECIMALS,
) -> dict[str, object]:
    """Return the areas of one level as a GeoJSON FeatureCollection in EPSG:4326.

    The sectors are simplified together and the larger areas are put together from them, so that
    the borders of all levels run on the same lines, without gaps or overlaps.

    Returns:
        each feature has an `id` and the properties id, name_fr, name_nl, and for sectors
        municipality; the collection says under `plein` whether it is schematic, its level,
        source, licence and situation, and the territory's fingerprint.
    """
    coarse = _simplified(territory, tolerance_m)
    areas = coarse.level(level, neighbourhoods)
    shapes = _rounded(np.asarray(areas.geometry, dtype=object), decimals)
    names = [name for name in areas.columns if name != "geometry"]
    rows = pd.DataFrame(areas[names]).astype(str).to_dict("records")
    features = [
        {
            "type": "Feature",
            "id": key,
            "properties": {"id": key, **row},
            "geometry": _geometry(shape),
        }
        for key, row, shape in zip(areas.index, rows, shapes, strict=True)
        if not shape.is_empty
    ]
    return {"type": "FeatureCollection", "plein": _told(territory, level), "features": features}


def border_features(
    territory: Territory,
    level: Level,
    neighbourhoods: Iterable[Neighbourhood] = (),
    *,
    tolerance_m: float = TOLERANCE_M,
    decimals: int = DECIMALS,
) -> dict[str, object]:
    """Return the borders of one level as lines, each once, and a point to write each name at.

    A tenth of the size of the areas, where only lines and names are drawn.

    Returns:
        a FeatureCollection: one MultiLineString with the property `kind` "border", then a Point
        for each area, inside it, with `kind` "name", id, name_fr and name_nl.
    """
    areas = _simplified(territory, tolerance_m).level(level, neighbourhoods)
    shapes = np.asarray(areas.geometry, dtype=object)
    lines = shapely.line_merge(shapely.union_all(shapely.boundary(shapes)))
    circles = shapely.maximum_inscribed_circle(shapes, tolerance=tolerance_m)
    middles = shapely.get_point(circles, 0)
    line, *points = _rounded(np.append([lines], middles), decimals)
    features: list[dict[str, object]] = [
        {"type": "Feature", "properties": {"kind": "border"}, "geometry": _geometry(line)}
    ]
    for key, row, point in zip(areas.index, areas.to_dict("records"), points, strict=True):
        told = {name: str(row[name]) for name in ("name_fr", "name_nl")}
        features.append(
            {
                "type": "Feature",
                "id": key,
                "properties": {"kind": "name", "id": key, **told},
                "geometry": _geometry(point),
            }
        )
    return {"type": "FeatureCollection", "plein": _told(territory, level), "features": features}


def _simplified(territory: Territory, tolerance_m: float) -> Territory:
    shapes = np.asarray(territory.sectors.geometry, dtype=object)
    if tolerance_m > 0:
        shapes = shapely.coverage_simplify(shapes, tolerance_m)
    outlines = gpd.GeoSeries(shapes, index=territory.sectors.index, crs=LAMBERT_72)
    return replace(territory, sectors=territory.sectors.set_geometry(outlines))


def _rounded(shapes: NDArray[np.object_], decimals: int) -> NDArray[np.object_]:
    """Convert to degrees and round every vertex alike: what two areas share stays shared."""
    degrees = shapely.transform(
        shapes,
        lambda xy: np.round(project(xy, source=LAMBERT_72, target=WGS_84), decimals),
    )
    return np.asarray(degrees, dtype=object)


def _geometry(shape: shapely.Geometry) -> dict[str, object]:
    """Write a geometry as GeoJSON, without the vertices that rounding made the same."""
    told: dict[str, object] = json.loads(shapely.to_geojson(shapely.remove_repeated_points(shape)))
    return told


def _told(territory: Territory, level: Level) -> dict[str, object]:
    return {
        "schematic": territory.schematic,
        "level": level.value,
        "source": territory.source,
        "licence": territory.licence,
        "situation": territory.situation,
        "fingerprint": territory.fingerprint,
    }
