import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo import locating
from geo.locating import OUTSIDE, Locator

HALF = shapely.box(0, 0, 1_000, 2_000), shapely.box(1_000, 0, 2_000, 2_000)


def test_a_point_on_a_border_has_the_first_of_its_polygons() -> None:
    points = np.array([[1_000.0, 500.0], [1_000.0, 0.0], [500.0, 500.0], [1_500.0, 500.0]])
    assert Locator(np.array(HALF)).find(points).tolist() == [0, 0, 0, 1]
    assert Locator(np.array(HALF[::-1])).find(points).tolist() == [0, 0, 1, 0]


def test_what_is_nowhere_is_outside() -> None:
    nowhere = np.array([[-1.0, 5.0], [np.nan, 5.0], [np.inf, np.inf], [2_000.001, 5.0]])
    assert Locator(np.array(HALF)).find(nowhere).tolist() == [OUTSIDE] * 4
    assert Locator(np.array(HALF)).find(np.empty((0, 2))).tolist() == []


coordinate = st.one_of(
    st.sampled_from([0.0, 50.0, 100.0, 999.999, 1_000.0, 1_000.001, 1_234.5, 2_000.0]),
    st.floats(-100, 2_100),
)


@given(st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=40))
def test_many_at_once_and_one_by_one_agree(points: list[tuple[float, float]]) -> None:
    slanted = shapely.Polygon([(0, 0), (1_234.5, 0), (777, 2_000), (0, 2_000)])
    other = shapely.Polygon([(1_234.5, 0), (2_000, 0), (2_000, 2_000), (777, 2_000)])
    one_by_one, at_once = Locator(np.array([slanted, other])), Locator(np.array([slanted, other]))
    xy = np.array(points)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locating, "_MANY", 1)
        together = at_once.find(xy)
    assert together.tolist() == [int(one_by_one.find(xy[i : i + 1])[0]) for i in range(len(xy))]
