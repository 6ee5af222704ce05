"""Walks through a network: how far everything is from one point, and from the nearest of many."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from geo.walking.areas import draw_areas
from geo.walking.network import Network
from geo.walking.spots import NOWHERE, Spots
from geo.walking.ways import Way, follow

METRES: Final = np.float32
"""Tables of every crossing keep metres in four bytes: right to a millimetre below 16 km."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Graph:
    """Neighbours of every crossing: of node i they are rows `start[i]` to `start[i + 1]`."""

    start: NDArray[np.int32]
    to: NDArray[np.int32]
    length_m: NDArray[np.float64]
    edge: NDArray[np.int32]

    @classmethod
    def of(cls, network: Network, *, step_free: bool) -> "Graph":
        """Lay every street both ways: one-way signs do not bind who walks."""
        kept = np.flatnonzero(~network.steps) if step_free else np.arange(len(network.u))
        one, other = network.u[kept], network.v[kept]
        tail, head = np.concatenate([one, other]), np.concatenate([other, one])
        order = np.lexsort((head, tail))
        count = np.bincount(tail, minlength=len(network))
        return cls(
            start=np.concatenate([[0], np.cumsum(count)]).astype(np.int32),
            to=head[order],
            length_m=np.concatenate([network.length_m[kept]] * 2)[order],
            edge=np.concatenate([kept, kept])[order].astype(np.int32),
        )

    def search(
        self, sources: Sequence[tuple[NDArray[np.int32], NDArray[np.float64]]], limit_m: float
    ) -> NDArray[np.float64]:
        """Return metres (sources, nodes) from sources that stand beside the network.

        Each source is a row of its own behind the crossings, with streets to where it stands.
        """
        nodes = len(self.start) - 1
        ends = self.start[-1] + np.cumsum([len(to) for to, _ in sources])
        graph = csr_array(
            (
                np.concatenate([self.length_m, *(metres for _, metres in sources)]),
                np.concatenate([self.to, *(to for to, _ in sources)]),
                np.concatenate([self.start, ends.astype(np.int32)]),
            ),
            shape=(nodes + len(sources),) * 2,
        )
        found: NDArray[np.float64] = dijkstra(
            graph, indices=np.arange(nodes, nodes + len(sources)), limit=limit_m
        )
        return found[:, :nodes]


class Walker:
    """Somebody who knows the streets of a network. Made once, shared by sessions.

    >>> network = Network.of([(149000, 170000), (149100, 170000)], [(0, 1)])
    >>> lon, lat = network.lonlat[0]
    >>> Walker(network).reach(lon, lat).node_m.round(1).tolist()
    [0.0, 100.0]
    """

    def __init__(self, network: Network) -> None:
        self.network = network
        self._graph = Graph.of(network, step_free=False)

    @cached_property
    def _step_free(self) -> Graph:
        return Graph.of(self.network, step_free=True)

    def graph(self, *, step_free: bool = False) -> Graph:
        """Return the neighbours of every crossing, made when first asked for."""
        return self._step_free if step_free and self.network.steps.any() else self._graph

    def reach(
        self, lon: float, lat: float, *, step_free: bool = False, limit_m: float = np.inf
    ) -> "Reach":
        """Walk from a position in degrees (EPSG:4326) to everywhere, at most `limit_m`.

        `step_free` climbs no stairs, and sets out from the nearest street that is none.
        """
        origin = self.network.snap([lon], [lat], step_free=step_free)
        to, metres = _entries(self.network, origin)
        node_m = self.graph(step_free=step_free).search([(to, metres)], limit_m)[0]
        return Reach(walker=self, origin=origin, node_m=node_m, step_free=step_free)

    def nearest(
        self,
        spots: Spots,
        categories: "Sequence[int] | NDArray[np.integer[Any]]",
        *,
        limit_m: float,
        step_free: bool = False,
    ) -> NDArray[np.float32]:
        """Return metres from every crossing to the nearest spot of each category.

        Args:
            spots: where the places are, of this network.
            categories: of each spot, 0, 1, 2, …; a place of two categories is two spots.
            limit_m: farther is inf.
            step_free: without stairs; the spots were then snapped so too.

        Returns:
            (categories, crossings), inf beyond the limit.
        """
        kinds = np.asarray(categories, dtype=np.int64)
        usable = spots.edge >= 0
        if step_free:
            usable &= ~self.network.steps[spots.edge]
        count = int(kinds.max(initial=-1)) + 1
        out = np.empty((count, len(self.network)), dtype=METRES)
        graph = self.graph(step_free=step_free)
        for kind in range(count):
            entries = _entries(self.network, spots[usable & (kinds == kind)])
            out[kind] = graph.search([entries], limit_m)[0]
        return out


@dataclass(frozen=True, kw_only=True, eq=False)
class Reach:
    """How far everything is from one point.

    Attributes:
        walker: who walked.
        origin: where from, one spot.
        node_m: metres to every crossing, the way from the door to the street counted; inf where
            no way leads, or beyond the limit asked for.
        step_free: whether stairs were left out.
    """

    walker: Walker
    origin: Spots
    node_m: NDArray[np.float64]
    step_free: bool

    @property
    def off(self) -> bool:
        """Whether the point lies off the network, so that distances must be estimated."""
        return bool(self.origin.off[0])

    def to(self, spots: Spots) -> NDArray[np.float64]:
        """Return metres to spots of this network, from door to door; inf where no way leads.

        Without stairs, a spot on stairs has no way: snap places with `step_free` as well.
        """
        return self.along(spots.edge, spots.offset_m) + spots.away_m

    def along(self, edge: NDArray[np.int32], offset_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return metres to points on streets, given as street and metres from its first end."""
        network = self.walker.network
        if not len(network.u):
            return np.full(len(edge), np.inf)
        from_u = self.node_m[network.u[edge]] + offset_m
        from_v = self.node_m[network.v[edge]] + (network.length_m[edge] - offset_m)
        metres: NDArray[np.float64] = np.minimum(from_u, from_v)
        same = np.flatnonzero((edge == self.origin.edge[0]) & (edge >= 0))
        straight = np.abs(offset_m[same] - self.origin.offset_m[0]) + self.origin.away_m[0]
        metres[same] = np.minimum(metres[same], straight)
        barred = edge < 0
        if self.step_free:
            barred |= network.steps[edge]
        metres[barred] = np.inf
        return metres

    def areas(self, limits_m: Sequence[float]) -> list[shapely.MultiPolygon]:
        """Draw what lies within so many metres, degrees (EPSG:4326), each within the next larger.

        Every crossing within reach is inside, and no other: one exactly at a limit counts as
        within. Where nothing is in reach the area is empty.

        Raises:
            BadInputError: the network has no mesh.
        """
        return draw_areas(self, limits_m)

    def way(self, spot: Spots) -> Way | None:
        """Return the shortest way to one spot; None where there is none."""
        return follow(self, spot)


def _entries(network: Network, spots: Spots) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
    """Return the crossings at both ends of each spot's street, and the metres to them."""
    spots = spots[spots.edge != NOWHERE]
    ends = np.concatenate([network.u[spots.edge], network.v[spots.edge]])
    rest = network.length_m[spots.edge] - spots.offset_m
    metres = np.concatenate([spots.offset_m, rest]) + np.tile(spots.away_m, 2)
    return ends, np.maximum(metres, 0.0)
