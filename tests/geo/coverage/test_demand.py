import numpy as np
import pytest

from geo.coverage import Source, demand
from geo.errors import BadInputError
from geo.territory import Territory
from geo.walking import Network
from tests.geo.coverage.conftest import lonlat


def test_the_best_of_each_sector_is_named(row: Territory, street: Network) -> None:
    short = Network.of(np.array([(149_100.0, 170_000.0), (149_900.0, 170_000.0)]), [(0, 1)])
    made = demand(row, short, lonlat((10, 0), (30, 0), (300, 5)).T)
    assert made.source.tolist() == [Source.ADDRESSES, Source.GRID, Source.CROSSINGS] + [2] * 5
    assert made.walkable.tolist() == [True] * 3 + [False] * 5
    assert (demand(row, street).source == Source.CROSSINGS).all()
    assert (demand(row).source == Source.GRID).all()
    assert not demand(row).walkable.any()


def test_addresses_side_by_side_are_one_point_of_more_people(
    row: Territory, street: Network
) -> None:
    made = demand(row, street, lonlat((101, 3), (111, 5), (119, 4), (260, 2)).T)
    first = made.sector == 0
    assert sorted(made.weight[first]) == pytest.approx([0.25, 0.75])
    together = made.spots[np.flatnonzero(first)[made.weight[first] > 0.5]]
    assert together.offset_m == pytest.approx([(1 + 11 + 19) / 3], abs=0.01)
    assert together.away_m == pytest.approx([4], abs=0.01)


def test_an_address_nowhere_is_left_out(row: Territory, street: Network) -> None:
    astray = np.array([[np.nan, 50.8], [4.0, 51.5], [np.inf, 0.0]])
    made = demand(row, street, astray)
    assert (made.source == Source.CROSSINGS).all()
    assert demand(row, None, np.empty((0, 2))).source.tolist() == [Source.GRID] * 8


def test_shares_of_every_sector_make_one(row: Territory, street: Network) -> None:
    draw = np.random.default_rng(3)
    doors = lonlat(*zip(draw.uniform(0, 2_000, 80), draw.uniform(-190, 190, 80), strict=True)).T
    for made in (demand(row, street, doors), demand(row, street), demand(row, None, doors)):
        total = np.bincount(made.sector, weights=made.weight, minlength=8)
        assert total == pytest.approx(np.ones(8), abs=1e-12)


def test_who_cannot_walk_weighs_nothing_where_others_can(row: Territory, street: Network) -> None:
    made = demand(row, street, lonlat((50, 0), (50, 199)).T)
    first = np.flatnonzero(made.sector == 0)
    assert dict(zip(made.spots.off[first].tolist(), made.weight[first].tolist(), strict=True)) == {
        False: 1.0,
        True: 0.0,
    }


def test_people_beyond_the_edge_keep_their_number(row: Territory, street: Network) -> None:
    lon, lat = lonlat((-40, 0))
    made = demand(row, street, beyond=(lon, lat, [12.0]))
    assert made.spread(np.full(8, np.nan)).sum() == 12
    assert made.spread(np.full(8, 10.0)).sum() == pytest.approx(92)
    with pytest.raises(BadInputError, match="not below zero"):
        demand(row, street, beyond=(lon, lat, [-1.0]))
    with pytest.raises(BadInputError, match="not below zero"):
        demand(row, street, beyond=(lon, lat, []))
