"""Which figures there are, and what one says of every sector: as published, or by a named rule."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from directory.actors import Status
from directory.indicators import (
    POPULATION,
    BySector,
    Indicator,
    Rule,
    Unit,
    by_sector,
    newest,
)
from geo.levels import Level
from geo.territory import Territory

Indicators = Mapping[str, Indicator]


def in_use(indicators: Indicators, language: str) -> dict[str, Indicator]:
    """Return the figures not archived: population first, then by name, the latest year first."""
    found = [one for one in indicators.values() if one.status is Status.PUBLISHED]
    return {one.id: one for one in sorted(found, key=lambda one: _order(one, language))}


def archived(indicators: Indicators, language: str) -> dict[str, Indicator]:
    """Return the figures somebody archived, in the same order."""
    found = [one for one in indicators.values() if one.status is Status.ARCHIVED]
    return {one.id: one for one in sorted(found, key=lambda one: _order(one, language))}


def _order(one: Indicator, language: str) -> tuple[bool, str, bool, int]:
    population = one.subject == POPULATION
    name = one.names.best(language).casefold()
    return not population, name, one.level is not Level.SECTOR, -one.year


def on_sectors(
    indicator: Indicator, territory: Territory, indicators: Indicators
) -> BySector | None:
    """Return a figure on every sector; None where no rule gives it.

    People of a district are shared out by the latest population by sector, of its year or before;
    without one they stay with their district.
    """
    if indicator.level is Level.SECTOR:
        return by_sector(indicator, territory)
    if indicator.unit is not Unit.PEOPLE:
        return by_sector(indicator, territory, rule=Rule.DISTRICT)
    weights = newest(indicators, POPULATION, by_year=indicator.year)
    weights = weights or newest(indicators, POPULATION)
    if weights is None:
        return None
    return by_sector(indicator, territory, rule=Rule.WEIGHTED, weights=weights.values)


def column(found: BySector | None, territory: Territory) -> NDArray[np.float64]:
    """Return a value a sector in the order of the territory, NaN where it is not known."""
    values = found.values if found is not None else {}
    told = (values.get(str(code)) for code in territory.codes)
    return np.array([np.nan if one is None else one for one in told], dtype=np.float64)


def areas(indicator: Indicator, territory: Territory) -> int:
    """Return how many areas of the level of a figure the territory has."""
    of_sector = indicator.level is Level.SECTOR
    return len(territory.codes) if of_sector else len(territory.districts)
