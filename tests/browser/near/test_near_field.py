"""The field for a place, by itself."""

import json
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.near.conftest import Start
from tests.browser.near.specs import FIELD, LAT, LON, LONG, answer, suggestion, told

pytestmark = pytest.mark.browser


def test_a_place_is_found_by_keyboard_alone(page: Page, start: Start) -> None:
    asked: list[tuple[str, Any]] = []

    def suggest(route: Route) -> None:
        asked.append((route.request.method, route.request.post_data_json))
        route.fulfill(json={"suggestions": [suggestion(f"Rue {n}", f"s{n}") for n in range(3)]})

    page.route("**/near/suggest", suggest)
    start(field=FIELD)
    field = page.get_by_role("combobox", name="Où êtes-vous")
    field.focus()
    page.keyboard.type("rue")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    expect(page.get_by_role("status")).to_have_text("3 suggestions")
    assert asked[-1] == ("POST", {"text": "rue", "lang": "fr"})
    expect(field).to_have_attribute("aria-expanded", "true")
    for key, chosen in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", 2),
        ("Home", 0),
        ("ArrowUp", -1),
    ):
        page.keyboard.press(key)
        marks = options.evaluate_all("all => all.map(o => o.ariaSelected)")
        assert marks == [str(n == chosen).lower() for n in range(3)]
        active = field.get_attribute("aria-activedescendant")
        assert active == (options.nth(chosen).get_attribute("id") if chosen >= 0 else None)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    place = {"kind": "street", "id": "s2", "label": "Rue 2", "lon": LON, "lat": LAT}
    assert told(page) == [["place", place]]
    expect(field).to_have_value("Rue 2")
    expect(field).to_be_focused()
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_escape_closes_and_then_empties(page: Page, start: Start) -> None:
    answer(page, suggestion("Rue Haute"))
    start(field=FIELD)
    page.get_by_role("combobox").press_sequentially("rue")
    expect(page.get_by_role("status")).to_have_text("Une suggestion")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(page.get_by_role("combobox")).to_have_value("rue")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.get_by_role("combobox")).to_have_value("")
    assert told(page) == []


def test_what_is_typed_is_asked_as_it_stands(page: Page, start: Start) -> None:
    answer(page, suggestion("Rue Haute"))
    start(field=FIELD)
    field = page.get_by_role("combobox")
    field.press_sequentially("rue haute 298")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    field.fill("nulle part")
    page.get_by_role("button", name="Chercher").click()
    field.fill("   ")
    page.keyboard.press("Enter")
    texts = [what["text"] for _, what in told(page)]
    assert texts == ["rue haute 298", "nulle part"]
    field.fill(LONG)
    page.keyboard.press("Enter")
    assert len(told(page)[0][1]["text"]) == 200


def test_an_old_answer_never_replaces_a_newer_one(page: Page, start: Start) -> None:
    held: dict[str, Route] = {}

    def hold(route: Route) -> None:
        held[json.loads(route.request.post_data or "")["text"]] = route

    def ask(text: str) -> None:
        page.get_by_role("combobox").fill(text)
        while text not in held:
            page.wait_for_function("true")

    page.route("**/near/suggest", hold)
    start(field=FIELD)
    ask("a")
    ask("ab")
    held["ab"].fulfill(json={"suggestions": [suggestion("de ab")]})
    expect(page.get_by_role("option")).to_contain_text("de ab")
    held["a"].fulfill(json={"suggestions": [suggestion("de a")]})
    expect(page.get_by_role("option")).to_contain_text("de ab")
    ask("abc")
    page.keyboard.press("Escape")
    held["abc"].fulfill(json={"suggestions": [suggestion("trop tard")]})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    expect(page.get_by_role("listbox")).to_be_hidden()


@pytest.mark.parametrize(
    ("answered", "said"),
    [({"json": {"suggestions": []}}, "Aucune"), ({"status": 500}, "ne viennent pas")],
    ids=["none", "failed"],
)
def test_no_suggestion_is_said(
    page: Page, start: Start, answered: dict[str, Any], said: str
) -> None:
    page.route("**/near/suggest", lambda route: route.fulfill(**answered))
    start(field=FIELD)
    page.get_by_role("combobox").fill("zz")
    expect(page.get_by_role("status")).to_contain_text(said)
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_what_one_types_outlives_a_rerun(page: Page, start: Start) -> None:
    answer(page)
    start(field=FIELD)
    field = page.get_by_role("combobox")
    field.press_sequentially("rue")
    page.evaluate("spec => field.update(spec)", FIELD | {"lang": "nl"})
    expect(field).to_have_value("rue")
    page.evaluate("spec => field.update(spec)", FIELD | {"value": "Place"})
    expect(field).to_have_value("rue")
    page.keyboard.press("Enter")
    page.evaluate("spec => field.update(spec)", FIELD | {"value": "Rue Haute 298"})
    expect(field).to_have_value("Rue Haute 298")


def test_a_refused_position_is_told_kindly(page: Page, start: Start) -> None:
    page.evaluate(
        """() => { navigator.geolocation.getCurrentPosition = (_, refused, how) => {
          window.how = how; refused({code: window.code ?? 1}); }; }"""
    )
    start(field=FIELD)
    assert page.evaluate("window.how") is None
    for code, error, said in (
        (1, "denied", "Refusée"),
        (2, "unavailable", "Introuvable"),
        (3, "timeout", "Trop"),
    ):
        page.evaluate("code => { window.code = code }", code)
        page.get_by_role("button", name="Utiliser ma position").click()
        expect(page.get_by_role("status")).to_contain_text(said)
        assert told(page) == [["place", {"kind": "position", "error": error}]]
    assert page.evaluate("how") == {"enableHighAccuracy": True, "timeout": 15_000, "maximumAge": 0}


def test_a_browser_without_permission_says_so(page: Page, start: Start) -> None:
    start(field=FIELD)
    page.get_by_role("button", name="Utiliser ma position").click()
    expect(page.get_by_role("status")).to_contain_text("Refusée")


def test_the_position_is_told_on_press(page: Page, context: BrowserContext, start: Start) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": LAT, "longitude": LON, "accuracy": 40})
    start(field=FIELD | {"value": "Rue Haute"})
    page.get_by_role("button", name="Utiliser ma position").click()
    page.wait_for_function("told.length")
    position = {"kind": "position", "lon": LON, "lat": LAT, "accuracy_m": 40}
    assert told(page) == [["place", position]]
    expect(page.get_by_role("combobox")).to_have_value("")


def test_a_position_that_comes_late_is_for_nobody(page: Page, start: Start) -> None:
    page.evaluate("navigator.geolocation.getCurrentPosition = found => { window.found = found }")
    start(field=FIELD)
    here = page.get_by_role("button", name="Utiliser ma position")
    here.click()
    expect(page.get_by_role("status")).to_have_text("Un instant")
    expect(here).to_have_attribute("aria-disabled", "true")
    answer(page)
    page.get_by_role("combobox").fill("rue haute")
    expect(here).not_to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    page.evaluate("found({coords: {longitude: 4, latitude: 50, accuracy: 9}})")
    assert told(page) == [["place", {"kind": "text", "text": "rue haute"}]]
