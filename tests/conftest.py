"""What every test may ask for."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def official_data() -> Path:
    """The folder with the official files, named by PLEIN_DATA."""
    folder = os.environ.get("PLEIN_DATA")
    if not folder:
        pytest.skip("PLEIN_DATA names no folder with the official files")
    return Path(folder).resolve()
