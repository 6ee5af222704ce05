"""Near me, as a person goes through it: where, what, which door, and a sheet of paper."""

import re
import sqlite3
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opener
from tests.browser.homes import MAROLLES, point
from tests.browser.screen import PHONE, say
from tests.browser.watching import Watch

pytestmark = pytest.mark.browser
STREET = {"fr": "Rue Haute 12", "nl": "Hoogstraat 12", "en": "Rue Haute 12"}
RELAY = {"fr": "Les Marolles", "nl": "Marollen", "en": "Les Marolles"}
MEDICINES, CHILDREN, VIOLENCE = 2, 6, 10


def field(page: Page) -> Locator:
    return page.locator(".plein-place-input")


def titles(page: Page) -> Locator:
    return page.locator(".plein-answer-title")


def stand(page: Page, text: str) -> None:
    """Say where one is and take the first suggestion."""
    field(page).fill(text)
    expect(page.locator(".plein-place-option").first).to_be_visible()
    field(page).press("ArrowDown")
    field(page).press("Enter")
    expect(page.locator(".plein-near-relay")).to_be_visible()


def ask(page: Page, need: int) -> None:
    page.locator(".st-key-need button").nth(need).click()
    expect(titles(page).first).to_be_visible()


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_two_steps_lead_to_the_relay_and_the_doors(
    near_app: str, open_page: Opener, language: str
) -> None:
    page = open_page(f"{near_app}/near", locale=f"{language}-BE", size=PHONE)
    stand(page, STREET[language])
    expect(page.locator(".plein-near-relay")).to_contain_text(RELAY[language])
    ask(page, MEDICINES)
    minutes = page.locator(".plein-answer-minutes").all_inner_texts()
    assert [int(re.sub(r"\D", "", told)) for told in minutes if told] == sorted(
        int(re.sub(r"\D", "", told)) for told in minutes if told
    )
    expect(titles(page).nth(3)).to_be_visible()
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= PHONE[0]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_on_real_streets_five_doors_are_found(
    official_near_app: str, open_page: Opener, language: str
) -> None:
    street = "Hoogstraat" if language == "nl" else "Rue Haute"
    page = open_page(f"{official_near_app}/near", locale=f"{language}-BE", size=PHONE)
    stand(page, street)
    expect(page.locator(".plein-near-relay")).to_contain_text(RELAY[language])
    ask(page, MEDICINES)
    expect(titles(page)).to_have_count(20)
    expect(page.locator(".plein-answers-summary")).to_contain_text("237")


def test_the_sheet_and_the_link_hold_the_doors_and_not_the_person(
    near_app: str, open_page: Opener, tmp_path: Path
) -> None:
    home = "Rue Haute 21"
    page = open_page(f"{near_app}/near", size=PHONE, accept_downloads=True)
    stand(page, home)
    ask(page, MEDICINES)
    for number in range(2):
        page.locator(".plein-answers [aria-pressed]").nth(number).click()
        expect(page.locator('.plein-answers [aria-pressed="true"]')).to_have_count(number + 1)
        expect(page).to_have_url(re.compile(rf"(take=[\w-]+.*){{{number + 1}}}"))
    chosen = titles(page).all_inner_texts()[:2]
    page.locator(".st-key-near_sheet button").click()
    with page.expect_download() as download:
        page.locator(".st-key-near_pdf button").click()
    download.value.save_as(tmp_path / "sheet.pdf")
    reader = pypdf.PdfReader(BytesIO((tmp_path / "sheet.pdf").read_bytes()))
    told = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    assert all(name in told for name in chosen)
    assert "Apotheken" in told
    assert "Les Marolles" in told
    assert home not in told
    assert re.search(r"#map|lat|lon|Haute", page.url) is None
    other = open_page(page.url, size=PHONE)
    expect(other.locator('.plein-answers [aria-pressed="true"]')).to_have_count(2)
    expect(other.locator(".plein-near-relay")).to_have_count(0)
    expect(other.locator(".plein-answer-minutes").filter(has_text="minute")).to_have_count(0)


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement?.className ?? ''"))


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what a selector names has the focus."""
    for _ in range(60):
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not lead to {selector}, but to {focused(page)}")


def test_the_whole_way_by_keyboard_alone(near_app: str, open_page: Opener) -> None:
    page = open_page(f"{near_app}/near")
    expect(field(page)).to_be_visible()
    tab_to(page, ".plein-place-input")
    page.keyboard.type("hoogstraat 12")
    expect(page.locator(".plein-place-option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".plein-near-relay")).to_be_visible()
    tab_to(page, ".st-key-need button")
    for _ in range(MEDICINES):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(titles(page).first).to_be_visible()
    tab_to(page, ".plein-answer-name")
    page.keyboard.press("Enter")
    expect(page.locator('.plein-answer-name[aria-current="true"]')).to_have_count(1)
    tab_to(page, ".plein-answers [aria-pressed]")
    page.keyboard.press("Enter")
    expect(page.locator('.plein-answers [aria-pressed="true"]')).to_have_count(1)
    tab_to(page, ".st-key-near_sheet button")
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-near_pdf button")).to_be_visible()


def test_the_map_may_be_pressed_instead(near_app: str, open_page: Opener) -> None:
    page = open_page(f"{near_app}/near?need=medicines")
    expect(page.locator(".plein-near-sign").first).to_be_visible()
    box = page.locator(".plein-map").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator(".plein-near-relay")).to_be_visible()
    expect(page.locator(".plein-pin")).to_be_visible()
    assert "#" not in page.url


def test_a_position_is_used_and_one_that_is_too_rough_is_told(
    near_app: str, open_page: Opener
) -> None:
    here = point(MAROLLES)
    where = {"longitude": here["lon"], "latitude": here["lat"], "accuracy": 15}
    page = open_page(f"{near_app}/near", permissions=["geolocation"], geolocation=where)
    page.locator(".plein-place-here").click()
    expect(page.locator(".plein-near-relay")).to_contain_text("Les Marolles")
    page.context.set_geolocation({**where, "accuracy": 3000})
    page.locator(".plein-place-here").click()
    expect(page.get_by_text("3000")).to_be_visible()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "Veldstraat 82, 9000 Gent",
            (
                "Postcode {postcode} lies outside the neighbourhoods of this map. "
                "Write an address inside, or press the map."
            ),
        ),
        (
            "1000",
            (
                "A whole municipality is too large to count minutes from. "
                "Add your street, or press the map where you are."
            ),
        ),
        ("🙂", "Write a street, a square or the name of a place."),
    ],
)
def test_what_is_no_address_gets_a_kind_sentence_in_dutch(
    near_app: str, open_page: Opener, text: str, sentence: str
) -> None:
    page = open_page(f"{near_app}/near", locale="nl-BE")
    field(page).fill(text)
    field(page).press("Enter")
    told = say("nl")(sentence).format(postcode="9000")
    expect(page.get_by_text(told)).to_be_visible()
    expect(field(page)).to_be_visible()


def test_without_streets_or_addresses_the_relay_is_still_found(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/near")
    field(page).fill("Rue Haute 12")
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    field(page).fill("Les Marolles")
    field(page).press("Enter")
    expect(page.locator(".plein-near-relay")).to_contain_text("Les Marolles")
    ask(page, MEDICINES)
    expect(page.locator(".plein-answer-foot").first).to_have_text(say("fr")("estimated"))


def test_violence_at_home_names_whom_to_call(near_app: str, open_page: Opener) -> None:
    page = open_page(f"{near_app}/near", locale="nl-BE")
    page.locator(".st-key-need button").nth(VIOLENCE).click()
    expect(page.locator('a[href="tel:112"]')).to_be_visible()
    expect(page.locator('a[href="tel:1712"]')).to_be_visible()


def test_after_twenty_searches_nothing_is_stored_or_logged_of_who_asked(
    near_app: str, near_home: Path, open_page: Opener, log: list[str], watches: list[Watch]
) -> None:
    here = point(MAROLLES)
    where = {"longitude": here["lon"], "latitude": here["lat"], "accuracy": 15}
    page = open_page(f"{near_app}/near", permissions=["geolocation"], geolocation=where)
    for number in range(1, 19):
        field(page).fill(f"Rue Haute {number}, 1000 Bruxelles")
        field(page).press("Enter")
        expect(page.locator(".plein-near-relay")).to_be_visible()
    page.locator(".plein-place-here").click()
    field(page).fill("xqzkwjjjj 77")
    field(page).press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    private = [f"{here['lon']:.4f}", f"{here['lat']:.4f}", "xqzkwjjjj"]
    for path in near_home.rglob("*"):
        if path.is_file() and path.suffix in (".db", ".db-wal", ".log", ".json", ".txt"):
            content = path.read_bytes()
            assert b"xqzkwjjjj" not in content, path
            assert private[0].encode() not in content or path.suffix == ".db", path
    with sqlite3.connect(near_home / "plein.db") as database:
        dump = "\n".join(database.iterdump())
    assert "xqzkwjjjj" not in dump
    assert not [line for line in log if any(secret in line for secret in private)]
    kept = page.evaluate(
        "() => [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie]"
    )
    assert not [text for text in kept if any(secret in text for secret in [*private, "Haute"])]
    asked = [url for watch in watches for url in watch.asked]
    assert not [url for url in asked if "Haute" in url or any(one in url for one in private)]
    assert "Haute" not in page.url
