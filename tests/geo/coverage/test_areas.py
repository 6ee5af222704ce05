from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage import (
    Coverage,
    Measure,
    Services,
    State,
    Vague,
    demand,
    gather,
    members,
    nearest_min,
    roll_up,
)
from geo.coverage.measures import REACHED, WITHIN
from geo.levels import Level
from geo.neighbourhoods import Neighbourhood
from geo.walking import Network, Walker
from tests.geo.coverage.conftest import CODES, lonlat, squares

ROW = squares()
STREET = Network.of(
    np.array([(149_100.0 + 200 * place, 170_000.0) for place in range(16)]),
    [(place, place + 1) for place in range(15)],
)
WALKER = Walker(STREET)
LIVED = demand(ROW, STREET)


def covered(
    people: object, *, vague: tuple[Vague, ...] = (), verified_only: bool = False
) -> Coverage:
    """Cover the row from services at x = 110 and 890."""
    services = Services.of(ROW, STREET.snap(*lonlat((110, 0), (890, 0))), [[0], [0]], vague=vague)
    known = None if people is None else np.array(people)
    return Coverage.of(WALKER, LIVED, services, known, verified_only=verified_only)


def told(coverage: Coverage, name: Measure, level: Level = Level.MUNICIPALITY) -> list[float]:
    """Return the values of a measure in the areas of a level."""
    return list(roll_up(coverage, members(ROW, level)).cells[name].value[0])


def test_areas_and_their_sectors() -> None:
    found = members(ROW, Level.MUNICIPALITY)
    assert {key: at.tolist() for key, at in found.items()} == {
        "21001": [0, 1, 2, 3],
        "21004": [4, 5, 6, 7],
    }
    assert {key: at.tolist() for key, at in members(ROW, Level.DISTRICT).items()} == {"7": [0, 1]}
    assert list(members(ROW, Level.REGION)) == ["04000"]
    assert list(members(ROW, Level.SECTOR)) == CODES
    place = Neighbourhood(
        id="a", names={}, sectors=(CODES[3], "99999Z99-"), valid_from=date(2026, 1, 1)
    )
    nowhere = Neighbourhood(id="b", names={}, sectors=("x",), valid_from=date(2026, 1, 1))
    found = members(ROW, Level.NEIGHBOURHOOD, [place, nowhere])
    assert {key: at.tolist() for key, at in found.items()} == {"a": [3]}


def test_sums_and_means_by_hand() -> None:
    made = covered([100, 300, 0, 100, 100, 100, 100, 100])
    assert told(made, Measure.INSIDE) == [2, 0]
    assert told(made, Measure.PER_1000) == [pytest.approx(4), 0]
    assert told(made, Measure.WITHIN_5) == [pytest.approx((100 + 450) / 500), 0]
    assert told(made, Measure.WITHIN_15) == [pytest.approx((200 + 600 + 150) / 500), 0.25]
    summed = roll_up(made, members(ROW, Level.REGION))
    assert summed.people.tolist() == [900]
    assert summed.unknown.tolist() == [0]


def test_the_median_is_over_all_people() -> None:
    made = covered([100, 300, 0, 100, 100, 100, 100, 100])
    # people by metres: 50 at 10, 200 at 190, 150 at 390, 50 at 410, 50 at 610
    assert told(made, Measure.NEAREST_MIN)[0] * 80 == pytest.approx(190, abs=0.01)
    assert np.isinf(told(made, Measure.NEAREST_MIN)[1])


def test_a_sector_alone_is_itself() -> None:
    made = covered([100, 300, 0, np.nan, 100, 100, 100, 100])
    rolled = roll_up(made, members(ROW, Level.SECTOR))
    lived = [0, 1, 4, 5, 6, 7]
    for name, cells in made.cells.items():
        np.testing.assert_allclose(rolled.cells[name].value[:, lived], cells.value[:, lived])
        assert (rolled.cells[name].state[:, lived] == cells.state[:, lived]).all()
    assert rolled.unknown.tolist() == [0, 0, 0, 1, 0, 0, 0, 0]


def test_unknown_people_leave_an_area_unknown() -> None:
    made = covered([100, np.nan, 100, 100, 0, 0, 0, 0])
    cells = roll_up(made, members(ROW, Level.MUNICIPALITY)).cells
    for name in Measure:
        expected = 0 if name is Measure.INSIDE else State.NO_POPULATION
        assert cells[name].state.tolist() == [[expected, expected]]


def test_a_service_known_by_its_part_of_town_counts_where_that_lies() -> None:
    whole = Vague(categories=(0,), sectors=(CODES[6], CODES[7]))
    across = Vague(categories=(0,), sectors=(CODES[3], CODES[4]))
    assert told(covered([10] * 8, vague=(whole,)), Measure.INSIDE) == [2, 1]
    assert told(covered([10] * 8, vague=(whole,)), Measure.INSIDE, Level.REGION) == [3]
    open_ = roll_up(covered([10] * 8, vague=(across,)), members(ROW, Level.MUNICIPALITY))
    assert open_.cells[Measure.INSIDE].state.tolist() == [[0, State.QUARTER_ONLY]]
    assert told(covered([10] * 8, vague=(across,)), Measure.INSIDE, Level.REGION) == [3]


def test_who_was_not_checked_counts_in_no_area_where_only_the_checked_do() -> None:
    sectors = (CODES[6], CODES[7])
    unchecked = Vague(categories=(0,), sectors=sectors, verified=False)
    made = covered([10] * 8, vague=(unchecked,), verified_only=True)
    cells = roll_up(made, members(ROW, Level.MUNICIPALITY)).cells[Measure.INSIDE]
    assert cells.state.tolist() == [[State.KNOWN, State.UNVERIFIED_ONLY]]
    assert made.cells[Measure.INSIDE].state[0].tolist() == [0] * 6 + [State.UNVERIFIED_ONLY] * 2
    assert told(made, Measure.INSIDE, Level.REGION) == [2]
    assert told(covered([10] * 8, vague=(unchecked,)), Measure.INSIDE) == [2, 1]
    checked = Vague(categories=(0,), sectors=sectors)
    both = covered([10] * 8, vague=(unchecked, checked), verified_only=True)
    assert told(both, Measure.INSIDE) == [2, 1]
    assert both.cells[Measure.INSIDE].state[0, 7] == State.QUARTER_ONLY


def test_nine_in_ten_people_make_a_mean_known() -> None:
    vague = (Vague(categories=(0,), sectors=(CODES[7],)),)
    for people, state in (([10, 40, 40, 10], 0), ([10, 40, 30, 10], State.QUARTER_ONLY)):
        made = covered([1, 1, 1, 1, *people], vague=vague)
        rolled = roll_up(made, members(ROW, Level.MUNICIPALITY)).cells
        assert rolled[Measure.WITHIN_15].state[0, 1] == state
        assert rolled[Measure.NEAREST_MIN].state[0, 1] == State.QUARTER_ONLY


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=8, max_size=8), st.integers(0, 255))
def test_people_are_conserved_to_the_last(people: list[int], hidden: int) -> None:
    known = [np.nan if hidden >> place & 1 else one for place, one in enumerate(people)]
    made = covered(known)
    total = int(np.nansum(known))
    for level in (Level.SECTOR, Level.MUNICIPALITY, Level.REGION):
        rolled = roll_up(made, members(ROW, level))
        assert sum(int(one) for one in rolled.people) == total
        assert rolled.unknown.sum() == sum(np.isnan(known))
        for cells in rolled.cells.values():
            assert (np.isnan(cells.value) == (cells.state != State.KNOWN)).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 5_000), min_size=8, max_size=8))
def test_means_of_means_are_the_mean_of_all(people: list[int]) -> None:
    made = covered(people)
    parts = roll_up(made, members(ROW, Level.MUNICIPALITY))
    whole = roll_up(made, members(ROW, Level.REGION))
    for name in set(Measure) - {Measure.INSIDE, Measure.NEAREST_MIN}:
        value = parts.cells[name].value[0] @ parts.people / parts.people.sum()
        rounded = 2e-9 if name in {*WITHIN, *REACHED} else 0.0
        assert whole.cells[name].value[0, 0] == pytest.approx(value, rel=1e-12, abs=rounded)


def test_minutes_of_an_area_go_on_beyond_the_limit() -> None:
    """Of the eight crossings from x = 1,700 to 3,100 half of the people live up to 2,300."""
    areas = members(ROW, Level.MUNICIPALITY)
    found = nearest_min(covered([100, 300, 0, 100, 100, 100, 100, 100]), 0, areas)
    assert found * 80 == pytest.approx([190, 2_300 - 890], abs=0.01)
    assert np.isnan(nearest_min(covered([1, np.nan, 1, 1, 0, 0, 0, 0]), 0, areas)).all()
    assert np.isnan(nearest_min(covered(None), 0, areas)).all()
    none = Coverage.of(
        WALKER, LIVED, Services.of(ROW, STREET.snap([], []), [], categories=1), np.ones(8)
    )
    assert np.isinf(nearest_min(none, 0, areas)).all()


def test_figures_of_an_area_are_a_sum_or_a_mean_by_people() -> None:
    areas = members(ROW, Level.MUNICIPALITY)
    people = np.array([10.0, 30, 0, 0, 90, 9, 1, 0])
    values = np.array([20_000.0, 24_000, np.nan, np.nan, 10_000, 20_000, np.nan, 5_000])
    assert gather(values, people, areas, adds_up=False).tolist() == [
        23_000, (900_000 + 180_000) / 99
    ]  # fmt: skip
    assert np.isnan(gather(values, people, areas, adds_up=True)).all()
    assert gather(people, people, areas, adds_up=True).tolist() == [40, 100]
    values[5] = np.nan
    assert gather(values, people, areas, adds_up=False)[1] == 10_000
    people[4] = 89
    assert np.isnan(gather(values, people, areas, adds_up=False)[1])
    people[4] = np.nan
    assert np.isnan(gather(values, people, areas, adds_up=False)[1])


@given(st.lists(st.integers(0, 10**9), min_size=8, max_size=8))
def test_people_gathered_are_conserved(people: list[int]) -> None:
    given_ = np.array(people, dtype=float)
    for level in (Level.SECTOR, Level.MUNICIPALITY, Level.REGION):
        assert gather(given_, given_, members(ROW, level), adds_up=True).sum() == sum(people)
