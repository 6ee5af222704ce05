"""Counts within reach and the nearest, by one library; started by street_peers.py.

Arguments: networkx or pandana; the graph as .npz; where to write what was found. Seconds go to
standard output as JSON. Building a graph is not counted. Both count crossings within the limit of
each service and the nearest one, by category: two of the eleven measures Plein makes meanwhile.
"""

import json
import sys
import time
from typing import Any

import numpy as np


def by_networkx(given: Any) -> tuple[float, Any, Any]:
    """One search with a limit for each service."""
    import networkx as nx  # noqa: PLC0415 - one library a process

    graph = nx.Graph()
    graph.add_nodes_from(range(len(given["x"])))
    columns = (given[name].tolist() for name in ("u", "v", "length_m"))
    for u, v, metres in zip(*columns, strict=True):
        if not graph.has_edge(u, v) or graph[u][v]["weight"] > metres:
            graph.add_edge(u, v, weight=metres)
    kinds, limit_m = given["kinds"], float(given["limit_m"])
    within = np.zeros((kinds.max() + 1, len(graph)), np.int32)
    nearest = np.full(within.shape, np.inf)
    start = time.perf_counter()
    for door, kind in zip(given["doors"].tolist(), kinds.tolist(), strict=True):
        found = nx.single_source_dijkstra_path_length(graph, door, cutoff=limit_m)
        at = np.array(list(found))
        within[kind, at] += 1
        nearest[kind, at] = np.minimum(nearest[kind, at], list(found.values()))
    return time.perf_counter() - start, within, nearest


def by_pandana(given: Any) -> tuple[float, Any, Any]:
    """Who is near whom once, then an aggregation and a nearest place for each category."""
    import pandana  # type: ignore[import-not-found]  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    limit_m = float(given["limit_m"])
    net = pandana.Network(
        pd.Series(given["x"]), pd.Series(given["y"]), pd.Series(given["u"]), pd.Series(given["v"]),
        pd.DataFrame({"m": given["length_m"]}), twoway=True,
    )  # fmt: skip
    within, nearest = [], []
    start = time.perf_counter()
    net.precompute(limit_m)
    for kind in range(given["kinds"].max() + 1):
        some = given["doors"][given["kinds"] == kind]
        net.set(pd.Series(some), variable=pd.Series(np.ones(len(some))), name="kind")
        within.append(net.aggregate(limit_m, type="sum", decay="flat", name="kind").to_numpy())
        net.set_pois("kind", limit_m, 1, pd.Series(given["x"][some]), pd.Series(given["y"][some]))
        nearest.append(net.nearest_pois(limit_m, "kind", num_pois=1)[1].to_numpy())
    return time.perf_counter() - start, np.array(within), np.array(nearest)


def main(peer: str, graph: str, out: str) -> None:
    """Search, and write what was found and how long it took."""
    given = dict(np.load(graph))
    stdout, sys.stdout = sys.stdout, sys.stderr
    seconds, within, nearest = (by_networkx if peer == "networkx" else by_pandana)(given)
    crossings = int(given["crossings"])
    np.savez(out, within=within[:, :crossings], nearest_m=nearest[:, :crossings])
    stdout.write(f"\n{json.dumps({'seconds': seconds})}\n")  # after what C may have said there


if __name__ == "__main__":
    main(*sys.argv[1:])
