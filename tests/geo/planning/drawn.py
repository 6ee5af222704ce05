"""Squares in rows whose groups can be worked out by hand, and every grouping of a few."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from geo.adjacency import pieces
from geo.planning import Ground

Cell = tuple[int, int]


def squares(cells: Collection[Cell]) -> Ground:
    """Squares of 100 m, named after their column and row."""
    some = sorted(cells)
    place = {cell: n for n, cell in enumerate(some)}
    pairs = [
        (n, place[beside])
        for (x, y), n in place.items()
        for beside in ((x + 1, y), (x, y + 1))
        if beside in place
    ]
    names = [f"{x}{y}" for x, y in some]
    return Ground.of_pairs(names, [100 * x for x, _ in some], [100 * y for _, y in some], pairs)


def block(columns: int, rows: int) -> Ground:
    return squares([(x, y) for x in range(columns) for y in range(rows)])


def beside(ground: Ground) -> dict[str, set[str]]:
    """Who borders whom, by code: what geo.adjacency asks for."""
    return {code: {ground.codes[j] for j in ground.near[n]} for n, code in enumerate(ground.codes)}


def whole(ground: Ground, codes: Sequence[str]) -> bool:
    return len(pieces(codes, beside(ground))) == 1


def groupings(ground: Ground, number: int, least: int, most: int) -> Iterator[NDArray[np.int64]]:
    """Every way to cut a few sectors into so many groups in one piece, by trying all."""
    near = beside(ground)

    def fill(group: list[int], used: int) -> Iterator[list[int]]:
        if len(group) == len(ground):
            yield list(group)
            return
        for one in range(min(used + 1, number)):
            if group.count(one) < most:
                yield from fill([*group, one], max(used, one + 1))

    for group in fill([], 0):
        names = [
            [code for code, one in zip(ground.codes, group, strict=True) if one == name]
            for name in range(number)
        ]
        if all(len(some) >= least and len(pieces(some, near)) == 1 for some in names):
            yield np.array(group)
