"""The table of permissions on the pages: who sees which entry, and what an address opens.

Expected is what `permissions.toml` says; tests/directory/people/test_table.py tries the commands
behind the pages, whoever sends them.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from directory.people import MACHINE, Deed, Grant, Reach, Role
from directory.people.book import Book
from directory.people.invitations import Invitations
from directory.people.permissions import table
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import at_rest
from tests.serving import served

pytestmark = pytest.mark.browser
NOT_YOURS = "Your roles do not allow this. Ask a coordinator if they should."
FOR_ROLES = "This page is for people with a role here. Sign in, or ask a relay near you."
PASSWORD = "vier woorden op een rij"  # noqa: S105
PAGES = {
    "queue": Deed.DECIDE,
    "due": Deed.CONFIRM,
    "workshop": Deed.LEAD_WORKSHOP,
    "import": Deed.IMPORT,
    "changes": Deed.UNDO,
    "consents": Deed.CONSENT,
    "notes": Deed.HAND_OVER_NOTES,
    "people": Deed.INVITE,
    "audit": Deed.READ_AUDIT,
    "territory": Deed.CHANGE_NEIGHBOURHOOD,
}
"""The deed somebody needs to see a page."""
OWN = ":not(.st-key-language *):not(.st-key-navigation *)"


class Site:
    """An installation where one signs in, and one account for each role."""

    def __init__(self, address: str, home: Path) -> None:
        self.address, self.home = address, home

    def session(self, role: Role) -> str:
        """Make somebody of a role and return the secret of their session."""
        with homes.opened(self.home) as store:
            directory = store.directory()
            place, record = next(iter(directory.neighbourhoods)), next(iter(directory.actors))
            grant = Grant(
                role=role,
                neighbourhoods=frozenset({place}) if role is Role.RELAY else frozenset(),
                actors=frozenset({record}) if role is Role.ACTOR else frozenset(),
            )
            invitations = Invitations(Book(store))
            made = invitations.make(grant, by=MACHINE)
            opened = invitations.accept(
                made.token, name=role.value, login=role.value, password=PASSWORD, device="Chromium"
            )
        return opened.token


@pytest.fixture(scope="module")
def site(
    browsers: Browsers,
    built: Path,
    small_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    log: list[str],
) -> Iterator[Site]:
    del browsers, built
    home = tmp_path_factory.mktemp("roles") / "home"
    shutil.copytree(small_home, home)
    with served(home, editing="accounts", until="invitation=", log=log) as (address, _):
        yield Site(address, home)


def enter(site: Site, open_page: Opener, role: Role) -> Page:
    """Open the map as somebody of a role, signed in."""
    page = open_page(f"{site.address}/about", locale="en-GB")
    if role is not Role.VISITOR:
        host = site.address.split("//")[1].split(":")[0]
        cookie = {"name": "plein", "value": site.session(role), "domain": host, "path": "/"}
        page.context.add_cookies([{**cookie, "httpOnly": True, "sameSite": "Lax"}])
    return page


@pytest.mark.parametrize("role", Role)
def test_a_role_sees_and_opens_the_pages_the_table_gives_it_and_no_other(
    role: Role, site: Site, open_page: Opener
) -> None:
    page = enter(site, open_page, role)
    page.goto(f"{site.address}/about")
    at_rest(page)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    mine = {path for path, deed in PAGES.items() if table()[deed][role] is not Reach.NONE}
    seen = named(page)
    refusal = FOR_ROLES if role is Role.VISITOR else NOT_YOURS
    for path in PAGES:
        page.goto(f"{site.address}/{path}")
        if path not in mine:
            expect(page.get_by_text(refusal)).to_be_visible()
        at_rest(page)
        # A page that is refused has nothing of its own: neither a name nor a thing to press.
        pieces = page.get_by_test_id("stMain").locator("h1, h2, h3, button, input, textarea")
        own = pieces.filter(visible=True).and_(page.locator(OWN))
        if path in mine:
            expect(own.first).to_be_visible()
            expect(page.get_by_text(refusal)).to_have_count(0)
            seen |= named(page)
        else:
            expect(own).to_have_count(0)
    # The entries of a group stand on its pages.
    page.goto(f"{site.address}/coverage")
    at_rest(page)
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    assert (seen | named(page)) & PAGES.keys() == mine


def named(page: Page) -> set[str]:
    """Return the last part of every address the page links to, in closed menus too."""
    found = page.evaluate("[...document.querySelectorAll('a[href]')].map((a) => a.pathname)")
    return {str(each).rsplit("/", 1)[-1] for each in found}
