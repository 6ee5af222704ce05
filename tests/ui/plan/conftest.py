"""The bundle of local maps, as it is now."""

from pathlib import Path

import pytest

from exchange.assets import build_assets
from exchange.settings import ROOT


@pytest.fixture(scope="session", autouse=True)
def built() -> Path:
    """The folder with the bundle of this moment."""
    build_assets(ROOT)
    return ROOT / "static" / "built"
