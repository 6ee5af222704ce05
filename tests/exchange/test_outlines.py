import gzip
import json
from pathlib import Path

import pytest
import shapely
from geopandas import GeoDataFrame

from exchange.outlines import border_features, outline_features
from exchange.register import read_neighbourhoods, read_register
from exchange.statbel import open_territory, prepare, schematic_territory
from geo.crs import LAMBERT_72, WGS_84
from geo.levels import Level
from geo.territory import Territory

DATA = Path(__file__).parents[2] / "data" / "sectors"
OFFICIAL = "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"
NEIGHBOURHOODS = read_neighbourhoods(DATA / "neighbourhoods.csv")
FIRST = (Level.SECTOR, Level.NEIGHBOURHOOD, Level.MUNICIPALITY)


@pytest.fixture(scope="module")
def schematic() -> Territory:
    return schematic_territory(read_register(DATA / "register.csv"))


@pytest.fixture(scope="module")
def official(official_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Territory:
    home = tmp_path_factory.mktemp("home")
    prepare(official_data / OFFICIAL, home, read_register(DATA / "register.csv"))
    return open_territory(home, DATA / "register.csv")


def weight(told: dict[str, object]) -> int:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return len(gzip.compress(text.encode(), 6))


def shapes(told: dict[str, object]) -> GeoDataFrame:
    return GeoDataFrame.from_features(told["features"], crs=WGS_84)


def test_sectors_tell_their_names_and_that_they_are_schematic(schematic: Territory) -> None:
    told = outline_features(schematic, Level.SECTOR)
    assert told["type"] == "FeatureCollection"
    assert told["plein"] == {
        "schematic": True,
        "level": "sector",
        "source": schematic.source,
        "licence": "CC BY 4.0",
        "situation": "2022-01-01",
        "fingerprint": schematic.fingerprint,
    }
    first = told["features"][0]
    assert first["id"] == first["properties"]["id"] == "21001A00-"
    assert first["properties"] == {
        "id": "21001A00-",
        "name_fr": "Resistance",
        "name_nl": "Verzet",
        "municipality": "21001",
    }
    assert len(told["features"]) == 724


def test_no_coordinate_has_more_than_five_decimals(schematic: Territory) -> None:
    for level in FIRST:
        told = outline_features(schematic, level, NEIGHBOURHOODS)
        xy = shapely.get_coordinates(shapes(told).geometry.to_numpy())
        assert (xy == xy.round(5)).all()
        assert ((xy > (4.2, 50.7)) & (xy < (4.6, 51.0))).all()


def check_fits(territory: Territory) -> None:
    sectors = shapes(outline_features(territory, Level.SECTOR))
    assert sectors.is_valid.all()
    assert shapely.coverage_is_valid(sectors.geometry.to_numpy())
    towns = shapes(outline_features(territory, Level.MUNICIPALITY))
    assert towns.is_valid.all()
    for _, town in towns.iterrows():
        inside = sectors[sectors["municipality"] == town["id"]]
        assert shapely.union_all(inside.geometry.to_numpy()).equals(town.geometry)


def test_schematic_outlines_fit_together_at_every_level(schematic: Territory) -> None:
    check_fits(schematic)


@pytest.mark.official
def test_official_outlines_fit_together_at_every_level(official: Territory) -> None:
    check_fits(official)


@pytest.mark.official
def test_simplifying_moves_hardly_any_land(official: Territory) -> None:
    drawn = shapes(outline_features(official, Level.SECTOR)).set_index("id").to_crs(LAMBERT_72)
    right = drawn.geometry.intersection(official.sectors.geometry).area.sum()
    assert right / official.sectors.geometry.area.sum() > 0.98


def test_the_first_map_is_light_when_schematic(schematic: Territory) -> None:
    sizes = [weight(outline_features(schematic, level, NEIGHBOURHOODS)) for level in FIRST]
    assert sum(sizes) <= 110_000
    assert sizes[0] <= 80_000


@pytest.mark.official
def test_the_first_map_is_light_when_official(official: Territory) -> None:
    sizes = [weight(outline_features(official, level, NEIGHBOURHOODS)) for level in FIRST]
    assert sum(sizes) <= 110_000
    assert sizes[0] <= 80_000


def test_borders_are_drawn_once_and_named_inside(schematic: Territory) -> None:
    told = border_features(schematic, Level.MUNICIPALITY)
    border, *names = told["features"]
    assert border["properties"] == {"kind": "border"}
    assert {name["properties"]["id"] for name in names} == set(schematic.municipalities.index)
    towns = shapes(outline_features(schematic, Level.MUNICIPALITY)).set_index("id")
    for name in names:
        point = shapely.Point(name["geometry"]["coordinates"])
        assert towns.loc[name["id"]].geometry.contains(point)
    every = shapely.length(towns.boundary.to_numpy()).sum()
    assert shapely.geometry.shape(border["geometry"]).length < 0.75 * every
    assert border["geometry"]["type"] == "MultiLineString"
    assert weight(told) < weight(outline_features(schematic, Level.MUNICIPALITY))
