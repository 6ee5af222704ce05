"""An installation of its own for each module that saves neighbourhoods."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import homes
from tests.serving import served


@pytest.fixture(scope="module")
def territory_app(
    chromium: Browser,
    built: Path,
    small_home: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The neighbourhoods of 2022 on schematic outlines, to be changed."""
    del chromium, built
    home = tmp_path_factory.mktemp("territory")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    with served(home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="module")
def official_territory_app(
    chromium: Browser,
    official_data: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    built: Path,
) -> Iterator[str]:
    """The same on the official outlines, all 724."""
    del chromium, built
    home = tmp_path_factory.mktemp("official-territory")
    homes.official(home, official_data)
    with served(home, log=log) as (address, _):
        yield address
