"""The indicators of need: what is known of each subject, by sector and by larger area."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.actors import Status
from directory.atlas import Atlas
from directory.indicators import (
    POPULATION,
    BySector,
    Indicator,
    Rule,
    Unit,
    by_sector,
    newest,
)
from geo.coverage import gather
from geo.errors import PleinError
from geo.levels import Level
from ui.coverage.measured import Measured


@dataclass(frozen=True)
class Known:
    """The newest figures of a subject, on every sector."""

    subject: str
    told: BySector

    @property
    def indicator(self) -> Indicator:
        """Where they come from."""
        return self.told.indicator

    @property
    def less_by_default(self) -> bool:
        """Whether low values tell of need unless somebody says otherwise: income does."""
        return self.indicator.unit is Unit.EURO

    def label(self, language: str) -> str:
        """Name it, with its year."""
        return f"{self.indicator.names.best(language)} ({self.indicator.year})"


@dataclass(frozen=True)
class Figures:
    """A subject in the areas of a level: NaN where not known; estimated where it was derived."""

    values: NDArray[np.float64]
    estimated: bool


def known(atlas: Atlas, people: BySector | None) -> dict[str, Known]:
    """Return what is known of each subject in the year of the day or before, people first.

    Figures by district alone are shown by sector by the rule their unit allows; people of
    districts only where those of sectors tell how to share them out.
    """
    found = {POPULATION: Known(POPULATION, people)} if people else {}
    published = {
        one.subject
        for one in atlas.directory.indicators.values()
        if one.status is Status.PUBLISHED and one.subject != POPULATION
    }
    for subject in sorted(published):
        told = _newest(atlas, subject, people)
        if told is not None:
            found[subject] = Known(subject, told)
    return found


def _newest(atlas: Atlas, subject: str, people: BySector | None) -> BySector | None:
    indicators, year = atlas.directory.indicators, atlas.day.year
    one = newest(indicators, subject, by_year=year)
    if one is not None:
        return by_sector(one, atlas.territory)
    one = newest(indicators, subject, level=Level.DISTRICT, by_year=year)
    if one is None:
        return None
    if one.unit is not Unit.PEOPLE:
        return by_sector(one, atlas.territory, rule=Rule.DISTRICT)
    try:
        weights = people.values if people else None
        return by_sector(one, atlas.territory, rule=Rule.WEIGHTED, weights=weights)
    except PleinError:
        return None


def figures(found: Measured, one: Known, level: Level) -> Figures:
    """Put a subject together for the areas of a level; a district has the figure of its own."""
    areas, indicator = found.members(level), one.indicator
    if level is Level.DISTRICT and indicator.level is Level.DISTRICT:
        own = (indicator.values.get(area) for area in areas)
        return Figures(np.array([np.nan if v is None else v for v in own]), estimated=False)
    codes = found.coverage.demand.codes
    told = (one.told.values.get(str(code)) for code in codes)
    values = np.array([np.nan if value is None else value for value in told], dtype=np.float64)
    adds_up = indicator.unit is Unit.PEOPLE
    return Figures(
        gather(values, found.coverage.people, areas, adds_up=adds_up),
        estimated=one.told.rule is not Rule.PUBLISHED,
    )
