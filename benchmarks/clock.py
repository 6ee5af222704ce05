"""How long work takes: on the wall, and of the processor alone where others work too."""

import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar

Answer = TypeVar("Answer")
TRIES: Final = 15
"""The best counts, for others work on this machine."""


class Taken(NamedTuple):
    """Milliseconds passed, and those the processor gave this process."""

    wall_ms: float
    processor_ms: float


def once(work: Callable[[], Answer]) -> tuple[Taken, Answer]:
    """Work once."""
    wall, processor = time.perf_counter(), time.process_time()
    answer = work()
    return Taken(
        1_000 * (time.perf_counter() - wall), 1_000 * (time.process_time() - processor)
    ), answer


def best(work: Callable[[], Answer], tries: int = TRIES) -> tuple[Taken, Answer]:
    """Work several times; return the least of either time, and the last answer."""
    runs = [once(work) for _ in range(tries)]
    return least([taken for taken, _ in runs]), runs[-1][1]


def least(taken: Sequence[Taken]) -> Taken:
    """Return the least of either time."""
    return Taken(min(one.wall_ms for one in taken), min(one.processor_ms for one in taken))
