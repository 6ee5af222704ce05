import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from directory.importing.fields import Field
from exchange import spreadsheet, xlsx_files
from exchange.columns import guess_columns
from exchange.spreadsheet import Sheet, read_sheet
from geo.errors import BadInputError

HEADER = "Nom;Adresse;Code postal;Téléphone"
ROWS = "Maison médicale;Rue Haute 1;1000;02 529 00 00\nCafé « Été »;Hoogstraat 2;1000;\n"
TEXT = f"{HEADER}\n{ROWS}"


def table(sheet: Sheet) -> list[tuple[str, ...]]:
    return [sheet.columns, *(row.cells for row in sheet.rows)]


EXPECTED = table(read_sheet(TEXT.encode(), "a.csv"))


def xlsx(*sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Feuil{number + 1}")
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"]
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_any_usual_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    content = TEXT.replace(";", delimiter).encode(encoding)
    assert table(read_sheet(content, "a.csv")) == EXPECTED


def test_lines_of_different_encodings_are_read_each_by_itself() -> None:
    content = f"{HEADER}\n".encode() + ROWS.encode("cp1252")
    sheet = read_sheet(content, "a.csv")
    assert table(sheet) == EXPECTED
    assert "different encodings" in sheet.notes[0].message


def test_accents_damaged_long_ago_are_repaired() -> None:
    damaged = ROWS.encode().decode("cp1252")
    sheet = read_sheet(f"{HEADER}\n{damaged}".encode(), "a.csv")
    assert table(sheet) == EXPECTED
    assert sheet.notes[0].params == {"count": 2}


def test_quotes_line_breaks_and_excels_own_mark() -> None:
    content = b'sep=;\nNom;Adresse\n"Le ""Ring""";"Rue Haute 1\n1000 Bruxelles"\nB;C\n'
    sheet = read_sheet(content, "a.csv")
    assert [row.cells for row in sheet.rows] == [
        ('Le "Ring"', "Rue Haute 1\n1000 Bruxelles"),
        ("B", "C"),
    ]
    assert [row.number for row in sheet.rows] == [2, 4]


def test_a_quote_never_closed_loses_no_row() -> None:
    content = ("Nom;Adresse\n" + '"A;Rue Haute 1\n' + "B;C\n" * 40_000).encode()
    assert len(read_sheet(content, "a.csv").rows) == 40_001


def test_titles_merged_headers_empty_rows_and_columns() -> None:
    rows: list[list[object]] = [
        ["Relevé des partenaires 2026", None, None, None, None, None],
        [],
        ["Nom", "Adresse", None, None, None, "Téléphone"],
        [None, "Rue", "Numéro", "Code postal", None, None],
        ["A", "Rue Haute", 1, 1000.0, None, "02 529 00 00"],
        [None, None, None],
        ["B", "Hoogstraat", "2A", 1000, None, None, None, "remarque"],
    ]
    sheet = read_sheet(xlsx([], rows), "a.xlsx")
    assert table(sheet) == [
        ("Nom", "Adresse Rue", "Adresse Numéro", "Adresse Code postal", "Téléphone", "(H)"),
        ("A", "Rue Haute", "1", "1000", "02 529 00 00", ""),
        ("B", "Hoogstraat", "2A", "1000", "", "remarque"),
    ]
    guesses = guess_columns(sheet.columns, [row.cells for row in sheet.rows])
    assert [guess.field for guess in guesses] == [
        *(Field.NAME, Field.STREET, Field.NUMBER, Field.POSTCODE, Field.PHONE),
        None,
    ]


def test_two_columns_of_one_name_are_told_apart() -> None:
    sheet = read_sheet(b"nom;adresse;Adresse\nA;Rue Haute 1;a@b.be\n", "a.csv")
    assert sheet.columns == ("nom", "adresse", "Adresse (2)")
    guesses = guess_columns(sheet.columns, [row.cells for row in sheet.rows])
    assert [guess.field for guess in guesses] == [Field.NAME, Field.ADDRESS, Field.EMAIL]


def test_formulas_are_text() -> None:
    rows: list[list[object]] = [
        ["Nom", "Adresse"],
        ["=1+1", '=HYPERLINK("http://x")'],
        ["@a", "-b"],
    ]
    sheet = read_sheet(xlsx(rows), "a.xlsx")
    assert [row.cells for row in sheet.rows] == [
        ("=1+1", '=HYPERLINK("http://x")'),
        ("@a", "-b"),
    ]


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\x00" * 60_000_000)
    return buffer.getvalue()


def lying_bomb() -> bytes:
    content = bytearray(bomb())
    at = content.find((60_000_000).to_bytes(4, "little"))
    while at >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
        at = content.find((60_000_000).to_bytes(4, "little"))
    return bytes(content)


def entities() -> bytes:
    source, buffer = io.BytesIO(xlsx([["Nom"], ["A"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.startswith("xl/worksheets/"):
                text = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + text
            new.writestr(part, text)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 ...", "is a PDF"),
        (OLE, "old Excel form"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf\n\n", "is empty"),
        (b"<html><table><tr><td>Nom</td></tr></table>", "web page"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "neither a table"),
        (b"PK\x03\x04 not a zip", "damaged"),
        (xlsx([["Nom", "Adresse"]])[:-500], "damaged"),
        (b"A;Rue Haute 1;1000\nB;Rue Haute 2;1000\n", "names its columns"),
        (xlsx([["A", "Rue Haute 1", 1000], ["B", "Rue Haute 2", 1000]]), "names its columns"),
        (bomb(), "unpacks to far more"),
        (lying_bomb(), "damaged"),
        (entities(), "damaged"),
        (xlsx([]), "is empty"),
    ],
    ids=range(15),
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence) as caught:
        read_sheet(content, "/secret/folder/liste.xlsx")
    assert "secret" not in str(caught.value)


def test_a_zip_of_something_else() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    with pytest.raises(BadInputError, match="not an Excel table"):
        read_sheet(buffer.getvalue(), "a.xlsx")


def test_200_000_rows_are_refused() -> None:
    content = b"Nom;Adresse\n" + b"A;Rue Haute 1\n" * 200_000
    with pytest.raises(BadInputError, match="more than 100000 rows"):
        read_sheet(content, "a.csv")


def test_limits_of_size_and_width(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInputError, match="more than 300 columns"):
        read_sheet(("Nom;" + ";".join("x" * 400) + "\n" + "A;" * 400).encode(), "a.csv")
    monkeypatch.setattr(spreadsheet, "MAX_BYTES", 10)
    with pytest.raises(BadInputError, match="expected at most"):
        read_sheet(b"Nom;Adresse\nA;B\n", "a.csv")
    monkeypatch.setattr(xlsx_files, "MAX_UNPACKED", 10)
    monkeypatch.setattr(spreadsheet, "MAX_BYTES", 10**6)
    with pytest.raises(BadInputError, match="unpacks"):
        read_sheet(xlsx([["Nom"], ["A"]]), "a.xlsx")


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_sentence(content: bytes) -> None:
    for start in (b"", b"Nom;Adresse\n", b"PK\x03\x04"):
        try:
            read_sheet(start + content, "a.csv")
        except BadInputError as error:
            assert "{" not in error.message.format(**error.params)  # noqa: PT017


_cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(_cells, _cells), min_size=1, max_size=8))
def test_no_row_that_holds_something_is_lost(rows: list[tuple[str, str]]) -> None:
    given = [row for row in rows if "".join(row).strip()]
    book = xlsx([["Nom", "Adresse"], *(["x" + a, "=" + b] for a, b in given)])
    if given:
        read = read_sheet(book, "a.xlsx").rows
        assert [row.cells for row in read] == [("x" + a, "=" + b) for a, b in given]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Dénomination", Field.NAME),
        ("Naam (NL)", Field.NAME_NL),
        ("Nom FR", Field.NAME_FR),
        ("name_en", Field.NAME_EN),
        ("N°", Field.NUMBER),
        ("Bte", Field.BOX),
        ("C.P.", Field.POSTCODE),
        ("Gemeente", Field.MUNICIPALITY),
        ("TÉL.", Field.PHONE),
        ("Adresse e-mail", Field.EMAIL),
        ("Site internet", Field.WEBSITE),
        ("Openingsuren", Field.HOURS),
        ("Heures d'ouverture", Field.HOURS),
        ("Langues parlées", Field.LANGUAGES),
        ("Accessible PMR", Field.WHEELCHAIR),
        ("Lambert X", Field.LON),
        ("Longitude", Field.LON),
        ("opening_hours", Field.HOURS),
        ("plein_id", Field.PLEIN_ID),
        ("category_labels", None),
        ("Remarques internes", None),
    ],
)
def test_headers(header: str, field: Field | None) -> None:
    assert guess_columns([header], []) == guess_columns([header], [[""]])
    assert guess_columns([header], [])[0].field == field


def test_values_tell_a_header_nobody_knows() -> None:
    rows = [["jan@ring.be", "1080", "lun-ven 9h-12h", "50,8466"]] * 3
    guesses = guess_columns(["a1", "a2", "a3", "a4"], rows)
    assert [g.field for g in guesses] == [Field.EMAIL, Field.POSTCODE, Field.HOURS, Field.LAT]


def test_files_of_ours_lose_their_guard() -> None:
    sheet = read_sheet("plein_id;phones\na;'+32 2 529 00 00\n".encode("utf-8-sig"), "a.csv")
    assert sheet.rows[0].cells == ("a", "+32 2 529 00 00")
    assert Path("a").name == "a"
