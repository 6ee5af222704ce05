from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from access import weights
from access.access import fca
from hypothesis import given
from hypothesis import strategies as st

from geo.coverage import (
    ZONE_WEIGHTS,
    Catcher,
    Coverage,
    Measure,
    Services,
    Source,
    demand,
    members,
    roll_up,
)
from geo.coverage.measures import REACHED, WITHIN, weigh_median
from geo.errors import BadInputError
from geo.levels import Level
from geo.territory import Territory
from geo.walking import Network, Walker
from tests.geo.coverage.conftest import lonlat

PEOPLE = np.full(8, 100.0)


@pytest.fixture(scope="module")
def measured(row: Territory, street: Network, walker: Walker) -> Coverage:
    """Two services at x = 110 and 890, the second of both categories; a third far away."""
    spots = street.snap(*lonlat((110, 0), (890, 0)))
    services = Services.of(row, spots, [[0], [0, 1]], capacity=[1, 2])
    return Coverage.of(walker, demand(row, street), services, PEOPLE)


def test_counts_by_hand(measured: Coverage) -> None:
    inside, per = measured.cells[Measure.INSIDE], measured.cells[Measure.PER_1000]
    assert inside.value.tolist() == [[1, 0, 1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 0, 0, 0, 0]]
    assert per.value[0, :2].tolist() == [10, 0]
    within = [measured.cells[name].value[0] for name in
              (Measure.WITHIN_5, Measure.WITHIN_10, Measure.WITHIN_15)]  # fmt: skip
    assert within[0] == pytest.approx([1, 1.5, 1, 0, 0, 0, 0, 0])
    assert within[1] == pytest.approx([2, 2, 1.5, 1, 0, 0, 0, 0])
    assert within[2] == pytest.approx([2, 2, 2, 1.5, 1, 0, 0, 0])


def test_the_nearest_by_hand(measured: Coverage) -> None:
    nearest = measured.cells[Measure.NEAREST_MIN].value[0]
    assert nearest * 80 == pytest.approx([10, 190, 10, 410, 810] + [np.inf] * 3, abs=0.01)
    reached = [measured.cells[name].value[0] for name in
               (Measure.REACHED_5, Measure.REACHED_10, Measure.REACHED_15)]  # fmt: skip
    assert reached[0] == pytest.approx([1, 1, 1, 0, 0, 0, 0, 0])
    assert reached[1] == pytest.approx([1, 1, 1, 1, 0, 0, 0, 0])
    assert reached[2] == pytest.approx([1, 1, 1, 1, 1, 0, 0, 0])


def test_all_the_people_are_one_whole(row: Territory) -> None:
    """Of ten homes in a sector, each a tenth of its people, whose sum is not 1 by itself."""
    xy = [(149_010.0 + 40 * place, 170_000.0) for place in range(80)]
    dense = Network.of(np.array(xy), [(place, place + 1) for place in range(79)])
    services = Services.of(row, dense.snap(*lonlat((110, 0), (890, 0))), [[0], [0]])
    made = Coverage.of(Walker(dense), demand(row, dense), services, PEOPLE)
    for level in (Level.SECTOR, Level.REGION):
        cells = roll_up(made, members(row, level)).cells
        for name in (*WITHIN, *REACHED):
            values = cells[name].value[0]
            assert (values == np.round(values, 9)).all()
    assert made.cells[Measure.REACHED_10].value[0, :3].tolist() == [1, 1, 1]


def test_the_nearest_beyond_the_limit(measured: Coverage) -> None:
    found = measured.nearest_min(0)
    assert found * 80 == pytest.approx([10, 190, 10, 410, 810, 1210, 1610, 2010], abs=0.01)
    assert measured.nearest_min(1) * 80 == pytest.approx(
        [590, 190, 10, 410, 810, 1210, 1610, 2010], abs=0.01
    )


def test_floating_catchments_by_hand(measured: Coverage) -> None:
    one, two = 1 / 350, 2 / 500
    expected = [one + two] * 3 + [one / 2 + two, two, 0, 0, 0]
    assert measured.cells[Measure.TWO_STEP].value[0] == pytest.approx(expected, abs=1e-12)
    one = 1 / (50 * (3 + 2 * 0.68 + 2 * 0.22))
    two = 2 / (50 * (4 + 4 * 0.68 + 2 * 0.22))
    third = (0.22 * one + (0.68 + 0.68) * two) / 2
    assert measured.cells[Measure.ENHANCED].value[0, 3] == pytest.approx(third, abs=1e-12)


def test_a_service_beyond_the_edge_counts(row: Territory) -> None:
    longer = Network.of(np.array([(148_700.0, 170_000.0), (149_300.0, 170_000.0)]), [(0, 1)])
    spots = longer.snap(*lonlat((-200, 0)))
    made = Coverage.of(Walker(longer), demand(row, longer), Services.of(row, spots, [[0]]), PEOPLE)
    assert made.services.sector.tolist() == [-1]
    assert made.cells[Measure.INSIDE].value[0, 0] == 0
    assert made.cells[Measure.WITHIN_10].value[0, 0] == 1


@pytest.mark.official
@pytest.mark.parametrize("decay", sorted(ZONE_WEIGHTS))
def test_floating_catchments_are_those_of_pysal_access(
    city: Walker, region: Territory, decay: str
) -> None:
    network, draw = city.network, np.random.default_rng(11)
    streets = demand(region, network)
    on = np.flatnonzero(streets.source[streets.sector] == Source.CROSSINGS)
    points = replace(
        streets,
        codes=np.arange(len(on)).astype(object),
        spots=streets.spots[on],
        sector=np.arange(len(on), dtype=np.int32),
        weight=np.ones(len(on)),
        source=np.zeros(len(on), dtype=np.int8),
    )
    people = draw.integers(1, 90, len(on)).astype(float)
    at = network.lonlat[draw.integers(0, len(network), 150)] + draw.normal(0, 2e-4, (150, 2))
    capacity = draw.integers(1, 40, 150).astype(float)
    services = Services.of(region, network.snap(*at.T), [[0]] * 150, capacity=capacity.tolist())
    made = Coverage.of(city, points, services, people, weights=decay)
    table = made.ledger.catchments
    costs = pd.DataFrame({
        "origin": table.point,
        "dest": np.repeat(np.arange(150), np.diff(table.start)),
        "cost": table.metres.astype(float),
    })  # fmt: skip
    demand_df = pd.DataFrame({"geoid": np.arange(len(on)), "people": people})
    supply_df = pd.DataFrame({"capacity": capacity}, index=pd.RangeIndex(150))
    told = {
        "cost_origin": "origin",
        "cost_dest": "dest",
        "cost_name": "cost",
        "demand_index": "geoid",
        "demand_name": "people",
        "supply_index": True,
        "supply_name": "capacity",
        "max_cost": 1200,
    }
    steps = weights.step_fn(dict(zip((400, 800, 1200), ZONE_WEIGHTS[decay], strict=True)))
    for name, weight_fn in ((Measure.TWO_STEP, None), (Measure.ENHANCED, steps)):
        theirs = fca.two_stage_fca(demand_df, supply_df, costs, weight_fn=weight_fn, **told)
        expected = theirs.reindex(np.arange(len(on)), fill_value=0.0).to_numpy()
        assert (expected > 0).sum() > 1_000
        np.testing.assert_allclose(made.cells[name].value[0], expected, rtol=0, atol=1e-9)


@pytest.mark.official
def test_a_service_shared_is_capacity_shared(city: Walker, region: Territory) -> None:
    """All that services can take is what their people have, summed: nothing is lost or doubled."""
    network, draw = city.network, np.random.default_rng(4)
    at = network.lonlat[draw.integers(0, len(network), 60)]
    streets = demand(region, network)
    services = Services.of(region, network.snap(*at.T), [[0]] * 60)
    people = draw.integers(1, 5_000, 724).astype(float)
    made = Coverage.of(city, streets, services, people)
    walkable = streets.walkable
    for name in (Measure.TWO_STEP, Measure.ENHANCED):
        given = made.cells[name].value[0, walkable] @ people[walkable]
        assert given == pytest.approx(60, abs=1e-9)


@given(
    st.lists(
        st.tuples(
            st.one_of(st.floats(0, 100), st.just(np.inf)), st.integers(-1, 3), st.integers(0, 5)
        ),
        max_size=40,
    )
)
def test_the_median_is_that_of_people_one_by_one(
    rows: list[tuple[float, int, int]],
) -> None:
    values, group, weight = (np.array(column) for column in zip(*rows, strict=True)) if rows else (
        np.empty(0), np.empty(0, int), np.empty(0)
    )  # fmt: skip
    found = weigh_median(values, group.astype(int), weight.astype(float), 4)
    for one in range(4):
        people = np.sort(np.repeat(values[group == one], weight[group == one].astype(int)))
        expected = people[(len(people) - 1) // 2] if len(people) else np.inf
        assert found[one] == expected


def test_what_does_not_fit_is_told(row: Territory, street: Network, walker: Walker) -> None:
    streets, spots = demand(row, street), street.snap(*lonlat((110, 0)))
    services = Services.of(row, spots, [[0]])
    for people, message in (
        ([1.0] * 7, "8 sectors, found 7"),
        ([-1.0] * 8, "below zero, found -1"),
        ([np.inf] * 8, "found inf"),
    ):
        with pytest.raises(BadInputError, match=message):
            Coverage.of(walker, streets, services, np.array(people))
    with pytest.raises(BadInputError, match="sharp"):
        Coverage.of(walker, streets, services, PEOPLE, weights="flat")
    for wrong in ({"capacity": [0.0]}, {"verified": [True, False]}):
        with pytest.raises(BadInputError, match="for each service"):
            Services.of(row, spots, [[0]], **wrong)
    with pytest.raises(BadInputError, match="from 0 to 1, found 2"):
        Services.of(row, spots, [[2]], categories=2)


def test_no_service_at_all_is_nobody_served(
    row: Territory, street: Network, walker: Walker
) -> None:
    none = Services.of(row, street.snap([], []), [], categories=2)
    made = Coverage.of(walker, demand(row, street), none, PEOPLE, catcher=None)
    assert made.cells[Measure.WITHIN_15].value.tolist() == [[0.0] * 8] * 2
    assert np.isinf(made.cells[Measure.NEAREST_MIN].value).all()
    assert np.isinf(made.nearest_min(1)).all()
    assert len(Catcher(walker, demand(row)).catch(street.snap(*lonlat((5, 0)))).point) == 0
