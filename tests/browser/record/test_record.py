"""A record edited by two at once, brought back to an earlier version, a batch undone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import homes
from tests.browser.conftest import Opener
from tests.browser.record import form
from tests.browser.screen import PHONE, card, fits, open_card, ready, say

pytestmark = pytest.mark.browser
NAMES = {"fr": ("Nom (français)", "Nom (anglais)"), "nl": ("Naam (Frans)", "Naam (Engels)")}
ABOUT = {"fr": "Description (français)", "nl": "Beschrijving (Frans)"}
KEYS = {"fr": "apotheek-vos", "nl": "apotheek-sint-anna"}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_second_of_two_sees_both_and_neither_is_lost(
    record_app: str, record_home: Path, open_page: Opener, language: str
) -> None:
    told, key = say(language), KEYS[language]
    address = f"{record_app}/record?id=actors:{key}"
    first, second = (form.arrive(open_page(address, locale=f"{language}-BE")) for _ in range(2))
    for page, name in ((first, "Ada"), (second, "Zoé")):
        form.sign(page, told, name)
    form.write(first, ABOUT[language], "Fermée le lundi matin")
    form.write(first, NAMES[language][1], "The Fox")
    form.write(second, ABOUT[language], "Fermée le mardi matin")
    form.write(second, NAMES[language][0], "Pharmacie du Loup")
    form.save(first).click()
    expect(form.versions(first)).to_have_count(2)
    form.save(second).click()
    expect(
        second.get_by_role("heading", name=told("Somebody else saved this meanwhile"))
    ).to_be_visible()
    expect(second.get_by_text("Ada")).to_be_visible()
    conflicts = second.locator("[class*='st-key-record_conflict_']")
    expect(conflicts).to_have_count(1)
    expect(conflicts.locator(".plein-record-conflict")).to_contain_text("mardi")
    expect(conflicts.locator(".plein-record-conflict")).to_contain_text("lundi")
    both = second.locator(".st-key-record_both button")
    expect(both).to_be_disabled()
    conflicts.get_by_role("radiogroup").get_by_text(told("Theirs"), exact=True).click()
    both.click()
    form.arrive(second)
    # What she wrote herself is a version of its own below the one that stands.
    expect(form.versions(second)).to_have_count(4)
    expect(form.version(second, 3)).to_contain_text("mardi")
    expect(form.field(second, ABOUT[language])).to_have_value("Fermée le lundi matin")
    with homes.opened(record_home) as store:
        standing = store.directory().actors[key]
    assert standing.names.root["fr"] == "Pharmacie du Loup"
    assert standing.names.root["en"] == "The Fox"
    assert standing.descriptions.root["fr"] == "Fermée le lundi matin"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_record_goes_back_to_its_second_version(
    record_app: str, record_home: Path, open_page: Opener, language: str
) -> None:
    told, key = say(language), {"fr": "school-blaes", "nl": "bibliotheek"}[language]
    page = form.arrive(open_page(f"{record_app}/record?id=actors:{key}", locale=f"{language}-BE"))
    form.sign(page, told, "Ada")
    for number, text in ((2, "Deux"), (3, "Trois")):
        form.write(page, ABOUT[language], text)
        form.save(page).click()
        expect(form.versions(page)).to_have_count(number)
    with homes.opened(record_home) as store:
        assert store.directory().actors[key].descriptions.root["fr"] == "Trois"
    page.locator(".st-key-record_restore_2 button").click()
    expect(form.versions(page)).to_have_count(4)
    expect(form.field(page, ABOUT[language])).to_have_value("Deux")
    expect(form.version(page, 4)).to_contain_text(told("an earlier version brought back"))
    with homes.opened(record_home) as store:
        standing = store.directory().actors[key]
    assert (standing.descriptions.root["fr"], standing.version) == ("Deux", 4)


def test_a_batch_undone_after_a_later_edit_keeps_that_row_and_says_so(
    record_app: str, record_home: Path, open_page: Opener
) -> None:
    told = say("fr")
    page = form.arrive(open_page(f"{record_app}/record?id=actors:winkel-1"))
    form.sign(page, told, "Ada")
    form.write(page, ABOUT["fr"], "Ouverte à tous")
    form.save(page).click()
    expect(form.versions(page)).to_have_count(2)
    page.get_by_role("link", name=told("Desk")).click()
    page.get_by_role("link", name=told("Last changes")).click()
    page.locator(".st-key-record_undo_osm_test button").click()
    expect(page.get_by_role("alert")).to_contain_text("Épicerie 1")
    expect(page.get_by_role("alert")).to_contain_text(told("somebody changed it since"))
    expect(page.locator(".st-key-record_batch_osm_test")).to_contain_text(re.compile("2 .* 3 "))
    expect(page.locator(".st-key-record_undo_osm_test")).to_have_count(0)
    with homes.opened(record_home) as store:
        left = [key for key in store.directory().actors if key.startswith("winkel-")]
    assert left == ["winkel-1"]


def test_the_card_leads_to_the_form_and_a_place_moves(
    record_app: str, record_home: Path, open_page: Opener
) -> None:
    told = say("nl")
    page = ready(open_page(record_app, locale="nl-BE"))
    open_card(page, "apotheek-nergens")
    expect(card(page)).to_be_visible()
    page.locator(".st-key-correct_it button").click()
    form.arrive(page)
    expect(page).to_have_url(re.compile("id=actors"))
    form.sign(page, told, "Ada")
    page.get_by_role("button", name=told("Add a place")).click()
    page.locator(".plein-place-input").fill("hoogstraat 4")
    page.locator(".plein-place-option").first.click()
    expect(page.locator(".st-key-record_form")).to_contain_text("Hoogstraat 4, 1000 Brussel")
    hours = form.field(page, told("Hours"))
    hours.fill("maandag-vrijdag 9u-12u")
    hours.press("Tab")
    page.get_by_role("button", name="Mo-Fr 09:00-12:00").click()
    expect(hours).to_have_value("Mo-Fr 09:00-12:00")
    expect(page.locator(".plein-record-hours")).to_contain_text("09:00\N{EN DASH}12:00")
    page.get_by_role("button", name=told("Add a contact")).click()
    form.write(page, told("Number or address"), "+32 2 123 45 67")
    form.save(page).click()
    expect(form.versions(page)).to_have_count(2)
    with homes.opened(record_home) as store:
        standing = store.directory().actors["apotheek-nergens"]
    (place,), (contact,) = standing.places, standing.contacts
    assert (place.address.street.best("nl"), place.address.number) == ("Hoogstraat", "4")
    assert place.point is not None
    assert (standing.hours, contact.value) == ("Mo-Fr 09:00-12:00", "+32 2 123 45 67")


@pytest.mark.parametrize("path", ["record?id=actors:nobody", "record?id=../x", "record"])
def test_a_record_that_is_none_is_said_so(record_app: str, open_page: Opener, path: str) -> None:
    page = open_page(f"{record_app}/{path}")
    expect(page.get_by_role("status").first).to_contain_text(
        say("fr")("There is no such record. Choose a place on the map and press “Correct it”.")
    )


def test_it_fits_a_phone(record_app: str, open_page: Opener) -> None:
    page = form.arrive(open_page(f"{record_app}/record?id=actors:apotheek-kapel", size=PHONE))
    assert fits(page)
    page.goto(f"{record_app}/changes")
    expect(page.locator("[class*='st-key-record_batch_']").first).to_be_visible()
    assert fits(page)


def visible_forms(page: Page) -> int:
    return page.locator(".st-key-record_form").count()


@pytest.mark.parametrize("kind", ["relays:marollen", "partners:les-gazelles"])
def test_relays_and_partners_have_a_form_too(
    record_app: str, record_home: Path, open_page: Opener, kind: str
) -> None:
    if kind.startswith("partners"):
        with homes.opened(record_home) as store:
            kind = f"partners:{next(iter(store.directory().partners))}"
    page = form.arrive(open_page(f"{record_app}/record?id={kind}"))
    assert visible_forms(page) == 1
