"""What the columns of a table of figures are: codes, year, figures and how those are written."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import Field

from directory.area_codes import AreaCodes, State, is_sector_form
from directory.figures import Decimal, Number, decide_form, is_unknown, read_number
from directory.indicators import POPULATION, YEARS, Unit
from directory.search import fold
from directory.texts import Record, Texts
from exchange.spreadsheet import Sheet
from geo.errors import N_, BadInputError
from geo.levels import Level

SAMPLE: Final = 1_000
"""Rows looked at, spread over the whole file: Brussels stands in the middle of one of Belgium."""
MOST: Final = 0.6
"""Share of the cells that must look like codes, or numbers, for a column of them (our choice)."""
PERCENT_MAX: Final = 100.0

_WORD = re.compile(r"[a-z]+")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_PART = re.compile(r"[A-Z][0-9A-Z]{2}[0-9A-Z_=+*-]?")
_WORDS: Final[Mapping[str, frozenset[str]]] = {
    about: frozenset(words)
    for about, words in tomllib.loads(
        Path(__file__).with_name("indicator_columns.toml").read_text(encoding="utf-8")
    ).items()
}
_HEAD: Final = frozenset[str]().union(
    *(_WORDS[about] for about in ("code", "year", "head", "population", "people", "share", "euro"))
)

YEAR_UNKNOWN: Final = N_("The year is not told by the file.")
DECIMAL_OPEN: Final = N_("“{column}”: numbers such as {example} may be read two ways.")
YEARS_SEVERAL: Final = N_("The file has several years, {years}; {year} is taken.")
SHARE_OPEN: Final = N_("“{column}”: shares are at most 1; they are taken as parts of one, not %.")


class Doubt(Record):
    """What a person should look at before a guess is used: a message id and its parameters."""

    message: str
    params: dict[str, str] = Field(default_factory=dict)


class FigureGuess(Record):
    """A column of figures; `hundredths`: those without a mark are per cent; `year` if told."""

    column: str
    subject: str
    names: Texts
    unit: Unit
    decimal: Decimal = ","
    hundredths: bool = False
    year: int | None = None
    doubts: tuple[Doubt, ...] = ()


class Guess(Record):
    """How a table of figures is read, to be confirmed or corrected.

    `code_columns` are joined: one of whole codes, or the municipality and the rest.
    `other_columns` hold codes of the same sectors in other years. `years` are those of
    `year_column`, the latest first.
    """

    level: Level
    code_columns: tuple[str, ...]
    other_columns: tuple[str, ...] = ()
    year_column: str = ""
    years: tuple[int, ...] = ()
    figures: tuple[FigureGuess, ...]


def names_columns(cells: Sequence[str], usual: int) -> bool:
    """Tell whether a row names the columns of figures; a year may be the name of one.

    >>> names_columns(["CD_REFNIS", "CD_SECTOR", "TOTAL"], 3)
    True
    >>> names_columns(["21004", "21004A15-", "1250"], 3), names_columns(["Code", "2022"], 2)
    (False, True)
    """
    given = [cell.strip() for cell in cells if cell.strip()]
    if len(given) < min(2, usual) or len(given) < usual / 3:
        return False
    if any((_is_number(cell) and not _years(cell)) or is_sector_form(cell) for cell in given):
        return False
    return any(_words(cell) & _HEAD for cell in given)


def guess_table(sheet: Sheet, name: str, codes: Mapping[Level, AreaCodes]) -> Guess:
    """Guess what each column is; `name` is that of the file, which may tell the year.

    Raises:
        BadInputError: no column holds codes of sectors or districts, or none figures.
    """
    step = max(1, len(sheet.rows) // SAMPLE)
    sample = [row.cells for row in sheet.rows[::step]]
    columns = {
        column: [row[n].strip() for row in sample if row[n].strip()]
        for n, column in enumerate(sheet.columns)
    }
    level, code, other = _code_columns(columns, codes)
    left = [column for column in sheet.columns if column not in (*code, *other)]
    year_column = next((column for column in left if _is_year_column(column, columns[column])), "")
    about = re.sub(r"[_\s]+", " ", _YEAR.sub(" ", Path(name).stem)).strip()
    told_years = years_of(sheet, year_column) if year_column else ()
    figures = tuple(
        _dated(guess_figure(sheet, column, about=about), told_years, _only_year([name]))
        for column in left
        if column != year_column and _is_figure(column, columns[column])
    )
    if not figures:
        raise BadInputError(
            N_("{name} has codes in “{column}” but no column of figures. Choose another file."),
            name=name,
            column=code[0],
        )
    return Guess(
        level=level,
        code_columns=code,
        other_columns=other,
        year_column=year_column,
        years=told_years,
        figures=figures,
    )


def years_of(sheet: Sheet, column: str) -> tuple[int, ...]:
    """Return the years a column tells, the latest first."""
    at = sheet.columns.index(column)
    found = {year for row in sheet.rows if (year := _as_year(row.cells[at])) is not None}
    return tuple(sorted(found, reverse=True))


def _code_columns(
    columns: Mapping[str, Sequence[str]], codes: Mapping[Level, AreaCodes]
) -> tuple[Level, tuple[str, ...], tuple[str, ...]]:
    """Return the level, the column of codes or its two halves, and those of other codes."""
    sectors = [column for column, cells in columns.items() if _are_codes(cells)]
    known = codes[Level.SECTOR]
    if sectors:
        ours = {column: _ours(columns[column], known) for column in sectors}
        first, *others = sorted(sectors, key=lambda each: -ours[each])
        return Level.SECTOR, (first,), tuple(others)
    towns = [column for column, cells in columns.items() if _most(cells, _is_refnis)]
    parts = [column for column, cells in columns.items() if _most(cells, _is_part)]
    if towns and parts:
        return Level.SECTOR, (towns[0], parts[0]), ()
    districts = codes[Level.DISTRICT]
    columns = {
        column: [cell for cell in cells if districts.find(cell).state is not State.TOTAL]
        for column, cells in columns.items()
    }
    found = [
        column
        for column, cells in columns.items()
        if cells
        and _ours(cells, districts) >= MOST * len(cells)
        and (_words(column) & _WORDS["code"] or not _most(cells, str.isdecimal))
    ]
    if not found:
        raise BadInputError(
            N_(
                "No column holds codes of sectors (21004A15-) or codes or names of monitoring "
                "districts. Found {columns}."
            ),
            columns=", ".join(column[:40] for column in list(columns)[:12]),
        )
    numbered = [column for column in found if _most(columns[column], str.isdecimal)]
    return Level.DISTRICT, ((numbered or found)[0],), ()


def guess_figure(
    sheet: Sheet, column: str, *, unit: Unit | None = None, about: str = ""
) -> FigureGuess:
    """Guess how a column of figures is written, and what it counts unless that is said.

    `about` is what the file is called: what a column named "2022" is about.

    Raises:
        BadInputError: there is no such column.
    """
    if column not in sheet.columns:
        raise BadInputError(
            N_("There is no column “{column}”. Found {columns}."),
            column=column[:80],
            columns=", ".join(each[:40] for each in sheet.columns[:30]),
        )
    at = sheet.columns.index(column)
    # Each way of writing once: a file of Belgium repeats most of them, and reading takes its time.
    cells = list(dict.fromkeys(row.cells[at] for row in sheet.rows))
    title = column if _words(column) or "%" in column or not about else f"{about} {column}"
    people = _is_population(title)
    unit = unit or _unit(title, cells)
    form = decide_form(cells, whole=unit is Unit.PEOPLE, spreadsheet=sheet.spreadsheet)
    values = [number for cell in cells if (number := _read(cell, form.decimal)) is not None]
    unmarked = [number.value for number in values if not number.percent]
    hundredths = unit is Unit.SHARE and any(value > 1 for value in unmarked)
    doubts = []
    if not form.sure:
        example = next((cell for cell in cells if re.search("[.,]", cell)), "")
        doubts.append(Doubt(message=DECIMAL_OPEN, params={"column": column, "example": example}))
    if unit is Unit.SHARE and any(unmarked) and not hundredths:
        doubts.append(Doubt(message=SHARE_OPEN, params={"column": column}))
    return FigureGuess(
        column=column,
        subject=POPULATION if people else slug(title),
        names=Texts({"fr": "Population", "nl": "Bevolking", "en": "Population"})
        if people
        else Texts({"und": " ".join(_YEAR.sub(" ", title).split()) or title}),
        unit=unit,
        decimal=form.decimal,
        hundredths=hundredths,
        year=_only_year([column]),
        doubts=tuple(doubts),
    )


def _dated(figure: FigureGuess, years: Sequence[int], file_year: int | None) -> FigureGuess:
    """Give a column its year: its header's, the latest of the year column, the file name's."""
    year = figure.year or (years[0] if years else file_year)
    doubts = list(figure.doubts)
    if year is None:
        doubts.append(Doubt(message=YEAR_UNKNOWN))
    elif len(years) > 1 and figure.year is None:
        told = {"years": ", ".join(map(str, years[:10])), "year": str(year)}
        doubts.append(Doubt(message=YEARS_SEVERAL, params=told))
    return figure.model_copy(update={"year": year, "doubts": tuple(doubts)})


def slug(text: str) -> str:
    """Write a name as a subject: lower case, digits and hyphens.

    >>> slug("Revenu médian (€) 2021"), slug("%")
    ('revenu-median', 'figure')
    """
    words = re.findall(r"[a-z0-9]+", _YEAR.sub(" ", fold(text)))
    return "-".join(words)[:50].strip("-") or "figure"


def _unit(column: str, cells: Sequence[str]) -> Unit:
    words = _words(column)
    marked = sum(cell.rstrip().endswith("%") for cell in cells)
    if "%" in column or marked or words & _WORDS["share"]:
        numbers = [read for cell in cells if (read := _read(cell, ",")) is not None]
        small = all(abs(number.value) <= PERCENT_MAX for number in numbers)
        if small or "%" in column or marked >= MOST * len(numbers):
            return Unit.SHARE
    if "€" in column or words & _WORDS["euro"] or any("€" in cell for cell in cells):
        return Unit.EURO
    people = words & (_WORDS["people"] | _WORDS["population"]) and not words & _WORDS["not_people"]
    return Unit.PEOPLE if people else Unit.NUMBER


def _is_population(column: str) -> bool:
    words = _words(column)
    return bool(words & _WORDS["population"]) and words <= (
        _WORDS["population"] | _WORDS["population_more"]
    )


def _is_figure(column: str, cells: Sequence[str]) -> bool:
    if _words(column) & _WORDS["no_figure"]:
        return False
    numbers = sum(map(_is_number, cells))
    told = sum(map(is_unknown, cells))
    return numbers > 0 and numbers >= MOST * (len(cells) - told)


def _is_year_column(column: str, cells: Sequence[str]) -> bool:
    years = all(_as_year(cell) is not None for cell in cells)
    return bool(cells) and years and bool(_words(column) & _WORDS["year"])


def _as_year(cell: str) -> int | None:
    found = _YEAR.fullmatch(cell.strip())
    year = int(found[0]) if found else 0
    return year if YEARS[0] <= year <= YEARS[1] else None


def _only_year(texts: Iterable[str]) -> int | None:
    """Return the year that is told, None for none or several."""
    found = {year for text in texts for year in _years(text)}
    return found.pop() if len(found) == 1 else None


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text) if YEARS[0] <= int(year) <= YEARS[1]}


def _words(text: str) -> set[str]:
    return set(_WORD.findall(fold(text)))


def _read(cell: str, decimal: Decimal) -> Number | None:
    """Return the number of a cell, None for another one."""
    try:
        return read_number(cell, decimal)
    except BadInputError:
        return None


def _is_number(cell: str) -> bool:
    return _read(cell, ",") is not None


def _is_refnis(cell: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{4}", cell) is not None


def _is_part(cell: str) -> bool:
    return _PART.fullmatch(cell.upper()) is not None


def _are_codes(cells: Sequence[str]) -> bool:
    return _most(cells, is_sector_form)


def _most(cells: Sequence[str], looks: Callable[[str], bool]) -> bool:
    return bool(cells) and sum(map(looks, cells)) >= MOST * len(cells)


def _ours(cells: Iterable[str], codes: AreaCodes) -> int:
    return sum(codes.find(cell).state is State.OURS for cell in cells)
