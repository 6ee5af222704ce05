"""The GeoPackage, read by GDAL and by SQLite, and the styles QGIS finds in it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from directory.categories import GROUPS
from exchange.export import export
from exchange.geo_styles import colours
from geo.crs import LAMBERT_72, WGS_84, project
from tests.drawn import code, square
from tests.exports import HIDDEN, full, hostile
from tests.records import actor, atlas

LAYERS = {
    "actors_4326": (4326, "Point"),
    "actors_31370": (31370, "Point"),
    "neighbourhoods": (31370, "MultiPolygon"),
    "sectors": (31370, "MultiPolygon"),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    people = [full(), actor("lost", places=()), *hostile()]
    path = tmp_path / "out.gpkg"
    exported = export(atlas(*people), [one.id for one in people], "gpkg", "nl")
    path.write_bytes(exported.content)
    return path


@pytest.fixture
def database(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path)) as opened:
        yield opened


def test_gdal_reads_every_layer(path: Path):
    listed = dict(pyogrio.list_layers(path))
    assert listed == {name: kind for name, (_, kind) in LAYERS.items()} | {"layer_styles": None}
    for name, (epsg, kind) in LAYERS.items():
        frame = gpd.read_file(path, layer=name)
        assert frame.crs.to_epsg() == epsg
        assert set(frame.geometry.dropna().geom_type) == {kind}


def test_actors_are_where_they_are_in_both_systems(path: Path):
    degrees, metres = (gpd.read_file(path, layer=f"actors_{n}") for n in (4326, 31370))
    point = full().places[0].point
    assert point
    assert (degrees.geometry[0].x, degrees.geometry[0].y) == pytest.approx(
        (point.lon, point.lat), abs=5e-7
    )
    xy = project(np.array([[point.lon, point.lat]]), source=WGS_84, target=LAMBERT_72)[0]
    assert metres.geometry[0].distance(shapely.Point(xy)) < 0.1
    assert square(0, 1).contains(metres.geometry[0])
    assert degrees.geometry[1] is None
    assert list(degrees["plein_id"])[:2] == ["full", "lost"]


def test_attributes_say_names_source_licence_and_day(path: Path):
    row = gpd.read_file(path, layer="actors_4326").iloc[0]
    assert (row["label"], row["category_group"]) == ("Huis", "other")
    assert (row["source"], row["source_licence"]) == ("Social Brussels", "CC BY 4.0")
    assert (row["verified_on"], row["plein_version"]) == ("2026-11-02", 3)
    assert row["phones"] == "+32 2 000 00 01; +32 2 000 00 02"
    assert row["name_en"] is None


def test_hostile_texts_are_data(path: Path):
    names = list(gpd.read_file(path, layer="actors_31370")["name_fr"])
    assert names[2:] == [one.names.root["fr"] for one in hostile()]


def test_the_territory_comes_along_with_its_source(path: Path):
    sectors = gpd.read_file(path, layer="sectors").set_index("sector")
    assert len(sectors) == 9
    assert shapely.equals(sectors.geometry[code(2, 1)], square(2, 1))
    assert sectors.loc[code(0, 0), "neighbourhood"] == "links"
    assert sectors.loc[code(0, 1), "municipality_nl"] == "Brussel"
    assert set(sectors["source"]) == {"drawn by hand"}
    assert set(sectors["licence"]) == {"none"}
    left = gpd.read_file(path, layer="neighbourhoods").iloc[0]
    assert (left["neighbourhood"], left["label"], left["relay"]) == (
        "links",
        "Links",
        "Relais Links",
    )
    assert left.geometry.area == pytest.approx(30_000)
    assert left["schematic"] in (False, 0)


def test_sqlite_finds_it_whole_and_as_the_standard_asks(database: sqlite3.Connection):
    def all_of(query: str) -> list[tuple[object, ...]]:
        return database.execute(query).fetchall()

    assert all_of("PRAGMA integrity_check") == [("ok",)]
    assert all_of("PRAGMA foreign_key_check") == []
    assert all_of("PRAGMA application_id") == [(0x47504B47,)], "GPKG, requirement 2"
    tables = {name for (name,) in all_of("SELECT name FROM sqlite_master WHERE type = 'table'")}
    required = {"gpkg_spatial_ref_sys", "gpkg_contents", "gpkg_geometry_columns"}
    assert required | {"gpkg_extensions", "gpkg_metadata", "gpkg_metadata_reference"} <= tables
    systems = {row[0] for row in all_of("SELECT srs_id FROM gpkg_spatial_ref_sys")}
    assert {-1, 0, 4326, 31370} <= systems, "requirement 11"
    names = dict(
        all_of("SELECT srs_id, organization || organization_coordsys_id FROM gpkg_spatial_ref_sys")
    )
    assert (names[4326].upper(), names[31370].upper()) == ("EPSG4326", "EPSG31370")
    contents = all_of("SELECT table_name, srs_id, data_type FROM gpkg_contents ORDER BY rowid")
    assert contents == [
        *((name, epsg, "features") for name, (epsg, _) in LAYERS.items()),
        ("layer_styles", 0, "attributes"),
    ]
    geometries = all_of("SELECT table_name, column_name, srs_id, z, m FROM gpkg_geometry_columns")
    assert geometries == [(name, "geom", epsg, 0, 0) for name, (epsg, _) in LAYERS.items()]
    moments = all_of("SELECT DISTINCT last_change FROM gpkg_contents")
    assert moments == [("2026-11-23T00:00:00.000Z",)], "requirement 15"


def test_every_layer_says_its_source_and_licence(database: sqlite3.Connection):
    told = database.execute(
        "SELECT table_name, identifier, description, metadata FROM gpkg_contents"
        " JOIN gpkg_metadata_reference USING (table_name) JOIN gpkg_metadata ON id = md_file_id"
    ).fetchall()
    assert [row[0] for row in told] == list(LAYERS)
    for name, identifier, description, metadata in told:
        assert identifier.startswith("Plein: ")
        credit = "Social Brussels (CC BY 4.0)" if "actors" in name else "drawn by hand, 2022-01-01"
        assert credit in description
        assert credit in metadata
        assert "2026-11-23" in metadata


def test_qgis_finds_a_default_style_for_each_layer(database: sqlite3.Connection):
    found = database.execute(
        "SELECT f_table_name, styleQML FROM layer_styles WHERE f_table_catalog = ''"
        " AND f_table_schema = '' AND f_geometry_column = 'geom' AND useAsDefault"
    ).fetchall()
    assert [name for name, _ in found] == list(LAYERS)
    for name, text in found:
        style = ET.fromstring(text)  # noqa: S314 - written by us, read to be checked
        used = {one.get("attr") for one in style.iter("renderer-v2")} - {None}
        used |= {one.get("fieldName") for one in style.iter("text-style")}
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({name})")}
        assert used <= columns, "what the style names is there"


def test_actors_are_drawn_by_group_in_the_palettes_colours(database: sqlite3.Connection):
    text = database.execute("SELECT styleQML FROM layer_styles").fetchone()[0]
    style = ET.fromstring(text)  # noqa: S314
    assert style.get("labelsEnabled") == "1"
    symbols = {symbol.get("name"): symbol for symbol in style.iter("symbol")}
    drawn = {}
    for category in style.iter("category"):
        layer = symbols[category.get("symbol")].find("layer")
        assert layer is not None
        values = {prop.get("k"): prop.get("v") for prop in layer.iter("prop")}
        options = {o.get("name"): o.get("value") for o in layer.iter("Option") if o.get("name")}
        assert values == options
        drawn[category.get("value")] = (category.get("label"), values["color"], values["name"])
    assert list(drawn) == list(GROUPS)
    for key, (label, colour, _) in drawn.items():
        assert label == GROUPS[key].labels.root["nl"]
        rgb = [int(part) for part in str(colour).split(",")]
        assert "#{:02x}{:02x}{:02x}".format(*rgb) == colours()["groups"][key]
    assert len({marker for _, _, marker in drawn.values()}) == len(GROUPS), "not by colour alone"


def test_what_qgis_takes_for_nought_when_missing_is_said(database: sqlite3.Connection):
    """Seen in QGIS 3.22: without these, names are hair-thin or left out."""
    for (text,) in database.execute("SELECT styleQML FROM layer_styles"):
        style = ET.fromstring(text)  # noqa: S314
        assert all(one.get("fontWeight") == "50" for one in style.iter("text-style"))
        assert all(one.get("priority") == "5" for one in style.iter("placement"))
    assert database.execute("PRAGMA user_version").fetchone() == (10200,)


def test_hidden_contacts_are_in_no_page_of_the_file(path: Path):
    content = path.read_bytes()
    assert not any(value.encode() in content for value in HIDDEN)


def test_nobody_and_no_neighbourhood_is_a_file_too(tmp_path: Path):
    empty = atlas()
    path = tmp_path / "empty.gpkg"
    path.write_bytes(export(empty, [], "gpkg", "fr").content)
    frame = gpd.read_file(path, layer="actors_4326")
    assert len(frame) == 0
    assert {"plein_id", "label", "source_licence"} <= set(frame.columns)
