"""Tables for people: CSV as Excel in Belgium opens it, and XLSX."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from exchange.excerpt import Excerpt
from exchange.table_columns import COLUMNS, guarded
from exchange.table_rows import DECIMALS, flat, rows
from exchange.workbook import CELL_LIMIT, new_book, packed, text_cell

Row = list[str | int | float | None]
HEADERS: Final = tuple(column.header for column in COLUMNS)
_WIDTHS: Final = {"name_fr": 32, "name_nl": 32, "name": 32, "opening_hours": 28, "emails": 28}
_WIDTH: Final = 16


def csv_file(excerpt: Excerpt) -> bytes:
    """Write an excerpt as CSV: UTF-8 with a byte order mark, semicolons, decimal commas.

    Text that would run as a formula is guarded (see `exchange.table_columns`).
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADERS)
    for row in rows(excerpt):
        writer.writerow([_csv_cell(flat(row[header])) for header in HEADERS])
    return buffer.getvalue().encode("utf-8-sig")


def _csv_cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(value)
    return str(value) if isinstance(value, int) else f"{value:.{DECIMALS}f}".replace(".", ",")


def xlsx_file(excerpt: Excerpt) -> bytes:
    """Write an excerpt as XLSX: a sheet `actors`, and `about` with the sources and licences.

    Every text is a text cell, never a formula, and stays one when it is edited.
    """
    table = list(_table(excerpt))
    book = new_book(excerpt.atlas.day)
    sheet: Any = book.create_sheet("actors")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table[0]))}{len(table)}"
    for position, header in enumerate(table[0], start=1):
        column = sheet.column_dimensions[get_column_letter(position)]
        column.width = _WIDTHS.get(str(header), _WIDTH)
    _fill(sheet, table)
    about: Any = book.create_sheet("about")
    about.column_dimensions["A"].width = about.column_dimensions["B"].width = 32
    _fill(about, _about(excerpt))
    return packed(book)


def _table(excerpt: Excerpt) -> Iterator[Row]:
    """Lay out headers and rows; a column with a text too long for a cell goes on in others."""
    content = [{header: flat(cell) for header, cell in row.items()} for row in rows(excerpt)]
    cells = dict.fromkeys(HEADERS, 1)
    for row in content:
        for header, value in row.items():
            if isinstance(value, str) and len(value) > CELL_LIMIT:
                cells[header] = max(cells[header], -(-len(value) // CELL_LIMIT))
    yield [
        header if number == 1 else f"{header}~{number}"
        for header in HEADERS
        for number in range(1, cells[header] + 1)
    ]
    for row in content:
        yield [part for header in HEADERS for part in _parts(row[header], cells[header])]


def _parts(value: str | float | None, count: int) -> Row:
    if not isinstance(value, str):
        return [value, *[None] * (count - 1)]
    told: Row = [value[start : start + CELL_LIMIT] for start in range(0, len(value), CELL_LIMIT)]
    return told + [None] * (count - len(told))


def _about(excerpt: Excerpt) -> list[Row]:
    territory = excerpt.territory_credit
    return [
        ["exported_on", excerpt.exported_on],
        ["language", excerpt.language],
        ["actors", len(excerpt.actors)],
        ["sectors: source", str(territory["source"])],
        ["sectors: licence", str(territory["licence"])],
        ["sectors: situation", str(territory["situation"])],
        [],
        ["source", "licence", "actors"],
        *(Row((credit.name, credit.licence, credit.actors)) for credit in excerpt.credits),
    ]


def _fill(sheet: WriteOnlyWorksheet, table: Iterable[Row]) -> None:
    text = WriteOnlyCell(sheet, value="x")
    text.number_format = "@"
    head = WriteOnlyCell(sheet, value="x")
    head.font = Font(bold=True)
    head.number_format = "@"
    for number, row in enumerate(table):
        model = text if number else head
        sheet.append([text_cell(sheet, v, model) if isinstance(v, str) else v for v in row])
