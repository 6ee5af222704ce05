"""Walks beside networkx, igraph and pandana: `make bench NAME=walking`."""

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.figures import Figure
from benchmarks.installation import official_data
from benchmarks.peers import street_peers
from benchmarks.street_graphs import cut_graph, street_graph
from exchange.walking import open_network, save_network
from exchange.walking_files import read_network
from geo.walking import Network, Spots, Walker

CITY: Final = "osm_city_of_brussels_drive.graphml"
SIZES: Final = (40_000, 120_000)
LIMITS_M: Final = (400.0, 800.0, 1_200.0)
"""Five, ten and fifteen minutes at 4.8 km/h."""
PLACES: Final = 1_800
"""As many as the region has in the map of the City."""
PEOPLE: Final = 41
PEER_PEOPLE: Final = 3
TRIES: Final = 3
"""The best counts, for others work on this machine."""
CATEGORIES: Final = 40
SOURCES: Final = 400
"""Of all categories together; again with as many of each."""
LIMIT_M: Final = 1_200.0
OPEN_GOAL: Final = {120_000: "<= 1000"}
ONE_GOAL: Final = {40_000: "<= 30"}
NEAREST_GOAL: Final = {40_000: "<= 500", 120_000: "<= 2000"}
PEERS: Final = ("networkx", "igraph", "pandana")


def figures() -> Iterator[Figure]:
    """Measure all networks; the table of peers is printed on the way."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    print(f"SEED={seed}")
    if not (street_peers.ENVIRONMENT / "bin" / "python").exists():
        print(street_peers.HOW)
    yield from _measure("City", read_network(official_data() / CITY).with_mesh(), seed)
    for nodes in SIZES:
        network = street_graph(nodes, seed)
        start = time.perf_counter()
        network = network.with_mesh()
        yield Figure(
            figure=f"{nodes:,}: ground laid once", value=time.perf_counter() - start, unit="s"
        )
        yield from _measure(f"{nodes:,}", network, seed, nodes)


def _measure(name: str, network: Network, seed: int, nodes: int = 0) -> Iterator[Figure]:
    """Time one network; peers search the same streets, cut where people and places stand."""
    draw = np.random.default_rng(seed)
    with TemporaryDirectory(prefix="plein-bench-") as home:
        save_network(network, Path(home), {})
        opened = _best_ms(lambda: open_network(Path(home)))
    yield Figure(figure=f"{name}: opened", value=opened, unit="ms", goal=OPEN_GOAL.get(nodes, ""))
    start = time.perf_counter()
    walker = Walker(network)
    walker.reach(*network.lonlat[0]).areas([LIMITS_M[0]])
    first = 1000 * (time.perf_counter() - start)
    yield Figure(figure=f"{name}: made ready after that", value=first, unit="ms")
    at = network.lonlat[draw.integers(0, len(network), PLACES + PEOPLE)]
    spots = network.snap(*(at + draw.normal(0, 2e-4, at.shape)).T)
    places, people = spots[:PLACES], spots[PLACES:]
    kinds = np.arange(SOURCES) % CATEGORIES
    doors = len(network) + len(spots) + np.arange(len(spots))
    given = cut_graph(network, spots) | {
        "places": doors[:PLACES],
        "origins": doors[PLACES:][:PEER_PEOPLE],
        "sources": doors[:SOURCES],
        "categories": kinds,
        "nodes": np.array(len(network)),
        "limit_m": np.array(LIMIT_M),
    }
    peers = {peer: found for peer in PEERS if (found := street_peers.ask(peer, given))}
    _print(name, network, peers)
    yield from _one(name, walker, people, places, ONE_GOAL.get(nodes, ""))
    nearest = _best_ms(lambda: walker.nearest(places[:SOURCES], kinds, limit_m=LIMIT_M))
    yield Figure(
        figure=f"{name}: nearest of {CATEGORIES} categories", value=nearest, unit="ms",
        goal=NEAREST_GOAL.get(nodes, ""), **_beside(peers, "nearest"),
    )  # fmt: skip
    if nodes:
        yield _crowded(name, walker, draw, NEAREST_GOAL[nodes])
    yield from _equality(name, walker, spots, peers)


def _print(name: str, network: Network, peers: dict[str, dict[str, Any]]) -> None:
    print(f"{name}: {len(network):,} crossings, {len(network.u):,} streets; milliseconds of")
    for peer, found in peers.items():
        one, nearest = 1000 * found["one"], 1000 * found["nearest"]
        print(f"  {peer:9} one person to {PLACES:,} places {one:9,.1f}; nearest {nearest:10,.1f}")


def _beside(peers: dict[str, dict[str, Any]], what: str) -> dict[str, Any]:
    """Name the fastest peer."""
    if not peers:
        return {}
    best = min(peers, key=lambda peer: float(peers[peer][what]))
    return {"peer": best, "peer_value": 1000 * float(peers[best][what])}


def _one(name: str, walker: Walker, people: Spots, places: Spots, goal: str) -> Iterator[Figure]:
    """Time one person to all places, and three areas; weigh and judge the areas."""
    network = walker.network
    times, weights, astray = [], [], 0
    for lon, lat in zip(people.lon, people.lat, strict=True):
        tries = []
        for _ in range(TRIES):
            start = time.perf_counter()
            reach = walker.reach(lon, lat)
            reach.to(places)
            reached = time.perf_counter()
            areas = reach.areas(LIMITS_M)
            tries.append((reached - start, time.perf_counter() - reached))
        times.append(min(tries, key=sum))
        shapes = [shapely.geometry.mapping(area) for area in areas]
        weights.append(len(json.dumps(shapes, separators=(",", ":"))) / 1000)
        for area, limit_m in zip(areas, LIMITS_M, strict=True):
            inside = shapely.contains_xy(area, network.lonlat)
            astray += int((inside != (reach.node_m <= limit_m)).sum())
    reach_ms, area_ms = 1000 * np.median(times, axis=0)
    both = 1000 * float(np.median(np.sum(times, axis=1)))
    yield Figure(figure=f"{name}: one person to {PLACES:,} places", value=reach_ms, unit="ms")
    yield Figure(figure=f"{name}: three areas", value=area_ms, unit="ms")
    yield Figure(figure=f"{name}: both", value=both, unit="ms", goal=goal)
    weight = float(np.median(weights))
    yield Figure(figure=f"{name}: three areas as JSON", value=weight, unit="kB", goal="<= 10")
    yield Figure(figure=f"{name}: crossings on the wrong side", value=astray, unit="", goal="<= 0")


def _crowded(name: str, walker: Walker, draw: np.random.Generator, goal: str) -> Figure:
    """Time the nearest where every category has 400 places: each crossing is near one."""
    network = walker.network
    at = network.lonlat[draw.integers(0, len(network), CATEGORIES * SOURCES)]
    spots, kinds = network.snap(*at.T), np.arange(len(at)) % CATEGORIES
    return Figure(
        figure=f"{name}: nearest, {SOURCES} of each category",
        value=_best_ms(lambda: walker.nearest(spots, kinds, limit_m=LIMIT_M)),
        unit="ms",
        goal=goal,
    )


def _equality(
    name: str, walker: Walker, spots: Spots, peers: dict[str, dict[str, Any]]
) -> Iterator[Figure]:
    """Compare every metre with the peers: from a person to all places, and every nearest."""
    person = spots[PLACES + PEER_PEOPLE - 1]
    reached = walker.reach(person.lon[0], person.lat[0]).to(spots[:PLACES])
    kinds = np.arange(SOURCES) % CATEGORIES
    tables = walker.nearest(spots[:SOURCES], kinds, limit_m=LIMIT_M)
    for peer, found in peers.items():
        apart = _apart(reached, found["reached"])
        if peer != "pandana":  # it snaps to crossings and has its own way of saying none
            apart = max(apart, _apart(tables, found["nearest_m"][:, : len(walker.network)]))
        yield Figure(
            figure=f"{name}: largest difference with {peer}", value=1000 * apart, unit="mm",
            goal="<= 1" if peer == "networkx" else "",
        )  # fmt: skip


def _apart(ours: NDArray[Any], theirs: NDArray[Any]) -> float:
    """Return the largest difference in metres; inf where one reaches what the other does not."""
    if (np.isinf(ours) != np.isinf(theirs)).any():
        return np.inf
    both = np.isfinite(ours)
    return float(np.abs(ours[both] - theirs[both]).max(initial=0.0))


def _best_ms(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TRIES):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return 1000 * min(seconds)
