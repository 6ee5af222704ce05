"""Whom the browser talks to, and what it tells."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, open_card, place, ready, say, search
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser
HERE = {"latitude": 50.8137193, "longitude": 4.3829471}
DIGITS = (b"50.8137", b"508137", b"4.3829", b"43829471", b"8137193")


def test_the_position_is_asked_on_press_only_and_never_sent(
    app: str, open_page: Opener, watches: list[Watch]
) -> None:
    page = ready(open_page(app, permissions=["geolocation"], geolocation=HERE))
    before = place(page) if "#map" in page.url else ""
    page.get_by_role("button", name=say("fr")("Show where I am (stays on this device)")).click()
    expect(page).to_have_url(re.compile(r"#map=1\d(\.\d)?/50\.81372/4\.38295"))
    assert place(page) != before
    search(page, "pharmacie")
    open_card(page, "apotheek-vos")
    page.get_by_role("link", name=say("fr")("Relays")).click()
    expect(page.locator(".plein-table")).to_be_visible()
    sent = b"\n".join(watches[0].sent)
    assert len(sent) > 1000
    assert [digits for digits in DIGITS if digits in sent] == []


def test_where_the_position_is_refused_a_sentence_says_so(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    page.get_by_role("button", name=say("fr")("Show where I am (stays on this device)")).click()
    told = say("fr")("This device did not tell where it is.")
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 860), PHONE], ids=["wide", "phone"])
def test_every_kind_of_request_stays_with_us(
    app: str, open_page: Opener, watches: list[Watch], size: tuple[int, int]
) -> None:
    page = ready(open_page(app, size=size))
    page.wait_for_function("document.fonts.status === 'loaded'")
    for path in ("/relays", "/import", "/about", "/embed?lang=en"):
        page.goto(app + path)
        expect(page.locator("h1, h2, .plein-sign, .plein-badge").first).to_be_visible()
    asked = watches[0].asked
    for kind in ("ws://", "/assets/plein.js", ".woff2", "/layers/actors/"):
        assert any(kind in url for url in asked), kind
    icons = page.locator("link[rel~=icon]").evaluate_all("all => all.map(link => link.href)")
    assert all(icon.startswith((app, "data:")) for icon in icons)


def test_the_policy_stops_what_should_not_leave(
    app: str, open_page: Opener, watches: list[Watch]
) -> None:
    page = ready(open_page(app))
    stopped = page.evaluate(
        """async () => {
          const told = [];
          document.addEventListener("securitypolicyviolation", e => told.push(e.blockedURI));
          await fetch("https://evil.example/").catch(() => told.push("fetch"));
          const image = new Image();
          await new Promise(done => { image.onerror = done; image.src = "//evil.example/x.png"; });
          return told;
        }"""
    )
    assert "fetch" in stopped
    assert any("x.png" in told for told in stopped)
    assert len(watches[0].wrong) >= 2
    watches.clear()
