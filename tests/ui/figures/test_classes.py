"""Classes by quantile, beside those of mapclassify."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.layers.test_palette import contrast
from ui.figures.classes import COLOURS, UNKNOWN, quantiles


def test_they_are_those_of_mapclassify() -> None:
    mapclassify = pytest.importorskip("mapclassify")
    values = np.random.default_rng(5).lognormal(7, 0.7, 724)
    found = quantiles(values)
    assert found.of.tolist() == mapclassify.Quantiles(values, k=5).yb.tolist()


def test_each_class_has_about_as_many() -> None:
    found = quantiles(np.random.default_rng(5).lognormal(7, 0.7, 724))
    assert [found.count(number) for number in range(5)] == [145, 145, 144, 145, 145]


def test_unknown_is_no_class_and_zero_is_one() -> None:
    found = quantiles(np.array([0.0, np.nan, 5.0]))
    assert found.of.tolist() == [0, UNKNOWN, 1]
    assert found.spans == ((0.0, 0.0), (5.0, 5.0))
    assert found.colours == (COLOURS[0], COLOURS[-1])


@pytest.mark.parametrize("value", [np.nan, 3.0])
def test_one_value_is_one_class_and_none_is_none(value: float) -> None:
    found = quantiles(np.full(4, value))
    known = not np.isnan(value)
    assert len(found.spans) == len(found.colours) == int(known)
    assert found.count(UNKNOWN) == (0 if known else 4)


@given(st.lists(st.sampled_from([0.0, 1.0, 2.0, 3.5, 1e12, -4.0, np.nan]) | st.floats(-9, 9)))
def test_equal_values_share_a_class_and_classes_do_not_overlap(values: list[float]) -> None:
    told = np.array(values)
    found = quantiles(told)
    spans = list(found.spans)
    assert len(spans) == len(found.colours) <= len(COLOURS)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
    for value, number in zip(told, found.of, strict=True):
        if np.isnan(value):
            assert number == UNKNOWN
        else:
            assert spans[number][0] <= value <= spans[number][1]
    assert [found.count(number) > 0 for number in range(len(spans))] == [True] * len(spans)


def test_each_colour_is_told_from_the_next_in_grey() -> None:
    pairs = pairwise(COLOURS)
    assert all(contrast(light, dark) > 1.25 for light, dark in pairs)
