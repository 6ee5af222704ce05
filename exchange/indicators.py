"""Figures by sector or district in: read, reported row by row, kept as a whole or not at all."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from directory.area_codes import AreaCodes
from directory.authors import Author, Origin
from directory.clock import today
from directory.commands import Commands, Outcome
from directory.indicator_report import Cell, Report, Rules, sort_rows
from directory.indicators import POPULATION, Indicator, Unit, indicator_id
from directory.sources import Source
from directory.store import Store, upgrade
from directory.texts import LANGUAGES, UNDETERMINED, Texts
from exchange.indicator_columns import (
    DECIMAL_OPEN,
    SHARE_OPEN,
    YEAR_UNKNOWN,
    YEARS_SEVERAL,
    FigureGuess,
    Guess,
    guess_figure,
    guess_table,
    names_columns,
    slug,
)
from exchange.settings import SectorSource, settings
from exchange.spreadsheet import Sheet, read_sheet
from exchange.zipped_table import unpack_table
from geo.errors import N_, BadInputError, PleinError
from geo.levels import Level

if TYPE_CHECKING:
    from geo.territory import Territory

DEFAULT_AUTHOR: Final = "command line"
FETCH_S: Final = 60.0
"""For all sources together: `make data` may wait longer than a first start does (our choice)."""
_LEVELS = (Level.SECTOR, Level.DISTRICT)
MAX_CELLS: Final = 500_000
"""Cells of a table: twice those of Statbel's file of Belgium; guessing takes some ten seconds at
most, while a person waits (our choice)."""
_STATBEL: Final = frozenset(("CD_REFNIS", "CD_SECTOR", "TOTAL"))
"""Columns of OPENDATA_SECTOREN, every year of it."""


def read_table(content: bytes, name: str) -> Sheet:
    r"""Read a table of figures: CSV, XLSX, text parted by bars, or a ZIP of one of them.

    Raises:
        BadInputError: it is something else, too big, or no row names its columns.

    >>> read_table(b"CD_SECTOR|TOTAL\n21004A15-|1250\n", "a.txt").columns
    ('CD_SECTOR', 'TOTAL')
    """
    inside, called = unpack_table(content, Path(name).name)
    sheet = read_sheet(inside, called, header=names_columns)
    if len(sheet.rows) * len(sheet.columns) > MAX_CELLS:
        raise BadInputError(
            N_(
                "{name} has more than {limit} cells. Keep the columns of codes, of the year and of "
                "the figures you mean."
            ),
            name=called,
            limit=MAX_CELLS,
        )
    return sheet


def guess_figures(sheet: Sheet, name: str, territory: "Territory") -> Guess:
    """Guess how a table is read, as `exchange.indicator_columns.guess_table`."""
    return guess_table(
        sheet, Path(name).name, {level: AreaCodes.of(territory, level) for level in _LEVELS}
    )


def figure_of(sheet: Sheet, guess: Guess, column: str) -> FigureGuess:
    """Return what was guessed of a column, also of one that was not taken for figures.

    Raises:
        BadInputError: there is no such column.
    """
    for figure in guess.figures:
        if figure.column == column:
            return figure
    year = guess.figures[0].year if guess.year_column and guess.figures else None
    return guess_figure(sheet, column).model_copy(update={"year": year})


def known_source(sheet: Sheet, sources: Sequence[SectorSource]) -> Source | None:
    """Return Statbel, of `sources`, where a table has the columns of its population by sector.

    To be confirmed by a person: whoever keeps the columns may have changed the figures. No
    address: that of `sources` is of one year.
    """
    if not {column.strip().upper() for column in sheet.columns} >= _STATBEL:
        return None
    told = (Source(name=each.name, licence=each.licence) for each in sources)
    return next((source for source in told if source.name == "Statbel"), None)


def report_figures(
    sheet: Sheet, guess: Guess, figure: FigureGuess, territory: "Territory"
) -> Report:
    """Put every row of a table into its heap, for one of its columns of figures."""
    at = {column: n for n, column in enumerate(sheet.columns)}
    year_at = at.get(guess.year_column)
    cells = [
        Cell(
            line=row.number,
            codes=(
                "".join(row.cells[at[column]].strip() for column in guess.code_columns),
                *(row.cells[at[column]] for column in guess.other_columns),
            ),
            text=row.cells[at[figure.column]],
            this_year=year_at is None or row.cells[year_at].strip() == str(figure.year),
        )
        for row in sheet.rows
    ]
    rules = Rules(unit=figure.unit, decimal=figure.decimal, hundredths=figure.hundredths)
    return sort_rows(cells, AreaCodes.of(territory, guess.level), rules)


def make_indicator(figure: FigureGuess, guess: Guess, report: Report, source: Source) -> Indicator:
    """Return the record of a column of figures; `Report.check` says whether it may be kept.

    Raises:
        BadInputError: the year is not known, no value is, or population is no people.
    """
    if figure.year is None:
        raise BadInputError(N_("The year of “{column}” is not known. Say it: --year 2022."),
                            column=figure.column)  # fmt: skip
    if figure.subject == POPULATION and figure.unit is not Unit.PEOPLE:
        raise BadInputError(
            N_("Population counts people, found {unit}. Correct the unit or the subject."),
            unit=figure.unit.value,
        )
    if not report.values:
        raise BadInputError(N_("No row gives a figure of an area here: nothing was kept."))
    return Indicator(
        id=indicator_id(figure.subject, figure.year, guess.level),
        subject=figure.subject,
        names=figure.names,
        unit=figure.unit,
        level=guess.level,
        year=figure.year,
        values=report.values,
        source=source,
    )


def keep_indicators(store: Store, indicators: Sequence[Indicator], *, by: Author) -> Outcome:
    """Store indicators in the place of those of the same ids, all of them or none.

    Raises:
        BadInputError, ConflictError, StoreUnavailableError: nothing was written.
    """
    stored = store.indicators()
    versions = {one.id: stored[one.id].version for one in indicators if one.id in stored}
    current = [one.model_copy(update={"version": versions.get(one.id, 0)}) for one in indicators]
    return Commands(store).save(current, by=by)


def _run(given: argparse.Namespace) -> int:
    # Only the command opens a territory: geopandas takes a second.
    from exchange.statbel import open_territory  # noqa: PLC0415

    known = settings()
    territory = open_territory(known.home, known.register)
    if given.file is None:
        from exchange.population import fetch_population  # noqa: PLC0415

        if known.offline:
            raise PleinError(
                N_(
                    "PLEIN_OFFLINE is set: nobody was asked. "
                    "Give a file: make data POPULATION=path."
                )
            )
        fetched = fetch_population(known.population_sources, territory, timeout_s=given.timeout)
        _tell(fetched.report)
        made = [fetched.indicator]
    else:
        made = _from_file(given, territory)
    known.home.mkdir(parents=True, exist_ok=True)
    upgrade(known.database_url)
    store = Store(known.database_url)
    try:
        keep_indicators(store, made, by=Author(given.by, Origin.IMPORT))
    finally:
        store.close()
    for one in made:
        _say(f"{one.names.best('en')} {one.year}: {_counted(one)} are kept ({one.source.name}).")
    return 0


def _from_file(given: argparse.Namespace, territory: "Territory") -> list[Indicator]:
    """Read, report and check the columns asked for; nothing is kept here."""
    try:
        content = given.file.read_bytes()
    except OSError as error:
        raise BadInputError(
            N_("{file} cannot be read: {reason}."), file=str(given.file), reason=str(error)
        ) from error
    name = given.file.name
    sheet = read_table(content, name)
    guess = guess_figures(sheet, name, territory)
    figures = [_as_said(figure, given, sheet) for figure in _chosen(guess, given.column, sheet)]
    source = Source(
        name=given.source or name,
        licence=given.licence,
        url=given.url,
        reference=name,
        read_on=today(),
    )
    _tell_guess(guess, figures)
    reports = [report_figures(sheet, guess, figure, territory) for figure in figures]
    for report in reports:
        _tell(report)
    for report in reports:
        report.check(leave_out=given.leave_out)
    said = given.column and given.year and not any(figure.doubts for figure in figures)
    if not (given.yes or said):
        raise BadInputError(
            N_("Nothing was kept yet. Check the guess above and repeat with --yes, or say better.")
        )
    return [
        make_indicator(figure, guess, report, source)
        for figure, report in zip(figures, reports, strict=True)
    ]


def _chosen(guess: Guess, wanted: Sequence[str], sheet: Sheet) -> list[FigureGuess]:
    """Return the columns asked for; without a word, the population or the only one."""
    if wanted:
        return [figure_of(sheet, guess, column) for column in wanted]
    people = [figure for figure in guess.figures if figure.subject == POPULATION]
    chosen = people or list(guess.figures)
    if len(chosen) > 1:
        raise BadInputError(
            N_("Several columns hold figures: {columns}. Choose: --column NAME."),
            columns=", ".join(figure.column[:60] for figure in chosen[:20]),
        )
    return chosen


def _as_said(figure: FigureGuess, given: argparse.Namespace, sheet: Sheet) -> FigureGuess:
    """Put what the options say in the place of what was guessed."""
    if given.unit:
        told = guess_figure(sheet, figure.column, unit=Unit(given.unit))
        figure = figure.model_copy(
            update={"unit": told.unit, "hundredths": told.hundredths, "decimal": told.decimal}
        )
    settled = {
        YEAR_UNKNOWN: given.year,
        YEARS_SEVERAL: given.year,
        DECIMAL_OPEN: given.decimal,
        SHARE_OPEN: given.shares or (given.unit and figure.unit is not Unit.SHARE),
    }
    names = _names(given.name) or figure.names
    subject = slug(names.best("fr")) if given.name else figure.subject
    return figure.model_copy(
        update={
            "names": names,
            "subject": given.subject or subject,
            "year": given.year or figure.year,
            "decimal": given.decimal or figure.decimal,
            "hundredths": given.shares == "percent" if given.shares else figure.hundredths,
            "doubts": tuple(d for d in figure.doubts if not settled.get(d.message)),
        }
    )


def _names(told: Sequence[str]) -> Texts:
    """Read names: "fr=Revenu médian", or a name without its language."""
    found = {}
    for text in told:
        language, mark, name = text.partition("=")
        known = bool(mark) and language in LANGUAGES
        found[language if known else UNDETERMINED] = name if known else text
    return Texts(found)


def _tell_guess(guess: Guess, figures: Sequence[FigureGuess]) -> None:
    codes = " + ".join(guess.code_columns)
    _say(f"Codes of level {guess.level.value} in “{codes}”")
    if guess.other_columns:
        _say(f"Other codes of the same rows in “{'”, “'.join(guess.other_columns)}”")
    for figure in figures:
        scale = " in %" if figure.hundredths else ""
        _say(f"“{figure.column}”: {figure.unit.value}{scale} of {figure.year or 'an unknown year'}")
        for doubt in figure.doubts:
            _say(f"  {doubt.message.format(**doubt.params)}")


def _tell(report: Report) -> None:
    for told in report.told():
        _say(f"  {told.message.format(**told.params)}")


def _counted(indicator: Indicator) -> str:
    known = [value for value in indicator.values.values() if value is not None]
    total = f", {sum(known):,.0f} people" if indicator.unit is Unit.PEOPLE else ""
    return f"{len(known)} of {len(indicator.values)} {indicator.level.value}s{total}"


def _say(line: str) -> None:
    print(line)  # noqa: T201 - a command


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `indicators`."""
    parser = commands.add_parser("indicators", help="figures by sector or district, CSV or XLSX")
    add = parser.add_argument
    add("file", type=Path, nargs="?", metavar="FILE", help="without it, population is fetched")
    add("--column", action="append", default=[], help="a column of figures; may be repeated")
    add("--name", action="append", default=[], metavar="fr=TEXT", help="what it is called")
    add("--subject", default="", help="the same word for every year of a figure: population")
    add("--year", type=int, help="the year of the figures")
    add("--unit", choices=[unit.value for unit in Unit])
    add("--decimal", choices=[",", "."], help="what stands before the decimals")
    add("--shares", choices=["percent", "parts"], help="shares are per cent, or parts of one")
    add("--source", default="", help="who publishes it; else the name of the file")
    add("--licence", default="")
    add("--url", default="")
    add("--leave-out", action="store_true", help="keep the file without the rows refused")
    add("--yes", action="store_true", help="the guess is right")
    add("--by", default=DEFAULT_AUTHOR, help="who says so")
    add("--timeout", type=float, default=FETCH_S, metavar="SECONDS", help="for fetching")
    parser.set_defaults(run=_run)
