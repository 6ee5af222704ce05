"""What is near, on the map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.near.conftest import Start
from tests.browser.near.specs import EVIL, LAT, LON, item, map_spec, near, square, told

pytestmark = pytest.mark.browser


def test_what_is_near_is_drawn_and_goes_away(page: Page, start: Start) -> None:
    items = [item(1), item(2)]
    way = [[LON, LAT], [LON + 0.002, LAT + 0.001], [LON + 0.003, LAT]]
    vague = {"lon": LON, "lat": LAT, "label": EVIL, "accuracy_m": 300}
    start(map=map_spec(near(*items, way=way, origin=vague)))
    areas, lines = page.locator(".leaflet-plein-near-areas-pane path"), page.locator(".plein-way")
    expect(areas).to_have_count(4)
    expect(page.locator(".plein-minutes")).to_have_text(
        [f"{m} minutes à pied" for m in (5, 10, 15)], use_inner_text=True
    )
    expect(page.locator(".plein-near-sign")).to_have_text(["1", "2"])
    expect(lines).to_have_count(1)
    assert lines.get_attribute("stroke-dasharray") is None
    seen = "([lat, lon]) => map.leaflet.getBounds().contains([lat, lon])"
    assert page.evaluate(seen, [LAT + 0.015, LON + 0.015])
    assert page.evaluate("map.leaflet.getZoom()") > 13
    page.evaluate(
        "spec => map.update(spec)", map_spec(near(way=way[:2], way_estimated=True, areas=[]))
    )
    assert lines.get_attribute("stroke-dasharray")
    expect(areas).to_have_count(0)
    page.evaluate("spec => map.update(spec)", map_spec(None))
    gone = ".plein-way, .plein-near-sign, .plein-minutes, .plein-pin, .plein-placing"
    expect(page.locator(gone)).to_have_count(0)
    page.evaluate("spec => map.update(spec)", map_spec(near(*items)))
    expect(page.locator(".plein-near-sign")).to_have_count(2)


def test_the_view_is_the_persons_until_the_page_asks(page: Page, start: Start) -> None:
    start(map=map_spec(near(item(1))))
    page.evaluate("map.leaflet.setView([50.9, 4.4], 12, {animate: false})")
    page.evaluate("spec => map.update(spec)", map_spec(near(item(1), item(2))))
    assert page.evaluate("map.leaflet.getZoom()") == 12
    page.evaluate("spec => map.update(spec)", map_spec(near(item(1), fit="second")))
    assert page.evaluate("map.leaflet.getZoom()") > 12
    assert page.evaluate("location.hash") == ""  # it would tell where the person is


def test_signs_on_one_spot_stand_side_by_side(page: Page, start: Start) -> None:
    spot = near(*(item(n) for n in range(1, 8)))
    spot["answers"] = [{**one, "lon": LON + 0.004, "lat": LAT} for one in spot["answers"]]
    start(map=map_spec(spot))
    places = page.locator(".plein-near-sign").evaluate_all(
        "all => all.map(s => [s._leaflet_pos.x, s._leaflet_pos.y])"
    )
    apart = [(x - u) ** 2 + (y - v) ** 2 for n, (x, y) in enumerate(places) for u, v in places[:n]]
    assert min(apart) > 30**2


def test_the_start_is_put_by_click_and_by_keyboard(page: Page, start: Start) -> None:
    start(map=map_spec(near(origin=None, areas=[], fit="")))
    page.locator("#map").click(position={"x": 100, "y": 200})
    ((_, clicked),) = told(page)
    assert clicked["lon"] < 4.35
    assert page.evaluate("map.leaflet.getZoom()") < 15
    page.evaluate("spec => map.update(spec)", map_spec(near(fit="")))
    pin = page.locator(".plein-pin")
    expect(pin).to_have_accessible_name("Rue Haute 298 · Vous êtes ici")
    pin.focus()
    for key in ("ArrowRight", "Shift+ArrowUp", "Enter"):
        page.keyboard.press(key)
    ((_, moved),) = told(page)
    assert (moved["lon"] > LON, moved["lat"] > LAT) == (True, True)
    page.locator(".plein-map").focus()
    page.keyboard.press("Enter")
    expect(pin).to_be_focused()


def test_a_click_on_an_area_of_the_ground_puts_the_start(page: Page, start: Start) -> None:
    ground = {"type": "Feature", "properties": {"id": "n1"}, "geometry": square(0.03)}
    layer = {
        "id": "n",
        "kind": "areas",
        "data": {"features": [ground]},
        "style": {"interactive": True, "fill": "tint"},
    }
    start(map=map_spec(near(fit=""), layers=[layer]))
    expect(page.locator(".leaflet-plein-n-pane path")).to_have_count(1)
    page.locator("#map").click(position={"x": 300, "y": 300})
    assert [name for name, _ in told(page)] == ["point"]


def test_a_place_among_the_signs_of_its_layer_has_one_sign(page: Page, start: Start) -> None:
    one = item(1)
    point = {"type": "Point", "coordinates": [LON + 0.003, LAT]}
    feature = {"type": "Feature", "geometry": point, "properties": one}
    layer = {"id": "actors", "kind": "signs", "data": {"features": [feature]}}
    chosen = {"layer": "actors", "id": "a1"}
    hidden = {"shown": {"actors": "AA=="}, "layers": [layer], "selected": chosen, "focus": True}
    start(map=map_spec(near(one), **hidden))
    expect(page.locator(".plein-chosen")).to_have_count(1)
    expect(page.locator(".plein-sign")).to_have_count(1)
    page.evaluate("spec => map.update(spec)", map_spec(None, **hidden))
    expect(page.locator(".plein-chosen:not(.plein-near-sign)")).to_have_count(1)


def test_a_map_that_asks_for_a_pin_alone_is_as_before(page: Page, start: Start) -> None:
    ground = {"type": "Feature", "properties": {"id": "n1"}, "geometry": square(0.03)}
    style = {"interactive": True, "fill": "tint"}
    layer = {"id": "n", "kind": "areas", "data": {"features": [ground]}, "style": style}
    start(map=map_spec(None, layers=[layer]))
    expect(page.locator(".leaflet-plein-n-pane path")).to_have_count(1)
    page.locator("#map").click(position={"x": 420, "y": 220})
    assert told(page) == [["select", {"layer": "n", "id": "n1"}]]
    pinned = map_spec(None, layers=[layer], pin={"lon": LON, "lat": LAT})
    page.evaluate("spec => map.update(spec)", pinned)
    assert page.evaluate("map.leaflet.getZoom()") == 17
    expect(page.locator(".plein-pin")).to_have_accessible_name(re.compile("^Pin: drag it"))
    page.locator("#map").click(position={"x": 300, "y": 300})
    assert [name for name, _ in told(page)] == ["point"]
    assert page.evaluate("location.hash").startswith("#map=17/")
