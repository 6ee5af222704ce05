"""A table somebody sends, CSV or XLSX: what it is, where its header is, its rows as text."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from exchange.columns import is_header_word
from exchange.csv_files import read_csv
from exchange.table_columns import is_ours, plain
from exchange.xlsx_files import read_xlsx
from geo.errors import N_, BadInputError

MAX_BYTES = 50 * 1024 * 1024
"""Bytes of a file (issue 3)."""
MAX_ROWS = 100_000
"""Rows of a file: five times the actors of the whole region (issue 3)."""
MAX_COLUMNS = 300
HEADER_WITHIN = 30
"""Rows from the top among which the header is looked for; titles and notes stand above it."""
LONGEST_HEADER = 60
"""Characters of a cell that may still be the name of a column."""
_SAMPLE = 60

_PDF, _ZIP, _OLE = b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_EMPTY_ZIP = b"PK\x05\x06"
_DATA = re.compile(r"@|https?:|www\.|^[+(]?[0-9][0-9 .,/()-]*$|^[0-9]{1,4}[-/.][0-9]{1,2}[-/.]")


class Line(NamedTuple):
    """One row: where it starts in the file, and its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something to know of how a file was read: a message id and what fills its braces."""

    message: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: its columns, each with a name of its own, and its rows that are not empty.

    `spreadsheet`: it was XLSX, which writes its own numbers with a decimal point.
    """

    columns: tuple[str, ...]
    rows: tuple[Line, ...]
    notes: tuple[Note, ...] = ()
    spreadsheet: bool = False


HeaderRule = Callable[[Sequence[str], int], bool]
"""Tells whether a row names the columns; the number is how many cells most rows fill."""


def read_sheet(content: bytes, name: str, *, header: HeaderRule | None = None) -> Sheet:
    r"""Read a CSV or XLSX, whatever it is called; every cell is text.

    `header` finds the row that names the columns; without it, one with words an actor is
    described by.

    Raises:
        BadInputError: it is something else, empty, too big, or has no header; nothing of it is
            kept.

    >>> sheet = read_sheet("Nom;Code postal\nMaison;1000\n".encode("cp1252"), "a.csv")
    >>> sheet.columns, sheet.rows[0].cells
    (('Nom', 'Code postal'), ('Maison', '1000'))
    """
    name = Path(name).name[-120:]
    _refuse_size(content, name)
    _refuse_kind(content, name)
    if content[:4] in (_ZIP, _EMPTY_ZIP):
        read, notes = read_xlsx(content, name, most=MAX_ROWS + HEADER_WITHIN)
    else:
        read, notes = read_csv(content, name, most=MAX_ROWS + HEADER_WITHIN)
    lines = [Line(number, cells) for number, cells in read]
    sheet = _shaped(lines, name, header or _is_header)
    if is_ours(sheet.columns) and content[:4] != _ZIP:
        rows = (Line(line.number, tuple(map(plain, line.cells))) for line in sheet.rows)
        sheet = replace(sheet, rows=tuple(rows))
    told = tuple(Note(message=message, params=params) for message, params in notes)
    return replace(sheet, notes=told, spreadsheet=content[:4] == _ZIP)


def _refuse_size(content: bytes, name: str) -> None:
    if len(content) > MAX_BYTES:
        raise BadInputError(
            N_("{name} has {found} MB, expected at most {limit}. Split it in two."),
            name=name,
            found=round(len(content) / 1024**2),
            limit=MAX_BYTES // 1024**2,
        )
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise BadInputError(N_("{name} is empty. Choose another file."), name=name)


def _refuse_kind(content: bytes, name: str) -> None:
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if content[:1024].lstrip().startswith(_PDF):
        raise BadInputError(
            N_("{name} is a PDF, whatever its name says. Export the table as XLSX or CSV."),
            name=name,
        )
    if content.startswith(_OLE):
        if _OLE_ENCRYPTED in content:
            raise BadInputError(
                N_("{name} is protected by a password. Save it without one and try again."),
                name=name,
            )
        raise BadInputError(
            N_("{name} is in the old Excel form (.xls). Save it as .xlsx or CSV."), name=name
        )
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table", b"{\\rtf")):
        raise BadInputError(
            N_("{name} is a web page or document, not a table. Save it as XLSX or CSV."),
            name=name,
        )


def _shaped(lines: list[Line], name: str, rule: HeaderRule) -> Sheet:
    full = [line for line in lines if any(cell.strip() for cell in line.cells)]
    if not full:
        raise BadInputError(N_("{name} is empty. Choose another file."), name=name)
    if max(len(line.cells) for line in full) > MAX_COLUMNS:
        raise BadInputError(
            N_("{name} has more than {limit} columns. Keep the ones that matter."),
            name=name,
            limit=MAX_COLUMNS,
        )
    at, headers = _header(full, name, rule)
    body = full[at:]
    if len(body) > MAX_ROWS:
        raise BadInputError(
            N_("{name} has more than {limit} rows. Split it into several files."),
            name=name,
            limit=MAX_ROWS,
        )
    width = max(len(headers), *(len(line.cells) for line in body), 1) if body else len(headers)
    headers += [""] * (width - len(headers))
    used = {n for line in body for n, cell in enumerate(line.cells) if cell.strip()}
    kept = [n for n in range(width) if headers[n] or n in used]
    rows = tuple(
        Line(line.number, tuple(line.cells[n] if n < len(line.cells) else "" for n in kept))
        for line in body
    )
    return Sheet(columns=_distinct([headers[n] or _letter(n) for n in kept]), rows=rows)


def _header(full: Sequence[Line], name: str, rule: HeaderRule) -> tuple[int, list[str]]:
    """Return where the rows begin and the names of the columns; two header rows become one."""
    top = full[:HEADER_WITHIN]
    sizes = Counter(_filled(line.cells) for line in full[: HEADER_WITHIN + _SAMPLE])
    usual = max((size for size, _ in sizes.most_common(3)), default=1)
    for at, line in enumerate(top):
        if not rule(line.cells, usual):
            continue
        cells = [_one_line(cell) for cell in line.cells]
        if at + 1 < len(full) and _is_second_header(cells, full[at + 1].cells, usual, rule):
            return at + 2, _merged(cells, full[at + 1].cells)
        return at + 1, cells
    raise BadInputError(
        N_("No row of {name} names its columns. Write their names in the first row."), name=name
    )


def _filled(cells: Iterable[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _is_header(cells: Sequence[str], usual: int) -> bool:
    given = [_one_line(cell) for cell in cells if cell.strip()]
    data = [cell for cell in given if _DATA.search(cell) or len(cell) > LONGEST_HEADER]
    known = [cell for cell in given if is_header_word(cell)]
    if not given or len(data) > len(given) // 4:
        return False
    wide = len(given) >= min(2, usual) and len(given) >= usual / 3
    return wide and len(known) >= max(1, len(given) / 5)


def _is_second_header(
    first: Sequence[str], second: Sequence[str], usual: int, rule: HeaderRule
) -> bool:
    """Tell whether merged cells of the first row are told apart by the second."""
    gaps = [n for n, cell in enumerate(first) if not cell]
    gaps += range(len(first), len(second))
    fills = [n for n in gaps if n < len(second) and second[n].strip()]
    return bool(fills) and rule(second, min(usual, _filled(second)))


def _merged(first: Sequence[str], second: Sequence[str]) -> list[str]:
    merged, group = [], ""
    below = [_one_line(cell) for cell in second]
    for n in range(max(len(first), len(below))):
        own = first[n] if n < len(first) else ""
        sub = below[n] if n < len(below) else ""
        if own:
            group = own
        elif not sub:
            group = ""
        grouped = group if sub else own
        merged.append(" ".join(filter(None, (grouped, sub if sub != grouped else ""))))
    return merged


def _letter(number: int) -> str:
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"({letters})"


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Tell columns of one name apart: "adresse", "adresse (2)"."""
    taken: set[str] = set()
    found = []
    for name in names:
        told, count = name, 1
        while told.casefold() in taken:
            count += 1
            told = f"{name} ({count})"
        taken.add(told.casefold())
        found.append(told)
    return tuple(found)
