"""A file of figures on its way in: kept in the memory of the session alone, until it is stored."""

from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from directory.indicator_report import Report, Told
from directory.indicators import Indicator, Unit
from directory.sources import Source
from exchange.indicator_columns import Doubt, FigureGuess, Guess, guess_figure
from exchange.indicators import figure_of
from exchange.spreadsheet import Note, Sheet
from ui.figures.screen import FIGURE, PART
from ui.language import _

_WORK, _KEPT, _GOING = "figures_work", "figures_kept", "figures_going"


@dataclass
class Work:
    """One file: how it is read, and once that is confirmed its report.

    `sheet` is None where the file was fetched: then `guess` and `figure` are sure.
    """

    name: str
    guess: Guess
    sheet: Sheet | None = None
    figure: FigureGuess | None = None
    report: Report | None = None
    proposed: Source | None = None
    sourced: bool = False
    key: str = field(default_factory=lambda: uuid4().hex[:8])
    guessed: dict[tuple[str, Unit | None], FigureGuess] = field(default_factory=dict)

    def of_column(self, sheet: Sheet, column: str, unit: Unit | None = None) -> FigureGuess:
        """Return what is guessed of a column, read as a unit if one is told; each once."""
        if (column, unit) not in self.guessed:
            found = figure_of(sheet, self.guess, column)
            if unit is not None and unit is not found.unit:
                again = guess_figure(sheet, column, unit=unit)
                taken = ("unit", "hundredths", "decimal", "doubts")
                found = found.model_copy(update={name: getattr(again, name) for name in taken})
            self.guessed[column, unit] = found
        return self.guessed[column, unit]


def current() -> Work | None:
    """Return the file under way in this session."""
    found = st.session_state.get(_WORK)
    return found if isinstance(found, Work) else None


def begin(work: Work) -> None:
    """Work on a file from now on; one that was under way is forgotten."""
    st.session_state[_WORK] = work


def leave() -> None:
    """Forget the file under way: nothing of it was kept."""
    st.session_state.pop(_WORK, None)


def finish(indicator: Indicator) -> None:
    """Note that a figure was kept, and show it at the next run; other columns may follow."""
    work = current()
    if work is not None and work.sheet is not None and len(work.guess.figures) > 1:
        work.figure = work.report = None
        work.sourced = False
    else:
        leave()
    st.session_state[_KEPT] = indicator.id
    go("map", indicator.id)


def kept() -> str:
    """Return the id of the figure kept last in this session, "" for none."""
    return str(st.session_state.get(_KEPT, ""))


def forget_kept() -> None:
    """Say no more of the figure kept last."""
    st.session_state.pop(_KEPT, None)


def go(part: str, figure: str = "") -> None:
    """Go to a part of the page at the next run, with a figure chosen if one is named."""
    st.session_state[_GOING] = (part, figure)


def arrive() -> None:
    """Be where `go` said, before any widget is drawn."""
    part, figure = st.session_state.pop(_GOING, ("", ""))
    if part:
        st.session_state[PART] = part
    if figure:
        st.session_state[FIGURE] = figure


def said(sentence: Told | Doubt | Note) -> str:
    """Tell a sentence of the reading or the report."""
    return _(sentence.message, **sentence.params) if sentence.params else _(sentence.message)
