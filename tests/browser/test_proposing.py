"""A visitor proposes, follows, and nobody else sees it before a relay decided."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from directory.clock import today
from directory.commands import Commands
from directory.people import Grounds
from directory.proposals import Proposals, ProposalStatus
from exchange.settings import ROOT
from exchange.statbel import open_territory
from tests import serving
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.hostile import TEXTS
from tests.browser.screen import PHONE, card, fits, names, open_card, ready, say, search
from tests.browser.test_axe import RUN, SERIOUS
from tests.browser.test_hostile import nothing_ran, spaced
from tests.serving import free_port, served

pytestmark = pytest.mark.browser
UNHEARD = "Wijkwasserij Zilverdraad"
"""A name nothing else here is like."""


@pytest.fixture(scope="module")
def home(near_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small installation with streets, and a tenants' union in the Marolles."""
    made = tmp_path_factory.mktemp("proposing")
    shutil.copytree(near_home, made, dirs_exist_ok=True)
    union = homes.actor(
        "huurdersbond",
        "community-house",
        names={"nl": "Huurdersbond Marollen", "fr": "Union des locataires des Marolles"},
        places=[homes.at_address("Rue Haute", "Hoogstraat", "7", homes.point(homes.MAROLLES))],
        contacts=[{"kind": "phone", "value": "+32 2 512 34 56"}],
    )
    with homes.opened(made) as store:
        Commands(store).save([union], by=homes.BY)
    return made


@pytest.fixture(scope="module")
def address(browsers: Browsers, built: Path, home: Path, log: list[str]) -> Iterator[str]:
    del browsers, built
    with served(home, log=log, editing="accounts") as (found, _):
        yield found


@pytest.fixture
def proposals(home: Path) -> Iterator[Proposals]:
    """The proposals of the installation, as a relay's page reads them."""
    territory = open_territory(home, ROOT / "data" / "sectors" / "register.csv")
    with homes.opened(home) as store:
        yield Proposals(store, lambda: Grounds(territory, store.directory(), today()))


def spot() -> str:
    where = homes.point(homes.MAROLLES, 20, 5)
    return f"lat={where['lat']:.6f}&lon={where['lon']:.6f}"


def field(page: Page, name: str) -> object:
    return page.locator(f".plein-propose [name={name}]")


def propose(page: Page, name: str) -> str:
    """Fill the form of something new and send it; return the private link."""
    field(page, "name").fill(name)
    field(page, "category").select_option("community-house")
    page.locator(".plein-propose-send").click()
    return private_link(page)


def private_link(page: Page) -> str:
    expect(page.locator(".plein-propose-link")).to_have_value(re.compile(r"follow\?link="))
    return page.locator(".plein-propose-link").input_value()


def test_a_visitor_in_dutch_proposes_a_tenants_union(
    address: str, open_page: Opener, proposals: Proposals, log: list[str]
) -> None:
    page = open_page(f"{address}/propose?{spot()}", locale="nl-BE", size=PHONE)
    field(page, "name").fill("Huurdersbont Marolen")
    likely = page.locator(".plein-propose-likely")
    expect(likely).to_contain_text("Huurdersbond Marollen")
    expect(likely.get_by_role("link")).to_have_attribute("href", re.compile(r"id=huurdersbond"))
    field(page, "name").fill(UNHEARD)
    expect(likely).to_be_empty()
    assert fits(page)
    link = propose(page, UNHEARD)
    expect(page.locator(".plein-propose-decides")).to_contain_text("Marollen")
    kept = page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])")
    assert "plein:propose" not in kept
    assert UNHEARD not in kept
    (one,) = (
        each for each in proposals.of(["marollen"]) if UNHEARD in each.facts["names"].values()
    )
    assert one.status is ProposalStatus.OPEN
    page.goto(link)
    expect(page.locator(".plein-follow")).to_contain_text(UNHEARD)
    assert fits(page)
    token = parse_qs(urlsplit(link).query)["link"][0]
    assert token not in "".join(log)
    nobody_sees(page, address)
    page.goto(link)
    asked = proposals.ask(one, "Welke <b>deur</b>?", by=homes.BY)
    page.reload()
    expect(page.locator(".plein-follow")).to_contain_text("Welke <b>deur</b>?")
    page.get_by_label(say("nl")("Your answer")).fill("De blauwe.")
    page.get_by_role("button", name=say("nl")("Send your answer")).click()
    expect(page.locator(".plein-follow")).to_contain_text("De blauwe.")
    assert proposals.get(asked.id).status is ProposalStatus.OPEN
    page.get_by_role("button", name=say("nl")("Withdraw your proposal")).click()
    page.get_by_role("button", name=say("nl")("Withdraw it"), exact=True).click()
    expect(page.locator(".plein-follow-state")).to_have_text(say("nl")("You withdrew it."))
    assert proposals.get(one.id).status is ProposalStatus.WITHDRAWN


def nobody_sees(page: Page, address: str) -> None:
    """Look for it in every place of the public."""
    word = UNHEARD.split()[1]
    ready_page = page.context.new_page()
    ready_page.goto(address)
    ready(ready_page)
    before = ready_page.locator(".plein-list-summary").inner_text()
    search(ready_page, word)
    expect(names(ready_page)).to_have_count(0)
    assert word not in ready_page.locator(".plein-list, .plein-map").all_inner_texts().__repr__()
    assert before.startswith("8 ")
    asked = page.request
    for path in ("layers/actors/nl/0.json", "map/nl/0.json", "embed?lang=nl"):
        answer = asked.get(f"{address}/{path}")
        assert answer.ok
        assert word not in answer.text()
    typed = {"lang": "nl", "text": word, "name": word}
    for path in ("near/suggest", "propose/alike"):
        told = asked.post(f"{address}/{path}", data=json.dumps(typed), headers=JSON)
        assert told.json() == {"suggestions": []}
    ready_page.close()


JSON = {"Content-Type": "application/json"}


def test_a_correction_in_french_from_the_card(
    address: str, open_page: Opener, proposals: Proposals
) -> None:
    page = ready(open_page(address, size=PHONE))
    open_card(page, "apotheek-kapel")
    card(page).get_by_role("link", name=say("fr")("Propose a change")).click()
    expect(page.locator(".plein-propose-about")).to_have_text("Pharmacie de la Chapelle")
    expect(page.locator(".plein-propose")).to_contain_text("+32 2 511 00 00")
    expect(page.locator(".plein-propose")).not_to_contain_text("999 99 99")
    page.locator(".plein-propose-send").click()
    expect(page.locator(".plein-propose-wrong")).not_to_be_empty()
    page.locator(".plein-propose-change[id$=change-phone]").click()
    expect(field(page, "phone")).to_be_focused()
    field(page, "phone").fill("+32 2 511 77 77")
    page.locator(".plein-propose-send").click()
    private_link(page)
    (one,) = proposals.about("apotheek-kapel")
    assert next(each["value"] for each in one.facts["contacts"]) == "+32 2 511 77 77"
    assert set(one.facts) == {"contacts"}


def test_a_twin_is_found_and_chosen(address: str, open_page: Opener, proposals: Proposals) -> None:
    page = open_page(f"{address}/propose?id=huurdersbond&kind=duplicate")
    field(page, "twin").fill("Apotheek Kapel")
    page.locator(".plein-propose-likely button").first.click()
    expect(page.locator(".plein-propose-chosen")).to_contain_text("Chapelle")
    page.locator(".plein-propose-send").click()
    private_link(page)
    (one,) = (each for each in proposals.about("huurdersbond") if each.kind == "duplicate")
    assert one.other == "apotheek-kapel"


def test_what_is_typed_survives_a_server_that_dies(
    browsers: Browsers,
    home: Path,
    open_page: Opener,
    log: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    del browsers
    port = free_port()
    monkeypatch.setattr(serving, "free_port", lambda: port)
    with served(home, log=log) as (found, process):
        page = open_page(f"{found}/propose?{spot()}", size=PHONE)
        field(page, "name").fill("Atelier vélo")
        field(page, "note").fill("Derrière la gare")
        process.kill()
        process.wait()
    offline = say("fr")(
        "There is no connection now. Nothing you wrote is lost: press again in a moment."
    )
    expect(page.locator(".plein-propose-wrong")).to_have_text(offline)
    field(page, "category").select_option("community-house")
    page.locator(".plein-propose-send").click()
    expect(page.locator(".plein-propose-wrong")).to_have_text(offline)
    expect(field(page, "name")).to_have_value("Atelier vélo")
    with served(home, log=log) as (found, _):
        page.goto(f"{found}/propose?{spot()}")
        expect(field(page, "name")).to_have_value("Atelier vélo")
        expect(field(page, "note")).to_have_value("Derrière la gare")
        expect(field(page, "category")).to_have_value("community-house")
        page.locator(".plein-propose-send").click()
        private_link(page)
        page.goto(f"{found}/propose")
        expect(field(page, "name")).to_have_value("")


@pytest.mark.parametrize("key", ["image", "attribute", "streamlit", "template"])
def test_markup_is_text_in_the_form_and_to_who_follows(
    hostile_app: str, open_page: Opener, key: str
) -> None:
    page = open_page(f"{hostile_app}/propose?id=hostile-{key}")
    expect(page.locator(".plein-propose-about")).to_have_text(spaced(TEXTS[key]))
    nothing_ran(page)
    page.goto(f"{hostile_app}/propose?{spot()}&kind={TEXTS['image']}&id={TEXTS['script']}")
    field(page, "note").fill(TEXTS[key])
    field(page, "who").fill(TEXTS[key][:80])
    link = propose(page, TEXTS[key])
    nothing_ran(page)
    page.goto(link)
    expect(page.locator(".plein-follow-what")).to_contain_text(spaced(TEXTS[key]))
    nothing_ran(page)


def test_what_fills_every_field_is_told_so(
    address: str, open_page: Opener, proposals: Proposals
) -> None:
    page = open_page(f"{address}/propose?{spot()}")
    field(page, "trap").evaluate("input => { input.value = 'https://spam.example' }")
    field(page, "name").fill("Goedkope pillen")
    field(page, "category").select_option("community-house")
    page.locator(".plein-propose-send").click()
    expect(page.locator(".plein-propose-wrong")).to_have_text(re.compile("machine"))
    assert all("pillen" not in repr(one) for one in proposals.of(None, list(ProposalStatus)))


@pytest.mark.parametrize("link", ["", "x", "a" * 32, "%00", "<script>", "a" * 5_000])
def test_a_link_nobody_was_given_says_so(address: str, open_page: Opener, link: str) -> None:
    page = open_page(f"{address}/follow?link={link}")
    expect(page.locator(".st-key-follow [data-testid=stAlert]")).to_be_visible()
    assert page.locator(".plein-follow").count() == 0


@pytest.mark.parametrize("size", [(1280, 860), PHONE], ids=["wide", "phone"])
def test_nothing_serious_in_the_form_nor_after(
    address: str, open_page: Opener, built: Path, size: tuple[int, int]
) -> None:
    script = (built / "dev" / "axe.min.js").read_text(encoding="utf-8")

    def look(page: Page) -> list[str]:
        page.evaluate(script)
        found = page.evaluate(RUN)["violations"]
        return [f"{one['id']} {one['nodes']}" for one in found if one["impact"] in SERIOUS]

    page = open_page(f"{address}/propose?{spot()}", size=size)
    expect(page.locator(".plein-propose-map .plein-pin")).to_be_visible()
    page.locator(".plein-propose-more summary").click()
    assert look(page) == []
    page.goto(f"{address}/propose?id=huurdersbond")
    page.locator(".plein-propose-change[id$=change-place]").click()
    expect(page.locator(".plein-propose-map .plein-map")).to_be_visible()
    assert look(page) == []
    assert fits(page)
    page.goto(f"{address}/propose?{spot()}")
    link = propose(page, f"Soep {size[0]}")
    assert look(page) == []
    page.goto(link)
    expect(page.locator(".plein-follow")).to_be_visible()
    assert look(page) == []
