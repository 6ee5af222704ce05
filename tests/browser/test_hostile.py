"""Texts of somebody who means harm: shown letter by letter, run nowhere, break no layout."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.browser.homes import days_ago
from tests.browser.hostile import CODES, MARK, RELAYS, TEXTS, WEBSITE
from tests.browser.screen import PHONE, card, fits, item, names, open_card, ready, say, sign

pytestmark = pytest.mark.browser
PLACES = [f"hostile-{key}" for key in TEXTS]
NEAR = "/#map=16/50.8397/4.3476"


def spaced(text: str) -> str:
    """Return a text as a browser shows it: runs of spaces are one."""
    return " ".join(text.split())


def nothing_ran(page: Page) -> None:
    """Check that no text became anything but text."""
    assert page.evaluate(f"window.{MARK}") is None
    assert page.locator("img[src=x], svg[onload], [onerror]").count() == 0
    out = "a[href*='evil.example']:not([rel*=noopener]):not([href^='geo:'])"
    assert page.locator(out).count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("[data-testid=stMain] .katex").count() == 0


def unbroken(box: Locator, most_px: int) -> None:
    """Check that one thing on the screen is not blown up by what it says."""
    found = box.bounding_box()
    assert found is not None
    assert found["height"] <= most_px


def test_the_list_shows_them_as_they_are(hostile_app: str, open_page: Opener) -> None:
    page = ready(open_page(hostile_app))
    for key, text in TEXTS.items():
        expect(item(page, f"hostile-{key}").locator(".plein-item-name")).to_have_text(spaced(text))
        unbroken(item(page, f"hostile-{key}"), 130)
    nothing_ran(page)
    assert fits(page)


@pytest.mark.parametrize("kind", ["activities", "relays"])
def test_the_other_lists_too(hostile_app: str, open_page: Opener, kind: str) -> None:
    page = ready(open_page(f"{hostile_app}/?show={kind}"))
    shown = names(page).all_inner_texts()
    assert {spaced(text) for text in TEXTS.values()} <= {spaced(text) for text in shown}
    nothing_ran(page)
    assert fits(page)


@pytest.mark.parametrize("size", [(1280, 860), PHONE], ids=["wide", "phone"])
def test_the_card_shows_them_as_they_are(
    hostile_app: str, open_page: Opener, size: tuple[int, int]
) -> None:
    day = days_ago(25)
    page = ready(open_page(hostile_app, locale="en-GB", size=size))
    for key, text in TEXTS.items():
        told = open_card(page, f"hostile-{key}")
        expect(told.get_by_role("heading")).to_have_text(spaced(text))
        expect(told.locator(".plein-lead")).to_have_text(spaced(text))
        expect(told.get_by_text(f"As written: {text}")).to_be_visible()
        for line in (f"Verified on {day.day} {day:%B %Y} by {text}", f"Source: {text} ({text})"):
            expect(told.locator(".plein-fine")).to_contain_text(spaced(line))
        written = told.locator(".plein-facts").get_by_role("link")
        expect(written).to_have_attribute("href", WEBSITE)
        assert fits(page)
        box, inner = told.bounding_box(), told.locator(".plein-facts").bounding_box()
        assert box is not None
        assert inner is not None
        assert inner["width"] <= box["width"] + 1
    nothing_ran(page)


@pytest.mark.parametrize("layer", ["activities", "relays"])
def test_the_cards_of_the_rest_too(hostile_app: str, open_page: Opener, layer: str) -> None:
    page = ready(open_page(f"{hostile_app}/?show={layer}"))
    for key, text in TEXTS.items():
        told = open_card(page, f"hostile-{key}" if layer == "activities" else RELAYS[key])
        expect(told.get_by_role("heading")).to_have_text(spaced(text))
    nothing_ran(page)
    assert fits(page)


@pytest.mark.parametrize("key", ["image", "template", "markdown", "long"])
def test_the_card_of_a_neighbourhood_too(hostile_app: str, open_page: Opener, key: str) -> None:
    page = ready(open_page(f"{hostile_app}/?pick=neighbourhoods:{RELAYS[key]}"))
    expect(card(page).get_by_role("heading")).to_have_text(spaced(TEXTS[key]))
    nothing_ran(page)
    assert fits(page)


def test_the_map_names_them_as_they_are(hostile_app: str, open_page: Opener) -> None:
    page = ready(open_page(hostile_app + NEAR))
    for key, text in TEXTS.items():
        open_card(page, f"hostile-{key}")
        page.locator(".plein-chosen").hover()
        tip = page.locator(".plein-tip")
        expect(tip.locator(".plein-tip-name")).to_have_text(spaced(text))
        unbroken(tip, 180)
        page.mouse.move(0, 0)
    nothing_ran(page)


def test_names_of_neighbourhoods_on_the_map_are_text(hostile_app: str, open_page: Opener) -> None:
    page = ready(open_page(f"{hostile_app}/#map=14.5/50.8365/4.3466"))
    label = page.locator(".plein-name", has_text="onerror")
    expect(label.first).to_be_visible()
    nothing_ran(page)


def test_the_relays_page_shows_them_as_they_are(hostile_app: str, open_page: Opener) -> None:
    page = open_page(f"{hostile_app}/relays", locale="en-GB")
    table = page.locator(".plein-table")
    for key, text in TEXTS.items():
        link = table.locator(f"a[href$='relays%3A{RELAYS[key]}']")
        expect(link).to_have_text(spaced(text))
    for code in CODES:
        expect(table.get_by_text(code)).to_be_visible()
    lines_of_towns = table.locator("td:nth-child(3)", has_text="Schaerbeek").evaluate_all(
        """all => all.map(cell => {
             const text = document.createRange();
             text.selectNodeContents(cell);
             return text.getClientRects().length; })"""
    )
    assert set(lines_of_towns) == {1}
    nothing_ran(page)
    assert fits(page)


def test_the_page_about_it_shows_sources_as_they_are(hostile_app: str, open_page: Opener) -> None:
    page = open_page(f"{hostile_app}/about", locale="en-GB")
    for text in TEXTS.values():
        expect(page.get_by_text(f"1 place: {text}, {text}.")).to_have_count(1)
    nothing_ran(page)
    assert fits(page)


def test_the_filters_list_them_as_they_are(hostile_app: str, open_page: Opener) -> None:
    page = ready(open_page(hostile_app, locale="en-GB"))
    page.locator(".st-key-more").get_by_role("button").first.click()
    box = page.get_by_role("dialog").get_by_role("combobox", name="Neighbourhood of a relay")
    for key in ("image", "markdown", "streamlit", "template"):
        box.fill(TEXTS[key][:12])
        expect(page.get_by_role("option", name=TEXTS[key], exact=True)).to_be_visible()
    page.get_by_role("option", name=TEXTS["template"], exact=True).click()
    expect(page).to_have_url(re.compile("neighbourhood=noord"))
    nothing_ran(page)


def test_the_embed_and_its_cards_show_them_as_they_are(hostile_app: str, open_page: Opener) -> None:
    page = open_page(f"{hostile_app}/embed?lang=nl", size=(1200, 1000))
    expect(page.locator(".plein-sign, .plein-badge").first).to_be_visible()
    for key in ("image", "ending", "template", "attribute"):
        found = sign(page, TEXTS[key].replace('"', '\\"')).first
        found.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".plein-popup h3")).to_have_text(spaced(TEXTS[key]))
        page.locator(".leaflet-popup-close-button").click()
    nothing_ran(page)
    assert fits(page)


def test_the_title_of_the_page_is_ours(hostile_app: str, open_page: Opener) -> None:
    page = open_page(hostile_app)
    for path in ("/", "/relays", "/?pick=actors:hostile-attribute", "/embed"):
        page.goto(hostile_app + path)
        expect(page).to_have_title(re.compile(r"^[\w· ]*(Plein|Carte|Relais)$"))


def test_what_is_typed_into_the_search_is_text(hostile_app: str, open_page: Opener) -> None:
    page = ready(open_page(hostile_app))
    for text in TEXTS.values():
        page.get_by_role("searchbox").fill(text[:200])
        expect(page).to_have_url(re.compile(r"[?&]q="))
    nothing_ran(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        say("fr")("Who can help in your neighbourhood?")
    )


@pytest.mark.parametrize("size", [(1280, 860), PHONE], ids=["wide", "phone"])
def test_near_me_shows_them_as_they_are(
    hostile_app: str, open_page: Opener, size: tuple[int, int]
) -> None:
    taken = "&".join(f"take={key}" for key in PLACES[:10])
    page = open_page(f"{hostile_app}/near?{taken}", locale="en-GB", size=size)
    answers = page.locator(".plein-answer")
    expect(answers).to_have_count(len(PLACES[:10]))
    shown = {spaced(text) for text in page.locator(".plein-answer-title").all_inner_texts()}
    assert {spaced(text) for text in list(TEXTS.values())[:10]} <= shown
    for number in range(len(PLACES[:10])):
        unbroken(answers.nth(number), 900)
    page.locator(".plein-place-input").fill("hostile <img src=x onerror=alert(1)>")
    page.locator(".plein-place-input").press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator(".st-key-near_sheet button").click()
    with page.expect_download() as download:
        page.locator(".st-key-near_pdf button").click()
    assert download.value.failure() is None
    nothing_ran(page)
    assert fits(page)
