"""A street drawn by hand through a row of sectors, and the streets of the City of Brussels."""

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from exchange.walking_files import read_network
from geo.crs import LAMBERT_72, WGS_84, project
from geo.sectors import normalise
from geo.territory import Territory
from geo.walking import Network, Walker

CORNER = (149_000.0, 170_000.0)
STEP_M, SIDE_M = 200.0, 400.0
"""Crossings stand every 200 m from x = 100, in the middle of squares of 400 m: two for each."""
SECTORS = 8
CODES = [f"2100{1 if place < 4 else 4}A{place:02d}-" for place in range(SECTORS)]
"""The first four in Anderlecht, the others in Brussels; the first two are district "7"."""


def squares(count: int = SECTORS) -> Territory:
    """Return a row of squares of 400 m."""
    frame = gpd.GeoDataFrame(
        {
            "cd_sector": CODES[:count],
            "tx_sector_descr_nl": CODES[:count],
            "tx_sector_descr_fr": CODES[:count],
            "cd_munty_refnis": [code[:5] for code in CODES[:count]],
            "tx_munty_descr_nl": "x",
            "tx_munty_descr_fr": "x",
        },
        geometry=[
            shapely.box(x, CORNER[1] - SIDE_M / 2, x + SIDE_M, CORNER[1] + SIDE_M / 2)
            for x in CORNER[0] + SIDE_M * np.arange(count)
        ],
        crs=LAMBERT_72,
    )
    names = pd.DataFrame({"name_fr": ["a", "b"], "name_nl": ["a", "b"]}, index=["21001", "21004"])
    return Territory(
        sectors=normalise(frame).assign(district=["7", "7", *[""] * (count - 2)]),
        municipalities=names,
        districts=pd.DataFrame({"name_fr": ["G"], "name_nl": ["L"]}, index=["7"]),
        schematic=False,
        source="drawn by hand",
        licence="none",
        situation="2022-01-01",
    )


@pytest.fixture(scope="session")
def row() -> Territory:
    """Eight sectors in a row."""
    return squares()


@pytest.fixture(scope="session")
def street() -> Network:
    """One street through all of them: sixteen crossings 200 m apart."""
    xy = [(100 + STEP_M * place, 0.0) for place in range(2 * SECTORS)]
    ends = [(place, place + 1) for place in range(2 * SECTORS - 1)]
    return Network.of(np.array(xy) + CORNER, ends)


@pytest.fixture(scope="session")
def walker(street: Network) -> Walker:
    return Walker(street)


@pytest.fixture(scope="session")
def city(official_data: Path) -> Walker:
    """The streets of the City of Brussels."""
    return Walker(read_network(official_data / "osm_city_of_brussels_drive.graphml"))


@pytest.fixture(scope="session")
def region(official_data: Path) -> Territory:
    """The 724 real sectors; no districts."""
    path = official_data / "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"
    empty = pd.DataFrame({"name_fr": [], "name_nl": []})
    return Territory(
        sectors=normalise(gpd.read_file(path)).assign(district=""),
        municipalities=empty,
        districts=empty,
        schematic=False,
        source="Statbel",
        licence="CC BY 4.0",
        situation="2022-01-01",
    )


def lonlat(*metres: Sequence[float]) -> np.ndarray:
    """Return degrees, a row of longitudes and one of latitudes, of metres from the corner."""
    return project(np.array(metres, dtype=float) + CORNER, source=LAMBERT_72, target=WGS_84).T
