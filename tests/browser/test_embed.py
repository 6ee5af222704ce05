"""The map alone, for a partner's own page."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.screen import fits, layer, say

pytestmark = pytest.mark.browser


def test_it_draws_the_whole_map(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/embed?lang=nl")
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    expect(page.locator(".plein-sign, .plein-badge").first).to_be_visible()
    expect(page.locator(".leaflet-plein-neighbourhoods-pane path").nth(25)).to_be_attached()
    expect(layer(page, "nl", "Relays and their hosts")).to_be_checked()
    assert fits(page)


def test_a_sign_opens_its_card_on_the_map(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/embed?lang=nl", size=(1200, 1000))
    muntpunt = page.locator('.plein-sign[aria-label^="Muntpunt"]')
    muntpunt.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".plein-popup h3")).to_have_text("Muntpunt")
    page.get_by_role("button", name=say("nl")("Close")).click()
    expect(page.locator(".plein-popup")).to_have_count(0)


def test_another_site_may_frame_it_and_nothing_else(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/embed")
    policy = {
        path: page.request.get(app + path).headers["content-security-policy"]
        for path in ("/embed", "/")
    }
    assert "frame-ancestors" not in policy["/embed"]
    assert "frame-ancestors 'self'" in policy["/"]


@pytest.mark.parametrize("asked", ["xx", "<script>window.__hacked=1</script>", ""])
def test_a_language_made_up_by_somebody_gives_french(
    app: str, open_page: Opener, asked: str
) -> None:
    page = open_page(f"{app}/embed?lang={asked}")
    expect(page.locator(".leaflet-container")).to_have_attribute("lang", "fr")
    assert page.evaluate("window.__hacked") is None
