"""The report as PDF, read by pypdf: what it says, in which order, with which typefaces."""

import io
import re
from typing import Any

import pypdf
import pytest

from exchange.planning.described import Column, Described, KeyLine, Table
from exchange.planning.report.grid import MOST_ROWS, texts_of
from exchange.planning.report.pages import report_file
from exchange.planning.report.textures import fill_of
from exchange.planning.words import Words
from geo.levels import Level
from tests.exchange.planning.descriptions import (
    CODES,
    LONG_WORD,
    described,
    hostile,
    shaded,
    table,
)

FRENCH = Words(
    "fr",
    {
        "made_on": "Établi le", "method": "Méthode", "sources": "Sources", "unknown": "inconnu",
        "licence": "Licence", "continued": "{title} (suite)", "no_rows": "Aucune ligne.",
        "first_rows": "Les {shown} premières lignes sur {all}", "level_sector": "secteurs",
        "unknown_cell": "« {unknown} » n’est pas zéro.",  # noqa: RUF001
    },
)  # fmt: skip
DUTCH = Words(
    "nl",
    {
        "made_on": "Opgemaakt op", "method": "Methode", "sources": "Bronnen",
        "unknown": "onbekend", "licence": "Licentie",
    },
)  # fmt: skip


def read(given: Described, words: Words = FRENCH) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(report_file(given, words)))


def texts(given: Described, words: Words = FRENCH) -> list[str]:
    return [re.sub(r"[\s\u00a0]+", " ", page.extract_text()) for page in read(given, words).pages]


def in_order(text: str, *parts: str) -> None:
    at = 0
    for part in parts:
        found = text.find(part, at)
        assert found >= 0, f"“{part}” is not behind {text[max(0, at - 60) : at]!r}"
        at = found + len(part)


def test_it_says_what_was_asked_found_and_where_it_comes_from_in_order():
    in_order(
        " ".join(texts(described())),
        "Couverture : pharmacies", "Service", "Pharmacies", "Mesure", "Établi le",
        "23 novembre 2026", "Un secteur sur neuf", "Minutes à pied jusqu’à la pharmacie",  # noqa: RUF001
        "5 minutes ou moins", "3", "plus de 5 minutes", "5", "inconnu", "1",
        "Les hachures sont inconnues.", "Pharmacies par secteur", "Code", CODES[2], "Case 2", "3,0",
        "25 %", "2 468", "Méthode", "4,8 km/h", "Sources",
        "OpenStreetMap. Pharmacies et rues. 1 mai 2026. Licence : ODbL.",
        "drawn by hand",
    )  # fmt: skip


def test_in_dutch_numbers_and_days_are_dutch():
    in_order(
        " ".join(texts(described(language="nl"), DUTCH)),
        "Opgemaakt op", "23 november 2026", "1.234", "onbekend", "Methode", "Bronnen",
        "Licentie: ODbL",
    )  # fmt: skip


def test_unknown_and_beyond_are_words_and_never_zero():
    rows = texts_of(table(), FRENCH)
    assert rows[7][2:] == (">\u00a015", "0\u00a0%", "0", "0,000")
    assert rows[8][2:] == ("inconnu",) * 4
    assert "« inconnu » n’est pas zéro." in " ".join(texts(described()))  # noqa: RUF001


def test_pages_are_numbered_and_say_of_what():
    pages = texts(described(parts=(table(rows=table().rows * 20),)))
    assert len(pages) > 2
    for n, page in enumerate(pages, 1):
        assert f"{n} / {len(pages)}" in page
        assert "Couverture : pharmacies" in page


def test_no_row_is_cut_or_lost_and_the_head_is_on_every_page():
    columns = (Column(id="name", title="Nom"), Column(id="told", title="Ce qui est dit"))
    rows = tuple((f"begin{n}", " ".join(["mot"] * (n % 90)) + f" end{n}") for n in range(300))
    pages = texts(described(parts=(Table(id="t", title="Longues", columns=columns, rows=rows),)))
    for page in pages:
        begun = set(re.findall(r"begin(\d+)", page))
        assert begun == set(re.findall(r"end(\d+)", page))
        assert not begun or "Ce qui est dit" in page
    assert len(re.findall(r"begin\d+", " ".join(pages))) == 300


def test_typefaces_are_in_the_document_and_text_is_large_enough():
    sizes = []
    for page in read(hostile()).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"]
        page.extract_text(visitor_text=lambda text, _cm, _tm, _f, size: sizes.append((text, size)))
    assert min(size for text, size in sizes if text.strip()) >= 8


def test_language_title_and_structure_are_in_the_document():
    pdf = read(described())
    assert pdf.metadata
    assert (pdf.metadata.title, pdf.metadata.author) == ("Couverture : pharmacies", "Plein")
    catalog: Any = pdf.trailer["/Root"]
    assert catalog["/Lang"] == "fr"
    top = [child.get_object() for child in catalog["/StructTreeRoot"]["/K"]["/K"]]
    kinds = [each["/S"] for each in top]
    assert kinds[0] == "/H1"
    assert kinds.count("/H2") == 4
    assert (kinds.count("/Figure"), kinds.count("/Table")) == (1, 1)
    (figure,) = (each for each in top if each["/S"] == "/Figure")
    assert figure["/Alt"].endswith("5 minutes ou moins: 3; plus de 5 minutes: 5; inconnu: 1")
    (told,) = (each for each in top if each["/S"] == "/Table")
    rows = [row.get_object() for row in told["/K"]]
    assert len(rows) == 10
    assert [cell.get_object()["/S"] for cell in rows[0]["/K"]] == ["/TH"] * 6
    assert [cell.get_object()["/S"] for cell in rows[1]["/K"]] == ["/TD"] * 6


def test_a_table_over_pages_is_read_as_one():
    catalog: Any = read(described(parts=(table(rows=table().rows * 20),))).trailer["/Root"]
    top = [child.get_object() for child in catalog["/StructTreeRoot"]["/K"]["/K"]]
    (told,) = (each for each in top if each["/S"] == "/Table")
    assert len(told["/K"]) == 181, "the head is read once"


def test_a_huge_table_says_what_it_leaves_out():
    pdf = read(described(parts=(table(rows=table().rows * 2_223),)))
    told = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages[-2:]))
    assert "Les 2 000 premières lignes sur 20 007" in told.replace("\u202f", " ")
    assert MOST_ROWS == 2_000


def test_an_empty_table_and_a_map_of_nothing_say_so():
    nothing = shaded(ids=(), classes=(), marks=(), outlines=())
    told = " ".join(texts(described(parts=(nothing, table(rows=())))))
    in_order(told, "Minutes à pied jusqu", "Pharmacies par secteur", "Aucune ligne.", "Méthode")


def test_a_word_longer_than_its_column_is_broken_not_cut():
    columns = tuple(Column(id=f"c{n}", title=LONG_WORD) for n in range(5))
    rows = ((LONG_WORD,) * 5,)
    told = "".join(
        texts(described(parts=(Table(id="t", title=LONG_WORD, columns=columns, rows=rows),)))
    )
    assert told.replace(" ", "").count(LONG_WORD[-12:]) >= 6


def test_wide_tables_lie_across_and_wider_ones_come_in_parts():
    def sizes(count: int) -> tuple[set[tuple[int, int]], str]:
        numbered = range(count)
        columns = (
            Column(id="n", title="Naam"),
            *(Column(id=f"c{n}", title=f"Inwonersaantal{n}", kind="whole") for n in numbered),
        )
        rows = tuple((f"rij{m}", *(1_000_000 + n for n in range(count))) for m in range(3))
        given = described(
            parts=(Table(id="t", title="Breed", columns=columns, rows=rows),), method=()
        )
        pdf = read(given)
        boxes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages}
        return boxes, " ".join(page.extract_text() for page in pdf.pages)

    assert sizes(3)[0] == {(595, 842)}
    assert sizes(7)[0] == {(595, 842), (842, 595)}
    boxes, told = sizes(20)
    assert (842, 595) in boxes
    assert "Breed (suite)" in told
    assert told.count("rij2") > 1
    assert all(f"Inwonersaantal{n}" in told for n in range(20))


def test_a_long_table_too_wide_says_what_else_the_spreadsheet_has():
    columns = tuple(Column(id=f"c{n}", title=f"Inwonersaantal{n}", kind="whole") for n in range(20))
    rows = tuple(tuple(range(20)) for _ in range(100))
    told = " ".join(texts(described(parts=(Table(id="t", title="B", columns=columns, rows=rows),))))
    assert "(suite)" not in told
    in_order(told, "Inwonersaantal7", "Also in the spreadsheet (XLSX):", "Inwonersaantal19.")


def test_columns_for_the_spreadsheet_and_those_nobody_knows_are_named_below():
    columns = (
        Column(id="a", title="Nom"),
        Column(id="b", title="Habitants", kind="whole"),
        Column(id="c", title="Rang", kind="whole", on_paper=False),
    )
    told = " ".join(
        texts(described(parts=(Table(id="t", title="T", columns=columns, rows=(("x", None, 4),)),)))
    )
    in_order(
        told, "Nom", "x", "Not known for any row: Habitants.",
        "Also in the spreadsheet (XLSX): Rang.",
    )  # fmt: skip


def test_numbers_can_be_copied_as_they_are():
    page = next(page for page in read(described()).pages if "Case 1" in page.extract_text())
    named = re.findall(rb"ActualText <FEFF([0-9A-F]+)>", page.get_contents().get_data())
    assert "1\u202f234" in {bytes.fromhex(one.decode()).decode("utf-16-be") for one in named}


def test_hostile_texts_are_shown_as_they_are():
    told = " ".join(texts(hostile()))
    assert "=1+1" in told
    assert "<b>gras</b> &amp; \\( )%" in told
    assert "evil name" in told
    assert "{braces} {0} %s" in told


def test_classes_are_told_apart_in_grey():
    same = [KeyLine(label=str(n), colour="#808080") for n in range(3)]
    assert [fill_of(same, n).texture for n in range(3)] == ["", "dotted", "lined"]
    rising = [KeyLine(label=c, colour=c) for c in ("#222222", "#888888", "#eeeeee")]
    assert {fill_of(rising, n).texture for n in range(3)} == {""}


def test_colours_that_mean_the_same_are_one_line_of_the_key():
    key = tuple(
        KeyLine(label="dans un quartier", colour=c) for c in ("#7aa0d8", "#8aa0d8", "#d8d07a")
    )
    told = " ".join(texts(described(parts=(shaded(key=key, classes=(0, 0, 0, 1, 1, 1, 1, 1, 1)),))))
    assert told.count("dans un quartier") == 1
    in_order(told, "dans un quartier", "9")
    assert {fill_of(key, n).texture for n in range(3)} == {""}


@pytest.mark.parametrize("level", [Level.DISTRICT, Level.MUNICIPALITY, Level.REGION])
def test_maps_of_every_level_are_drawn(level: Level):
    ids = {"district": ("7",), "municipality": ("21001", "21004"), "region": ("04000",)}[level]
    told = " ".join(
        texts(described(parts=(shaded(level=level, ids=ids, classes=(0,) * len(ids)),)))
    )
    assert "Anderlecht" in told


def test_the_same_description_gives_the_same_bytes():
    assert report_file(described(), FRENCH) == report_file(described(), FRENCH)
