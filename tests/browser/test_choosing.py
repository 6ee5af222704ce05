"""Choosing on the map shows in the list, and the other way round; all of it by keyboard too."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.screen import (
    PHONE,
    card,
    item,
    layer,
    names,
    open_card,
    place,
    ready,
    say,
    search,
    sign,
)

pytestmark = pytest.mark.browser
NEAR = "/#map=18/50.83851/4.34763"


def test_choosing_on_the_map_marks_the_list_and_opens_the_card(app: str, open_page: Opener) -> None:
    page = ready(open_page(app + NEAR))
    sign(page, "Pharmacie de la Chapelle").click()
    expect(item(page, "apotheek-kapel")).to_have_attribute("aria-current", "true")
    expect(card(page)).to_contain_text("Pharmacie de la Chapelle")
    expect(card(page).get_by_role("heading")).to_be_in_viewport()


def test_choosing_in_the_list_moves_the_map_and_enlarges_the_sign(
    app: str, open_page: Opener
) -> None:
    page = ready(open_page(app))
    open_card(page, "apotheek-sint-anna")
    chosen = page.locator(".plein-chosen")
    expect(chosen).to_have_count(1)
    expect(chosen).to_have_attribute("aria-label", re.compile("^Pharmacie Sainte-Anne"))
    assert place(page).startswith("16/50.859")
    small = page.locator(".plein-sign:not(.plein-chosen)").first.bounding_box()
    large = chosen.bounding_box()
    drawn = page.locator(".plein-map").bounding_box()
    assert large is not None
    assert drawn is not None
    assert small is None or large["width"] > small["width"]
    assert large["width"] > 40
    assert drawn["x"] < large["x"] < drawn["x"] + drawn["width"]
    assert drawn["y"] < large["y"] < drawn["y"] + drawn["height"]


def test_a_neighbourhood_can_be_chosen_on_the_map(app: str, open_page: Opener) -> None:
    page = ready(open_page(app + "/#map=17/50.8368/4.3466"))
    box = page.locator(".plein-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.5)
    expect(card(page)).to_contain_text("CGSA Entr'Aide des Marolles")
    expect(page).to_have_url(re.compile("pick=neighbourhoods%3Amarollen"))


def test_the_last_of_two_quick_choices_stands(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    item(page, "apotheek-vos").click()
    item(page, "school-blaes").click()
    expect(card(page).get_by_role("heading")).to_have_text("École Blaes")
    expect(page).to_have_url(re.compile("pick=actors%3Aschool-blaes"))


@pytest.mark.parametrize("size", [(1280, 560), PHONE], ids=["low", "phone"])
def test_a_card_opened_from_far_down_is_in_sight_and_closing_it_leads_back(
    app: str, open_page: Opener, size: tuple[int, int]
) -> None:
    page = ready(open_page(app, size=size))
    told = open_card(page, "school-blaes")
    expect(told.get_by_role("heading")).to_be_in_viewport()
    page.get_by_role("button", name=say("fr")("Back to the list")).click()
    expect(item(page, "school-blaes")).to_be_focused()
    expect(item(page, "school-blaes")).to_be_in_viewport()


def test_what_has_no_place_is_found_in_the_list(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    told = open_card(page, "apotheek-nergens")
    expect(told).to_contain_text(say("fr")("Not known yet"))
    expect(page.locator(".plein-chosen")).to_have_count(0)


def test_back_to_the_list_lets_go_of_what_was_chosen(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    open_card(page, "school-blaes")
    page.get_by_role("button", name=say("fr")("Back to the list")).click()
    expect(card(page)).to_have_count(0)
    expect(page.locator('.plein-item[aria-current="true"]')).to_have_count(0)
    expect(page.locator(".plein-chosen")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("pick="))


def test_layers_put_off_leave_the_map(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    box = layer(page, "fr", "Neighbourhoods of the relays")
    box.uncheck()
    expect(page.locator(".leaflet-plein-neighbourhoods-pane path")).to_have_count(0)
    box.check()
    expect(page.locator(".leaflet-plein-neighbourhoods-pane path").first).to_be_attached()


def test_a_filter_leaves_the_same_map_standing(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    page.evaluate("document.querySelector('.plein-map').dataset.mine = 'yes'")
    search(page, "blaes")
    expect(names(page)).to_have_text(["École Blaes"])
    expect(page.locator('.plein-map[data-mine="yes"]')).to_have_count(1)
    expect(page.locator(".plein-map")).to_have_count(1)
    shown = page.locator(".plein-sign").evaluate_all(
        "all => all.map(s => s.ariaLabel).filter(l => /Pharmacie|École/.test(l))"
    )
    assert [label.split(",")[0] for label in shown] == ["École Blaes"]


def test_from_the_search_to_the_card_and_back_by_keyboard(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    page.get_by_role("searchbox").focus()
    page.keyboard.type("pharmacie marolles")
    expect(names(page)).to_have_count(2)
    _tab_until(page, ".plein-item")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    chosen = page.locator('.plein-item[aria-current="true"]')
    expect(chosen).to_be_focused()
    name = chosen.locator(".plein-item-name").inner_text()
    expect(card(page).get_by_role("heading")).to_have_text(name)
    _tab_until(page, ".st-key-card .plein-share", back=True)
    _tab_until(page, ".st-key-close_card button", back=True)
    page.keyboard.press("Enter")
    expect(card(page)).to_have_count(0)


def test_signs_of_the_map_are_reached_by_keyboard(app: str, open_page: Opener) -> None:
    page = ready(open_page(app + NEAR))
    expect(sign(page, "Pharmacie de la Chapelle")).to_be_visible()
    page.get_by_role("searchbox").focus()
    _tab_until(page, ".plein-sign")
    page.keyboard.press("Enter")
    name = page.locator(".plein-chosen").get_attribute("aria-label") or ""
    expect(card(page).get_by_role("heading")).to_have_text(name.split(",")[0])


def _tab_until(page: Page, selector: str, *, back: bool = False, most: int = 60) -> None:
    """Press Tab until something is in focus, as a person without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    pytest.fail(f"{selector} is not reached by Tab")


def test_the_card_of_a_neighbourhood_is_reached_from_its_relay(app: str, open_page: Opener) -> None:
    page = ready(open_page(f"{app}/?show=relays&pick=relays:marollen"))
    link = card(page).get_by_role("link", name="Les Marolles", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("pick=neighbourhoods%3Amarollen"))
    expect(card(page).get_by_role("heading")).to_have_text("Les Marolles")
