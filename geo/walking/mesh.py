"""The ground between streets as triangles, made once: walked areas are drawn across it."""

from dataclasses import dataclass, fields
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Delaunay, cKDTree

STEP_M: Final = 30.0
"""At most so far apart are the points a street is known by: a house front or two (our choice)."""
OPEN_M: Final = 100.0
"""Between the points of open ground, where no street comes near (our choice)."""
CLEAR_M: Final = 60.0
"""Open ground begins so far from any street: with half of it added, an area reaches 30 m and more
beyond its streets, the depth of a plot (our choice)."""
MARGIN_M: Final = 300.0
"""Open ground around the network, so that every area closes inside the triangles."""
CELL_M: Final = 200.0
"""Triangles are kept by square cells of this size."""
MERGE_M: Final = 0.01
"""Points within a centimetre are one: a bridge right above the crossing below it."""
_JITTER_M: Final = 0.002
"""Four corners of a square have no one right diagonal; two millimetres of noise choose one."""
_KINDS: Final = {"x": np.float64, "y": np.float64, "offset_m": np.float64,
                 "spread_m": np.float64, "corner": np.float64}  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Mesh:
    """Delaunay triangles over crossings, points along streets and open ground.

    Points are numbered: first the crossings in their order, then those along streets (row i of
    `edge`, `offset_m`), then open ground, which nobody walks on.

    Attributes:
        x, y: of every point, metres.
        edge, offset_m: street and metres from its first end, of the points along streets.
        triangles: (n, 3) points, counter-clockwise; ordered by cells, row by row.
        cell_start: of cell c = row * columns + column are rows `cell_start[c]` to the next.
        twins: (k, 2) a point that stands in the triangles, and one at the same spot that does not.
        corner: x and y of the corner of cell 0.
        columns: cells in a row.
        spread_m: no corner of a triangle is farther from its middle.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    edge: NDArray[np.int32]
    offset_m: NDArray[np.float64]
    triangles: NDArray[np.int32]
    cell_start: NDArray[np.int32]
    twins: NDArray[np.int32]
    corner: NDArray[np.float64]
    columns: NDArray[np.int32]
    spread_m: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        x: NDArray[np.float64],
        y: NDArray[np.float64],
        *tracks: NDArray[Any],
    ) -> Self:
        """Lay triangles over crossings and the lines between them.

        `tracks` are the columns u, v, length_m, xs, ys, start of a network.
        """
        edge, offset_m, along = _along(*tracks[2:])
        street = np.concatenate([np.column_stack([x, y]), along])
        points = np.concatenate([street, _open_ground(street)])
        triangles, twins = _triangulate(points)
        triangles = triangles[(triangles < len(street)).any(axis=1)]  # nobody walks on the others
        nodes = len(x)  # a crossing has its own say against a street that passes over it
        twins = twins[(twins[:, 0] >= nodes) | (twins[:, 1] < nodes)]
        triangles, cells = _by_cell(points, triangles)
        return cls(
            x=points[:, 0].copy(),
            y=points[:, 1].copy(),
            edge=edge,
            offset_m=offset_m,
            triangles=triangles,
            twins=twins,
            **cells,
        )

    def around(self, x: float, y: float, radius_m: float) -> NDArray[np.int32]:
        """Return the triangles (n, 3) that may touch a circle; some beside it come along."""
        if not len(self.triangles):
            return self.triangles
        reach = radius_m + float(self.spread_m[0])
        columns = int(self.columns[0])
        rows = (len(self.cell_start) - 1) // columns
        west, south = (np.array([x, y]) - reach - self.corner) // CELL_M
        east, north = (np.array([x, y]) + reach - self.corner) // CELL_M
        first, last = max(int(west), 0), min(int(east), columns - 1)
        if last < first:
            return self.triangles[:0]
        slices = [
            self.triangles[
                self.cell_start[row * columns + first] : self.cell_start[row * columns + last + 1]
            ]
            for row in range(max(int(south), 0), min(int(north), rows - 1) + 1)
        ]
        return np.concatenate(slices) if slices else self.triangles[:0]

    def dump(self) -> dict[str, NDArray[np.generic]]:
        """Return everything as arrays, for a file."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @classmethod
    def load(cls, kept: "dict[str, NDArray[np.generic]]") -> "Mesh | None":
        """Read what `dump` returned; None where there is nothing.

        Raises:
            KeyError, ValueError: it is not whole.
        """
        if not kept:
            return None
        arrays: dict[str, Any] = {
            field.name: np.ascontiguousarray(kept[field.name], _KINDS.get(field.name, np.int32))
            for field in fields(cls)
        }
        return cls(**arrays)

    def sound(self, nodes: int, streets: int) -> bool:
        """Whether it fits a network of so many crossings and streets, and stays in its arrays."""
        points, cells = len(self.x), self.cell_start
        return bool(
            self.triangles.ndim == self.twins.ndim == 2  # noqa: PLR2004
            and (self.triangles.shape[1], self.twins.shape[1]) == (3, 2)
            and (self.corner.shape, self.columns.shape, self.spread_m.shape) == ((2,), (1,), (1,))
            and len(self.y) == points >= nodes + len(self.edge)
            and len(self.offset_m) == len(self.edge)
            and all(_within(index, points) for index in (self.triangles, self.twins))
            and _within(self.edge, streets)
            and len(cells) > 1
            and (cells[0], cells[-1]) == (0, len(self.triangles))
            and (np.diff(cells) >= 0).all()
            and self.columns[0] > 0
            and (len(cells) - 1) % self.columns[0] == 0
            and all(
                np.isfinite(values).all()
                for values in (self.x, self.y, self.offset_m, self.corner, self.spread_m)
            )
        )


def _along(
    length_m: NDArray[np.float64],
    xs: NDArray[np.float64],
    ys: NDArray[np.float64],
    start: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.float64], NDArray[np.float64]]:
    """Put points on the streets, evenly, ends left out: street, offset, (n, 2) position."""
    parts = np.ceil(length_m / STEP_M).astype(np.int64)
    inner = parts - 1
    edge = np.repeat(np.arange(len(length_m), dtype=np.int32), inner)
    if not len(edge):
        return edge, np.empty(0), np.empty((0, 2))
    rank = np.arange(len(edge)) - np.repeat(np.cumsum(inner) - inner, inner) + 1
    offset_m = length_m[edge] * rank / parts[edge]
    steps = np.hypot(np.diff(xs, append=xs[-1:]), np.diff(ys, append=ys[-1:]))
    steps[start[1:] - 1] = 0.0
    walked = np.concatenate([[0.0], np.cumsum(steps)[:-1]])
    at = walked[start[:-1]][edge] + offset_m
    position = np.column_stack([np.interp(at, walked, xs), np.interp(at, walked, ys)])
    return edge, offset_m, position


def _open_ground(street: NDArray[np.float64]) -> NDArray[np.float64]:
    """Put points where no street is near, and around everything; rows are staggered."""
    if not len(street):
        return np.empty((0, 2))
    west, south = street.min(axis=0) - MARGIN_M
    east, north = street.max(axis=0) + MARGIN_M
    x, y = np.meshgrid(
        np.arange(west, east + OPEN_M, OPEN_M), np.arange(south, north + OPEN_M, OPEN_M)
    )
    x[::2] += OPEN_M / 2
    ground = np.column_stack([x.ravel(), y.ravel()])
    away, _ = cKDTree(street).query(ground, distance_upper_bound=CLEAR_M)
    open_ground: NDArray[np.float64] = ground[np.isinf(away)]
    return open_ground


def _triangulate(
    points: NDArray[np.float64],
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Triangulate points, those at one spot as one: (n, 3) and the twins (k, 2)."""
    if not len(points):
        return np.empty((0, 3), np.int32), np.empty((0, 2), np.int32)
    cells = np.round((points - points.min(axis=0)) / MERGE_M).astype(np.int64)
    _, first, member = np.unique(
        cells[:, 0] * (cells[:, 1].max() + 1) + cells[:, 1], return_index=True, return_inverse=True
    )
    own = first[member]
    others = np.flatnonzero(own != np.arange(len(points)))
    noise = np.random.default_rng(0).uniform(-_JITTER_M, _JITTER_M, (len(first), 2))
    laid = Delaunay(points[first] - points[first[0]] + noise)
    triangles = first[laid.simplices]
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    turn = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    triangles[turn < 0] = triangles[turn < 0][:, ::-1]
    dropped = laid.coplanar[:, [2, 0]] if len(laid.coplanar) else np.empty((0, 2), np.int64)
    twins = np.concatenate([np.column_stack([own[others], others]), first[dropped]])
    return triangles.astype(np.int32), twins.astype(np.int32)


def _by_cell(
    points: NDArray[np.float64], triangles: NDArray[np.int32]
) -> tuple[NDArray[np.int32], dict[str, NDArray[Any]]]:
    """Order triangles by the cell of their middle, and tell where each cell begins."""
    if not len(triangles):
        empty = {"cell_start": np.array([0, 0], np.int32), "columns": np.array([1], np.int32)}
        return triangles, empty | {"corner": np.zeros(2), "spread_m": np.zeros(1)}
    corners = points[triangles]
    middle = corners.mean(axis=1)
    spread = np.hypot(*(corners - middle[:, None]).transpose(2, 0, 1)).max()
    corner = middle.min(axis=0)
    column, row = ((middle - corner) // CELL_M).astype(np.int64).T
    columns = int(column.max()) + 1
    cell = row * columns + column
    order = np.argsort(cell, kind="stable")
    count = np.bincount(cell, minlength=(int(row.max()) + 1) * columns)
    return triangles[order], {
        "cell_start": np.concatenate([[0], np.cumsum(count)]).astype(np.int32),
        "columns": np.array([columns], dtype=np.int32),
        "corner": corner,
        "spread_m": np.array([spread]),
    }


def _within(index: NDArray[np.int32], count: int) -> bool:
    return not index.size or bool(index.min() >= 0 and index.max() < count)
