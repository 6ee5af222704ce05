import numpy as np
import pytest

from geo.breaks import MANY, natural, quantiles


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_natural_breaks_are_the_best_of_all(classes: int) -> None:
    values = np.random.default_rng(classes).gamma(2, 3, 12).round(2)
    limits = natural(values, classes)
    assert _spread(values, limits) == pytest.approx(_least_spread(np.sort(values), classes))


@pytest.mark.parametrize("classes", [3, 4, 7])
def test_quantiles_hold_as_many_each(classes: int) -> None:
    values = np.random.default_rng(classes).permutation(420) / 7
    counts = np.bincount(np.searchsorted(quantiles(values, classes), values))
    assert counts.tolist() == [420 // classes] * classes


def test_values_that_are_the_same_stay_together() -> None:
    values = np.array([0.0] * 90 + [1.0] * 10)
    assert natural(values, 5).tolist() == [0]
    assert len(quantiles(values, 5)) == 1
    assert quantiles(np.array([2.0, 2.0]), 3).tolist() == natural(np.array([2.0]), 3).tolist() == []
    assert quantiles(np.empty(0), 3).tolist() == []


def test_natural_breaks_count_each_value_as_often_as_it_is_there() -> None:
    assert natural(np.array([1.0, 1, 1, 4, 6, 6, 6]), 2).tolist() == [1]
    assert natural(np.array([1.0, 4, 4, 4, 6]), 2).tolist() == [1]
    assert natural(np.array([0.0, 3, 3, 3, 4, 10]), 2).tolist() == [4]


def test_no_natural_break_is_the_highest_value() -> None:
    one = [1.0000000000000002, 0.9999999999999999, 0.9999999999999998, 1.0, 1.0, 1.0]
    values = np.array([0.0, *one, 0.9999999999999999, 0.5, 0.0])
    assert natural(values, 5).tolist() == [0, 0.5]


def test_of_very_many_values_some_are_tried() -> None:
    values = np.concatenate([np.linspace(0, 1, 2 * MANY), np.linspace(5, 6, 2 * MANY)])
    (limit,) = natural(values, 2)
    assert limit == pytest.approx(1, abs=0.01)


def _spread(values: np.ndarray, limits: np.ndarray) -> float:
    owner = np.searchsorted(limits, values)
    return sum(float(((part - part.mean()) ** 2).sum())
               for part in (values[owner == one] for one in np.unique(owner)))  # fmt: skip


def _least_spread(values: np.ndarray, classes: int) -> float:
    """Try every way to part sorted values."""
    if classes == 1:
        return float(((values - values.mean()) ** 2).sum())
    return min(
        float(((values[:cut] - values[:cut].mean()) ** 2).sum())
        + _least_spread(values[cut:], classes - 1)
        for cut in range(1, len(values) - classes + 2)
    )
