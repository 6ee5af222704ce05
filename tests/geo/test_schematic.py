from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.register import parse_register
from geo.schematic import agreement, schematic_outlines

REGISTER = Path(__file__).parents[2] / "data" / "sectors" / "register.csv"


@pytest.fixture(scope="module")
def register() -> pd.DataFrame:
    return parse_register(pd.read_csv(REGISTER, dtype=str, keep_default_na=False))


@pytest.fixture(scope="module")
def outlines(register: pd.DataFrame) -> gpd.GeoSeries:
    return schematic_outlines(register)


def small(*rows: tuple[float, float, float, float, float]) -> pd.DataFrame:
    return pd.DataFrame(
        rows,
        columns=["x", "y", "var_x", "var_y", "cov_xy"],
        index=pd.Index([f"21004A{n:02}-" for n in range(len(rows))], name="code"),
    )


def test_one_sector_alone_is_an_ellipse_of_its_reach() -> None:
    """A disc of radius r has variance r²/4: its reach of 2.2 is 1.1 r."""
    drawn = schematic_outlines(small((150_000, 170_000, 400**2 / 4, 400**2 / 4, 0)))
    assert drawn.iloc[0].area == pytest.approx(np.pi * 440**2, rel=0.01)
    assert drawn.iloc[0].centroid.distance(shapely.Point(150_000, 170_000)) < 10


def test_two_equal_neighbours_meet_in_the_middle() -> None:
    drawn = schematic_outlines(
        small((150_000, 170_000, 10_000, 10_000, 0), (150_300, 170_000, 10_000, 10_000, 0))
    )
    middle = drawn.iloc[0].intersection(drawn.iloc[1])
    assert middle.length > 200
    assert [middle.bounds[0], middle.bounds[2]] == pytest.approx([150_150, 150_150], abs=20)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(150_000, 151_500),
            st.integers(170_000, 171_500),
            st.integers(2_000, 60_000),
            st.integers(2_000, 60_000),
            st.floats(-0.9, 0.9),
        ),
        min_size=1,
        max_size=8,
        unique_by=lambda row: row[:2],
    )
)
def test_any_register_gives_a_coverage(rows: list[tuple[float, ...]]) -> None:
    drawn = schematic_outlines(small(*[(x, y, a, b, r * (a * b) ** 0.5) for x, y, a, b, r in rows]))
    assert drawn.is_valid.all()
    assert shapely.coverage_is_valid(drawn.to_numpy())
    assert list(drawn.index) == sorted(drawn.index)


def test_the_sectors_of_brussels_all_have_an_outline_and_fit_together(
    register: pd.DataFrame, outlines: gpd.GeoSeries
) -> None:
    assert list(outlines.index) == list(register.index)
    assert outlines.is_valid.all()
    assert not outlines.is_empty.any()
    assert shapely.coverage_is_valid(outlines.to_numpy())
    whole = shapely.union_all(outlines.to_numpy())
    assert whole.area == pytest.approx(outlines.area.sum(), rel=1e-9)
    assert sum(len(part.interiors) for part in shapely.get_parts(whole)) == 0


def test_agreement_of_two_squares_half_a_side_apart() -> None:
    official = gpd.GeoSeries([shapely.box(0, 0, 2, 1)], index=["a"])
    drawn = gpd.GeoSeries([shapely.box(1, 0, 3, 1)], index=["a"])
    measured = agreement(drawn, official)
    assert measured.right_percent == pytest.approx(50)
    assert measured.beyond_percent == pytest.approx(50)
    assert measured.missing_percent == pytest.approx(50)


@pytest.mark.official
def test_at_least_86_percent_is_right_and_at_most_5_beyond(
    outlines: gpd.GeoSeries, official_sectors: gpd.GeoDataFrame
) -> None:
    measured = agreement(outlines, official_sectors.geometry)
    assert measured.right_percent >= 86
    assert measured.beyond_percent <= 5
    drawn = measured.beyond_percent - measured.missing_percent + 100
    assert drawn == pytest.approx(
        100 * outlines.area.sum() / official_sectors.geometry.area.sum(), abs=0.01
    )


def test_land_that_sectors_enclose_is_given_to_one_of_them() -> None:
    """Eight discs in a ring enclose a pocket further than the reach from each."""
    angles = np.arange(8) * np.pi / 4
    ring = [
        (150_000 + 600 * np.cos(a), 170_000 + 600 * np.sin(a), 14_000.0, 14_000.0, 0.0)
        for a in angles
    ]
    drawn = schematic_outlines(small(*ring))
    whole = shapely.union_all(drawn.to_numpy())
    assert whole.contains(shapely.Point(150_000, 170_000))
    assert shapely.get_num_interior_rings(whole) == 0
