from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage import Coverage, Measure, Services, WhatIf, demand, members, roll_up
from geo.errors import BadInputError, UnknownIdError
from geo.levels import Level
from geo.territory import Territory
from geo.walking import Network, Walker
from tests.geo.coverage.conftest import lonlat, squares

ROW = squares()
STREET = Network.of(
    np.array([(149_100.0 + 200 * place, 170_000.0) for place in range(16)]),
    [(place, place + 1) for place in range(15)],
)
WALKER = Walker(STREET)
LIVED = demand(ROW, STREET)
PEOPLE = np.array([100.0, 70.0, 0.0, np.nan, 10.0, 3.0, 2.0, 90.0])
OFFERS = [[0], [0, 1], [2], [1, 2]]


def covered(*, verified_only: bool = False) -> Coverage:
    spots = STREET.snap(*lonlat((110, 0), (890, 0), (1_510, 20), (2_220, -9)))
    services = Services.of(ROW, spots, OFFERS, verified=[True, False, True, True])
    return Coverage.of(WALKER, LIVED, services, PEOPLE, verified_only=verified_only)


BASE = {only: covered(verified_only=only) for only in (False, True)}


def check_equality(what_if: WhatIf, walker: Walker, coverage: Coverage) -> None:
    """Compare every cell with measuring everything again."""
    again = Coverage.of(
        walker, coverage.demand, what_if.services(), coverage.people,
        verified_only=coverage.verified_only,
    )  # fmt: skip
    for name in Measure:
        cells, expected = what_if.cells(name), again.cells[name]
        assert (cells.state == expected.state).all()
        np.testing.assert_allclose(cells.value, expected.value, rtol=0, atol=1e-9)


def bytes_of(what_if: WhatIf) -> list[bytes]:
    cells = [what_if.cells(name) for name in Measure]
    return [part.tobytes() for one in cells for part in (one.value, one.state)]


beside = st.sampled_from([5, 190, 300])
"""Metres beside the street: on it, off it, off it and in no sector."""
step = st.one_of(
    st.tuples(
        st.just("put"), st.integers(-200, 3_300), beside, st.sets(st.integers(0, 2), max_size=3)
    ),
    st.tuples(st.just("move"), st.integers(-200, 3_300), beside, st.integers(0, 9)),
    st.tuples(st.just("close"), st.just(0), beside, st.integers(0, 9)),
    st.tuples(st.just("reopen"), st.just(0), beside, st.integers(0, 9)),
)


@settings(max_examples=30, deadline=None)
@given(st.lists(step, max_size=7), st.booleans())
def test_any_steps_are_as_measuring_everything_again(steps: list, only: bool) -> None:  # noqa: FBT001
    what_if = WhatIf(BASE[only], ROW)
    count = len(OFFERS)
    for name, x, y, what in steps:
        lon, lat = (float(one[0]) for one in lonlat((x, y)))
        if name == "put":
            assert what_if.put(lon, lat, what).service == count
            count += 1
        elif name == "move":
            what_if.move(what % count, lon, lat)
        else:
            getattr(what_if, name)(what % count)
    check_equality(what_if, WALKER, BASE[only])
    areas = members(ROW, Level.MUNICIPALITY)
    then = roll_up(what_if.then(), areas)
    again = Coverage.of(
        WALKER, LIVED, what_if.services(), PEOPLE, verified_only=only, catcher=BASE[only].catcher
    )
    for name, cells in roll_up(again, areas).cells.items():
        np.testing.assert_allclose(then.cells[name].value, cells.value, rtol=0, atol=1e-9)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(-200, 3_300), beside), max_size=6))
def test_there_and_back_leaves_the_bytes_it_found(moves: list[tuple[int, int, int]]) -> None:
    base = BASE[False]
    what_if = WhatIf(base, ROW)
    found = bytes_of(what_if)
    for service, x, y in moves:
        what_if.move(service, *(float(one[0]) for one in lonlat((x, y))))
    for service, *_ in moves:
        spots = base.services.spots
        what_if.move(service, float(spots.lon[service]), float(spots.lat[service]))
    assert bytes_of(what_if) == found
    for service in range(4):
        what_if.close(service)
    assert what_if.cells(Measure.INSIDE).value.sum() == 0
    for service in range(4):
        what_if.reopen(service)
    assert bytes_of(what_if) == found


def test_a_change_tells_sectors_and_people() -> None:
    what_if = WhatIf(BASE[False], ROW)
    change = what_if.put(*(float(one[0]) for one in lonlat((2_900, 0))), [0])
    assert change.categories == (0,)
    assert change.difference(Measure.INSIDE).tolist() == [[0, 0, 0, 0, 0, 0, 0, 1]]
    # x = 2,100 to 3,100 lie within 800 m: sectors 5, 6 and 7, of which none had one so near
    assert change.reached(Measure.REACHED_10) == pytest.approx([3 + 2 + 90])
    with pytest.raises(BadInputError, match="reached_5"):
        change.reached(Measure.INSIDE)
    with pytest.raises(UnknownIdError, match="5 is not"):
        what_if.move(5, 4.3, 50.8)
    with pytest.raises(UnknownIdError, match="-1 is not"):
        what_if.close(-1)
    with pytest.raises(BadInputError, match="found 3"):
        what_if.put(4.3, 50.8, [3])


@pytest.mark.official
def test_in_the_city_too(city: Walker, region: Territory) -> None:
    network, draw = city.network, np.random.default_rng(2)
    at = network.lonlat[draw.integers(0, len(network), 210)] + draw.normal(0, 2e-4, (210, 2))
    services = Services.of(
        region, network.snap(*at[:200].T), [[row % 10, 10] for row in range(200)]
    )
    people = draw.integers(0, 5_000, 724).astype(float)
    doors = demand(region, network, at)
    base = Coverage.of(city, doors, services, people)
    what_if = WhatIf(base, region)
    found = bytes_of(what_if)
    for service, (lon, lat) in enumerate(at[200:]):
        what_if.move(service, float(lon), float(lat))
    check_equality(what_if, city, base)
    for service in range(10):
        what_if.move(service, *(float(one) for one in at[service]))
    assert bytes_of(what_if) == found
    assert replace(base).cells is base.cells
