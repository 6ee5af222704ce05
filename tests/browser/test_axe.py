"""What axe-core finds on every screen; the report is left in build/axe.json."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exchange.settings import ROOT
from tests.browser import figures
from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, at_rest, open_card, open_filters, open_legend, ready

pytestmark = pytest.mark.browser
SERIOUS = ("serious", "critical")
REPORT = ROOT / "build" / "axe.json"
RUN = """async () => {
  const told = ({id, impact, help, nodes}) =>
    ({id, impact, help, nodes: nodes.map(node => node.target.flat().join(" "))});
  const left = {exclude: ['[data-testid="stSidebarNavItems"]']};
  const {violations, incomplete, passes} = await axe.run(left);
  return {passed: passes.length, violations: violations.map(told), to_judge: incomplete.map(told)};
}"""
"""All but the list of pages on a phone: Streamlit puts the headings of sections between its items
without being one, and nothing of ours is in it."""
Look = Callable[..., list[str]]


@pytest.fixture(scope="module")
def look(built: Path) -> Iterator[Look]:
    """Run axe on what a page shows: notes everything, returns what is serious."""
    script = (built / "dev" / "axe.min.js").read_text(encoding="utf-8")
    report: list[dict[str, Any]] = []

    def looked(page: Page, **screen: object) -> list[str]:
        if "embed" not in str(screen["screen"]):
            at_rest(page)
        page.evaluate(script)
        found = page.evaluate(RUN)
        report.append({**screen, **found})
        return [
            f"{screen}: {rule['id']} at {node}"
            for rule in found["violations"]
            for node in rule["nodes"]
            if rule["impact"] in SERIOUS
        ]

    yield looked
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(report, indent=1, ensure_ascii=False), encoding="utf-8")


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(1280, 860), PHONE], ids=["wide", "phone"])
def test_nothing_serious_on_any_screen(
    app: str, open_page: Opener, look: Look, size: tuple[int, int], language: str
) -> None:
    page = ready(open_page(app, locale=f"{language}-BE", size=size))
    seen = {"language": language, "width": size[0]}
    serious = look(page, screen="map", **seen)
    open_legend(page, language)
    open_card(page, "apotheek-kapel")
    serious += look(page, screen="card", **seen)
    open_filters(page, language)
    serious += look(page, screen="filters", **seen)
    for path in ("relays", "coverage", "figures", "import", "about"):
        page.goto(f"{app}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        serious += look(page, screen=path, **seen)
    page.goto(f"{app}/embed?lang={language}")
    expect(page.locator(".plein-sign, .plein-badge").first).to_be_visible()
    serious += look(page, screen="embed", **seen)
    assert serious == []


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_nothing_serious_near_a_person(
    near_app: str, open_page: Opener, look: Look, size: tuple[int, int], language: str
) -> None:
    page = open_page(f"{near_app}/near", locale=f"{language}-BE", size=size)
    seen = {"language": language, "width": size[0]}
    expect(page.locator(".plein-map .plein-locate")).to_be_visible()
    serious = look(page, screen="near", **seen)
    page.locator(".plein-place-input").fill("hoogstraat 1")
    expect(page.locator(".plein-place-option").first).to_be_visible()
    serious += look(page, screen="near, suggestions", **seen)
    page.locator(".plein-place-option").first.click()
    expect(page.locator(".plein-near-relay")).to_be_visible()
    page.locator(".st-key-need button").nth(2).click()
    page.locator(".plein-answer-name").first.click()
    expect(page.locator('.plein-answer-name[aria-current="true"]')).to_be_visible()
    page.locator(".plein-answers [aria-pressed]").first.click()
    serious += look(page, screen="near, answers", **seen)
    page.locator(".st-key-near_sheet button").click()
    expect(page.locator(".st-key-near_pdf button")).to_be_visible()
    serious += look(page, screen="near, sheet", **seen)
    page.keyboard.press("Escape")
    page.locator(".st-key-near_more button").click()
    serious += look(page, screen="near, choices", **seen)
    assert serious == []


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_nothing_serious_while_figures_come_in(
    app: str, open_page: Opener, look: Look, size: tuple[int, int], language: str
) -> None:
    page = open_page(f"{app}/figures?part=in", locale=f"{language}-BE", size=size)
    seen = {"language": language, "width": size[0]}
    expect(page.locator("input[type=file]")).to_be_attached()
    serious = look(page, screen="figures, a file", **seen)
    bad = figures.people(2022, without=700) | {figures.codes()[0]: -5}
    figures.give(page, language, figures.statbel(bad), "OPENDATA_SECTOREN_2022.txt")
    expect(figures.button(page, language, "This is right: check every row")).to_be_visible()
    serious += look(page, screen="figures, columns", **seen)
    figures.check(page, language)
    serious += look(page, screen="figures, rows", **seen)
    page.get_by_test_id("stCheckbox").locator("label").click()
    figures.sourced(page, language)
    serious += look(page, screen="figures, source", **seen)
    assert serious == []


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_nothing_serious_where_neighbourhoods_are_edited(
    app: str, open_page: Opener, look: Look, size: tuple[int, int], language: str
) -> None:
    page = open_page(f"{app}/territory?area=marollen", locale=f"{language}-BE", size=size)
    seen = {"language": language, "width": size[0]}
    expect(page.locator(".plein-sector").first).to_be_visible()
    page.locator(".plein-sector input").first.click()
    expect(page.locator(".plein-territory").first).to_be_visible()
    serious = look(page, screen="territory", **seen)
    for view in ("history", "dates", "propose"):
        page.goto(f"{app}/territory?view={view}&area=marollen")
        expect(page.locator(".plein-edit-box")).to_be_attached()
        serious += look(page, screen=f"territory, {view}", **seen)
    assert serious == []


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_nothing_serious_of_coverage(
    near_app: str, open_page: Opener, look: Look, size: tuple[int, int], language: str
) -> None:
    address = f"{near_app}/coverage?pick=sectors:21004A71-"
    page = open_page(address, locale=f"{language}-BE", size=size)
    seen = {"language": language, "width": size[0]}
    expect(page.locator(".plein-told tbody tr").first).to_be_visible()
    expect(page.locator(".plein-why li").first).to_be_visible()
    serious = look(page, screen="coverage, why", **seen)
    page.locator(".st-key-coverage_classes button").first.click()
    expect(page.get_by_role("radiogroup").first).to_be_visible()
    serious += look(page, screen="coverage, classes", **seen)
    page.goto(f"{near_app}/coverage?level=municipality&measure=inside")
    expect(page.locator(".plein-told tbody tr")).to_have_count(19)
    serious += look(page, screen="coverage, municipalities", **seen)
    assert serious == []


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_nothing_serious_where_a_record_is_edited(
    app: str, open_page: Opener, look: Look, size: tuple[int, int], language: str
) -> None:
    page = open_page(f"{app}/record?id=actors:apotheek-kapel", locale=f"{language}-BE", size=size)
    seen = {"language": language, "width": size[0]}
    expect(page.locator(".st-key-record_save button")).to_be_visible()
    expect(page.locator(".st-key-record_version_1")).to_be_visible()
    serious = look(page, screen="record", **seen)
    page.goto(f"{app}/changes")
    expect(page.locator("[class*='st-key-record_batch_']").first).to_be_visible()
    serious += look(page, screen="changes", **seen)
    assert serious == []


def test_what_is_wrong_would_be_found(app: str, open_page: Opener, look: Look) -> None:
    page = open_page(f"{app}/embed")
    expect(page.locator(".plein-sign, .plein-badge").first).to_be_visible()
    page.evaluate("document.querySelector('.plein-locate').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('.plein-locate').removeAttribute('title')")
    assert len(look(page, screen="embed with a nameless button")) == 1
