"""Which polygons share a piece of border, and what hangs together."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray


def neighbours_of(
    codes: Sequence[str] | NDArray[np.object_],
    shapes: NDArray[np.object_],
    *,
    matched: bool = False,
) -> dict[str, frozenset[str]]:
    """Return the codes each polygon shares a piece of border with; a corner is not enough.

    Args:
        codes: the code of each polygon.
        shapes: the polygons, in one metric system.
        matched: whether they are a valid coverage, whose shared borders have the same vertices:
            the answer is the same and comes twenty times faster.

    >>> squares = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1),
    ...                     shapely.box(2, 1, 3, 2)])
    >>> neighbours_of(["a", "b", "c"], squares)["b"]
    frozenset({'a'})
    """
    pairs = _same_edges(shapes) if matched else _touching_along(shapes)
    found: dict[str, set[str]] = {code: set() for code in codes}
    for first, second in pairs:
        found[codes[first]].add(codes[second])
        found[codes[second]].add(codes[first])
    return {code: frozenset(others) for code, others in found.items()}


def _touching_along(shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    once = first < second
    first, second = first[once], second[once]
    along = shapely.length(
        shapely.intersection(shapely.boundary(shapes[first]), shapely.boundary(shapes[second]))
    )
    over = shapely.area(shapely.intersection(shapes[first], shapes[second]))
    pairs: NDArray[np.int64] = np.column_stack([first, second])[(along > 0) | (over > 0)]
    return pairs


def _same_edges(shapes: NDArray[np.object_]) -> NDArray[np.int64]:
    parts, of_shape = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    xy, of_ring = shapely.get_coordinates(rings, return_index=True)
    same = of_ring[:-1] == of_ring[1:]
    start, end = xy[:-1][same], xy[1:][same]
    owner = of_shape[of_part][of_ring[:-1][same]]
    swap = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    edges = np.where(swap[:, None], np.hstack([end, start]), np.hstack([start, end]))
    order = np.lexsort(edges.T[::-1])
    edges, owner = edges[order], owner[order]
    shared = (edges[:-1] == edges[1:]).all(axis=1)
    pairs = np.sort(np.column_stack([owner[:-1][shared], owner[1:][shared]]), axis=1)
    distinct: NDArray[np.int64] = np.unique(pairs[pairs[:, 0] != pairs[:, 1]], axis=0)
    return distinct


def pieces(
    members: Iterable[str], neighbours: Mapping[str, Collection[str]]
) -> list[frozenset[str]]:
    """Split a set into what hangs together, the largest piece first.

    >>> pieces(["a", "b", "c"], {"a": {"b"}, "b": {"a"}, "c": set()})[1]
    frozenset({'c'})
    """
    left = set(members)
    found = []
    for start in sorted(left):
        if start not in left:
            continue
        piece, edge = {start}, [start]
        while edge:
            near = (set(neighbours.get(edge.pop(), ())) & left) - piece
            piece |= near
            edge.extend(near)
        left -= piece
        found.append(frozenset(piece))
    return sorted(found, key=lambda piece: (-len(piece), min(piece)))
