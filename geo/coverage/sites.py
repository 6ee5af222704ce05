"""Where a few more services would help most: the question put to `geo.planning`, and its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, csr_array

from geo.coverage.catchments import LIMIT_M
from geo.coverage.demand import BEYOND
from geo.coverage.measures import M_PER_MIN, nearest_m
from geo.coverage.table import Coverage
from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import N_, BadInputError
from geo.planning import Siting, maximal_covering, p_median
from geo.territory import Territory
from geo.walking import Spots

MOST: Final = 20
"""Places proposed at once: more is no longer a choice somebody can look at (ours)."""
EXISTING: Final = 0
"""The column of what is open already: the nearest of all of it."""


class Aim(StrEnum):
    """What a proposal makes best: people within minutes, or the ways of all."""

    COVER_5 = "cover_5"
    COVER_10 = "cover_10"
    COVER_15 = "cover_15"
    SHORTEST = "shortest"

    @property
    def limit_m(self) -> float:
        """How far counts; of the shortest ways, what a longer one counts as."""
        return LIMIT_M if self is Aim.SHORTEST else int(self.value.split("_")[1]) * M_PER_MIN


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """Candidates chosen for one aim.

    Attributes:
        chosen: places among the candidates, rising.
        before, after: weight within reach; of the shortest ways, mean metres.
        bound: no choice of as many brings `after` beyond it.
        proven: whether nothing is better; else say "not proven best".
        whole: the weight of all.
    """

    chosen: tuple[int, ...]
    before: float
    after: float
    bound: float
    proven: bool
    whole: float

    @property
    def slack(self) -> float:
        """How much better the gain could be at most, as a share of it; 0 where proven."""
        gain, most = abs(self.after - self.before), abs(self.bound - self.before)
        return 0.0 if self.proven else (most - gain) / gain if gain else np.inf


def middle_crossings(
    coverage: Coverage, territory: Territory, sectors: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Spots]:
    """Return the sectors with streets, and of each the crossing nearest to its middle.

    The middle is the centroid; a crossing counts for its sector alone.
    """
    network = coverage.catcher.walker.network
    xy = project(network.lonlat, source=WGS_84, target=LAMBERT_72)
    owner = territory.position(xy)
    centroids = territory.sectors.centroid
    middles = np.column_stack([centroids.x, centroids.y])
    away = np.hypot(*(xy - middles[owner]).T)
    order = np.lexsort((np.arange(len(owner)), away, owner))
    order = order[np.isin(owner[order], sectors)]
    first = np.flatnonzero(np.diff(owner[order], prepend=BEYOND - 1))
    best = order[first]
    lon, lat = network.lonlat[best].T
    return owner[best], network.snap(lon, lat)


def propose_sites(
    coverage: Coverage,
    category: int,
    candidates: Spots,
    count: int,
    *,
    aim: Aim,
    people: NDArray[np.float64],
    stop: Callable[[], bool] | None = None,
) -> Proposal:
    """Choose candidates for a category beside what is open of it.

    Args:
        coverage: what is open, and where people live.
        category: its row.
        candidates: where a new one may stand.
        count: how many.
        aim: what is made best.
        people: of each sector, spread over its points; not known counts nobody.
        stop: asked now and then; once true, the best until then is the answer.

    Raises:
        BadInputError: fewer candidates that one can walk from than asked for, or no people.
    """
    usable = np.flatnonzero(~candidates.off)
    if not 1 <= count <= min(MOST, len(usable)):
        raise BadInputError(
            N_("Expected to propose 1 to {most} places, found {found}. Choose other candidates."),
            most=min(MOST, len(usable)),
            found=count,
        )
    demand = coverage.demand
    weight = np.where(demand.sector == BEYOND, 0.0, demand.spread(people))
    if not weight.any():
        raise BadInputError(N_("Nobody is known to live here: there is no one to serve."))
    open_m = nearest_m(coverage.counted, category).astype(np.float64)
    asked = np.flatnonzero((weight > 0) & (open_m > (0 if aim is Aim.SHORTEST else aim.limit_m)))
    catchments = coverage.catcher.catch(candidates[usable])
    shape = (len(demand), len(usable))
    ways = csc_array((catchments.metres.astype(np.float64), catchments.point, catchments.start),
                     shape=shape)  # fmt: skip
    found = _solve(
        ways.tocsr()[asked], open_m[asked], weight[asked], count=count, aim=aim, stop=stop
    )
    return _told(found, usable, open_m=open_m, weight=weight, asked=asked, aim=aim)


def _solve(
    ways: csr_array,
    open_m: NDArray[np.float64],
    weight: NDArray[np.float64],
    *,
    count: int,
    aim: Aim,
    stop: Callable[[], bool] | None,
) -> Siting:
    """Ask with what is open as column 0, and only ways that are shorter than to it."""
    table = ways.tocoo()
    nearer = (table.data <= aim.limit_m) & (table.data < open_m[table.row])
    row, column, metres = table.row[nearer], table.col[nearer] + 1, table.data[nearer]
    served = np.flatnonzero(open_m <= aim.limit_m)
    matrix = coo_array(
        (
            np.concatenate([metres, open_m[served]]),
            (np.concatenate([row, served]), np.concatenate([column, np.zeros(len(served), int)])),
        ),
        shape=(len(open_m), table.shape[1] + 1),
    )
    if aim is Aim.SHORTEST:
        return p_median(matrix, weight, count, beyond_m=aim.limit_m, existing=[EXISTING], stop=stop)
    return maximal_covering(
        matrix, weight, count, limit_m=aim.limit_m, existing=[EXISTING], stop=stop
    )


def _told(
    found: Siting,
    usable: NDArray[np.int64],
    *,
    open_m: NDArray[np.float64],
    weight: NDArray[np.float64],
    asked: NDArray[np.int64],
    aim: Aim,
) -> Proposal:
    whole = float(weight.sum())
    chosen = tuple(int(usable[column - 1]) for column in found.chosen)
    if aim is Aim.SHORTEST:
        lost = weight * np.minimum(open_m, aim.limit_m)
        rest = float(lost.sum() - lost[asked].sum())
        before, after = float(lost.sum()) / whole, (rest + found.value) / whole
        bound = (rest + found.bound) / whole
    else:
        before = float(weight[open_m <= aim.limit_m].sum())
        after, bound = before + found.value, before + found.bound
    return Proposal(
        chosen=chosen, before=before, after=after, bound=bound, proven=found.proven, whole=whole
    )
