"""CSV and XLSX of a description, read by other readers."""

import csv
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from exchange.planning.described import Column, Described
from exchange.planning.forms import FORMS
from exchange.planning.tables import csv_files, xlsx_file
from exchange.planning.words import Words
from tests.exchange.planning.descriptions import CODES, HOSTILE, described, hostile, table

WORDS = Words("fr", {"beyond": "plus de {n} min", "about": "À propos", "places": "Lieux"})
RUNS = ("=", "+", "@", "\t", "\r")


def read_csv(given: Described) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(csv_files(given, WORDS))) as archive:
        return {
            name: list(
                csv.reader(
                    io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""), delimiter=";"
                )
            )
            for name in archive.namelist()
        }


def workbook(given: Described) -> Any:
    return openpyxl.load_workbook(io.BytesIO(xlsx_file(given, WORDS)))


def test_csv_is_a_file_a_table_and_one_about_it():
    files = read_csv(described())
    assert list(files) == ["minutes.csv", "sectors.csv", "places.csv", "about.csv"]
    head, *rows = files["sectors.csv"]
    assert head[2:] == ["Minutes à pied", "Part des habitants", "Habitants", "Par 1 000"]
    assert rows[1] == [CODES[1], "Case 1", "2", "12,5%", "1234", "0,034"]
    assert rows[7][2:] == ["plus de 15 min", "0%", "0", "0"]
    assert rows[8] == [CODES[8], "Inconnu", "", "", "", ""], "not known is not zero"


def test_csv_tells_what_the_map_shows():
    files = read_csv(described())
    assert files["minutes.csv"][1] == [CODES[0], "Case 0.0", "5 minutes ou moins"]
    assert files["minutes.csv"][-1][-1] == "inconnu"
    assert [row[1] for row in files["places.csv"][1:]] == ["Pharmacie du Parc", "Nouvelle", ""]


def test_about_tells_facts_method_and_every_source():
    told = "\n".join(" ".join(row) for row in read_csv(described())["about.csv"])
    for text in (
        "Couverture : pharmacies", "Service Pharmacies", "23 novembre 2026", "4,8 km/h",
        "OpenStreetMap: pharmacies et rues · 1 mai 2026 · ODbL", "drawn by hand",
        "An empty cell is not known; it is not zero.", "La moitié des habitants",
    ):  # fmt: skip
        assert text in told


def test_xlsx_is_a_sheet_a_table_with_numbers_as_numbers():
    book = workbook(described())
    assert book.sheetnames[1:] == ["Pharmacies par secteur", "Lieux", "À propos"]
    sheet = book["Pharmacies par secteur"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:F10")
    row = next(iter(sheet.iter_rows(min_row=3, max_row=3)))
    assert [cell.value for cell in row] == [CODES[1], "Case 1", 2, 0.125, 1234, 0.034]
    assert row[3].number_format == "0.0%"
    beyond, unknown = ([cell.value for cell in sheet[n]] for n in (9, 10))
    assert beyond[2:] == ["plus de 15 min", 0, 0, 0]
    assert unknown == [CODES[8], "Inconnu", None, None, None, None]


def test_hostile_texts_are_texts():
    for rows in read_csv(hostile()).values():
        for row in rows:
            assert not [cell for cell in row if cell.startswith(RUNS)]
            assert not [cell for cell in row if "\x00" in cell]
    book = workbook(hostile())
    assert len(set(map(str.lower, book.sheetnames))) == len(book.sheetnames)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert "=1+1" in {cell.value for cell in cells}
    assert "#N/A" in {cell.value for cell in cells}


def test_negative_numbers_stay_numbers_in_csv():
    given = described(
        parts=(table(columns=(Column(id="n", title="Δ", kind="number"),), rows=((-2.5,), (-0.0,))),)
    )
    assert read_csv(given)["sectors.csv"] == [["Δ"], ["-2,5"], ["0"]]


def test_not_a_number_is_not_known():
    given = described(
        parts=(table(columns=(Column(id="n", title="n", kind="number"),), rows=((float("nan"),),)),)
    )
    assert read_csv(given)["sectors.csv"] == [["n"], [""]]
    assert workbook(given).worksheets[0]["A2"].value is None


@pytest.mark.parametrize("form", FORMS)
def test_the_same_description_gives_the_same_bytes(form: str):
    write = FORMS[form].write
    assert write(described(), WORDS) == write(described(), WORDS)


@pytest.mark.parametrize("form", FORMS)
def test_nothing_and_very_much_can_be_written(form: str):
    empty = described(parts=(table(rows=()),), facts=(), summary=(), method=(), credits=())
    bare = described(parts=())
    rows = table().rows * 2_223
    for given in (empty, bare, described(parts=(table(rows=rows),)), hostile()):
        assert FORMS[form].write(given, WORDS)


def test_long_texts_fit_a_cell():
    longest = max(HOSTILE, key=len)
    assert len(longest) > 16_000
    cells = [cell.value for row in workbook(hostile()).worksheets[1].iter_rows() for cell in row]
    assert max(len(str(cell)) for cell in cells) == 16_000
