import hashlib
import json
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from exchange.basemap import basemap_facts, basemap_layers, make_basemap
from geo.errors import BadInputError

POND = shapely.box(149_000, 170_000, 149_400, 170_300)
TRACK = shapely.LineString([(148_000, 169_000), (150_000, 171_000)])
GRAPH = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="c" for="graph" attr.name="crs"/><key id="x" for="node" attr.name="x"/>
<key id="y" for="node" attr.name="y"/><key id="h" for="edge" attr.name="highway"/>
<key id="n" for="edge" attr.name="name"/>
<graph><data key="c">epsg:4326</data>
<node id="1"><data key="x">4.35</data><data key="y">50.84</data></node>
<node id="2"><data key="x">4.36</data><data key="y">50.85</data></node>
<edge source="1" target="2"><data key="h">primary</data>
<data key="n">Rue Haute - Hoogstraat</data></edge></graph></graphml>"""


def quiet(_: str) -> None:
    """Take progress without printing it."""


@pytest.fixture
def base(tmp_path: Path) -> Path:
    path = tmp_path / "base.gpkg"
    for layer, shape in (("water", POND), ("tram", TRACK)):
        gpd.GeoDataFrame(geometry=[shape], crs=31370).to_file(path, layer=layer)
    return path


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    path = tmp_path / "streets.graphml"
    path.write_text(GRAPH, encoding="utf-8")
    return path


def test_one_file_holds_every_layer_where_it_was_given(
    tmp_path: Path, base: Path, streets: Path
) -> None:
    assert make_basemap(tmp_path, streets=streets, base=base, say=quiet)
    path = tmp_path / "web" / "base.pmtiles"
    # GDAL's own reader, on the deepest zoom, in web mercator.
    assert sorted(pyogrio.list_layers(path)[:, 0]) == ["street_main", "tram", "water"]
    water = pyogrio.read_dataframe(path, layer="water").to_crs(31370)
    assert water.union_all().symmetric_difference(POND).area < 0.01 * POND.area
    street = pyogrio.read_dataframe(path, layer="street_main")
    assert set(street["name_fr"]) == {"Rue Haute"}
    assert set(street["name_nl"]) == {"Hoogstraat"}
    bounds = street.to_crs(4326).total_bounds
    assert bounds == pytest.approx([4.35, 50.84, 4.36, 50.85], abs=1e-4)


def test_the_facts_beside_it_say_whose_it_is(tmp_path: Path, base: Path, streets: Path) -> None:
    make_basemap(tmp_path, streets=streets, base=base, say=quiet)
    facts = basemap_facts(tmp_path)
    content = (tmp_path / "web" / "base.pmtiles").read_bytes()
    assert facts is not None
    assert facts["sha256"] == hashlib.sha256(content).hexdigest()
    assert facts["licence"] == "ODbL 1.0"
    assert facts["layers"] == {"water": 1, "tram": 1, "street_main": 1}
    assert [source["name"] for source in facts["sources"]] == ["streets.graphml", "base.gpkg"]
    (layer,) = basemap_layers(tmp_path, prefix="tiles/")
    assert layer["address"] == f"tiles/base.pmtiles?v={facts['sha256'][:12]}"


def test_the_same_files_again_change_nothing(tmp_path: Path, base: Path, streets: Path) -> None:
    assert make_basemap(tmp_path, streets=streets, base=base, say=quiet)
    before = (tmp_path / "web" / "basemap.json").read_bytes()
    assert not make_basemap(tmp_path, streets=streets, base=base, say=quiet)
    assert (tmp_path / "web" / "basemap.json").read_bytes() == before
    assert make_basemap(tmp_path, base=base, say=quiet)


def test_without_a_basemap_the_map_has_no_such_layer(tmp_path: Path) -> None:
    assert basemap_layers(tmp_path) == []


@pytest.mark.parametrize("harm", ["truncate", "facts", "gone"])
def test_a_half_written_basemap_is_none(tmp_path: Path, base: Path, harm: str) -> None:
    make_basemap(tmp_path, base=base, say=quiet)
    web = tmp_path / "web"
    if harm == "truncate":
        (web / "base.pmtiles").write_bytes((web / "base.pmtiles").read_bytes()[:-1])
    elif harm == "facts":
        (web / "basemap.json").write_text("[1", encoding="utf-8")
    else:
        (web / "base.pmtiles").unlink()
    assert basemap_layers(tmp_path) == []
    assert make_basemap(tmp_path, base=base, say=quiet)
    assert len(basemap_layers(tmp_path)) == 1


def broken_bases(folder: Path) -> dict[str, Path]:
    def kept(name: str, layer: str, shape: shapely.Geometry, crs: int | None) -> Path:
        path = folder / name
        options = {} if crs else {"layer_options": {"SRS_ID": "-1"}}
        gpd.GeoDataFrame(geometry=[shape], crs=crs).to_file(path, layer=layer, **options)
        return path

    (folder / "text.gpkg").write_text("not a database", encoding="utf-8")
    return {
        "nothing there": folder / "missing.gpkg",
        "not a GeoPackage": folder / "text.gpkg",
        "no layer of ours": kept("other.gpkg", "roads", TRACK, 31370),
        "lines as water": kept("lines.gpkg", "water", TRACK, 31370),
    }


@pytest.mark.parametrize(
    "case", ["nothing there", "not a GeoPackage", "no layer of ours", "lines as water"]
)
def test_a_broken_file_is_refused_and_yesterdays_stays(
    tmp_path: Path, base: Path, case: str
) -> None:
    make_basemap(tmp_path, base=base, say=quiet)
    before = (tmp_path / "web" / "base.pmtiles").read_bytes()
    path = broken_bases(tmp_path)[case]
    with pytest.raises(BadInputError, match=path.name):
        make_basemap(tmp_path, base=path, say=quiet)
    assert (tmp_path / "web" / "base.pmtiles").read_bytes() == before
    assert len(basemap_layers(tmp_path)) == 1
    assert sorted(p.name for p in (tmp_path / "web").iterdir()) == ["base.pmtiles", "basemap.json"]


@pytest.mark.official
def test_the_ground_of_brussels(tmp_path: Path, official_data: Path) -> None:
    given = {
        "streets": official_data / "osm_city_of_brussels_drive.graphml",
        "base": official_data / "osm_brussels_base.gpkg",
    }
    assert make_basemap(tmp_path, **given, say=quiet)
    facts = json.loads((tmp_path / "web" / "basemap.json").read_text(encoding="utf-8"))
    assert facts["layers"]["park"] == 1175
    assert facts["bytes"] < 2_000_000
