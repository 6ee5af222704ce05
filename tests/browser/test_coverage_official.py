"""Official outlines, 1,787 places, streets of the City: who lacks a pharmacy, and why."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.screen import say

pytestmark = [pytest.mark.browser, pytest.mark.official]
MINUTES = {"fr": r"^(\d+)\smin$", "nl": r"^(\d+)\smin$"}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_ten_sectors_lack_a_pharmacy_within_ten_minutes_and_why(
    official_near_app: str, open_page: Opener, language: str
) -> None:
    page = open_page(f"{official_near_app}/coverage?what=pharmacy", locale=f"{language}-BE")
    rows = page.locator(".plein-told tbody tr")
    expect(rows).to_have_count(724)
    told = [row.locator("td").first.inner_text().strip() for row in rows.all()[:10]]
    found = [int(match[1]) for text in told if (match := re.match(MINUTES[language], text))]
    assert len(found) == 10
    assert min(found) > 10
    assert found == sorted(found, reverse=True)
    rows.first.get_by_role("button").click()
    card = page.locator(".plein-why")
    unit = "minutes" if language == "fr" else "minuten"
    expect(card.locator("li").first).to_contain_text(f"{found[0]} {unit}")
    expect(card).to_contain_text(say(language)("Where they live"))
    expect(page.locator("path.plein-way")).to_be_attached()
    expect(page.locator(".plein-way-end").first).to_be_visible()
    name = rows.first.locator("bdi").first.inner_text()
    expect(card.locator("h2")).to_have_text(name)


def test_monitoring_districts_are_shaded_and_not_fetched_for_residents(
    official_near_app: str, open_page: Opener
) -> None:
    page = open_page(f"{official_near_app}/coverage?level=district&measure=inside", locale="nl-BE")
    paths = page.locator(".leaflet-plein-districts-pane path.leaflet-interactive")
    expect(paths.first).to_be_attached()
    expect(page.locator(".plein-told tbody tr")).to_have_count(paths.count())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(official_near_app)
    expect(page.locator(".plein-item").first).to_be_visible()
    expect(page.locator(".plein-badge, .plein-sign").first).to_be_visible()
    assert any("/layers/sectors/" in url for url in asked)
    assert not any("/layers/districts/" in url for url in asked)
