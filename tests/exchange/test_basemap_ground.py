"""The ground of a part of town, as it comes back from the basemap of an installation."""

import math
from pathlib import Path

import geopandas as gpd
import pytest
import shapely

from exchange.basemap import make_basemap
from exchange.basemap_ground import read_ground
from geo.crs import LAMBERT_2008, WGS_84

TILE = 360 / 2**15
"""Degrees of longitude of a tile of the deepest zoom."""
SEAM = math.ceil(4.35 / TILE) * TILE
"""Where two tiles meet, a little east of 4.35."""
PARK = shapely.box(SEAM - 0.002, 50.84, SEAM + 0.002, 50.843)
STREET = shapely.LineString([(SEAM - 0.003, 50.845), (SEAM + 0.003, 50.845)])
GRAPH = f"""<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="c" for="graph" attr.name="crs"/><key id="x" for="node" attr.name="x"/>
<key id="y" for="node" attr.name="y"/><key id="h" for="edge" attr.name="highway"/>
<key id="n" for="edge" attr.name="name"/>
<graph><data key="c">epsg:4326</data>
<node id="1"><data key="x">{SEAM - 0.003}</data><data key="y">50.845</data></node>
<node id="2"><data key="x">{SEAM + 0.003}</data><data key="y">50.845</data></node>
<edge source="1" target="2"><data key="h">residential</data>
<data key="n">Rue Haute - Hoogstraat</data></edge></graph></graphml>"""


def quiet(_: str) -> None:
    """Take progress without printing it."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    base = tmp_path / "base.gpkg"
    gpd.GeoDataFrame(geometry=[PARK], crs=WGS_84).to_file(base, layer="park")
    streets = tmp_path / "streets.graphml"
    streets.write_text(GRAPH, encoding="utf-8")
    make_basemap(tmp_path, streets=streets, base=base, say=quiet)
    return tmp_path


def test_what_tiles_cut_is_whole_again(home: Path) -> None:
    found = read_ground(home, shapely.box(SEAM - 0.01, 50.83, SEAM + 0.01, 50.85))
    assert found.streets is not None
    street = found.streets.iloc[0]
    assert len(found.streets) == 1
    assert (street.kind, street.name_fr, street.name_nl) == ("minor", "Rue Haute", "Hoogstraat")
    assert street.geometry.length == pytest.approx(0.006, rel=0.01)
    park = found.shapes["park"].to_crs(LAMBERT_2008)
    assert len(park) == 1
    whole = gpd.GeoSeries([PARK], crs=WGS_84).to_crs(LAMBERT_2008)
    assert park.area.sum() == pytest.approx(whole.area[0], rel=0.01)


def test_it_is_cut_at_the_border_of_the_area(home: Path) -> None:
    found = read_ground(home, shapely.box(SEAM, 50.83, SEAM + 0.001, 50.85))
    assert found.streets is not None
    assert found.streets.total_bounds == pytest.approx(
        [SEAM, 50.845, SEAM + 0.001, 50.845], abs=2e-5
    )


def test_it_is_the_same_each_time(home: Path) -> None:
    area = shapely.box(SEAM - 0.01, 50.83, SEAM + 0.01, 50.85)
    one, two = (read_ground(home, area) for _ in range(2))
    assert one.streets is not None
    assert one.streets.equals(two.streets)


def test_nothing_there_is_nothing(tmp_path: Path, home: Path) -> None:
    assert read_ground(tmp_path / "none", PARK).streets is None
    assert read_ground(home, shapely.Polygon()).streets is None
    far = read_ground(home, shapely.box(4.0, 50.0, 4.01, 50.01))
    assert far.streets is None
    assert far.shapes == {}
