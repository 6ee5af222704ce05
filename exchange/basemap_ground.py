"""The ground of a part of town, read back from the basemap of this installation."""

import importlib
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pandas as pd
import shapely

from exchange.basemap import BASE_LAYERS, STREET_ZOOMS, basemap_facts
from exchange.poster.sheet import Ground

WEB_MERCATOR: Final = 3857
GRID: Final = 1e-6
"""Degrees, a decimetre: where two tiles meet, the ends of their pieces are the same again."""
STREET_LAYERS: Final = {
    kind: "path" if kind == "path" else f"street_{kind}" for kind in STREET_ZOOMS
}


def read_ground(home: Path, area: shapely.Geometry) -> Ground:
    """Return streets, parks, water and rails within an area (EPSG:4326), cut at its border.

    Pieces of tiles are joined again. Empty where there is no basemap, or no area.
    """
    told = basemap_facts(home)
    if told is None or shapely.is_empty(area):
        return Ground()
    path = home / "web" / "base.pmtiles"
    known = told["layers"]
    streets = [
        _read(path, layer, area).assign(kind=kind)
        for kind, layer in STREET_LAYERS.items()
        if layer in known
    ]
    found = pd.concat(streets, ignore_index=True) if streets else gpd.GeoDataFrame()
    return Ground(
        streets=_joined(found) if len(found) else None,
        shapes={
            layer: shapes
            for layer in BASE_LAYERS
            if layer in known and len(shapes := _whole(_read(path, layer, area)))
        },
    )


def _read(path: Path, layer: str, area: shapely.Geometry) -> gpd.GeoDataFrame:
    pyogrio: Any = importlib.import_module("pyogrio")
    mercator = gpd.GeoSeries([area], crs=4326).to_crs(WEB_MERCATOR)
    frame = pyogrio.read_dataframe(path, layer=layer, bbox=tuple(mercator.total_bounds))
    cut = frame.clip(mercator[0]).to_crs(4326) if len(frame) else frame.to_crs(4326)
    cut.geometry = shapely.set_precision(cut.geometry.values, GRID)
    cut = cut[~cut.geometry.is_empty]
    return cut.drop(columns=["mvt_id", "json"], errors="ignore")


def _joined(streets: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Join the pieces of a street: tiles overlap a little, and cut it where they meet."""
    for name in ("name_fr", "name_nl"):
        streets[name] = streets[name].fillna("") if name in streets else ""
    whole = streets.dissolve(["kind", "name_fr", "name_nl"], as_index=False, sort=True)
    whole.geometry = shapely.line_merge(whole.geometry.values)
    return whole.explode(ignore_index=True)


def _whole(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    if shapes.empty:
        return shapes
    parts = shapely.get_parts(shapely.union_all(shapes.geometry.values, grid_size=GRID))
    parts = shapely.normalize(parts[shapely.get_type_id(parts) != 0])
    order = sorted(range(len(parts)), key=lambda n: parts[n].wkb)
    return gpd.GeoDataFrame(geometry=parts[order], crs=shapes.crs)
