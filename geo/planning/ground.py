"""The ground a proposal is made on: sectors, where their middles are, who borders whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from geo.errors import N_, BadInputError, UnknownIdError
from geo.territory import Territory

_SHOWN = 5


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """Sectors to be grouped, as flat arrays. Not to be changed once made.

    Attributes:
        codes: one a sector, each once.
        x, y: the middle of each, in metres of one metric system.
        start, to: the sectors that border sector i are `to[start[i]:start[i + 1]]`, both ways,
            rising.
    """

    codes: tuple[str, ...]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    start: NDArray[np.int64]
    to: NDArray[np.int64]

    @classmethod
    def of_pairs(
        cls, codes: Sequence[str], x: ArrayLike, y: ArrayLike, pairs: Iterable[tuple[int, int]]
    ) -> Self:
        """Lay the ground from pairs of positions that border each other, in any order.

        Raises:
            BadInputError: no sector, a code twice, a middle that is no number, a pair outside.

        >>> Ground.of_pairs("abc", [0, 1, 2], [0, 0, 0], [(0, 1), (1, 2)]).parts()
        [(0, 1, 2)]
        """
        xs, ys = np.asarray(x, np.float64), np.asarray(y, np.float64)
        edges = np.array(sorted({tuple(sorted(pair)) for pair in pairs}), np.int64).reshape(-1, 2)
        _check(codes, xs, ys, edges)
        edges = edges[edges[:, 0] != edges[:, 1]]
        tail = np.concatenate([edges[:, 0], edges[:, 1]])
        head = np.concatenate([edges[:, 1], edges[:, 0]])
        order = np.lexsort((head, tail))
        counts = np.bincount(tail, minlength=len(codes))
        start = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
        return cls(codes=tuple(codes), x=xs, y=ys, start=start, to=head[order])

    @classmethod
    def of(cls, territory: Territory, codes: Iterable[str] | None = None) -> Self:
        """Lay the ground of a territory, or of some of its sectors; middles are centroids.

        Raises:
            UnknownIdError: a code is not in the territory.
            BadInputError: no code at all.
        """
        chosen = sorted(set(territory.codes if codes is None else codes))
        place = {code: n for n, code in enumerate(chosen)}
        rows = territory.sectors.index.get_indexer(chosen)
        if (rows < 0).any():
            raise UnknownIdError(
                N_("Sector {code} is not in this territory."), code=chosen[int(np.argmin(rows))]
            )
        shapes = territory.sectors.geometry.to_numpy()[rows]
        x, y = shapely.get_coordinates(shapely.centroid(shapes)).T
        pairs = (
            (place[code], place[other])
            for code in chosen
            for other in territory.neighbours[code]
            if other in place
        )
        return cls.of_pairs(chosen, x, y, pairs)

    def __len__(self) -> int:
        return len(self.codes)

    @cached_property
    def near(self) -> list[tuple[int, ...]]:
        """The positions of the sectors that border each."""
        to, start = self.to.tolist(), self.start.tolist()
        return [tuple(to[start[i] : start[i + 1]]) for i in range(len(self))]

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Where each code stands."""
        return {code: n for n, code in enumerate(self.codes)}

    def parts(self, among: Iterable[int] | None = None) -> list[tuple[int, ...]]:
        """Return what hangs together, of all sectors or among some, in the order of the first."""
        left = set(range(len(self)) if among is None else among)
        found = []
        for first in sorted(left):
            if first not in left:
                continue
            left.discard(first)
            part = [first]
            for i in part:  # grows while it is walked through
                fresh = [j for j in self.near[i] if j in left]
                left.difference_update(fresh)
                part.extend(fresh)
            found.append(tuple(sorted(part)))
        return found

    def named(self, positions: Iterable[int]) -> str:
        """Return the first codes of some positions, for a message."""
        codes = sorted(self.codes[i] for i in positions)
        return ", ".join(codes[:_SHOWN]) + (", …" if len(codes) > _SHOWN else "")


def _check(
    codes: Sequence[str],
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    edges: NDArray[np.int64],
) -> None:
    if not codes:
        raise BadInputError(N_("Expected sectors to group, found none. Choose some on the map."))
    if len(set(codes)) < len(codes):
        twice = sorted({code for code in codes if list(codes).count(code) > 1})
        raise BadInputError(
            N_("Expected every sector once, found {codes} more than once. Leave one of each."),
            codes=", ".join(twice[:_SHOWN]),
        )
    fits = x.shape == y.shape == (len(codes),) and bool(np.isfinite([x, y]).all())
    if not fits or (edges.size and not 0 <= edges.min() <= edges.max() < len(codes)):
        raise BadInputError(
            N_("Expected a middle for each of {n} sectors and borders between them only."),
            n=len(codes),
        )
