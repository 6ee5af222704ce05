from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import coo_array

from geo.errors import BadInputError
from geo.planning import maximal_covering, p_median, siting

LINE = np.abs(np.subtract.outer(np.arange(6.0), np.arange(6.0)))
"""Six places a metre apart, each a candidate."""


def covered(metres: NDArray[np.float64], weight: NDArray[np.float64], open_: list[int]) -> float:
    """The weight covered, written down once more from its definition."""
    return float(weight[metres[:, open_].min(axis=1, initial=np.inf) < np.inf].sum())


def walked(
    metres: NDArray[np.float64], weight: NDArray[np.float64], open_: list[int], beyond_m: float
) -> float:
    return float(weight @ np.minimum(metres[:, open_].min(axis=1, initial=np.inf), beyond_m))


def test_covering_a_line() -> None:
    found = maximal_covering(LINE, np.ones(6), 2, limit_m=1)
    assert found.chosen == (1, 4)
    assert (found.value, found.bound, found.proven, found.served) == (6, 6, True, 6)
    assert found.nearest.tolist() == [1, 1, 1, 4, 4, 4]
    assert found.metres.tolist() == [1, 0, 1, 1, 0, 1]


def test_greedy_alone_would_miss_it() -> None:
    """The candidate that covers most is in neither half of the best pair."""
    reach = np.full((6, 3), np.inf)
    reach[[0, 1, 2], 0] = reach[[3, 4, 5], 1] = reach[[1, 2, 3, 4], 2] = 10
    found = maximal_covering(reach, np.ones(6), 2, limit_m=10)
    assert (found.chosen, found.value, found.proven) == ((0, 1), 6, True)


def test_what_exists_is_counted_and_not_chosen_again() -> None:
    found = maximal_covering(LINE, np.ones(6), 1, limit_m=1, existing=[1])
    assert (found.chosen, found.value) == ((4,), 6)
    median = p_median(LINE, np.ones(6), 1, beyond_m=100, existing=[1])
    assert (median.chosen, median.value) == ((4,), 4)
    none = p_median(LINE, np.ones(6), 0, beyond_m=100, existing=[1])
    assert (none.chosen, none.value, none.proven) == ((), 1 + 0 + 1 + 2 + 3 + 4, True)


def test_sparse_is_dense_and_no_metres_is_a_way() -> None:
    row, column = np.indices(LINE.shape).reshape(2, -1)
    sparse = coo_array((LINE.ravel(), (row, column)), shape=LINE.shape)
    for count in (1, 2, 3):
        one = p_median(sparse, np.ones(6), count, beyond_m=2)
        other = p_median(LINE, np.ones(6), count, beyond_m=2)
        assert (one.chosen, one.value, one.bound) == (other.chosen, other.value, other.bound)
    assert maximal_covering(sparse.tocsr(), np.ones(6), 6, limit_m=0).value == 6


def test_whom_nobody_reaches_counts_so_far() -> None:
    far = np.array([[0.0, np.inf], [np.inf, 30.0], [np.inf, np.inf]])
    found = p_median(far, [1, 10, 100], 1, beyond_m=50)
    assert (found.chosen, found.value) == ((1,), 50 + 300 + 5_000)
    assert found.nearest.tolist() == [-1, 1, -1]
    assert found.metres.tolist() == [np.inf, 30, np.inf]
    assert found.served == 10


distances = st.sampled_from([0.0, 1.0, 2.0, 3.0, 5.0, np.inf])
tables = st.tuples(st.integers(1, 7), st.integers(1, 6)).flatmap(
    lambda shape: st.lists(
        st.lists(distances, min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)


def test_nothing_to_walk_is_proven_best() -> None:
    """Found by the test below: a bound of -4e-177 beside a cost of 0."""
    found = p_median(np.zeros((7, 2)), np.array([0.0, 0, 1, 1, 1, 1, 2]), 2, beyond_m=4)
    assert (found.value, found.bound, found.proven) == (0, 0, True)


@settings(deadline=None, max_examples=80)
@given(tables, st.data())
def test_equal_to_trying_all(table: list[list[float]], data: st.DataObject) -> None:
    metres = np.array(table)
    rows, columns = metres.shape
    weight = np.array(data.draw(st.lists(st.integers(0, 9), min_size=rows, max_size=rows)), float)
    count = data.draw(st.integers(0, columns))
    every = [list(some) for some in combinations(range(columns), count)]
    found = maximal_covering(metres, weight, count, limit_m=3)
    within = np.where(metres <= 3, metres, np.inf)
    assert found.value == pytest.approx(max(covered(within, weight, some) for some in every))
    assert found.value == pytest.approx(covered(within, weight, list(found.chosen)))
    median = p_median(metres, weight, count, beyond_m=4)
    assert median.value == pytest.approx(min(walked(metres, weight, some, 4) for some in every))
    assert median.value == pytest.approx(walked(metres, weight, list(median.chosen), 4))
    assert found.proven
    assert median.proven


@pytest.mark.parametrize("seed", range(3))
def test_the_bound_of_a_large_one_holds(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The relaxation alone never claims more than HiGHS proves, and comes near to it."""
    draw = np.random.default_rng(seed)
    at = draw.random((60, 2)) * 1_000
    metres = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1))
    weight = draw.lognormal(0, 0.6, 60)
    exact = p_median(metres, weight, 6, beyond_m=400)
    assert exact.proven
    monkeypatch.setattr(siting, "EXACT_ENTRIES", 0)
    relaxed = p_median(metres, weight, 6, beyond_m=400)
    assert relaxed.bound <= exact.value * (1 + 1e-9) <= relaxed.value * (1 + 1e-6)
    assert relaxed.bound >= 0.98 * exact.value
    assert relaxed.value <= 1.02 * exact.value
    cover = maximal_covering(metres, weight, 6, limit_m=150)
    assert cover.value * (1 - 1e-9) <= cover.bound <= weight.sum() * (1 + 1e-9)


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        ({"weight": [1] * 5}, "for each of 6 places"),
        ({"weight": [1] * 5 + [np.nan]}, "for each of 6 places"),
        ({"count": 7}, "0 to 6 services, found 7"),
        ({"count": 6, "existing": [0]}, "0 to 5 services"),
        ({"existing": [6]}, "among 6 candidates"),
        ({"limit_m": -1}, "zero or more metres"),
        ({"matrix": LINE - 1}, "found others"),
    ],
)
def test_what_cannot_be_is_refused(ask: dict[str, object], why: str) -> None:
    given = {"matrix": LINE, "weight": np.ones(6), "count": 1, "limit_m": 1.0} | ask
    matrix, weight, count = (given.pop(name) for name in ("matrix", "weight", "count"))
    with pytest.raises(BadInputError, match=why):
        maximal_covering(matrix, weight, count, **given)
