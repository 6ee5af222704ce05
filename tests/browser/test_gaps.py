"""Gaps: the ranked list, the map beside it, why an area is where it is, and who is not ranked."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from directory.commands import Author, Commands
from directory.indicators import Indicator
from exchange.register import read_register
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, at_rest
from tests.browser.test_axe import RUN, SERIOUS
from tests.serving import served

pytestmark = pytest.mark.browser
PATHS = ".leaflet-plein-sectors-pane path"
ROWS = ".plein-rank"
OURS = RUN.replace("axe.run()", """axe.run({exclude: [['[data-testid="stSidebar"]']]})""")
"""Streamlit's own list of pages on a phone has headings among its items."""


def figure(subject: str, unit: str, values: dict[str, float | None]) -> Indicator:
    return Indicator.model_validate(
        {
            "id": f"{subject}-2024",
            "subject": subject,
            "names": {"fr": subject, "nl": subject, "en": subject},
            "unit": unit,
            "level": "sector",
            "year": 2024,
            "values": values,
            "source": {"name": "Test", "licence": "CC0 1.0"},
        }
    )


@pytest.fixture(scope="module")
def counted_app(
    browsers: Browsers,
    built: Path,
    near_home: Path,
    log: list[str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Streets, and made-up people and income that run against each other."""
    del browsers, built
    home = tmp_path_factory.mktemp("counted")
    shutil.copytree(near_home, home, dirs_exist_ok=True)
    codes = sorted(read_register(homes.SECTORS / "register.csv").index)
    with homes.opened(home) as store:
        Commands(store).save(
            [
                figure("population", "people", {code: 100.0 + n for n, code in enumerate(codes)}),
                figure("income", "euro", {code: 9_000.0 + n for n, code in enumerate(codes)}),
            ],
            by=Author("Test"),
        )
    with served(home, log=log) as (address, _):
        yield address


def names(page: Page) -> list[str]:
    expect(page.locator(ROWS).first).to_be_visible()
    return page.locator(".plein-rank-name").all_inner_texts()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_sector_is_ranked_or_said_not_to_be(
    near_app: str, open_page: Opener, language: str
) -> None:
    page = open_page(f"{near_app}/gaps?within=5", locale=f"{language}-BE")
    expect(page.locator(PATHS).first).to_be_attached()
    expect(page.locator(f'{PATHS}[fill="#8a2c0a"]').first).to_be_attached()
    listed = names(page)
    assert 1 <= len(listed) <= 10
    at_rest(page)
    counts = [int(told) for told in page.locator(".plein-key b").all_inner_texts()]
    assert sum(counts) == page.locator(PATHS).count() == 724
    hatched = page.locator(f'{PATHS}[fill="url(#plein-hatch-0)"]').count()
    assert counts[-1] == hatched > 600
    page.get_by_text({"fr": "Sans rang", "nl": "Zonder rang"}[language]).click()
    expect(page.locator(".plein-gaps-apart dd").first).to_be_visible()
    apart = [int(told) for told in page.locator(".plein-gaps-apart b").all_inner_texts()]
    assert sum(apart) == hatched


def test_an_area_tells_why_from_the_list_and_from_the_map(near_app: str, open_page: Opener) -> None:
    page = open_page(f"{near_app}/gaps?within=5", locale="en-GB")
    first = names(page)[0]
    page.locator(ROWS).first.click()
    why = page.locator(".plein-gaps-why")
    expect(why.locator("h2")).to_contain_text(first)
    expect(why).to_contain_text("Rank 1 of")
    expect(why).to_contain_text("minutes on foot")
    expect(page).to_have_url(re.compile(r"pick=sectors"))
    expect(page.locator(ROWS).first).to_have_attribute("aria-current", "true")
    page.locator(f'{PATHS}[fill="url(#plein-hatch-0)"]').first.dispatch_event("click")
    expect(why).to_contain_text("Not ranked: no streets to walk are known there")


def test_weights_change_the_rank_and_are_in_the_link(counted_app: str, open_page: Opener) -> None:
    view = f"{counted_app}/gaps?within=5&by=population&by=income"
    page = open_page(f"{view}&weight-population=100&weight-income=0", locale="en-GB")
    by_people = names(page)
    page.goto(f"{view}&weight-population=0&weight-income=100")
    expect(page.locator(".plein-rank-name").first).not_to_have_text(by_people[0])
    page.goto(view)
    expect(page.get_by_text("When the weights change (400 draws")).to_be_visible()
    page.get_by_role("slider", name="Weight of “income (2024)”").press("ArrowRight")
    expect(page).to_have_url(re.compile("weight-income=55"))
    expect(page.locator(".plein-rank-track").first).to_be_visible()
    page.locator(ROWS).first.click()
    expect(page.locator(".plein-gaps-figures tbody tr")).to_have_count(2)
    expect(page.locator(".plein-gaps-figures")).to_contain_text("Test, CC0 1.0")


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_nothing_serious_and_nothing_cut_off(
    counted_app: str, open_page: Opener, built: Path, size: tuple[int, int], language: str
) -> None:
    script = (built / "dev" / "axe.min.js").read_text(encoding="utf-8")
    gaps = "gaps?within=5&by=population&by=income&pick=sectors:21004A71-"
    for path in (gaps, "relays?planning=1"):
        page = open_page(f"{counted_app}/{path}", locale=f"{language}-BE", size=size)
        shown = ".plein-gaps-why" if path == gaps else "details"
        expect(page.locator(shown).first).to_be_visible()
        expect(page.locator(PATHS).first).to_be_attached()
        page.evaluate(script)
        found = [rule for rule in page.evaluate(OURS)["violations"] if rule["impact"] in SERIOUS]
        assert found == [], json.dumps(found, indent=1)
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(overflow) <= 0


def test_without_streets_it_says_so(app: str, open_page: Opener) -> None:
    page = open_page(f"{app}/gaps", locale="en-GB")
    expect(page.get_by_text("No streets to walk are known yet")).to_be_visible()


@pytest.mark.parametrize(
    ("language", "title", "served"),
    [("fr", "Secteurs sans relais", "Qui chaque relais dessert"),
     ("nl", "Sectoren zonder relais", "Wie elk relais bedient")],
)  # fmt: skip
def test_planners_see_who_has_no_relay(
    counted_app: str, open_page: Opener, language: str, title: str, served: str
) -> None:
    page = open_page(f"{counted_app}/relays", locale=f"{language}-BE")
    expect(page.locator(".plein-table").first).to_be_visible()
    assert page.locator("details").count() == 0
    page.locator('[data-testid="stCheckbox"] label').click()
    expect(page).to_have_url(re.compile("planning=1"))
    expect(page.locator("summary", has_text=title)).to_contain_text("(19)")
    page.locator("summary", has_text=served).click()
    expect(page.locator("details[open] tbody tr")).to_have_count(26)
    counts = [int(told) for told in page.locator(".plein-key b").all_inner_texts()]
    assert sum(counts) == 724
    expect(page.locator(PATHS)).to_have_count(724)


@pytest.mark.official
@pytest.mark.parametrize(
    ("language", "line", "on_foot"),
    [
        ("fr", "aucun en 10 min", "minutes à pied"),
        ("nl", "bereiken er geen binnen 10 min", "minuten te voet"),
    ],
)
def test_which_ten_sectors_lack_a_pharmacy_within_ten_minutes(
    official_near_app: str, open_page: Opener, language: str, line: str, on_foot: str
) -> None:
    page = open_page(f"{official_near_app}/gaps?what=pharmacy&within=10", locale=f"{language}-BE")
    assert len(names(page)) == 10
    first = page.locator(ROWS).first
    for told in ("Dobbelenberg", {"fr": "Bruxelles", "nl": "Brussel"}[language], "100", line):
        expect(first).to_contain_text(told)
    first.click()
    why = page.locator(".plein-gaps-why")
    expect(why).to_contain_text("41 min")
    expect(why.locator(".plein-line").filter(has_text=on_foot).first).to_contain_text(
        f"41 {on_foot}"
    )
    page.locator(".st-key-leaving_gaps button").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name=re.compile("XLSX")).click()
    assert taken.value.suggested_filename.endswith(".xlsx")
