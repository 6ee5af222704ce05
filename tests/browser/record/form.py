"""Where things are on the page of a record."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.screen import at_rest

Say = Callable[[str], str]


def arrive(page: Page) -> Page:
    """Wait for the form and the history."""
    expect(save(page)).to_be_visible()
    expect(versions(page).first).to_be_visible()
    return page


def save(page: Page) -> Locator:
    """The button that saves."""
    return page.locator(".st-key-record_save button")


def versions(page: Page) -> Locator:
    """The versions, the newest first."""
    return page.locator("[class*='st-key-record_version_']")


def version(page: Page, number: int) -> Locator:
    """One version of the history."""
    return page.locator(f".st-key-record_version_{number}")


def field(page: Page, label: str) -> Locator:
    """A field of the form."""
    return page.get_by_role("textbox", name=label, exact=True)


def write(page: Page, label: str, text: str) -> None:
    """Write into a field and wait until the page knows."""
    field(page, label).fill(text)
    field(page, label).press("Tab")
    at_rest(page)


def sign(page: Page, say: Say, name: str) -> None:
    """Give a name for the history."""
    write(page, say("Your name, for the history"), name)
