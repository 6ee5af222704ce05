"""Where things are on the screen, by what a person reads or a screen reader hears."""

import re
from collections.abc import Callable

from playwright.sync_api import FilePayload, Locator, Page, expect

from ui.language import catalog

PHONE = (390, 844)


def say(language: str) -> Callable[[str], str]:
    """Return what turns an English message into a language."""
    return catalog(language).gettext


def ready(page: Page) -> Page:
    """Wait for the list and for a sign on the map."""
    expect(page.locator(".plein-item").first).to_be_visible()
    expect(page.locator(".plein-sign, .plein-badge").first).to_be_visible()
    return page


def at_rest(page: Page) -> None:
    """Wait until the page is drawn and stands still: what is pressed before gets lost."""
    page.wait_for_function(
        """() => {
          const app = document.querySelector('[data-testid="stApp"]');
          const moves = document.getAnimations().some((one) =>
            one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity);
          return app?.dataset.testScriptState === "notRunning" && !moves
            && !app.querySelector('[data-stale="true"]');
        }"""
    )


def search(page: Page, text: str) -> None:
    """Type into the search box."""
    page.get_by_role("searchbox").fill(text)


def names(page: Page) -> Locator:
    """The names in the list."""
    return page.locator(".plein-item-name")


def item(page: Page, key: str) -> Locator:
    """One place in the list."""
    return page.locator(f'.plein-item[data-id="{key}"]')


def card(page: Page) -> Locator:
    """The card beside the map."""
    return page.locator(".st-key-card .plein-card")


def open_card(page: Page, key: str) -> Locator:
    """Choose a place in the list and wait for its card."""
    item(page, key).click()
    expect(item(page, key)).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(rf"pick=\w+%3A{key}\b"))
    expect(card(page)).to_be_visible()
    return card(page)


def sign(page: Page, name: str) -> Locator:
    """A place's sign on the map."""
    return page.locator(f'.plein-sign[aria-label^="{name}"]')


def speak(page: Page, language: str) -> None:
    """Switch the language."""
    page.locator(".st-key-language").get_by_role("radio", name=language.upper()).click()
    expect(page.locator("html")).to_have_attribute("lang", language)


def open_filters(page: Page, language: str) -> Locator:
    """Open the panel of finer filters."""
    page.locator(".st-key-more").get_by_role("button").first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text(say(language)("Municipality"))
    return panel


def filter_by(page: Page, language: str, label: str, option: str) -> None:
    """Choose an option of one of the finer filters and close the panel."""
    panel = open_filters(page, language)
    panel.get_by_role("combobox", name=say(language)(label)).fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    expect(panel.get_by_text(option)).to_be_visible()
    page.locator(".plein-header h1").click()
    expect(panel).to_be_hidden()


def open_legend(page: Page, language: str) -> Locator:
    """Open the legend of the map, which a small map keeps closed."""
    legend = page.locator(".plein-legend")
    button = legend.get_by_role("button", name=say(language)("Legend"))
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return legend


def layer(page: Page, language: str, title: str) -> Locator:
    """The box of the legend that puts a layer on and off."""
    return open_legend(page, language).get_by_role("checkbox", name=say(language)(title))


def give_file(page: Page, press: Locator, content: bytes, name: str) -> None:
    """Give a file and press what has it read."""
    file: FilePayload = {
        "name": name,
        "mimeType": "application/octet-stream",
        "buffer": content,
    }
    page.locator("input[type=file]").set_input_files(files=[file])
    expect(page.get_by_role("alert")).to_have_count(0)  # what was said of an earlier file
    expect(press).to_be_enabled()
    press.click()


def fits(page: Page) -> bool:
    """Whether nothing makes the page scroll sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def place(page: Page) -> str:
    """Where the map is, as the address tells."""
    expect(page).to_have_url(re.compile("#map="))
    return str(page.evaluate("location.hash.match(/map=([^&]*)/)[1]"))
