"""How long what was checked may be trusted: fresh, due, out of public search, never checked.

Limits count from the last check alone (docs/decisions/0023): whoever corrects a phone number has
not looked at the hours.
"""

import calendar
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from directory.actors import Actor
from directory.categories import CATEGORIES, GROUPS
from directory.texts import Record
from geo.errors import N_, BadInputError

Months = Annotated[int, Field(ge=1, le=120)]


class State(StrEnum):
    """Whether what is known of a record can be trusted on a day.

    `due` asks for a check; `stale` was asked for so long that the record leaves public search.
    What nobody ever checked is neither.
    """

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    NEVER = "never"


class Periods(Record):
    """The table: months by category, by group for a category it does not name."""

    stale_after: Annotated[int, Field(ge=2, le=20)]
    group: Mapping[str, Months]
    category: Mapping[str, Months]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        unknown = (self.category.keys() - CATEGORIES.keys()) | (self.group.keys() - GROUPS.keys())
        missing = GROUPS.keys() - self.group.keys()
        if unknown or missing:
            raise BadInputError(
                N_("Expected each group, and categories of the vocabulary; look at: {ids}."),
                ids=", ".join(sorted(unknown | missing)),
            )
        return self

    def months(self, categories: Collection[str]) -> int:
        """Return the period of a record: the shortest of its categories'."""
        return min(
            self.category.get(key) or self.group[CATEGORIES[key].group] for key in categories
        )


PERIODS: Final = Periods.model_validate(
    tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
)
"""The table of `freshness.toml`."""


@dataclass(frozen=True, slots=True)
class Freshness:
    """The state of a record on a day; where it was checked, from which days it is due and stale."""

    state: State
    due_on: date | None = None
    stale_on: date | None = None

    @property
    def due(self) -> bool:
        """Whether a check is asked for: past its period, or twice."""
        return self.state in (State.DUE, State.STALE)


def freshness(actor: Actor, day: date, periods: Periods = PERIODS) -> Freshness:
    """Tell how fresh a record is on a day; a check of a day still to come is none.

    >>> from directory.actors import ActorKind
    >>> from directory.sources import Source
    >>> from directory.texts import Texts
    >>> kapel = Actor(
    ...     id="kapel", kind=ActorKind.SHOP, names=Texts({"nl": "Kapel"}), categories=("pharmacy",),
    ...     source=Source(name="Test"), verified_on=date(2026, 1, 31),
    ... )
    >>> [freshness(kapel, date(year, 1, 31)).state.value for year in (2026, 2027, 2028)]
    ['fresh', 'due', 'stale']
    """
    if actor.verified_on is None or actor.verified_on > day:
        return Freshness(State.NEVER)
    months = periods.months(actor.categories)
    due_on = months_later(actor.verified_on, months)
    stale_on = months_later(actor.verified_on, months * periods.stale_after)
    state = State.STALE if day >= stale_on else State.DUE if day >= due_on else State.FRESH
    return Freshness(state, due_on, stale_on)


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it has none.

    >>> months_later(date(2026, 11, 30), 3)
    datetime.date(2027, 2, 28)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if years > date.max.year:
        return date.max
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


CATEGORY_MONTHS: Final[Mapping[str, int]] = MappingProxyType(
    {key: PERIODS.months((key,)) for key in CATEGORIES}
)
"""The period of each category, in months."""
