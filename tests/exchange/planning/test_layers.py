"""The GeoPackage of a description, read by GDAL and SQLite, and the styles QGIS finds in it."""

import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import numpy as np
import pyogrio
import pytest
import shapely

from exchange.planning.described import Column, Described
from exchange.planning.layers import geopackage_file
from exchange.planning.words import Words
from geo.levels import Level
from tests.drawn import code, square
from tests.exchange.planning.descriptions import CODES, described, hostile, shaded, table

WORDS = Words("fr", {"unknown": "inconnu", "beyond": "plus de {n} min"})


def written(folder: Path, given: Described) -> Path:
    path = folder / "out.gpkg"
    path.write_bytes(geopackage_file(given, WORDS))
    return path


def test_a_table_is_a_layer_with_the_outlines_of_its_level(tmp_path: Path):
    path = written(tmp_path, described())
    assert dict(pyogrio.list_layers(path)) == {
        "sectors": "MultiPolygon", "places": "Point", "outlines": "MultiPolygon",
        "about": None, "layer_styles": None,
    }  # fmt: skip
    frame = gpd.read_file(path, layer="sectors").set_index("code")
    assert frame.crs.to_epsg() == 31370
    assert shapely.equals(frame.geometry[code(2, 1)], square(2, 1))
    row = frame.loc[CODES[1]]
    assert (row["walk_min"], row["reached"], row["people"]) == (2.0, 0.125, 1234)
    assert row["walk_min_said"] == "2,0 min"
    assert row["minutes_class_label"] == "5 minutes ou moins"


def test_unknown_is_null_and_beyond_says_so(tmp_path: Path):
    frame = gpd.read_file(written(tmp_path, described()), layer="sectors").set_index("code")
    beyond, unknown = frame.loc[CODES[7]], frame.loc[CODES[8]]
    assert np.isnan(beyond["walk_min"])
    assert np.isnan(unknown["walk_min"])
    assert np.isnan(unknown["people"])
    assert beyond["people"] == 0
    assert (beyond["walk_min_said"], unknown["walk_min_said"]) == ("plus de 15 min", "inconnu")


def test_qgis_finds_the_colours_of_the_map_and_the_titles_of_the_columns(tmp_path: Path):
    with closing(sqlite3.connect(written(tmp_path, described()))) as database:
        styles = dict(
            database.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault")
        )
        titles = dict(database.execute("SELECT column_name, title FROM gpkg_data_columns"))
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    root = ET.fromstring(styles["sectors"].partition("\n")[2])  # noqa: S314 - our own
    renderer = root.find("renderer-v2")
    assert renderer is not None
    assert renderer.get("attr") == "minutes_class"
    assert [(one.get("value"), one.get("label")) for one in renderer.iter("category")] == [
        ("0", "5 minutes ou moins"),
        ("1", "plus de 5 minutes"),
        ("2", "inconnu"),
    ]
    patterns = [one.get("v") for one in renderer.iter("prop") if one.get("k") == "style"]
    assert patterns == ["solid", "solid", "b_diagonal"]
    assert titles["walk_min"] == "Minutes à pied"
    assert set(styles) == {"sectors", "places", "outlines"}


def test_minutes_in_words_leave_the_others_numbers(tmp_path: Path):
    columns = (Column(id="code", title="Code"), Column(id="apart", title="+", kind="minutes"))
    rows = ((CODES[0], -2.5), (CODES[1], "désormais à moins de 15 min"))
    given = described(parts=(table(id="d", columns=columns, rows=rows),))
    told = gpd.read_file(written(tmp_path, given), layer="d")
    assert told["apart"][0] == -2.5
    assert np.isnan(told["apart"][1])
    assert list(told["apart_said"]) == ["-2,5 min", "désormais à moins de 15 min"]


def test_places_are_where_they_are(tmp_path: Path):
    places = gpd.read_file(written(tmp_path, described()), layer="places")
    assert square(0, 1).contains(places.geometry[0])
    assert list(places["sign"]) == ["dot", "star", "cross"]
    assert places["label"][0] == "Pharmacie du Parc"


def test_every_level_has_its_outlines(tmp_path: Path):
    neighbourhoods = {"gauches": CODES[::3], "ailleurs": ("99999A00-",)}
    rows = (("gauches", "G", 1.0, 0.5, 3, 1.0), ("ailleurs", "A", None, None, None, None))
    given = described(
        neighbourhoods=neighbourhoods,
        parts=(
            table(id="n", level=Level.NEIGHBOURHOOD, rows=rows),
            shaded(id="m", level=Level.MUNICIPALITY, ids=("21001", "21004"), classes=(0, 9)),
        ),
    )
    path = written(tmp_path, given)
    known, elsewhere = gpd.read_file(path, layer="n").geometry
    assert known.area == pytest.approx(30_000)
    assert elsewhere is None
    towns = gpd.read_file(path, layer="m")
    assert list(towns["name"]) == ["Anderlecht", "Bruxelles"]
    assert list(towns["m_class_label"]) == ["5 minutes ou moins", "inconnu"]


def test_sources_and_licences_come_along(tmp_path: Path):
    path = written(tmp_path, described())
    told = pyogrio.read_info(path, layer="sectors")["layer_metadata"]["SOURCES"]
    assert told == "OpenStreetMap (ODbL); drawn by hand (none)"
    told = pyogrio.read_dataframe(path, layer="about")
    assert "On marche à 4,8 km/h le long des rues." in list(told["told"])


def test_hostile_texts_are_data(tmp_path: Path):
    path = written(tmp_path, hostile())
    assert "=1+1" in list(pyogrio.read_dataframe(path, layer="1_1")["1_1"])
