"""The page "Coverage" in Chromium: another category → map and table, and what is sent for it."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from playwright.sync_api import Page, WebSocket

from benchmarks.figures import Figure
from benchmarks.installation import installed, official_data
from benchmarks.screen import STOPWATCH, WIDE, chromium
from directory.categories import CATEGORIES
from exchange.walking import build_network
from tests.serving import served

GRAPH: Final = "osm_city_of_brussels_drive.graphml"
WORDS: Final = ("library", "pharmacy", "community-house", "education")
"""Categories asked for in turn, each with places in the City."""
WARM_UP, TIMES = 4, 16
PATIENCE_MS: Final = 120_000
_AT_REST: Final = """() => document.querySelector('[data-testid="stApp"]')
    ?.dataset.testScriptState === 'notRunning'"""
_READY: Final = """() => {
  const shown = () => document.querySelector('.plein-told')?.dataset.shown;
  const fills = () => [...document.querySelectorAll('.leaflet-plein-sectors-pane path')]
    .map((path) => path.getAttribute('fill')).join();
  const [table, map] = [shown(), fills()];
  window.taken = new Promise((done) => document.addEventListener('pointerdown', (event) => {
    const changed = [() => shown() !== table, () => fills() !== map];
    Promise.all(changed.map(stopwatch.when))
      .then((moments) => done(moments.map((moment) => moment - event.timeStamp)));
  }, { capture: true, once: true }));
}"""
"""The watch starts under the finger and stops at the frames that show the table and the map."""


def figures() -> Iterator[Figure]:
    """Measure the change of a category, on official outlines, 1,787 places, the City's streets."""
    with installed() as home:
        build_network(home, path=Path(official_data()) / GRAPH)
        with served(home) as (address, _process), chromium() as browser:
            page = browser.new_context(viewport=WIDE, locale="fr-BE").new_page()
            page.set_default_timeout(PATIENCE_MS)
            sizes = [0]
            page.on("websocket", lambda socket: _weigh(socket, sizes))
            page.add_init_script(STOPWATCH)
            page.goto(f"{address}/coverage?what={WORDS[-1]}")
            _rest(page)
            taken = [_change(page, WORDS[turn % len(WORDS)], sizes) for turn in range(TIMES)]
    measured = taken[WARM_UP:]
    yield Figure(
        figure="coverage page, category → map and table",
        value=round(median(max(table, drawn) for table, drawn, _size in measured), 1),
        unit="ms",
        goal="<= 300",
    )
    yield Figure(
        figure="coverage page, sent for a category",
        value=round(max(size for _table, _drawn, size in measured) / 1000, 2),
        unit="kB",
        goal="<= 15",
    )


def _weigh(socket: WebSocket, sizes: list[int]) -> None:
    def weigh(payload: str | bytes) -> None:
        sizes[0] += len(payload)

    socket.on("framereceived", weigh)


def _rest(page: Page) -> None:
    """Wait until everything is drawn and nothing is on its way."""
    page.wait_for_function("() => document.querySelector('.plein-told')?.dataset.shown")
    page.wait_for_function(
        "() => document.querySelectorAll('.leaflet-plein-sectors-pane path').length > 700"
    )
    page.wait_for_function(_AT_REST)
    page.wait_for_timeout(600)


def _change(page: Page, word: str, sizes: list[int]) -> tuple[float, float, int]:
    """Choose a category; ms until the table and until the map show it, and bytes received."""
    label = CATEGORIES[word].labels.best("fr")
    field = page.locator(".st-key-what input")
    field.click()
    field.fill(label)
    option = page.get_by_role("option", name=label, exact=True)
    option.wait_for()
    before = sizes[0]
    page.evaluate(_READY)
    option.click()
    table, drawn = page.evaluate("() => window.taken")
    _rest(page)
    return float(table), float(drawn), sizes[0] - before
