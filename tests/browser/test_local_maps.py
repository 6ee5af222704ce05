"""A local map from the first choice to its edition: composed, seen, shared, printed, kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from directory.store import Kind
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import at_rest
from tests.serving import served

NAME = "Ann du relais"
PHONE = (390, 844)


@pytest.fixture(scope="module")
def home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("maps")
    shutil.copytree(small_home, copy, dirs_exist_ok=True)
    return copy


@pytest.fixture(scope="module")
def maps_app(browsers: Browsers, built: Path, home: Path, log: list[str]) -> Iterator[str]:
    del browsers, built
    with served(home, log=log) as (address, _):
        yield address


def part(page: Page, key: str) -> Locator:
    """What Streamlit shows under a key."""
    return page.locator(f".st-key-{key}")


def sheet(page: Page) -> Locator:
    """The picture of the sheet, once it is drawn."""
    return part(page, "local_map_sheet").get_by_role("img").first


def begin(open_page: Opener, address: str, *, size: tuple[int, int] = (1440, 900)) -> Page:
    """Begin a map of the Marolles."""
    page = open_page(f"{address}/local-maps", locale="en-GB", size=size)
    name = page.get_by_label("Your name, for the history")
    name.fill(NAME)
    name.press("Enter")
    page.get_by_role("combobox", name="A new map, of").fill("Les Marolles")
    page.get_by_role("option", name="Les Marolles").click()
    start = page.get_by_role("button", name="Begin", exact=True)
    expect(start).to_be_enabled()
    start.click()
    expect(sheet(page)).to_be_visible()
    return page


def retitle(page: Page, text: str, label: str = "Title (Français)") -> None:
    page.get_by_role("tab", name="Words").click()
    title = page.get_by_label(label)
    title.fill(text)
    title.press("Enter")
    save = page.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_enabled()
    save.click()
    expect(page.get_by_text("The map is saved.")).to_be_visible()


def test_composed_seen_published_and_taken_along(
    open_page: Opener, maps_app: str, home: Path
) -> None:
    page = begin(open_page, maps_app)
    expect(page.get_by_text("it means each phone itself")).to_be_visible()
    before = sheet(page).get_attribute("src")
    root = page.get_by_role("combobox", name="Where phones find this computer")
    root.fill("https://plein.example")
    root.press("Enter")
    expect(page.get_by_text("it means each phone itself")).to_have_count(0)
    expect(sheet(page)).not_to_have_attribute("src", str(before))
    before = sheet(page).get_attribute("src")
    assert before
    retitle(page, "Le plan des <b>Marolles</b>")
    expect(sheet(page)).not_to_have_attribute("src", before)
    at_rest(page)  # the file of a sheet that is being drawn anew is not there any more
    with page.expect_download() as started:
        page.get_by_role("button", name="PDF to print").click()
    assert started.value.path().read_bytes().startswith(b"%PDF-1.7")
    page.get_by_role("tab", name="Editions").click()
    page.get_by_role("button", name="Publish an edition").click()
    expect(page.get_by_text("Edition 1 is published.")).to_be_visible()
    links = page.locator("[class*=st-key-edition_][class*=_1]").get_by_role("link")
    expect(links).to_have_count(3)
    addresses = [str(one.get_attribute("href")) for one in links.all()]
    kept = [page.request.get(one).body() for one in addresses]
    assert sorted(one[:4] for one in kept) == [b"%PDF", b"%PDF", b"<!DO"]
    assert b"https://plein.example/plan/" in max(kept, key=lambda one: one.startswith(b"<!DO"))
    # What is changed afterwards changes the live map, and no byte of the edition.
    retitle(page, "Autrement")
    assert [page.request.get(one).body() for one in addresses] == kept
    with homes.opened(home) as store:
        found = [one for one in store.directory().local_maps.values() if one.author == NAME]
        assert found[0].titles.best("fr") == "Autrement"
    live = page.request.get(f"{maps_app}/plan/{found[0].id}?lang=fr").text()
    assert "Autrement" in live
    assert "<b>Marolles</b>" not in live


def test_somebody_by_a_link_changes_the_map_and_nothing_else(
    open_page: Opener, maps_app: str, home: Path
) -> None:
    page = begin(open_page, maps_app)
    page.get_by_role("button", name="Make a link").click()
    told = page.get_by_text("local-maps?link=")
    expect(told).to_be_visible()
    link = str(told.text_content()).strip()
    expect(page.get_by_text(f"A link of {NAME}")).to_be_visible()
    guest = open_page(link, locale="en-GB")
    expect(guest.get_by_text("You came by a link")).to_be_visible()
    expect(guest.get_by_role("button", name="Take it out of sight")).to_have_count(0)
    expect(guest.get_by_role("button", name="Make a link")).to_have_count(0)
    name = part(guest, "local_map_guest").get_by_role("textbox")
    name.fill("Bilal")
    name.press("Enter")
    retitle(guest, "De kaart van Bilal", "Title (Nederlands)")
    with homes.opened(home) as store:
        maps = store.directory().local_maps.values()
        changed = next(one for one in maps if "De kaart van Bilal" in one.titles.values())
        last = store.history(Kind.LOCAL_MAP, changed.id)[-1]
        assert (last.author, last.origin) == ("Bilal", "link")
    page.get_by_role("button", name="End all links").click()
    expect(page.get_by_text(f"A link of {NAME}")).to_have_count(0)
    late = open_page(link, locale="en-GB")
    expect(late.get_by_text("This link opens no map any more.")).to_be_visible()


def test_a_map_of_nobody_says_so_and_draws_no_sheet(open_page: Opener, maps_app: str) -> None:
    page = begin(open_page, maps_app)
    page.get_by_role("combobox", name="Categories").fill("Care homes")
    page.get_by_role("option", name="Care homes").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Nobody is on this map yet.")).to_be_visible()
    expect(sheet(page)).to_have_count(0)


def test_an_area_of_ones_own_is_drawn_corner_by_corner(
    open_page: Opener, maps_app: str, home: Path
) -> None:
    page = begin(open_page, maps_app)
    page.get_by_text("An area of your own, drawn on the map").click()
    ground = page.locator("[class*=_corners_map] .leaflet-container")
    expect(ground).to_be_visible()
    ground.scroll_into_view_if_needed()
    box = ground.bounding_box()
    assert box is not None
    for n, (across, down) in enumerate(((0.3, 0.3), (0.7, 0.3), (0.7, 0.7), (0.3, 0.7)), 1):
        ground.click(position={"x": box["width"] * across, "y": box["height"] * down})
        expect(page.get_by_text(f"{n} corner{'s' if n > 1 else ''}", exact=True)).to_be_visible()
    page.get_by_role("button", name="Take the last corner back").click()
    expect(page.get_by_text("3 corners", exact=True)).to_be_visible()
    save = page.get_by_role("button", name="Save", exact=True)
    expect(save).to_be_enabled()
    save.click()
    expect(page.get_by_text("The map is saved.")).to_be_visible()
    with homes.opened(home) as store:
        drawn = [len(one.area) for one in store.directory().local_maps.values() if one.area]
    assert drawn == [3]


def test_another_language_of_the_screen_keeps_the_map_open(
    open_page: Opener, maps_app: str
) -> None:
    page = begin(open_page, maps_app)
    page.get_by_role("combobox", name="Categories").fill("Pharmacies")
    page.get_by_role("option", name="Pharmacies").click()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Changed, not saved yet")).to_be_visible()
    page.get_by_role("radio", name="NL").click()
    expect(page.get_by_role("button", name="Opslaan", exact=True)).to_be_visible()
    expect(sheet(page)).to_be_visible()
    expect(part(page, "local_map_asked").get_by_role("alert")).to_have_count(0)
    page.get_by_role("combobox", name="Categorieën").fill("Bibliotheken")
    page.get_by_role("option", name="bibliotheken").first.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Opslaan", exact=True)).to_be_enabled()
    expect(part(page, "local_map_asked").get_by_role("alert")).to_have_count(0)


def test_on_a_phone_nothing_is_wider_than_the_screen(open_page: Opener, maps_app: str) -> None:
    page = begin(open_page, maps_app, size=PHONE)
    wider = page.evaluate(
        "[...document.querySelectorAll('.st-key-local_maps_page *')]"
        ".filter((e) => e.getBoundingClientRect().right > innerWidth + 1"
        " && !e.closest('[data-testid=stDataFrame], pre, [role=tablist]')).length"
    )
    assert wider == 0


def test_a_visitor_is_told_whom_the_page_is_for(
    open_page: Opener, browsers: Browsers, home: Path, log: list[str]
) -> None:
    del browsers
    with served(home, log=log, editing="accounts") as (address, _):
        page = open_page(f"{address}/local-maps", locale="en-GB")
        expect(page.get_by_text("This page is for people with a role here.")).to_be_visible()
        expect(page.get_by_role("combobox", name="A new map, of")).to_have_count(0)
