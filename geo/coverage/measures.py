"""The measures of coverage: what each counts, its formula and its source."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from geo.coverage.catchments import LIMIT_M, Catcher, Catchments
from geo.coverage.demand import Demand
from geo.coverage.services import Services
from geo.coverage.stranded import stand_off

M_PER_MIN: Final = 80.0
"""4.8 km/h, the usual pace of "Near me"."""
PER: Final = 1_000.0
ZONES_MIN: Final = (5, 10, 15)
ZONE_WEIGHTS: Final = {"slow": (1.0, 0.68, 0.22), "sharp": (1.0, 0.42, 0.09)}
"""What a service counts in the first, second and third zone: the two Gaussian decays of Luo and
Qi, Health & Place 15 (2009) 1100-1107. Theirs are zones of 10 minutes by car; ours are of 5 minutes
on foot (our choice). The slow ones are the default of PySAL `access`; the sharp ones are used in
published analyses as a "fast-step decay". Neither was checked in the paper itself."""
DECIMALS: Final = 9
"""Kept of shares and of sums of shares: the rest is what adding them up loses."""
_SHORT: Final = 32_767
"""Up to so many groups, numpy sorts them by their two bytes without comparing."""
_HALF: Final = 0.5 - 1e-9
"""Half of the people, short of what sums of shares lose."""


class Measure(StrEnum):
    """What is measured of a category in a sector.

    - INSIDE: services inside the sector.
    - WITHIN_5, _10, _15: services within so many minutes, mean over the people of the sector.
    - REACHED_5, _10, _15: share of its people with at least one within so many minutes.
    - NEAREST_MIN: minutes to the nearest, median over its people (the least that half of them
      do not exceed); inf beyond the limit of the catchments.
    - PER_1000: services inside for 1,000 inhabitants.
    - TWO_STEP: 2SFCA, capacity for each inhabitant: R_j = S_j / Σ_{k: d_kj ≤ d0} P_k for each
      service, then A_i = Σ_{j: d_ij ≤ d0} R_j for each point, mean over the people of the
      sector; d0 is 15 minutes (Luo and Wang, Environment and Planning B 30 (2003) 865-884).
    - ENHANCED: E2SFCA, the same with both sums weighted by zone (Luo and Qi 2009):
      R_j = S_j / Σ_k P_k W(d_kj), A_i = Σ_j R_j W(d_ij).
    """

    INSIDE = "inside"
    WITHIN_5 = "within_5"
    WITHIN_10 = "within_10"
    WITHIN_15 = "within_15"
    REACHED_5 = "reached_5"
    REACHED_10 = "reached_10"
    REACHED_15 = "reached_15"
    NEAREST_MIN = "nearest_min"
    PER_1000 = "per_1000"
    TWO_STEP = "2sfca"
    ENHANCED = "e2sfca"


WITHIN: Final = (Measure.WITHIN_5, Measure.WITHIN_10, Measure.WITHIN_15)
REACHED: Final = (Measure.REACHED_5, Measure.REACHED_10, Measure.REACHED_15)
PER_PERSON: Final = (Measure.PER_1000, Measure.TWO_STEP, Measure.ENHANCED)
"""These need to know how many people there are; the others only where in a sector they live."""
ON_FOOT: Final = frozenset(Measure) - {Measure.INSIDE, Measure.PER_1000}
"""These need streets."""
SOUGHT_M: Final = dict.fromkeys(ON_FOOT, LIMIT_M) | {
    name: minutes * M_PER_MIN
    for names in (WITHIN, REACHED)
    for name, minutes in zip(names, ZONES_MIN, strict=True)
}
"""How far each of these looks."""


class State(IntEnum):
    """Whether a value is known, and why it is not. Unknown is not zero."""

    KNOWN = 0
    NO_POPULATION = 1
    NO_NETWORK = 2
    UNVERIFIED_ONLY = 3
    QUARTER_ONLY = 4


@dataclass(frozen=True, kw_only=True, eq=False)
class Tallies:
    """What each service alone adds to the measures, so that a change counts one service again.

    Attributes:
        shares: services x sectors, the share of each sector's people within 5, 10 and 15
            minutes, and the sum of shares weighted by zone.
        ratios: capacity for each person within 15 minutes, and weighted by zone.
    """

    shares: tuple[csr_array, ...]
    ratios: tuple[NDArray[np.float64], NDArray[np.float64]]

    def take(self, rows: NDArray[np.int64]) -> "Tallies":
        """Return some services, in the order asked for."""
        two_step, enhanced = self.ratios
        return Tallies(
            shares=tuple(share[rows] for share in self.shares),
            ratios=(two_step[rows], enhanced[rows]),
        )


@dataclass(frozen=True, kw_only=True, eq=False)
class Ledger:
    """What the measures are counted from: of each service, row by row, who walks there.

    `stranded` are the sectors near each service that stands off every street; `people` are the
    inhabitants of each sector, NaN where unknown.
    """

    demand: Demand
    services: Services
    catchments: Catchments
    stranded: Catchments
    tallies: Tallies
    people: NDArray[np.float64]

    @classmethod
    def of(
        cls,
        catcher: Catcher,
        services: Services,
        people: NDArray[np.float64],
        weights: tuple[float, float, float],
    ) -> Self:
        """Find who walks to each service and tally it; `weights` are those of the three zones."""
        demand, catchments = catcher.demand, catcher.catch(services.spots)
        lived = demand.spread(people)
        zones = _zones(catchments, len(demand), weights)
        shares, reached = [], []
        for zone in zones:
            shares.append(zone @ demand.shares)
            reached.append(zone @ lived)
        ratios = _ratio(services.capacity, reached[-2]), _ratio(services.capacity, reached[-1])
        tallies = Tallies(shares=tuple(shares), ratios=ratios)
        return cls(
            demand=demand,
            services=services,
            catchments=catchments,
            stranded=stand_off(catcher, services),
            tallies=tallies,
            people=people,
        )

    def take(self, rows: NDArray[np.int64]) -> "Ledger":
        """Return the ledger of some services, in the order asked for."""
        return replace(
            self,
            services=self.services[rows],
            catchments=self.catchments.take(rows),
            stranded=self.stranded.take(rows),
            tallies=self.tallies.take(rows),
        )

    def join(self, others: "Sequence[Ledger]") -> "Ledger":
        """Return these services and then those of other ledgers of the same demand."""
        services, catchments, stranded = self.services, self.catchments, self.stranded
        for other in others:
            services = services.join(other.services)
        if others:
            catchments = catchments.join([other.catchments for other in others])
            stranded = stranded.join([other.stranded for other in others])
        tallies = [self.tallies, *(other.tallies for other in others)]
        two_step, enhanced = (
            np.concatenate(part) for part in zip(*(one.ratios for one in tallies), strict=True)
        )
        shares = tuple(
            vstack(part, format="csr")
            for part in zip(*(one.shares for one in tallies), strict=True)
        )
        return replace(
            self,
            services=services,
            catchments=catchments,
            stranded=stranded,
            tallies=Tallies(shares=shares, ratios=(two_step, enhanced)),
        )


def count(ledger: Ledger, categories: list[int]) -> dict[Measure, NDArray[np.float64]]:
    """Count every measure of some categories, (categories, sectors), before states are judged.

    Where nobody lives, or nobody knows how many, what is counted for each person is NaN or 0.
    """
    offered = _offered(ledger.services, categories)
    sectors = len(ledger.demand.codes)
    owner = ledger.services.sector
    at = np.flatnonzero(owner >= 0)
    inside = csr_array((np.ones(len(at)), (at, owner[at])), shape=(len(owner), sectors))
    out = {Measure.INSIDE: (offered @ inside).toarray()}
    *within, weighted = ledger.tallies.shares
    out |= {m: (offered @ share).toarray() for m, share in zip(WITHIN, within, strict=True)}
    with np.errstate(divide="ignore", invalid="ignore"):
        out[Measure.PER_1000] = PER * out[Measure.INSIDE] / ledger.people
    for measure, ratio, share in zip(
        (Measure.TWO_STEP, Measure.ENHANCED),
        ledger.tallies.ratios,
        (within[-1], weighted),
        strict=True,
    ):
        out[measure] = (offered.multiply(ratio[None, :]).tocsr() @ share).toarray()
    out |= _walked(ledger, categories)
    return {name: settle(name, values) for name, values in out.items()}


def settle(name: Measure, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round what is summed of shares, so that all of the people are 1, and no other measure.

    >>> settle(Measure.REACHED_5, np.array([sum([0.1] * 10)])).tolist()
    [1.0]
    """
    if name in REACHED:
        return np.clip(np.round(values, DECIMALS), 0.0, 1.0)
    return np.round(values, DECIMALS) if name in WITHIN else values


def nearest_m(ledger: Ledger, category: int) -> NDArray[np.float32]:
    """Return metres from every point (p,) to the nearest service of a category; inf beyond."""
    at = ledger.catchments.entries(ledger.services.rows(category))
    near = np.full(len(ledger.demand), np.inf, dtype=np.float32)
    np.minimum.at(near, ledger.catchments.point[at].astype(np.intp), ledger.catchments.metres[at])
    return near


def weigh_median(
    values: NDArray[np.floating[Any]],
    group: NDArray[np.integer[Any]],
    weight: NDArray[np.float64],
    groups: int,
) -> NDArray[np.float64]:
    """Return the weighted median of each group: the least value that half do not exceed.

    Values that are inf count as the largest; a group without weight has inf; negative groups are
    left out.

    >>> weigh_median(np.array([3.0, 1.0, np.inf]), np.zeros(3, int), np.ones(3), 1).tolist()
    [3.0]
    """
    counted = (group >= 0) & (weight > 0)
    total = np.bincount(group[counted], weights=weight[counted], minlength=groups)
    at = np.flatnonzero(counted & np.isfinite(values))
    at = at[np.argsort(values[at])]
    owner = group[at].astype(np.int16 if groups <= _SHORT else np.int32)
    at = at[np.argsort(owner, kind="stable")]
    owner = group[at]
    begun = np.cumsum(weight[at])
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    before = np.repeat(begun[first] - weight[at[first]], np.diff(np.append(first, len(at))))
    reached = np.flatnonzero(begun - before >= _HALF * total[owner])
    reached = reached[np.flatnonzero(np.diff(owner[reached], prepend=-1))]
    out = np.full(groups, np.inf)
    out[owner[reached]] = values[at[reached]]
    return out


def _walked(ledger: Ledger, categories: list[int]) -> dict[Measure, NDArray[np.float64]]:
    """Count what needs the nearest service of each point: shares reached, and the median."""
    demand, sectors = ledger.demand, len(ledger.demand.codes)
    names = (*REACHED, Measure.NEAREST_MIN)
    out = {name: np.empty((len(categories), sectors)) for name in names}
    for row, category in enumerate(categories):
        near = nearest_m(ledger, category)
        at = np.flatnonzero((near < np.inf) & (demand.sector >= 0))
        owner, metres, weight = demand.sector[at], near[at], demand.weight[at]
        for name, minutes in zip(REACHED, ZONES_MIN, strict=True):
            close = metres <= minutes * M_PER_MIN
            out[name][row] = np.bincount(owner[close], weights=weight[close], minlength=sectors)
        out[Measure.NEAREST_MIN][row] = (
            weigh_median(near, demand.sector, demand.weight, sectors) / M_PER_MIN
        )
    return out


def _offered(services: Services, categories: list[int]) -> csr_array:
    """Return 1 where a category (row) is offered by a service (column)."""
    rows = [services.rows(category) for category in categories]
    start = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int32)
    at = np.concatenate([*rows, np.empty(0, np.int64)]).astype(np.int32)
    return csr_array((np.ones(len(at)), at, start), shape=(len(categories), len(services)))


def _zones(
    table: Catchments, points: int, weights: tuple[float, float, float]
) -> Iterator[csr_array]:
    """Yield services x points: 1 within 5, 10, 15 minutes, then the weight of the zone."""
    start, metres = table.start.astype(np.int32), table.metres
    near, middle, far = ((metres <= minutes * M_PER_MIN) for minutes in ZONES_MIN)
    first, second, third = weights
    weighted = np.where(near, first, np.where(middle, second, np.where(far, third, 0.0)))
    for data in (near, middle, far, weighted):
        values = data.astype(np.float64)
        yield csr_array((values, table.point, start), shape=(len(table), points))


def _ratio(capacity: NDArray[np.float64], people: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return capacity for each person within reach; 0 where nobody is, who could not use it."""
    out = np.zeros(len(capacity))
    np.divide(capacity, people, out=out, where=people > 0)
    return out
