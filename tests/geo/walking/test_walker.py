from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.walking import Network, Spots, Walker
from tests.geo.walking.conftest import lonlat

MILLIMETRE = 0.001


@pytest.fixture(scope="module")
def walker(drawn: Network) -> Walker:
    return Walker(drawn)


def one(x: float, y: float) -> tuple[float, float]:
    lon, lat = lonlat((x, y))
    return float(lon[0]), float(lat[0])


def test_metres_by_hand(walker: Walker) -> None:
    found = walker.reach(*one(30, 0)).node_m
    assert found[:4] == pytest.approx([30, 70, 170, 170], abs=0.01)
    assert found[5] == pytest.approx(170 + 50 * np.sqrt(2), abs=0.01)
    assert found[6] == pytest.approx(270, abs=0.01)


def test_a_bridge_is_not_joined_to_the_street_below(walker: Walker) -> None:
    under, on = one(50, 0), walker.network.snap(*lonlat((50, -5), (50, 6)))
    on.edge[:], on.offset_m[:], on.away_m[:] = 3, (45, 56), 0
    found = walker.reach(*under).to(on)
    around = 50 + 100 + 50 * np.sqrt(2)
    assert found == pytest.approx([around + 55, around + 44], abs=0.01)


def test_a_disconnected_bit_is_never_reached(walker: Walker) -> None:
    reach = walker.reach(*one(30, 0))
    assert np.isinf(reach.node_m[7:]).all()
    there = walker.network.snap(*lonlat((550, 510)))
    assert np.isinf(reach.to(there)).all()
    assert reach.way(there) is None
    within = walker.reach(*one(520, 500))
    assert within.node_m[7:] == pytest.approx([20, 80], abs=0.01)
    assert np.isinf(within.node_m[:7]).all()


def test_on_the_same_street_one_walks_straight_there(walker: Walker) -> None:
    reach = walker.reach(*one(130, 4))
    spots = walker.network.snap(*lonlat((160, -3), (110, 2), (130, 4)))
    assert reach.to(spots) == pytest.approx([4 + 30 + 3, 4 + 20 + 2, 8], abs=0.01)


def test_the_way_to_the_door_counts_at_both_ends(walker: Walker) -> None:
    found = walker.reach(*one(30, 9)).to(walker.network.snap(*lonlat((160, -3))))
    assert found == pytest.approx([9 + 70 + 60 + 3], abs=0.01)


def test_without_stairs_one_goes_around(walker: Walker) -> None:
    start = one(200, 1)
    with_steps, without = walker.reach(*start), walker.reach(*start, step_free=True)
    assert with_steps.node_m[6] == pytest.approx(99, abs=0.01)
    assert without.node_m[6] == pytest.approx(301, abs=0.01)
    on_stairs = walker.network.snap(*lonlat((200, 50)))
    assert np.isinf(without.to(on_stairs)).all()
    assert with_steps.to(on_stairs) == pytest.approx([49], abs=0.01)


def test_one_way_does_not_bind(walker: Walker) -> None:
    there = walker.reach(*one(30, 0)).to(walker.network.snap(*lonlat((150, 100))))
    back = walker.reach(*one(150, 100)).to(walker.network.snap(*lonlat((30, 0))))
    assert there == pytest.approx(back, abs=MILLIMETRE)


def test_beyond_the_limit_is_out_of_reach(walker: Walker) -> None:
    found = walker.reach(*one(30, 0), limit_m=100).node_m
    assert np.isfinite(found).tolist() == [True, True] + [False] * 7


def test_the_nearest_of_each_category(walker: Walker) -> None:
    spots = walker.network.snap(*lonlat((30, 2), (110, 0), (550, 500)))
    found = walker.nearest(spots, [0, 0, 1], limit_m=150)
    assert found.dtype == np.float32
    assert found[0, :4] == pytest.approx([32, 10, 90, 110], abs=0.01)
    assert np.isinf(found[0, 6:]).all()
    assert found[1, 7:] == pytest.approx([50, 50], abs=0.01)
    assert np.isinf(found[1, :7]).all()
    assert walker.nearest(spots[:0], [], limit_m=9).shape == (0, 9)


def test_the_nearest_without_stairs(walker: Walker) -> None:
    spots = walker.network.snap(*lonlat((200, 1)), step_free=True)
    found = walker.nearest(spots, [0], limit_m=1000, step_free=True)
    assert found[0, 6] == pytest.approx(301, abs=0.01)


def graph_of(network: Network, spots: Spots) -> nx.Graph:
    """Make streets a networkx graph, spots nodes of their own that cut their street."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(network)))

    def lay(a: object, b: object, metres: float) -> None:
        if not graph.has_edge(a, b) or graph[a][b]["m"] > metres:
            graph.add_edge(a, b, m=metres)

    on: dict[int, list[tuple[float, object]]] = {}
    for row in np.flatnonzero(spots.edge >= 0):
        on.setdefault(int(spots.edge[row]), []).append((float(spots.offset_m[row]), ("on", row)))
        lay(("on", row), ("door", row), float(spots.away_m[row]))
    for edge, (u, v, metres) in enumerate(
        zip(network.u.tolist(), network.v.tolist(), network.length_m.tolist(), strict=True)
    ):
        stops = [(0.0, u), *sorted(on.get(edge, []), key=str), (metres, v)]
        stops.sort(key=lambda stop: stop[0])
        for (a_m, a), (b_m, b) in pairwise(stops):
            lay(a, b, b_m - a_m)
    return graph


def check_equality(network: Network, lon: np.ndarray, lat: np.ndarray) -> None:
    """Compare every crossing and every spot with networkx, from the first position."""
    walker, spots = Walker(network), network.snap(lon, lat)
    reach = walker.reach(lon[0], lat[0])
    found = nx.single_source_dijkstra_path_length(graph_of(network, spots), ("door", 0), weight="m")
    nodes = np.array([found.get(node, np.inf) for node in range(len(network))])
    np.testing.assert_allclose(reach.node_m, nodes, rtol=0, atol=MILLIMETRE)
    doors = np.array([found.get(("door", row), np.inf) for row in range(1, len(spots))])
    np.testing.assert_allclose(reach.to(spots[1:]), doors, rtol=0, atol=MILLIMETRE)


@pytest.mark.official
def test_all_crossings_and_places_are_as_far_as_networkx_says(city: Network) -> None:
    draw = np.random.default_rng(8)
    at = city.lonlat[draw.integers(0, len(city), 600)] + draw.normal(0, 3e-4, (600, 2))
    for first in (0, 200, 400):
        check_equality(city, *np.roll(at, -first, axis=0).T)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_small_networks_are_as_networkx_says(data: st.DataObject) -> None:
    spot = st.tuples(st.integers(0, 40), st.integers(0, 40))
    xy = data.draw(st.lists(spot, min_size=2, max_size=9))
    ends = data.draw(
        st.lists(
            st.tuples(*[st.integers(0, len(xy) - 1)] * 2).filter(lambda end: end[0] != end[1]),
            min_size=1,
            max_size=14,
        )
    )
    metres = np.array(xy, float) * 10 + (149_000, 170_000)
    network = Network.of(metres, ends)
    doors = data.draw(st.lists(spot, min_size=2, max_size=8))
    check_equality(network, *lonlat(*[(10 * x + 3, 10 * y + 1) for x, y in doors]))
