"""A GeoPackage of some layers, as QGIS opens it: named, credited, styled; the same bytes always."""

import sqlite3
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyogrio


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer: `frame` has its reference system, or no geometry at all (`geometry` is "" then).

    `styles` are names with QML, the one to begin with first. `aliases` name columns to people.
    """

    name: str
    title: str
    description: str
    credit: str
    frame: gpd.GeoDataFrame | pd.DataFrame
    geometry: str = ""
    styles: tuple[tuple[str, str], ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)


_STYLES_TABLE: Final = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
    f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME)
"""
"""As QGIS makes it: it looks for a layer's style by these names."""
_COLUMNS_TABLE: Final = """
CREATE TABLE gpkg_data_columns (
    table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT,
    mime_type TEXT, constraint_name TEXT,
    CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name))
"""
_CONSTRAINTS_TABLE: Final = """
CREATE TABLE gpkg_data_column_constraints (
    constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC,
    min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))
"""
"""Both as the Schema extension of GeoPackage 1.2 defines them."""


def geopackage(layers: Sequence[Layer], *, day: str) -> bytes:
    """Write layers as a GeoPackage dated `day` (ISO 8601); `layer_styles` holds their styles."""
    with tempfile.TemporaryDirectory(prefix="plein-") as folder:
        path = Path(folder) / "plein.gpkg"
        used: set[str] = set()
        for layer in layers:
            # The standard wants identifiers that differ.
            title = f"{layer.title} ({layer.name})" if layer.title in used else layer.title
            used.add(title)
            _write(path, layer, title, day)
        with closing(sqlite3.connect(path)) as database:
            _finish(database, layers, f"{day}T00:00:00.000Z")
        return _unaged(path.read_bytes())


def _unaged(file: bytes) -> bytes:
    """Set SQLite's count of changes to one: GDAL's own commits are more when a second ends."""
    count = (1).to_bytes(4, "big")
    return file[:24] + count + file[28:92] + count + file[96:]


def _write(path: Path, layer: Layer, title: str, day: str) -> None:
    spatial = {"GEOMETRY_NAME": "geom", "GEOMETRY_NULLABLE": "YES"} if layer.geometry else {}
    pyogrio.write_dataframe(
        layer.frame,
        path,
        layer=layer.name,
        driver="GPKG",
        geometry_type=layer.geometry or None,
        promote_to_multi=layer.geometry == "MultiPolygon",
        dataset_options={"VERSION": "1.2"},  # the newest that older QGIS reads without a warning
        layer_options={
            "IDENTIFIER": title,
            "DESCRIPTION": f"{layer.description} Sources: {layer.credit}",
            **spatial,
        },
        layer_metadata={"EXPORTED_ON": day, "SOURCES": layer.credit},
    )


def _finish(database: sqlite3.Connection, layers: Sequence[Layer], moment: str) -> None:
    """Add styles and names of columns; date the tables, so that the same layers are one file."""
    with database:
        database.execute(_STYLES_TABLE)
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', 0)"
        )
        database.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
            " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner,"
            " update_time) VALUES ('', '', ?, 'geom', ?, ?, '', ?, ?, 'Plein', ?)",
            [
                (layer.name, name, style, int(n == 0), layer.title, moment)
                for layer in layers
                for n, (name, style) in enumerate(layer.styles)
            ],
        )
        if any(layer.aliases for layer in layers):
            _name_columns(database, layers)
        database.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
        database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (moment,))
    database.execute("VACUUM")


def _name_columns(database: sqlite3.Connection, layers: Sequence[Layer]) -> None:
    database.execute(_COLUMNS_TABLE)
    database.execute(_CONSTRAINTS_TABLE)
    database.executemany(
        "INSERT INTO gpkg_extensions (table_name, column_name, extension_name, definition, scope)"
        " VALUES (?, NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema',"
        " 'read-write')",
        [("gpkg_data_columns",), ("gpkg_data_column_constraints",)],
    )
    database.executemany(
        "INSERT INTO gpkg_data_columns (table_name, column_name, title) VALUES (?, ?, ?)",
        [(layer.name, *named) for layer in layers for named in layer.aliases.items()],
    )
