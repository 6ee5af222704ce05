"""A relay changes the records of its neighbourhoods alone, whatever id stands in the address."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from directory.actors import Status
from directory.commands import Commands
from directory.people import MACHINE, Grant, Role
from directory.people.book import Book
from directory.people.invitations import Invitations
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.record import form
from tests.browser.screen import say
from tests.serving import served

pytestmark = pytest.mark.browser
PASSWORD = "vier woorden op een rij"  # noqa: S105
MINE = "apotheek-kapel"


@pytest.fixture(scope="module")
def signed_home(record_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The installation for who signs in, with a draft in the Marolles."""
    home = tmp_path_factory.mktemp("record-roles")
    shutil.copytree(record_home, home, dirs_exist_ok=True)
    draft = homes.actor(
        "ontwerp",
        "pharmacy",
        names={"fr": "Pharmacie à venir"},
        places=[{"precision": "neighbourhood", "area": "marollen"}],
        status=Status.DRAFT,
    )
    with homes.opened(home) as store:
        Commands(store).save([draft], by=homes.BY)
    return home


@pytest.fixture(scope="module")
def signed_app(browsers: Browsers, built: Path, signed_home: Path, log: list[str]) -> Iterator[str]:
    """The app on it."""
    del browsers, built
    with served(signed_home, log=log, editing="accounts") as (address, _):
        yield address


def sign_in(page: Page, app: str, home: Path, login: str, *places: str) -> Page:
    """Make somebody a relay and sign in as them."""
    with homes.opened(home) as store:
        grant = Grant(role=Role.RELAY, neighbourhoods=frozenset(places))
        token = Invitations(Book(store)).make(grant, by=MACHINE).token
    page.goto(f"{app}/sign-in?invitation={token}")
    page.locator("#join-name").fill(login.title())
    page.locator("#join-login").fill(login)
    page.locator("#join-password").fill(PASSWORD)
    page.locator(".plein-form button").first.click()
    expect(page.locator("#join-name")).to_have_count(0)
    return page


def test_a_relay_changes_its_own_and_is_told_whose_another_is(
    signed_app: str, signed_home: Path, open_page: Opener
) -> None:
    told = say("fr")
    page = sign_in(open_page(signed_app), signed_app, signed_home, "zoe", "marollen")
    page.goto(f"{signed_app}/record?id=actors:{MINE}")
    form.arrive(page)
    form.write(page, "Description (français)", "Ouverte")
    form.save(page).click()
    expect(form.versions(page)).to_have_count(2)
    expect(form.version(page, 2)).to_contain_text("Zoe")
    other = sign_in(open_page(signed_app), signed_app, signed_home, "anna", "brabant")
    other.goto(f"{signed_app}/record?id=actors:{MINE}")
    with homes.opened(signed_home) as store:
        relay = store.directory().relays["marollen"].names.best("fr")
    expect(other.get_by_role("status").first).to_contain_text(
        told("This record is for {relays} to change.").format(relays=relay)
    )
    expect(form.versions(other)).to_have_count(2)  # relays read every history
    expect(form.save(other)).to_have_count(0)
    expect(
        other.get_by_role("button", name=told("Bring version {n} back").format(n=1))
    ).to_have_count(0)


def test_a_visitor_sees_neither_form_nor_history_nor_a_draft(
    signed_app: str, open_page: Opener
) -> None:
    told = say("fr")
    page = open_page(f"{signed_app}/record?id=actors:{MINE}")
    expect(page.get_by_role("link", name=told("Propose a correction"))).to_be_visible()
    assert form.save(page).count() == form.versions(page).count() == 0
    page.goto(f"{signed_app}/record?id=actors:ontwerp")
    expect(page.get_by_role("status").first).to_contain_text(
        told("There is no such record. Choose a place on the map and press “Correct it”.")
    )
    assert "à venir" not in page.content()
    page.goto(f"{signed_app}/changes")
    expect(page.get_by_role("status").first).to_be_visible()
    assert page.locator("[class*='st-key-record_batch_']").count() == 0
