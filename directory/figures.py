"""Figures as people in Belgium write them: groups of three, a decimal comma, per cent, unknown."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from geo.errors import N_, BadInputError

Decimal = Literal[",", "."]
"""What stands before the decimals; the other one may then part groups of three digits."""

UNKNOWN_WORDS: Final = frozenset(
    (
        *("", "-", "--", "–", "—", ":", "x", ".", "..", "...", "…", "?", "c", "(c)", "s"),  # noqa: RUF001
        *("na", "n/a", "n.a.", "nan", "null", "none", "nd", "n.d.", "nb", "n.b.", "#n/a", "#n/b"),
    )
)
"""Cells that say "not known" or "not told": Statbel, Eurostat (":", "c"), IBSA ("-", "nd"), Excel.
A dash is here and not a zero: nobody can tell which of the two was meant."""
LONGEST: Final = 40
"""Characters of a number, its spaces and its unit included (our choice)."""
LARGEST: Final = 1e12
"""No figure of a sector is beyond a million millions (our choice)."""

_WITHHELD = re.compile(r"[<≤]\s?[0-9]{1,3}")
"""A cell kept small on purpose: published as "<5", and as unknown as an empty one."""
_UNITS = re.compile(r"(?:€|\beuros?\b|\beur\b)", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")
_PERCENT = ("%", "٪", "％")  # noqa: RUF001 - what stands for per cent elsewhere
_SIGN = r"(?P<sign>[+-]?)"
_SCIENTIFIC = re.compile(_SIGN + r"(?P<whole>[0-9]+)(?:[.,](?P<rest>[0-9]+))?[eE](?P<ten>[+-]?\d+)")


def _grouped(decimal: str, separators: str) -> re.Pattern[str]:
    groups = "|".join(rf"(?:{mark}[0-9]{{3}})+" for mark in separators.split())
    return re.compile(
        rf"{_SIGN}(?P<whole>[0-9]+|[1-9][0-9]{{0,2}}(?:{groups}))(?:{decimal}(?P<rest>[0-9]+))?"
    )


_FORMS: Final[dict[Decimal, re.Pattern[str]]] = {
    ",": _grouped(",", r"\. [\x20] '"),
    ".": _grouped(r"\.", r", [\x20] '"),
}


class Number(NamedTuple):
    """A figure as written: "12,5 %" is 12.5 with its mark, not yet 0.125."""

    value: float
    percent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How the figures of one column are written, where a cell alone does not tell.

    `sure` is False where the cells leave it open ("1.234" alone): a person confirms it.
    """

    decimal: Decimal = ","
    sure: bool = True


def read_number(text: str, decimal: Decimal = ",") -> Number | None:
    """Read a figure; None where the cell says that it is not known.

    A cell that can be read in one way only is read that way, whatever `decimal` says.

    Raises:
        BadInputError: it is no number.

    >>> [read_number(cell).value for cell in ("1 234,5", "1.234", "12 %", "€ 1.250,00", "0.75")]
    [1234.5, 1234.0, 12.0, 1250.0, 0.75]
    >>> read_number("1.234", "."), read_number("x"), read_number("12 %").percent
    (Number(value=1.234, percent=False), None, True)
    """
    bare = _bare(text)
    if is_unknown(text):
        return None
    percent = bare.endswith(_PERCENT)
    digits = bare[:-1].rstrip() if percent else bare
    other: Decimal = "." if decimal == "," else ","
    for form in (decimal, other):
        value = _value(digits, form)
        if value is not None:
            return Number(value, percent)
    raise BadInputError(N_("Expected a number, found “{text}”."), text=text.strip()[:LONGEST])


def is_unknown(text: str) -> bool:
    """Tell whether a cell says that its figure is not known, or withheld.

    >>> is_unknown(" X "), is_unknown("<5"), is_unknown("0")
    (True, True, False)
    """
    bare = _bare(text)
    return bare.casefold() in UNKNOWN_WORDS or _WITHHELD.fullmatch(bare) is not None


def decide_form(cells: Iterable[str], *, whole: bool = False, spreadsheet: bool = False) -> Form:
    """Decide how a column is written from all its cells.

    Where each cell can be read both ways: `whole` (people are never 1.234) takes the mark for
    groups, a `spreadsheet` writes its own numbers with a point, else Belgium writes a comma.

    >>> decide_form(["1.234", "12,5"]), decide_form(["1.234", "0.5"]).decimal
    (Form(decimal=',', sure=True), '.')
    >>> decide_form(["1.234"]), decide_form(["1,234"], whole=True)
    (Form(decimal=',', sure=False), Form(decimal='.', sure=True))
    """
    told: dict[Decimal, int] = {",": 0, ".": 0}
    open_marks: set[str] = set()
    for cell in cells:
        digits = _bare(cell).rstrip("".join(_PERCENT)).rstrip()
        comma, point = _value(digits, ","), _value(digits, ".")
        if comma is None and point is not None:
            told["."] += 1
        elif point is None and comma is not None:
            told[","] += 1
        elif comma != point:
            open_marks.add("," if "," in digits else ".")
    if told[","] != told["."]:
        decimal: Decimal = "," if told[","] > told["."] else "."
        return Form(decimal=decimal, sure=not open_marks or not min(told.values()))
    if whole and len(open_marks) == 1:
        return Form(decimal="," if "." in open_marks else ".")
    return Form(decimal="." if spreadsheet else ",", sure=not open_marks)


def _bare(text: str) -> str:
    """Return the cell on one line, plain spaces and minus, without currency."""
    if len(text) > 2 * LONGEST:
        return text
    spaced = _SPACES.sub(" ", text.replace("−", "-").replace("’", "'"))  # noqa: RUF001
    return _SPACES.sub(" ", _UNITS.sub(" ", spaced)).strip()


def _value(digits: str, decimal: Decimal) -> float | None:
    if len(digits) > LONGEST:
        return None
    found = _FORMS[decimal].fullmatch(digits)
    ten = "0"
    if found is None:
        found = _SCIENTIFIC.fullmatch(digits)
        if found is None:
            return None
        ten = found["ten"]
    whole = re.sub(r"[^0-9]", "", found["whole"])
    value = float(f"{found['sign']}{whole}.{found['rest'] or 0}e{ten}")
    return value if math.isfinite(value) else None
