"""Neighbourhoods are edited, saved, taken back and compared, by mouse, finger and keyboard."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, fits, say
from tests.browser.territory import desk
from tests.browser.territory.desk import BESIDE, INSIDE, arrive

pytestmark = pytest.mark.browser
NAMES = {"fr": "Les Marolles", "nl": "Marollen"}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_sector_moves_with_warning_reason_and_undo(
    territory_app: str, open_page: Opener, language: str
) -> None:
    told = say(language)
    page = arrive(open_page(f"{territory_app}/territory?area=marollen", locale=f"{language}-BE"))
    before = desk.sectors(page, INSIDE).count()
    desk.chosen_on_map(page, before)
    expect(desk.advice(page, NAMES[language])).to_contain_text(told("It keeps every rule."))
    desk.sign(page, told, "Ada")
    # Its sectors but three go: a rule is broken.
    codes = [desk.code_of(row) for row in desk.sectors(page, INSIDE).all()]
    for number, code in enumerate(codes[3:], start=1):
        desk.box(page, code).click()
        desk.counted(page, told, before - number)
    rule = told("A neighbourhood has {least} to {most} sectors; this one has {n}.")
    expect(desk.advice(page, NAMES[language])).to_contain_text(rule.format(least=4, most=11, n=3))
    desk.chosen_on_map(page, 3)
    desk.save(page)
    expect(page.get_by_role("alert")).to_contain_text(
        told("“{id}” breaks a rule: say why it should be so, or change it.").format(
            id=NAMES[language]
        )
    )
    reason = page.locator(".st-key-territory_reason_marollen textarea")
    reason.fill("La gare les sépare <b>")
    reason.press("Tab")
    desk.save(page)
    desk.saved(page)
    expect(desk.advice(page, NAMES[language])).to_contain_text("La gare les sépare <b>")
    page.reload()
    arrive(page)
    desk.counted(page, told, 3)
    desk.sign(page, told, "Ada")
    # The next session brings the version of before back from the history.
    desk.bring_back(page, told)
    desk.counted(page, told, before)
    desk.save(page)
    desk.saved(page)
    desk.take_back(page)
    desk.counted(page, told, 3)
    desk.bring_back(page, told)
    desk.counted(page, told, before)
    desk.save(page)
    desk.saved(page)


def test_a_press_on_the_map_shows_at_once_and_is_undone(
    territory_app: str, open_page: Opener
) -> None:
    page = arrive(open_page(f"{territory_app}/territory?area=anneessens"))
    before = desk.sectors(page, INSIDE).count()
    code = desk.code_of(desk.sectors(page, BESIDE).first)
    desk.box(page, code).focus()
    page.keyboard.press("Enter")
    desk.counted(page, say("fr"), before + 1)
    desk.chosen_on_map(page, before + 1)
    expect(desk.box(page, code)).to_be_focused()
    page.get_by_role("button", name=say("fr")("Undo"), exact=True).click()
    desk.counted(page, say("fr"), before)
    expect(page.locator(".plein-territory-facts")).to_contain_text(str(before))
    strong = page.locator(".leaflet-plein-edit-pane path[fill-opacity='0.78']").first
    strong.click()
    desk.counted(page, say("fr"), before - 1)
    expect(page.locator(".plein-territory-facts")).to_contain_text(str(before - 1))


def test_every_sector_is_reached_by_its_name(territory_app: str, open_page: Opener) -> None:
    page = arrive(open_page(f"{territory_app}/territory?area=anneessens"))
    before = desk.sectors(page, INSIDE).count()
    field = page.get_by_role("searchbox", name=say("fr")("Search for a sector"))
    field.fill("21011a01")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    field.fill("")
    desk.counted(page, say("fr"), before + 1)
    rule = say("fr")("It is not in one piece: {codes} do not touch the rest along a border.")
    expect(desk.advice(page, "Anneessens")).to_contain_text(rule.partition("{")[0])
    expect(page.locator(".plein-sector.plein-apart")).to_have_count(1)


def _lasso(page: Page, share: float) -> None:
    """Draw round the middle part of the map by mouse."""
    area = page.locator(".plein-map").bounding_box()
    assert area is not None
    x, y = area["x"] + area["width"] / 2, area["y"] + area["height"] / 2
    dx, dy = area["width"] * share / 2, area["height"] * share / 2
    corners = [(dx, dy), (-dx, dy), (-dx, -dy), (dx, -dy), (dx, dy - 12)]
    page.mouse.move(x + corners[0][0], y + corners[0][1])
    page.mouse.down()
    for east, south in corners[1:]:
        page.mouse.move(x + east, y + south, steps=5)
    page.mouse.up()


def test_a_lasso_takes_several_in_or_out(territory_app: str, open_page: Opener) -> None:
    told = say("nl")
    page = arrive(open_page(f"{territory_app}/territory?area=bosnie", locale="nl-BE"))
    before = desk.sectors(page, INSIDE).count()
    desk.press(page, told("Draw round several"))
    _lasso(page, 0.85)
    out = page.locator(".plein-edit-more button").filter(
        has_text=re.compile(told("Take out: {n}").replace("{n}", r"\d+"))
    )
    into = page.locator(".plein-edit-more button").filter(
        has_text=re.compile(told("Put in: {n}").replace("{n}", r"\d+"))
    )
    caught = int((out.text_content() or "").rsplit(" ", 1)[-1])
    assert 1 <= caught <= before
    added = int((into.text_content() or "").rsplit(" ", 1)[-1])
    into.click()
    desk.counted(page, told, before + added)
    desk.chosen_on_map(page, before + added)
    page.locator(".plein-map").focus()
    page.keyboard.press("Control+z")
    desk.counted(page, told, before)


def test_a_lived_boundary_is_drawn_undone_and_saved(territory_app: str, open_page: Opener) -> None:
    told = say("fr")
    page = arrive(open_page(f"{territory_app}/territory?area=historisch-molenbeek"))
    desk.sign(page, told, "Ada")
    desk.press(page, told("Lived boundary"))
    area = page.locator(".plein-map").bounding_box()
    assert area is not None
    corners = page.locator(".plein-corner")
    for number, (east, south) in enumerate(((0.4, 0.5), (0.6, 0.5), (0.7, 0.9), (0.6, 0.7)), 1):
        x, y = area["x"] + area["width"] * east, area["y"] + area["height"] * south
        page.mouse.click(x, y)
        expect(corners).to_have_count(number)
    desk.press(page, told("Undo the last point"))
    expect(corners).to_have_count(3)
    desk.press(page, told("Close the boundary"))
    ring = page.locator(".leaflet-plein-edit-lived-pane path[stroke-dasharray]")
    expect(ring).to_be_attached()
    expect(page.locator(".plein-territory")).to_contain_text(told("A lived boundary is drawn."))
    desk.save(page)
    desk.saved(page)
    page.reload()
    arrive(page)
    expect(ring).to_be_attached()


def test_of_two_editors_the_second_sees_both(territory_app: str, open_page: Opener) -> None:
    told = say("fr")
    mine = arrive(open_page(f"{territory_app}/territory?area=hallepoort"))
    desk.sign(mine, told, "Ada")
    theirs = arrive(open_page(f"{territory_app}/territory?area=hallepoort"))
    desk.sign(theirs, told, "Basile")
    before = desk.sectors(mine, INSIDE).count()
    first = desk.code_of(desk.sectors(mine, INSIDE).nth(0))
    second = desk.code_of(desk.sectors(mine, INSIDE).nth(1))
    for page, code in ((mine, first), (theirs, second)):
        desk.box(page, code).click()
        desk.counted(page, told, before - 1)
        reason = page.locator("[class*='st-key-territory_reason_'] textarea")
        expect(page.locator(".plein-territory-facts")).to_contain_text(str(before - 1))
        if reason.count():
            reason.first.fill("Essai")
            reason.first.press("Tab")
    desk.save(theirs)
    desk.saved(theirs)
    desk.save(mine)
    expect(mine.get_by_text(told("What they changed"))).to_be_visible()
    expect(mine.get_by_text("Basile")).to_be_visible()
    expect(
        mine.get_by_text(told("You changed different things: both can be kept."))
    ).to_be_visible()
    mine.locator(".st-key-territory_both button").click()
    desk.counted(mine, told, before - 2)


def test_what_both_changed_is_decided(territory_app: str, open_page: Opener) -> None:
    told = say("nl")
    mine, theirs = (
        arrive(open_page(f"{territory_app}/territory?area=kuregem-bara", locale="nl-BE"))
        for _ in range(2)
    )
    for page, name in ((mine, "Ada"), (theirs, "Basile")):
        desk.sign(page, told, name)
        page.locator(".st-key-territory_name button").first.click()
        field = page.get_by_label(told("Name in Dutch")).last
        field.fill(f"Bara van {name}")
        field.press("Tab")
        page.get_by_role("button", name=told("Give it these names")).click()
        expect(desk.advice(page, f"Bara van {name}")).to_be_visible()
        page.keyboard.press("Escape")
    desk.save(theirs)
    desk.saved(theirs)
    desk.save(mine)
    go_on = mine.locator(".st-key-territory_both button")
    expect(go_on).to_be_disabled()
    mine.get_by_role("radio", name=re.compile("Bara van Basile")).check(force=True)
    expect(go_on).to_be_enabled()
    go_on.click()
    expect(desk.advice(mine, "Bara van Basile")).to_be_visible()
    expect(desk.saving(mine)).to_be_disabled()


def test_two_dates_are_compared_by_a_link(territory_app: str, open_page: Opener) -> None:
    told = say("fr")
    page = open_page(f"{territory_app}/territory?view=dates&from=2021-12-31&to=2022-06-01")
    expect(page.get_by_text(re.compile(told("Began")))).to_be_visible()
    expect(page.locator(".stDataFrame").first).to_be_visible()
    page.goto(f"{territory_app}/territory?view=dates&from=2022-06-01&to=2022-06-02")
    expect(page.get_by_text(told("No sector changed hands between these dates."))).to_be_visible()
    page.goto(f"{territory_app}/territory?view=<b>&area=..%2F&from=<i>&to=99")
    expect(desk.drawn(page).first).to_be_attached()


def test_what_is_shown_is_taken_along(territory_app: str, open_page: Opener) -> None:
    page = arrive(open_page(f"{territory_app}/territory?area=flagey", locale="nl-BE"))
    page.locator(".st-key-leaving_territory_edit button").first.click()
    button = page.locator(".st-key-leaving_territory_edit_xlsx button")
    with page.expect_download() as taken:
        button.click()
    book = load_workbook(BytesIO(taken.value.path().read_bytes()), read_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    book.close()
    assert "Flagey" in cells


def test_a_phone_shows_all_of_it(territory_app: str, open_page: Opener) -> None:
    page = arrive(open_page(f"{territory_app}/territory?area=marollen", size=PHONE, has_touch=True))
    assert fits(page)
    desk.press(page, say("fr")("Draw round several"))
    expect(page.locator(".plein-lassoing")).to_be_attached()
