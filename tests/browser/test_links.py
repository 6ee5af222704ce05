"""Each state is in the address: a link opens the same view, and the browser's buttons work."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.screen import (
    card,
    filter_by,
    layer,
    names,
    open_card,
    place,
    ready,
    say,
    search,
)

pytestmark = pytest.mark.browser


def find_and_copy(page: Page) -> str:
    """Search, choose, and copy the link as a person does."""
    search(page, "pharmacie marolles")
    expect(names(page)).to_have_count(2)
    open_card(page, "apotheek-vos")
    place(page)
    page.locator(".plein-share").click()
    told = say("fr")("The link to this view is copied.")
    expect(page.get_by_role("status").filter(has_text=told)).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert copied == page.url
    return copied


@pytest.mark.parametrize(
    ("locale", "name"), [("fr-BE", "Pharmacie du Renard"), ("nl-BE", "Apotheek De Vos")]
)
def test_a_copied_link_opens_the_same_view(
    app: str, open_page: Opener, locale: str, name: str
) -> None:
    sender = ready(open_page(app, permissions=["clipboard-read", "clipboard-write"]))
    sender.locator(".plein-buttons button").first.click()
    link = find_and_copy(sender)
    reader = ready(open_page(link, locale=locale))
    expect(card(reader).get_by_role("heading")).to_have_text(name)
    expect(reader.get_by_role("searchbox")).to_have_value("pharmacie marolles")
    expect(names(reader)).to_have_count(2)
    expect(reader.locator('.plein-item[aria-current="true"]')).to_contain_text(name)
    expect(reader.locator(".plein-chosen")).to_have_attribute("aria-label", re.compile(f"^{name}"))
    assert place(reader) == place(sender)


def test_where_copying_is_forbidden_the_link_is_shown_selected(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    open_card(page, "apotheek-vos")
    page.locator(".plein-share").click()
    expect(page.locator(".plein-share-link")).to_have_value(page.url)


def test_filters_stay_in_the_address(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    filter_by(page, "fr", "Municipality", "Koekelberg")
    expect(names(page)).to_have_text(["Pharmacie Sainte-Anne"])
    expect(page).to_have_url(re.compile("municipality=21011"))
    page.reload()
    ready(page)
    expect(names(page)).to_have_text(["Pharmacie Sainte-Anne"])


def test_layers_put_off_stay_in_the_address(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    layer(page, "fr", "Relays and their hosts").uncheck()
    expect(page).to_have_url(re.compile("off=relays"))
    search(page, "pharmacie")
    expect(names(page)).to_have_count(4)
    expect(page).to_have_url(re.compile("q=pharmacie.*off=relays"))
    reader = ready(open_page(page.url, locale="nl-BE"))
    expect(layer(reader, "nl", "Relays and their hosts")).not_to_be_checked()


def test_back_and_forward_go_through_what_was_chosen(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    open_card(page, "apotheek-vos")
    open_card(page, "school-blaes")
    page.go_back()
    expect(card(page).get_by_role("heading")).to_have_text("Pharmacie du Renard")
    page.go_forward()
    expect(card(page).get_by_role("heading")).to_have_text("École Blaes")
    page.go_back()
    page.go_back()
    expect(card(page)).to_have_count(0)


def test_coming_back_from_another_page_keeps_the_filters(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    search(page, "pharmacie marolles")
    expect(names(page)).to_have_count(2)
    page.get_by_role("link", name=say("fr")("Relays"), exact=True).click()
    expect(page.get_by_role("table")).to_be_visible()
    page.get_by_role("link", name=say("fr")("Map"), exact=True).click()
    ready(page)
    expect(names(page)).to_have_count(2)
    expect(page.get_by_role("searchbox")).to_have_value("pharmacie marolles")
    expect(page).to_have_url(re.compile(r"q=pharmacie(\+|%20)marolles"))


def test_the_browsers_back_from_another_page_keeps_the_filters(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    search(page, "pharmacie marolles")
    expect(page).to_have_url(re.compile(r"q=pharmacie(\+|%20)marolles"))
    page.get_by_role("link", name=say("fr")("Relays"), exact=True).click()
    expect(page.get_by_role("table")).to_be_visible()
    page.go_back()
    ready(page)
    expect(page.get_by_role("searchbox")).to_have_value("pharmacie marolles")
    expect(names(page)).to_have_count(2)


@pytest.mark.parametrize(
    "query",
    [
        "pick=actors:gone",
        "pick=<script>window.__hacked=1</script>",
        "pick=relays:%00&group=nonsense&category=../..&lang=xx",
        "q=" + "a" * 5_000,
        "q=<img src=x onerror=window.__hacked=1>&neighbourhood=<b>&show=<b>&open=2",
    ],
)
def test_an_address_made_up_by_somebody_opens_a_page(
    app: str, open_page: Opener, query: str
) -> None:
    page = open_page(f"{app}/?{query}")
    title = say("fr")("Who can help in your neighbourhood?")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.locator(".leaflet-container")).to_be_visible()
    assert page.evaluate("window.__hacked") is None
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_place_that_is_gone_is_told(app: str, open_page: Opener) -> None:
    page = ready(open_page(f"{app}/?pick=actors:gone"))
    told = say("fr")("This is no longer in the directory. It may have moved or closed.")
    expect(page.get_by_text(told)).to_be_visible()
