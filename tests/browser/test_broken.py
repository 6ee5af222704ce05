"""What a person sees when the database is gone, broken or was never there."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, expect

from directory.store.store import RETRY_S
from tests.browser.conftest import Opener
from tests.browser.screen import names, ready, say, search
from tests.serving import served

pytestmark = pytest.mark.browser
SILENT = "The database does not answer. What you see is as it was; nothing can be changed."


@pytest.fixture
def dying(
    chromium: Browser, built: Path, small_home: Path, tmp_path: Path, log: list[str]
) -> Iterator[tuple[str, Path]]:
    """An app of its own, and its database."""
    del chromium, built
    home = tmp_path / "home"
    shutil.copytree(small_home, home)
    with served(home, log=log) as (address, _):
        yield address, home / "plein.db"


def test_a_database_lost_or_broken_leaves_what_was_read_and_a_sentence(
    dying: tuple[str, Path], open_page: Opener
) -> None:
    address, database = dying
    page = ready(open_page(address))
    kept = database.rename(database.with_name("kept.db"))
    for language, content in (("fr", b""), ("nl", b"not a database" * 999)):
        if content:
            database.write_bytes(content)
        page = ready(open_page(address, locale=f"{language}-BE"))
        expect(names(page)).to_have_count(7)
        expect(page.get_by_text(say(language)(SILENT))).to_be_visible()
    kept.replace(database)
    told = page.get_by_text(say("nl")(SILENT))
    until = monotonic() + RETRY_S + 5
    while told.is_visible() and monotonic() < until:
        search(page, f"{until - monotonic():.1f}")
        expect(names(page)).to_have_count(0)
        search(page, "")
        expect(names(page)).to_have_count(7)
    expect(told).to_have_count(0)


@pytest.fixture
def empty(chromium: Browser, built: Path, tmp_path: Path, log: list[str]) -> Iterator[str]:
    """An app nobody prepared a database for."""
    del chromium, built
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
