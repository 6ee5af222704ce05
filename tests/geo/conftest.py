"""The real sectors."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geo.sectors import normalise
from geo.territory import Territory

OFFICIAL = "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"


@pytest.fixture(scope="session")
def official_sectors(official_data: Path) -> gpd.GeoDataFrame:
    """The 724 real sectors, in our form."""
    return normalise(gpd.read_file(official_data / OFFICIAL))


@pytest.fixture(scope="session")
def real(official_sectors: gpd.GeoDataFrame) -> Territory:
    """The territory of the real sectors; no districts."""
    empty = pd.DataFrame({"name_fr": [], "name_nl": []})
    return Territory(
        sectors=official_sectors.assign(district=""),
        municipalities=empty,
        districts=empty,
        schematic=False,
        source="Statbel",
        licence="CC BY 4.0",
        situation="2022-01-01",
    )
