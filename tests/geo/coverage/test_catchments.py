import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage import Catcher, Catchments, demand
from geo.coverage.catchments import spans
from geo.territory import Territory
from geo.walking import Network, Spots, Walker
from tests.geo.coverage.conftest import lonlat

MILLIMETRE = 0.001


def dense(table: Catchments, points: int) -> np.ndarray:
    """Return metres (services, points), inf beyond."""
    out = np.full((len(table), points), np.inf)
    owner = np.repeat(np.arange(len(table)), np.diff(table.start))
    out[owner, table.point] = table.metres
    return out


def walked(walker: Walker, service: Spots, doors: Spots) -> np.ndarray:
    """Walk from one service with networkx: every end of every street, then along it."""
    network = walker.network
    graph = nx.Graph()
    for u, v, metres in zip(network.u, network.v, network.length_m, strict=True):
        if not graph.has_edge(u, v) or graph[u][v]["m"] > metres:
            graph.add_edge(u, v, m=metres)
    edge, offset_m, away_m = service.edge[0], service.offset_m[0], service.away_m[0]
    for end, metres in ((network.u, offset_m), (network.v, network.length_m[edge] - offset_m)):
        if not graph.has_edge("door", end[edge]) or graph["door"][end[edge]]["m"] > metres + away_m:
            graph.add_edge("door", end[edge], m=max(metres + away_m, 0.0))
    found = nx.single_source_dijkstra_path_length(graph, "door", weight="m")
    out = np.full(len(doors), np.inf)
    for place in np.flatnonzero(~doors.off):
        on, at_m = doors.edge[place], doors.offset_m[place]
        ways = [
            found.get(network.u[on], np.inf) + at_m,
            found.get(network.v[on], np.inf) + network.length_m[on] - at_m,
        ]
        if on == edge:
            ways.append(abs(at_m - offset_m) + away_m)
        out[place] = min(ways) + doors.away_m[place]
    return out


def check_walks(walker: Walker, catcher: Catcher, services: Spots) -> None:
    """Compare every metre within the limit with networkx, and who is beyond it."""
    doors = catcher.demand.spots
    found = dense(catcher.catch(services), len(doors))
    for place in range(len(services)):
        told = walked(walker, services[place], doors)
        told[told > catcher.limit_m] = np.inf
        sure = np.abs(np.nan_to_num(told, posinf=0) - catcher.limit_m) > MILLIMETRE
        np.testing.assert_allclose(found[place][sure], told[sure], rtol=0, atol=MILLIMETRE)


def test_metres_by_hand(row: Territory, street: Network, walker: Walker) -> None:
    catcher = Catcher(walker, demand(row, street))
    table = catcher.catch(street.snap(*lonlat((150, 7), (5_000, 0))))
    assert table.start.tolist() == [0, 7, 7]
    order = np.argsort(catcher.demand.spots.lon[table.point])
    expected = [57, 157, 357, 557, 757, 957, 1157]
    assert table.metres[order] == pytest.approx(expected, abs=0.01)


def test_what_is_joined_and_taken_is_what_was_caught_at_once(
    row: Territory, street: Network, walker: Walker
) -> None:
    catcher = Catcher(walker, demand(row, street))
    spots = street.snap(*lonlat(*[(x, 3) for x in (10, 2_900, 500, 1_500)]))
    whole = catcher.catch(spots)
    parts = catcher.catch(spots[2:]).join([catcher.catch(spots[:2])]).take(np.array([2, 3, 0, 1]))
    for name in ("start", "point", "metres"):
        assert getattr(parts, name).tobytes() == getattr(whole, name).tobytes()
    assert spans(np.empty(0, np.int64), np.empty(0, np.int64)).tolist() == []


@pytest.mark.official
@pytest.mark.parametrize("doors", [False, True])
def test_the_city_is_walked_as_networkx_says(
    city: Walker, region: Territory, *, doors: bool
) -> None:
    network, draw = city.network, np.random.default_rng(5)
    at = network.lonlat[draw.integers(0, len(network), 800)] + draw.normal(0, 3e-4, (800, 2))
    catcher = Catcher(city, demand(region, network, at if doors else None))
    check_walks(city, catcher, network.snap(*at[:25].T))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_small_networks_are_walked_as_networkx_says(row: Territory, data: st.DataObject) -> None:
    spot = st.tuples(st.integers(0, 60), st.integers(-4, 4))
    xy = data.draw(st.lists(spot, min_size=2, max_size=9))
    ends = data.draw(
        st.lists(
            st.tuples(*[st.integers(0, len(xy) - 1)] * 2).filter(lambda end: end[0] != end[1]),
            min_size=1,
            max_size=14,
        )
    )
    network = Network.of(np.array(xy, float) * 50 + (149_000, 170_000), ends)
    walker = Walker(network)
    place = st.lists(spot, min_size=1, max_size=8)
    doors = lonlat(*[(50 * x + 3, 40 * y + 1) for x, y in data.draw(place)]).T
    limit_m = data.draw(st.sampled_from([60.0, 300.0, 1_200.0]))
    catcher = Catcher(
        walker, demand(row, network, doors if data.draw(st.booleans()) else None), limit_m=limit_m
    )
    services = network.snap(*lonlat(*[(50 * x - 2, 40 * y + 2) for x, y in data.draw(place)]))
    check_walks(walker, catcher, services[~services.off])
