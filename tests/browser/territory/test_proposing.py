"""Neighbourhoods for all 724 sectors are proposed, drawn, cancelled, taken and saved."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.screen import say
from tests.browser.territory import desk

pytestmark = [pytest.mark.browser, pytest.mark.official]
LONG_MS = 240_000
"""A proposal takes two seconds alone on the machine, and a minute where others work too."""


def test_all_724_are_proposed_drawn_and_saved(
    official_territory_app: str, open_page: Opener
) -> None:
    told = say("fr")
    page = open_page(f"{official_territory_app}/territory?view=propose")
    start = page.locator(".st-key-territory_propose button")
    expect(start).to_be_visible()
    expect(page.get_by_label(told("A sector counts for"))).to_have_value("1000.00")
    page.get_by_label(told("Proposals")).fill("2")
    page.keyboard.press("Tab")
    start.click()
    cards = page.locator(".plein-territory-card")
    expect(cards).to_have_count(2, timeout=LONG_MS)
    for card in cards.all():
        rows = dict(
            zip(
                card.locator("th").all_text_contents(),
                card.locator("td").all_text_contents(),
                strict=True,
            )
        )
        assert rows[told("Neighbourhoods")] == "97"
        assert rows[told("Within the rules")].startswith("100")
        assert told("In none") not in rows
    expect(desk.drawn(page)).to_have_count(724)
    coloured = page.locator(".leaflet-plein-edit-pane path[fill-opacity='0.42']")
    expect(coloured).to_have_count(724)
    page.locator(".st-key-territory_take_0 button").click()
    desk.sign(page, told, "Ada")
    expect(desk.saving(page)).to_be_enabled()
    desk.save(page)
    desk.saved(page)
    desk.take_back(page)
    expect(page.locator(".st-key-territory_take_back")).to_have_count(0)
    expect(coloured).not_to_have_count(724)


def test_a_proposal_is_cancelled(official_territory_app: str, open_page: Opener) -> None:
    page = open_page(f"{official_territory_app}/territory?view=propose", locale="nl-BE")
    start = page.locator(".st-key-territory_propose button")
    expect(start).to_be_visible()
    page.get_by_label(say("nl")("Proposals")).fill("5")
    page.keyboard.press("Tab")
    start.click()
    page.locator(".st-key-territory_cancel button").click()
    expect(page.locator(".st-key-territory_cancel")).to_have_count(0, timeout=LONG_MS)
    stopped = say("nl")("Stopped before it was done.")
    expect(page.locator(".plein-territory-card").last).to_contain_text(stopped)
