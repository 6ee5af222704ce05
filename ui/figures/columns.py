"""The second screen: what was guessed of a file, each to be confirmed or corrected."""

from dataclasses import dataclass
from typing import Final

import streamlit as st

from directory.indicators import YEARS, Unit
from exchange.indicator_columns import YEAR_UNKNOWN, YEARS_SEVERAL, FigureGuess, Guess, years_of
from exchange.indicators import report_figures
from exchange.spreadsheet import Sheet
from geo.errors import PleinError
from geo.levels import Level
from ui import state
from ui.figures import telling, work
from ui.figures.work import Work
from ui.language import _, say
from ui.wording import plain

SAMPLE: Final = 8
"""Rows of the file shown."""
LEVELS: Final = (Level.SECTOR, Level.DISTRICT)
MARKS: Final = (",", ".")
_NO_COLUMN: Final = ""


@dataclass(frozen=True)
class _Asking:
    """The widgets of one file: their keys change with what they depend on."""

    work: Work
    sheet: Sheet

    def key(self, *parts: object) -> str:
        return "_".join(("figures", self.work.key, *map(str, parts)))


def show(under_way: Work, sheet: Sheet) -> None:
    """Ask whether the guess is right; once it is, look at every row."""
    asking = _Asking(under_way, sheet)
    _sample(sheet)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Which areas?"))
        guess = _codes(asking)
    with right:
        st.subheader(_("Which figure?"))
        figure = _figure(asking, guess)
        guess, figure = _year(asking, guess, figure)
    with st.container():  # there or empty, so that the button below stays as it is
        for doubt in _open_doubts(figure):
            st.warning(plain(doubt))
    st.markdown(plain(_told(guess, figure)))
    with st.container(horizontal=True):
        if st.button(_("This is right: check every row"), type="primary", key=asking.key("check")):
            _check(asking, guess, figure)
        st.button(_("Another file"), on_click=work.leave, key=asking.key("leave"))


def _sample(sheet: Sheet) -> None:
    for note in sheet.notes:
        st.info(plain(work.said(note)))
    first = sheet.rows[:SAMPLE]
    told = {name: [row.cells[n] for row in first] for n, name in enumerate(sheet.columns)}
    with st.expander(_("The first rows of the file"), expanded=True):
        st.dataframe(told, hide_index=True)


def _codes(asking: _Asking) -> Guess:
    guess, columns = asking.work.guess, list(asking.sheet.columns)
    level = st.radio(
        _("The rows are about"),
        LEVELS,
        index=LEVELS.index(guess.level),
        format_func=telling.level_name,
        horizontal=True,
        key=asking.key("level"),
    )
    choices = list(dict.fromkeys([guess.code_columns, *((column,) for column in columns)]))
    codes = st.selectbox(
        _("Their codes or names are in"),
        choices,
        format_func=" + ".join,
        key=asking.key("codes"),
    )
    others = [column for column in columns if column not in codes]
    told = st.multiselect(
        _("Codes of the same areas in other years are in"),
        others,
        default=[column for column in guess.other_columns if column in others],
        placeholder=_("no column"),
        select_all=False,
        key=asking.key("others", codes),
    )
    changed = {"level": level, "code_columns": codes, "other_columns": tuple(told)}
    return guess.model_copy(update=changed)


def _figure(asking: _Asking, guess: Guess) -> FigureGuess:
    taken = {*guess.code_columns, *guess.other_columns}
    likely = [figure.column for figure in asking.work.guess.figures]
    columns = [column for column in asking.sheet.columns if column not in taken]
    columns.sort(key=lambda column: column not in likely)
    if not columns:
        columns = list(asking.sheet.columns)
    column = st.selectbox(
        _("The figures are in"),
        columns,
        format_func=lambda one: one if one in likely else _("{column} (no figures)", column=one),
        key=asking.key("column", *sorted(taken)),
    )
    first = asking.work.of_column(asking.sheet, column)
    units = list(Unit)
    unit = st.selectbox(
        _("They count"),
        units,
        index=units.index(first.unit),
        format_func=telling.unit_name,
        key=asking.key("unit", column),
    )
    figure = asking.work.of_column(asking.sheet, column, unit)
    return figure.model_copy(update=_written(asking, figure))


def _written(asking: _Asking, figure: FigureGuess) -> dict[str, object]:
    """Ask how the numbers of the column are written."""
    names = {",": _("a comma: 1.234,5"), ".": _("a point: 1,234.5")}
    decimal = st.selectbox(
        _("Decimals come after"),
        MARKS,
        index=MARKS.index(figure.decimal),
        format_func=names.__getitem__,
        key=asking.key("decimal", figure.column, figure.unit),
    )
    told: dict[str, object] = {"decimal": decimal}
    if figure.unit is Unit.SHARE:
        told["hundredths"] = st.radio(
            _("Numbers without a mark are"),
            (True, False),
            index=0 if figure.hundredths else 1,
            format_func=lambda one: _("per cent: 12,5") if one else _("parts of one: 0,125"),
            horizontal=True,
            key=asking.key("shares", figure.column),
        )
    return told


def _year(asking: _Asking, guess: Guess, figure: FigureGuess) -> tuple[Guess, FigureGuess]:
    """Ask the year: one of a column of years, or a number somebody knows."""
    taken = {*guess.code_columns, *guess.other_columns, figure.column}
    columns = [_NO_COLUMN, *(each for each in asking.sheet.columns if each not in taken)]
    first = guess.year_column if guess.year_column in columns else _NO_COLUMN
    column = st.selectbox(
        _("The year of each row is in"),
        columns,
        index=columns.index(first),
        format_func=lambda one: one or _("no column: the whole file is of one year"),
        key=asking.key("years", figure.column),
    )
    years = years_of(asking.sheet, column) if column else ()
    if years:
        at = years.index(figure.year) if figure.year in years else 0
        year: int | None = st.selectbox(
            _("Year"), years, index=at, key=asking.key("year", column, figure.column)
        )
    else:
        year = st.number_input(
            _("Year"),
            *YEARS,
            value=figure.year,
            placeholder=_("not told by the file"),
            key=asking.key("year", figure.column),
        )
    guess = guess.model_copy(update={"year_column": column if years else "", "years": years})
    return guess, figure.model_copy(update={"year": year})


def _open_doubts(figure: FigureGuess) -> list[str]:
    """Tell what a person should look at; the year is asked for, and so no doubt."""
    if figure.year is None:
        return []
    asked = (YEAR_UNKNOWN, YEARS_SEVERAL)
    return [work.said(doubt) for doubt in figure.doubts if doubt.message not in asked]


def _told(guess: Guess, figure: FigureGuess) -> str:
    """Say in one sentence how the file will be read."""
    return _(
        "Read like this: “{column}” holds {unit} of {year} by {level}, whose codes are in "
        "“{codes}”.",
        column=figure.column[:60],
        unit=telling.unit_name(figure.unit),
        year=figure.year or _("an unknown year"),
        level=telling.level_name(guess.level),
        codes=" + ".join(guess.code_columns)[:60],
    )


def _check(asking: _Asking, guess: Guess, figure: FigureGuess) -> None:
    if figure.year is None:
        st.error(_("Say of which year the figures are: the file does not tell."))
        return
    try:
        with st.spinner(_("Looking at every row…")):
            report = report_figures(asking.sheet, guess, figure, state.territory())
    except PleinError as error:
        st.error(plain(say(error)))
        return
    asking.work.guess, asking.work.figure, asking.work.report = guess, figure, report
    st.rerun()
