"""People who mean harm, where one contributes: notes, audit, consents, other people's records."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from directory.authors import Author
from directory.commands import Commands
from directory.notes import Notes
from tests.browser import homes, hostile
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import fits
from tests.browser.test_hostile import nothing_ran
from tests.serving import served

pytestmark = pytest.mark.browser
WORST = hostile.TEXTS["attribute"]
CONSENT = {"given_on": "2026-01-01", "ends_on": "2027-01-01"}


@pytest.fixture(scope="module")
def harmed(
    browsers: Browsers,
    built: Path,
    small_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    log: list[str],
) -> Iterator[dict[str, str]]:
    """Residents named by somebody who means harm, notes on them and changes signed so.

    Served once to somebody at the machine, once to whoever comes by.
    """
    del browsers, built
    home = tmp_path_factory.mktemp("harmed")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    with homes.opened(home) as store:
        for number, text in enumerate(hostile.TEXTS.values()):
            one = homes.actor(
                f"resident-{number}",
                "community-house",
                kind="resident",
                names={"fr": text, "nl": text},
                places=[
                    homes.at_address("Rue Haute", "Hoogstraat", "3", homes.point(homes.MAROLLES))
                ],
                contacts=[{"kind": "email", "value": "a@b.be?bcc=evil%0D%0ASubject=x"}],
                consent=CONSENT,
            )
            Commands(store).save([one], by=Author(text))
            Notes(store).write(one.id, "marollen", text, by=Author(text))
    with (
        served(home, log=log) as (here, _),
        served(home, log=log, editing="accounts") as (visitor, _),
    ):
        yield {"here": here, "visitor": visitor}


@pytest.mark.parametrize("path", ["/consents", "/audit", "/record?id=actors:resident-3", "/notes"])
def test_what_they_wrote_is_text(harmed: dict[str, str], open_page: Opener, path: str) -> None:
    page = open_page(harmed["here"] + path, locale="nl-BE")
    expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
    if path != "/notes":
        expect(page.locator("[data-testid=stMain]")).to_contain_text(
            "onload=window", timeout=30_000
        )
    nothing_ran(page)
    assert fits(page)


@pytest.mark.parametrize(
    "path",
    [
        *("/consents", "/audit", "/notes", "/record?id=actors:resident-3"),
        *("/record?id=actors:../resident-3", "/record?id=actors:resident-3%00", "/audit?who=%25"),
    ],
)
def test_an_address_opens_nothing_to_a_visitor(
    harmed: dict[str, str], open_page: Opener, path: str
) -> None:
    page = open_page(harmed["visitor"] + path)
    expect(page.locator(".stAlert").first).to_be_visible()
    main = page.locator("[data-testid=stMain]")
    expect(main.get_by_role("button", name="Retirer")).to_have_count(0)
    expect(main.locator(".st-key-notes, .plein-table")).to_have_count(0)
    nothing_ran(page)


def test_a_link_to_write_adds_no_header(harmed: dict[str, str], open_page: Opener) -> None:
    page = open_page(harmed["visitor"] + "/?pick=actors:resident-0")
    link = page.locator(".plein-card a[href^='mailto:']")
    expect(link).to_have_attribute("href", "mailto:a@b.be%3Fbcc%3Devil%250D%250ASubject%3Dx")


def test_one_press_withdraws_a_consent(harmed: dict[str, str], open_page: Opener) -> None:
    page = open_page(harmed["here"] + "/consents", locale="en-GB")
    page.get_by_label("Your name, for the history").fill("Ann")
    page.keyboard.press("Enter")
    own = page.locator(".st-key-consent_resident-7")
    own.get_by_role("button", name="Withdraw the consent").click()
    page.get_by_role("button", name="Withdraw now").click()
    expect(page.get_by_text("The consent is withdrawn.")).to_be_visible()
    expect(own).to_have_count(0)
