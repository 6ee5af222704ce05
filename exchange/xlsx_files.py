"""XLSX: the first sheet that holds something, every cell as the text a person reads."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from geo.errors import N_, BadInputError

MAX_UNPACKED = 600 * 1024 * 1024
"""Bytes of all parts together; 100,000 rows of 40 cells unpack to some 250 MB."""
MAX_PART = 400 * 1024 * 1024
MAX_RATIO = 250
"""How many times its packed size a big part may have; sheets of text have 5 to 60."""
_BIG = 20 * 1024 * 1024
_WHOLE = 1e15
"""Beyond it, a float no longer holds every whole number."""
_DAMAGE = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    SyntaxError,  # xml.etree's ParseError is one
)

OTHER_SHEETS = N_("It has several sheets; “{sheet}” was read. Others: {others}.")
FORMULAS = N_("Formulas were read as the values they last had.")

Rows = list[tuple[int, tuple[str, ...]]]
Told = list[tuple[str, dict[str, object]]]


def read_xlsx(content: bytes, name: str, *, most: int) -> tuple[Rows, Told]:
    """Return the rows, (number in the sheet, cells), and what to know of how they were read.

    Raises:
        BadInputError: damaged, a bomb, no workbook, or more rows than `most`.
    """
    formulas = _inspect(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of styles it does not know
            return _read(content, name, most, formulas=formulas)
    except BadInputError:
        raise
    except (*_DAMAGE, RecursionError, MemoryError) as error:
        raise BadInputError(
            N_("{name} is damaged and cannot be read. Open it in Excel, save it anew, try again."),
            name=name,
        ) from error


def _inspect(content: bytes, name: str) -> bool:
    """Refuse what is no workbook or a bomb; tell whether a sheet has formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if "xl/workbook.xml" not in names:
                raise BadInputError(
                    N_(
                        "{name} is a ZIP or another document, not an Excel table. "
                        "Save it as XLSX or CSV."
                    ),
                    name=name,
                )
            _refuse_bomb(parts, name)
            sheets = [part for part in parts if part.filename.startswith("xl/worksheets/")]
            return any(_holds(archive, part, name) for part in sheets)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadInputError(
            N_("{name} is damaged and cannot be read. Open it in Excel, save it anew, try again."),
            name=name,
        ) from error


def _refuse_bomb(parts: list[zipfile.ZipInfo], name: str) -> None:
    # Sizes are those the archive declares; zipfile reads no byte more than that of a part.
    bomb = sum(part.file_size for part in parts) > MAX_UNPACKED or any(
        part.file_size > MAX_PART
        or (part.file_size > _BIG and part.file_size > MAX_RATIO * max(part.compress_size, 1))
        for part in parts
    )
    if bomb:
        raise BadInputError(
            N_(
                "{name} unpacks to far more than a table holds and was not opened. "
                "Copy the rows into a new file."
            ),
            name=name,
        )


def _holds(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bool:
    """Tell whether a sheet has a formula; a document type has no business in one."""
    found, tail = False, b""
    with archive.open(part) as stream:
        while block := stream.read(1 << 20):
            text = tail + block
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise BadInputError(
                    N_(
                        "{name} is damaged and cannot be read. "
                        "Open it in Excel, save it anew, try again."
                    ),
                    name=name,
                )
            found = found or b"<f>" in text or b"<f " in text
            tail = text[-16:]
    return found


def _read(content: bytes, name: str, most: int, *, formulas: bool) -> tuple[Rows, Told]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    second = load_workbook(io.BytesIO(content), read_only=True) if formulas else None
    try:
        sheets = [one for one in book.worksheets if one.sheet_state == "visible"]
        for sheet in sheets or book.worksheets:
            written = second[sheet.title] if second is not None else None
            rows = _rows(sheet, written, name, most)
            if rows:
                return rows, _told(sheet.title, [one.title for one in sheets], formulas=formulas)
    finally:
        book.close()
        if second is not None:
            second.close()
    return [], []


def _told(title: str, sheets: list[str], *, formulas: bool) -> Told:
    notes: Told = []
    others = [other for other in sheets if other != title]
    if others:
        notes.append((OTHER_SHEETS, {"sheet": title, "others": ", ".join(others[:5])}))
    if formulas:
        notes.append((FORMULAS, {}))
    return notes


def _rows(sheet: Any, written: Any, name: str, most: int) -> Rows:
    sheet.reset_dimensions()
    rows: Rows = []
    formulas = _values(written) if written is not None else None
    for number, values in enumerate(_values(sheet), start=1):
        behind = next(formulas, ()) if formulas is not None else ()
        cells = tuple(
            text_of(value if value is not None else _formula(behind, n))
            for n, value in enumerate(values)
        )
        width = next((n for n in range(len(cells), 0, -1) if cells[n - 1].strip()), 0)
        if not width:
            continue
        rows.append((number, cells[:width]))
        if len(rows) > most:
            raise BadInputError(
                N_("{name} has more than {limit} rows. Split it into several files."),
                name=name,
                limit=100_000,
            )
    return rows


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    if hasattr(sheet, "reset_dimensions"):
        sheet.reset_dimensions()
    yield from sheet.iter_rows(values_only=True)


def _formula(cells: tuple[Any, ...], at: int) -> Any:
    """Return a formula that has no value yet, as the text it is."""
    value = cells[at] if at < len(cells) else None
    return (
        value if isinstance(value, str) and value.startswith("=") else getattr(value, "text", None)
    )


def text_of(value: Any) -> str:
    """Write a cell as a person reads it: whole numbers without a point, days as ISO.

    >>> from datetime import date
    >>> text_of(1000.0), text_of(50.8466), text_of(date(2026, 11, 23)), text_of(None)
    ('1000', '50.8466', '2026-11-23', '')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    return "" if value is None else str(value).replace("\r\n", "\n")
