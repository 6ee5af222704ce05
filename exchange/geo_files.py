"""Files for maps: GeoJSON (RFC 7946), and a GeoPackage that QGIS opens with names and colours."""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from numpy.typing import NDArray

from exchange.excerpt import Excerpt
from exchange.geo_styles import actors_style, neighbourhoods_style, sectors_style
from exchange.table_columns import COLUMNS
from exchange.table_rows import Cell, flat, rows
from geo.crs import LAMBERT_72, WGS_84, project
from geo.levels import Level

# ---- GeoJSON


def geojson_file(excerpt: Excerpt) -> bytes:
    """Write an excerpt as a FeatureCollection: WGS 84, six decimals, lists as lists.

    An actor without a point has no geometry. Beside the features, `plein` tells the day, the
    sources with their licences, and where the sectors named in the properties come from.
    """
    features = [_feature(row, extra) for row, extra in _told(excerpt)]
    points = [f["geometry"]["coordinates"] for f in features if f["geometry"]]
    lon, lat = [p[0] for p in points], [p[1] for p in points]
    collection = {
        "type": "FeatureCollection",
        **({"bbox": [min(lon), min(lat), max(lon), max(lat)]} if points else {}),
        "plein": {
            "exported_on": excerpt.exported_on,
            "language": excerpt.language,
            "sources": [
                {"name": c.name, "licence": c.licence, "actors": c.actors} for c in excerpt.credits
            ],
            "sectors": excerpt.territory_credit,
        },
        "features": features,
    }
    text = json.dumps(collection, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def _told(excerpt: Excerpt) -> list[tuple[dict[str, Cell], dict[str, Cell]]]:
    """Pair each row of the table with what a map needs beside it: a label and a group."""
    extras: list[dict[str, Cell]] = [
        {
            "label": excerpt.label_of(actor),
            "category_group": excerpt.group_of(actor),
            "category_group_label": excerpt.group_label(actor),
        }
        for actor in excerpt.actors
    ]
    return list(zip(rows(excerpt), extras, strict=True))


def _feature(row: Mapping[str, Cell], extra: Mapping[str, Cell]) -> dict[str, Any]:
    lon, lat = row["lon"], row["lat"]
    return {
        "type": "Feature",
        "id": row["plein_id"],
        "geometry": None if lon is None else {"type": "Point", "coordinates": [lon, lat]},
        "properties": {**extra, **row},
    }


# ---- GeoPackage


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """One layer of the GeoPackage; `frame` has its reference system."""

    name: str
    title: str
    description: str
    credit: str
    frame: gpd.GeoDataFrame
    geometry: str
    style: str


_STYLES_TABLE: Final = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""
"""As QGIS makes it: it looks for a layer's style by these names."""


def geopackage_file(excerpt: Excerpt) -> bytes:
    """Write an excerpt as a GeoPackage with the sectors and the neighbourhoods of the relays.

    Layers: actors_4326, actors_31370 (the same actors), neighbourhoods and sectors (EPSG:31370);
    `layer_styles` holds a default style for each.
    """
    layers = [*_actor_layers(excerpt), _neighbourhoods(excerpt), _sectors(excerpt)]
    with tempfile.TemporaryDirectory(prefix="plein-") as folder:
        path = Path(folder) / "plein.gpkg"
        for layer in layers:
            _write(path, layer, excerpt)
        with closing(sqlite3.connect(path)) as database:
            _finish(database, layers, excerpt)
        return path.read_bytes()


def _write(path: Path, layer: _Layer, excerpt: Excerpt) -> None:
    pyogrio.write_dataframe(
        layer.frame,
        path,
        layer=layer.name,
        driver="GPKG",
        geometry_type=layer.geometry,
        promote_to_multi=layer.geometry == "MultiPolygon",
        dataset_options={"VERSION": "1.2"},  # the newest that older QGIS reads without a warning
        layer_options={
            "IDENTIFIER": layer.title,
            "DESCRIPTION": f"{layer.description} Sources: {layer.credit}",
            "GEOMETRY_NAME": "geom",
            "GEOMETRY_NULLABLE": "YES",
        },
        layer_metadata={"EXPORTED_ON": excerpt.exported_on, "SOURCES": layer.credit},
    )


def _finish(database: sqlite3.Connection, layers: list[_Layer], excerpt: Excerpt) -> None:
    """Add the styles; date the tables by the atlas, so that the same excerpt is the same file."""
    moment = f"{excerpt.exported_on}T00:00:00.000Z"
    with database:
        database.execute(_STYLES_TABLE)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', 0)"
        )
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
            " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
            " update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, 'Plein', ?)",
            [(one.name, one.name, one.style, one.title, moment) for one in layers],
        )
        database.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
        database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (moment,))
    database.execute("VACUUM")


def _actor_layers(excerpt: Excerpt) -> list[_Layer]:
    told = _told(excerpt)
    headers = [*(told[0][1] if told else _EXTRAS), *(column.header for column in COLUMNS)]
    frame = pd.DataFrame(
        [{key: flat(cell) for key, cell in {**extra, **row}.items()} for row, extra in told],
        columns=headers,
        dtype=object,
    )
    for name in ("lon", "lat"):
        frame[name] = frame[name].astype(float)
    frame["plein_version"] = frame["plein_version"].astype(float).astype("Int64")
    degrees = frame[["lon", "lat"]].to_numpy(np.float64)
    sources = "; ".join(f"{c.name} ({c.licence or '?'})" for c in excerpt.credits)
    return [
        _Layer(
            name=f"actors_{crs}",
            title=f"Plein: actors (EPSG:{crs})",
            description=f"Public actors, exported on {excerpt.exported_on}.",
            credit=sources,
            frame=gpd.GeoDataFrame(frame, geometry=_points(degrees, crs), crs=crs),
            geometry="Point",
            style=actors_style(excerpt.language),
        )
        for crs in (WGS_84, LAMBERT_72)
    ]


_EXTRAS: Final = ("label", "category_group", "category_group_label")


def _points(degrees: NDArray[np.float64], crs: int) -> NDArray[np.object_]:
    """Make points in a system of positions in degrees; NaN makes none."""
    found: NDArray[np.object_] = np.full(len(degrees), None, dtype=object)
    known = np.isfinite(degrees).all(axis=1)
    if known.any():
        found[known] = shapely.points(project(degrees[known], source=WGS_84, target=crs))
    return found


def _neighbourhoods(excerpt: Excerpt) -> _Layer:
    atlas, language = excerpt.atlas, excerpt.language
    frame = atlas.territory.level(Level.NEIGHBOURHOOD, atlas.neighbourhoods.values())
    frame = frame.rename_axis("neighbourhood").reset_index()
    keys = list(frame["neighbourhood"])
    relays = [atlas.relay_of_neighbourhood.get(key) for key in keys]
    columns: Mapping[str, Callable[[], list[str]]] = {
        "label": lambda: [atlas.neighbourhood_name(key, language) for key in keys],
        "relay": lambda: [relay.names.best(language) if relay else "" for relay in relays],
        "sectors": lambda: ["; ".join(atlas.neighbourhoods[key].sectors) for key in keys],
        "note": lambda: [atlas.neighbourhoods[key].note for key in keys],
    }
    for name, values in columns.items():
        frame[name] = pd.Series(values(), index=frame.index, dtype=object)
    return _outlines(
        excerpt,
        frame,
        name="neighbourhoods",
        title="Plein: neighbourhoods of the relays",
        style=neighbourhoods_style(),
    )


def _sectors(excerpt: Excerpt) -> _Layer:
    atlas = excerpt.atlas
    frame = atlas.territory.sectors.rename_axis("sector").reset_index()
    towns = atlas.territory.municipalities
    for language in ("fr", "nl"):
        frame[f"municipality_{language}"] = frame["municipality"].map(towns[f"name_{language}"])
    covered = atlas.neighbourhood_of_sector
    frame["neighbourhood"] = frame["sector"].map(lambda code: covered.get(code, ""))
    return _outlines(
        excerpt,
        frame,
        name="sectors",
        title="Plein: statistical sectors",
        style=sectors_style(),
    )


def _outlines(
    excerpt: Excerpt, frame: gpd.GeoDataFrame, *, name: str, title: str, style: str
) -> _Layer:
    credit = excerpt.territory_credit
    drawn = "Schematic outlines, not official ones" if credit["schematic"] else "Outlines"
    told = {key: credit[key] for key in ("source", "licence", "situation", "schematic")}
    return _Layer(
        name=name,
        title=title,
        description=f"{drawn}, exported on {excerpt.exported_on}.",
        credit=f"{credit['source']}, {credit['situation']} ({credit['licence']})",
        frame=frame.assign(**told),
        geometry="MultiPolygon",
        style=style,
    )
