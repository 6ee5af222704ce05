"""CSV of any make: which encoding, which delimiter, and its rows."""

import csv
import io
import re
from collections import Counter
from itertools import islice

from geo.errors import N_, BadInputError

DELIMITERS = (";", ",", "\t", "|")
_OLD = ("cp1252", "mac_roman", "cp850")
_COMMON = frozenset("éèàçêëïîôûùâüöäœÉÈÀÇÊËÏÎÔÛÂÜÖÄŒ’‘“”«»–—€°…·²³ \u00a0")  # noqa: RUF001
"""What French and Dutch write beyond ASCII; what another encoding makes of it is not here."""
_SAMPLE_LINES = 200
_NUL_SHARE = 0.2
"""Share of zero bytes on one side of each pair from which a text is UTF-16 without a mark."""
_MOJIBAKE = re.compile("[ÂÃâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œŸ¡-¿]")  # noqa: RUF001

Rows = list[tuple[int, tuple[str, ...]]]
Told = list[tuple[str, dict[str, object]]]

OLD_ENCODING = N_("It was read as {encoding}; check that accents are right.")
MIXED_ENCODINGS = N_(
    "Its lines are in different encodings; each was read by itself. Check that accents are right."
)
REPAIRED = N_(
    "{count} cells had accents that were damaged by a wrong encoding; they were repaired."
)


def read_csv(content: bytes, name: str, *, most: int) -> tuple[Rows, Told]:
    """Return the rows, (line in the file, cells), and what to know of how they were read.

    Raises:
        BadInputError: it is no text, or has more rows than `most`.
    """
    text, notes = _decoded(content, name)
    delimiter = None
    if text[:4].lower() == "sep=" and len(text) > 5:  # noqa: PLR2004 - Excel's own mark
        delimiter, text = text[4], text.partition("\n")[2]
    delimiter = delimiter or _delimiter(text)
    try:
        rows = _rows(text, delimiter, name, most)
    except csv.Error:
        # A quote that is never closed: it is a letter like any other then.
        rows = _rows(text, delimiter, name, most, quotes=False)
    rows, count = _repaired(rows)
    if count:
        notes.append((REPAIRED, {"count": count}))
    return rows, notes


def _rows(text: str, delimiter: str, name: str, most: int, *, quotes: bool = True) -> Rows:
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quotes else csv.QUOTE_NONE,
    )
    rows, line = [], 1
    for cells in reader:
        rows.append((line, tuple(cells)))
        line = reader.line_num + 1
        if len(rows) > most:
            raise BadInputError(
                N_("{name} has more than {limit} rows. Split it into several files."),
                name=name,
                limit=100_000,
            )
    return rows


def _decoded(content: bytes, name: str) -> tuple[str, Told]:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace")
            return text.lstrip("\ufeff"), []
    pairs = content[:4000]
    for side, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs[side::2].count(0) > _NUL_SHARE * len(pairs) / 2 and not pairs[1 - side :: 2].count(
            0
        ):
            return content.decode(encoding, errors="replace"), []
    if b"\x00" in content:
        raise BadInputError(
            N_("{name} is neither a table of text nor an Excel file. Save it as XLSX or CSV."),
            name=name,
        )
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError:
        return _old(content)


def _old(content: bytes) -> tuple[str, Told]:
    """Decode what is not UTF-8: line by line, since files are glued together."""
    lines = content.splitlines(keepends=True)
    broken = b"".join(line for line in lines if not _is_utf8(line))
    encoding = max(_OLD, key=lambda each: (_likeness(broken, each), -_OLD.index(each)))
    mixed = any(_is_utf8(line) and not line.isascii() for line in lines)
    text = "".join(
        line.decode("utf-8") if _is_utf8(line) else line.decode(encoding, errors="replace")
        for line in lines
    )
    if mixed:
        return text, [(MIXED_ENCODINGS, {})]
    return text, [(OLD_ENCODING, {"encoding": {"cp1252": "Windows-1252"}.get(encoding, encoding)})]


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _likeness(content: bytes, encoding: str) -> int:
    beyond = Counter(byte for byte in content if byte > 127)  # noqa: PLR2004 - ASCII
    score = 0
    for byte, count in beyond.items():
        letter = bytes([byte]).decode(encoding, errors="replace")
        score += count * (1 + letter.islower()) if letter in _COMMON else -count
    return score


def _delimiter(text: str) -> str:
    """Choose the delimiter by which most lines have the same, and many, cells."""
    sample = "".join(islice(io.StringIO(text, newline=""), _SAMPLE_LINES))

    def score(delimiter: str) -> float:
        try:
            lines = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
            sizes = [len(row) for row in lines if row]
        except csv.Error:
            return 0.0
        many = Counter(size for size in sizes if size > 1)
        if not many:
            return 0.0
        size, count = max(many.items(), key=lambda item: (item[1], item[0]))
        return (count / len(sizes)) ** 2 * (1 + min(size, 30) / 30)

    return max(DELIMITERS, key=lambda each: (score(each), -DELIMITERS.index(each)))


def _repaired(
    rows: Rows,
) -> tuple[Rows, int]:
    """Undo what reading UTF-8 as Windows-1252 once did: "Ã©" was "é"."""
    count, repaired = 0, []
    for line, cells in rows:
        if any(_MOJIBAKE.search(cell) for cell in cells):
            healed = tuple(_heal(cell) for cell in cells)
            count += sum(a != b for a, b in zip(cells, healed, strict=True))
            repaired.append((line, healed))
        else:
            repaired.append((line, cells))
    return repaired, count


def _heal(cell: str) -> str:
    if not _MOJIBAKE.search(cell):
        return cell
    try:
        return b"".join(map(_byte, cell)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return cell


def _byte(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        # cp1252 leaves five bytes out, which were read as the control of that number.
        return letter.encode("latin-1")
