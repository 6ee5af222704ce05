"""Files for maps: GeoJSON (RFC 7946), and a GeoPackage that QGIS opens with names and colours."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from exchange.excerpt import Excerpt
from exchange.geo_styles import actors_style, neighbourhoods_style, sectors_style
from exchange.geopackage import Layer, geopackage
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


def geopackage_file(excerpt: Excerpt) -> bytes:
    """Write an excerpt as a GeoPackage with the sectors and the neighbourhoods of the relays.

    Layers: actors_4326, actors_31370 (the same actors), neighbourhoods and sectors (EPSG:31370);
    `layer_styles` holds a default style for each.
    """
    layers = [*_actor_layers(excerpt), _neighbourhoods(excerpt), _sectors(excerpt)]
    return geopackage(layers, day=excerpt.exported_on)


def _actor_layers(excerpt: Excerpt) -> list[Layer]:
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
        Layer(
            name=f"actors_{crs}",
            title=f"Plein: actors (EPSG:{crs})",
            description=f"Public actors, exported on {excerpt.exported_on}.",
            credit=sources,
            frame=gpd.GeoDataFrame(frame, geometry=_points(degrees, crs), crs=crs),
            geometry="Point",
            styles=((f"actors_{crs}", actors_style(excerpt.language)),),
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


def _neighbourhoods(excerpt: Excerpt) -> Layer:
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


def _sectors(excerpt: Excerpt) -> Layer:
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
) -> Layer:
    credit = excerpt.territory_credit
    drawn = "Schematic outlines, not official ones" if credit["schematic"] else "Outlines"
    told = {key: credit[key] for key in ("source", "licence", "situation", "schematic")}
    return Layer(
        name=name,
        title=title,
        description=f"{drawn}, exported on {excerpt.exported_on}.",
        credit=f"{credit['source']}, {credit['situation']} ({credit['licence']})",
        frame=frame.assign(**told),
        geometry="MultiPolygon",
        styles=((name, style),),
    )
