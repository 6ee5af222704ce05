"""A spreadsheet of the worst kind from upload to the map, and out again."""

import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.request import urlopen

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from directory.importing import accepting, deciding, opening, settling
from directory.importing.desk import Desk
from directory.importing.records import Batch, Choice, Heap, How, ImportRow, Outcome, Step
from exchange.imports import open_desk
from tests.browser.chromium import Browsers
from tests.browser.conftest import Opener
from tests.browser.homes import opened
from tests.browser.screen import at_rest, give_file, names, ready, search
from tests.serving import served
from tests.worst_file import ADDRESS, COLUMNS, NAME, ROWS, Row, as_csv
from tests.worst_home import prepare

pytestmark = pytest.mark.browser
FILE = "partenaires.csv"
WARM_S = 60
"""What the very first answer of an app may take on a busy machine: it imports what it needs."""


class Site(NamedTuple):
    address: str
    home: Path
    rows: list[Row]


@pytest.fixture(scope="module")
def site(
    browsers: Browsers,
    built: Path,
    small_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    log: list[str],
) -> Iterator[Site]:
    """An installation of its own with a list of addresses, and the rows of a file for it."""
    del browsers, built
    home = tmp_path_factory.mktemp("importing")
    shutil.copytree(small_home, home, dirs_exist_ok=True)
    rows = prepare(home).rows
    with served(home, log=log) as (address, _):
        with urlopen(address, timeout=WARM_S):  # noqa: S310 - ours
            pass
        yield Site(address, home, rows)


def test_the_worst_file_goes_onto_the_map_and_out_again(site: Site, open_page: Opener) -> None:
    with opened(site.home) as store:
        desk, before = open_desk(store), _canonical(site.home)
        page = _upload(open_page(f"{site.address}/import", locale="en-GB"), as_csv(site.rows))
        _confirm(page)
        _look(page)
        batch = opening.batches(desk)[0]
        page = _come_back(page, open_page)
        _settle_by_candidate(page, desk, batch)
        _settle_by_click(page, desk, batch)
        _settle_by_keyboard(page, desk, batch)
        _settle_nowhere(page, desk, batch)
        _decide_duplicates(page, desk, batch)
        assert _canonical(site.home) == before
        _step(page, "5 Into the directory")
        page.get_by_role("button", name="Bring it into the directory").click()
        expect(page.get_by_text("This file is in the directory.")).to_be_visible()
        _is_on_the_map(open_page(site.address), desk, batch)
        _reported(page, desk, batch, site.rows)
        page.get_by_role("button", name="Undo the whole file").click()
        expect(page.get_by_text("This file was taken back")).to_be_visible()
        assert _uncounted(_canonical(site.home)) == _uncounted(before)
        assert opening.batch(desk, batch.id).step is Step.UNDONE


def test_a_pdf_and_a_bomb_get_one_sentence_and_no_batch(site: Site, open_page: Opener) -> None:
    with opened(site.home) as store:
        before = opening.batches(open_desk(store))
    page = open_page(f"{site.address}/import", locale="en-GB")
    for name, content, sentence in (
        ("table.xlsx", b"%PDF-1.7\n", "table.xlsx is a PDF, whatever its name says."),
        ("bomb.xlsx", _bomb(), "bomb.xlsx unpacks to far more than a table holds"),
    ):
        _give(page, content, name)
        expect(page.get_by_role("alert")).to_contain_text(sentence)
        expect(page.get_by_role("alert")).to_have_count(1)
    with opened(site.home) as store:
        assert opening.batches(open_desk(store)) == before


def _bomb() -> bytes:
    """A workbook of 30 kB whose sheet unpacks to 30 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return packed.getvalue()


def _canonical(home: Path) -> list[str]:
    """Every record as JSON, in an order of its own; read anew, since a store asks once a second."""
    with opened(home) as store:
        now = store.directory()
    kinds = (now.actors, now.activities, now.relays, now.partners)
    found = [record.model_dump_json() for kind in kinds for record in kind.values()]
    return sorted([*found, *(repr(one) for one in now.neighbourhoods.values())])


def _uncounted(records: list[str]) -> list[str]:
    """Every record without the count of its versions, which goes on when a file is taken back."""
    return sorted(re.sub(r'"version":\d+', "", one) for one in records)


def _sign(page: Page) -> None:
    """Give one's name."""
    field = page.get_by_label("Your name, for the history")
    field.fill("Amina")
    field.press("Enter")


def _give(page: Page, content: bytes, name: str) -> None:
    _sign(page)
    give_file(page, page.get_by_role("button", name="Read the file"), content, name)


def _upload(page: Page, content: bytes) -> Page:
    """Give the file; its columns are guessed."""
    _give(page, content, FILE)
    expect(page.get_by_role("heading", name=f"{FILE} ({ROWS} rows)")).to_be_visible()
    expect(page.get_by_text("Its lines are in different encodings")).to_be_visible()
    guessed = {
        "Nom / naam": "Name",
        "Catégorie": "Category",
        "adresse": "Address in one cell",
        "adresse (2)": "(kept, not used)",
        "Contact téléphone": "Phone",
        "Coordonnées x": "Longitude, or x in Lambert",
        "Heures d'ouverture": "Opening hours",
    }
    for column, field in guessed.items():
        expect(page.get_by_role("combobox", name=f"Column “{column}” is")).to_have_value(field)
    page.get_by_role("button", name="Go on").click()
    return page


def _confirm(page: Page) -> None:
    """Say what an unknown word means; take the hours that are proposed."""
    expect(page.get_by_text("Are these the opening hours?")).to_be_visible()
    for word in ("Divers", "allerlei"):
        box = page.get_by_role("combobox", name=re.compile(f"^{word} "))
        box.fill("Community")
        page.get_by_role("option").first.click()
        page.keyboard.press("Escape")
    page.get_by_role("button", name="Confirm").click()


def _look(page: Page) -> None:
    """Look for the addresses, and see how far it is."""
    button = page.get_by_role("button", name="Look for the addresses")
    expect(button).to_be_visible()
    told: list[bytes | str] = []

    def hear(frame: bytes | str) -> None:
        told.append(frame)

    page.on("websocket", lambda socket: socket.on("framereceived", hear))
    page.reload()  # hears what the app says; a screen this busy may skip steps of the bar
    button.click()
    expect(_metric(page, "Waiting")).to_have_text("0")
    assert any(isinstance(one, bytes) and re.search(rb"\d+ of \d+", one) for one in told)


def _metric(page: Page, name: str) -> Locator:
    box = page.get_by_test_id("stMetric").filter(has_text=name)
    return box.get_by_test_id("stMetricValue")


def _come_back(page: Page, open_page: Opener) -> Page:
    """Leave, and come back by the link as somebody else."""
    page.close()
    expect_url = re.compile(r"batch=\w+.*step=places")
    link = page.url
    assert expect_url.search(link), link
    there = open_page(link, locale="en-GB")
    expect(_metric(there, "Waiting")).to_have_text("0")
    _sign(there)
    expect(there.get_by_text("Give your name to change anything.")).to_be_hidden()
    return there


def _rows(desk: Desk, batch: Batch, heap: Heap) -> list[ImportRow]:
    return settling.rows(desk, batch.id, heap, limit=ROWS)


def _settle(
    page: Page, desk: Desk, row: tuple[Batch, int], how: How, act: Callable[[], None]
) -> ImportRow:
    """Do something that places a row; return it as it is then."""
    batch, number = row
    placed = settling.heaps(desk, batch.id)[Heap.PLACED]
    act()
    expect(_metric(page, "Placed")).to_have_text(str(placed + 1))
    now = settling.row(desk, batch.id, number)
    assert now.heap is Heap.PLACED
    assert now.spot is not None
    assert now.spot.how is how
    return now


def _settle_by_candidate(page: Page, desk: Desk, batch: Batch) -> None:
    """Choose one of two streets of one name."""
    row = next(one for one in _rows(desk, batch, Heap.TO_CHECK) if "Royale" in one.cells[ADDRESS])
    _keyed(page, f"row_{row.number}").click()
    expect(page.get_by_text("Several addresses fit equally well.")).to_be_visible()
    second = _keyed(page, f"candidate_{row.number}_1")
    expect(second).to_have_text(re.compile(r"^2\. Rue Royale"))
    now = _settle(page, desk, (batch, row.number), How.CANDIDATE, second.click)
    assert now.answer is not None
    assert now.spot is not None
    assert now.spot.lon == now.answer.candidates[1].lon


def _keyed(page: Page, key: str) -> Locator:
    """The button of a key, once the page is drawn and it is gone where it was before."""
    at_rest(page)
    button = page.locator(f".st-key-{key}").get_by_role("button")
    expect(button).to_have_count(1)
    return button


def _failed(page: Page, desk: Desk, batch: Batch) -> tuple[ImportRow, Locator]:
    """Show the heap of what was not found; return its first row and the map of it."""
    heaps = page.get_by_role("radiogroup", name="Rows")
    heaps.get_by_role("radio", name="Not found").click()
    row = _rows(desk, batch, Heap.FAILED)[0]
    ground = page.locator(f".st-key-pin_{batch.id}_{row.number} .plein-map")
    expect(ground).to_have_class(re.compile("plein-placing"))
    return row, ground


def _settle_by_click(page: Page, desk: Desk, batch: Batch) -> None:
    row, ground = _failed(page, desk, batch)
    at = {"x": 200, "y": 150}
    _settle(page, desk, (batch, row.number), How.PIN, lambda: ground.click(position=at))


def _settle_by_keyboard(page: Page, desk: Desk, batch: Batch) -> None:
    """Enter puts a pin in the middle of the map, arrows move it, Enter keeps it."""
    row, ground = _failed(page, desk, batch)
    ground.focus()
    page.keyboard.press("Enter")
    pin = ground.locator(".plein-pin")
    expect(pin).to_be_focused()
    middle = pin.bounding_box()
    for key in ("ArrowRight", "ArrowRight", "Shift+ArrowUp"):
        page.keyboard.press(key)
    moved = pin.bounding_box()
    assert middle is not None
    assert moved is not None
    assert (moved["x"] - middle["x"], moved["y"] - middle["y"]) == pytest.approx((8, -40), abs=1)
    _settle(page, desk, (batch, row.number), How.PIN, lambda: page.keyboard.press("Enter"))


def _settle_nowhere(page: Page, desk: Desk, batch: Batch) -> None:
    row, _ = _failed(page, desk, batch)
    button = _keyed(page, f"nowhere_{row.number}")
    now = _settle(page, desk, (batch, row.number), How.NOWHERE, button.click)
    assert now.spot is not None
    assert now.spot.lon is None


def _step(page: Page, name: str) -> None:
    page.get_by_role("radiogroup", name="Step").get_by_role("radio", name=name).click()


def _decide_duplicates(page: Page, desk: Desk, batch: Batch) -> None:
    """Take the facts of the first that is in the directory; say that the others are others."""
    _step(page, "4 Duplicates")
    left = deciding.duplicates(desk, batch.id, only_undecided=True)
    known = {row.twins[0].actor_id for row in deciding.duplicates(desk, batch.id)}
    assert known >= {"apotheek-kapel", "school-blaes"}
    _count_twins(page, len(left))
    page.get_by_role("button", name="Update", exact=True).first.click()
    _count_twins(page, len(left) - 1)
    left = deciding.duplicates(desk, batch.id, only_undecided=True)
    for done, row in enumerate(left):
        _count_twins(page, len(left) - done)
        _keyed(page, f"different_{row.number}_0").click()
    expect(page.get_by_text("No duplicate is left to decide.")).to_be_visible()
    decided = [row.verdict for row in deciding.duplicates(desk, batch.id)]
    assert {one.choice for one in decided if one} >= {Choice.UPDATE, Choice.DIFFERENT}


def _count_twins(page: Page, count: int) -> None:
    expect(page.get_by_text(re.compile(rf"^{count} rows? may be there already"))).to_be_visible()


def _is_on_the_map(page: Page, desk: Desk, batch: Batch) -> None:
    """Find the new actors where everybody looks."""
    ready(page)
    new = [row for row in settling.rows(desk, batch.id, limit=ROWS) if row.actor_id]
    assert len(new) > 270
    words = [row.draft.names.best("fr") for row in new if "Zonnebloem" in row.cells[NAME]]
    search(page, "zonnebloem")
    expect(names(page)).to_have_count(len(words))
    assert sorted(names(page).all_inner_texts()) == sorted(words)
    expect(page.locator(".plein-sign, .plein-badge").first).to_be_visible()


def _reported(page: Page, desk: Desk, batch: Batch, rows: list[Row]) -> None:
    """Download the report: a line for each row of the file, in its order."""
    with page.expect_download() as started:
        page.get_by_role("button", name="Report: what became of each row").click()
    assert started.value.suggested_filename == "partenaires-plein.xlsx"
    sheet = load_workbook(io.BytesIO(started.value.path().read_bytes()))["report"]
    lines = [["" if cell is None else cell for cell in line] for line in sheet.values]
    width = len(COLUMNS)
    assert tuple(lines[0][:width]) == COLUMNS
    assert [tuple(line[:width]) for line in lines[1:]] == [row.cells for row in rows]
    left = accepting.readiness(desk, batch.id).left
    for line, row in zip(lines[1:], settling.rows(desk, batch.id, limit=ROWS), strict=True):
        assert bool(line[width + 3]) is (row.outcome is not Outcome.NONE)
        assert bool(line[width + 2]) is (row.number in left)
