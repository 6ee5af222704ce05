"""An installation of its own for each module that edits records, and the form as one sees it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from directory.authors import Author, Origin
from directory.commands import Commands
from tests.browser import homes, hostile
from tests.browser.chromium import Browsers
from tests.serving import served

BATCH = "osm-test"


@pytest.fixture(scope="module")
def record_home(near_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A handful of places, streets and addresses, and a batch of three that came in together."""
    home = tmp_path_factory.mktemp("record")
    shutil.copytree(near_home, home, dirs_exist_ok=True)
    with homes.opened(home) as store:
        made = [
            homes.actor(
                f"winkel-{n}", "social-work", names={"fr": f"Épicerie {n}", "nl": f"Winkel {n}"}
            )
            for n in (1, 2, 3)
        ]
        Commands(store).save(made, by=Author("OpenStreetMap", Origin.IMPORT), batch=BATCH)
    return home


@pytest.fixture(scope="module")
def record_app(browsers: Browsers, built: Path, record_home: Path, log: list[str]) -> Iterator[str]:
    """The app on it, for somebody at the machine."""
    del browsers, built
    with served(record_home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="module")
def hostile_record_app(
    browsers: Browsers,
    built: Path,
    record_home: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The same with every text field filled by somebody who means harm, each changed twice."""
    del browsers, built
    home = tmp_path_factory.mktemp("record-hostile")
    shutil.copytree(record_home, home, dirs_exist_ok=True)
    hostile.fill(home)
    with homes.opened(home) as store:
        for key, text in hostile.TEXTS.items():
            found = store.directory().actors[f"hostile-{key}"]
            changed = found.model_copy(update={"hours": f"{text[:200]} off", "languages": ("fr",)})
            Commands(store).save([changed], by=Author(text))
    with served(home, log=log) as (address, _):
        yield address
