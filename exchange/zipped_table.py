"""A table in a ZIP, as statistics offices pack theirs: the one inside, or a sentence."""

import io
import zipfile
import zlib
from pathlib import Path

from exchange.spreadsheet import MAX_BYTES
from geo.errors import N_, BadInputError

_TABLES = (".xlsx", ".csv", ".txt")
_DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)


def unpack_table(content: bytes, name: str) -> tuple[bytes, str]:
    """Return the one table in a ZIP, and its name; what is no ZIP, or is XLSX, as it is.

    Raises:
        BadInputError: damaged, too big, or with none or several tables.

    >>> unpack_table(b"code;total", "a.csv")
    (b'code;total', 'a.csv')
    """
    if not zipfile.is_zipfile(io.BytesIO(content)) or len(content) > MAX_BYTES:
        return content, name
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "xl/workbook.xml" in archive.namelist():
                return content, name
            tables = [
                part for part in archive.infolist() if part.filename.lower().endswith(_TABLES)
            ]
            if len(tables) != 1 or tables[0].file_size > MAX_BYTES:
                raise BadInputError(
                    N_(
                        "{name} is a ZIP with {count} tables; expected one of at most {limit} MB. "
                        "Unpack it and give the one you mean."
                    ),
                    name=name,
                    count=len(tables),
                    limit=MAX_BYTES // 1024**2,
                )
            # zipfile reads no byte more than the size a part declares.
            return archive.read(tables[0]), Path(tables[0].filename).name
    except _DAMAGE as error:
        raise BadInputError(
            N_("{name} is a damaged ZIP. Fetch or pack it again."), name=name
        ) from error
