"""Coverage: every measure of every sector and category, with what is not known told apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from geo.coverage.catchments import Catcher
from geo.coverage.demand import Demand
from geo.coverage.measures import (
    M_PER_MIN,
    ON_FOOT,
    PER_PERSON,
    SOUGHT_M,
    ZONE_WEIGHTS,
    Ledger,
    Measure,
    State,
    count,
    nearest_m,
    weigh_median,
)
from geo.coverage.services import Services, Vague
from geo.coverage.stranded import nearest_off_m
from geo.errors import N_, BadInputError
from geo.walking import Walker


@dataclass(frozen=True, kw_only=True, eq=False)
class Cells:
    """Values (categories, areas), NaN where not known, and the `State` of each, int8.

    Minutes to the nearest may be inf and known: more than the catchments reach.
    """

    value: NDArray[np.float64]
    state: NDArray[np.int8]


@dataclass(frozen=True, kw_only=True, eq=False)
class Coverage:
    """Coverage of a territory; made by `of`, not to be changed.

    Attributes:
        catcher: who can walk where; its demand tells the sectors and the source of each.
        ledger: all services, verified or not, and who can walk to them.
        counted: what is counted of it: all, or the verified alone.
        verified_only: which of both.
        weights: of the zones of E2SFCA, a name in `ZONE_WEIGHTS`.
        cells: every measure, rows are categories, columns sectors.
    """

    catcher: Catcher
    ledger: Ledger
    counted: Ledger
    verified_only: bool
    weights: str
    cells: dict[Measure, Cells]

    @property
    def demand(self) -> Demand:
        """Where the people live."""
        return self.ledger.demand

    @property
    def services(self) -> Services:
        """All of them, verified or not."""
        return self.ledger.services

    @property
    def people(self) -> NDArray[np.float64]:
        """Inhabitants of each sector, NaN where not known."""
        return self.ledger.people

    @classmethod
    def of(
        cls,
        walker: Walker,
        demand: Demand,
        services: Services,
        people: NDArray[Any] | None = None,
        *,
        verified_only: bool = False,
        weights: str = "slow",
        catcher: Catcher | None = None,
    ) -> Self:
        """Measure everything.

        Args:
            walker: who knows the streets the spots were put on.
            demand: where people live.
            services: what they walk to.
            people: inhabitants of each sector in the order of `demand.codes`, NaN where not
                known; None where nobody knows.
            verified_only: count the recently verified alone; where that leaves none and there
                are others, the cell says so.
            weights: of the zones of E2SFCA, a name in `ZONE_WEIGHTS`.
            catcher: made of the same walker and demand before, to save making it again.

        Raises:
            BadInputError: people below zero or not one number for each sector; unknown weights.
        """
        if weights not in ZONE_WEIGHTS:
            raise BadInputError(
                N_("Expected one of {known} as weights, found {found}."),
                known=", ".join(ZONE_WEIGHTS),
                found=weights,
            )
        known = check_people(people, len(demand.codes))
        catcher = Catcher(walker, demand) if catcher is None else catcher
        ledger = Ledger.of(catcher, services, known, ZONE_WEIGHTS[weights])
        return cls(
            catcher=catcher,
            ledger=ledger,
            counted=chosen(ledger, verified_only=verified_only),
            verified_only=verified_only,
            weights=weights,
            cells=measure(ledger, list(range(services.categories)), verified_only=verified_only),
        )

    def nearest_min(self, category: int, *, limit_m: float = np.inf) -> NDArray[np.float64]:
        """Return minutes to the nearest of a category beyond the limit of the catchments too.

        Median over the people of each sector; NaN where one cannot walk; inf where no way leads
        within `limit_m`. One search through the whole network: for a single category.
        """
        demand = self.demand
        metres = self.walked_m(category, limit_m=limit_m)
        out = weigh_median(metres, demand.sector, demand.weight, len(demand.codes)) / M_PER_MIN
        out[~demand.walkable] = np.nan
        return out

    def walked_m(self, category: int, *, limit_m: float = np.inf) -> NDArray[np.float64]:
        """Return metres from every point where people live to the nearest of a category, else inf.

        One search through the whole network, beyond the limit of the catchments too.
        """
        walker, spots = self.catcher.walker, self.demand.spots
        places = self.counted.services.spots[self.counted.services.rows(category)]
        places = places[~places.off]
        if not len(places):
            return np.full(len(spots), np.inf)
        nodes_m = walker.nearest(places, np.zeros(len(places), np.int64), limit_m=limit_m)[0]
        return np.minimum(_along(walker, nodes_m, spots), nearest_m(self.counted, category))

    def stranded_m(self, category: int) -> NDArray[np.float32]:
        """Return metres from each sector to the nearest of a category that is off every street.

        As the crow flies, from where its people live, 0 within it; inf beyond the limit of the
        catchments, or where one cannot walk at all.
        """
        ledger = self.ledger
        return nearest_off_m(ledger.stranded, ledger.services, category, len(self.demand.codes))


class _Hidden(NamedTuple):
    """Which cells (categories, sectors) may hold a service that no sum counts.

    `unchecked` may hold only one that is not counted; `stranded_m` are metres as the crow flies to
    one that stands off every street.
    """

    vague: NDArray[np.bool_]
    unchecked: NDArray[np.bool_]
    stranded_m: NDArray[np.float32]


def check_people(people: NDArray[Any] | None, sectors: int) -> NDArray[np.float64]:
    """Return inhabitants as numbers, NaN where not known.

    Raises:
        BadInputError: below zero, or not one for each sector.
    """
    known = np.full(sectors, np.nan) if people is None else np.asarray(people, dtype=np.float64)
    if known.shape != (sectors,):
        raise BadInputError(
            N_("Expected the people of {expected} sectors, found {found} numbers."),
            expected=sectors,
            found=known.size,
        )
    if (known < 0).any() or np.isinf(known).any():
        raise BadInputError(N_("Expected people not below zero, found {found}. Correct the row."),
                            found=float(known[(known < 0) | np.isinf(known)][0]))  # fmt: skip
    return known


def chosen(ledger: Ledger, *, verified_only: bool) -> Ledger:
    """Return the ledger of what is counted."""
    return ledger.take(np.flatnonzero(ledger.services.verified)) if verified_only else ledger


def measure(ledger: Ledger, categories: list[int], *, verified_only: bool) -> dict[Measure, Cells]:
    """Count every measure of some categories and judge what is known of each cell."""
    counted = count(chosen(ledger, verified_only=verified_only), categories)
    every = count(ledger, categories) if verified_only else counted
    apart: dict[bool, list[Vague]] = {True: [], False: []}
    for one in ledger.services.vague:
        apart[one.counts(verified_only=verified_only)].append(one)
    hidden = _Hidden(
        vague=_vague(ledger, apart[True], categories),
        unchecked=_vague(ledger, apart[False], categories),
        stranded_m=_stranded_m(ledger, categories),
    )
    return {
        name: _judged(name, values, every[name], ledger, hidden) for name, values in counted.items()
    }


def none(name: Measure, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Tell where a value says that nobody is there: zero, or nobody within minutes."""
    return np.isinf(values) if name is Measure.NEAREST_MIN else values == 0


def _judged(
    name: Measure,
    values: NDArray[np.float64],
    every: NDArray[np.float64],
    ledger: Ledger,
    hidden: _Hidden,
) -> Cells:
    """Set aside what is not known; the last rule that holds names the state."""
    people = ledger.people
    lacking = none(name, values)
    states = np.full(values.shape, State.KNOWN, dtype=np.int8)
    states[lacking & hidden.unchecked] = State.UNVERIFIED_ONLY
    states[lacking & hidden.vague] = State.QUARTER_ONLY
    states[lacking & ~none(name, every)] = State.UNVERIFIED_ONLY
    if name in ON_FOOT:
        states[lacking & (hidden.stranded_m <= SOUGHT_M[name])] = State.NO_NETWORK
        states[:, people == 0] = State.NO_POPULATION
    if name in PER_PERSON:
        states[:, ~(people > 0)] = State.NO_POPULATION
    if name in ON_FOOT:
        states[:, ~ledger.demand.walkable] = State.NO_NETWORK
    return Cells(value=np.where(states == State.KNOWN, values, np.nan), state=states)


def _vague(ledger: Ledger, services: Iterable[Vague], categories: list[int]) -> NDArray[np.bool_]:
    """Tell which cells may hold one of some services known only by their part of town."""
    codes = {code: place for place, code in enumerate(ledger.demand.codes)}
    out = np.zeros((len(categories), len(codes)), dtype=np.bool_)
    rows = {category: row for row, category in enumerate(categories)}
    for one in services:
        columns = [codes[code] for code in one.sectors if code in codes]
        for category in one.categories:
            if category in rows:
                out[rows[category], columns] = True
    return out


def _stranded_m(ledger: Ledger, categories: list[int]) -> NDArray[np.float32]:
    """Tell how near to each cell a service stands off every street: who can walk there?"""
    sectors = len(ledger.demand.codes)
    out = np.empty((len(categories), sectors), dtype=np.float32)
    for row, category in enumerate(categories):
        out[row] = nearest_off_m(ledger.stranded, ledger.services, category, sectors)
    return out


def _along(walker: Walker, nodes_m: NDArray[np.float32], spots: Any) -> NDArray[np.float64]:
    """Return metres to spots by the crossings at both ends of their streets."""
    network = walker.network
    metres = np.full(len(spots), np.inf)
    on = np.flatnonzero(~spots.off)
    edge, offset_m = spots.edge[on], spots.offset_m[on]
    rest = np.maximum(network.length_m[edge] - offset_m, 0.0)
    ways = (nodes_m[network.u[edge]] + offset_m, nodes_m[network.v[edge]] + rest)
    metres[on] = np.minimum(*ways) + spots.away_m[on]
    return metres
