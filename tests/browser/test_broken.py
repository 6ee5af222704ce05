"""What a person sees when the database changes, is gone, is broken or was never there."""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from directory.commands import Commands
from directory.store import Kind
from directory.store.store import POLL_S, RETRY_S
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import PATIENCE_MS, Opener
from tests.browser.screen import at_rest, item, names, open_legend, ready, say, search
from tests.serving import served

pytestmark = pytest.mark.browser
SILENT = "The database does not answer. What you see is as it was; nothing can be changed."


def ask_until(page: Page, done: Callable[[], bool], wait_s: float) -> None:
    """Use the page until something is so, or well past the time the app may take for it."""
    until = monotonic() + wait_s + PATIENCE_MS / 1000
    while not done() and monotonic() < until:
        search(page, "blaes")
        expect(names(page)).to_have_text([re.compile("Blaes")])
        search(page, "")
        expect(item(page, "bibliotheek")).to_be_visible()


@pytest.fixture(scope="module")
def own_app(
    browsers: Browsers,
    small_home: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
    built: Path,
) -> Iterator[tuple[str, Path]]:
    """An app of these tests alone, and its database."""
    del browsers, built
    home = tmp_path_factory.mktemp("own")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    with served(home, log=log) as (address, _):
        yield address, home / "plein.db"


def test_what_another_process_changes_is_shown(
    own_app: tuple[str, Path], open_page: Opener
) -> None:
    address, database = own_app
    page = ready(open_page(address))
    expect(names(page)).to_have_count(7)
    added = homes.actor("nieuw", "library", names={"und": "Nieuwe bib"})
    with homes.opened(database.parent) as store:
        commands = Commands(store)
        commands.save([added], by=homes.BY)
        ask_until(page, lambda: item(page, "nieuw").is_visible(), POLL_S)
        expect(item(page, "nieuw")).to_contain_text("Nieuwe bib")
        commands.archive(Kind.ACTOR, "nieuw", by=homes.BY)
        ask_until(page, lambda: not item(page, "nieuw").is_visible(), POLL_S)
    expect(item(page, "nieuw")).to_have_count(0)


def test_a_database_lost_or_broken_leaves_what_was_read_and_a_sentence(
    own_app: tuple[str, Path], open_page: Opener
) -> None:
    address, database = own_app
    ready(open_page(address))
    kept = database.rename(database.with_name("kept.db"))
    for language, content in (("fr", b""), ("nl", b"not a database" * 999)):
        if content:
            database.write_bytes(content)
        page = ready(open_page(address, locale=f"{language}-BE"))
        expect(names(page)).to_have_count(7)
        expect(page.get_by_text(say(language)(SILENT))).to_be_visible()
    kept.replace(database)
    told = page.get_by_text(say("nl")(SILENT))
    ask_until(page, lambda: not told.is_visible(), RETRY_S)
    expect(told).to_have_count(0)


@pytest.fixture
def empty(browsers: Browsers, built: Path, tmp_path: Path, log: list[str]) -> Iterator[str]:
    """An app nobody prepared a database for."""
    del browsers, built
    with served(tmp_path, log=log) as (address, _):
        yield address


def test_without_a_database_a_sentence_is_shown(empty: str, open_page: Opener) -> None:
    for language in ("fr", "nl"):
        page = open_page(empty, locale=f"{language}-BE")
        told = page.get_by_role("alert").filter(visible=True)
        expect(told).to_be_visible()
        message = "The database cannot be used now ({reason}). Check it and try again."
        expect(told).to_contain_text(say(language)(message).split("(")[0])
        expect(page.get_by_text("Traceback")).to_have_count(0)
    answer = page.request.get(f"{empty}/embed?lang=nl")
    assert answer.status == 503
    assert say("nl")(message).split("(")[0] in answer.text()
    assert "Traceback" not in answer.text()


def test_a_directory_of_no_place_says_what_brings_some(
    browsers: Browsers, built: Path, tmp_path: Path, log: list[str], open_page: Opener
) -> None:
    del browsers, built
    homes.seeded(tmp_path)
    with served(tmp_path, log=log) as (address, _):
        page = open_page(address, locale="nl-BE")
        told = "The directory holds no place yet: Import or `make data` brings some."
        expect(page.get_by_text(say("nl")(told).split(":")[0])).to_be_visible()
        at_rest(page)
        none = say("nl")("Nothing matches. Take away a filter or try another word.")
        expect(page.get_by_text(none)).to_have_count(0)


@pytest.fixture
def damaged(
    browsers: Browsers, built: Path, small_home: Path, tmp_path: Path, log: list[str]
) -> Iterator[str]:
    """An app whose official outlines were written by half."""
    del browsers, built
    shutil.copytree(small_home, tmp_path, dirs_exist_ok=True)
    (tmp_path / "sectors").mkdir(exist_ok=True)
    (tmp_path / "sectors" / "sectors.json").write_text('{"source": "Stat', encoding="utf-8")
    with served(tmp_path, log=log) as (address, _):
        yield address


def test_damaged_outlines_leave_schematic_ones_and_a_sentence(
    damaged: str, open_page: Opener
) -> None:
    page = ready(open_page(damaged, locale="nl-BE"))
    message = "The official outlines kept here are damaged: {reason}. Run make data again."
    told = page.get_by_role("alert").filter(has_text=say("nl")(message).split("{")[0])
    expect(told).to_be_visible()
    expect(open_legend(page, "nl")).to_contain_text(
        say("nl")("Statistical sector (schematic outline)")
    )
