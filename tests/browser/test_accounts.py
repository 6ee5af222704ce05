"""Accounts in Chromium: the first link, an invitation, a session that holds and one that ends."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from directory.people import MACHINE, Grant, Role
from directory.people.book import Book
from directory.people.invitations import Invitations
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, say
from tests.serving import served

pytestmark = pytest.mark.browser
PASSWORD = "vier woorden op een rij"  # noqa: S105
NOT_YOURS = "Your roles do not allow this. Ask a coordinator if they should."
ALARM = "<img src=x onerror=alert(1)>"


class Site:
    """An installation where one signs in."""

    def __init__(self, address: str, home: Path, first: str) -> None:
        self.address, self.home, self.first = address, home, first

    def invite(self, role: Role, *places: str) -> str:
        """Return the link of an invitation, as the terminal gives it."""
        with homes.opened(self.home) as store:
            grant = Grant(role=role, neighbourhoods=frozenset(places))
            made = Invitations(Book(store)).make(grant, by=MACHINE)
        return f"{self.address}/sign-in?invitation={made.token}"


@pytest.fixture
def site(
    browsers: Browsers, built: Path, small_home: Path, tmp_path: Path, log: list[str]
) -> Iterator[Site]:
    del browsers, built
    home = tmp_path / "home"
    shutil.copytree(small_home, home)
    printed: list[str] = []
    with served(home, editing="accounts", until="invitation=", log=printed) as (address, _):
        found = re.search(r"\S+/sign-in\?invitation=\S+", "".join(printed))
        assert found is not None, "the first start prints a link"
        path = found[0].split("/sign-in", 1)[1]
        yield Site(address, home, f"{address}/sign-in{path}")
    told = "".join(printed)
    log += printed
    assert told.count("invitation=") == 1
    assert PASSWORD not in told


def accept(page: Page, name: str, login: str) -> Page:
    """Fill the form of an invitation and wait for the map."""
    page.locator("#join-name").fill(name)
    page.locator("#join-login").fill(login)
    page.locator("#join-password").fill(PASSWORD)
    page.locator(".plein-form button").click()
    expect(page).to_have_url(re.compile(r"/\?lang=\w\w$"))
    return page


def enter(page: Page, login: str, password: str = PASSWORD) -> Page:
    """Fill the form of signing in."""
    page.locator("#sign-login").fill(login)
    page.locator("#sign-password").fill(password)
    page.locator(".plein-form button").click()
    return page


def top(page: Page, name: str) -> object:
    return page.get_by_role("banner").get_by_role("link", name=name, exact=True)


def test_the_first_link_makes_an_administrator_who_invites_a_relay(
    site: Site, open_page: Opener
) -> None:
    admin = accept(open_page(site.first, locale="en-GB"), "Ana", "ana")
    expect(top(admin, "Desk")).to_be_visible()
    admin.goto(f"{site.address}/people")
    admin.get_by_role("tab", name="Invite").click()
    admin.get_by_role("combobox", name="Neighbourhoods").fill("Maroll")
    admin.get_by_role("option", name="Marolles").click()
    admin.keyboard.press("Escape")
    admin.get_by_label("Their name (may be left empty)").fill(ALARM)
    admin.get_by_label("Their name (may be left empty)").press("Enter")
    admin.get_by_role("button", name="Make the link").click()
    link = admin.locator(".st-key-people_new code").inner_text()
    assert link.startswith(f"{site.address}/sign-in?invitation=")
    expect(admin.get_by_alt_text("The link as a QR code")).to_be_visible()

    relay = open_page(link, locale="nl-BE", size=PHONE)
    expect(relay.locator("#join-name")).to_have_value(ALARM)
    accept(relay, "Bo", "bob")
    relay.goto(f"{site.address}/people")
    expect(relay.get_by_role("heading", name=say("nl")("People"), exact=True)).to_be_visible()
    expect(relay.locator(".plein-people tbody tr")).to_have_count(1)
    relay.goto(f"{site.address}/territory")
    expect(relay.get_by_text(say("nl")(NOT_YOURS))).to_be_visible()

    twice = open_page(link, locale="en-GB")
    expect(twice.get_by_text("This invitation was used already.")).to_be_visible()
    expect(twice.locator("#join-name")).to_have_count(0)


def test_a_session_outlives_a_reload_and_ends_when_it_is_ended_elsewhere(
    site: Site, open_page: Opener
) -> None:
    page = accept(open_page(site.first, locale="en-GB"), "Ana", "ana")
    (cookie,) = [one for one in page.context.cookies() if one["name"] == "plein"]
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Lax", "/")
    assert cookie["domain"] == "localhost", "of this host alone"
    assert page.evaluate("document.cookie").find(cookie["value"]) == -1
    page.goto(f"{site.address}/sign-in")
    expect(page.get_by_role("heading", name="Ana")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Ana")).to_be_visible()

    other = enter(open_page(f"{site.address}/sign-in?next=people", locale="en-GB"), "ana")
    expect(other).to_have_url(re.compile(r"/people\?lang=en$"))
    expect(other.get_by_role("heading", name="People", exact=True)).to_be_visible()
    other.goto(f"{site.address}/sign-in")
    other.get_by_role("button", name="End all the others").click()
    expect(other.get_by_role("button", name="End all the others")).to_have_count(0)

    # No reload: the very next press in the other browser is nobody's.
    page.get_by_text("EN", exact=True).first.wait_for()
    page.get_by_text("NL", exact=True).click()
    expect(page.locator("#sign-login")).to_be_visible()


def test_who_signs_out_is_a_visitor_again(site: Site, open_page: Opener) -> None:
    page = accept(open_page(site.first, locale="en-GB"), "Ana", "ana")
    page.goto(f"{site.address}/sign-in")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile(r"/\?lang=en$"))
    assert [one for one in page.context.cookies() if one["name"] == "plein"] == []
    page.goto(f"{site.address}/people")
    expect(page.get_by_text("This page is for people with a role here.")).to_be_visible()
    page.get_by_role("link", name="Sign in").last.click()
    expect(page.locator("#sign-login")).to_be_visible()
    enter(page, "ana", "not at all the one")
    expect(page.get_by_text("The name or the password is not right.")).to_be_visible()
    enter(page, "ana")
    expect(page).to_have_url(re.compile(r"/people\?lang=en$"))


def test_another_password_ends_the_other_sessions(site: Site, open_page: Opener) -> None:
    page = accept(open_page(site.first, locale="en-GB"), "Ana", "ana")
    other = enter(open_page(f"{site.address}/sign-in", locale="en-GB"), "ana")
    expect(other).to_have_url(re.compile(r"/\?lang=en$"))
    page.goto(f"{site.address}/sign-in")
    page.locator("#old-password").fill(PASSWORD)
    page.locator("#new-password").fill("vijf andere woorden op rij")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("The password was changed.")).to_be_visible()
    expect(page.get_by_role("heading", name="Ana")).to_be_visible()
    other.goto(f"{site.address}/sign-in")
    expect(other.locator("#sign-login")).to_be_visible()


@pytest.mark.parametrize("size", [(1440, 900), PHONE])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_screens_hold_what_axe_asks(
    site: Site, open_page: Opener, built: Path, language: str, size: tuple[int, int]
) -> None:
    script = (built / "dev" / "axe.min.js").read_text(encoding="utf-8")

    def faults() -> list[str]:
        page.evaluate(script)
        found = page.evaluate("axe.run({exclude: ['[data-testid=\"stSidebarNavItems\"]']})")[
            "violations"
        ]
        return [
            f"{one['id']} at {node['target']}"
            for one in found
            if one["impact"] in ("serious", "critical")
            for node in one["nodes"]
        ]

    page = open_page(f"{site.address}/sign-in", locale=f"{language}-BE", size=size)
    expect(page.locator("#sign-login")).to_be_visible()
    assert faults() == []
    page.goto(site.first)
    expect(page.locator("#join-name")).to_be_visible()
    assert faults() == []
    accept(page, "Ana", "ana")
    page.goto(f"{site.address}/sign-in")
    expect(page.locator("#old-password")).to_be_visible()
    assert faults() == []
    page.goto(f"{site.address}/people")
    expect(page.locator(".plein-people")).to_be_visible()
    assert faults() == []
    page.get_by_role("tab").nth(1).click()
    expect(page.locator(".st-key-people_invite")).to_be_visible()
    assert faults() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_relay_lends_its_neighbourhood_and_takes_it_back(site: Site, open_page: Opener) -> None:
    bob = accept(open_page(site.invite(Role.RELAY, "marollen"), locale="en-GB"), "Bob", "bob")
    ana = accept(open_page(site.invite(Role.RELAY, "brabant"), locale="en-GB"), "Ana", "ana")
    ana.goto(f"{site.address}/people")
    ana.get_by_role("combobox", name="To").fill("Bob")
    ana.get_by_role("option", name="Bob").click()
    ana.locator("[class*=st-key-lend_][class*=_until]").get_by_role("spinbutton").first.click()
    ana.keyboard.type("31122026")
    ana.keyboard.press("Enter")
    ana.keyboard.press("Escape")
    ana.get_by_role("button", name="Lend", exact=True).click()
    lent = ana.locator("[class*=st-key-lent_]")
    expect(lent).to_contain_text("Bob has Relay: Brabant, until 31 December 2026")
    bob.goto(f"{site.address}/sign-in")
    expect(bob.get_by_text("Relay: Brabant, until 31 December 2026 (lent by Ana)")).to_be_visible()
    lent.get_by_role("button", name="Take back").click()
    expect(lent).to_have_count(0)
    bob.reload()
    expect(bob.get_by_text("Decides in its neighbourhoods.")).to_have_count(1)
