"""The real app in real Chromium, watched."""

import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from exchange.assets import build_assets
from exchange.settings import ROOT
from tests.browser import homes, hostile
from tests.browser.chromium import Browsers
from tests.browser.watching import Watch, summary
from tests.serving import served

NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE = (1280, 860)
PATIENCE_MS = 30_000
"""What Chromium may take on a busy machine before a test gives up."""
Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsers]:
    """Chromium as Debian has it; without one the tests are left out, but not in CI."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        reason = f"No Chromium on PATH ({', '.join(NAMES)}): apt install chromium"
        if os.environ.get("CI", "") not in ("", "0", "false"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        found = Browsers(playwright, path, tmp_path_factory.mktemp("chromium") / "log.txt")
        yield found
        found.close()


@pytest.fixture
def chromium(browsers: Browsers, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The browser of this file of tests. When it ends by itself, its log says why."""
    yield browsers.of(request.path)
    if (words := browsers.last_words()) is not None:
        sys.stderr.write(f"{words}\n")


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder with the bundle of this moment."""
    build_assets(ROOT)
    return ROOT / "static" / "built"


@pytest.fixture(scope="session")
def log() -> list[str]:
    """What the apps print; each test reads its part of it."""
    return []


@pytest.fixture(scope="session")
def small_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installation to copy."""
    home = tmp_path_factory.mktemp("small")
    homes.small(home)
    return home


@pytest.fixture(scope="session")
def app(browsers: Browsers, built: Path, small_home: Path, log: list[str]) -> Iterator[str]:
    """A handful of places on schematic outlines."""
    del browsers, built
    with served(small_home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="session")
def hostile_app(
    browsers: Browsers,
    small_home: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    built: Path,
) -> Iterator[str]:
    """The same with every text field filled by somebody who means harm."""
    del browsers, built
    home = tmp_path_factory.mktemp("hostile")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    hostile.fill(home)
    with served(home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="session")
def official_app(
    browsers: Browsers,
    official_data: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    built: Path,
) -> Iterator[str]:
    """Official outlines and the places of OpenStreetMap."""
    del browsers, built
    home = tmp_path_factory.mktemp("official")
    homes.official(home, official_data)
    with served(home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="session")
def near_home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small installation with streets and addresses."""
    home = tmp_path_factory.mktemp("near")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    homes.walkable(home)
    return home


@pytest.fixture(scope="session")
def near_app(browsers: Browsers, built: Path, near_home: Path, log: list[str]) -> Iterator[str]:
    """A handful of places, streets to walk and addresses."""
    del browsers, built
    with served(near_home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="session")
def official_near_app(
    browsers: Browsers,
    official_data: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    built: Path,
) -> Iterator[str]:
    """Official outlines, the places of OpenStreetMap and the streets of the City."""
    del browsers, built
    home = tmp_path_factory.mktemp("official-near")
    homes.official_walkable(home, official_data)
    with served(home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="session")
def journal() -> Iterator[list[Watch]]:
    """What every page of every test did, counted in build/requests.json at the end."""
    all_of_them: list[Watch] = []
    yield all_of_them
    report = ROOT / "build" / "requests.json"
    report.parent.mkdir(exist_ok=True)
    report.write_text(json.dumps(summary(all_of_them), indent=1), encoding="utf-8")


@pytest.fixture
def watches(journal: list[Watch]) -> Iterator[list[Watch]]:
    """What every page of this test did."""
    mine: list[Watch] = []
    yield mine
    journal.extend(mine)


@pytest.fixture
def open_page(chromium: Browser, watches: list[Watch], log: list[str]) -> Iterator[Opener]:
    """Open an address as a new visitor: `open_page(address, locale="nl-BE", size=(390, 844))`.

    At the end nothing went wrong in the browser or the app, and nobody else was asked.
    """
    log.clear()
    with ExitStack() as contexts:

        def opened(
            address: str, *, locale: str = "fr-BE", size: tuple[int, int] = WIDE, **more: Any
        ) -> Page:
            context = contexts.enter_context(
                chromium.new_context(
                    viewport={"width": size[0], "height": size[1]},
                    locale=locale,
                    reduced_motion="reduce",
                    **more,
                )
            )
            watch = Watch(host=urlsplit(address).netloc)
            watch.follow(context)
            watches.append(watch)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            page.goto(address)
            return page

        yield opened
    assert "Traceback" not in "".join(log), "".join(log)
    assert [told for watch in watches for told in watch.wrong] == []
    assert set().union(*(watch.strangers() for watch in watches)) == set()
