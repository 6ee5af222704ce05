from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.register import COLUMNS, build_register, parse_register, second_moments
from geo.sectors import normalise

Make = Callable[..., gpd.GeoDataFrame]


def districts(*shapes: shapely.Polygon) -> gpd.GeoDataFrame:
    names = [f"QUARTIER {n}" for n in range(len(shapes))]
    return gpd.GeoDataFrame(
        {"MDRC": [str(n + 1) for n in range(len(shapes))], "NAME_FRE": names, "NAME_DUT": names},
        geometry=list(shapes),
        crs=31370,
    )


@pytest.fixture
def register(published: Make) -> pd.DataFrame:
    left = shapely.box(149_900, 169_900, 150_140, 170_400)
    return build_register(normalise(published()), districts(left))


def test_a_square_of_100_m_spreads_10000_over_12(register: pd.DataFrame) -> None:
    row = register.loc["21001A00-"]
    assert (row["x"], row["y"], row["area_ha"]) == (150_050, 170_050, 1.0)
    assert (row["var_x"], row["var_y"], row["cov_xy"]) == (833, 833, 0)


def test_the_district_is_that_of_the_representative_point(register: pd.DataFrame) -> None:
    assert register.loc["21001A00-", "district_fr"] == "Quartier 0"
    assert register.loc["21001A10-", "district"] == ""
    assert len(register) == 9


def test_a_hole_takes_its_spread_away() -> None:
    ring = shapely.box(-2, -2, 2, 2) - shapely.box(-1, -1, 1, 1)
    var_x, var_y, cov = second_moments(np.array([ring]))
    assert var_x[0] == pytest.approx((16 * 16 / 12 - 4 * 4 / 12) / 12)
    assert (var_y[0], cov[0]) == pytest.approx((var_x[0], 0))


@given(
    st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=9),
    st.integers(0, 200_000),
)
def test_the_spread_is_that_of_the_triangles_it_falls_into(
    points: list[tuple[int, int]], shift: int
) -> None:
    """Independent: a triangle's second moment is a twelfth of that of its corners and middle."""
    shape = shapely.MultiPoint(points).convex_hull
    if shape.geom_type != "Polygon" or shape.area < 1:
        return
    moved = shapely.transform(shape, lambda xy: xy + shift)
    x, y = shapely.get_coordinates(moved).T
    total = np.zeros((2, 2))
    middle = np.array(moved.centroid.coords[0])
    for i in range(1, len(x) - 2):
        corners = np.array([[x[0], y[0]], [x[i], y[i]], [x[i + 1], y[i + 1]]]) - middle
        area = abs(np.linalg.det(np.column_stack([corners, np.ones(3)]))) / 2
        whole = corners.sum(axis=0)
        total += area / 12 * (corners.T @ corners + np.outer(whole, whole))
    total /= moved.area
    measured = [float(value[0]) for value in second_moments(np.array([moved]))]
    assert measured == pytest.approx([total[0, 0], total[1, 1], total[0, 1]], rel=1e-5, abs=1e-3)


def test_what_is_written_is_read_back(register: pd.DataFrame) -> None:
    text = register.reset_index().astype(str)
    again = parse_register(text)
    assert list(again.reset_index().columns) == list(COLUMNS)
    assert (again["area_ha"] == register["area_ha"]).all()
    assert (again["district"] == register["district"]).all()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "21004A1"),
        ("refnis", "x"),
        ("x", "0"),
        ("y", ""),
        ("area_ha", "-1"),
        ("area_ha", "inf"),
        ("cov_xy", "834"),
    ],
)
def test_an_impossible_cell_is_named(register: pd.DataFrame, column: str, value: str) -> None:
    text = register.reset_index().astype(str)
    text.loc[3, column] = value
    with pytest.raises(BadInputError, match=f"Row 5 .* impossible {column}: “{value}”"):
        parse_register(text)


def test_a_code_twice_and_a_column_missing_are_refused(register: pd.DataFrame) -> None:
    text = register.reset_index().astype(str)
    with pytest.raises(BadInputError, match="lacks the columns var_x"):
        parse_register(text.drop(columns="var_x"))
    with pytest.raises(BadInputError, match=r"Row 11 .* impossible code"):
        parse_register(pd.concat([text, text[:1]], ignore_index=True))


def test_districts_without_their_columns_are_refused(published: Make) -> None:
    bare = districts(shapely.box(0, 0, 1, 1)).drop(columns="MDRC")
    with pytest.raises(BadInputError, match="column MDRC"):
        build_register(normalise(published()), bare)


@pytest.mark.official
def test_the_spread_of_real_sectors_agrees_with_points_thrown_into_them(
    official_sectors: gpd.GeoDataFrame,
) -> None:
    rng = np.random.default_rng(7)
    for shape in official_sectors.geometry.iloc[::120]:
        west, south, east, north = shape.bounds
        xy = rng.uniform((west, south), (east, north), (200_000, 2))
        xy = xy[shapely.contains_xy(shape, *xy.T)]
        thrown = np.cov(xy.T)
        var_x, var_y, cov_xy = (float(v[0]) for v in second_moments(np.array([shape])))
        scale = max(var_x, var_y)
        assert var_x == pytest.approx(thrown[0, 0], abs=0.03 * scale)
        assert var_y == pytest.approx(thrown[1, 1], abs=0.03 * scale)
        assert cov_xy == pytest.approx(thrown[0, 1], abs=0.03 * scale)
