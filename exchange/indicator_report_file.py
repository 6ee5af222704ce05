"""What became of each row of a file of figures, as XLSX: as many lines as the file has rows."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from directory.indicator_report import REFUSED, Heap, Report, Row
from exchange.excerpt import writable
from exchange.workbook import CELL_LIMIT, new_book, packed, text_cell
from geo.errors import N_

Say = Callable[[str], str]

WORDS: Final[Mapping[Heap, str]] = {
    Heap.TAKEN: N_("taken"),
    Heap.UNKNOWN: N_("unknown, kept as unknown"),
    Heap.MAPPED: N_("taken by another code of the row"),
    Heap.REPEATED: N_("says the same again"),
    Heap.DIFFERENT: N_("one code, different figures"),
    Heap.UNREADABLE: N_("no number"),
    Heap.IMPOSSIBLE: N_("impossible"),
    Heap.STRANGE: N_("code not of this territory"),
    Heap.DAMAGED: N_("code damaged by a spreadsheet"),
    Heap.UNPLACED: N_("municipality known, sector not"),
    Heap.ELSEWHERE: N_("another municipality"),
    Heap.OTHER_YEAR: N_("another year"),
    Heap.TOTAL: N_("total"),
    Heap.NO_CODE: N_("no code"),
}
"""What became of a row, in a word or some."""
LINE, STATE, STOPS = N_("Line in the file"), N_("What became of it"), N_("Stops the file")
CODE, FIGURE, AREA, VALUE = (
    N_("Code in the file"),
    N_("Figure in the file"),
    N_("Area meant"),
    N_("Figure kept"),
)
MISSING: Final = N_("not in the file, so unknown")
_HEADERS: Final = (LINE, CODE, FIGURE, STATE, STOPS, AREA, VALUE)
_WIDTH: Final = 24


def report_file(report: Report, *, day: date, say: Say) -> bytes:
    """Write the report of a day: each row with its cells and its heap, then the areas left out.

    Texts are text cells, none a formula; what is kept is a number, an unknown one is empty. `say`
    translates a message id.
    """
    book = new_book(day)
    sheet: Any = book.create_sheet("report")
    sheet.freeze_panes = "A2"
    for letter in "ABCDEFG":
        sheet.column_dimensions[letter].width = _WIDTH
    head: Any = WriteOnlyCell(sheet, value="x")
    head.font = Font(bold=True)
    body: Any = WriteOnlyCell(sheet, value="x")
    head.number_format = body.number_format = "@"
    sheet.append([_cell(sheet, say(header), head) for header in _HEADERS])
    for row in report.rows:
        sheet.append([_cell(sheet, cell, body) for cell in _told(row, report, say)])
    for code in report.missing:
        sheet.append([_cell(sheet, cell, body) for cell in ("", "", "", say(MISSING), "", code)])
    return packed(book)


def _told(row: Row, report: Report, say: Say) -> tuple[str | float | None, ...]:
    cell, refused = row.cell, row.heap in REFUSED
    return (
        float(cell.line),
        next(iter(cell.codes), ""),
        cell.text,
        say(WORDS[row.heap]),
        say(N_("yes")) if refused else "",
        row.code,
        report.values.get(row.code) if row.code and not refused else None,
    )


def _cell(sheet: Any, value: str | float | None, model: Any) -> Any:
    if not isinstance(value, str):
        return value
    return text_cell(sheet, writable(value)[:CELL_LIMIT], model)
