"""All sectors by 40 categories, beside scipy, networkx and pandana; and one service moved."""

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from benchmarks.cases import CATEGORIES, SECTORS, STEPS, Case
from benchmarks.clock import Taken, best, least, once
from benchmarks.figures import Figure
from benchmarks.grounds import square_territory
from benchmarks.peers import street_peers
from benchmarks.street_graphs import cut_graph, street_graph
from exchange.settings import ROOT
from exchange.walking import network_path, save_network
from geo.coverage import LIMIT_M, Coverage, Measure, WhatIf
from geo.walking import Walker

GROUPS: Final = 8
"""Of five categories each: a group is a category of many places."""
PLACES: Final = (400, 1_800)
"""As many as FACTS.md measured peers with, and as many as the region has in OpenStreetMap."""
GOALS: Final = {40_000: 500, 120_000: 2_000}
MEMORY: Final = "<= 300"
PEERS: Final = ("networkx", "pandana")
_CHUNK: Final = 100
"""Searches the straightforward way holds at once: more would pass its memory too."""


def figures(seed: int) -> Iterator[Figure]:
    """Measure both networks, with few places and many, and many in groups."""
    for nodes, goal in GOALS.items():
        walker = Walker(street_graph(nodes, seed))
        territory = square_territory(SECTORS, walker.network)
        for places in PLACES:
            yield from _covered(Case(walker, territory, places, seed), goal, seed)
        yield from _grouped(Case(walker, territory, PLACES[-1], seed, groups=GROUPS))


def _covered(case: Case, goal: int, seed: int) -> Iterator[Figure]:
    ours, coverage = best(case.cover)
    plain, counted = once(lambda: _straightforward(case))
    name = f"{case.name}: all sectors x {CATEGORIES}"
    yield Figure(figure=name, value=ours.wall_ms, unit="ms", goal=f"<= {goal}",
                 peer="scipy alone", peer_value=plain.wall_ms)  # fmt: skip
    yield Figure(figure=f"{name}, processor", value=ours.processor_ms, unit="ms",
                 peer="scipy alone", peer_value=plain.processor_ms)  # fmt: skip
    within = coverage.cells[Measure.WITHIN_15].value
    yield Figure(figure=f"{case.name}: apart from scipy", unit="", goal="<= 1e-9",
                 value=float(np.nanmax(np.abs(within - counted))))  # fmt: skip
    yield from _peers(case, within, ours)
    yield from _memory(case, seed)
    yield from _what_if(case, coverage)


def _straightforward(case: Case) -> NDArray[np.float64]:
    """Count within 15 minutes with scipy alone: every search over the whole network."""
    network, edge = case.walker.network, case.spots.edge
    ends = np.concatenate([network.u, network.v]), np.concatenate([network.v, network.u])
    streets = csr_array((np.tile(network.length_m, 2), ends), shape=(len(network),) * 2)
    out = np.zeros((CATEGORIES, len(case.demand.codes)))
    rest = network.length_m[edge] - case.spots.offset_m
    for begin in range(0, len(edge), _CHUNK):
        rows = slice(begin, begin + _CHUNK)
        near = np.minimum(
            dijkstra(streets, indices=network.u[edge[rows]], limit=LIMIT_M)
            + (case.spots.offset_m + case.spots.away_m)[rows, None],
            dijkstra(streets, indices=network.v[edge[rows]], limit=LIMIT_M)
            + (rest + case.spots.away_m)[rows, None],
        )
        shares = case.by_sector(near.astype(np.float32) <= LIMIT_M)
        np.add.at(out, np.arange(len(edge))[rows] % CATEGORIES, shares)
    return out


def _peers(case: Case, within: NDArray[np.float64], ours: Taken) -> Iterator[Figure]:
    """Let each peer count within 15 minutes and find the nearest: two of our eleven measures."""
    network = case.walker.network
    given = cut_graph(network, case.spots) | {
        "crossings": np.array(len(network)),
        "doors": len(network) + case.places + np.arange(case.places),
        "kinds": np.arange(case.places) % CATEGORIES,
        "limit_m": np.array(LIMIT_M),
    }
    for peer in PEERS:
        found = street_peers.ask(peer, given, script="reach_search.py")
        name = f"{case.name}: all sectors x {CATEGORIES}, beside {peer}"
        if found is None:
            yield Figure(figure=name, value=ours.wall_ms, unit="ms", peer=f"{peer}: not there")
            continue
        apart = np.abs(within - case.by_sector(found["within"]))
        yield Figure(figure=name, value=ours.wall_ms, unit="ms", peer=peer,
                     peer_value=1_000 * float(found["seconds"]))  # fmt: skip
        yield Figure(figure=f"{case.name}: apart from {peer}", value=float(np.nanmax(apart)),
                     unit="", goal="<= 1e-9" if peer == "networkx" else "")  # fmt: skip


def _memory(case: Case, seed: int) -> Iterator[Figure]:
    """Ask a fresh process that does this alone how much it held at most, and Python itself."""
    tracemalloc.start()
    case.cover()
    asked_mb = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    yield Figure(figure=f"{case.name}: memory asked for", value=asked_mb, unit="MB", goal=MEMORY)
    with TemporaryDirectory(prefix="plein-bench-") as home:
        save_network(case.walker.network, Path(home), {})
        path = str(network_path(Path(home)))
        command = [
            sys.executable,
            "-m",
            "benchmarks.footprint",
            str(path),
            str(case.places),
            str(seed),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, cwd=ROOT, env=dict(os.environ)
        )
    told = json.loads(done.stdout.splitlines()[-1])
    yield Figure(figure=f"{case.name}: a fresh process at most", value=told["peak_mb"], unit="MB",
                 goal=MEMORY, peer="before measuring", peer_value=told["before_mb"])  # fmt: skip


def _what_if(case: Case, coverage: Coverage) -> Iterator[Figure]:
    """Move services, one after another; then measure everything again."""
    yield from _steps(case, coverage, case.name)
    what_if = WhatIf(coverage, case.territory)
    moved(what_if, case)
    again = Coverage.of(case.walker, case.demand, what_if.services(), case.people)
    apart = max(
        float(np.nanmax(np.abs(np.nan_to_num(what_if.cells(name).value, posinf=-1)
                               - np.nan_to_num(again.cells[name].value, posinf=-1))))
        for name in Measure
    )  # fmt: skip
    yield Figure(figure=f"{case.name}: what if, apart from all again", value=apart, unit="",
                 goal="<= 0")  # fmt: skip


def _grouped(case: Case) -> Iterator[Figure]:
    """Measure with groups, and move services that are in one of them."""
    name = f"{case.name}, {GROUPS} groups too"
    ours, coverage = best(case.cover)
    yield Figure(figure=f"{name}: all sectors", value=ours.wall_ms, unit="ms")
    yield from _steps(case, coverage, name)


def _steps(case: Case, coverage: Coverage, name: str) -> Iterator[Figure]:
    taken = steps(case, coverage)
    wall = [one.wall_ms for one in taken]
    again, _ = once(case.cover)
    yield Figure(figure=f"{name}: what if, median", value=float(np.median(wall)), unit="ms",
                 goal="<= 50", peer="all again", peer_value=again.wall_ms)  # fmt: skip
    yield Figure(figure=f"{name}: what if, slowest of {STEPS}", value=max(wall), unit="ms",
                 goal="<= 50")  # fmt: skip
    yield Figure(figure=f"{name}: what if, slowest, processor", unit="ms",
                 value=max(one.processor_ms for one in taken))  # fmt: skip


def steps(case: Case, coverage: Coverage, tries: int = 9) -> list[Taken]:
    """Move services, one after another, several times; return the best time of each step."""
    every = [moved(WhatIf(coverage, case.territory), case) for _ in range(tries)]
    return [least(same) for same in zip(*every, strict=True)]


def moved(what_if: WhatIf, case: Case) -> list[Taken]:
    """Move services, one after another; return what each took."""
    return [
        once(lambda at=at, service=service: what_if.move(service, *at))[0]  # type: ignore[misc]
        for service, at in enumerate(case.elsewhere.tolist())
    ]
