"""What if: services put, moved and closed on the map, kept in a link, compared, proposed."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from directory.commands import Commands
from directory.indicators import Indicator
from directory.scenarios import Close, Move, Put, Scenario
from exchange.settings import ROOT
from exchange.statbel import open_territory
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, fits, say
from tests.browser.test_axe import SERIOUS
from tests.serving import served

pytestmark = pytest.mark.browser
PATHS = ".leaflet-plein-sectors-pane path"
ALARM = "<img src=x onerror=alert(1)>**Nord** [x](javascript:alert(1))"
HERE = homes.point(homes.MAROLLES, 400, 400)


@pytest.fixture(scope="module")
def home(near_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Streets, places and a hundred people a sector, to be written in."""
    folder = tmp_path_factory.mktemp("what-if")
    shutil.copytree(near_home, folder, dirs_exist_ok=True)
    codes = open_territory(folder, ROOT / "data" / "sectors" / "register.csv").codes
    people = Indicator.model_validate(
        {
            "id": "population-2022",
            "subject": "population",
            "names": {"fr": "Population"},
            "unit": "people",
            "level": "sector",
            "year": 2022,
            "values": {str(code): 100.0 for code in codes},
            "source": homes.SOURCE,
        }
    )
    kapel = homes.point(homes.MAROLLES)
    steps = (
        Put(key="+1", at=HERE, categories=("pharmacy",)),
        Close(key="apotheek-kapel", was=kapel),
        Close(key="apotheek-weg", was=kapel),
        Move(key="apotheek-vos", at=HERE, was=HERE),
    )
    kept = Scenario(
        id="oud-1", title=ALARM, note=ALARM, author=ALARM, made_on="2026-01-02", steps=steps,
        situation="2011-01-01", fingerprint="0" * 12,
    )  # fmt: skip
    with homes.opened(folder) as store:
        Commands(store).save([people, kept], by=homes.BY)
    return folder


@pytest.fixture(scope="module")
def what_if_app(browsers: Browsers, built: Path, home: Path, log: list[str]) -> Iterator[str]:
    del browsers, built
    with served(home, log=log) as (address, _):
        yield f"{address}/what-if?measure=reached_5"


def ready(page: Page) -> Page:
    expect(page.locator(".plein-service").first).to_be_attached()
    expect(page.locator(PATHS).first).to_be_attached()
    return page


def steps(page: Page) -> Locator:
    return page.locator(".plein-steps li")


def put_at(page: Page, across: float, down: float) -> None:
    """Press the button, then the map at a share of its width and height."""
    box = page.locator(".st-key-what_if_map .plein-map")
    page.locator(".plein-put").click()
    expect(page.locator(".plein-put")).to_have_attribute("aria-pressed", "true")
    size = box.bounding_box()
    assert size is not None
    box.click(position={"x": size["width"] * across, "y": size["height"] * down})


def headline(page: Page) -> Locator:
    return page.locator(".plein-effect-line").first


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_put_changes_people_and_sectors_and_undo_takes_it_back(
    what_if_app: str, open_page: Opener, language: str
) -> None:
    page = ready(open_page(what_if_app, locale=f"{language}-BE"))
    counts = page.locator(".plein-key b")
    before = counts.all_inner_texts()
    assert sum(int(told) for told in before) == page.locator(PATHS).count() == 724
    nothing = headline(page).inner_text()
    put_at(page, 0.42, 0.68)
    expect(steps(page)).to_have_count(1)
    expect(page.locator(".plein-service-put")).to_have_count(1)
    expect(headline(page)).to_have_text(re.compile(r"[1-9]"))
    better = page.locator(f'{PATHS}:is([fill="#0b5e66"], [fill="#86bfb8"])')
    expect(better.first).to_be_attached()
    after = [int(told) for told in counts.all_inner_texts()]
    assert after[0] + after[1] == better.count() > 0
    page.get_by_role("button", name=say(language)("Undo")).click()
    expect(steps(page)).to_have_count(0)
    expect(headline(page)).to_have_text(nothing)
    assert counts.all_inner_texts() == before
    page.get_by_role("button", name=say(language)("Redo")).click()
    expect(steps(page)).to_have_count(1)


def test_saved_it_is_in_the_link_and_is_compared(what_if_app: str, open_page: Opener) -> None:
    page = ready(open_page(f"{what_if_app}&task=keep", locale="en-GB"))
    put_at(page, 0.42, 0.68)
    expect(steps(page)).to_have_count(1)
    gained = headline(page).inner_text()
    page.get_by_label("Title").fill(ALARM)
    page.get_by_label("Your name").fill("Ana")
    page.get_by_role("button", name="Save as new").click()
    expect(page).to_have_url(re.compile(r"scenario=img-src-x-\w+"))
    expect(page.get_by_text(f"Scenario “{ALARM}”, Ana")).to_be_visible()
    link = page.url
    key = re.search(r"scenario=([\w-]+)", link)
    assert key is not None
    other = ready(open_page(link, locale="en-GB"))
    expect(steps(other)).to_have_count(1)
    expect(headline(other)).to_have_text(gained)
    expect(other.get_by_text(f"Scenario “{ALARM}”, Ana")).to_be_visible()
    beside = ready(open_page(f"{what_if_app}&against={key[1]}", locale="en-GB"))
    expect(headline(beside)).to_have_text(gained.replace("more", "fewer"))
    expect(beside.locator(".plein-figures")).to_contain_text("<img src=x")


def test_who_may_not_edit_may_try(what_if_app: str, open_page: Opener) -> None:
    headers = {"X-Forwarded-For": "192.0.2.1"}
    page = open_page(f"{what_if_app}&task=keep", locale="en-GB", extra_http_headers=headers)
    put_at(ready(page), 0.42, 0.68)
    expect(steps(page)).to_have_count(1)
    expect(page.get_by_text("Anybody may try")).to_be_visible()
    expect(page.get_by_role("button", name="Save as new")).to_have_count(0)


def test_what_no_longer_holds_is_told_by_step(what_if_app: str, open_page: Opener) -> None:
    page = ready(open_page(f"{what_if_app}&scenario=oud-1", locale="en-GB"))
    expect(steps(page)).to_have_count(2)
    lost = page.locator(".plein-lost li")
    expect(lost.nth(0)).to_contain_text("Step 3, apotheek-weg: is no longer in the directory")
    expect(lost.nth(1)).to_contain_text("Step 4")
    expect(lost.nth(1)).to_contain_text("stands elsewhere")
    expect(page.get_by_text("Drawn on outlines of 2011-01-01")).to_be_visible()
    gone = ready(open_page(f"{what_if_app}&scenario=nergens", locale="en-GB"))
    expect(gone.get_by_text("There is no scenario “nergens” any more.")).to_be_visible()


def test_all_of_it_by_keyboard(what_if_app: str, open_page: Opener) -> None:
    page = ready(open_page(what_if_app, locale="en-GB"))
    page.locator(".plein-put").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".plein-in-hand")).to_be_focused()
    for key in ("Shift+ArrowUp", "Shift+ArrowRight", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(steps(page)).to_have_count(1)
    sign = page.locator('.plein-service[aria-label^="Apotheek"], [aria-label^="Pharmacie de la"]')
    sign.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".plein-act").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".plein-service-close")).to_have_count(1)
    expect(steps(page)).to_have_count(2)
    page.locator(".plein-map").focus()
    page.keyboard.press("Control+z")
    expect(steps(page)).to_have_count(1)


def test_dragged_it_stands_elsewhere_and_goes_back(what_if_app: str, open_page: Opener) -> None:
    page = ready(open_page(what_if_app, locale="en-GB"))
    sign = page.locator('.plein-service[aria-label^="Pharmacie de la"]')
    box = sign.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    page.mouse.move(box["x"] + 90, box["y"] - 60, steps=5)
    page.mouse.up()
    expect(page.locator(".plein-service-move")).to_have_count(1)
    expect(steps(page)).to_contain_text(["would stand elsewhere"])
    page.locator(".plein-service-move").click()
    page.get_by_role("button", name="Back to where it stands").click()
    expect(steps(page)).to_have_count(0)


def test_places_are_proposed_proven_and_taken(what_if_app: str, open_page: Opener) -> None:
    page = ready(open_page(f"{what_if_app}&task=propose", locale="en-GB"))
    page.get_by_label("How many new places").fill("2")
    page.get_by_role("button", name="Propose places").last.click()
    expect(page.get_by_text("2 places proposed")).to_be_visible()
    expect(page.get_by_text("Proven best")).to_be_visible()
    page.get_by_role("button", name="Put them on the map").click()
    expect(steps(page)).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(steps(page)).to_have_count(0)


@pytest.mark.parametrize("task", ["try", "propose", "keep"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_it_fits_and_nothing_serious_is_wrong(
    what_if_app: str, open_page: Opener, built: Path, size: tuple[int, int], task: str
) -> None:
    page = ready(open_page(f"{what_if_app}&task={task}&scenario=oud-1", size=size))
    expect(steps(page)).to_have_count(2)
    expect(
        page.locator(".plein-before-after" if task != "propose" else ".plein-key")
    ).to_be_visible()
    assert fits(page)
    if size == PHONE:
        top, rest = (
            page.locator(f".st-key-what_if_{part}").bounding_box() for part in ("top", "rest")
        )
        ground = page.locator(".st-key-what_if_map").bounding_box()
        assert top and rest and ground  # noqa: PT018 - each is on the page
        assert top["y"] < ground["y"] < rest["y"]
    page.evaluate((built / "dev" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run('.stMain')")  # the navigation around it is every page's
    wrong = [one for one in found["violations"] if one["impact"] in SERIOUS]
    assert wrong == []


def test_what_leaves_is_offered(what_if_app: str, open_page: Opener) -> None:
    page = ready(open_page(f"{what_if_app}&scenario=oud-1", locale="en-GB"))
    page.get_by_role("button", name="Take along").click()
    forms = page.locator('[class*="st-key-leaving_what_if_"] button')
    expect(forms.nth(1)).to_be_visible()
    with page.expect_download() as waited:
        forms.first.click()
    assert waited.value.suggested_filename.startswith("plein-oud-1-")


def test_without_streets_it_says_so(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/what-if", locale="en-GB")
    expect(page.get_by_text("No streets to walk are known yet")).to_be_visible()
