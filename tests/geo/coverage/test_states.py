import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage import Coverage, Measure, Services, State, Vague, demand
from geo.territory import Territory
from geo.walking import Network, Walker
from tests.geo.coverage.conftest import CODES, lonlat, squares

PEOPLE = np.array([100.0, 0.0, np.nan, 100.0, 100.0, 100.0, 100.0, 100.0])
WALKED = (Measure.WITHIN_5, Measure.REACHED_5, Measure.NEAREST_MIN)
ROW = squares()
STREET = Network.of(
    np.array([(149_100.0 + 200 * place, 170_000.0) for place in range(16)]),
    [(place, place + 1) for place in range(15)],
)
LIVED = demand(ROW, STREET)
PER_PERSON = (Measure.PER_1000, Measure.TWO_STEP, Measure.ENHANCED)


def states(made: Coverage, name: Measure, category: int = 0) -> list[int]:
    """Return the states of a category, and see that what is not known has no number."""
    cells = made.cells[name]
    assert (np.isnan(cells.value) == (cells.state != State.KNOWN)).all()
    assert cells.state.dtype == np.int8
    return list(cells.state[category].tolist())


def test_nobody_there_is_not_zero(row: Territory, street: Network, walker: Walker) -> None:
    services = Services.of(row, street.snap(*lonlat((110, 0))), [[0]])
    made = Coverage.of(walker, demand(row, street), services, PEOPLE)
    assert states(made, Measure.INSIDE) == [0] * 8
    for name in WALKED:
        assert states(made, name) == [0, State.NO_POPULATION, 0, 0, 0, 0, 0, 0]
    for name in PER_PERSON:
        assert states(made, name) == [0, 1, 1, 0, 0, 0, 0, 0]
    unasked = Coverage.of(walker, demand(row, street), services)
    assert states(unasked, Measure.WITHIN_5) == [0] * 8
    assert states(unasked, Measure.PER_1000) == [State.NO_POPULATION] * 8


def test_no_street_is_not_zero(row: Territory) -> None:
    short = Network.of(np.array([(149_100.0, 170_000.0), (149_700.0, 170_000.0)]), [(0, 1)])
    services = Services.of(row, short.snap(*lonlat((110, 0))), [[0]])
    made = Coverage.of(Walker(short), demand(row, short), services, np.full(8, 10.0))
    assert states(made, Measure.WITHIN_10) == [0, 0] + [State.NO_NETWORK] * 6
    assert states(made, Measure.INSIDE) == [0] * 8
    assert np.isnan(made.nearest_min(0)).tolist() == [False] * 2 + [True] * 6


def test_a_service_off_the_streets_leaves_open_who_lives_near(
    row: Territory, street: Network, walker: Walker
) -> None:
    """190 m beside the street at x = 1,300: 353, 777 and 1,185 m along it are 5, 10, 15 minutes."""
    services = Services.of(row, street.snap(*lonlat((1_300, 190))), [[0]])
    made = Coverage.of(walker, demand(row, street), services, np.full(8, 10.0))
    assert made.cells[Measure.INSIDE].value[0].tolist() == [0, 0, 0, 1, 0, 0, 0, 0]
    only = int(State.NO_NETWORK)
    assert states(made, Measure.REACHED_5) == [0, 0, only, only, 0, 0, 0, 0]
    assert states(made, Measure.WITHIN_10) == [0, only, only, only, only, 0, 0, 0]
    for name in (Measure.REACHED_15, Measure.NEAREST_MIN, Measure.TWO_STEP, Measure.ENHANCED):
        assert states(made, name) == [only] * 6 + [0, 0]
    expected = [0, np.hypot(400, 190), np.hypot(800, 190)]
    assert made.stranded_m(0)[3:6] == pytest.approx(expected, abs=0.1)
    assert np.isinf(made.stranded_m(0)[6:]).all()


def test_a_service_beyond_the_edge_and_the_streets_leaves_the_edge_open(
    row: Territory, street: Network, walker: Walker
) -> None:
    """It stands 300 m beside the street, in no sector; who finds another one keeps what it has."""
    spots = street.snap(*lonlat((1_300, 300), (110, 0)))
    services = Services.of(row, spots, [[0, 1], [1]])
    assert services.sector.tolist() == [-1, 0]
    made = Coverage.of(walker, demand(row, street), services, np.full(8, 10.0))
    only = int(State.NO_NETWORK)
    assert states(made, Measure.INSIDE) == [0] * 8
    assert states(made, Measure.REACHED_5) == [0, 0, only, only, 0, 0, 0, 0]
    assert states(made, Measure.REACHED_5, 1) == [0, 0, only, only, 0, 0, 0, 0]
    assert states(made, Measure.REACHED_15) == [only] * 6 + [0, 0]
    assert states(made, Measure.REACHED_15, 1) == [0, 0, 0, 0, only, only, 0, 0]
    assert made.cells[Measure.REACHED_5].value[1, :2].tolist() == [1, 0.5]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-1_500, 4_700), st.sampled_from([-1_300, -300, 0, 190])),
             min_size=1, max_size=4),
    st.sampled_from([Measure.REACHED_5, Measure.REACHED_10, Measure.REACHED_15]),
)  # fmt: skip
def test_nobody_near_a_service_off_the_streets_is_said_to_lack_it(
    places: list[tuple[int, int]], name: Measure
) -> None:
    """Beside every distance worked out one by one, with the projection of the sectors."""
    limit_m = {Measure.REACHED_5: 400, Measure.REACHED_10: 800, Measure.REACHED_15: 1_200}[name]
    services = Services.of(ROW, STREET.snap(*lonlat(*places)), [[0]] * len(places))
    made = Coverage.of(Walker(STREET), LIVED, services)
    for sector in range(8):
        lives = [(100 + 400 * sector, 0), (300 + 400 * sector, 0)]
        near = any(
            off and (own == sector or min(np.hypot(x - a, y - b) for a, b in lives) < limit_m)
            for (x, y), off, own in zip(places, services.spots.off, services.sector, strict=True)
        )
        cells = made.cells[name]
        if cells.state[0, sector] == State.KNOWN:
            assert cells.value[0, sector] > 0 or not near
        else:
            assert cells.state[0, sector] == State.NO_NETWORK
            assert near


def test_only_unverified_is_not_zero(row: Territory, street: Network, walker: Walker) -> None:
    spots = street.snap(*lonlat((110, 0), (1_310, 0)))
    services = Services.of(row, spots, [[0], [0]], verified=[True, False])
    told = {"verified_only": True}
    made = Coverage.of(walker, demand(row, street), services, np.full(8, 10.0), **told)
    only = int(State.UNVERIFIED_ONLY)
    assert states(made, Measure.INSIDE) == [0, 0, 0, only, 0, 0, 0, 0]
    assert made.cells[Measure.INSIDE].value[0, 0] == 1
    assert states(made, Measure.WITHIN_5) == [0, 0, only, only, only, 0, 0, 0]
    assert states(made, Measure.NEAREST_MIN) == [0, 0, 0, 0, only, only, only, 0]
    every = Coverage.of(walker, demand(row, street), services, np.full(8, 10.0))
    assert states(every, Measure.INSIDE) == [0] * 8


@pytest.mark.parametrize("name", [Measure.INSIDE, *WALKED, *PER_PERSON])
def test_a_part_of_town_makes_zero_unknown_and_is_counted_in_no_sector(
    row: Territory, street: Network, walker: Walker, name: Measure
) -> None:
    vague = Vague(categories=(0,), sectors=(CODES[0], CODES[6], CODES[7], "99999Z99-"))
    spots = street.snap(*lonlat((110, 0)))
    services = Services.of(row, spots, [[0, 1]], vague=[vague])
    made = Coverage.of(walker, demand(row, street), services, np.full(8, 10.0))
    only = int(State.QUARTER_ONLY)
    assert states(made, name) == [0, 0, 0, 0, 0, 0, only, only]
    assert states(made, name, 1) == [0] * 8
    plain = Coverage.of(
        walker, demand(row, street), Services.of(row, spots, [[0, 1]]), np.full(8, 10.0)
    )
    assert made.cells[name].value[0, 0] == plain.cells[name].value[0, 0]
