"""The three parts together: hostile names, small screens, axe."""

import json

import pytest
from playwright.sync_api import Page, expect

from exchange.settings import ROOT
from tests.browser.near.conftest import Start
from tests.browser.near.specs import (
    EVIL,
    FIELD,
    LONG,
    NARROW,
    answer,
    answers,
    item,
    map_spec,
    near,
    suggestion,
    told,
)

pytestmark = pytest.mark.browser


def test_names_of_any_kind_are_only_text(page: Page, start: Start) -> None:
    page.set_viewport_size(NARROW)
    answer(page, suggestion(EVIL, sub=LONG), suggestion(LONG, "s2"))
    more = {"category": LONG, "address": LONG, "facts": [EVIL, LONG], "walk": "7 min"}
    state = {"kind": "<b>", "text": LONG}
    phone = {"text": EVIL, "href": "javascript:window.ran=1"}
    bad = item(3, EVIL, state=state, phone=phone, geo="javascript:window.ran=1", **more)
    items = [item(1, LONG, **more), item(2, EVIL), bad]
    start(field=FIELD, answers=answers(*items, summary=LONG), map=map_spec(near(*items)))
    page.get_by_role("combobox").fill("x")
    expect(page.get_by_role("option")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    page.keyboard.press("Escape")
    heights = page.locator(".plein-answer-name").evaluate_all("all => all.map(b => b.offsetHeight)")
    assert max(heights) < 200
    for sign in page.locator(".plein-near-sign").all():
        sign.focus()
        expect(page.locator(".plein-tip")).to_be_visible()
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x]").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0


def test_every_target_is_large(page: Page, start: Start) -> None:
    page.set_viewport_size(NARROW)
    answer(page, suggestion("Rue Haute"))
    items = [item(1), item(2)]
    start(field=FIELD, answers=answers(*items), map=map_spec(near(*items)))
    page.get_by_role("combobox").fill("x")
    expect(page.get_by_role("option")).to_have_count(1)
    small = page.locator(
        ":is(.plein-place, .plein-answers) :is(button, a, input, [role=option])"
    ).evaluate_all(
        """all => all.filter(one => one.checkVisibility())
          .filter(one => one.offsetHeight < 48 || one.offsetWidth < 48).map(one => one.outerHTML)"""
    )
    assert small == []
    signs = page.locator(".plein-near-sign, .plein-pin").evaluate_all(
        "all => all.map(s => s.offsetWidth)"
    )
    assert min(signs) >= 44


def test_map_and_answers_show_each_other_at_once(page: Page, start: Start) -> None:
    items = [item(1), item(2)]
    start(answers=answers(*items), map=map_spec(near(*items)))
    page.locator(".plein-answer-name").first.click()
    expect(page.locator(".plein-chosen")).to_have_attribute(
        "aria-label", "1. Maison médicale, Médecin"
    )
    page.locator('.plein-near-sign[aria-label^="2."]').click()
    expect(page.locator('[data-id="a2"] .plein-answer-name')).to_have_attribute(
        "aria-current", "true"
    )
    expect(page.locator(".plein-chosen")).to_have_count(1)
    assert told(page) == [["select", {"layer": "actors", "id": f"a{n}"}] for n in (1, 2)]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_axe_finds_nothing_serious(page: Page, start: Start, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    answer(page, suggestion("Rue Haute"), suggestion("Rue Basse", "s2"))
    items = [item(1), item(2), item(3)]
    start(
        field=FIELD,
        answers=answers(*items, selected="a1", taken=["a1", "a2"]),
        map=map_spec(near(*items), selected={"layer": "actors", "id": "a1"}),
    )
    page.get_by_role("combobox").fill("rue")
    expect(page.get_by_role("option")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.add_script_tag(path=ROOT / "static" / "built" / "dev" / "axe.min.js")
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes[0].html]))"
    )
    assert [one for one in found if one[0] in ("serious", "critical")] == []


def test_from_right_to_left_nothing_sticks_out(page: Page, start: Start) -> None:
    page.set_viewport_size(NARROW)
    page.evaluate("document.documentElement.dir = 'rtl'")
    start(field=FIELD | {"lang": "ar"}, answers=answers(item(1), lang="ar"))
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    number, words = (
        page.locator(f".plein-answer-{part}").bounding_box() for part in ("number", "words")
    )
    assert number is not None
    assert words is not None
    assert number["x"] > words["x"]


def test_parts_that_end_leave_nothing(page: Page, start: Start) -> None:
    start(field=FIELD, answers=answers(item(1)), map=map_spec(near(item(1))))
    page.evaluate("field.destroy(); answers.destroy(); map.destroy()")
    assert page.locator("#field > *, #answers > *, #map > *").count() == 0
    detail = json.dumps({"layer": "actors", "id": "a1"})
    page.evaluate(f"document.dispatchEvent(new CustomEvent('plein:choose', {{detail: {detail}}}))")
