"""Where things are in the territory editor."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import at_rest

INSIDE, BESIDE = 0, 1
PALE = 0.5
"""The chosen neighbourhood is drawn stronger than this, the others weaker."""


def arrive(page: Page) -> Page:
    """Wait for the list of sectors and the map."""
    expect(page.locator(".plein-sector").first).to_be_visible()
    expect(drawn(page).first).to_be_attached()
    return page


def drawn(page: Page) -> Locator:
    """The sectors on the map."""
    return page.locator(".leaflet-plein-edit-pane path")


def chosen_on_map(page: Page, number: int) -> None:
    """Wait until so many sectors are drawn as those of the chosen neighbourhood."""
    page.wait_for_function(
        "([least, number]) => number === "
        "[...document.querySelectorAll('.leaflet-plein-edit-pane path')]"
        ".filter(path => Number(path.getAttribute('fill-opacity')) > least).length",
        arg=[PALE, number],
    )


def advice(page: Page, name: str) -> Locator:
    """The card that says what a neighbourhood is and breaks."""
    heading = page.get_by_role("heading", name=name, exact=True)
    return page.locator(".plein-territory").filter(has=heading)


def sectors(page: Page, group: int) -> Locator:
    """The sectors in the neighbourhood or beside it, in the list."""
    return page.locator(".plein-sector-group").nth(group).locator(".plein-sector")


def counted(page: Page, say: Callable[[str], str], number: int) -> None:
    """Wait until the list counts so many sectors."""
    legend = page.locator(".plein-sector-group legend").first
    expect(legend).to_have_text(say("In it: {n}").format(n=number))


def sign(page: Page, say: Callable[[str], str], name: str) -> None:
    """Give a name for the history."""
    field = page.get_by_label(say("Your name, for the history"))
    field.fill(name)
    field.press("Tab")


def saving(page: Page) -> Locator:
    """The button that saves."""
    return page.locator(".st-key-territory_save button")


def save(page: Page) -> None:
    """Press what saves, once the page took in what was done before."""
    at_rest(page)
    saving(page).click()


def take_back(page: Page) -> None:
    """Take back what was just saved."""
    at_rest(page)
    page.locator(".st-key-territory_take_back button").click()


def bring_back(page: Page, say: Callable[[str], str]) -> None:
    """Bring the earliest version back from the history."""
    page.get_by_role("radio", name=say("History")).click()
    expect(page.locator(".plein-territory-change").first).to_contain_text("Ada")
    at_rest(page)
    page.get_by_role("button", name=say("Bring this version back")).last.click()


def press(page: Page, text: str) -> None:
    """Press a button of the map."""
    page.locator(".plein-edit-box").get_by_role("button", name=text, exact=True).click()


def code_of(row: Locator) -> str:
    """The code of a sector of the list."""
    return row.locator("input").get_attribute("value") or ""


def box(page: Page, code: str) -> Locator:
    """The box to tick of one sector."""
    return page.locator(f'.plein-sector input[value="{code}"]')


def saved(page: Page) -> None:
    """Wait until it is saved."""
    expect(page.locator(".st-key-territory_take_back button")).to_be_visible()


def at(page: Page, part: str) -> None:
    """Wait until the address has a part."""
    expect(page).to_have_url(re.compile(part))
