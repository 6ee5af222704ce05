"""Streets drawn at random: an uneven grid with gaps, a river and its few bridges."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.crs import WGS_84, project
from geo.walking import Network, Spots

BLOCK_M: Final = 65.0
"""Metres between crossings, about what the streets of Brussels have."""
KEPT: Final = 0.78
"""Share of the grid's streets that are there: some 1.5 for a crossing."""
BRIDGE_EVERY: Final = 18
"""Blocks from one bridge to the next: more than a kilometre."""
CORNER: Final = (140_000.0, 160_000.0)
"""Metres in EPSG:31370, so that the region of Brussels lies within."""
STAIRS: Final = 0.01


def street_graph(nodes: int, seed: int) -> Network:
    """Draw a network of about so many crossings; the mesh is not made."""
    draw = np.random.default_rng(seed)
    side = round(np.sqrt(nodes))
    place = np.arange(side * side).reshape(side, side)
    x, y = np.meshgrid(np.arange(side), np.arange(side))
    xy = np.column_stack([x.ravel(), y.ravel()]) * BLOCK_M + CORNER
    xy += draw.uniform(-0.3, 0.3, xy.shape) * BLOCK_M
    east = np.column_stack([place[:, :-1].ravel(), place[:, 1:].ravel()])
    north = np.column_stack([place[:-1].ravel(), place[1:].ravel()])
    river = (east[:, 0] % side == side // 2) & ((east[:, 0] // side) % BRIDGE_EVERY != 0)
    pairs = np.concatenate([east[~river], north])
    pairs = pairs[draw.random(len(pairs)) < KEPT]
    middle = xy[pairs].mean(axis=1) + draw.normal(0, 4.0, (len(pairs), 2))
    lines = np.stack([xy[pairs[:, 0]], middle, xy[pairs[:, 1]]], axis=1)
    return Network.of(
        xy,
        pairs,
        lines=list(lines),
        names=[(f"Rue {n % 3000}", f"{n % 3000}straat") for n in range(len(pairs))],
        steps=draw.random(len(pairs)) < STAIRS,
    ).in_order()


def cut_graph(network: Network, spots: Spots) -> dict[str, NDArray[Any]]:
    """Cut streets where spots stand, for libraries that know crossings alone.

    Returns x, y, u, v, length_m: first the crossings, then the points on streets, then the doors;
    spot k stands at node len(network) + len(spots) + k.
    """
    streets, nodes = np.arange(len(network.u)), len(network)
    on = nodes + np.arange(len(spots))
    edge = np.concatenate([streets, spots.edge, streets])
    at_m = np.concatenate([np.zeros(len(streets)), spots.offset_m, network.length_m])
    node = np.concatenate([network.u, on, network.v])
    rank = np.repeat([0, 1, 2], [len(streets), len(spots), len(streets)])
    order = np.lexsort((at_m, rank, edge))
    edge, at_m, node = edge[order], at_m[order], node[order]
    joined = np.flatnonzero(edge[1:] == edge[:-1])
    degrees = np.column_stack([spots.lon, spots.lat])
    x, y = project(degrees, source=WGS_84, target=network.crs).T
    return {
        "x": np.concatenate([network.x, x, x]),
        "y": np.concatenate([network.y, y, y]),
        "u": np.concatenate([node[joined], on]),
        "v": np.concatenate([node[joined + 1], on + len(spots)]),
        "length_m": np.concatenate(
            [np.maximum(at_m[joined + 1] - at_m[joined], 0.0), spots.away_m]
        ),
    }
