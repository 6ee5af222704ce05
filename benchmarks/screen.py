"""What a person waits for, measured inside Chromium: from their hand to the frame that answers."""

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page, ViewportSize, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
WIDE: ViewportSize = {"width": 1280, "height": 860}
LETTER_MS = 120
"""Between two letters: a hundred words a minute, faster than most."""
STOPWATCH = (Path(__file__).parent / "stopwatch.js").read_text(encoding="utf-8")
_AT_REST = """() => document.querySelector('[data-testid="stApp"]')
    ?.dataset.testScriptState === 'notRunning'"""

_IN_SIGHT = """([selector, told]) => {
    const box = window.frameElement?.getBoundingClientRect() ?? { x: 0, y: 0 };
    return [...document.querySelectorAll(selector)].flatMap((found) => {
        const { x, y, width, height } = found.getBoundingClientRect();
        const [left, top] = [x + width / 2, y + height / 2];
        const seen = found.contains(document.elementFromPoint(left, top));
        const name = found.getAttribute("aria-label") ?? found.textContent;
        return seen && !(told && name.includes(told)) ? [[box.x + left, box.y + top]] : [];
    });
}"""
"""The middles, in pixels of the page, of what is in sight and not the name on the card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Where a page keeps what is looked at, as CSS selectors.

    `listed` are the names in the list and `entry` what one clicks there, `card` is the name on the
    card, `sign` what one clicks on the map; all of `drawn` are there once the map is drawn, which
    may be in a `frame` of its own (part of its address); `near` added to the address opens the map
    near enough that signs stand alone; `close` is the button that takes the card away.
    """

    listed: str
    card: str
    entry: str
    sign: str
    drawn: Sequence[str]
    frame: str = ""
    near: str = ""
    close: str = ""


@dataclass
class Received:
    """Bytes that came by websocket."""

    size_bytes: int = 0


@dataclass
class Visit:
    """One open page."""

    page: Page
    look: Look
    patience_ms: int
    received: Received = field(default_factory=Received)

    @property
    def map_frame(self) -> Frame:
        """The frame the map is in."""
        for frame in self.page.frames:
            if self.look.frame and self.look.frame in frame.url:
                return frame
        return self.page.main_frame

    def rest(self) -> None:
        """Wait until the app has nothing left to do."""
        self.page.wait_for_function(_AT_REST, timeout=self.patience_ms)
        self.page.wait_for_timeout(400)

    def type(self, word: str, expected: Sequence[str]) -> float:
        """Type a word letter by letter; ms from its last letter until the list is `expected`."""
        box = self.page.locator(".st-key-q input")
        box.click()
        box.press("Control+A")
        self._ready(self.page.main_frame, "input", word, self.look.listed, expected)
        box.press_sequentially(word, delay=LETTER_MS)
        return self._read(self.look.listed)

    def close_card(self) -> None:
        """Go back to the list, where a card has taken its place."""
        button = self.page.locator(self.look.close or "none")
        if button.count():
            button.click()
            self.rest()

    def press(self, selector: str, turn: int) -> float:
        """Click one of what is in sight at a selector; ms until another card is shown.

        Each `turn` takes another one.
        """
        frame = self.map_frame if selector == self.look.sign else self.page.main_frame
        found = frame.evaluate(_IN_SIGHT, [selector, self._told()])
        if not found:
            raise RuntimeError(f"Expected something to click at {selector}, found nothing.")
        x, y = found[turn % len(found)]
        self._ready(frame, "click", "", self.look.card, None)
        self.page.mouse.click(x, y)
        return self._read(self.look.card)

    def watch(self, kind: str, value: str, selector: str) -> None:
        """Start the watch at the next event of a kind; it stops when a selector's texts differ."""
        self._ready(self.page.main_frame, kind, value, selector, None)

    def read(self, selector: str) -> float:
        """Read the watch, ms."""
        return self._read(selector)

    def _told(self) -> str:
        """Return the name on the card."""
        return " ".join(self.page.evaluate("(at) => stopwatch.texts(at)", self.look.card))

    def _ready(
        self, frame: Frame, kind: str, value: str, selector: str, expected: Sequence[str] | None
    ) -> None:
        given = [kind, value, selector, None if expected is None else list(expected)]
        frame.evaluate("(given) => stopwatch.ready(...given)", given)

    def _read(self, selector: str) -> float:
        given = [self.patience_ms, selector]
        return float(self.page.evaluate("(given) => stopwatch.read(...given)", given))


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium on PATH, else Playwright's own."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, address: str, look: Look, *, patience_ms: int = 30_000
) -> Iterator[Visit]:
    """Open a page as a new person does, nothing kept from before, until its map is drawn."""
    context = browser.new_context(viewport=WIDE, locale="fr-BE")
    page = context.new_page()
    visit = Visit(page, look, patience_ms)

    def weigh(payload: str | bytes) -> None:
        visit.received.size_bytes += len(payload)

    page.on("websocket", lambda socket: socket.on("framereceived", weigh))
    page.add_init_script(STOPWATCH)
    wanted: Mapping[str, Sequence[str]] = {"list": [look.listed], "map": look.drawn}
    page.add_init_script(f"watchFirsts({json.dumps(wanted)})")
    page.goto(address)
    page.wait_for_function("() => firsts.list && firsts.map", timeout=patience_ms)
    visit.rest()
    yield visit
    context.close()


def fetched_kb(visit: Visit, *parts: str) -> float:
    """Weigh what the page fetched over HTTP, as encoded on the way, in kB.

    `parts` of addresses keep only what has one of them.
    """
    sizes = visit.page.evaluate(
        """(parts) => [...performance.getEntriesByType('resource'),
                       ...performance.getEntriesByType('navigation')]
            .filter(({ name }) => !parts.length || parts.some((part) => name.includes(part)))
            .map(({ encodedBodySize }) => encodedBodySize)""",
        list(parts),
    )
    return float(sum(sizes)) / 1000
