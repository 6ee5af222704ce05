"""Gaps: where many lack what is measured, ranked by need times lack, with the weights in sight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from geo.coverage.areas import KNOWN_SHARE
from geo.coverage.measures import DECIMALS, M_PER_MIN, REACHED, Measure
from geo.coverage.table import Coverage
from geo.errors import N_, BadInputError

CONCENTRATION: Final = 20.0
"""How closely weights are drawn around those chosen: of two equal ones, two draws in three lie
between 39 and 61 per cent (our choice; 200 would be 46 to 54, 2 would be 21 to 79)."""
DRAWS: Final = 400
"""Weights drawn: a share of the draws is then known to five points (95 %, at worst)."""
SEED: Final = 20_080_709
"""The same question has the same answer."""
FIRST: Final = 10
"""Whoever is among so many is told how often (the ten sectors of the issue)."""
INTERVAL: Final = (0.05, 0.95)


class Apart(IntEnum):
    """Why an area is not ranked; the first that holds."""

    NOT = 0
    MEASURE = 1
    NEED = 2
    NO_LACK = 3


@dataclass(frozen=True, kw_only=True, eq=False)
class Factor:
    """One indicator of need.

    Attributes:
        values: of each area, NaN where not known.
        weight: what it counts beside the others, at least zero.
        less_is_need: whether low values tell of need, as with income.
    """

    values: NDArray[np.float64]
    weight: float
    less_is_need: bool = False

    @property
    def brought(self) -> NDArray[np.float64]:
        """The percentile rank of each area, 1 the greatest need."""
        return percentile_rank(-self.values if self.less_is_need else self.values)


@dataclass(frozen=True, kw_only=True, eq=False)
class Gaps:
    """Areas by need times lack; every column in the order the areas were given.

    Attributes:
        lack: 0 to 1, NaN where not known.
        needs: (areas, factors) 0 to 1, of the factors with a weight; NaN where not known.
        weights: of these factors, their sum 1; none: the need is 1 everywhere.
        need: their weighted mean.
        score: need times lack, NaN where one of both is not known.
        rank: 1 the worst, 0 where an area is not ranked.
        apart: why not, an `Apart`.
        tie: the place among equals, by minutes and then by id.
    """

    lack: NDArray[np.float64]
    needs: NDArray[np.float64]
    weights: NDArray[np.float64]
    need: NDArray[np.float64]
    score: NDArray[np.float64]
    rank: NDArray[np.int64]
    apart: NDArray[np.int8]
    tie: NDArray[np.int64]

    @property
    def order(self) -> NDArray[np.int64]:
        """The ranked areas, the worst first."""
        ranked = np.flatnonzero(self.rank)
        placed: NDArray[np.int64] = ranked[np.argsort(self.rank[ranked])]
        return placed


@dataclass(frozen=True, kw_only=True, eq=False)
class Robust:
    """How the rank changes when the weights do; 0 and NaN where an area is not ranked.

    Attributes:
        low, high: nine draws in ten give a rank from the one to the other.
        among_first: share of the draws in which the area is among the first ten.
    """

    low: NDArray[np.int64]
    high: NDArray[np.int64]
    among_first: NDArray[np.float64]


def percentile_rank(values: NDArray[Any]) -> NDArray[np.float64]:
    """Bring values to 0 to 1 by their rank: the share of the other areas with a lower one.

    Those equal count half, so equal values have equal ranks; 0 is the lowest of all, 1 the
    highest, and a single value has 1. Ranking is the simplest normalisation of the OECD and JRC,
    Handbook on Constructing Composite Indicators (2008), step 5: not moved by the unit nor by a
    single extreme value; it forgets how far apart two values are. NaN stays NaN and counts for
    nobody.

    >>> percentile_rank(np.array([30.0, 10.0, 20.0, 20.0, np.nan])).tolist()
    [1.0, 0.0, 0.5, 0.5, nan]
    """
    given = np.asarray(values, dtype=np.float64)
    out = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    if len(known):
        sought = np.sort(given[known])
        below = np.searchsorted(sought, given[known], side="left")
        equal = np.searchsorted(sought, given[known], side="right") - below
        others = len(known) - 1
        out[known] = (below + (equal - 1) / 2) / others if others else 1.0
    return out


def lack_of_share(reached: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of people who reach none, of the share who reach one; NaN stays."""
    lack: NDArray[np.float64] = np.clip(np.round(1.0 - reached, DECIMALS), 0.0, 1.0) + 0.0
    return lack  # no "-0 %"


def lack_of_minutes(minutes: NDArray[np.float64], limit_min: float) -> NDArray[np.float64]:
    """Return how far minutes exceed a limit: 1 - limit / minutes, 0 within it; NaN stays.

    Half at twice the limit, 1 where no way leads: bounded, so that one far sector does not flatten
    all others (our choice).

    >>> lack_of_minutes(np.array([4.0, 10.0, 20.0, np.inf]), 10.0).tolist()
    [0.0, 0.0, 0.5, 1.0]
    """
    with np.errstate(divide="ignore"):
        beyond = 1.0 - limit_min / np.asarray(minutes, dtype=np.float64)
    return np.clip(np.round(beyond, DECIMALS), 0.0, 1.0)


def people_without(people: NDArray[np.float64], reached: NDArray[np.float64]) -> NDArray[Any]:
    """Return how many people of each area reach none; NaN where one of both is not known."""
    return people * lack_of_share(reached)


def reached_within(limit_min: int) -> Measure:
    """Return the share of people who reach one within 5, 10 or 15 minutes."""
    return dict(zip((5, 10, 15), REACHED, strict=True))[limit_min]


def may_reach_more(coverage: Coverage, category: int, limit_min: int) -> NDArray[np.bool_]:
    """Tell in which sectors (s,) more people may reach one in time than are counted.

    Some do not, and one that stands off every street is no farther from where people live, as the
    crow flies, than the limit: it may be theirs, so the share is a least, and the lack not known.
    """
    share = coverage.cells[reached_within(limit_min)].value[category]
    near = coverage.stranded_m(category) <= limit_min * M_PER_MIN
    return near & (lack_of_share(share) > 0)


def may_be_nearer(
    coverage: Coverage, category: int, minutes: NDArray[np.float64], limit_min: int
) -> NDArray[np.bool_]:
    """Tell in which sectors (s,) beyond the limit one off every street may be nearer."""
    return (minutes > limit_min) & (coverage.stranded_m(category) < minutes * M_PER_MIN)


def mostly(
    sectors: NDArray[np.bool_], people: NDArray[np.float64], areas: Mapping[str, NDArray[np.int64]]
) -> NDArray[np.bool_]:
    """Tell which areas have so many of their people in some sectors that a mean is not known.

    More than one in ten, as for every mean of areas (`KNOWN_SHARE`).
    """
    lived = np.nan_to_num(people, nan=0.0)
    told = [(lived[at] @ sectors[at], lived[at].sum(), sectors[at].all()) for at in areas.values()]
    return np.array(
        [bool(every) or whole - part < KNOWN_SHARE * whole for part, whole, every in told],
        dtype=np.bool_,
    )


def rank_gaps(
    ids: Sequence[str],
    lack: NDArray[np.float64],
    minutes: NDArray[np.float64],
    factors: Sequence[Factor] = (),
) -> Gaps:
    """Rank areas by need times lack.

    The need is the weighted mean of the factors, each as percentile rank among all areas where it
    is known; without a factor of any weight it is 1 everywhere. Equal scores are ordered by
    minutes to the nearest, the farthest first and the unknown last, then by id. An area is apart
    if its lack or one of its factors is not known, or if it lacks nothing.

    Args:
        ids: of the areas, each once.
        lack: 0 to 1, NaN where not known.
        minutes: to the nearest, inf where no way leads.
        factors: of the need.

    Raises:
        BadInputError: a column of another length, or a weight below zero.
    """
    used = [factor for factor in factors if factor.weight != 0]
    _check(ids, [lack, minutes, *(factor.values for factor in factors)], factors)
    needs = np.column_stack([np.empty((len(ids), 0)), *(factor.brought for factor in used)])
    weights = np.array([factor.weight for factor in used], dtype=np.float64)
    weights = weights / weights.sum() if len(weights) else weights
    need = needs @ weights if len(weights) else np.ones(len(ids))
    score = np.round(need * lack, DECIMALS)
    apart = np.full(len(ids), Apart.NOT, dtype=np.int8)
    apart[lack == 0] = Apart.NO_LACK
    apart[np.isnan(need)] = Apart.NEED
    apart[np.isnan(lack)] = Apart.MEASURE
    far = np.where(np.isnan(minutes), -1.0, minutes)
    tie = np.empty(len(ids), dtype=np.int64)
    tie[np.lexsort((np.array(list(ids), dtype=str), -far))] = np.arange(len(ids))
    ranked = np.flatnonzero(apart == Apart.NOT)
    rank = np.zeros(len(ids), dtype=np.int64)
    rank[ranked] = _ranks(score[ranked, None], tie[ranked])[:, 0]
    return Gaps(
        lack=lack, needs=needs, weights=weights, need=need, score=score, rank=rank, apart=apart,
        tie=tie,
    )  # fmt: skip


def try_weights(gaps: Gaps, *, concentration: float = CONCENTRATION, draws: int = DRAWS) -> Robust:
    """Rank again under weights drawn around those chosen, by a Dirichlet distribution.

    Its mean are the weights chosen; the higher the concentration, the closer the draws (the
    uncertainty analysis of weights of OECD and JRC 2008, step 7). With one weight or none every
    draw is the same.
    """
    ranked = np.flatnonzero(gaps.rank)
    low, high = np.zeros((2, len(gaps.rank)), dtype=np.int64)
    among = np.full(len(gaps.rank), np.nan)
    if len(gaps.weights) < 2:  # noqa: PLR2004 - nothing to weigh against
        ranks = gaps.rank[ranked, None]
    else:
        drawn = np.random.default_rng(SEED).dirichlet(concentration * gaps.weights, size=draws)
        need = gaps.needs[ranked] @ drawn.T
        score = np.round(need * gaps.lack[ranked, None], DECIMALS)
        ranks = _ranks(score, gaps.tie[ranked])
    if len(ranked):
        ends = np.quantile(ranks, INTERVAL, axis=1, method="inverted_cdf").astype(np.int64)
        low[ranked], high[ranked] = ends
        among[ranked] = (ranks <= FIRST).mean(axis=1)
    return Robust(low=low, high=high, among_first=among)


def _ranks(score: NDArray[np.float64], tie: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rank of each row in each column of scores, 1 the highest."""
    by_tie = np.argsort(tie)
    order = by_tie[np.argsort(-score[by_tie], axis=0, kind="stable")]
    out = np.empty(score.shape, dtype=np.int64)
    places = np.broadcast_to(np.arange(1, len(score) + 1)[:, None], score.shape)
    np.put_along_axis(out, order, places, axis=0)
    return out


def _check(
    ids: Sequence[str], columns: Sequence[NDArray[np.float64]], factors: Sequence[Factor]
) -> None:
    for column in columns:
        if column.shape != (len(ids),):
            raise BadInputError(
                N_("Expected one number for each of {expected} areas, found {found}."),
                expected=len(ids),
                found=column.size,
            )
    for factor in factors:
        if not (factor.weight >= 0 and np.isfinite(factor.weight)):
            raise BadInputError(
                N_("Expected weights of at least zero, found {found}."), found=factor.weight
            )
