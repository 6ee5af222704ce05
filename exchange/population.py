"""Statbel's population by sector, fetched beside the outlines."""

import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from directory.clock import today
from directory.indicator_report import Report
from directory.indicators import POPULATION, Indicator
from directory.sources import Source
from exchange.download import download
from exchange.indicator_columns import FigureGuess, Guess
from exchange.indicators import FETCH_S, guess_figures, make_indicator, read_table, report_figures
from exchange.settings import SectorSource
from exchange.spreadsheet import MAX_BYTES
from geo.errors import N_, BadInputError, PleinError
from geo.levels import Level

if TYPE_CHECKING:
    from geo.territory import Territory


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """Population by sector as published, how its file was read, and what became of every row."""

    indicator: Indicator
    report: Report
    guess: Guess
    figure: FigureGuess


def fetch_population(
    sources: Sequence[SectorSource], territory: "Territory", *, timeout_s: float = FETCH_S
) -> Fetched:
    """Ask the sources in turn, within one time for all, and take the first good file.

    Raises:
        PleinError: why each of them failed.
    """
    deadline = time.monotonic() + timeout_s
    reasons = []
    with tempfile.TemporaryDirectory(prefix="plein-") as folder:
        for number, source in enumerate(sources):
            name = Path(source.url.partition("?")[0]).name[-100:] or "population"
            target = Path(folder) / f"{number}-{name}"
            try:
                left_s = deadline - time.monotonic()
                download(source.url, target, timeout_s=left_s, size_max=MAX_BYTES)
                return read_population(target.read_bytes(), name, source, territory)
            except PleinError as error:
                reasons.append(f"{source.name}: {error}")
    raise PleinError(
        N_("No population by sector could be fetched. {reasons} Give a file: POPULATION=path."),
        reasons=" ".join(reasons) or "No source is named in plein.toml.",
    )


def read_population(
    content: bytes, name: str, source: SectorSource, territory: "Territory"
) -> Fetched:
    """Read the population out of a file a source publishes.

    Raises:
        BadInputError: it holds none by sector, or of another territory.
    """
    sheet = read_table(content, name)
    guess = guess_figures(sheet, name, territory)
    figure = next((one for one in guess.figures if one.subject == POPULATION), None)
    if figure is None or guess.level is not Level.SECTOR:
        raise BadInputError(
            N_("{name} holds no population by sector. Correct its address in plein.toml."),
            name=name,
        )
    report = report_figures(sheet, guess, figure, territory)
    report.check()
    told = Source(
        name=source.name,
        licence=source.licence,
        url=source.url,
        reference=name,
        read_on=today(),
    )
    indicator = make_indicator(figure, guess, report, told)
    return Fetched(indicator=indicator, report=report, guess=guess, figure=figure)
