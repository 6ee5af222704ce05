"""A spreadsheet that holds what was written and nothing that runs; packed to the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from copy import copy
from datetime import UTC, date, datetime, time
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import ExcelWriter

CELL_LIMIT: Final = 16_000
"""Characters in a cell of XLSX, half of Excel's 32,767: it counts one beyond U+FFFF as two."""
_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest a ZIP can tell: the bytes do not depend on the hour they were written."""


def new_book(day: date) -> Workbook:
    """Open a spreadsheet dated by what it tells."""
    book = Workbook(write_only=True)
    book.properties.creator = "Plein"
    moment = datetime.combine(day, time(), UTC).replace(tzinfo=None)
    book.properties.created = book.properties.modified = moment
    return book


def text_cell(sheet: Any, value: str, model: Any) -> Any:
    """Make a text cell: openpyxl itself would take "=1+1" for a formula, "#N/A" for an error."""
    cell = styled(sheet, value, model)
    cell.data_type = "s"
    return cell


def styled(sheet: Any, value: str | float, model: Any) -> Any:
    """Make a cell that looks like another."""
    cell: Any = WriteOnlyCell(sheet, value=value)
    # Assigning a format to each cell takes ten times as long.
    cell._style = copy(model._style)  # noqa: SLF001
    return cell


def packed(book: Workbook) -> bytes:
    """Write a spreadsheet; the same one always as the same bytes."""
    written = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w")).save()
    with zipfile.ZipFile(written) as source:
        return zipped({entry.filename: source.read(entry) for entry in source.infolist()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files by name; the same ones always as the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _ZIP_DATE), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
