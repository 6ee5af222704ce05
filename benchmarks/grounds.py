"""Ground to measure on that is made up: squares over drawn streets, and the people of sectors."""

import math
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from benchmarks.street_graphs import BLOCK_M, CORNER
from geo.crs import LAMBERT_72
from geo.territory import Territory
from geo.walking import Network

if TYPE_CHECKING:
    from geo.planning import Ground

PEOPLE: Final = 1_220_000
"""Inhabitants of the Region, about (Statbel, 2022)."""
SKEW: Final = 0.6
LARGEST: Final = 4.0
"""No sector has more people than so many times the mean: drawn again."""
AREA_POWER: Final = 0.15
EMPTY_SHARE: Final = 0.06
"""Parks, harbour, rails: sectors where nobody lives. These four are our choice."""
FADE_M: Final = 5_000.0
"""Where density falls from the middle outwards, it halves and a bit (to 1/e) over so many."""


def square_territory(count: int, network: Network) -> Territory:
    """Lay about so many square sectors over a whole network."""
    side = round(np.sqrt(count))
    width = (np.sqrt(len(network)) + 1) * BLOCK_M / side
    column, row = (part.ravel() for part in np.indices((side, side)))
    x, y = CORNER[0] - BLOCK_M / 2 + column * width, CORNER[1] - BLOCK_M / 2 + row * width
    frame = gpd.GeoDataFrame(
        {"name_fr": "", "name_nl": "", "municipality": "21004", "district": "", "area_ha": 1.0},
        geometry=shapely.box(x, y, x + width, y + width),
        index=pd.Index([f"{place:09d}" for place in range(side * side)], name="code"),
        crs=LAMBERT_72,
    )
    return territory_of(frame)


def territory_of(frame: gpd.GeoDataFrame) -> Territory:
    """Make a territory of sectors alone."""
    empty = pd.DataFrame({"name_fr": [], "name_nl": []})
    return Territory(
        sectors=frame, municipalities=empty, districts=empty, schematic=False,
        source="Statbel", licence="CC BY 4.0", situation="2022-01-01",
    )  # fmt: skip


def made_people(area_ha: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Make up the people of each sector: a little more on a large one, else skewed by chance."""
    draw = np.random.default_rng(seed)
    share = draw.lognormal(0, SKEW, len(area_ha))
    largest = LARGEST * math.exp(SKEW**2 / 2)
    while (above := share > largest).any():
        share[above] = draw.lognormal(0, SKEW, int(above.sum()))
    share *= area_ha**AREA_POWER
    share[draw.random(len(area_ha)) < EMPTY_SHARE] = 0.0
    return _counted(share)


def fading_people(ground: "Ground", area_ha: NDArray[np.float64], seed: int) -> NDArray[np.float64]:
    """Make up people whose number falls from the middle outwards besides: the harder question."""
    off_m = np.hypot(ground.x - ground.x.mean(), ground.y - ground.y.mean())
    return _counted(made_people(area_ha, seed) * np.exp(-off_m / FADE_M))


def _counted(share: NDArray[np.float64]) -> NDArray[np.float64]:
    people: NDArray[np.float64] = np.round(share * PEOPLE / 724 * len(share) / share.sum())
    return people
