"""The list of what was found, by itself."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.near.conftest import Start
from tests.browser.near.specs import OPEN_UNTIL, answers, item, told

pytestmark = pytest.mark.browser


def test_the_answer_tells_what_one_needs(page: Page, start: Start) -> None:
    start(answers=answers(item(1), item(2, phone=None, geo=None), summary="Deux lieux"))
    expect(page.locator("[aria-live=polite]")).to_have_text("Deux lieux")
    rows = page.get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(OPEN_UNTIL)
    expect(rows.first.get_by_role("link", name="Appeler 02 512 34 56")).to_have_attribute(
        "href", "tel:+3225123456"
    )
    expect(rows.first.get_by_role("link", name="Ouvrir")).to_have_attribute(
        "href", "geo:50.84,4.35?q=50.84,4.35"
    )
    expect(rows.nth(1).get_by_role("link")).to_have_count(0)
    name = rows.nth(1).locator(".plein-answer-name")
    expect(name).to_have_accessible_name("2. Maison médicale Médecin 2 min estimé")
    page.evaluate("spec => answers.update(spec)", answers(summary="Rien"))
    expect(page.locator("[aria-live=polite]")).to_have_text("Rien")
    expect(page.get_by_text("Rien ici")).to_be_visible()


def test_names_are_stepped_through_and_the_focus_stays(page: Page, start: Start) -> None:
    spec = answers(item(1), item(2), item(3), page_size=2)
    start(answers=spec)
    page.locator(".plein-answer-name").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert told(page) == [["select", {"layer": "actors", "id": "a2"}]]
    focused = "document.activeElement.closest('li').dataset.id + document.activeElement.className"
    assert page.evaluate(focused) == "a2plein-answer-name"
    page.evaluate(
        "spec => answers.update(spec)", spec | {"summary": "Autre", "items": [item(2), item(1)]}
    )
    assert page.evaluate(focused) == "a2plein-answer-name"
    page.evaluate("spec => answers.update(spec)", spec)
    page.get_by_role("button", name="Plus (1)").click()
    assert page.evaluate(focused) == "a3plein-answer-name"


def test_as_many_are_taken_along_as_there_is_room_for(page: Page, start: Start) -> None:
    spec = answers(item(1), item(2), item(3))
    start(answers=spec)
    take = page.locator(".plein-answer-take")
    for n in (0, 1):
        take.nth(n).click()
        expect(take.nth(n)).to_have_attribute("aria-pressed", "true")
        expect(take.nth(n)).to_have_text("Emporté")
    page.evaluate(
        "spec => answers.update(spec)", spec | {"taken": ["a1"]}
    )  # the answer to the first
    expect(take.nth(1)).to_have_attribute("aria-pressed", "true")
    page.evaluate("spec => answers.update(spec)", spec | {"taken": ["a1", "a2"]})
    expect(take.nth(2)).to_have_attribute("aria-disabled", "true")
    expect(take.nth(2)).to_have_accessible_description("Maison médicale Deux lieux au plus.")
    expect(page.locator(".plein-answers-full")).to_be_visible()
    take.nth(2).click(force=True)
    expect(page.get_by_role("status")).to_have_text("Deux lieux au plus.")
    assert told(page) == [["take", "a1"], ["take", "a2"]]
    take.nth(0).click()
    expect(take.nth(0)).to_have_attribute("aria-pressed", "false")
    expect(take.nth(2)).not_to_have_attribute("aria-disabled", "true")
    expect(page.locator(".plein-answers-full")).to_be_hidden()


def test_what_the_page_refuses_to_take_is_not_shown_as_taken(page: Page, start: Start) -> None:
    spec = answers(item(1), item(2))
    start(answers=spec)
    take = page.locator(".plein-answer-take")
    take.first.click()
    for others in (["a2"], [], ["a2"]):
        page.evaluate("spec => answers.update(spec)", spec | {"taken": others})
    expect(take.first).to_have_attribute("aria-pressed", "false")
