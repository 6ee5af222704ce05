"""Choose candidates greedily, then interchange one for another while that helps (Teitz-Bart)."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

NOBODY: Final = -1
ROUNDING: Final = 1e-12
"""An interchange counts where it gains more than this part of the cost."""


class Choice:
    """What each candidate would cost each demand, and what demands cost without any.

    Attributes:
        row, column, loss: what a demand would lose with a candidate, where that is less than
            without; by row and rising loss.
        without: loss of each demand with the existing services alone.
        able: whether a column is a candidate.
    """

    def __init__(
        self,
        table: csr_array,
        weight: NDArray[np.float64],
        beyond: NDArray[np.float64],
        existing: Collection[int],
    ) -> None:
        given = table.tocoo()
        row, column, loss = given.row, given.col, given.data
        there = np.isin(column, sorted(existing))
        self.without = beyond.astype(np.float64)
        np.minimum.at(self.without, row[there], loss[there])
        kept = ~there & (loss < self.without[row]) & (weight[row] > 0)
        order = np.lexsort((column[kept], loss[kept], row[kept]))
        self.row: NDArray[Any] = row[kept][order]
        self.column: NDArray[Any] = column[kept][order]
        self.loss: NDArray[np.float64] = loss[kept][order]
        self.weight = weight
        self.able = np.ones(table.shape[1], bool)
        self.able[sorted(existing)] = False

    def __len__(self) -> int:
        return len(self.able)

    def cost(self, chosen: Sequence[int]) -> float:
        """Return the weighed loss of all demands with these candidates open."""
        return float(self.weight @ self.served(chosen))

    def served(self, chosen: Sequence[int]) -> NDArray[np.float64]:
        """Return the loss of each demand with these candidates open."""
        best = self.without.copy()
        open_ = np.isin(self.column, chosen)
        np.minimum.at(best, self.row[open_], self.loss[open_])
        return best

    def sum_by_candidate(self, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add what each entry is worth up by its candidate."""
        return np.bincount(self.column, worth, minlength=len(self)).astype(np.float64)


def choose_greedily(choice: Choice, count: int) -> list[int]:
    """Choose one candidate after the other, each the one that helps most beside the earlier."""
    chosen: list[int] = []
    best, shut = choice.without.copy(), ~choice.able
    for _ in range(count):
        spared = np.maximum(best[choice.row] - choice.loss, 0.0) * choice.weight[choice.row]
        gain = choice.sum_by_candidate(spared)
        gain[shut] = -np.inf
        chosen.append(int(np.argmax(gain)))
        shut[chosen[-1]] = True
        best = choice.served(chosen)
    return chosen


def interchange(choice: Choice, chosen: Sequence[int]) -> list[int]:
    """Exchange one chosen candidate for another, the best such pair first, until none helps."""
    now = list(chosen)
    while now:
        change = _changes(choice, now)
        out, into = np.unravel_index(int(np.argmin(change)), change.shape)
        if not change[out, into] < -ROUNDING * max(choice.cost(now), 1.0):
            break
        now[int(out)] = int(into)
    return now


def _changes(choice: Choice, chosen: list[int]) -> NDArray[np.float64]:
    """Return what each interchange changes the cost by, (chosen, candidates); inf where none is."""
    first, second, server = _two_best(choice, chosen)
    row, loss, weight = choice.row, choice.loss, choice.weight
    gain = choice.sum_by_candidate(np.maximum(first[row] - loss, 0.0) * weight[row])
    served = server != NOBODY
    lost = np.bincount(server[served], (weight * (second - first))[served], minlength=len(chosen))
    # Who loses a server may find the new one nearer than the second best: given back.
    back = (server[row] != NOBODY) & (loss < second[row])
    row, loss = row[back], loss[back]
    spared = np.bincount(
        server[row] * len(choice) + choice.column[back],
        weight[row] * (second[row] - np.maximum(loss, first[row])),
        minlength=len(chosen) * len(choice),
    ).reshape(len(chosen), len(choice))
    change: NDArray[np.float64] = lost[:, None] - gain[None, :] - spared
    change[:, ~choice.able] = np.inf
    change[:, chosen] = np.inf
    return change


def _two_best(
    choice: Choice, chosen: list[int]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Return the two least losses of each demand, and which of the chosen gives the first."""
    place = np.full(len(choice), NOBODY)
    place[chosen] = np.arange(len(chosen))
    open_ = np.flatnonzero(place[choice.column] != NOBODY)
    row = choice.row[open_]  # by row and loss, as the entries are
    begins = np.ones(len(row), bool)
    begins[1:] = row[1:] != row[:-1]
    follows = np.zeros(len(row), bool)
    follows[1:] = begins[:-1] & ~begins[1:]
    first, second = choice.without.copy(), choice.without.copy()
    server = np.full(len(choice.without), NOBODY)
    first[row[begins]] = choice.loss[open_[begins]]
    server[row[begins]] = place[choice.column[open_[begins]]]
    second[row[follows]] = choice.loss[open_[follows]]
    return first, second, server
