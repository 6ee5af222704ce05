"""What every test may ask for."""

import os
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import settings

from geo.territory import Territory
from tests.drawn import grid_territory, published_frames

# No test measures time: a busy machine is no fault of the code.
settings.register_profile("plein", deadline=None)
settings.load_profile("plein")


@pytest.fixture(scope="session")
def official_data() -> Path:
    """The folder with the official files, named by PLEIN_DATA."""
    folder = os.environ.get("PLEIN_DATA")
    if not folder:
        pytest.skip("PLEIN_DATA names no folder with the official files")
    return Path(folder).resolve()


@pytest.fixture
def published() -> Callable[..., gpd.GeoDataFrame]:
    """A grid of squares with the column names of 2022, or others."""
    return published_frames()


@pytest.fixture
def grid() -> Territory:
    """Nine squares of 1 ha, three by three; district "7" is the left column."""
    return grid_territory()
