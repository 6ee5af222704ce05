import json
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.street_graphs import street_graph
from geo.errors import BadInputError
from geo.walking import Network, Reach, Walker
from tests.geo.walking.conftest import CORNER, lonlat

LIMITS = (400.0, 800.0, 1200.0)
SLIVER = 1e-12
"""Square degrees: a hundredth of a square metre, what rounding leaves between two outlines."""


def check(reach: Reach, limits: tuple[float, ...]) -> list[shapely.MultiPolygon]:
    """Every crossing on its side; nested; valid. Crossings at one spot: reached if any is."""
    network = reach.walker.network
    areas = reach.areas(limits)
    spot = np.round(np.column_stack([network.x, network.y]), 2)
    _, first, same = np.unique(spot, axis=0, return_index=True, return_inverse=True)
    best = np.full(len(first), np.inf)
    np.minimum.at(best, same.ravel(), reach.node_m)
    for area, limit in zip(areas, limits, strict=True):
        assert area.is_valid
        inside = shapely.contains_xy(area, network.lonlat)
        np.testing.assert_array_equal(inside, best[same.ravel()] <= limit)
    for inner, outer in pairwise(areas):
        assert shapely.difference(inner, outer).area < SLIVER
    return areas


@pytest.mark.official
def test_areas_hold_exactly_the_crossings_within_reach(city: Network) -> None:
    draw, walker = np.random.default_rng(2), Walker(city)
    bytes_drawn = []
    for node in draw.integers(0, len(city), 80):
        reach = walker.reach(*(city.lonlat[node] + draw.normal(0, 1e-4, 2)))
        areas = check(reach, LIMITS)
        shapes = [shapely.geometry.mapping(area) for area in areas]
        bytes_drawn.append(len(json.dumps(shapes, separators=(",", ":"))))
        check(reach, (float(draw.uniform(1, 3000)),))
    assert np.median(bytes_drawn) < 10_000


def test_a_limit_that_is_exactly_the_way_is_within(drawn: Network) -> None:
    lon, lat = lonlat((0, 0))
    reach = Walker(drawn).reach(lon[0], lat[0])
    check(
        reach, tuple(float(limit) for limit in sorted(set(reach.node_m[np.isfinite(reach.node_m)])))
    )


def test_areas_come_in_the_order_asked_for(drawn: Network) -> None:
    lon, lat = lonlat((30, 0))
    far, near = Walker(drawn).reach(lon[0], lat[0]).areas([150, 50])
    assert near.area < far.area


def test_a_river_is_not_leapt_over() -> None:
    """Two streets 40 m apart, joined by a bridge 1 km away: the other bank is an hour away."""
    banks = [(x, y) for y in (0, 40) for x in range(0, 1001, 100)]
    ends = [(n, n + 1) for n in range(21) if n != 10] + [(10, 21)]
    network = Network.of(np.array(banks, float) + CORNER, ends).with_mesh()
    lon, lat = lonlat((0, 0))
    reach = Walker(network).reach(lon[0], lat[0])
    area = check(reach, (400.0,))[0]
    across = lonlat(*[(x, 38) for x in range(0, 400, 10)])
    assert not shapely.contains_xy(area, across.T).any()
    here = lonlat(*[(x, 1) for x in range(0, 390, 10)])
    assert shapely.contains_xy(area, here.T).all()


def test_a_crossing_under_a_street_is_not_reached_from_it() -> None:
    """Node 2 stands where a point of the street from 0 to 1 does, but no way leads to it."""
    network = Network.of(np.array([(0, 0), (90, 0), (60, 0)]) + CORNER, [(0, 1)]).with_mesh()
    lon, lat = lonlat((0, 0))
    check(Walker(network).reach(lon[0], lat[0]), (50.0, 85.0, 200.0))


def test_the_bit_joined_to_nothing_is_outside(drawn: Network) -> None:
    lon, lat = lonlat((30, 0))
    area = check(Walker(drawn).reach(lon[0], lat[0]), (2000.0,))[0]
    assert not shapely.contains_xy(area, lonlat((550, 500)).T).any()
    assert shapely.contains_xy(area, lonlat((50, -40)).T).all()


def test_without_stairs_the_area_is_smaller(drawn: Network) -> None:
    lon, lat = lonlat((200, 1))
    walker = Walker(drawn)
    free = walker.reach(lon[0], lat[0], step_free=True)
    check(free, (150.0, 250.0))
    assert free.areas([120])[0].area < walker.reach(lon[0], lat[0]).areas([120])[0].area


def test_nothing_in_reach_is_an_empty_area(drawn: Network) -> None:
    walker = Walker(drawn)
    lon, lat = lonlat((50, -120))
    assert [area.is_empty for area in walker.reach(lon[0], lat[0]).areas([10, 20])] == [True, True]
    assert walker.reach(np.nan, 50.8).areas([400])[0].is_empty
    assert walker.reach(lon[0], lat[0]).areas([]) == []


def test_a_network_without_ground_says_so() -> None:
    network = Network.of(np.array([(0, 0), (9, 0)]) + CORNER, [(0, 1)])
    with pytest.raises(BadInputError, match="Build it again"):
        Walker(network).reach(*network.lonlat[0]).areas([400])


def test_streets_drawn_at_random_with_a_river() -> None:
    network = street_graph(2_500, 7).with_mesh()
    walker, draw = Walker(network), np.random.default_rng(7)
    for node in draw.integers(0, len(network), 25):
        check(walker.reach(*network.lonlat[node]), LIMITS)
        check(walker.reach(*network.lonlat[node], step_free=True), LIMITS)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_small_networks_hold_exactly_what_is_within_reach(data: st.DataObject) -> None:
    spot = st.tuples(st.integers(0, 30), st.integers(0, 30))
    xy = data.draw(st.lists(spot, min_size=2, max_size=12))
    pair = st.tuples(*[st.integers(0, len(xy) - 1)] * 2).filter(lambda end: end[0] != end[1])
    ends = data.draw(st.lists(pair, min_size=1, max_size=20))
    scale = data.draw(st.sampled_from([2.0, 7.5, 40.0]))
    network = Network.of(np.array(xy, float) * scale + CORNER, ends).with_mesh()
    x, y = data.draw(spot)
    lon, lat = lonlat((x * scale + 1, y * scale))
    limits = sorted(data.draw(st.lists(st.floats(1, 60 * scale), min_size=1, max_size=3)))
    check(Walker(network).reach(lon[0], lat[0]), tuple(limits))
