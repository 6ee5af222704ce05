"""What coverage is measured on: a network, its sectors, so many services on its streets."""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.coverage import Coverage, Services, demand
from geo.territory import Territory
from geo.walking import Walker

SECTORS: Final = 729
"""27 by 27 squares: five more than Brussels has."""
CATEGORIES: Final = 40
STEPS: Final = 15
"""Services that move, one after another."""


class Case:
    """A network, its sectors, and so many services of 40 categories on its streets."""

    def __init__(
        self, walker: Walker, territory: Territory, places: int, seed: int, *, groups: int = 0
    ) -> None:
        draw = np.random.default_rng(seed)
        network = walker.network
        at = network.lonlat[draw.integers(0, len(network), places + STEPS)]
        at = at + draw.normal(0, 2e-4, at.shape)
        self.walker, self.territory, self.places = walker, territory, places
        self.spots, self.elsewhere = network.snap(*at[:places].T), at[places:]
        self.services = Services.of(
            territory,
            self.spots,
            [
                [place % CATEGORIES, *([CATEGORIES + place % groups] if groups else [])]
                for place in range(places)
            ],
        )
        self.demand = demand(territory, network)
        self.people = draw.integers(0, 4_000, len(territory.codes)).astype(np.float64)
        self.name = f"{len(network):,} crossings, {places:,} places"

    def cover(self) -> Coverage:
        """Measure everything, from the streets on."""
        return Coverage.of(self.walker, self.demand, self.services, self.people)

    def by_sector(self, within: NDArray[Any]) -> NDArray[np.float64]:
        """Return the mean over the points of each sector of counts (rows, crossings)."""
        points, network = self.demand, self.walker.network
        node = np.where(
            points.spots.offset_m == 0,
            network.u[points.spots.edge],
            network.v[points.spots.edge],
        )
        owner = csr_array(
            (points.weight, (np.arange(len(points)), points.sector)),
            shape=(len(points), len(points.codes)),
        )
        means: NDArray[np.float64] = within[:, node].astype(np.float64) @ owner
        return means
