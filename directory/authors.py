"""Who changes the directory, and by which way."""

from dataclasses import dataclass
from enum import StrEnum

from directory.people.roles import MACHINE, VISITOR, Person


class Origin(StrEnum):
    """By which way a change came."""

    PAGE = "page"
    IMPORT = "import"
    SEED = "seed"
    COMMAND = "command"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and by which way.

    `name` is what the history keeps. Without a `person` it is a command at the machine; from a
    page or by a link it is then a visitor, who may change nothing.
    """

    name: str
    origin: Origin = Origin.COMMAND
    person: Person | None = None

    @property
    def acting(self) -> Person:
        """Whose roles count."""
        if self.person is not None:
            return self.person
        return VISITOR if self.origin in (Origin.PAGE, Origin.LINK) else MACHINE
