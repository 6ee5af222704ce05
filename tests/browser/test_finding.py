"""Finding somebody: words, filters, languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.screen import (
    at_rest,
    card,
    filter_by,
    item,
    names,
    open_card,
    open_filters,
    ready,
    say,
    search,
    speak,
)

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("fr", ["pharmacie marolles", "farmacie maroles"], ["de la Chapelle", "du Renard"]),
        ("nl", ["apotheek marollen", "pharmacie marolles"], ["De Vos", "Kapel"]),
        ("en", ["pharmacy marolles"], ["de la Chapelle", "du Renard"]),
    ],
)
def test_typing_finds_it_in_any_language_and_spelling(
    app: str, open_page: Opener, language: str, words: list[str], found: list[str]
) -> None:
    page = ready(open_page(app, locale=f"{language}-BE"))
    for asked in words:
        search(page, "muntpunt")
        expect(names(page)).to_have_text(["Muntpunt"])
        search(page, asked)
        expect(names(page)).to_have_count(2)
        for name in found:
            expect(names(page).filter(has_text=name)).to_have_count(1)


@pytest.mark.parametrize(
    ("language", "word", "area"),
    [("fr", "pharmacie", "Les Marolles"), ("nl", "apotheek", "Marollen")],
)
def test_a_neighbourhood_chosen_in_the_panel_narrows_the_search(
    app: str, open_page: Opener, language: str, word: str, area: str
) -> None:
    page = ready(open_page(app, locale=f"{language}-BE"))
    search(page, word)
    expect(names(page)).to_have_count(4)
    filter_by(page, language, "Neighbourhood of a relay", area)
    expect(names(page)).to_have_count(2)
    used = say(language)("More filters ({n})").format(n=1)
    expect(page.locator(".st-key-more").get_by_role("button", name=used)).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=\w+&neighbourhood=marollen"))


@pytest.mark.official
@pytest.mark.parametrize(
    ("language", "words"), [("fr", "pharmacie marolles"), ("nl", "apotheek marollen")]
)
def test_a_pharmacy_in_the_marolles_is_found_among_all(
    official_app: str, open_page: Opener, language: str, words: str
) -> None:
    page = ready(open_page(official_app, locale=f"{language}-BE"))
    search(page, words)
    expect(page.locator(".plein-list-summary")).to_have_text(re.compile(r"^\d{1,2} "))
    subs = page.locator(".plein-item-sub")
    there = re.compile(r" · (Les Marolles|Marollen)")
    expect(subs.filter(has_not_text=there)).to_have_count(0)  # once the list is that of the words
    expect(subs.filter(has_text=there).first).to_be_visible()
    page.locator(".plein-item").first.click()
    expect(card(page)).to_contain_text("OpenStreetMap")


def test_the_card_says_everything_public_and_what_is_not_known(app: str, open_page: Opener) -> None:
    page = ready(open_page(app, locale="en-GB"))
    told = open_card(page, "apotheek-kapel")
    for text in (
        "Pharmacie de la Chapelle",
        "Ouverte jour et nuit.",
        "Open now, day and night",
        "Rue Haute 12",
        "Arabic",
        "Blaes (Rue)-Centre",
        "Les Marolles",
        "Entr'Aide des Marolles",
        "Verified on",
        "Test (CC0 1.0)",
        "appointment, price, for whom",
    ):
        expect(told).to_contain_text(text)
    expect(told).not_to_contain_text("999")
    links = told.get_by_role("link").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == [
        "tel:+3225110000",
        "mailto:bonjour@chapelle.example",
        "https://www.chapelle.example/",
        "propose?id=apotheek-kapel&lang=en",
    ]


def test_hours_that_do_not_parse_are_told_as_written(app: str, open_page: Opener) -> None:
    page = ready(open_page(app, locale="en-GB"))
    told = open_card(page, "buurthuis-marollen")
    expect(told).to_contain_text("As written: op afspraak, bel eerst")
    expect(told).to_contain_text("Never verified")


def test_open_now_leaves_what_is_open(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    page.get_by_text(say("fr")("Open now"), exact=True).first.click()
    expect(names(page)).to_have_text(["Pharmacie de la Chapelle"])
    expect(page).to_have_url(re.compile("open=1"))


def test_step_free_and_spoken_language_narrow(app: str, open_page: Opener) -> None:
    page = ready(open_page(app, locale="en-GB"))
    filter_by(page, "en", "Language spoken there", "French")
    expect(names(page)).to_have_count(2)
    open_filters(page, "en").get_by_text("Step-free (wheelchair)").click()
    expect(names(page)).to_have_text(["Pharmacie de la Chapelle"])


def test_a_group_narrows(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    page.get_by_role("button", name="Culture").click()
    expect(names(page)).to_have_text(["Muntpunt"])


def test_nothing_found_says_so_and_offers_a_way_out(app: str, open_page: Opener) -> None:
    page = ready(open_page(app))
    search(page, "zzzzzz")
    none = say("fr")("Nothing matches. Take away a filter or try another word.")
    expect(page.locator(".plein-list-note")).to_have_text(none)
    page.get_by_role("button", name=say("fr")("Take every filter away")).click()
    expect(names(page)).to_have_count(7)
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_activities_and_relays_have_their_list(app: str, open_page: Opener) -> None:
    page = ready(open_page(app, locale="nl-BE"))
    kinds = page.get_by_role("radiogroup", name=say("nl")("Show"))
    kinds.get_by_role("radio", name=say("nl")("Activities")).click()
    expect(names(page)).to_have_count(4)
    expect(names(page).first).to_contain_text(re.compile("Sociale stand|Conversatietafel"))
    kinds.get_by_role("radio", name=say("nl")("Relays")).click()
    expect(names(page)).to_have_count(26)
    told = open_card(page, "marollen")
    expect(told).to_contain_text("CGSA Entr'Aide des Marolles")


@pytest.mark.parametrize(
    ("locale", "language"), [("nl-BE", "nl"), ("fr-FR", "fr"), ("en-US", "en"), ("ar", "fr")]
)
def test_the_browsers_language_comes_first(
    app: str, open_page: Opener, locale: str, language: str
) -> None:
    page = ready(open_page(app, locale=locale))
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("searchbox", name=say(language)("Search"))).to_be_visible()


def test_switching_the_language_translates_everything(app: str, open_page: Opener) -> None:
    page = ready(open_page(app, locale="en-GB"))
    open_card(page, "apotheek-kapel")
    in_english = _texts(page)
    for language in ("fr", "nl"):
        speak(page, language)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            say(language)("Who can help in your neighbourhood?")
        )
        expect(card(page)).to_contain_text(say(language)("Address"))
        same = {text for text in in_english & _texts(page) if text not in _SAME}
        assert sorted(same) == []
    expect(page).to_have_url(re.compile("lang=nl"))
    expect(item(page, "apotheek-kapel")).to_contain_text("Apotheek Kapel")


_STREAMLITS = {"App pages", "Skip to main content"}
"""Texts of Streamlit's own frontend, which has no other language."""
_SAME = _STREAMLITS | {"FR", "NL", "EN", "E-mail", "Website", "Culture", "Pharmacies", "Planning"}
"""What is right in two languages at once."""


def _texts(page: Page) -> set[str]:
    """Every text and label with a letter in it, the names of the map and the list left out."""
    found = page.evaluate(
        """() => {
          const told = ["aria-label", "title", "placeholder"];
          const named = ".plein-name, .plein-sign, .plein-items, .plein-attribution, bdi, style,"
            + " [data-testid=stIconMaterial]";
          const all = [...document.querySelectorAll(told.map(name => `[${name}]`).join())]
            .filter(e => e.checkVisibility() && !e.closest(named))
            .flatMap(e => told.map(name => e.getAttribute(name)));
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const e = walk.currentNode.parentElement;
            if (!e.checkVisibility() || e.closest(named)) continue;
            all.push(walk.currentNode.textContent.trim());
          }
          return all.filter(text => text && /\\p{L}/u.test(text));
        }"""
    )
    return set(found)


SLOW_TO_START = """
  const make = URL.createObjectURL;
  window.awaited = new Promise((go) => { window.start = go; });
  URL.createObjectURL = (blob) => make.call(URL, blob.type !== "text/javascript" ? blob
    : new Blob(["await window.awaited;", blob], { type: blob.type }));
"""
"""A phone so slow that Streamlit waits for a component's script while the next run arrives."""


def test_what_is_typed_before_the_list_and_the_map_are_there_is_found(
    app: str, open_page: Opener
) -> None:
    page = open_page(f"{app}/about")
    page.add_init_script(SLOW_TO_START)
    page.goto(app)
    for words in ("muntpunt", "blaes"):
        search(page, words)
        page.keyboard.press("Enter")
        expect(page).to_have_url(re.compile(f"q={words}"))
        at_rest(page)
    page.evaluate("start()")
    expect(names(page)).to_have_text([re.compile("Blaes")])
    expect(page.locator(".plein-sign")).to_have_count(1)
