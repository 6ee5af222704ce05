"""How many people, or what else can be added up, each sector has; unknown is not zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from directory.actors import Status
from directory.indicators import POPULATION, BySector, Indicator, Unit, by_sector, newest
from geo.levels import Level
from ui import state
from ui.coverage.inhabitants import inhabitants

ADDED_UP: Final = (Unit.PEOPLE, Unit.NUMBER)
"""Figures of which a neighbourhood has the sum of its sectors; not shares, not euro a head."""


@dataclass(frozen=True, slots=True)
class People:
    """A figure of every sector."""

    found: BySector

    @property
    def indicator(self) -> Indicator:
        """Whose it is, of which year."""
        return self.found.indicator

    def of(self, codes: Iterable[str]) -> tuple[float, int]:
        """Return the sum over some sectors where it is known, and in how many it is not."""
        values = [self.found.values.get(code) for code in codes]
        known = [value for value in values if value is not None]
        return sum(known), len(values) - len(known)


def people() -> People | None:
    """Return the inhabitants by sector, None where nobody knows them."""
    found = inhabitants(state.atlas())
    return People(found) if found else None


def figures() -> dict[str, Indicator]:
    """Return the figures by sector that can be added up, by id, one of each subject.

    Each is of the year of the day, else of the last before it; inhabitants are those of `people`.
    """
    known, year = state.atlas().directory.indicators, state.atlas().day.year
    subjects = sorted(
        {
            one.subject
            for one in known.values()
            if one.level is Level.SECTOR and one.unit in ADDED_UP and one.status is Status.PUBLISHED
        }
        - {POPULATION}
    )
    counted = people()
    newest_of = [newest(known, subject, by_year=year) for subject in subjects]
    newest_of.append(counted.indicator if counted else None)
    return {one.id: one for one in newest_of if one is not None and one.unit in ADDED_UP}


def figure(indicator: Indicator) -> People:
    """Lay a figure on the sectors; people as they are told everywhere else."""
    told = people() if indicator.subject == POPULATION else None
    return told or People(by_sector(indicator, state.territory()))
