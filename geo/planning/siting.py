"""Where a few more services help most: maximal covering and p-median, with a bound."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import coo_array, csr_array

from geo.errors import N_, BadInputError
from geo.planning.bounds import prove_exactly, prove_relaxed
from geo.planning.choosing import Choice, choose_greedily, interchange

PROOF_TOLERANCE: Final = 1e-6
"""A value this near to its bound, by its share, is proven best: HiGHS stops at as much."""
EXACT_ENTRIES: Final = 20_000
"""Reachable pairs up to which the whole question goes to HiGHS; our choice, see 0013."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Siting:
    """Candidates chosen, what that brings, and what no choice can beat.

    Attributes:
        chosen: columns of the candidates, rising; those that exist already are not among them.
        value: weight covered (more is better), or weight times metres (less is better).
        bound: no choice of as many is better than this.
        proven: whether the value is as good as the bound. Where not, say "not proven best".
        nearest: for each demand the column it is served from, -1 where it is not.
        metres: as far as that is, inf where it is not served.
        served: the weight that is served.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    proven: bool
    nearest: NDArray[np.int64]
    metres: NDArray[np.float64]
    served: float


def maximal_covering(
    matrix: Any,
    weight: ArrayLike,
    count: int,
    *,
    limit_m: float,
    existing: Collection[int] = (),
    stop: Callable[[], bool] | None = None,
) -> Siting:
    """Choose the candidates that bring most weight within a distance.

    Args:
        matrix: metres from each demand (row) to each candidate (column); dense with inf where
            there is no way, or sparse, where only what is stored can be reached.
        weight: of each demand, such as people.
        count: how many to choose.
        limit_m: what counts as covered, this distance included.
        existing: columns that are open already, besides.
        stop: asked now and then; once true, the best until then is the answer, hardly proven.

    Raises:
        BadInputError: weights or a count that do not fit the matrix.

    >>> far = np.inf
    >>> found = maximal_covering([[0, far], [5, far], [far, 0]], [1, 1, 1], 1, limit_m=5)
    >>> found.chosen, found.value, found.proven
    ((0,), 2.0, True)
    """
    table = _table(matrix, limit_m)
    weights = _checked(table, weight, count, existing)
    loss = csr_array((np.zeros(table.nnz), table.indices, table.indptr), shape=table.shape)
    choice = Choice(loss, weights, np.ones(len(weights)), frozenset(existing))
    chosen, lost, bound = _solve(choice, count, stop)
    whole = float(weights.sum())
    return _siting(table, weights, (chosen, existing), whole - lost, whole - bound)


def p_median(
    matrix: Any,
    weight: ArrayLike,
    count: int,
    *,
    beyond_m: float,
    existing: Collection[int] = (),
    stop: Callable[[], bool] | None = None,
) -> Siting:
    """Choose the candidates that make the ways shortest, weighed and summed.

    Args:
        matrix: as for `maximal_covering`.
        weight: of each demand, such as people.
        count: how many to choose.
        beyond_m: the metres a demand counts at most: so far is who has no way, or a longer one.
        existing: columns that are open already, besides.
        stop: asked now and then; once true, the best until then is the answer, hardly proven.

    Raises:
        BadInputError: weights or a count that do not fit the matrix.

    >>> line = np.abs(np.subtract.outer([0., 1, 2, 9], [0., 1, 2, 9]))
    >>> found = p_median(line, [1, 1, 1, 1], 2, beyond_m=100)
    >>> found.chosen, found.value, found.proven
    ((1, 3), 2.0, True)
    """
    table = _table(matrix, beyond_m)
    weights = _checked(table, weight, count, existing)
    choice = Choice(table, weights, np.full(len(weights), beyond_m), frozenset(existing))
    chosen, cost, bound = _solve(choice, count, stop)
    return _siting(table, weights, (chosen, existing), cost, bound)


def _table(matrix: Any, limit_m: float) -> csr_array:
    """Return the pairs within a distance; a way of no metres is kept as one."""
    if not 0 <= limit_m < np.inf:
        raise BadInputError(
            N_("Expected a distance of zero or more metres, found {found}."), found=limit_m
        )
    if hasattr(matrix, "tocoo"):
        given = matrix.tocoo()
        row, column, metres, shape = given.row, given.col, given.data, given.shape
    else:
        dense = np.atleast_2d(np.asarray(matrix, np.float64))
        row, column = np.indices(dense.shape).reshape(2, -1)
        metres, shape = dense.ravel(), dense.shape
    metres = metres.astype(np.float64)
    if np.isnan(metres).any() or (metres < 0).any():
        raise BadInputError(N_("Expected metres of zero or more between places, found others."))
    kept = metres <= limit_m
    table = coo_array((metres[kept], (row[kept], column[kept])), shape=shape).tocsr()
    table.sort_indices()
    return table


def _checked(
    table: csr_array, weight: ArrayLike, count: int, existing: Collection[int]
) -> NDArray[np.float64]:
    weights = np.asarray(weight, np.float64)
    rows, columns = table.shape
    if weights.shape != (rows,) or not (np.isfinite(weights) & (weights >= 0)).all():
        raise BadInputError(
            N_("Expected a weight of zero or more for each of {n} places people live."), n=rows
        )
    there = set(existing)
    if not there <= set(range(columns)):
        raise BadInputError(
            N_("Expected existing services among {n} candidates, found others."), n=columns
        )
    if not 0 <= count <= columns - len(there):
        raise BadInputError(
            N_("Expected to place 0 to {most} services, found {found}. Choose fewer."),
            most=columns - len(there),
            found=count,
        )
    return weights


def _solve(
    choice: Choice, count: int, stop: Callable[[], bool] | None
) -> tuple[list[int], float, float]:
    """Return columns, their cost and a bound of it: exact where small, else by interchange."""
    chosen = interchange(choice, choose_greedily(choice, count))
    cost = choice.cost(chosen)
    bound, met = prove_relaxed(choice, count, cost, stop)
    if stop is not None and stop():
        return sorted(chosen), cost, min(bound, cost)
    better = interchange(choice, met)
    if choice.cost(better) < cost:
        chosen, cost = better, choice.cost(better)
    if not _same(cost, bound, choice) and len(choice.loss) <= EXACT_ENTRIES:
        exact = prove_exactly(choice, count)
        bound = max(bound, exact.bound)
        if len(exact.chosen) == count and choice.cost(exact.chosen) < cost:
            chosen, cost = exact.chosen, choice.cost(exact.chosen)
    return sorted(chosen), cost, min(bound, cost)


def _same(cost: float, bound: float, choice: Choice) -> bool:
    return cost - bound <= PROOF_TOLERANCE * max(abs(cost), float(choice.weight.max(initial=0)))


def _siting(
    table: csr_array,
    weights: NDArray[np.float64],
    open_: tuple[list[int], Collection[int]],
    value: float,
    bound: float,
) -> Siting:
    chosen, existing = open_
    bound = max(bound, 0.0)  # a relaxation may end a rounding below, and no share of zero is near
    nearest = np.full(table.shape[0], -1)
    metres = np.full(table.shape[0], np.inf)
    for column in sorted({*chosen, *existing}):
        part = table[:, [column]].tocoo()
        nearer = part.data < metres[part.row]
        metres[part.row[nearer]], nearest[part.row[nearer]] = part.data[nearer], column
    slack = PROOF_TOLERANCE * max(abs(value), abs(bound))
    return Siting(
        chosen=tuple(chosen),
        value=value,
        bound=bound,
        proven=abs(value - bound) <= slack,
        nearest=nearest,
        metres=metres,
        served=float(weights[nearest >= 0].sum()),
    )
