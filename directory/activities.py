"""What relays and actors do together: market stands, tables, BRI-Co, parties."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AwareDatetime, Field, field_validator, model_validator

from directory.actors import Language, Status
from directory.places import Place
from directory.recurrence import check_rrule
from directory.sources import Source
from directory.texts import Record, Texts
from geo.errors import N_, BadInputError


class ActivityType(StrEnum):
    """What happens."""

    MARKET_STAND = "market_stand"
    CONVERSATION_TABLE = "conversation_table"
    BRICO = "bri_co"
    NEIGHBOURHOOD_PARTY = "neighbourhood_party"
    INFORMATION = "information"
    MEETING = "meeting"
    OTHER = "other"


class ActivityTheme(StrEnum):
    """What it is about."""

    RIGHTS = "rights"
    LANGUAGE = "language"
    HEALTH = "health"
    HOUSING = "housing"
    ENERGY = "energy"
    CHILDREN = "children"
    DIGITAL = "digital"
    MEETING_PEOPLE = "meeting_people"


class Schedule(Record):
    """When it happens: a start, an end, and an RFC 5545 recurrence where it repeats.

    Times carry a zone; `rrule` is the value of an RRULE line ("FREQ=WEEKLY;BYDAY=TU").
    """

    start: AwareDatetime
    end: AwareDatetime | None = None
    rrule: str = ""
    except_on: tuple[AwareDatetime, ...] = ()

    @model_validator(mode="after")
    def _ends_after_start(self) -> Self:
        if self.end is not None and self.end < self.start:
            raise BadInputError(
                N_("An activity that starts {start} cannot end {end}."),
                start=self.start.isoformat(),
                end=self.end.isoformat(),
            )
        return self

    @field_validator("rrule")
    @classmethod
    def _accepted_rule(cls, rrule: str) -> str:
        return check_rrule(rrule) if rrule else ""


class Occurrence(Record):
    """One time an activity takes place."""

    activity_id: str
    start: datetime
    end: datetime | None = None


class Activity(Record):
    """Something people can join.

    `frequency` is what is known of the rhythm in words ("weekly or fortnightly") where no
    schedule is known.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
    titles: Texts
    descriptions: Texts = Texts()
    type: ActivityType
    theme: ActivityTheme | None = None
    place: Place | None = None
    schedule: Schedule | None = None
    frequency: Texts = Texts()
    languages: tuple[Language, ...] = ()
    actor_ids: tuple[str, ...] = ()
    relay_ids: tuple[str, ...] = ()
    status: Status = Status.PUBLISHED
    source: Source
    version: int = 0

    @model_validator(mode="after")
    def _titled(self) -> Self:
        if not self.titles:
            raise BadInputError(N_("An activity needs a title in at least one language."))
        return self
