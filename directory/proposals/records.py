"""What somebody proposed, what became of it, and what was said about it meanwhile."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Final

from pydantic import Field, StringConstraints

from directory.places import Place
from directory.texts import LANGUAGES, Record


class ProposalKind(StrEnum):
    """What should happen."""

    ADD = "add"
    CORRECT = "correct"
    MOVED = "moved"
    CLOSED = "closed"
    DUPLICATE = "duplicate"
    WRONG = "wrong"


class ProposalStatus(StrEnum):
    """How far it is; ASKED waits for the answer of who proposed it."""

    OPEN = "open"
    ASKED = "asked"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class EventKind(StrEnum):
    """What happened to a proposal; AGAIN: somebody else proposed the same."""

    MADE = "made"
    AGAIN = "again"
    ASKED = "asked"
    ANSWERED = "answered"
    PASSED = "passed"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REOPENED = "reopened"
    WITHDRAWN = "withdrawn"


UNDECIDED: Final = (ProposalStatus.OPEN, ProposalStatus.ASKED)
"""What a relay still has to look at."""
URGENCY: Final[Mapping[ProposalKind, int]] = {
    ProposalKind.CLOSED: 3,
    ProposalKind.MOVED: 3,
    ProposalKind.WRONG: 2,
    ProposalKind.CORRECT: 2,
    ProposalKind.ADD: 1,
    ProposalKind.DUPLICATE: 1,
}
"""What it weighs said once: somebody walks to a closed door in vain today. Ours, 2026-11."""
CHANGEABLE: Final = (
    *("names", "descriptions", "categories", "places", "contacts", "languages", "hours"),
    *("wheelchair", "appointment", "cost", "audience"),
)
"""The facts of an actor anybody may propose; consent, verification and source are not theirs."""

Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
IdOrNone = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]{0,79})?$")]
Trimmed = Annotated[str, StringConstraints(strip_whitespace=True)]


class Draft(Record):
    """What somebody sends; `Proposals.make` cleans it, checks it and gives it to whom it concerns.

    `facts` are those of an actor: of a new one all that is told, of a known one the changed ones.
    `place` is where it is about, for a proposal that has no such fact.
    """

    kind: ProposalKind
    target: IdOrNone = ""
    target_version: Annotated[int, Field(ge=0)] = 0
    other: IdOrNone = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    note: Trimmed = ""
    language: Annotated[str, Field(pattern="^(" + "|".join(LANGUAGES) + ")$")] = "fr"
    name: Trimmed = ""
    thank: bool = False
    place: Place | None = None


class Event(Record):
    """One thing that happened: who (a name, "" for nobody's), their account, what was said.

    `neighbourhoods` are those it was passed on to. `voice` tells the proposers apart: the same
    for all a person said through one link, "" for relays.
    """

    kind: EventKind
    at: datetime
    by: str = ""
    person: str = ""
    text: str = ""
    neighbourhoods: tuple[str, ...] = ()
    voice: str = ""


class Proposal(Record):
    """A proposal. `neighbourhoods` are those it concerns: none where coordinators decide.

    `facts` of an addition are a whole actor, its id too; of a correction the changed fields alone
    (`applied` lays them on the actor). `weight` is the urgency of its kind and one for each more
    who said the same (`said`). `version` counts decisions, questions and answers: weight does not
    change it. `batch` is that of the history which carried it out, "" where none was written.
    """

    id: Id
    kind: ProposalKind
    target: IdOrNone = ""
    target_version: int = 0
    other: IdOrNone = ""
    facts: dict[str, Any] = Field(default_factory=dict)
    note: str = ""
    language: str = "fr"
    name: str = ""
    thank: bool = False
    place: Place | None = None
    neighbourhoods: tuple[str, ...] = ()
    status: ProposalStatus = ProposalStatus.OPEN
    said: int = 1
    weight: int = 1
    made_at: datetime
    decided_at: datetime | None = None
    decided_by: str = ""
    reason: str = ""
    batch: str = ""
    version: int = 1
    events: tuple[Event, ...] = ()

    @property
    def undecided(self) -> bool:
        """Whether somebody still has to decide."""
        return self.status in UNDECIDED
