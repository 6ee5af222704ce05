"""A proposal in the making: a thread that works for one session and ends with it."""

import logging
import threading
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Final

from geo.errors import N_, PleinError
from geo.planning import Proposal

logger = logging.getLogger(__name__)
ALONE_S: Final = 90.0
"""How long it works for a page nobody shows: a browser asks once a minute for one out of sight."""
Work = Callable[[Callable[[float], None], Callable[[], bool]], Sequence[Proposal]]
"""Told how to tell the share done and to ask whether to stop; returns what was found."""


@dataclass(eq=False)
class Job:
    """What the page sees of it. The thread holds no reference: a job nobody has is stopped."""

    share: float = 0.0
    found: Sequence[Proposal] = ()
    error: PleinError | None = None
    cancelled: bool = False
    done: bool = False
    seen: float = field(default_factory=monotonic)

    def cancel(self) -> None:
        """Stop soon; what was found so far is kept."""
        self.cancelled = True

    def look(self) -> None:
        """Note that somebody still looks."""
        self.seen = monotonic()


def start(work: Work) -> Job:
    """Start a thread; it ends when the work is done, cancelled, or its job is dropped."""
    job = Job()
    thread = threading.Thread(
        target=_run, args=(weakref.ref(job), work), name="plein-proposal", daemon=True
    )
    thread.start()
    return job


def _run(of: "weakref.ref[Job]", work: Work) -> None:
    def tell(share: float) -> None:
        if (job := of()) is not None:
            job.share = share

    def stop() -> bool:
        job = of()
        return job is None or job.cancelled or monotonic() - job.seen > ALONE_S

    found: Sequence[Proposal] = ()
    error: PleinError | None = None
    try:
        found = work(tell, stop)
    except PleinError as wrong:
        error = wrong
    except Exception:
        logger.exception("A proposal failed")
        error = PleinError(N_("The proposal failed. Change what you ask, or tell the maintainers."))
    if (job := of()) is not None:
        job.found, job.error, job.done = found, error, True
