"""Every row of a file of figures in one heap, and what the file says of each sector or district."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from directory.area_codes import AreaCodes, Found, State
from directory.figures import Decimal, read_number
from directory.indicators import Unit, is_possible
from geo.errors import N_, BadInputError

STRANGE_MAX: Final = 0.20
"""Share of codes that are not ours from which a file is of another year or place (our choice)."""
_SHOWN = 8


class Heap(StrEnum):
    """Where a row goes; each is in exactly one."""

    TAKEN = "taken"
    UNKNOWN = "unknown"
    MAPPED = "mapped"
    REPEATED = "repeated"
    DIFFERENT = "different"
    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    STRANGE = "strange"
    DAMAGED = "damaged"
    UNPLACED = "unplaced"
    ELSEWHERE = "elsewhere"
    OTHER_YEAR = "other_year"
    TOTAL = "total"
    NO_CODE = "no_code"


REFUSED: Final = frozenset({Heap.DIFFERENT, Heap.UNREADABLE, Heap.IMPOSSIBLE, Heap.DAMAGED})
"""Heaps that stop the whole file, unless somebody says to leave them out."""

TOLD: Final[Mapping[Heap, str]] = {
    Heap.TAKEN: N_("Rows with a figure: {count}."),
    Heap.UNKNOWN: N_("Rows published as unknown, kept as unknown and not as zero: {count}."),
    Heap.MAPPED: N_("Rows taken by another code of theirs in the file: {count} ({rows})."),
    Heap.REPEATED: N_("Rows that say again what another row says: {count} ({rows})."),
    Heap.DIFFERENT: N_(
        "Rows that give one code different figures: {count} ({rows}). Keep the right ones."
    ),
    Heap.UNREADABLE: N_(
        "Rows that hold no number: {count} ({rows}). Write one, or leave the cell empty."
    ),
    Heap.IMPOSSIBLE: N_(
        "Rows with fewer than no people, or a share outside 0 to 100 %: {count} ({rows}). "
        "Correct them."
    ),
    Heap.STRANGE: N_("Rows with a code that is not of this territory: {count} ({rows})."),
    Heap.DAMAGED: N_(
        "Rows whose code a spreadsheet turned into a number: {count} ({rows}). Format that "
        "column as text and write the codes again."
    ),
    Heap.UNPLACED: N_(
        "Rows of which only the municipality is known: {count} ({rows}), {sum} in all."
    ),
    Heap.ELSEWHERE: N_("Rows of other municipalities: {count}."),
    Heap.OTHER_YEAR: N_("Rows of other years: {count}."),
    Heap.TOTAL: N_("Rows of totals or whole municipalities: {count} ({rows})."),
    Heap.NO_CODE: N_("Rows without a code: {count} ({rows})."),
}
"""What a report says of a heap; `rows` are lines of the file."""
MISSING: Final = N_("Areas of this territory the file leaves out, so unknown: {count} ({codes}).")

_HEAPS = {
    State.STRANGE: Heap.STRANGE,
    State.DAMAGED: Heap.DAMAGED,
    State.ELSEWHERE: Heap.ELSEWHERE,
    State.UNPLACED: Heap.UNPLACED,
    State.TOTAL: Heap.TOTAL,
    State.NONE: Heap.NO_CODE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One row as the file has it: its line, its code, the other codes beside it, its figure."""

    line: int
    codes: tuple[str, ...]
    text: str
    this_year: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What the figures of a column are; `hundredths`: those without a mark are per cent."""

    unit: Unit
    decimal: Decimal = ","
    hundredths: bool = False


class Row(NamedTuple):
    """One row and its heap; `code` is ours, "" where it means none of ours."""

    cell: Cell
    heap: Heap
    code: str = ""
    value: float | None = None


class Told(NamedTuple):
    """A sentence of a report: a message id and what fills its braces."""

    message: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Every row of a file in its heap, and the values they make together.

    A code of a refused heap has no value in `values`, whatever its other rows say; `missing` are
    the codes of the territory no row means.
    """

    rows: tuple[Row, ...]
    values: Mapping[str, float | None]
    missing: tuple[str, ...] = ()

    def count(self, heap: Heap) -> int:
        """Return how many rows are in a heap."""
        return sum(row.heap is heap for row in self.rows)

    @property
    def refused(self) -> tuple[Row, ...]:
        """The rows that stop the file."""
        return tuple(row for row in self.rows if row.heap in REFUSED)

    @property
    def strange_share(self) -> float:
        """Return the share of the codes meant for here that are not ours; 1 where none is."""
        strange = self.count(Heap.STRANGE) + self.count(Heap.DAMAGED)
        ours = sum(bool(row.code) for row in self.rows)
        return strange / (strange + ours) if ours else 1.0

    def told(self) -> list[Told]:
        """Return a sentence for each heap that is not empty, in the order of `Heap`.

        The last one is `MISSING`, where the file leaves out areas of the territory.
        """
        told = [
            Told(TOLD[heap], _params([row for row in self.rows if row.heap is heap]))
            for heap in Heap
            if self.count(heap)
        ]
        if self.missing:
            codes = ", ".join(self.missing[:_SHOWN]) + (" …" if len(self.missing) > _SHOWN else "")
            told.append(Told(MISSING, {"count": len(self.missing), "codes": codes}))
        return told

    def check(self, *, leave_out: bool = False) -> None:
        """Refuse a file that must not be kept; with `leave_out` refused rows are passed over.

        Raises:
            BadInputError: what is wrong, in which rows, and what to do.
        """
        if self.count(Heap.OTHER_YEAR) == len(self.rows):
            raise BadInputError(N_("No row is of the year asked for. Choose one the file has."))
        if self.strange_share > STRANGE_MAX:
            strange = [row for row in self.rows if row.heap in (Heap.STRANGE, Heap.DAMAGED)]
            raise BadInputError(
                N_(
                    "{share} % of the codes are not of this territory (rows {rows}): the file is "
                    "of another year or place, nothing was kept. Choose the file that goes with "
                    "the outlines, or one that tells the old codes beside the new ones."
                ),
                share=round(100 * self.strange_share),
                rows=_lines(strange or self.rows),
            )
        if self.refused and not leave_out:
            raise BadInputError(
                N_(
                    "Rows that cannot be used: {count} ({rows}). Nothing was kept. Correct them, "
                    "or say that they are left out as unknown."
                ),
                count=len(self.refused),
                rows=_lines(self.refused),
            )


def sort_rows(cells: Iterable[Cell], codes: AreaCodes, rules: Rules) -> Report:
    """Put every row into its heap and make the values.

    Where several old codes became one of ours, their people are added up; other figures of
    several rows for one code must be the same. An old code that became several of ours is
    refused: nobody can tell which part goes where.

    >>> from geo.levels import Level
    >>> codes = AreaCodes(Level.SECTOR, ["21004A15-", "21004A01-"], municipalities=["21004"])
    >>> rows = [Cell(line=2, codes=("21004A15",), text="1.250"),
    ...         Cell(line=3, codes=("21004A01-",), text="x")]
    >>> sort_rows(rows, codes, Rules(unit=Unit.PEOPLE)).values
    {'21004A15-': 1250.0, '21004A01-': None}
    """
    rows = [_sorted(cell, codes, rules) for cell in cells]
    groups: dict[str, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        if row.code:
            groups[row.code].append(at)
    split = _split_codes(rows)
    values: dict[str, float | None] = {}
    for code, places in groups.items():
        settled, value = _settled([rows[at] for at in places], split, rules.unit)
        for at, row in zip(places, settled, strict=True):
            rows[at] = row
        if not any(row.heap in REFUSED for row in settled):
            values[code] = value
    missing = tuple(sorted(codes.codes - groups.keys()))
    return Report(rows=tuple(rows), values=values, missing=missing)


def _sorted(cell: Cell, codes: AreaCodes, rules: Rules) -> Row:
    if not cell.this_year:
        return Row(cell, Heap.OTHER_YEAR)
    found, mapped = _found(cell, codes)
    if found.state is State.UNPLACED:
        return Row(cell, Heap.UNPLACED, value=_value(cell.text, rules)[1])
    if found.state is not State.OURS:
        return Row(cell, _HEAPS[found.state])
    heap, value = _value(cell.text, rules)
    return Row(cell, Heap.MAPPED if mapped and heap not in REFUSED else heap, found.code, value)


def _found(cell: Cell, codes: AreaCodes) -> tuple[Found, bool]:
    """Return what the first code is, or that another one of the row is ours."""
    first = codes.find(cell.codes[0]) if cell.codes else Found(State.NONE)
    if first.state in (State.STRANGE, State.DAMAGED, State.ELSEWHERE, State.NONE):
        for other in cell.codes[1:]:
            found = codes.find(other)
            if found.state is State.OURS:
                return found, True
    return first, False


def _value(text: str, rules: Rules) -> tuple[Heap, float | None]:
    try:
        number = read_number(text, rules.decimal)
    except BadInputError:
        return Heap.UNREADABLE, None
    if number is None:
        return Heap.UNKNOWN, None
    value = number.value
    if rules.unit is Unit.SHARE:
        value = value / 100 if number.percent or rules.hundredths else value
    elif number.percent:
        return Heap.UNREADABLE, None
    value += 0.0  # "-0" is zero
    return (Heap.TAKEN, value) if is_possible(value, rules.unit) else (Heap.IMPOSSIBLE, None)


def _split_codes(rows: Iterable[Row]) -> frozenset[str]:
    """Return the codes of the file that lead to more than one of ours."""
    leads: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if row.heap is Heap.MAPPED and row.cell.codes[0].strip():
            leads[row.cell.codes[0].strip()].add(row.code)
    return frozenset(code for code, ours in leads.items() if len(ours) > 1)


def _settled(
    rows: Sequence[Row], split: frozenset[str], unit: Unit
) -> tuple[list[Row], float | None]:
    """Settle the rows of one of our codes among themselves."""
    if any(row.heap in REFUSED for row in rows):
        return list(rows), None
    if any(row.heap is Heap.MAPPED and row.cell.codes[0].strip() in split for row in rows):
        return [row._replace(heap=Heap.DIFFERENT) for row in rows], None
    first = rows[0]
    if unit is Unit.PEOPLE and len(rows) > 1 and all(row.heap is Heap.MAPPED for row in rows):
        parts = {row.cell.codes[0].strip(): row.value for row in rows}
        if len(parts) == len(rows):
            told = [value for value in parts.values() if value is not None]
            return list(rows), sum(told) if len(told) == len(rows) else None
    if any(row.value != first.value for row in rows):
        return [row._replace(heap=Heap.DIFFERENT) for row in rows], None
    return [first, *(row._replace(heap=Heap.REPEATED) for row in rows[1:])], first.value


def _params(rows: Sequence[Row]) -> dict[str, object]:
    total = sum(row.value for row in rows if row.value is not None)
    return {"count": len(rows), "rows": _lines(rows), "sum": f"{total:.10g}"}


def _lines(rows: Sequence[Row]) -> str:
    """Write lines of the file with the code that stands there: 12: 21004A99-, 15."""
    shown = []
    for row in rows[:_SHOWN]:
        code = "".join(filter(str.isprintable, next(iter(row.cell.codes), "")))[:20]
        shown.append(f"{row.cell.line}: {code}" if code else str(row.cell.line))
    return ", ".join(shown) + (" …" if len(rows) > _SHOWN else "")
