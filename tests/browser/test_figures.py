"""Figures: a file goes in step by step onto the map, a bad one not at all."""

import io
import re
import shutil
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from directory.actors import Status
from directory.authors import Author
from directory.indicators import Indicator
from exchange.indicators import keep_indicators
from tests.browser import figures, hostile
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.figures import (
    button,
    check,
    codes,
    day,
    districts,
    give,
    keep,
    keyed,
    people,
    sign,
    sourced,
    statbel,
    table,
    write,
)
from tests.browser.homes import opened
from tests.browser.screen import PHONE, fits, say
from tests.serving import served
from ui.figures.classes import COLOURS, quantiles

pytestmark = pytest.mark.browser
PATHS = ".leaflet-plein-sectors-pane path"
HATCHED = f'{PATHS}[fill^="url(#plein-hatch"]'
WARM_S = 60
"""What the very first answer of an app may take on a busy machine: it imports what it needs."""
CODES = codes()


class Site(NamedTuple):
    address: str
    home: Path

    def figures(self) -> dict[str, Indicator]:
        with opened(self.home) as store:
            return dict(store.indicators())


@pytest.fixture(scope="module")
def site(
    browsers: Browsers,
    built: Path,
    near_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    log: list[str],
) -> Iterator[Site]:
    """An installation of its own with streets: what is kept here no other test sees."""
    del browsers, built
    home = tmp_path_factory.mktemp("figures")
    shutil.copytree(near_home, home, dirs_exist_ok=True)
    with served(home, log=log) as (address, _):
        with urlopen(address, timeout=WARM_S):  # noqa: S310 - ours
            pass
        yield Site(address, home)


@pytest.mark.parametrize(("language", "year"), [("fr", 2021), ("nl", 2022)])
@pytest.mark.parametrize("size", [(1440, 900), PHONE], ids=["wide", "phone"])
def test_a_good_population_is_kept_and_colours_the_map(
    site: Site, open_page: Opener, language: str, year: int, size: tuple[int, int]
) -> None:
    year += 2 * (size == PHONE)
    values = people(year, without=4)
    page = open_page(f"{site.address}/figures?part=in", locale=f"{language}-BE", size=size)
    give(page, language, statbel(values), f"OPENDATA_SECTOREN_{year}.txt")
    expect(keyed(page, "").get_by_role("combobox").first).to_have_value("CD_SECTOR")
    expect(page.get_by_role("spinbutton")).to_have_value(str(year))
    check(page, language)
    metrics = page.get_by_test_id("stMetricValue")
    expect(metrics).to_have_text([str(len(values)), "4", "1", "0"])
    sourced(page, language)
    expect(keyed(page, "nl_").get_by_role("textbox")).to_have_value("Bevolking")
    expect(keyed(page, "by_").get_by_role("textbox")).to_have_value("Statbel")
    expect(button(page, language, "Keep this figure")).to_be_disabled()
    assert f"population-{year}" not in site.figures(), "nothing before it is said"
    sign(page)
    day(page)
    keep(page, language)
    kept = site.figures()[f"population-{year}"]
    assert dict(kept.values) == values
    assert (kept.source.name, kept.source.licence) == ("Statbel", "CC BY 4.0")
    assert str(kept.source.read_on) == "2025-11-20"
    assert fits(page)
    _is_on_the_map(page, values)
    page.goto(f"{site.address}/figures?part=list&lang={language}")
    line = page.locator(".plein-table tbody tr").filter(has_text=str(year))
    expect(line).to_contain_text(f"{len(values)} ")
    expect(line).to_contain_text("CC BY 4.0")


def test_once_people_are_known_so_is_what_there_is_for_a_thousand(
    site: Site, open_page: Opener
) -> None:
    with opened(site.home) as store:
        keep_indicators(store, [_population(2024)], by=Author("Test"))
    page = open_page(f"{site.address}/coverage?what=pharmacy&measure=per_1000", locale="fr-BE")
    expect(page.locator(PATHS)).to_have_count(len(CODES))
    expect(page.locator(HATCHED)).to_have_count(4)


def _population(year: int) -> Indicator:
    values = people(year, without=4)
    return Indicator.model_validate(
        {
            "id": f"population-{year}",
            "subject": "population",
            "names": {"fr": "Population", "nl": "Bevolking"},
            "unit": "people",
            "level": "sector",
            "year": year,
            "values": values,
            "source": {"name": "Test", "licence": "CC0 1.0"},
        }
    )


def _is_on_the_map(page: Page, values: dict[str, int]) -> None:
    """Each class has as many sectors on the map as in the key; what is not known is hatched."""
    expect(page.locator(HATCHED)).to_have_count(4)
    column = [float(values.get(code, "nan")) for code in CODES]
    classes = quantiles(figures.array(column))
    counts = [classes.count(number) for number in range(len(COLOURS))]
    expect(page.locator(".plein-key b")).to_have_text([*map(str, counts), "4"])
    for colour, count in zip(COLOURS, counts, strict=True):
        expect(page.locator(f'{PATHS}[fill="{colour}"]')).to_have_count(count)


OLD = {f"{code[:5]}Q{n % 1000:03d}": 5 for n, code in enumerate(CODES)}
FEW = dict.fromkeys(CODES[:40], 10)
BAD = {
    "another year": (table("secteur;population 2011", OLD), "2: 21001Q000"),
    "per cent as text": (
        table("secteur;population 2022", FEW | {CODES[1]: "douze pour cent"}),
        f"3: {CODES[1]}",
    ),
    "a code twice": (
        table("secteur;population 2022", [*FEW.items(), (CODES[2], 11)]),
        f"4: {CODES[2]}, 42: {CODES[2]}",
    ),
    "fewer than nobody": (
        table("secteur;population 2022", FEW | {CODES[3]: -12}),
        f"5: {CODES[3]}",
    ),
    "codes a spreadsheet damaged": (
        table("secteur;population 2022", [*FEW.items(), ("2,1004E+14", 5)]),
        "42: 2,1004E",
    ),
}


@pytest.mark.parametrize("bad", list(BAD))
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_bad_file_is_told_with_its_rows_and_nothing_is_kept(
    site: Site, open_page: Opener, bad: str, language: str
) -> None:
    content, rows = BAD[bad]
    before = site.figures()
    page = open_page(f"{site.address}/figures?part=in", locale=f"{language}-BE")
    give(page, language, content, "chiffres.csv")
    check(page, language)
    expect(page.get_by_role("alert")).to_contain_text(rows)
    expect(button(page, language, "Go on: names and source")).to_be_disabled()
    with page.expect_download() as download:
        button(page, language, "Report: what became of each row").click()
    lines = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes())).active
    assert lines is not None
    stopping = [row[0].value for row in lines.iter_rows() if row[4].value == say(language)("yes")]
    assert stopping or bad == "another year"
    assert site.figures() == before


def test_rows_that_cannot_be_used_are_left_out_as_unknown_if_somebody_says_so(
    site: Site, open_page: Opener
) -> None:
    page = open_page(f"{site.address}/figures?part=in", locale="en-GB")
    content = table("secteur;Demandeurs d'emploi 2020", FEW | {CODES[3]: -12, CODES[4]: "x"})
    give(page, "en", content, "emploi.csv")
    check(page, "en")
    page.get_by_text("Leave these rows out").click()
    sourced(page, "en")
    sign(page)
    expect(page.get_by_text("The column is called “Demandeurs d'emploi”.")).to_be_visible()
    expect(page.get_by_text("Still to give: Name in French, Name in Dutch, Source")).to_be_visible()
    for name, text in (
        ("fr_", "Demandeurs d'emploi"),
        ("nl_", "Werkzoekenden"),
        ("by_", "Actiris"),
        ("licence_", "CC0 1.0"),
    ):
        write(page, name, text)
    write(page, "url_", "javascript:alert(1)")
    expect(page.get_by_role("alert")).to_contain_text("must begin with https://")
    write(page, "url_", "https://example.org/emploi")
    day(page)
    keep(page, "en")
    kept = site.figures()["demandeurs-d-emploi-2020"]
    assert CODES[3] not in kept.values
    assert kept.values[CODES[4]] is None
    assert kept.values[CODES[0]] == 10
    expect(page.locator(".plein-figure a")).to_have_attribute("href", "https://example.org/emploi")
    button(page, "en", "Undo").click()
    expect(keyed(page, "kept_box")).to_be_hidden()
    assert site.figures()["demandeurs-d-emploi-2020"].status is Status.ARCHIVED


def test_districts_are_shown_on_sectors_by_a_rule_that_is_said(
    site: Site, open_page: Opener
) -> None:
    page = open_page(f"{site.address}/figures?part=in", locale="en-GB")
    cells = {code: f"{10 + n / 10:.1f}".replace(".", ",") for n, code in enumerate(districts())}
    give(page, "en", table("Quartier;Part de locataires (%) 2021", cells), "logement.csv")
    expect(page.get_by_role("radio", name="monitoring districts")).to_be_checked()
    check(page, "en")
    sourced(page, "en")
    sign(page)
    for name, text in (("fr_", "Locataires"), ("nl_", "Huurders"), ("by_", "IBSA"),
                       ("licence_", "CC BY 4.0")):  # fmt: skip
        write(page, name, text)
    day(page)
    keep(page, "en")
    expect(page.locator(".plein-advice")).to_contain_text("its whole district: estimated")
    asked = "figure=locataires-2021-district&pick=sectors:21004A71-&lang=en"
    page.goto(f"{site.address}/figures?{asked}")
    expect(page.locator(".plein-near-relay")).to_contain_text("estimated")
    expect(page.locator(".plein-near-relay")).to_contain_text("Its district, ")


def test_a_figure_is_archived_and_comes_back_with_its_versions(
    site: Site, open_page: Opener
) -> None:
    for number, cells in enumerate((FEW, FEW | {CODES[0]: 99}), 1):
        page = open_page(f"{site.address}/figures?part=in", locale="en-GB")
        give(page, "en", table("secteur;loyer (€) 2019", cells), "loyer.csv")
        check(page, "en")
        sourced(page, "en")
        sign(page)
        if number == 1:
            write(page, "fr_", "Loyer")
            write(page, "nl_", "Huur")
        else:
            expect(keyed(page, "subject_").get_by_role("combobox")).to_have_value("Loyer")
            expect(page.get_by_text("of version 1: 1 change.")).to_be_visible()
        write(page, "by_", "Test")
        write(page, "licence_", "CC0 1.0")
        day(page)
        keep(page, "en")
    page.goto(f"{site.address}/figures?part=list&figure=loyer-2019&lang=en")
    expect(page.get_by_text("Version 2,")).to_be_visible()
    expect(button(page, "en", "Archive")).to_be_disabled()
    sign(page)
    button(page, "en", "Archive").click()
    expect(page.locator(".plein-table")).not_to_contain_text("Loyer")
    button(page, "en", "Bring back").click()
    expect(page.locator(".plein-table")).to_contain_text("Loyer")
    keyed(page, "v1_").get_by_role("button").click()
    expect(page.get_by_text("Version 5,")).to_be_visible()
    assert site.figures()["loyer-2019"].values[CODES[0]] == 10
    button(page, "en", "Undo the last change").click()
    expect(page.get_by_text("Version 6,")).to_be_visible()
    assert site.figures()["loyer-2019"].values[CODES[0]] == 99


def test_another_kind_of_file_is_a_sentence(site: Site, open_page: Opener) -> None:
    before = site.figures()
    page = open_page(f"{site.address}/figures?part=in", locale="en-GB")
    for name, content, sentence in (
        ("a.xlsx", b"%PDF-1.7\n", "a.xlsx is a PDF, whatever its name says."),
        ("b.xlsx", _bomb(), "b.xlsx unpacks to far more than a table holds"),
        ("c.csv", b"Nom;Total\nMaison;12\nHuis;13\n", "No column holds codes of sectors"),
        ("d.zip", b"PK\x03\x04rest", "d.zip"),
        ("[e](www.evil.example).csv", b"", "[e](www.evil.example).csv is empty."),
    ):
        give(page, "en", content, name)
        expect(page.get_by_role("alert")).to_contain_text(sentence)
        expect(page.get_by_role("alert")).to_have_count(1)
    assert site.figures() == before


def _bomb() -> bytes:
    """A workbook of 30 kB whose sheet unpacks to 30 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return packed.getvalue()


@pytest.mark.parametrize("trick", [key for key in hostile.TEXTS if key != "long"])
def test_hostile_texts_are_texts(site: Site, open_page: Opener, trick: str) -> None:
    text = hostile.TEXTS[trick]
    quoted = '"' + text.replace('"', '""') + '"'
    pairs = [*FEW.items(), (f'"=HYPERLINK(""{trick}"")"', quoted), (quoted, "5")]
    page = open_page(f"{site.address}/figures?part=in", locale="en-GB")
    name = f"{text.replace('/', ' ')[:60]}.csv"
    give(page, "en", table(f"secteur;{quoted}", pairs), name)
    expect(button(page, "en", "This is right: check every row")).to_be_visible()
    page.get_by_role("spinbutton").fill("2020")
    page.get_by_role("spinbutton").press("Enter")
    check(page, "en")
    sourced(page, "en")
    sign(page, text[:80])
    for field in ("fr_", "nl_"):
        write(page, field, text)
    write(page, "by_", text)
    write(page, "licence_", text)
    day(page)
    keep(page, "en")
    page.goto(f"{site.address}/figures?part=list&lang=en")
    expect(page.locator(".plein-table tbody").get_by_text(text[:20]).first).to_be_visible()
    assert page.evaluate(f"typeof window.{hostile.MARK}") == "undefined"
    assert page.locator('.stMain a[href*="evil.example"]').count() == 0


def test_who_may_not_edit_sees_the_list_and_no_upload(site: Site, open_page: Opener) -> None:
    page = open_page(
        f"{site.address}/figures?part=in",
        locale="en-GB",
        extra_http_headers={"X-Forwarded-For": "192.0.2.7"},
    )
    expect(page.get_by_text("This page is for people with a role here.")).to_be_visible()
    expect(page.locator("input[type=file]")).to_have_count(0)
    page.goto(f"{site.address}/figures?part=list&lang=en")
    expect(page.locator(".plein-table, .plein-wide p").first).to_be_visible()
    expect(page.get_by_text("History of a figure")).to_have_count(0)


def test_offline_nobody_is_asked_and_it_says_so(site: Site, open_page: Opener) -> None:
    page = open_page(f"{site.address}/figures?part=in", locale="en-GB")
    expect(page.get_by_text("This installation asks nobody anything")).to_be_visible()
    expect(page.get_by_role("button", name="Ask statbel.fgov.be")).to_be_disabled()


class Quiet(SimpleHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012 - one server at a time

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[str]:
    """A statistics office on this machine."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "OPENDATA_SECTOREN_2022.txt").write_bytes(statbel(people(7)))
    Quiet.asked.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_population_is_fetched_on_press_only_and_shown_before_it_is_kept(
    browsers: Browsers, small_home: Path, tmp_path: Path, office: str, open_page: Opener
) -> None:
    del browsers
    home = tmp_path / "home"
    shutil.copytree(small_home, home)
    config = tmp_path / "plein.toml"
    config.write_text(
        '[[territory.population_sources]]\nname = "Statbel"\nlicence = "CC BY 4.0"\n'
        f'url = "{office}/OPENDATA_SECTOREN_2022.txt"\n[people]\nediting = "here"\n',
        encoding="utf-8",
    )
    with served(home, PLEIN_OFFLINE="0", PLEIN_CONFIG=str(config)) as (address, _):
        site = Site(address, home)
        page = open_page(f"{address}/figures?part=in", locale="nl-BE")
        press = page.get_by_role("button", name=re.compile("127.0.0.1"))
        expect(press).to_be_enabled()
        assert Quiet.asked == []
        press.click()
        expect(page.get_by_test_id("stMetric")).to_have_count(4)
        assert Quiet.asked == ["/OPENDATA_SECTOREN_2022.txt"]
        assert site.figures() == {}
        sourced(page, "nl")
        sign(page)
        keep(page, "nl")
        kept = site.figures()["population-2022"]
        assert dict(kept.values) == people(7)
        assert kept.source.url == f"{office}/OPENDATA_SECTOREN_2022.txt"
