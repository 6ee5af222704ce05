"""Coverage: classes on the map, the table of the sectors, and why one stands where it does."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.screen import PHONE

pytestmark = pytest.mark.browser
PATHS = ".leaflet-plein-sectors-pane path"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_sector_has_its_class_or_is_hatched(
    near_app: str, open_page: Opener, language: str
) -> None:
    page = open_page(f"{near_app}/coverage", locale=f"{language}-BE")
    expect(page.locator(PATHS).first).to_be_attached()
    expect(page.locator(f'{PATHS}[fill="url(#plein-hatch)"]').first).to_be_attached()
    best = page.locator(f'{PATHS}[fill="#0b5e66"]')
    expect(best.first).to_be_attached()
    counts = [int(told) for told in page.locator(".plein-key b").all_inner_texts()]
    assert sum(counts) == page.locator(PATHS).count() == 724
    assert counts[0] == best.count()


def test_another_measure_is_in_the_link_and_a_sector_tells_why(
    near_app: str, open_page: Opener
) -> None:
    address = f"{near_app}/coverage?what=pharmacy&measure=inside&pick=sectors:21004A71-"
    page = open_page(address, locale="en-GB", size=PHONE)
    expect(page.locator(".plein-near-relay")).to_contain_text("Pharmacie")
    expect(page.locator(".plein-near-relay")).to_contain_text("minute")
    page.get_by_text("Only what a relay checked").click()
    expect(page).to_have_url(re.compile("checked=1"))
    expect(page.get_by_text("nothing here was checked")).to_be_visible()


def test_without_streets_it_says_so(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/coverage", locale="en-GB")
    expect(page.get_by_text("No streets to walk are known yet")).to_be_visible()
