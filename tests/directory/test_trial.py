"""A plan tried: what would be is what measuring everything again says; undone, the same bytes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory import plans
from directory.places import Point
from directory.scenarios import Close, Plan
from directory.trial import Trial
from geo.coverage import Coverage, Measure, Services, demand
from geo.errors import UnknownIdError
from geo.walking import Network, Walker
from tests.geo.coverage.conftest import lonlat, squares

ROW = squares()
STREET = Network.of(
    np.array([(149_100.0 + 200 * place, 170_000.0) for place in range(16)]),
    [(place, place + 1) for place in range(15)],
)
WALKER = Walker(STREET)
PEOPLE = np.array([100.0, 70.0, 0.0, np.nan, 10.0, 3.0, 2.0, 90.0])
KEYS = ("a", "b", "b/1", "c")
SPOTS = STREET.snap(*lonlat((110, 0), (890, 0), (1_510, 20), (2_220, -9)))
BASE = Coverage.of(
    WALKER, demand(ROW, STREET), Services.of(ROW, SPOTS, [[0], [0, 1], [2], [1, 2]]), PEOPLE
)


def offers(categories: tuple[str, ...]) -> list[int]:
    return [int(key[-1]) for key in categories]


def begun() -> Trial:
    return Trial(BASE, ROW, KEYS, offers)


def spot(x: int) -> Point:
    lon, lat = (float(one[0]) for one in lonlat((x, 5)))
    return Point(lon=lon, lat=lat)


def bytes_of(trial: Trial) -> list[bytes]:
    cells = [trial.what_if.cells(name) for name in Measure]
    return [part.tobytes() for one in cells for part in (one.value, one.state)]


def changed(trial: Trial, plan: Plan, act: str, x: int, what: int) -> Plan:
    keys = [*KEYS, *(step.key for step in plan if step.key.startswith("+"))]
    key = keys[what % len(keys)]
    if act == "put":
        return plans.put(plan, spot(x), [f"k-{what % 3}"], capacity=1 + what % 2)
    if act == "move":
        return plans.move(plan, key, spot(x), trial.standing)
    if act == "close":
        return plans.close(plan, key, trial.standing)
    return plans.restore(plan, key)


steps = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "move", "move", "close", "restore"]),
        st.integers(-200, 3_300),
        st.integers(0, 9),
    ),
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(steps)
def test_any_plan_is_as_measuring_again_and_its_inverse_leaves_the_same_bytes(
    given_steps: list[tuple[str, int, int]],
) -> None:
    trial = begun()
    nothing = bytes_of(trial)
    met = [()]
    for step in given_steps:
        met.append(changed(trial, met[-1], *step))
        trial.become(met[-1])
    again = Coverage.of(WALKER, BASE.demand, trial.what_if.services(), PEOPLE)
    for name in Measure:
        cells = trial.what_if.cells(name)
        assert (cells.state == again.cells[name].state).all()
        np.testing.assert_allclose(cells.value, again.cells[name].value, rtol=0, atol=1e-9)
    straight = begun()
    straight.become(met[-1])
    for name in Measure:
        np.testing.assert_allclose(
            straight.what_if.cells(name).value, trial.what_if.cells(name).value, rtol=0, atol=1e-9
        )
    for plan in reversed(met):  # undone, one step after another
        trial.become(plan)
    assert bytes_of(trial) == nothing
    straight.become(())
    assert bytes_of(straight) == nothing


def test_a_new_service_counts_where_it_stands_and_for_what_it_offers() -> None:
    trial = begun()
    trial.become(plans.put((), spot(2_900), ["k-0"]))
    inside = trial.what_if.cells(Measure.INSIDE).value
    assert inside[0].tolist() == [1, 0, 1, 0, 0, 0, 0, 1]
    trial.become(plans.put((), spot(2_900), ["k-1"]))
    inside = trial.what_if.cells(Measure.INSIDE).value
    assert inside[0].tolist() == [1, 0, 1, 0, 0, 0, 0, 0]
    assert inside[1, 7] == 1


def test_standing_is_where_the_coverage_has_them() -> None:
    assert begun().standing["b/1"].lon == pytest.approx(SPOTS.lon[2], abs=0)


def test_a_step_of_who_is_not_there_changes_nothing() -> None:
    trial = begun()
    nothing = bytes_of(trial)
    gone = Close(key="gone", was=spot(0))
    with pytest.raises(UnknownIdError, match="gone"):
        trial.become((*plans.put((), spot(2_900), ["k-0"]), gone))
    assert trial.plan == ()
    assert bytes_of(trial) == nothing
