"""Who changes the directory, and by which way."""

from dataclasses import dataclass
from enum import StrEnum


class Origin(StrEnum):
    """By which way a change came."""

    PAGE = "page"
    IMPORT = "import"
    SEED = "seed"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Author:
    """Who changes something, and by which way."""

    name: str
    origin: Origin = Origin.COMMAND
