import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely

from geo.crs import (
    LAMBERT_72,
    LAMBERT_2008,
    WGS_84,
    _transformer,
    convert,
    epsg_of,
    project,
    require_crs,
)
from geo.errors import CrsError

POINT = gpd.GeoDataFrame(geometry=[shapely.Point(150_000, 170_000)], crs=LAMBERT_72)


def test_the_words_of_esri_for_both_lamberts_are_known() -> None:
    for code in (LAMBERT_72, LAMBERT_2008):
        words = pyproj.CRS.from_epsg(code).to_wkt("WKT1_ESRI")
        assert epsg_of(words) == code


@pytest.mark.parametrize("nothing", [None, "no system", "EPSG:0"])
def test_what_is_no_system_has_no_code(nothing: object) -> None:
    assert epsg_of(nothing) is None


def test_a_missing_system_raises_with_what_was_expected() -> None:
    bare = gpd.GeoDataFrame(geometry=[shapely.Point(0, 0)])
    with pytest.raises(CrsError, match=r"EPSG:31370.*no coordinate reference system"):
        require_crs(bare, allowed=(LAMBERT_72,))
    with pytest.raises(CrsError, match="no coordinate reference system"):
        convert(bare, to=LAMBERT_72)


def test_a_wrong_system_raises_with_what_was_found() -> None:
    with pytest.raises(CrsError, match="EPSG:4326, found EPSG:31370"):
        require_crs(POINT, allowed=(WGS_84,))


def test_converting_to_the_same_system_is_the_same_object() -> None:
    assert convert(POINT, to=LAMBERT_72) is POINT


def test_there_and_back_is_within_a_millimetre() -> None:
    xy = np.array([[150_000.0, 170_000.0], [140_123.4, 180_987.6]])
    for code in (WGS_84, LAMBERT_2008):
        there = project(xy, source=LAMBERT_72, target=code)
        assert np.abs(project(there, source=code, target=LAMBERT_72) - xy).max() < 0.001


def test_projecting_points_agrees_with_geopandas() -> None:
    ours = project(np.array([[150_000.0, 170_000.0]]), source=LAMBERT_72, target=WGS_84)
    theirs = convert(POINT, to=WGS_84).geometry.iloc[0]
    assert ours[0] == pytest.approx([theirs.x, theirs.y], abs=1e-9)


@pytest.mark.parametrize("source", [LAMBERT_72, LAMBERT_2008, WGS_84])
@pytest.mark.parametrize("target", [LAMBERT_72, LAMBERT_2008, WGS_84])
def test_every_point_of_belgium_goes_where_pyproj_takes_it(source: int, target: int) -> None:
    degrees = np.random.default_rng(1).uniform((2.5, 49.4), (6.5, 51.6), (500, 2))
    known = pyproj.Transformer.from_crs(WGS_84, source, always_xy=True)
    xy = np.column_stack(known.transform(*degrees.T))
    theirs = pyproj.Transformer.from_crs(source, target, always_xy=True).transform(*xy.T)
    ours = project(xy, source=source, target=target)
    assert np.array_equal(ours, np.column_stack(theirs))


def test_a_thread_need_not_look_for_the_way_between_our_systems() -> None:
    assert _transformer(LAMBERT_72, WGS_84).definition.startswith("proj=pipeline")
