from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import BadInputError, CrsError, UnknownIdError
from geo.levels import Level
from geo.neighbourhoods import Neighbourhood
from geo.territory import Territory

HERE = np.array([[150_050.0, 170_050.0], [150_250.0, 170_250.0], [149_000.0, 170_050.0]])


def place(*sectors: str, name: str = "quartier") -> Neighbourhood:
    return Neighbourhood(
        id=name,
        names={"fr": "Quartier"},
        sectors=sectors,
        valid_from=pd.Timestamp("2022-01-01").date(),
    )


def test_each_point_has_its_sector_or_none(grid: Territory) -> None:
    assert list(grid.locate(HERE)) == ["21001A00-", "21004A22-", None]


def test_a_corner_of_four_has_exactly_one_and_always_the_same(grid: Territory) -> None:
    assert list(grid.locate(np.array([[150_100.0, 170_100.0]] * 3))) == ["21001A00-"] * 3


def test_degrees_and_series_of_any_system_give_the_same(grid: Territory) -> None:
    degrees = project(HERE, source=LAMBERT_72, target=WGS_84)
    series = gpd.GeoSeries(gpd.points_from_xy(*HERE.T), crs=LAMBERT_72).to_crs(3812)
    expected = list(grid.locate(HERE))
    assert list(grid.locate_lonlat(degrees[:, 0], degrees[:, 1])) == expected
    assert list(grid.locate(series)) == expected
    assert list(grid.locate_lonlat(float(degrees[0, 0]), float(degrees[0, 1]))) == expected[:1]


def test_points_without_a_system_are_refused(grid: Territory) -> None:
    with pytest.raises(CrsError, match="no coordinate reference system"):
        grid.locate(gpd.GeoSeries([shapely.Point(0, 0)]))


def test_an_outline_is_the_union_and_knows_its_codes(grid: Territory) -> None:
    assert grid.outline(["21001A00-", "21001A10-"]).equals(shapely.box(*grid_box(2, 1)))
    with pytest.raises(UnknownIdError, match="99999X99-"):
        grid.outline(["21001A00-", "99999X99-"])


def grid_box(columns: int, rows: int) -> tuple[int, int, int, int]:
    return 150_000, 170_000, 150_000 + 100 * columns, 170_000 + 100 * rows


def test_a_label_lies_inside(grid: Territory) -> None:
    corner = ["21001A00-", "21001A10-", "21004A01-"]
    inside = project(np.array([grid.label_point(corner)]), source=WGS_84, target=LAMBERT_72)
    assert grid.outline(corner).contains(shapely.Point(inside[0]))


def test_the_levels_from_region_to_sector(grid: Territory) -> None:
    region = grid.level(Level.REGION)
    assert list(region.index) == ["04000"]
    assert region["name_nl"].tolist() == ["Brussels Hoofdstedelijk Gewest"]
    assert region.geometry.iloc[0].equals(shapely.box(*grid_box(3, 3)))
    towns = grid.level(Level.MUNICIPALITY)
    assert towns["name_fr"].to_dict() == {"21001": "Anderlecht", "21004": "Bruxelles"}
    assert towns.geometry.area.to_dict() == {"21001": 30_000, "21004": 60_000}
    assert grid.level(Level.DISTRICT)["name_nl"].to_dict() == {"7": "Links"}
    sectors = grid.level(Level.SECTOR)
    assert list(sectors.columns) == ["name_fr", "name_nl", "municipality", "geometry"]
    assert sectors.index.name == "id"


def test_a_neighbourhood_shows_the_sectors_there_are(grid: Territory) -> None:
    shown = grid.level(
        Level.NEIGHBOURHOOD, [place("21001A00-", "99999X99-"), place("99999X99-", name="gone")]
    )
    assert list(shown.index) == ["quartier"]
    assert shown["name_fr"].tolist() == ["Quartier"]
    assert shown["name_nl"].tolist() == [""]
    assert shown.geometry.area.tolist() == [10_000]


def test_the_fingerprint_changes_with_any_vertex_and_name(grid: Territory) -> None:
    again = replace(grid)
    assert again.fingerprint == grid.fingerprint
    moved = grid.sectors.copy()
    moved.loc["21001A00-", "geometry"] = shapely.box(150_000, 170_000, 150_100, 170_099)
    renamed = grid.sectors.copy()
    renamed.loc["21001A00-", "name_fr"] = "Autre"
    prints = {replace(grid, sectors=table).fingerprint for table in (moved, renamed)}
    assert len(prints | {grid.fingerprint}) == 3
    assert len(grid.fingerprint) == 12


def test_a_territory_needs_its_columns_and_its_system(grid: Territory) -> None:
    with pytest.raises(BadInputError, match="district"):
        replace(grid, sectors=grid.sectors.drop(columns="district"))
    with pytest.raises(CrsError):
        replace(grid, sectors=grid.sectors.to_crs(3812))


@pytest.mark.official
def test_a_million_points_agree_with_geopandas(real: Territory) -> None:
    west, south, east, north = real.sectors.total_bounds
    xy = np.random.default_rng(3).uniform((west, south), (east, north), (1_000_000, 2))
    ours = real.locate(xy)
    some = slice(0, 100_000)
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(*xy[some].T), crs=LAMBERT_72)
    joined = points.sjoin(real.sectors[["geometry"]], predicate="intersects", how="left")
    theirs = joined[~joined.index.duplicated()]["code"]
    assert [code or "" for code in ours[some]] == list(theirs.fillna(""))


@pytest.mark.official
def test_every_vertex_of_every_border_has_exactly_one_sector(real: Territory) -> None:
    vertices = shapely.get_coordinates(real.sectors.geometry.to_numpy())
    few, many = real.locate(vertices), real.locate(np.tile(vertices, (7, 1)))
    assert None not in set(few)
    assert (np.tile(few, 7) == many).all()


@pytest.mark.official
def test_a_single_point_is_located_by_a_fresh_territory(real: Territory) -> None:
    assert list(replace(real).locate_lonlat([4.3466], [50.8361])) == list(
        real.locate_lonlat([4.3466], [50.8361])
    )
