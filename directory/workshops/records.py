"""What a workshop is, who sends from it, and what came."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Final, NamedTuple

from pydantic import AfterValidator, Field

from directory.hygiene import clean_text
from directory.proposals import Proposal
from directory.texts import LANGUAGES, Record
from geo.errors import N_, BadInputError, PleinError

TITLE_MAX: Final = 120
NAME_MAX: Final = 40
"""Letters of a nickname or the name of a table: what a badge and the big screen hold (ours)."""
MOST_TABLES: Final = 30
"""A hall of some 200 people (ours)."""
SITE: Final = r"https?://[A-Za-z0-9.\[\]:-]+(/[\w/-]*)?"
"""Where a Plein is reached, such as http://192.168.1.20:8501."""


def _tables(names: tuple[str, ...]) -> tuple[str, ...]:
    cleaned = tuple(clean_text(name, field="tables", of="workshop") for name in names)
    if not 0 < len(cleaned) <= MOST_TABLES:
        raise BadInputError(
            N_("Expected 1 to {limit} tables, found {found}."),
            limit=MOST_TABLES,
            found=len(cleaned),
        )
    if len(set(cleaned)) != len(cleaned) or not all(0 < len(one) <= NAME_MAX for one in cleaned):
        raise BadInputError(
            N_("Each table needs a name of its own, of 1 to {limit} letters."), limit=NAME_MAX
        )
    return cleaned


def _languages(codes: tuple[str, ...]) -> tuple[str, ...]:
    if not codes or len(set(codes)) != len(codes) or not set(codes) <= set(LANGUAGES):
        raise BadInputError(N_("Choose at least one language, each once."))
    return codes


class LinkEndedError(PleinError):
    """A link opens nothing: nobody was given it, or it has ended."""


class WorkshopStatus(StrEnum):
    """Whether a workshop takes proposals."""

    OPEN = "open"
    CLOSED = "closed"


class LinkUse(StrEnum):
    """What a link is for: phones send, the screen only reads."""

    PHONE = "phone"
    SCREEN = "screen"


class Workshop(Record):
    """A meeting about a neighbourhood. `map_id` is a local map that is made there, "" for none.

    `address` is where phones find this machine, such as http://192.168.1.20:8501; "" until a
    facilitator chose one. After `ends_at` no link of it opens anything.
    """

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    version: int = 1
    title: Annotated[str, Field(min_length=1, max_length=TITLE_MAX)]
    day: date
    neighbourhood_id: Annotated[str, Field(min_length=1, max_length=80)]
    map_id: Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]{0,79})?$")] = ""
    tables: Annotated[tuple[str, ...], AfterValidator(_tables)]
    languages: Annotated[tuple[str, ...], AfterValidator(_languages)] = LANGUAGES
    address: Annotated[str, Field(pattern=rf"^({SITE})?$")] = ""
    status: WorkshopStatus = WorkshopStatus.OPEN
    made_by: str
    person: str
    made_at: datetime
    ends_at: datetime
    closed_at: datetime | None = None

    def takes(self, now: datetime) -> bool:
        """Tell whether proposals are taken at an aware moment."""
        return self.status is WorkshopStatus.OPEN and now < self.ends_at


class Opened(NamedTuple):
    """What a link opens: the workshop, and what the link is for."""

    workshop: Workshop
    use: LinkUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who sends: at which table, a nickname if given, a mark of the phone ("" for a sheet).

    Nothing else is known of them: no address, no device.
    """

    table: str
    nickname: str = ""
    phone: str = ""


class Contribution(NamedTuple):
    """One time something was said: the proposal as it stands now, where and by whom.

    `merged_into` is another proposal, or an actor as "actor:" and its id.
    """

    number: int
    proposal: Proposal
    table: str
    nickname: str
    phone: str
    at: datetime
    merged_into: str
