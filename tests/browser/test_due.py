"""A relay checks what is due, and an actor answers through its link, in real Chromium."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from directory.commands import Commands
from directory.people import Grounds
from directory.proposals.records import Proposal, ProposalKind
from directory.proposals.store import Proposals
from directory.store import Kind, Store
from exchange.statbel import open_territory
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import PHONE, at_rest, card, fits, item, names, ready, say, search
from tests.browser.test_axe import RUN, SERIOUS
from tests.serving import served

pytestmark = pytest.mark.browser
NOTHING = "This link opens nothing. Is it whole? Else ask the relay for a new one."
OLD, STALE = "apotheek-oud", "voedselhulp"


@pytest.fixture
def home(small_home: Path, tmp_path: Path) -> Path:
    """The small installation with records of several ages."""
    shutil.copytree(small_home, tmp_path, dirs_exist_ok=True)
    with homes.opened(tmp_path) as store:
        Commands(store).save(homes.aged(), by=homes.BY)
    return tmp_path


@pytest.fixture
def due_app(browsers: Browsers, built: Path, home: Path, log: list[str]) -> Iterator[str]:
    del browsers, built
    with served(home, log=log) as (address, _):
        yield address


def open_due(open_page: Opener, app: str, language: str, path: str = "due", **more: object) -> Page:
    page = open_page(f"{app}/{path}", locale=f"{language}-BE", **more)
    name = page.get_by_label(say(language)("Your name, for the history"))
    name.fill("Zoë")
    name.press("Tab")
    return page


def row(page: Page, key: str) -> Locator:
    return page.locator(f'.plein-due-items > li[data-id="{key}"]')


def told(home: Path, key: str) -> list[tuple[str, str]]:
    with homes.opened(home) as store:
        return [(one.author, one.reason) for one in store.history(Kind.ACTOR, key)]


def link_of(page: Page, language: str) -> str:
    """Make a link in the open panel and return it."""
    page.get_by_role("button", name=say(language)("Make a link")).click()
    code = page.get_by_role("dialog").locator("code")
    expect(code).to_be_visible()
    return (code.text_content() or "").strip()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_still_right_by_one_press(
    due_app: str, home: Path, open_page: Opener, language: str
) -> None:
    _ = say(language)
    before = ready(open_page(due_app, locale=f"{language}-BE"))
    old = item(before, OLD)
    expect(old.locator(".plein-item-old")).to_contain_text(_("Not checked since {day}")[:12])
    expect(item(before, STALE)).to_have_count(0)
    search(before, "kruidenier" if language == "nl" else "épicerie")
    expect(item(before, STALE)).to_have_count(0)

    page = open_due(open_page, due_app, language)
    listed = page.locator(".plein-due-items > li")
    for place, key in enumerate((STALE, OLD)):
        expect(listed.nth(place)).to_have_attribute("data-id", key)
    row(page, OLD).get_by_role("button", name=_("Still right"), exact=True).click()
    expect(row(page, OLD)).to_have_count(0)
    expect(row(page, STALE)).to_have_count(1)
    expect(page.get_by_test_id("stAlert")).to_be_visible()
    assert [name for name, _why in told(home, OLD)] == ["Test", "Zoë"]

    after = ready(open_page(due_app, locale=f"{language}-BE"))
    expect(item(after, OLD)).to_be_visible()
    expect(item(after, OLD).locator(".plein-item-old")).to_have_count(0)


def test_several_at_once_and_never_checked_apart(
    due_app: str, home: Path, open_page: Opener
) -> None:
    page = open_due(open_page, due_app, "nl", "due?due=never", size=PHONE)
    expect(row(page, "apotheek-vos")).to_be_visible()
    assert fits(page)
    for key in ("apotheek-vos", "school-blaes"):
        row(page, key).get_by_role("checkbox").check()
    page.locator(".plein-due-many").click()
    expect(row(page, "apotheek-vos")).to_have_count(0)
    expect(row(page, "school-blaes")).to_have_count(0)
    with homes.opened(home) as store:
        checked = store.directory().actors["school-blaes"]
    assert checked.verified_on == homes.days_ago(0)
    assert checked.verified_by  # the relay of the Marolles, not the person


def test_closed_for_good_and_for_a_while(due_app: str, home: Path, open_page: Opener) -> None:
    _ = say("fr")
    page = open_due(open_page, due_app, "fr")
    row(page, STALE).get_by_role("button", name=_("Closed, link…")).click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("radio", name=_("Closed for good")).first.click()
    panel.get_by_label(_("In a few words, for the history")).fill("Vu sur place")
    panel.get_by_role("button", name=_("Take it off the map")).click()
    expect(row(page, STALE)).to_have_count(0)
    assert told(home, STALE)[-1] == ("Zoë", f"{_('It closed for good')}: Vu sur place")

    row(page, OLD).get_by_role("button", name=_("Closed, link…")).click()
    panel.get_by_role("radio", name=_("Closed for a while")).first.click()
    panel.get_by_label(_("What to know ({language})").format(language="Français")).fill("Travaux")
    panel.get_by_role("button", name=_("Put it up")).click()
    expect(panel).to_have_count(0)
    seen = open_page(f"{due_app}/?pick=actors:{OLD}", locale="fr-BE")
    expect(card(seen)).to_contain_text("Travaux")
    expect(card(seen)).to_contain_text(_("Closed up to and including {day}").split("{")[0])
    seen.get_by_text(_("Open now"), exact=True).first.click()
    expect(item(seen, OLD)).to_have_count(0)
    expect(item(seen, "apotheek-kapel")).to_be_visible()


def test_an_actor_confirms_in_a_fresh_profile(due_app: str, home: Path, open_page: Opener) -> None:
    page = open_due(open_page, due_app, "fr", f"due?actor={OLD}")
    link = link_of(page, "fr")
    assert re.fullmatch(rf"{due_app}/confirm\?lang=nl&link=[\w-]{{32}}", link)
    mail = page.get_by_role("link", name="bonjour@vieux-marche.example").last
    expect(mail).to_have_attribute("href", re.compile("^mailto:"))

    theirs = open_page(link, locale="fr-BE", size=PHONE)
    expect(card(theirs)).to_contain_text("Apotheek Oude Markt")
    assert fits(theirs)
    theirs.get_by_role("button", name=say("nl")("All of this is still right")).click()
    expect(theirs.get_by_test_id("stAlert")).to_contain_text(
        say("nl")("Thank you! Your answer came in.")
    )
    again = open_page(link)
    expect(again.get_by_test_id("stAlert")).to_contain_text(
        say("nl")("Thank you! Your answer came in.")
    )
    with homes.opened(home) as store:
        assert store.directory().actors[OLD].verified_on == homes.days_ago(0)
    wrong = open_page(link[:-4] + "xxxx")
    expect(wrong.get_by_test_id("stAlert")).to_contain_text(say("nl")(NOTHING))
    expect(card(wrong)).to_have_count(0)


def test_what_an_actor_corrects_waits_for_the_relay(
    due_app: str, home: Path, open_page: Opener
) -> None:
    _ = say("nl")
    page = open_due(open_page, due_app, "nl", f"due?actor={OLD}")
    theirs = open_page(link_of(page, "nl"), locale="nl-BE")
    at_rest(theirs)
    theirs.get_by_text(_("Something changed"), exact=True).click()
    number = theirs.get_by_label(_("Phone"), exact=True)
    expect(number).to_be_visible()
    at_rest(theirs)
    number.fill("+32 2 511 22 22")
    theirs.get_by_role("button", name=_("Send to the relay")).click()
    expect(theirs.get_by_test_id("stAlert")).to_contain_text(_("Thank you! Your answer came in."))
    with homes.opened(home) as store:
        actor = store.directory().actors[OLD]
        assert actor.contacts[0].value == "+32 2 511 11 11"
        assert actor.verified_on == homes.days_ago(400)
        (proposal,) = _proposals(store)
    assert (proposal.kind, proposal.target) == (ProposalKind.CORRECT, OLD)
    assert proposal.facts["contacts"][0]["value"] == "+32 2 511 22 22"


def _proposals(store: Store) -> list[Proposal]:
    territory = open_territory(Path("no-home"), homes.SECTORS / "register.csv")
    grounds = Grounds(territory, store.directory(), homes.days_ago(0))
    return list(Proposals(store, lambda: grounds).about(OLD))


def test_a_link_still_opens_what_search_no_longer_finds(due_app: str, open_page: Opener) -> None:
    page = open_page(f"{due_app}/?pick=actors:{STALE}", locale="nl-BE")
    expect(card(page)).to_contain_text("Sociale kruidenier")
    expect(card(page).locator(".plein-doubt")).to_be_visible()
    expect(names(page).first).to_be_visible()
    expect(item(page, STALE)).to_have_count(0)


@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_nothing_serious_for_axe(
    due_app: str, built: Path, open_page: Opener, language: str, size: tuple[int, int]
) -> None:
    script = (built / "dev" / "axe.min.js").read_text(encoding="utf-8")

    def serious(page: Page) -> list[str]:
        page.evaluate(script)
        found = page.evaluate(RUN)["violations"]
        return [str(rule) for rule in found if rule["impact"] in SERIOUS]

    page = open_due(open_page, due_app, language, size=size)
    expect(row(page, OLD)).to_be_visible()
    assert serious(page) == []
    row(page, OLD).get_by_role("button").last.click()
    link = link_of(page, language)
    assert serious(page) == []
    theirs = open_page(link, size=size)
    expect(card(theirs)).to_be_visible()
    assert serious(theirs) == []
    seen = ready(open_page(f"{due_app}/?pick=actors:{OLD}", locale=f"{language}-BE", size=size))
    expect(card(seen).locator(".plein-doubt")).to_be_visible()
    assert serious(seen) == []
