"""What holds for a while at an actor's door: closed, other hours, a word. It takes itself down."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from directory.texts import Record, Texts
from geo.errors import N_, BadInputError

LONGEST_DAYS: Final = 366
"""What lasts longer is no notice but a fact of the record (ours)."""
AHEAD_DAYS: Final = 30
"""How long before it begins a notice is told (ours)."""
MOST: Final = 10
"""Notices of one record at a time (ours)."""


class NoticeKind(StrEnum):
    """What a notice says: doors closed, other hours than usual, or something else."""

    CLOSED = "closed"
    HOURS = "hours"
    OTHER = "other"


class Notice(Record):
    """One notice, on its days from `from_day` to `until_day`, both included.

    What the other hours are, or what else is to be known, is told in `text`.
    """

    kind: NoticeKind
    text: Texts = Texts()
    from_day: date
    until_day: date

    @model_validator(mode="after")
    def _ends_and_tells(self) -> Self:
        if not self.from_day <= self.until_day:
            raise BadInputError(
                N_("The notice ends on {end}, before it begins on {start}."),
                end=self.until_day.isoformat(),
                start=self.from_day.isoformat(),
            )
        if (self.until_day - self.from_day).days > LONGEST_DAYS:
            raise BadInputError(
                N_("A notice lasts a year at most. Change the record itself for what stays so.")
            )
        if self.kind is not NoticeKind.CLOSED and not self.text:
            raise BadInputError(N_("Write what the notice says, in at least one language."))
        return self

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.from_day <= day <= self.until_day


Notices = Annotated[tuple[Notice, ...], Field(max_length=MOST)]


def told_on(notices: Iterable[Notice], day: date) -> tuple[Notice, ...]:
    """Return those that hold on a day or begin soon, the first to begin first."""
    soon = day + timedelta(days=AHEAD_DAYS)
    told = (one for one in notices if one.from_day <= soon and day <= one.until_day)
    return tuple(sorted(told, key=lambda one: (one.from_day, one.until_day)))


def held(notices: Iterable[Notice], kind: NoticeKind, day: date) -> Notice | None:
    """Return the notice of a kind that holds on a day, the longest of several."""
    holding = [one for one in notices if one.kind is kind and one.holds_on(day)]
    return max(holding, key=lambda one: one.until_day, default=None)
