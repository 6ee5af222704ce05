"""The bundle on a page of our own with room for the field, the answers and the map."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

PAGE = """<!doctype html><html lang="fr"><meta charset="utf-8"><title>t</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,">
<style>body{margin:12px;font-family:sans-serif}#map{height:480px}</style>
<main><h1>Près de moi</h1><div id="field"></div><div id="answers"></div><div id="map"></div></main>
<script src="built/plein.js"></script>
<script>window.told = [];
const tell = (name) => (what) => told.push([name, what]);
window.start = (parts) => { for (const [start, id, spec] of parts)
  window[id] = Plein[start](document.getElementById(id), spec, {
    onPlace: tell("place"), onSelect: tell("select"), onTake: tell("take"),
    onPoint: tell("point")});};
</script>"""


@pytest.fixture(scope="module")
def site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("site")
    (folder / "built").symlink_to(built)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    handler = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    found = chromium.new_context(viewport={"width": 900, "height": 1000}, reduced_motion="reduce")
    found.set_default_timeout(10_000)
    errors: list[str] = []
    hosts: set[str] = set()
    found.on("weberror", lambda one: errors.append(str(one.error)))
    found.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    yield found
    found.close()
    assert errors == []
    assert {host for host in hosts if host} == {site.split("/")[2]}


@pytest.fixture
def page(context: BrowserContext, site: str) -> Page:
    found = context.new_page()
    found.goto(site)
    return found


Start = Callable[..., None]


@pytest.fixture
def start(page: Page) -> Start:
    """Start parts: `start(field=…, answers=…, map=…)`."""
    starts = {"field": "mountPlaceField", "answers": "mountAnswers", "map": "mountMap"}

    def started(**specs: dict[str, Any]) -> None:
        page.evaluate("start", [[starts[name], name, spec] for name, spec in specs.items()])

    return started
