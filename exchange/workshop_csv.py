"""The summary of a workshop as a table that any spreadsheet opens."""

import csv
import io
from collections.abc import Iterable, Sequence

from exchange.table_columns import guarded


def workshop_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    r"""Write rows as CSV: UTF-8 with a byte order mark, semicolons; no cell runs as a formula.

    >>> workshop_csv(["a"], [["=1+1"]]).decode("utf-8-sig")
    "a\r\n'=1+1\r\n"
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")
