"""A description as CSV, a file a table, and as XLSX, a sheet a table; each says what it is.

A cell that is not known is empty. Minutes beyond what was measured are words ("more than 15 min")
where all others are numbers, so that they sort behind them and no sum takes them for a number.
Shares are per cent. No text runs as a formula.
"""

import csv
import io
import math
from collections.abc import Iterable
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from exchange.excerpt import writable
from exchange.planning.described import Cell, Column, Described, Table
from exchange.planning.laid import about, all_tables, file_names
from exchange.planning.words import Words, known
from exchange.table_columns import guarded
from exchange.workbook import CELL_LIMIT, new_book, packed, styled, text_cell, zipped

ABOUT: Final = "about"
_DECIMALS: Final = 6
_FORMATS: Final = {
    "text": "@",
    "whole": "#,##0",
    "number": "#,##0.0##",
    "share": "0.0%",
    "minutes": "0.0",
}
_SHEET_LIMIT: Final = 31
"""Characters in the name of a sheet: Excel."""
_NARROW, _WIDE, _WIDEST = 12, 14, 48
"""Widths of columns in characters: of numbers, of text at least and at most."""
_ABOUT_WIDTHS: Final = {"A": 34, "B": 100}
_SAMPLE: Final = 200
"""Rows a width is taken from."""
_PLACES: Final = frozenset(("lon", "lat"))


def csv_files(described: Described, words: Words) -> bytes:
    """Write each table as CSV (UTF-8 with a mark, semicolons, decimal commas), packed as ZIP.

    One file could not hold several tables, nor the method and the licences that `about.csv` tells.
    """
    told = all_tables(described, words)
    names = file_names((table.id for table in told), taken=[ABOUT])
    files = {
        f"{name}.csv": _csv(_laid(table, words)) for name, table in zip(names, told, strict=True)
    }
    return zipped({**files, f"{ABOUT}.csv": _csv(map(list, about(described, words)))})


def _laid(table: Table, words: Words) -> Iterable[list[str]]:
    yield [column.title for column in table.columns]
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        yield [_csv_cell(cell, column, words) for cell, column in cells]


def _csv(rows: Iterable[list[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_text(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _text(text: str) -> str:
    """Guard a text; a number of ours that is negative is none."""
    text = writable(text)
    return text if _is_number(text) else guarded(text)


def _is_number(text: str) -> bool:
    return text[:1] == "-" and text[1:].rstrip("%").replace(",", "", 1).isdecimal()


def _csv_cell(cell: Cell, column: Column, words: Words) -> str:
    cell = known(cell)
    if cell is None or isinstance(cell, str):
        return cell or ""
    if math.isinf(cell):
        return words.beyond(column)
    share = column.kind == "share"
    text = f"{100 * cell if share else cell:.{_DECIMALS}f}".rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text.replace(".", ",") + ("%" if share else "")


def xlsx_file(described: Described, words: Words) -> bytes:
    """Write each table as a sheet, and the last one tells facts, method and sources.

    Every text is a text cell, never a formula, and stays one when it is edited.
    """
    book = new_book(described.made_on)
    book.properties.title = writable(described.title)
    told = all_tables(described, words)
    last = words.say("about")
    names = _sheet_names([table.title for table in told], last)
    for name, table in zip(names, told, strict=True):
        _fill(book.create_sheet(name), table, words)
    _fill_about(book.create_sheet(_sheet_names([last], "")[0]), about(described, words))
    return packed(book)


def _fill(sheet: Any, table: Table, words: Words) -> None:
    sheet.freeze_panes = "B2"
    last = get_column_letter(max(1, len(table.columns)))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    for n, column in enumerate(table.columns):
        sheet.column_dimensions[get_column_letter(n + 1)].width = _width(table, n, column)
    head = _model(sheet, "@", bold=True)
    head.alignment = Alignment(wrap_text=True, vertical="top")
    head.border = Border(bottom=Side(style="thin"))
    sheet.append([text_cell(sheet, _cut(column.title), head) for column in table.columns])
    models = {kind: _model(sheet, form) for kind, form in _FORMATS.items()}
    models |= {"place": _model(sheet, "0.000000"), "beyond": _model(sheet, "@")}
    models["beyond"].alignment = Alignment(horizontal="right")
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        sheet.append([_xlsx_cell(sheet, cell, column, models, words) for cell, column in cells])


def _xlsx_cell(sheet: Any, cell: Cell, column: Column, models: dict[str, Any], words: Words) -> Any:
    cell = known(cell)
    if cell is None:
        return None
    if isinstance(cell, str):
        return text_cell(sheet, _cut(cell), models["text"])
    if math.isinf(cell):
        return text_cell(sheet, words.beyond(column), models["beyond"])
    kind = "place" if column.id in _PLACES else column.kind
    return styled(sheet, cell, models["number" if kind == "text" else kind])


def _fill_about(sheet: Any, lines: list[tuple[str, str]]) -> None:
    for letter, width in _ABOUT_WIDTHS.items():
        sheet.column_dimensions[letter].width = width
    head, text = _model(sheet, "@", bold=True), _model(sheet, "@")
    text.alignment = Alignment(wrap_text=True, vertical="top")
    head.alignment = Alignment(wrap_text=True, vertical="top")
    title = _model(sheet, "@", bold=True)
    title.font = Font(bold=True, size=14)
    for n, (left, right) in enumerate(lines):
        model = head if n else title
        sheet.append([text_cell(sheet, _cut(left), model), text_cell(sheet, _cut(right), text)])


def _model(sheet: Any, number_format: str, *, bold: bool = False) -> Any:
    model = WriteOnlyCell(sheet, value="x")
    model.number_format = number_format
    model.font = Font(bold=bold)
    return model


def _cut(text: str) -> str:
    text = writable(text)
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1] + "…"


def _width(table: Table, place: int, column: Column) -> int:
    if column.kind != "text":
        return _NARROW
    longest = max((len(str(row[place] or "")) for row in table.rows[:_SAMPLE]), default=0)
    return min(_WIDEST, max(_WIDE, longest + 2))


def _sheet_names(titles: Iterable[str], taken: str) -> list[str]:
    """Name sheets as Excel allows: short, without its own signs, each once.

    >>> _sheet_names(["Buiten bereik: [2026]", "buiten bereik   2026 ", "'"], "About")
    ['Buiten bereik 2026', 'buiten bereik 2026 2', 'Plein']
    """
    used, named = {taken.lower(), "history"}, []
    for title in titles:
        kept = "".join(" " if c in "[]:*?/\\" else c for c in writable(title))
        kept = " ".join(kept.split()).strip("' ")
        base = kept[:_SHEET_LIMIT].strip("' ") or "Plein"
        name, n = base, 1
        while name.lower() in used:
            n += 1
            name = f"{base[: _SHEET_LIMIT - len(str(n)) - 1].rstrip()} {n}"
        used.add(name.lower())
        named.append(name)
    return named
