"""The desk imports are worked on: the store, and what reading a file needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from directory.commands import Commands
from directory.importing.checks import Restore
from directory.importing.positions import Box
from directory.people.whose import Grounds
from directory.store import Store

SHOWN_AFTER_S = 0.5
"""A time left told before this much was measured would be a guess."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is; `left_s` is None until enough was measured to be honest."""

    done: int
    total: int
    left_s: float | None


Tell = Callable[[Progress], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Where imports are worked on; shared by any number of threads.

    `area` are west, south, east and north of the territory in degrees: coordinates outside it
    are asked about. `restore` reads a row of Plein's own exports (`exchange` has it). `grounds`
    tells where records lie, for those who import in their own neighbourhoods only.
    """

    store: Store
    area: Box | None = None
    restore: Restore | None = None
    grounds: Callable[[], Grounds] | None = None

    @property
    def commands(self) -> Commands:
        """The commands on the store."""
        return Commands(self.store, grounds=self.grounds)


class Meter:
    """Measures a step while it runs, and tells how long it will take yet."""

    def __init__(self, total: int, tell: Tell | None) -> None:
        self._total, self._tell = total, tell
        self._done, self._start = 0, monotonic()

    def add(self, count: int) -> None:
        """Count what was done, and tell it."""
        self._done += count
        if self._tell is None:
            return
        spent = monotonic() - self._start
        told = self._done > 0 and (spent >= SHOWN_AFTER_S or self._done >= self._total)
        left = spent / self._done * (self._total - self._done) if told else None
        self._tell(Progress(self._done, self._total, left))
