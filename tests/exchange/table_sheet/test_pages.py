import io

import pypdf
import pytest

from exchange.lan import lan_addresses
from exchange.table_sheet.pages import write_sheets
from exchange.table_sheet.sheet import LINES, MOST_PLACES, Known, TableSheets
from exchange.workshop_csv import workshop_csv

WAY_IN = "http://192.168.1.20:8501/w/abcde-fghjk"


def sheets(count: int = 3, **given: object) -> TableSheets:
    places = tuple(
        Known(number=n, name=f"<b>Plek</b> {n}", lon=4.34 + n / 1e5, lat=50.84)
        for n in range(1, count + 1)
    )
    known = {"title": "Marollen", "day": "27/11", "tables": ("1", "2"), "way_in": WAY_IN}
    bounds = (4.33, 50.83, 4.36, 50.85)
    return TableSheets(**{**known, "bounds": bounds, "places": places, **given})  # type: ignore[arg-type]


def pages(found: TableSheets) -> list[str]:
    pdf = pypdf.PdfReader(io.BytesIO(write_sheets(found)))
    boxes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages}
    assert boxes == {(1191, 842)}
    return [page.extract_text() for page in pdf.pages]


def test_each_table_has_its_sheet_with_lines_and_what_is_there_behind() -> None:
    told = pages(sheets())
    assert len(told) == 4
    assert "Table 1" in told[0]
    assert "Table 2" in told[2]
    assert WAY_IN in told[0].replace("\n", "")
    assert all(chr(ord("A") + n) in told[0] for n in range(LINES))
    assert "1 <b>Plek</b> 1" in told[1]


def test_without_places_or_streets_there_is_still_a_sheet() -> None:
    assert len(pages(sheets(0))) == 2


def test_more_places_than_fit_are_told() -> None:
    assert "… and 10 more" in pages(sheets(MOST_PLACES + 10))[1]


def test_the_same_sheets_are_the_same_bytes() -> None:
    assert write_sheets(sheets()) == write_sheets(sheets())


@pytest.mark.parametrize("title", ["x" * 500, "\u202eomgekeerd", "", "{{7*7}} & <br/>"])
def test_a_hostile_title_is_text(title: str) -> None:
    assert len(pages(sheets(title=title))) == 4


def test_addresses_of_this_machine_are_no_loopback() -> None:
    assert not [one for one in lan_addresses() if one.startswith(("127.", "0.", "169.254."))]


def test_cells_of_the_summary_run_nothing() -> None:
    told = workshop_csv(["a", "b"], [["=1+1", "x;y"]]).decode("utf-8-sig")
    assert told == 'a;b\r\n\'=1+1;"x;y"\r\n'
