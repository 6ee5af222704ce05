"""What is proposed, in Chromium: one relay decides, another cannot, a visitor follows."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from directory.clock import today
from directory.commands import Commands
from directory.people import MACHINE, Grant, Grounds, Role
from directory.people.accounts import Accounts
from directory.people.book import Book
from directory.people.invitations import Invitations
from directory.proposals import Draft, Pace, Proposal, Proposals, ProposalStatus
from exchange.settings import ROOT
from exchange.statbel import open_territory
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.hostile import TEXTS
from tests.browser.screen import PHONE, fits, names, ready, say, search
from tests.browser.test_axe import RUN, SERIOUS
from tests.browser.test_hostile import nothing_ran
from tests.serving import served

pytestmark = pytest.mark.browser
PASSWORD = "vier woorden op een rij"  # noqa: S105
UNHEARD = "Zilverdraad Huurdershulp"
ENDED_WITHIN_MS = 2_500
"""A process knows within two seconds what another one ended."""
"""A name nothing else here is like."""


def made_home(small_home: Path, home: Path) -> Path:
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    union = homes.actor(
        "huurdersbond",
        "community-house",
        names={"nl": "Huurdersbond Marollen", "fr": "Union des locataires des Marolles"},
        places=[homes.at_address("Rue Haute", "Hoogstraat", "7", homes.point(homes.MAROLLES))],
    )
    with homes.opened(home) as store:
        Commands(store).save([union], by=homes.BY)
    return home


@pytest.fixture(scope="module")
def home(small_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_home(small_home, tmp_path_factory.mktemp("queue"))


@pytest.fixture
def proposals(home: Path) -> Iterator[Proposals]:
    territory = open_territory(home, ROOT / "data" / "sectors" / "register.csv")
    with homes.opened(home) as store:
        grounds = lambda: Grounds(territory, store.directory(), today())  # noqa: E731
        yield Proposals(store, grounds, pace=Pace(hourly=1_000, daily=1_000))


@pytest.fixture(scope="module")
def desk(browsers: Browsers, built: Path, home: Path, log: list[str]) -> Iterator[str]:
    """Somebody at the machine decides everywhere."""
    del browsers, built
    with served(home, log=log) as (address, _):
        yield address


@pytest.fixture(scope="module")
def site(browsers: Browsers, built: Path, home: Path, log: list[str]) -> Iterator[str]:
    """The same installation, where relays sign in."""
    del browsers, built
    with served(home, log=log, editing="accounts") as (address, _):
        yield address


def made(proposals: Proposals, kind: str, target: str = "", **given: Any) -> Proposal:
    known = {"kind": kind, "target": target, "target_version": int(bool(target))}
    return proposals.make(Draft.model_validate({**known, **given})).proposal


def row(page: Page, proposal: Proposal) -> Any:
    return page.locator(f'.plein-queue li[data-id="{proposal.id}"]')


def name_oneself(page: Page) -> None:
    page.locator(".st-key-author input").fill("Ana")
    page.keyboard.press("Enter")


def relay(  # noqa: PLR0917 - who, where, in which language
    open_page: Opener, site: str, home: Path, neighbourhood: str, name: str, locale: str
) -> Page:
    """Accept an invitation as the relay of a neighbourhood."""
    with homes.opened(home) as store:
        grant = Grant(role=Role.RELAY, neighbourhoods=frozenset({neighbourhood}))
        token = Invitations(Book(store)).make(grant, by=MACHINE).token
    page = open_page(f"{site}/sign-in?invitation={token}", locale=locale)
    page.locator("#join-name").fill(name)
    page.locator("#join-login").fill(name.lower())
    page.locator("#join-password").fill(PASSWORD)
    page.locator(".plein-form button").click()
    expect(page).to_have_url(re.compile(r"/\?lang=\w\w$"))
    return page


def propose(page: Page, site: str) -> str:
    """Propose a tenants' union in the Marolles, first one that exists; return the private link."""
    where = homes.point(homes.MAROLLES, 20, 5)
    page.goto(f"{site}/propose?lat={where['lat']:.6f}&lon={where['lon']:.6f}")
    name = page.locator(".plein-propose [name=name]")
    name.fill("Huurdersbont Marolen")
    likely = page.locator(".plein-propose-likely")
    expect(likely).to_contain_text("Huurdersbond Marollen")
    name.fill(UNHEARD)
    expect(likely).to_be_empty()
    page.locator(".plein-propose [name=category]").select_option("community-house")
    page.locator(".plein-propose-send").click()
    link = page.locator(".plein-propose-link")
    expect(link).to_have_value(re.compile(r"follow\?link="))
    return str(link.input_value())


def test_a_visitor_proposes_one_relay_accepts_with_a_change_and_another_cannot(
    site: str, home: Path, open_page: Opener, proposals: Proposals
) -> None:
    visitor = open_page(site, locale="nl-BE", size=PHONE)
    mine = relay(open_page, site, home, "marollen", "Samira", "fr-BE")
    other = relay(open_page, site, home, "brabant", "Boris", "nl-BE")
    link = propose(visitor, site)
    (one,) = (p for p in proposals.of(["marollen"]) if UNHEARD in p.facts["names"].values())

    other.goto(f"{site}/queue?proposal={one.id}")
    refused = say("nl")("This proposal is not here, or not yours to decide.")
    expect(other.get_by_text(refused)).to_be_visible()
    expect(other.get_by_text(UNHEARD)).to_have_count(0)

    mine.goto(f"{site}/queue")
    row(mine, one).get_by_role("button").click()
    expect(mine.locator(".plein-queue-head h2")).to_have_text(UNHEARD)
    expect(mine.locator(".plein-sides")).to_contain_text(UNHEARD)
    mine.get_by_role("button", name=say("fr")("Change and accept…")).click()
    fields = mine.locator(f'[class*="st-key-queue_form_{one.id}_names_"] input')
    fields.first.fill(f"{UNHEARD} Marollen")
    mine.get_by_role("button", name=say("fr")("Accept with these changes")).click()
    expect(row(mine, one)).to_have_count(0)
    expect(mine.locator(".st-key-queue_last")).to_be_visible()

    visitor.goto(link)
    expect(visitor.locator(".plein-follow-state")).to_contain_text(
        say("nl")("It was accepted. Thank you: the map is better for it.")
    )
    visitor.goto(f"{site}/?lang=nl")
    ready(visitor)
    search(visitor, "Zilverdraad")
    expect(names(visitor)).to_have_text([f"{UNHEARD} Marollen"])
    with homes.opened(home) as store:
        actor = store.directory().actors[one.facts["id"]]
    assert (actor.verified_by, actor.source.name) == ("Samira", "a visitor")


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_several_at_once_and_taken_back(
    desk: str, open_page: Opener, proposals: Proposals, language: str
) -> None:
    closed = made(proposals, "closed", "apotheek-kapel")
    wrong = made(proposals, "wrong", "apotheek-vos", note=f"De bel is stuk ({language}).")
    page = open_page(f"{desk}/queue?area=marollen", locale=f"{language}-BE")
    name_oneself(page)
    for one in (closed, wrong):
        row(page, one).get_by_role("checkbox").check()
    page.get_by_role("button", name=say(language)("Accept all")).click()
    expect(row(page, closed)).to_have_count(0)
    needed = say(language)("Nothing would change. Change what is wrong and accept, or refuse it.")
    expect(page.get_by_text(needed)).to_be_visible()
    page.get_by_role("button", name=say(language)("Undo it")).click()
    expect(row(page, closed)).to_be_visible()
    assert proposals.get(closed.id).status is ProposalStatus.OPEN
    for one in (closed, wrong):
        proposals.refuse(proposals.get(one.id), "Klaar.", by=homes.BY)


def test_who_pressed_too_late_is_told_and_changes_nothing(
    desk: str, open_page: Opener, proposals: Proposals
) -> None:
    one = made(proposals, "closed", "apotheek-vos")
    page = open_page(f"{desk}/queue?proposal={one.id}", locale="fr-BE")
    name_oneself(page)
    accept = page.locator(".st-key-queue_accept button")
    expect(accept).to_be_enabled()
    proposals.refuse(one, "Ze zijn open.", by=homes.BY)
    accept.click()
    told = say("fr")("Somebody was here meanwhile: this is how it stands now. Nothing was done.")
    expect(page.get_by_text(told)).to_be_visible()
    assert proposals.get(one.id).status is ProposalStatus.REFUSED


def test_whose_role_ended_meanwhile_decides_nothing(
    site: str, home: Path, open_page: Opener, proposals: Proposals
) -> None:
    one = made(proposals, "closed", "apotheek-vos")
    page = relay(open_page, site, home, "marollen", "Sofie", "nl-BE")
    page.goto(f"{site}/queue?proposal={one.id}")
    accept = page.locator(".st-key-queue_accept button")
    expect(accept).to_be_enabled()
    with homes.opened(home) as store:
        accounts = Accounts(Book(store))
        (sofie,) = (each for each in accounts.all(by=MACHINE) if each.login == "sofie")
        accounts.take(sofie.given[0].id, by=MACHINE)
    page.wait_for_timeout(ENDED_WITHIN_MS)
    accept.click()
    told = say("nl")("Your roles do not allow this. Ask a coordinator if they should.")
    expect(page.get_by_text(told)).to_be_visible()
    assert proposals.get(one.id).status is ProposalStatus.OPEN
    proposals.refuse(one, "Klaar.", by=homes.BY)


@pytest.mark.parametrize("size", [(1280, 860), PHONE], ids=["wide", "phone"])
def test_markup_is_text_and_axe_finds_nothing_serious(
    desk: str, open_page: Opener, proposals: Proposals, built: Path, size: tuple[int, int]
) -> None:
    facts = {
        "names": {"nl": TEXTS["image"], "fr": TEXTS["markdown"]},
        "descriptions": {"nl": TEXTS["script"], "fr": TEXTS["streamlit"]},
        "categories": ["community-house"],
        "places": [
            homes.at_address(TEXTS["ending"], TEXTS["template"], "1", homes.point(homes.MAROLLES))
        ],
        "hours": TEXTS["attribute"],
    }
    note = " ".join(TEXTS.values())
    one = made(proposals, "add", facts=facts, note=note, name=TEXTS["image"][:80], thank=True)
    page = open_page(f"{desk}/queue", locale="nl-BE", size=size)
    name_oneself(page)
    row(page, one).get_by_role("button").click()
    expect(page.locator(".plein-queue-head h2")).to_have_text(TEXTS["image"])
    expect(page.locator(".plein-sides")).to_contain_text(TEXTS["script"])
    expect(page.locator(".st-key-queue_one .plein-map")).to_be_visible()
    assert fits(page)
    nothing_ran(page)
    page.evaluate((built / "dev" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(RUN)["violations"]
    assert [rule for rule in found if rule["impact"] in SERIOUS] == []
    proposals.refuse(proposals.get(one.id), "Neen.", by=homes.BY)
