"""Searches of one library over one graph; started by street_peers.py, maybe elsewhere than .venv.

Arguments: networkx, igraph or pandana; the graph as .npz; where to write what was found. Seconds
go to standard output as JSON. Building a graph is not counted.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

UNREACHED_M = 4_294_967.0
"""What pandana says of a place no way leads to: the largest whole number of its millimetres."""
Searches = tuple[Callable[[int], Any], Callable[[Any], Any]]


def networkx_searches(given: Any) -> Searches:
    """One origin to all places; nearest of many within the limit."""
    import networkx as nx  # noqa: PLC0415 - one library a process

    graph = nx.Graph()
    graph.add_nodes_from(range(len(given["x"])))
    columns = (given[name].tolist() for name in ("u", "v", "length_m"))
    for u, v, metres in zip(*columns, strict=True):
        if not graph.has_edge(u, v) or graph[u][v]["weight"] > metres:
            graph.add_edge(u, v, weight=metres)

    def row(found: dict[int, float]) -> Any:
        out = np.full(len(graph), np.inf)
        out[list(found)] = list(found.values())
        return out

    limit_m, places = float(given["limit_m"]), given["places"]
    return (
        lambda origin: row(nx.single_source_dijkstra_path_length(graph, origin))[places],
        lambda some: row(nx.multi_source_dijkstra_path_length(graph, set(some), cutoff=limit_m)),
    )


def igraph_searches(given: Any) -> Searches:
    """One origin to all places; nearest of many through one more crossing at no distance."""
    import igraph  # type: ignore[import-not-found]  # noqa: PLC0415

    nodes = len(given["x"])
    pairs = np.column_stack([given["u"], given["v"]])
    graph = igraph.Graph(n=nodes, edges=pairs, edge_attrs={"m": given["length_m"]})
    limit_m, places = float(given["limit_m"]), given["places"].tolist()

    def nearest(some: Any) -> Any:
        wider = graph.copy()
        wider.add_vertices(1)
        before = wider.ecount()
        wider.add_edges([(nodes, node) for node in some])
        wider.es[before:]["m"] = 0.0
        found = np.array(wider.distances(source=nodes, weights="m")[0])[:nodes]
        return np.where(found <= limit_m, found, np.inf)

    def one(origin: int) -> Any:
        return np.array(graph.distances(source=origin, target=places, weights="m")[0])

    return one, nearest


def pandana_searches(given: Any) -> Searches:
    """One origin to all places, by pairs; nearest of many, by its points of interest."""
    import pandana  # type: ignore[import-not-found]  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    limit_m = float(given["limit_m"])
    net = pandana.Network(
        pd.Series(given["x"]), pd.Series(given["y"]), pd.Series(given["u"]), pd.Series(given["v"]),
        pd.DataFrame({"m": given["length_m"]}), twoway=True,
    )  # fmt: skip
    places = given["places"]

    def told(metres: Any) -> Any:
        found = np.array(metres, dtype=float)
        return np.where(found < UNREACHED_M, found, np.inf)

    def nearest(some: Any) -> Any:
        net.set_pois("kind", limit_m, 1, pd.Series(given["x"][some]), pd.Series(given["y"][some]))
        found = net.nearest_pois(limit_m, "kind", num_pois=1, max_distance=np.inf)
        return told(found[1])

    def one(origin: int) -> Any:
        return told(net.shortest_path_lengths(np.full(len(places), origin), places))

    return one, nearest


PEERS = {"networkx": networkx_searches, "igraph": igraph_searches, "pandana": pandana_searches}


def main(peer: str, graph: str, out: str) -> None:
    """Search, and write what was found and how long it took."""
    given = dict(np.load(graph))
    stdout, sys.stdout = sys.stdout, sys.stderr
    one, nearest = PEERS[peer](given)
    seconds = []
    for origin in given["origins"].tolist():
        start = time.perf_counter()
        reached = one(origin)
        seconds.append(time.perf_counter() - start)
    start = time.perf_counter()
    kinds = given["categories"]
    tables = [nearest(given["sources"][kinds == kind]) for kind in range(kinds.max(initial=-1) + 1)]
    told = {"one": float(np.median(seconds)), "nearest": time.perf_counter() - start}
    np.savez(out, reached=reached, nearest_m=np.array(tables))
    stdout.write(f"\n{json.dumps(told)}\n")  # after what a library in C may have said there


if __name__ == "__main__":
    main(*sys.argv[1:])
