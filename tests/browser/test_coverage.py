"""Coverage: classes on the map, the same in the table, why an area stands where it does."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, fits, say

pytestmark = pytest.mark.browser
PATHS = ".leaflet-plein-{layer}-pane path"
LEVELS = {
    "sector": "sectors",
    "neighbourhood": "neighbourhoods",
    "municipality": "municipalities",
    "region": "municipalities",
}


def table(page: Page) -> Locator:
    """The rows of the table, once they are there."""
    rows = page.locator(".plein-told tbody tr")
    expect(rows.first).to_be_visible()
    return rows


def heading(page: Page, text: str) -> Locator:
    """A heading of the table that sorts it."""
    return page.locator(".plein-told thead").get_by_role("button", name=text)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_sector_has_its_class_or_is_hatched(
    near_app: str, open_page: Opener, language: str
) -> None:
    page = open_page(f"{near_app}/coverage", locale=f"{language}-BE")
    paths = page.locator(PATHS.format(layer="sectors"))
    expect(paths.and_(page.locator('[fill^="url(#plein-hatch"]')).first).to_be_attached()
    best = paths.and_(page.locator('[fill="#0b5e66"]'))
    expect(best.first).to_be_attached()
    counts = [int(told) for told in page.locator(".plein-key td:nth-child(3)").all_inner_texts()]
    assert sum(counts) == paths.count() == 724
    expect(table(page)).to_have_count(724)
    assert counts[0] == best.count()
    expect(page.locator(".plein-told figure").first).to_contain_text(
        say(language)("How many areas have how much")
    )


@pytest.mark.parametrize("level", LEVELS)
def test_every_level_is_shaded_and_listed(near_app: str, open_page: Opener, level: str) -> None:
    page = open_page(f"{near_app}/coverage?level={level}&measure=inside", locale="nl-BE")
    paths = page.locator(PATHS.format(layer=LEVELS[level]) + ".leaflet-interactive")
    expect(paths.and_(page.locator('[fill^="#"], [fill^="url"]')).first).to_be_attached()
    expect(table(page)).to_have_count(1 if level == "region" else paths.count())


def test_another_measure_is_in_the_link_and_a_sector_tells_why(
    near_app: str, open_page: Opener
) -> None:
    address = f"{near_app}/coverage?what=pharmacy&measure=inside&pick=sectors:21004A71-"
    page = open_page(address, locale="en-GB", size=PHONE)
    card = page.locator(".plein-why")
    expect(card).to_contain_text("Pharmacie")
    expect(card).to_contain_text("By Rue Haute")
    expect(card).to_contain_text("the addresses of the sector")
    expect(page.locator(".plein-way-end").first).to_be_attached()
    expect(table(page).and_(page.locator('[aria-current="true"]'))).to_have_count(1)
    assert fits(page)
    page.get_by_text("Only what a relay checked").click()
    expect(page).to_have_url(re.compile("checked=1"))
    expect(page.get_by_text("nothing here was checked")).to_be_visible()
    page.get_by_role("button", name="Close", exact=True).click()
    expect(card).to_have_count(0)


def test_the_table_is_sorted_and_chosen_from_the_keyboard(near_app: str, open_page: Opener) -> None:
    page = open_page(f"{near_app}/coverage", locale="en-GB")
    table(page)
    by_value = page.locator(".plein-told th[aria-sort]:not([aria-sort=none])")
    expect(by_value).to_have_attribute("aria-sort", "descending")
    name = heading(page, "Statistical sectors")
    name.focus()
    page.keyboard.press("Enter")
    head = page.locator(".plein-told th[scope=col]").first
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(name).to_be_focused()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    rows = page.locator(".plein-told tbody button")
    rows.first.focus()
    page.keyboard.press("ArrowDown")
    expect(rows.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(table(page).nth(1)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile("pick=sectors"))
    expect(page.locator(".plein-why h2")).to_be_visible()


def test_limits_that_are_none_are_told_and_ours_stay(near_app: str, open_page: Opener) -> None:
    page = open_page(f"{near_app}/coverage?classes=typed&limits=10;+5", locale="en-GB")
    expect(page.locator(".plein-key [role=alert]")).to_contain_text("10; 5")
    page.locator(".st-key-coverage_classes button").first.click()
    field = page.get_by_role("textbox", name="Limits, rising")
    field.fill("2; 4; 6; 8; 10; 12")
    field.press("Enter")
    expect(page.locator(".plein-key [role=alert]")).to_have_count(0)
    expect(page.locator(".plein-key tbody tr").first).to_contain_text("2 min or less")
    expect(page).to_have_url(re.compile("limits=2"))
    page.reload()
    expect(page.locator(".plein-key tbody tr").first).to_contain_text("2 min or less")


def test_without_streets_it_says_so(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/coverage", locale="en-GB")
    expect(page.get_by_text("No streets to walk are known yet")).to_be_visible()
