"""Who can walk to each service: one sparse table of metres, made once by many short searches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.coverage.demand import BEYOND, Demand
from geo.crs import WGS_84, project
from geo.walking import Spots, Walker
from geo.walking.walker import Graph

LIMIT_M: Final = 1_200.0
"""A quarter of an hour at 4.8 km/h: nobody farther counts as near (the goal of the issue)."""
_CELLS_MAX: Final = 2_000_000
"""Metres held at once while searching: 16 MB."""
_SLACK: Final = 1.001
"""Squares are a little wider than the limit, so that rounding leaves nobody out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Catchments:
    """Points within reach of service i: rows `start[i]` to `start[i + 1]` of both columns.

    Attributes:
        start: (n + 1,) where the points of each service begin.
        point: places in the demand.
        metres: walked, door to door.
    """

    start: NDArray[np.int64]
    point: NDArray[np.int32]
    metres: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.start) - 1

    def entries(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the places of the points of some services in both columns, one after another."""
        return spans(self.start[rows], self.start[rows + 1] - self.start[rows])

    def take(self, rows: NDArray[np.int64]) -> "Catchments":
        """Return some services, in the order asked for."""
        at = self.entries(rows)
        start = np.concatenate([[0], np.cumsum(self.start[rows + 1] - self.start[rows])])
        return Catchments(start=start, point=self.point[at], metres=self.metres[at])

    def join(self, others: "Sequence[Catchments]") -> "Catchments":
        """Return these services and then those of other tables of the same demand."""
        every = [self, *others]
        count = np.concatenate([np.diff(one.start) for one in every])
        return Catchments(
            start=np.concatenate([[0], np.cumsum(count)]),
            point=np.concatenate([one.point for one in every]),
            metres=np.concatenate([one.metres for one in every]),
        )


def spans(start: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return start, start + 1, … of each, so many as its count, one after another.

    >>> spans(np.array([5, 9]), np.array([2, 1])).tolist()
    [5, 6, 9]
    """
    shift = np.repeat(start - (np.cumsum(count) - count), count)
    places: NDArray[np.int64] = shift + np.arange(len(shift))
    return places


class Catcher:
    """Finds who can walk to a service; made once for a network and a demand.

    The ground is cut into squares as wide as the limit: whoever can walk to a service stands in
    its square or one of the eight around, so a search touches no more of the network than that.
    """

    def __init__(self, walker: Walker, demand: Demand, *, limit_m: float = LIMIT_M) -> None:
        network = walker.network
        self.walker = walker
        self.demand = demand
        self.limit_m = limit_m
        spots = demand.spots
        at = np.flatnonzero(~spots.off)
        xy = _metres(spots[at], network.crs)
        nodes = np.column_stack([network.x, network.y])
        everything = np.concatenate([nodes, xy])
        self._corner = everything.min(axis=0, initial=0.0 if not len(everything) else np.inf)
        self._side_m = limit_m * _SLACK * _stretch(walker)
        self._shape = (
            np.floor((everything.max(axis=0, initial=-np.inf) - self._corner) / self._side_m)
            .clip(0, None).astype(np.int64) + 1
            if len(everything) else np.ones(2, dtype=np.int64)
        )  # fmt: skip
        self._nodes = _Squares(self._squares(nodes), np.arange(len(nodes)), self._shape)
        self._points = _Squares(self._squares(xy), at, self._shape)
        self._corners = _corners(walker, spots)

    def catch(self, spots: Spots) -> Catchments:
        """Return who is within the limit of each service; nobody where it is off the network."""
        count = np.zeros(len(spots), dtype=np.int64)
        found = []
        for rows, points, metres in self._found(spots):
            count += np.bincount(rows, minlength=len(spots))
            found.append((rows, points.astype(np.int32), metres.astype(np.float32)))
        start = np.concatenate([[0], np.cumsum(count)])
        point = np.empty(start[-1], dtype=np.int32)
        kept_m = np.empty(start[-1], dtype=np.float32)
        for owners, whom, walked_m in found:
            first = np.flatnonzero(np.diff(owners, prepend=-1))
            at = spans(start[owners[first]], np.diff(np.append(first, len(owners))))
            point[at], kept_m[at] = whom, walked_m
        return Catchments(start=start, point=point, metres=kept_m)

    @cached_property
    def crow(self) -> tuple[cKDTree, NDArray[np.int32]]:
        """The points on streets within the territory, in metres, and the sector of each."""
        at = np.flatnonzero(~self.demand.spots.off & (self.demand.sector != BEYOND))
        xy = _metres(self.demand.spots[at], self.walker.network.crs)
        return cKDTree(xy.reshape(-1, 2)), self.demand.sector[at]

    def _squares(self, xy: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the square (column, row) of each position; those outside, the nearest one."""
        place = np.floor((xy - self._corner) / self._side_m)
        squares: NDArray[np.int64] = place.clip(0, self._shape - 1).astype(np.int64)
        return squares

    def _found(
        self, spots: Spots
    ) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]]:
        """Yield service, point and metres, the services of one square at a time, in order."""
        usable = np.flatnonzero(~spots.off)
        squares = self._squares(_metres(spots[usable], self.walker.network.crs))
        number = squares[:, 1] * self._shape[0] + squares[:, 0]
        order = np.argsort(number, kind="stable")
        edges = np.flatnonzero(np.diff(number[order], prepend=-1))
        place = np.full(len(self.walker.network), -1, dtype=np.int32)
        for group in np.split(order, edges[1:]) if len(order) else ():
            column, row = squares[group[0]]
            nodes = self._nodes.around(column, row)
            points = self._points.around(column, row)
            at_once = max(1, _CELLS_MAX // max(len(nodes), len(points), 1))
            place[nodes] = np.arange(len(nodes), dtype=np.int32)
            graph = self._cut(nodes, place)
            for begin in range(0, len(group), at_once):
                rows = usable[group[begin : begin + at_once]]
                metres = self._search(graph, place, spots[rows], points)
                service, point = np.nonzero(metres <= self.limit_m)
                yield rows[service], points[point], metres[service, point]
            place[nodes] = -1

    def _cut(self, nodes: NDArray[np.int64], place: NDArray[np.int32]) -> Graph:
        """Cut the network down to some crossings, which `place` numbers in their order."""
        graph = self.walker.graph()
        begin = graph.start[nodes].astype(np.int64)
        count = graph.start[nodes + 1] - begin
        at = spans(begin, count)
        to = place[graph.to[at]]
        kept = to >= 0
        before = np.concatenate([[0], np.cumsum(kept)])
        return Graph(
            start=before[np.concatenate([[0], np.cumsum(count)])].astype(np.int32),
            to=to[kept],
            length_m=graph.length_m[at[kept]],
            edge=graph.edge[at[kept]],
        )

    def _search(
        self, graph: Graph, place: NDArray[np.int32], spots: Spots, points: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Return metres (services, points) within one neighbourhood of squares."""
        network = self.walker.network
        ends = place[np.stack([network.u[spots.edge], network.v[spots.edge]], axis=1)]
        rest = network.length_m[spots.edge] - spots.offset_m
        away = np.maximum(np.stack([spots.offset_m, rest], axis=1) + spots.away_m[:, None], 0.0)
        near_m = graph.search(
            [(end[end >= 0], metres[end >= 0]) for end, metres in zip(ends, away, strict=True)],
            self.limit_m,
        )
        never = np.full((len(near_m), 1), np.inf)
        reached = np.concatenate([near_m, never], axis=1)
        corner = self._corners[points]
        if (corner >= 0).all():
            found: NDArray[np.float64] = reached[:, place[corner]]
            return found
        doors = self.demand.spots[points]
        rest = np.maximum(network.length_m[doors.edge] - doors.offset_m, 0.0)
        metres: NDArray[np.float64] = np.minimum(
            reached[:, place[network.u[doors.edge]]] + doors.offset_m,
            reached[:, place[network.v[doors.edge]]] + rest,
        )
        one, other = np.nonzero(spots.edge[:, None] == doors.edge[None, :])
        along = np.abs(spots.offset_m[one] - doors.offset_m[other]) + spots.away_m[one]
        metres[one, other] = np.minimum(metres[one, other], along)
        metres += doors.away_m
        return metres


class _Squares:
    """What stands in each square, by rows of squares, so that three lie beside each other."""

    def __init__(
        self, squares: NDArray[np.int64], ids: NDArray[np.int64], shape: NDArray[np.int64]
    ) -> None:
        self.columns, self.rows = (int(length) for length in shape)
        number = squares[:, 1] * self.columns + squares[:, 0]
        order = np.argsort(number, kind="stable")
        self.ids = ids[order]
        count = np.bincount(number, minlength=self.columns * self.rows)
        self.start = np.concatenate([[0], np.cumsum(count)])

    def around(self, column: int, row: int) -> NDArray[np.int64]:
        """Return what stands in a square and the eight around it."""
        west, east = max(column - 1, 0), min(column + 1, self.columns - 1)
        parts = [
            self.ids[
                self.start[line * self.columns + west] : self.start[line * self.columns + east + 1]
            ]
            for line in range(max(row - 1, 0), min(row + 1, self.rows - 1) + 1)
        ]
        return np.concatenate(parts)


def _metres(spots: Spots, crs: int) -> NDArray[np.float64]:
    return project(np.column_stack([spots.lon, spots.lat]), source=WGS_84, target=crs)


def _stretch(walker: Walker) -> float:
    """Return how much longer than its kept length a street may be as the crow flies, at least 1."""
    network = walker.network
    crow = np.hypot(
        network.x[network.u] - network.x[network.v], network.y[network.u] - network.y[network.v]
    )
    return max(1.0, float((crow / network.length_m).max(initial=1.0)))


def _corners(walker: Walker, spots: Spots) -> NDArray[np.int64]:
    """Return the crossing each point stands at, -1 where it stands along a street."""
    network = walker.network
    if not len(network.u):
        return np.full(len(spots), -1, dtype=np.int64)
    at_v = spots.offset_m == network.length_m[spots.edge]
    corner = np.where(at_v, network.v[spots.edge], -1).astype(np.int64)
    at_u = spots.offset_m == 0.0
    corner[at_u] = network.u[spots.edge[at_u]]
    corner[(spots.away_m != 0.0) | (spots.edge < 0)] = -1
    return corner
