"""A workshop from invitation to edition: one big screen, five phones, a table's sheet."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from directory.authors import Author
from directory.clock import today
from directory.commands import Commands
from directory.people import Grounds
from directory.proposals import Proposals
from directory.workshops import LinkUse, Workshops
from exchange.settings import ROOT
from exchange.statbel import open_territory
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.hostile import TEXTS
from tests.browser.screen import fits, say
from tests.browser.test_axe import RUN, SERIOUS
from tests.browser.test_hostile import nothing_ran
from tests.serving import served

pytestmark = pytest.mark.browser
SEEN_MS = 3_000
"""Issue 7: on the big screen within three seconds."""
SMALL = (360, 740)
BEAMER = (1280, 720)
AREA = "marollen"
FR = say("fr")


@pytest.fixture(scope="module")
def home(near_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("workshop")
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
    with served(home, log=log) as (found, _):
        yield found


@pytest.fixture
def links(home: Path, address: str) -> Iterator[tuple[Workshops, str, str]]:
    """A workshop made beside the page, with its links for phones and the screen."""
    territory = open_territory(home, ROOT / "data" / "sectors" / "register.csv")
    with homes.opened(home) as store:

        def grounds() -> Grounds:
            return Grounds(territory, store.directory(), today())

        workshops = Workshops(store, Proposals(store, grounds), grounds)
        given = {"title": "Atelier", "day": today(), "neighbourhood_id": AREA, "address": address}
        made = workshops.make(given | {"tables": ("1", "2", "3")}, by=Author("Test"))
        phone, screen = (workshops.open_link(made, use, by=Author("Test")) for use in LinkUse)
        yield workshops, phone, screen


def add(phone: Page, name: str, *, table: str = "1", where: str = "Rue Haute 7") -> None:
    phone.locator("#table").select_option(table)
    phone.locator("#add-name").fill(name)
    phone.locator("#add-category").select_option("community-house")
    phone.locator("#add-where").fill(where)
    phone.locator("#add button[type=submit]").click()


def serious(page: Page, built: Path) -> list[str]:
    page.evaluate((built / "dev" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(RUN)["violations"]
    return [f"{rule['id']}: {rule['nodes']}" for rule in found if rule["impact"] in SERIOUS]


def make(page: Page, address: str) -> str:
    """Make a workshop as a facilitator does, and return where phones come in."""
    name = page.get_by_label(FR("Your name, for the history"))
    name.fill("Samira")
    name.press("Enter")
    page.get_by_label("Titre", exact=True).fill("La carte des Marolles")
    area = page.get_by_role("combobox", name="Quartier")
    area.click()
    area.fill("Marolles")
    area.press("Enter")
    page.get_by_role("button", name=FR("Make the workshop")).click()
    where = page.get_by_role("combobox", name="Où les téléphones trouvent cet ordinateur")
    where.click()
    where.fill(address)
    where.press("Enter")
    page.get_by_role("button", name=FR("Show the way in")).click()
    return page.locator(".plein-workshop-address").inner_text()


def test_from_invitation_to_edition(address: str, open_page: Opener, built: Path) -> None:
    lead = open_page(f"{address}/workshop?lang=fr", size=(1440, 1000))
    way = make(lead, address)
    assert re.fullmatch(re.escape(address) + r"/w/[a-z2-9]{5}-[a-z2-9]{5}", way)
    href = lead.get_by_role("link", name="Ouvrir le grand écran").get_attribute("href")
    sheet = lead.get_by_role("link", name=FR("Type in a table's sheet")).get_attribute("href")
    screen = open_page(f"{address}/{str(href).removeprefix('./')}", size=BEAMER)
    expect(screen.locator("#address")).to_have_text(way.removeprefix("http://"))
    phones = [open_page(f"{way}?lang={'fr' if n % 2 else 'nl'}", size=SMALL) for n in range(5)]

    names = [f"Buurtkeuken {n}" for n in range(5)]
    phones[1].locator("#nickname").fill("Fatima")
    for n, (phone, name) in enumerate(zip(phones, names, strict=True)):
        add(phone, name, table=str(n % 3 + 1))
        expect(screen.locator("#latest")).to_contain_text(name, timeout=SEEN_MS)
    expect(screen.locator(".ws-sign.ws-is-open")).to_have_count(5)
    expect(screen.locator("#latest")).to_contain_text("proposé par la table 2 (Fatima)")
    expect(phones[0].locator("#others")).to_contain_text(names[4])
    for page in (screen, *phones[:2]):
        assert serious(page, built) == []
        assert fits(page)

    lead.get_by_text("Propositions", exact=True).click()
    rows = lead.locator(".plein-queue li")
    expect(rows).to_have_count(5)
    rows.filter(has_text=names[0]).locator("button").first.click()
    lead.get_by_role("button", name="Accepter", exact=True).click()
    expect(screen.locator(".ws-sign.ws-is-accepted")).to_contain_text(names[0], timeout=SEEN_MS * 3)
    _merge(lead, names[1], names[2])
    expect(phones[1].locator("#mine")).to_contain_text(
        FR("It is the same as: {name}").format(name=names[2])
    )
    _ask(lead, names[3], "Quelle porte ?")
    expect(phones[3].locator("#mine")).to_contain_text("Quelle porte ?")
    phones[3].get_by_label("Votre réponse").fill("La bleue")
    phones[3].get_by_role("button", name="Répondre").click()
    expect(phones[3].locator("#mine")).not_to_contain_text("Votre réponse")

    _type(open_page(f"{address}/{str(sheet).removeprefix('./')}"), built)
    expect(screen.locator("#latest")).to_contain_text("Repair café", timeout=SEEN_MS)

    lead.get_by_text("Résumé", exact=True).click()
    told = lead.locator(".plein-workshop-summary")
    expect(told).to_contain_text("7 propositions sont venues")
    expect(told).to_contain_text("Fatima")
    expect(told.get_by_role("listitem").filter(has_text=names[4])).to_have_count(1)
    lead.get_by_text("Entrée", exact=True).click()
    lead.get_by_role("button", name=FR("Close the workshop")).click()
    expect(screen.locator("#state")).to_have_text(FR("The workshop is closed. Thank you."))
    add(phones[1], "Trop tard")
    expect(phones[1].locator("#mine")).to_contain_text("Cet atelier ne prend plus rien")
    _publish(lead, accepted=names[0], refused=names[4])


def _publish(lead: Page, *, accepted: str, refused: str) -> None:
    """From the summary to the local map, and its edition: what was accepted is on it."""
    lead.get_by_text("Résumé", exact=True).click()
    lead.locator(".plein-workshop-edition").click()
    name = lead.get_by_label(FR("Your name, for the history"))
    name.fill("Samira")
    name.press("Enter")
    area = lead.get_by_role("combobox", name=FR("A new map, of"))
    area.click()
    area.fill("Marolles")
    area.press("Enter")
    start = lead.get_by_role("button", name=FR("Begin"), exact=True)
    expect(start).to_be_enabled()
    start.click()
    expect(lead.locator(".st-key-local_map_sheet img")).to_be_visible()
    lead.get_by_role("tab", name=FR("Editions")).click()
    lead.get_by_role("button", name=FR("Publish an edition")).click()
    expect(lead.get_by_text(FR("Edition {number} is published.").format(number=1))).to_be_visible()
    kept = lead.locator("[class*=st-key-edition_][class*=_1]")
    page = str(kept.get_by_role("link", name=FR("Web page")).get_attribute("href"))
    told = lead.request.get(page).text()
    assert accepted in told
    assert refused not in told, "what nobody accepted is on no map"


def _open(lead: Page, name: str) -> None:
    lead.locator(".plein-queue li").filter(has_text=name).locator("button").first.click()
    expect(lead.locator(".st-key-queue_one h2, .st-key-queue_one h1").first).to_contain_text(name)


def _merge(lead: Page, name: str, into: str) -> None:
    _open(lead, name)
    lead.get_by_role("button", name="Fusionner…").click()
    choice = lead.get_by_role("combobox", name="Le même que")
    choice.click()
    choice.fill(into)
    choice.press("Enter")
    lead.get_by_role("button", name="Fusionner", exact=True).click()


def _ask(lead: Page, name: str, question: str) -> None:
    _open(lead, name)
    lead.get_by_role("button", name="Demander…").click()
    lead.get_by_label("Que voulez-vous savoir").fill(question)
    lead.get_by_role("button", name="Envoyer la question").click()


def _type(page: Page, built: Path) -> None:
    """Two lines of a table's sheet by the keyboard alone, the second one put right."""
    page.locator("#table").select_option("3")
    type_line(page.locator("tbody input").first, "Repair café", "02 511 22 33")
    lines = page.locator("#lines tr")
    expect(lines.nth(0)).to_have_class("ws-is-sent")
    page.keyboard.type("Zonder categorie")
    page.keyboard.press("Enter")
    expect(lines.nth(1)).to_have_class("ws-is-wrong")
    page.reload()
    page.locator("#table").select_option("3")
    expect(lines.nth(1).locator("input").first).to_have_value("Zonder categorie")
    lines.nth(1).locator("input").nth(1).fill("Maisons de quartier")
    lines.nth(1).locator("input").nth(2).fill("Rue Haute 7")
    page.keyboard.press("Enter")
    expect(lines.nth(1)).to_have_class("ws-is-sent")
    assert serious(page, built) == []


def type_line(first: Locator, name: str, *more: str) -> None:
    """Type a line of a sheet from its first field on, and send it."""
    first.focus()
    for text in (name, "Maisons de quartier", "Rue Haute 7", *more):
        first.page.keyboard.type(text)
        first.page.keyboard.press("Tab")
    first.page.keyboard.press("Enter")


def test_lines_of_a_table_left_behind_are_sent_too(
    chromium: Browser, links: tuple[Workshops, str, str], address: str
) -> None:
    workshops, code, screen = links
    opened = workshops.by_link(screen)
    assert opened is not None
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/workshop/{code}/sheet?lang=fr&table=1")
        context.set_offline(True)
        type_line(page.locator("tbody input").first, "Table une")
        expect(page.locator("#lines tr").first).to_have_class("ws-is-waiting")
        page.locator("#table").select_option("2")
        expect(page.locator("#state")).to_contain_text("1")
        context.set_offline(False)
        page.locator("#table").select_option("1")
        expect(page.locator("#lines tr").first).to_have_class("ws-is-sent")
    came = workshops.came(opened.workshop.id)
    assert [(one.table, one.proposal.facts["names"]["und"]) for one in came] == [("1", "Table une")]


def test_what_is_written_without_a_connection_is_sent_once(
    chromium: Browser, links: tuple[Workshops, str, str], address: str
) -> None:
    workshops, code, screen = links
    workshop = workshops.by_link(screen)
    assert workshop is not None
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        phone = context.new_page()
        phone.goto(f"{address}/workshop/{code}?lang=fr")
        phone.locator("#add-line").fill("à moitié écrit")
        context.set_offline(True)
        add(phone, "Sans réseau")
        expect(phone.locator("#mine")).to_contain_text(FR("waits to be sent"))
        expect(phone.locator("#state")).to_contain_text("1 à envoyer")
        context.set_offline(False)
        expect(phone.locator("#mine")).to_contain_text("proposé")
        phone.locator("#add-name").fill("Pas encore envoyé")
        phone.reload()
        expect(phone.locator("#add-name")).to_have_value("Pas encore envoyé")
    came = workshops.came(workshop.workshop.id)
    assert [one.proposal.facts["names"]["und"] for one in came] == ["Sans réseau"]


def test_what_waits_in_a_second_tab_that_is_closed_is_sent_by_the_first(
    chromium: Browser, links: tuple[Workshops, str, str], address: str
) -> None:
    workshops, code, screen = links
    opened = workshops.by_link(screen)
    assert opened is not None
    with chromium.new_context(viewport={"width": 360, "height": 740}) as context:
        first, second = context.new_page(), context.new_page()
        for tab in (first, second):
            tab.goto(f"{address}/workshop/{code}?lang=fr")
        context.set_offline(True)
        add(second, "Deuxième onglet")
        expect(first.locator("#mine")).to_contain_text("Deuxième onglet")
        add(first, "Premier onglet")
        expect(second.locator("#mine")).to_contain_text("Premier onglet")
        second.close()
        context.set_offline(False)
        expect(first.locator("#mine .ws-is-waiting")).to_have_count(0)
    came = workshops.came(opened.workshop.id)
    told = {one.proposal.facts["names"]["und"] for one in came}
    assert told == {"Premier onglet", "Deuxième onglet"}
    assert len(came) == 2


def test_lines_typed_in_two_tabs_of_one_table_are_all_kept(
    chromium: Browser, links: tuple[Workshops, str, str], address: str
) -> None:
    _, code, _ = links
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        first, second = context.new_page(), context.new_page()
        for tab in (first, second):
            tab.goto(f"{address}/workshop/{code}/sheet?lang=fr&table=1")
        second.locator("#lines tr").nth(0).locator("input").first.fill("Deuxième onglet")
        shown = first.locator("#lines tr").nth(0).locator("input").first
        expect(shown).to_have_value("Deuxième onglet")
        first.locator("#lines tr").nth(1).locator("input").first.fill("Premier onglet")
        second.locator("#table").select_option("2")
        second.locator("#lines tr").nth(0).locator("input").first.fill("Table deux")
        first.reload()
        for n, text in enumerate(("Deuxième onglet", "Premier onglet")):
            expect(first.locator("#lines tr").nth(n).locator("input").first).to_have_value(text)
        expect(first.locator("#lines tr")).to_have_count(12)
        first.locator("#table").select_option("2")
        expect(shown).to_have_value("Table deux")


def test_lines_a_link_did_not_take_before_it_ended_stay_for_the_relay(
    chromium: Browser, links: tuple[Workshops, str, str], address: str
) -> None:
    workshops, code, screen = links
    opened = workshops.by_link(screen)
    assert opened is not None
    led = opened.workshop
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{address}/workshop/{code}/sheet?lang=fr&table=1")
        lines = page.locator("#lines tr")
        lines.nth(1).locator("input").first.fill("À moitié")
        workshops.end_links(led, by=Author("Test"))
        type_line(lines.nth(0).locator("input").first, "Trop tard")
        expect(page.locator("#state")).to_contain_text(
            FR("This link has ended. What was not sent is still here: show it to the relay.")
        )
        expect(lines.nth(0)).to_have_class("ws-is-waiting")
        # The day is over, and a later workshop is visited.
        key = f"plein:workshop:{led.id}"
        page.evaluate("(key) => localStorage.setItem(key, '{\"ends\": 1}')", f"{key}:until")
        given = {"title": "Encore", "day": today(), "neighbourhood_id": AREA, "tables": ("1",)}
        later = workshops.make(given, by=Author("Test"))
        new = workshops.open_link(later, LinkUse.PHONE, by=Author("Test"))
        page.goto(f"{address}/workshop/{new}?lang=fr")
        left = page.evaluate("(key) => localStorage.getItem(key)", f"{key}:sheet:1")
        assert "Trop tard" in left
        # A new link of the same workshop sends them.
        again = workshops.open_link(led, LinkUse.PHONE, by=Author("Test"))
        page.goto(f"{address}/workshop/{again}/sheet?lang=fr&table=1")
        expect(lines.nth(0)).to_have_class("ws-is-sent")
        expect(lines.nth(1).locator("input").first).to_have_value("À moitié")


def test_hostile_words_stay_words(
    links: tuple[Workshops, str, str], address: str, open_page: Opener
) -> None:
    _, code, token = links
    screen = open_page(f"{address}/workshop/{token}/screen?lang=fr#{code}", size=BEAMER)
    phone = open_page(f"{address}/workshop/{code}?lang=fr", size=SMALL)
    for text in list(TEXTS.values())[:4]:
        phone.locator("#nickname").fill(text[:40])
        add(phone, text[:200])
        expect(phone.locator("#state")).not_to_contain_text("à envoyer")
    expect(screen.locator("#latest li")).not_to_have_count(0)
    expect(phone.locator("#mine li").first).to_be_visible()
    for page in (screen, phone):
        nothing_ran(page)


def test_the_map_of_a_phone_is_pressed_by_hand_and_by_keyboard(
    links: tuple[Workshops, str, str], address: str, open_page: Opener
) -> None:
    workshops, code, token = links
    phone = open_page(f"{address}/workshop/{code}?lang=fr", size=SMALL)
    phone.get_by_role("button", name="Toucher la carte").click()
    phone.locator("#map .leaflet-container").focus()
    phone.keyboard.press("Enter")
    phone.keyboard.press("ArrowLeft")
    phone.keyboard.press("Enter")
    expect(phone.locator("#map-told")).to_have_text("Choisi sur la carte.")
    add(phone, "Sur la carte", where="")
    expect(phone.locator("#others")).to_contain_text("Sur la carte")
    found = workshops.by_link(token)
    assert found is not None
    (one,) = workshops.came(found.workshop.id)
    assert one.proposal.facts["places"][0]["point"] is not None
