"""Coverage of two days side by side: one pharmacy of two closed in between."""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from directory.actors import Status
from directory.commands import Commands
from directory.store.erasing import unlocked
from directory.store.tables import ChangeRow, table
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.serving import served

pytestmark = pytest.mark.browser
THEN = date(2026, 3, 2)
SECTOR = "21004A71-"


@pytest.fixture(scope="module")
def dated_app(
    browsers: Browsers,
    built: Path,
    near_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    log: list[str],
) -> Iterator[str]:
    """All was written down in March, and today the nearest pharmacy is gone."""
    del browsers, built
    home = tmp_path_factory.mktemp("dated")
    shutil.copytree(near_home, home, dirs_exist_ok=True)
    changes = table(ChangeRow)
    with homes.opened(home) as store:
        with store.keeping() as connection, unlocked(connection):
            connection.execute(update(changes).values(at=datetime(2026, 3, 1, 12, tzinfo=UTC)))
        gone = store.directory().actors["apotheek-vos"]
        Commands(store).save([gone.model_copy(update={"status": Status.ARCHIVED})], by=homes.BY)
    with served(home, log=log) as (address, _):
        yield address


def test_two_days_stand_side_by_side_and_look_at_the_same(
    dated_app: str, open_page: Opener
) -> None:
    page = open_page(
        f"{dated_app}/coverage?beside={THEN}&measure=inside&pick=sectors:{SECTOR}", locale="fr-BE"
    )
    maps = page.locator(".plein-map")
    expect(maps).to_have_count(2)
    row = page.locator(f'.plein-told tbody tr:has(button[data-id="{SECTOR}"])')
    expect(row.locator("td")).to_have_text(["2", "1", "-1"])
    expect(row).to_have_attribute("aria-current", "true")
    expect(page.locator(".plein-told thead")).to_contain_text("2 mars 2026")
    for number, dots in enumerate((3, 2)):
        expect(maps.nth(number).locator(".plein-place-dot")).to_have_count(dots)
        expect(maps.nth(number).locator(".leaflet-plein-sectors-pane path")).to_have_count(724)
    maps.nth(1).get_by_role("button", name=re.compile("Zoom|Agrandir|avant")).first.click()
    shown = "() => new Set([...document.querySelectorAll('.plein-map')].map((map) => "
    shown += "map.querySelector('.leaflet-plein-sectors-pane path').getAttribute('d'))).size === 1"
    page.wait_for_function(shown)


@pytest.mark.parametrize("day", ["2026-02-27", "1999-01-01", "2999-01-01", "yesterday"])
def test_a_day_the_history_does_not_know_is_passed_over(
    dated_app: str, open_page: Opener, day: str
) -> None:
    page = open_page(f"{dated_app}/coverage?day={day}&beside={day}", locale="en-GB")
    expect(page.locator(".plein-told tbody tr").first).to_be_visible()
    expect(page.locator(".plein-map")).to_have_count(1)
