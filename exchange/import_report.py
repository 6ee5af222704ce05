"""What became of each row of a file, as XLSX: as many lines as the file has rows."""

import io
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from directory.importing import accepting, kept, opening
from directory.importing.desk import Desk
from directory.importing.records import Heap, ImportRow, Outcome, Said
from directory.texts import Texts
from exchange.excerpt import writable
from geo.errors import N_

CELL_LIMIT = 32_000
"""Characters in a cell; Excel takes 32,767."""
Say = Callable[[str], str]

LINE, STATE, WHY = N_("Line in the file"), N_("What became of it"), N_("Why")
ACTOR, ADDRESS, FOUND = N_("Actor"), N_("Address found"), N_("Notes on the cells")
LON, LAT, LINK = N_("Longitude"), N_("Latitude"), N_("Link")
STATES = {
    Outcome.CREATED: N_("new in the directory"),
    Outcome.UPDATED: N_("updated in the directory"),
    Outcome.ALREADY_THERE: N_("there already, nothing changed"),
}
HEAPS = {
    Heap.WAITING: N_("not looked for yet"),
    Heap.PLACED: N_("placed, not in the directory yet"),
    Heap.TO_CHECK: N_("to check"),
    Heap.FAILED: N_("not found"),
}
_ADDED = (LINE, STATE, WHY, ACTOR, LINK, ADDRESS, LON, LAT, FOUND)


def write_report(desk: Desk, batch_id: str, *, say: Say) -> bytes:
    """Write the report: first the cells as they were in the file, then what became of the row.

    Every cell is text, none a formula; `say` translates a message id.
    """
    batch = opening.batch(desk, batch_id)
    left = accepting.readiness(desk, batch_id).left
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("report")
    sheet.freeze_panes = "A2"
    headers = [*batch.columns, *map(say, _ADDED)]
    for position in range(1, len(headers) + 1):
        sheet.column_dimensions[get_column_letter(position)].width = 24
    head, body = _styles(sheet)
    sheet.append([_cell(sheet, header, head) for header in headers])
    for part in kept.each_row(desk.store.reading, batch_id):
        for row in part:
            sheet.append([_cell(sheet, t, body) for t in (*row.cells, *_told(row, left, say))])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _styles(sheet: Any) -> tuple[Any, Any]:
    """Return the styles of a header and of a cell; "@" keeps a text one when it is edited."""
    head: Any = WriteOnlyCell(sheet, value="x")
    body: Any = WriteOnlyCell(sheet, value="x")
    head.font = Font(bold=True)
    head.number_format = body.number_format = "@"
    return head._style, body._style  # noqa: SLF001


def _cell(sheet: Any, text: str, style: Any) -> Any:
    """Make a text cell: openpyxl itself would take "=1+1" for a formula."""
    cell: Any = WriteOnlyCell(sheet, value=writable(text)[:CELL_LIMIT])
    cell.data_type = "s"
    cell._style = copy(style)  # noqa: SLF001 - a format a cell takes ten times as long
    return cell


def _told(row: ImportRow, left: Mapping[int, tuple[Said, ...]], say: Say) -> Iterator[str]:
    spot = row.spot
    yield str(row.line)
    yield say(STATES[row.outcome] if row.outcome is not Outcome.NONE else HEAPS[row.heap])
    yield _sentences(left.get(row.number, ()), say)
    yield row.actor_id
    yield f"/?pick=actors:{row.actor_id}" if row.actor_id else ""
    yield _line(spot.address.street, spot.address.number, spot.address.postcode) if spot else ""
    yield f"{spot.lon:.6f}" if spot and spot.lon is not None else ""
    yield f"{spot.lat:.6f}" if spot and spot.lat is not None else ""
    yield _sentences([Said(message=f.message, params=f.params) for f in row.findings], say)


def _sentences(said: "tuple[Said, ...] | list[Said]", say: Say) -> str:
    return " ".join(say(one.message).format(**one.params) for one in said)


def _line(street: Texts, number: str, postcode: str) -> str:
    names = " - ".join(dict.fromkeys(street.values()))
    return ", ".join(filter(None, (f"{names} {number}".strip(), postcode)))
