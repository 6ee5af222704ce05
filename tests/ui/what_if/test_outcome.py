"""Before and after of one category, in numbers that can be worked out by hand."""

import numpy as np
import pytest

from geo.coverage import Cells, Measure, State
from ui.what_if.outcome import Outcome, figures_of

KNOWN, LOST = State.KNOWN, State.NO_NETWORK


def cells(*values: float) -> Cells:
    found = np.array(values)
    return Cells(value=found, state=np.where(np.isnan(found), LOST, KNOWN).astype(np.int8))


def outcome(before: list[float], after: list[float], people: list[float]) -> Outcome:
    same = {name: cells(*before) for name in Measure}
    other = {name: cells(*after) for name in Measure}
    return Outcome(before=same, after=other, people=np.array(people))


def test_people_gain_and_lose_apart_and_unknown_counts_nobody() -> None:
    found = outcome(
        [0.0, 1.0, 0.5, np.nan, 0.2, 0.1],
        [0.5, 0.0, 0.5, 1.0, 0.7, np.nan],
        [200, 40, 10, 70, np.nan, 90],
    )
    told = found.told(10)
    assert (told.gained, told.lost) == (100, 40)
    assert (told.sectors_gained, told.sectors_lost, told.unknown) == (2, 1, 1)
    assert found.changed(Measure.REACHED_10).tolist() == [True, True, False, True, True, True]
    difference = found.difference(Measure.REACHED_10)
    assert difference[:3].tolist() == [0.5, -1.0, 0.0]
    assert np.isnan(difference[3])


def test_beyond_reach_before_and_after_is_no_change() -> None:
    found = outcome([np.inf, np.inf, 4.0], [np.inf, 9.0, 4.0 + 1e-12], [1, 1, 1])
    assert found.difference(Measure.NEAREST_MIN).tolist() == [0, -np.inf, 0]
    assert found.changed(Measure.NEAREST_MIN).tolist() == [False, True, False]


def test_figures_of_one_side() -> None:
    side = {name: cells(0.0, 0.5, 1.0, np.nan) for name in Measure}
    side[Measure.NEAREST_MIN] = cells(np.inf, 9.0, 3.0, np.nan)
    told = figures_of(side, np.array([100.0, 50, np.nan, 70]), services=3)
    assert told.counted == "people"
    assert told.reached == {5: 25, 10: 25, 15: 25}
    assert told.mean_min == pytest.approx((100 * 15 + 50 * 9) / 150)
    assert (told.without, told.unknown, told.services) == (1, 1, 3)
    assert told.two_step == pytest.approx(25 / 150)


def test_where_nobody_is_counted_every_sector_counts_once() -> None:
    side = {name: cells(0.0, 0.5, 1.0, np.nan) for name in Measure}
    told = figures_of(side, np.full(4, np.nan), services=0)
    assert told.counted == "sectors"
    assert told.reached[10] == pytest.approx(0.5)
    assert told.two_step is None
    nothing = figures_of({name: cells(np.nan) for name in Measure}, np.array([5.0]), services=0)
    assert (nothing.reached[10], nothing.mean_min) == (None, None)
