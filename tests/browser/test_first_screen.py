"""What a person sees before doing anything."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, fits, layer, names, open_legend, ready, say

pytestmark = pytest.mark.browser
NEIGHBOURHOODS = ".leaflet-plein-neighbourhoods-pane path"


def test_it_says_what_it_is_and_what_to_do(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    title = say("fr")("Who can help in your neighbourhood?")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    told = say("fr")("{places} places and {relays} relays. Search, or choose on the map.")
    expect(page.get_by_text(told.format(places=7, relays=26))).to_be_visible()
    expect(page.get_by_role("searchbox")).to_be_visible()


def test_every_neighbourhood_is_outlined_and_named(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    expect(page.locator(NEIGHBOURHOODS).nth(25)).to_be_attached()
    expect(page.locator(".plein-name").first).to_be_visible()
    page.goto(f"{app}/#map=15/50.8385/4.3476")
    page.reload()
    expect(page.locator(".plein-name", has_text="Les Marolles")).to_be_visible()


def test_the_list_stands_beside_the_map(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    expect(names(page)).to_have_count(7)
    listed, drawn = page.locator(".plein-list"), page.locator(".plein-map")
    expect(page.locator(".plein-list-summary")).to_have_text(re.compile("^7 "))
    left, right = listed.bounding_box(), drawn.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert right["y"] < page.viewport_size["height"] / 2  # type: ignore[index]


def test_the_legend_names_every_layer_and_group_in_use(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    for title in ("Places and people", "Relays and their hosts", "Neighbourhoods of the relays"):
        expect(layer(page, "fr", title)).to_be_checked()
    legend = open_legend(page, "fr")
    expect(legend.locator("li", has_text="Culture")).to_be_visible()
    expect(legend.locator("li", has_text="Autorités locales")).to_have_count(0)


def test_outlines_that_are_schematic_are_called_so(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    open_legend(page, "fr")
    told = say("fr")("Statistical sector (schematic outline)")
    expect(page.locator(".plein-legend li", has_text=told)).to_have_count(1)


def test_on_a_phone_the_list_comes_before_the_map(app: str, open_page: Opener) -> None:
    page = ready(open_page(app, size=PHONE))
    listed = page.locator(".plein-item").first.bounding_box()
    drawn = page.locator(".plein-map").bounding_box()
    assert listed is not None
    assert drawn is not None
    assert listed["y"] < PHONE[1] < drawn["y"] + drawn["height"]
    assert listed["y"] < drawn["y"]


@pytest.mark.parametrize(
    "path", ["/", "/relays", "/import", "/about", "/?pick=actors:apotheek-kapel"]
)
def test_nothing_is_wider_than_a_phone(app: str, open_page: Opener, path: str) -> None:
    page = open_page(app + path, size=PHONE)
    expect(page.locator("h1, h2").first).to_be_visible()
    assert fits(page)
    page.wait_for_function(  # once the page has settled
        """width => Math.max(...[...document.querySelectorAll("[data-testid=stMain] *")]
             .filter(e => e.checkVisibility() && !e.closest(".plein-map, [data-testid=stDataFrame],"
               + " .st-key-group"))
             .map(e => e.getBoundingClientRect().right)) <= width""",
        arg=PHONE[0],
    )


@pytest.mark.official
def test_all_of_brussels_is_there(official_app: str, open_page: Opener) -> None:
    page = ready(open_page(official_app))
    expect(page.locator(".leaflet-plein-sectors-pane path").first).to_be_attached()
    expect(page.locator(".plein-list-summary")).to_contain_text("1")
    expect(names(page)).to_have_count(30)
    more = page.locator(".plein-more")
    more.click()
    expect(names(page)).to_have_count(60)
    expect(page.locator(".plein-item").nth(30)).to_be_focused()
