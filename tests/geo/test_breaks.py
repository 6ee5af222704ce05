import numpy as np
import pytest

from geo.breaks import MANY, natural, quantiles


@pytest.mark.parametrize("classes", [3, 5, 7])
def test_natural_breaks_are_those_of_mapclassify(classes: int) -> None:
    mapclassify = pytest.importorskip("mapclassify")
    values = np.random.default_rng(classes).gamma(2, 3, 150).round(2)
    with pytest.warns(UserWarning, match="Numba"):
        peer = mapclassify.FisherJenks(values, k=classes)
    assert natural(values, classes).tolist() == peer.bins[:-1].tolist()


@pytest.mark.parametrize("classes", [3, 4, 7])
def test_quantiles_hold_as_many_each_as_those_of_mapclassify(classes: int) -> None:
    mapclassify = pytest.importorskip("mapclassify")
    values = np.random.default_rng(classes).permutation(420) / 7
    counts = mapclassify.Quantiles(values, k=classes).counts
    ours = np.bincount(np.searchsorted(quantiles(values, classes), values))
    assert ours.tolist() == counts.tolist()


def test_values_that_are_the_same_stay_together() -> None:
    values = np.array([0.0] * 90 + [1.0] * 10)
    assert quantiles(values, 5).tolist() == [0]
    assert natural(values, 5).tolist() == [0]
    assert quantiles(np.array([2.0, 2.0]), 3).tolist() == natural(np.array([2.0]), 3).tolist() == []
    assert quantiles(np.empty(0), 3).tolist() == []


def test_natural_breaks_count_each_value_as_often_as_it_is_there() -> None:
    assert natural(np.array([1.0, 1, 1, 4, 6, 6, 6]), 2).tolist() == [1]
    assert natural(np.array([1.0, 4, 4, 4, 6]), 2).tolist() == [1]
    assert natural(np.array([0.0, 3, 3, 3, 4, 10]), 2).tolist() == [4]


def test_of_very_many_values_some_are_tried() -> None:
    values = np.concatenate([np.linspace(0, 1, 2 * MANY), np.linspace(5, 6, 2 * MANY)])
    (limit,) = natural(values, 2)
    assert limit == pytest.approx(1, abs=0.01)
