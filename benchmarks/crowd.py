"""Many people at once: open sessions that search and choose at their own pace."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from statistics import quantiles
from threading import Barrier

from benchmarks.visitor import Rerun, Visitor

SESSIONS = 20
THINK_S = 1.0
"""A person thinks from nought to this long, evenly, between two actions. People read longer than
that: this is twenty of them all typing or clicking twice a second."""
Action = Callable[[Visitor, random.Random], Rerun]


def rerun_times_ms(
    address: str,
    actions: Sequence[Action],
    *,
    reruns: int,
    think_s: float = THINK_S,
    patience_s: float = 60,
) -> list[float]:
    """Let every session do `reruns` actions; what each took, in ms."""

    def live(number: int) -> list[float]:
        chance = random.Random(number)  # noqa: S311 - a crowd, not a secret
        with Visitor(address, patience_s=patience_s) as visitor:
            all_here.wait()
            taken = []
            for turn in range(reruns):
                time.sleep(chance.uniform(0, think_s))
                taken.append(actions[turn % len(actions)](visitor, chance).ms)
        return taken

    all_here = Barrier(SESSIONS)
    with ThreadPoolExecutor(SESSIONS) as crowd:
        return [ms for taken in crowd.map(live, range(SESSIONS)) for ms in taken]


def percentile_95(values: Sequence[float]) -> float:
    """Return what 95 in a hundred values do not exceed."""
    return quantiles(values, n=20, method="inclusive")[-1]
