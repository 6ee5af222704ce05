"""Relay neighbourhoods: named sets of statistical sectors, and the rules they should keep."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A named set of sectors a relay serves, valid between two days (both included).

    `id` is a lower-case slug; `names` is by language (fr, nl); `sectors` are nine-character
    codes, sorted; `valid_to` None means until further notice; `note` says on what assumption
    the set rests. `version` counts its changes in the store (0: never stored).
    """

    id: str
    names: Mapping[str, str]
    sectors: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    note: str = ""
    version: int = 0

    def valid_on(self, day: date) -> bool:
        """Whether the set holds on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
