"""A secret place and a withdrawn consent, looked for in all that anybody gets: nothing."""

import gzip
import json
import shutil
import urllib.request
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from time import monotonic
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect

from directory.atlas import Atlas
from directory.clock import today
from directory.commands import Commands
from directory.consent import withdraw
from exchange.export import FORMATS, export
from exchange.register import read_register
from exchange.statbel import schematic_territory
from layers.registry import LAYERS
from tests.browser import homes
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.screen import names, ready
from tests.serving import served

pytestmark = pytest.mark.browser
ID, RESIDENT, STREET = "marie-zyxwerk", "Zyxwerk", "Zyxrefuge"
PHONE = "02 999 77 77"
WITHIN_S = 10.0
"""Two seconds of polling, on a machine that is busy with other tests."""
PAGES = (
    *("/", "/near", "/relays", "/about", "/coverage", "/gaps", "/what-if", "/figures"),
    *(f"/propose?id={key}" for key in (ID, "refuge")),
    *(f"/record?id=actors:{key}" for key in (ID, "refuge")),
    *(f"/?pick=actors:{key}" for key in (ID, "refuge")),
    *("/consents", "/notes", "/audit", "/changes", "/due", "/queue"),
)


@pytest.fixture(scope="module")
def secret_home(near_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A resident who consents, and a shelter that tells its street wherever it can."""
    home = tmp_path_factory.mktemp("secret")
    shutil.copytree(near_home, home, dirs_exist_ok=True)
    street = (f"Rue {STREET}", f"{STREET}straat")
    with homes.opened(home) as store:
        Commands(store).save(
            [
                homes.actor(
                    ID,
                    "community-house",
                    kind="resident",
                    names={"fr": f"Marie {RESIDENT}"},
                    places=[homes.at_address("Rue Haute", "Hoogstraat", "3", _near(20))],
                    consent={"given_on": "2026-01-01", "ends_on": "2099-12-31"},
                ),
                homes.actor(
                    "refuge",
                    "community-house",
                    names={"fr": "Le refuge"},
                    descriptions={"fr": f"Au 7 de la rue {STREET}"},
                    places=[homes.at_address(*street, "7", _near(-40))],
                    contacts=[{"kind": "phone", "value": PHONE}],
                    secret_place=True,
                    do_not_contact=True,
                ),
            ],
            by=homes.BY,
        )
    return home


@pytest.fixture(scope="module")
def secret_app(browsers: Browsers, built: Path, secret_home: Path, log: list[str]) -> Iterator[str]:
    """The same, served to whoever comes by: nobody is at the machine."""
    del browsers, built
    with served(secret_home, log=log, editing="accounts") as (address, _):
        yield address


def _near(east_m: float) -> dict[str, float]:
    return homes.point(homes.MAROLLES, east_m)


def asked(address: str, told: object = None) -> str:
    """Return what an address answers, unpacked."""
    body = None if told is None else json.dumps(told).encode()
    headers = {"Content-Type": "application/json"} if body else {}
    request = urllib.request.Request(address, data=body, headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            content = answer.read()
    except HTTPError as error:
        with error:
            content = error.read()
    return (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode()


def beside_the_pages(app: str, version: str = "0") -> str:
    """Return all that is served beside the pages: layers, map, embed, what is typed."""
    layers = [
        asked(f"{app}/layers/{name}/{language}/{version}.json")
        for name in LAYERS
        for language in ("fr", "nl")
    ]
    typed = [
        asked(f"{app}/near/suggest", {"text": word, "lang": "fr"})
        for word in ("Zyx", "Marie", "Rue Zyxrefuge", "refuge")
    ]
    alike = [
        asked(f"{app}/propose/alike", {"name": name, "lang": "fr", "phone": PHONE})
        for name in ("Marie Zyxwerk", "Le refuge")
    ]
    rest = [asked(f"{app}/map/fr/{version}.json"), asked(f"{app}/embed?lang=fr")]
    return "".join((*layers, *typed, *alike, *rest))


def test_a_secret_place_is_nowhere(secret_app: str, open_page: Opener) -> None:
    told = beside_the_pages(secret_app)
    assert "Le refuge" in told
    assert RESIDENT in told, "while consent lasts"
    page = ready(open_page(secret_app))
    for canary in (STREET, PHONE, _point()):
        assert canary not in told
    for path in PAGES:
        page.goto(secret_app + path)
        expect(page.locator("[data-testid=stMain]")).to_be_visible()
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
        assert STREET not in page.content(), path
        assert PHONE not in page.content(), path
    page.goto(f"{secret_app}/?pick=actors:refuge")
    card = page.locator(".plein-card")
    expect(card).to_contain_text("Le refuge")
    page.goto(f"{secret_app}/?q={STREET}")
    expect(names(page)).to_have_count(0)


def test_exports_hold_neither(secret_home: Path) -> None:
    for form, text in exported(secret_home).items():
        assert b"Le refuge" in text, form
        assert RESIDENT.encode() in text, f"{form}: while consent lasts"
        for canary in (STREET, PHONE, _point()):
            assert canary.encode() not in text, (form, canary)


def exported(home: Path) -> dict[str, bytes]:
    """Return everything that is public as each format has it, unpacked."""
    register = read_register(homes.SECTORS / "register.csv")
    with homes.opened(home) as store:
        directory = store.directory()
    atlas = Atlas(directory, schematic_territory(register), today())
    every = list(atlas.actors)
    return {form: unpacked(export(atlas, every, form, "fr").content) for form in FORMATS}


def unpacked(content: bytes) -> bytes:
    """Return a file with what is zipped in it."""
    if not zipfile.is_zipfile(BytesIO(content)):
        return content
    with zipfile.ZipFile(BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def _point() -> str:
    return f"{_near(-40)['lon']:.5f}"


def test_a_withdrawn_consent_is_nowhere(
    secret_app: str, secret_home: Path, open_page: Opener
) -> None:
    page = ready(open_page(f"{secret_app}/?pick=actors:{ID}"))
    expect(page.locator(".plein-card")).to_contain_text(RESIDENT)
    old = json.loads(asked(f"{secret_app}/layers/actors/fr/0.json"))["version"]
    assert RESIDENT in asked(f"{secret_app}/layers/actors/fr/{old}.json")
    with homes.opened(secret_home) as store:
        withdraw(store, Commands(store), ID, by=homes.BY)
        assert store.directory().actors.get(ID) is None
    until = monotonic() + WITHIN_S
    while RESIDENT in asked(f"{secret_app}/layers/actors/fr/{old}.json"):
        assert monotonic() < until, "another process forgets within its polling"
    assert RESIDENT not in beside_the_pages(secret_app) + beside_the_pages(secret_app, old)
    for path in PAGES:
        page.goto(secret_app + path)
        expect(page.locator("[data-testid=stMain]")).to_be_visible()
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0)
        assert RESIDENT not in page.content(), path
    page.goto(f"{secret_app}/?pick=actors:{ID}")
    expect(page.locator(".stAlert").first).to_be_visible()
    page.goto(f"{secret_app}/?q={RESIDENT}")
    expect(names(page)).to_have_count(0)
    for form, text in exported(secret_home).items():
        assert RESIDENT.encode() not in text, form
    for file in secret_home.glob("plein.db*"):
        assert RESIDENT.encode() not in file.read_bytes(), file.name
