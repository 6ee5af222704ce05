"""The columns of an exported table, and how its cells are written: the contract with an import.

`FIELDS` maps each header to the field of the record it tells, so that a table of ours is
recognised at once: `is_ours(headers)`. An empty field means the column is derived (a sector, a
label): it is for the reader, and an import leaves it alone. `exchange.table_rows.restored` turns a
row back into the actor it came from.

What a cell may look like:

- Several values in a cell are separated by "; " (`LIST`).
- Numbers have a decimal comma in CSV, since Excel in Belgium reads "50.846123" as 50,846,123.
- Text in CSV that a spreadsheet would run as a formula carries one leading apostrophe more;
  `plain` takes it off, `guarded` puts it on, and no other text is touched. XLSX has none:
  do not take `plain` to its cells.
- Text too long for a cell of XLSX goes on in `header~2`, `header~3` …; `joined` puts it together.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from directory.texts import LANGUAGES, UNDETERMINED

Form = Literal["text", "number", "list", "json"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its header, the field of the actor it tells ("" if derived), and its form."""

    header: str
    field: str
    form: Form = "text"


FIRST: Final = "places.0"
"""The first place is in columns of its own; the others are in `more_places`."""


def _texts(header: str, field: str, languages: Iterable[str]) -> list[Column]:
    """List a column without a language, for the sign on the door, then one a language."""
    told = [Column(f"{header}_{code}", f"{field}.{code}") for code in languages]
    return [Column(header, f"{field}.{UNDETERMINED}"), *told]


COLUMNS: Final[tuple[Column, ...]] = (
    Column("plein_id", "id"),
    Column("plein_version", "version", "number"),
    *_texts("name", "names", LANGUAGES),
    Column("kind", "kind"),
    Column("categories", "categories", "list"),
    Column("category_labels", "", "list"),
    *_texts("description", "descriptions", LANGUAGES),
    *_texts("street", f"{FIRST}.address.street", ("fr", "nl")),
    Column("number", f"{FIRST}.address.number"),
    Column("box", f"{FIRST}.address.box"),
    Column("postcode", f"{FIRST}.address.postcode"),
    *_texts("municipality", f"{FIRST}.address.municipality", ("fr", "nl")),
    Column("lon", f"{FIRST}.point.lon", "number"),
    Column("lat", f"{FIRST}.point.lat", "number"),
    Column("precision", f"{FIRST}.precision"),
    Column("area", f"{FIRST}.area"),
    Column("sector", ""),
    Column("sector_name", ""),
    Column("neighbourhood", ""),
    Column("phones", "contacts.phone", "list"),
    Column("emails", "contacts.email", "list"),
    Column("websites", "contacts.website", "list"),
    Column("languages", "languages", "list"),
    Column("opening_hours", "hours"),
    Column("wheelchair", "wheelchair"),
    Column("appointment", "appointment"),
    Column("cost", "cost"),
    *_texts("audience", "audience", LANGUAGES),
    Column("source", "source.name"),
    Column("source_licence", "source.licence"),
    Column("source_url", "source.url"),
    Column("source_reference", "source.reference"),
    Column("source_read_on", "source.read_on"),
    Column("verified_on", "verified_on"),
    Column("more_places", "places.1+", "json"),
    Column("more", "*", "json"),
)
"""In the order they are written. `more` holds what no column does: texts in other languages
(field → language → text) and the labels of contacts."""

FIELDS: Final[Mapping[str, str]] = {column.header: column.field for column in COLUMNS}
"""Header → field of the actor, "" where an import has nothing to read."""

LIST: Final = "; "
_FORMULA: Final = "=+\\-@\t\r\n＝＋－＠"  # noqa: RUF001 - some spreadsheets take these for = + - @
_RISKY: Final = re.compile(f"'*[{_FORMULA}]")
_GUARDED: Final = re.compile(f"'+[{_FORMULA}]")
_CONTINUED: Final = re.compile(r"(.+)~([2-9]|[1-9][0-9]+)")


def is_ours(headers: Iterable[str]) -> bool:
    """Tell whether a table with these headers was written here.

    >>> is_ours(["plein_id", "name_fr", "remarques"]), is_ours(["nom", "adresse"])
    (True, False)
    """
    return "plein_id" in headers


def guarded(text: str) -> str:
    """Keep a spreadsheet from running a cell: an apostrophe before what begins a formula.

    >>> guarded("=1+1"), guarded("+32 2 123"), guarded("'s Herenhuis"), guarded("'=1")
    ("'=1+1", "'+32 2 123", "'s Herenhuis", "''=1")
    """
    return f"'{text}" if _RISKY.match(text) else text


def plain(text: str) -> str:
    """Take off what `guarded` put on: `plain(guarded(text)) == text` for every text.

    >>> plain("'+32 2 123"), plain("'s Herenhuis")
    ('+32 2 123', "'s Herenhuis")
    """
    return text[1:] if _GUARDED.match(text) else text


def split(text: str) -> tuple[str, ...]:
    """Return the values of a cell that may hold several.

    A semicolon inside a value (a link may have one) is not followed by a space.

    >>> split("fr; nl"), split("https://a.be/x;y=1; https://b.be"), split("")
    (('fr', 'nl'), ('https://a.be/x;y=1', 'https://b.be'), ())
    """
    return tuple(value for value in re.split(r";\s+", text) if value)


def joined(row: Mapping[str, str]) -> dict[str, str]:
    """Put together the cells of a row that were too long for one.

    >>> joined({"more~2": "b", "more": "a", "name": "x"})
    {'more': 'ab', 'name': 'x'}
    """
    parts: dict[str, list[tuple[int, str]]] = {}
    for header, text in row.items():
        found = _CONTINUED.fullmatch(header)
        name, number = (found[1], int(found[2])) if found else (header, 1)
        parts.setdefault(name, []).append((number, text))
    return {name: "".join(text for _, text in sorted(found)) for name, found in parts.items()}
