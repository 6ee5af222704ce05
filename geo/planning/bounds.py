"""What no choice of candidates can beat: a Lagrangian relaxation, and HiGHS for small questions."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from geo.planning.choosing import Choice, choose_greedily

ROUNDS: Final = 400
"""Steps of the relaxation; more move the bound by less than a thousandth. Our choice."""
PATIENCE: Final = 15
"""Steps without a better bound before the next ones are made half as long."""
STEP_FIRST: Final = 1.5
STEP_LAST: Final = 1e-4
NODES_MAX: Final = 2_000
"""Branches HiGHS may open; a count, not seconds, so that the answer is the same everywhere."""
GAP: Final = 1e-7
"""HiGHS stops this near to its own bound."""


class Proof(NamedTuple):
    """A bound below the cost of any choice, and a choice met on the way; empty where none was."""

    bound: float
    chosen: list[int]


def prove_relaxed(
    choice: Choice, count: int, cost: float, stop: Callable[[], bool] | None = None
) -> Proof:
    """Return a bound, and the candidates that were worth most when it was found.

    Each demand is let off being served exactly once, at a price; the prices that make the
    cheapest answer dearest give the bound (subgradient steps of Polyak's length).

    Args:
        choice: the question.
        count: how many candidates are chosen.
        cost: the cost of a choice already found.
        stop: asked before each step; once true, the bound is what it is by then.
    """
    row, entry = choice.row, choice.loss * choice.weight[choice.row]
    ceiling = choice.without * choice.weight
    price = ceiling.copy()
    best, chosen = -np.inf, choose_greedily(choice, count)
    step, stale = STEP_FIRST, 0
    for _ in range(ROUNDS):
        if np.isfinite(best) and stop is not None and stop():
            break
        spared = np.minimum(entry - price[row], 0.0)
        worth = choice.sum_by_candidate(spared)
        worth[~choice.able] = np.inf
        picked = np.argsort(worth, kind="stable")[:count]
        bound = float(price.sum() + worth[picked].sum())
        stale += 1
        if bound > best:
            best, chosen, stale = bound, picked.tolist(), 0
        elif stale >= PATIENCE:
            step, stale = step / 2, 0
        used = (spared < 0) & np.isin(choice.column, picked)
        short = 1.0 - np.bincount(row[used], minlength=len(price))
        short[(price >= ceiling) & (short > 0)] = 0.0
        steep = float(short @ short)
        if steep == 0 or step < STEP_LAST or best >= cost:
            break
        price = np.clip(price + step * (cost - bound) / steep * short, 0.0, ceiling)
    return Proof(best, chosen)


def prove_exactly(choice: Choice, count: int) -> Proof:
    """Let HiGHS solve the whole question; the bound is what it had proved when it stopped.

    A variable says for each demand and each loss it may have that no candidate within that loss
    is open; so the entries, not the pairs of demand and candidate, make the size.
    """
    level, fresh, cost, fixed = _levels(choice)
    size = len(choice) + len(cost)
    tables, lower = _rows(choice, level, fresh)
    answer = milp(
        np.concatenate([np.zeros(len(choice)), cost]),
        integrality=np.concatenate([np.ones(len(choice)), np.zeros(len(cost))]),
        bounds=Bounds(0.0, np.concatenate([choice.able.astype(float), np.ones(len(cost))])),
        constraints=[
            LinearConstraint(tables, lower, np.inf),
            LinearConstraint((np.arange(size) < len(choice)).astype(float), count, count),
        ],
        options={"node_limit": NODES_MAX, "mip_rel_gap": GAP},
    )
    bound = -np.inf if answer.mip_dual_bound is None else float(answer.mip_dual_bound) + fixed
    if answer.x is None:
        return Proof(bound, [])
    return Proof(bound, np.flatnonzero(answer.x[: len(choice)] > 0.5).tolist())  # noqa: PLR2004


def _levels(
    choice: Choice,
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.float64], float]:
    """Return the level of each entry, which levels are their demand's first, and their costs."""
    row, loss = choice.row, choice.loss
    begins = np.ones(len(row), bool)
    begins[1:] = (row[1:] != row[:-1]) | (loss[1:] != loss[:-1])
    level = np.cumsum(begins) - 1
    at = np.flatnonzero(begins)
    of = row[at]
    fresh = np.ones(len(at), bool)
    fresh[1:] = of[1:] != of[:-1]
    following = choice.without[of]
    inner = np.flatnonzero(~fresh)
    following[inner - 1] = loss[at[inner]]
    cost = choice.weight[of] * (following - loss[at])
    least = choice.without.copy()
    least[of[fresh]] = loss[at[fresh]]
    return level, fresh, cost, float(choice.weight @ least)


def _rows(
    choice: Choice, level: NDArray[np.int64], fresh: NDArray[np.bool_]
) -> tuple[Any, NDArray[np.float64]]:
    """Return one condition a level: none within it is open, one at it is, or none before it was."""
    levels, columns = len(fresh), len(choice)
    inner = np.flatnonzero(~fresh)
    row = np.concatenate([level, np.arange(levels), inner])
    column = np.concatenate([choice.column, columns + np.arange(levels), columns + inner - 1])
    value = np.concatenate([np.ones(len(level) + levels), -np.ones(len(inner))])
    table = coo_array((value, (row, column)), shape=(levels, columns + levels)).tocsr()
    return table, fresh.astype(float)
