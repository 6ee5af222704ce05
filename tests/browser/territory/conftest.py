"""An installation of its own for each module that saves neighbourhoods."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.commands import Commands
from directory.indicators import Indicator
from exchange.register import read_register
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.serving import served

UNKNOWN = 5
"""Sectors whose people are not known in the official installation."""


@pytest.fixture(scope="module")
def territory_app(
    browsers: Browsers,
    built: Path,
    small_home: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The neighbourhoods of 2022 on schematic outlines, to be changed."""
    del browsers, built
    home = tmp_path_factory.mktemp("territory")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    with served(home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="module")
def official_territory_app(
    browsers: Browsers,
    official_data: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    built: Path,
) -> Iterator[str]:
    """The same on the official outlines, all 724; how many people live in five is not known."""
    del browsers, built
    home = tmp_path_factory.mktemp("official-territory")
    homes.official(home, official_data)
    codes = read_register(homes.SECTORS / "register.csv").index
    people = Indicator.model_validate(
        {
            "id": "population-2024",
            "subject": "population",
            "names": {"fr": "Population", "nl": "Bevolking"},
            "unit": "people",
            "level": "sector",
            "year": 2024,
            "values": {str(code): 1000.0 if n >= UNKNOWN else None for n, code in enumerate(codes)},
            "source": homes.SOURCE,
        }
    )
    with homes.opened(home) as store:
        Commands(store).save([people], by=homes.BY)
    with served(home, log=log) as (address, _):
        yield address
