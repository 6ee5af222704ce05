"""The bundle by itself, in Chromium, on a page of our own with places nobody would dare to send."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from exchange.assets import build_assets
from exchange.settings import ROOT

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>t</title>
<link rel="icon" href="data:,">
<style>body{margin:0}#map{height:500px}#list{height:300px}</style>
<div id="map"></div><div id="list"></div><script src="built/plein.js"></script>"""
EVIL = (
    "<img src=x onerror=window.ran=1>",
    "<script>window.ran=1</script>",
    "{{constructor.constructor('window.ran=1')()}}",
    "\u202eneddorav\u2066",
    "x" * 10_000,
    "",
)
SQUARE = [[4.34, 50.83], [4.36, 50.83], [4.36, 50.85], [4.34, 50.85], [4.34, 50.83]]


def place(index: int, name: str, **more: Any) -> dict[str, Any]:
    point = [4.345 + 0.002 * (index % 5), 50.835 + 0.002 * (index // 5)]
    properties = {"id": f"p{index}", "name": name, "group": "care", "icon": "maki:doctor"}
    return {
        "type": "Feature",
        "properties": {**properties, "precision": "address", "sub": name, **more},
        "geometry": {"type": "Point", "coordinates": point},
    }


def area(name: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"id": "n1", "name_fr": name, "name_nl": name},
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
    }


def spec(**more: Any) -> dict[str, Any]:
    style = {"fill": "tint", "label": "name", "interactive": True}
    areas = {"id": "n", "kind": "areas", "title": EVIL[0], "address": "areas.json", "style": style}
    signs = {"id": "signs", "kind": "signs", "title": "Lieux", "address": "signs.json"}
    signs["legend"] = [{"symbol": "sign", "label": EVIL[1], "group": "care"}]
    return {
        "lang": "fr",
        "bounds": [[50.83, 4.34], [50.85, 4.36]],
        "layers": [areas, signs],
        "attribution": [{"text": EVIL[0], "url": "javascript:window.ran=1"}],
        **more,
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    build_assets(ROOT)
    folder = tmp_path_factory.mktemp("site")
    (folder / "built").symlink_to(ROOT / "static" / "built")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    signs = [place(index, name) for index, name in enumerate([*EVIL, "Pharmacie", "Crèche"])]
    nowhere = {**place(8, "Nulle part"), "geometry": None}
    for name, features in (("signs", [*signs, nowhere]), ("areas", [area(EVIL[4])])):
        content = {"type": "FeatureCollection", "features": features}
        (folder / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    found = chromium.new_page(viewport={"width": 900, "height": 820}, reduced_motion="reduce")
    found.set_default_timeout(10_000)
    errors: list[str] = []
    hosts: set[str] = set()
    found.on("pageerror", lambda error: errors.append(str(error)))
    found.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    found.goto(site)
    yield found
    found.close()
    assert errors == []
    assert {host for host in hosts if host} == {site.split("/")[2]}


def mount(page: Page, told: dict[str, Any] | None = None, **listed: Any) -> None:
    page.evaluate(
        """([map, list]) => {
          window.chosen = [];
          const onSelect = (one) => chosen.push(`${one.layer}:${one.id}`);
          window.map = Plein.mountMap(document.getElementById("map"), map, {onSelect});
          window.list = Plein.mountList(document.getElementById("list"), list, {onSelect});
        }""",
        [told or spec(), {"lang": "fr", "layer": "signs", "address": "signs.json", **listed}],
    )
    page.wait_for_selector(".plein-sign, .plein-badge")
    page.wait_for_selector(".plein-item")


def test_names_of_any_kind_are_only_text(page: Page) -> None:
    mount(page, spec(selected={"layer": "signs", "id": "p4"}))
    for index in range(len(EVIL)):
        page.click(f'.plein-item[data-id="p{index}"]')
        page.hover(".plein-chosen")
        page.wait_for_selector(".plein-tip")
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x]").count() == 0
    assert page.locator('a[href^="javascript"]').count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") == 900
    assert (
        max(page.eval_on_selector_all(".plein-item", "all => all.map(i => i.offsetHeight)")) < 120
    )
    assert page.locator(".plein-tip").bounding_box()["height"] < 160  # type: ignore[index]


def test_the_list_and_the_map_show_each_other_at_once(page: Page) -> None:
    mount(page)
    page.click('.plein-item[data-id="p6"]')
    assert page.get_attribute(".plein-chosen", "aria-label") == "Pharmacie, Pharmacie"
    assert page.evaluate("chosen") == ["signs:p6"]
    page.evaluate("map.leaflet.setZoom(18, {animate: false})")
    page.evaluate("map.leaflet.panTo([50.837, 4.349], {animate: false})")
    page.click('.plein-sign[aria-label="Crèche, Crèche"]')
    assert page.get_attribute('.plein-item[data-id="p7"]', "aria-current") == "true"
    assert page.evaluate("chosen") == ["signs:p6", "signs:p7"]


def test_a_filter_leaves_what_it_names_and_the_map_stays(page: Page) -> None:
    mount(page)
    page.evaluate("window.first = document.querySelector('.plein-map')")
    only_p6 = "QAA="
    page.evaluate(
        "([spec, shown]) => map.update({...spec, shown: {signs: shown}})", [spec(), only_p6]
    )
    page.evaluate(
        "shown => list.update({lang: 'fr', layer: 'signs', address: 'signs.json', shown})", only_p6
    )
    labels = page.eval_on_selector_all(".plein-sign", "all => all.map(s => s.ariaLabel)")
    assert labels == ["Pharmacie, Pharmacie"]
    assert page.locator(".plein-item").count() == 1
    assert page.evaluate(
        "first.isConnected && document.querySelectorAll('.plein-map').length === 1"
    )


def test_the_order_of_a_search_and_the_opening_are_told(page: Page) -> None:
    mount(page, ranked=[7, 6], open="QAA=", known="wAA=")
    told = page.eval_on_selector_all(".plein-item", "all => all.map(i => i.innerText.split('\\n'))")
    assert [words[0] for words in told] == ["Crèche", "Pharmacie"]
    assert [words[-1] for words in told] == ["Closed now", "Open now"]


def test_what_has_no_place_is_in_the_list_alone(page: Page) -> None:
    mount(page)
    page.click('.plein-item[data-id="p8"]')
    assert page.evaluate("chosen") == ["signs:p8"]
    assert page.locator(".plein-chosen").count() == 0


def test_places_on_one_spot_are_counted_and_then_shown_apart(page: Page) -> None:
    spot = [{**place(0, f"Relais {n}"), "id": n} for n in range(4)]
    for n, one in enumerate(spot):
        one["properties"] = {**one["properties"], "id": f"r{n}"}
    told = spec()
    told["layers"].append({"id": "relays", "kind": "signs", "data": {"features": spot}})
    told["layers"][1]["visible"] = False
    mount(page, told)
    page.hover(".plein-badge")
    assert page.inner_text(".plein-badge") == "4"
    page.click(".plein-badge")
    page.wait_for_selector('.plein-sign[aria-label^="Relais 3"]')
    page.click('.plein-sign[aria-label^="Relais 3"]')
    assert page.evaluate("chosen") == ["relays:r3"]


def test_everything_can_be_done_by_keyboard(page: Page) -> None:
    mount(page)
    page.focus(".plein-item")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("chosen") == ["signs:p1"]
    page.evaluate("map.leaflet.setView([50.836, 4.348], 18, {animate: false})")
    page.wait_for_selector('.plein-sign[tabindex="0"]')
    page.focus('.plein-sign[tabindex="0"]')
    assert page.locator('.plein-map [tabindex="0"].plein-sign').count() == 1
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert page.evaluate("chosen.length") == 2
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className.includes('plein-map')")


def test_a_layer_that_fails_says_so_and_can_be_tried_again(page: Page) -> None:
    told = spec()
    told["layers"][0] |= {"address": "gone.json", "title": "Quartiers"}
    mount(page, told)
    assert "Quartiers" in page.inner_text(".plein-message")
    page.route("**/gone.json", lambda route: route.fulfill(json={"features": [area("Marolles")]}))
    page.click(".plein-message button")
    page.wait_for_selector(".plein-name")
    assert page.inner_text(".plein-name") == "MAROLLES"
    assert page.locator(".plein-message").count() == 0


def test_the_address_keeps_the_view_and_the_layers(page: Page) -> None:
    mount(page)
    page.evaluate("map.leaflet.setView([50.84, 4.35], 14, {animate: false})")
    page.click(".plein-legend-button")
    page.click('.plein-legend input[value="n"]')
    zoom, lat, lon = page.evaluate("location.hash.match(/^#map=(.*)&off=n$/)[1]").split("/")
    assert (zoom, round(float(lat), 3), round(float(lon), 3)) == ("14", 50.84, 4.35)
    page.evaluate("history.pushState({}, '', '?pick=signs:p6')")
    page.wait_for_function("location.hash.startsWith('#map=14/')")
    assert page.evaluate("location.search") == "?pick=signs:p6"
    page.reload()
    mount(page, spec(selected={"layer": "signs", "id": "p6"}, focus=True))
    assert page.evaluate("map.leaflet.getZoom()") == 14
    assert not page.is_checked('.plein-legend input[value="n"]')


def test_two_maps_that_look_elsewhere_leave_the_address_alone(page: Page) -> None:
    mount(page)
    page.evaluate(
        """told => {
          const box = document.body.appendChild(document.createElement("div"));
          box.style.height = "300px";
          window.beside = Plein.mountMap(box, told, {});
          window.written = 0;
          navigation.addEventListener("currententrychange", () => written++);
        }""",
        spec(),
    )
    page.evaluate("map.leaflet.setView([50.84, 4.35], 14, {animate: false})")
    page.evaluate("beside.leaflet.setView([50.85, 4.36], 15, {animate: false})")
    page.evaluate("history.pushState({}, '', '?pick=signs:p6')")
    page.wait_for_function("location.hash.startsWith('#map=14/')")
    page.wait_for_timeout(300)
    assert page.evaluate("written") == 4  # both moved, the page wrote its own, one brought it back


def test_what_arrives_after_the_map_is_gone_does_nothing(page: Page) -> None:
    told = spec()
    named = {"address": None, "data": {"features": [area("Marolles")]}}
    told["layers"].append({**told["layers"][0], **named, "id": "named"})
    mount(page, told)
    page.wait_for_selector(".plein-name")
    held: list[Route] = []
    page.route("**/late.json", lambda route: held.append(route))  # noqa: PLW0108 - asked its own way
    told["layers"][0] |= {"address": "late.json"}
    with page.expect_request("**/late.json"):
        page.evaluate("spec => map.update(spec)", told)
    page.evaluate("map.destroy()")
    held[0].fulfill(json={"features": [area("Marolles")]})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    assert page.locator(".leaflet-container").count() == 0


@pytest.mark.parametrize(
    "hash_", ["#map=99/1/1", "#map=12/<b>/4", "#map=14/89/400", "#off=" + "a" * 9_000]
)
def test_an_address_made_up_by_somebody_is_ignored(page: Page, hash_: str) -> None:
    page.evaluate("hash => { location.hash = hash }", hash_)
    mount(page)
    assert page.evaluate("map.leaflet.getBounds().contains([50.84, 4.35])")


def test_a_border_of_two_areas_is_one_line(page: Page) -> None:
    west, east = area("West"), area("Oost")
    east["properties"]["id"] = "n2"
    east["geometry"]["coordinates"] = [[[round(lon + 0.02, 5), lat] for lon, lat in SQUARE]]
    told = spec(bounds=[[50.82, 4.33], [50.86, 4.39]])
    told["layers"][0] |= {
        "data": {"features": [west, east]},
        "address": None,
        "style": {"weight": 1},
    }
    mount(page, told)
    drawn = page.eval_on_selector_all(
        ".plein-areas path", "all => all.map(p => p.getAttribute('d'))"
    )
    assert [line.count("L") for line in drawn] == [7]  # of the eight sides of two squares


def test_the_position_is_asked_on_press_only(page: Page) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 50.84, "longitude": 4.35})
    page.evaluate(
        """() => { window.asked = 0; const ask = navigator.geolocation.getCurrentPosition;
          navigator.geolocation.getCurrentPosition = function (...all) {
            asked += 1; return ask.apply(this, all); }; }"""
    )
    mount(page)
    assert page.evaluate("asked") == 0
    page.click(".plein-locate")
    page.wait_for_function("map.leaflet.getZoom() >= 15")
    assert page.evaluate("asked") == 1


def test_a_file_that_stands_alone_opens_cards(chromium: Browser, tmp_path: Path) -> None:
    build_assets(ROOT)
    links = [{"text": "site", "href": "https://a.be"}, {"text": "bad", "href": "javascript:ran=1"}]
    features = [place(0, EVIL[0], phone="+32 2 123", lines=["lu 9:00"], links=links)]
    layer = {"id": "signs", "kind": "signs", "data": {"features": features}}
    told = json.dumps(
        {"lang": "nl", "layers": [layer], "view": {"lat": 50.835, "lon": 4.345, "zoom": 16}}
    )
    script = (ROOT / "static" / "built" / "plein.js").read_text(encoding="utf-8")
    told = told.replace("<", "\\u003c")
    assert "</script" not in script
    path = tmp_path / "alone.html"
    path.write_text(
        f'<!doctype html><meta charset="utf-8"><div id="m" style="height:500px"></div>'
        f"<script>{script}</script>"
        f'<script>Plein.mountMap(document.getElementById("m"), {told}, {{embed: true}})</script>',
        encoding="utf-8",
    )
    page = chromium.new_page(offline=True)
    page.goto(path.as_uri())
    page.click(".plein-sign")
    assert page.inner_text(".plein-card h3") == EVIL[0]
    hrefs = page.eval_on_selector_all(
        ".plein-card a", "all => all.map(a => a.getAttribute('href'))"
    )
    assert hrefs == ["tel:+322123", "https://a.be"]
    assert page.evaluate("window.ran") is None
    page.close()


def test_axe_finds_nothing_serious(page: Page) -> None:
    mount(page, open="QAA=", known="wAA=", summary="9 lieux")
    page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<h1>t</h1>')")
    page.add_script_tag(path=ROOT / "static" / "built" / "dev" / "axe.min.js")
    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes[0].html]))"
    )
    assert [one for one in found if one[0] in ("serious", "critical")] == []
