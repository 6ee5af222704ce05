import gc
import threading
from collections.abc import Callable

import numpy as np

from geo.errors import BadInputError
from geo.planning import Ground, Proposal, propose_several
from tests.drawn import grid_territory
from ui.territory.job import ALONE_S, start

WAIT_S = 30


class Slow:
    """Work that goes on until it is told to stop."""

    def __init__(self) -> None:
        self.begun, self.ended, self.go_on = (threading.Event() for _ in range(3))

    def __call__(self, tell: Callable[[float], None], stop: Callable[[], bool]) -> list[Proposal]:
        tell(0.5)
        self.begun.set()
        while not stop():
            self.go_on.wait(0.01)
        self.ended.set()
        return []


def test_what_was_found_is_there_when_it_is_done() -> None:
    done = threading.Event()

    def work(tell: Callable[[float], None], stop: Callable[[], bool]) -> list[Proposal]:
        ground = Ground.of(grid_territory())
        found = propose_several(ground, np.ones(9), seeds=[3, 4], number=2, tell=tell, stop=stop)
        done.set()
        return found

    job = start(work)
    assert done.wait(WAIT_S)
    _join()
    assert job.done
    assert [one.seed for one in job.found] == [3, 4]
    assert job.share == 1.0


def test_cancelled_it_ends() -> None:
    slow = Slow()
    job = start(slow)
    assert slow.begun.wait(WAIT_S)
    assert job.share == 0.5
    job.cancel()
    assert slow.ended.wait(WAIT_S)
    _join()
    assert job.done


def test_nothing_is_left_running_once_the_session_is_gone() -> None:
    slow = Slow()
    job = start(slow)
    assert slow.begun.wait(WAIT_S)
    del job
    gc.collect()
    assert slow.ended.wait(WAIT_S)
    _join()


def test_nothing_is_left_running_that_nobody_looks_at() -> None:
    slow = Slow()
    job = start(slow)
    assert slow.begun.wait(WAIT_S)
    job.seen -= ALONE_S + 1
    assert slow.ended.wait(WAIT_S)


def test_what_is_wrong_is_told() -> None:
    def work(tell: object, stop: object) -> list[Proposal]:
        del tell, stop
        raise BadInputError("no")

    def broken(tell: object, stop: object) -> list[Proposal]:
        del tell, stop
        raise ZeroDivisionError

    for wrong, said in ((work, "no"), (broken, "The proposal failed")):
        job = start(wrong)
        _join()
        assert job.done
        assert str(job.error).startswith(said)


def _join() -> None:
    for thread in threading.enumerate():
        if thread.name == "plein-proposal":
            thread.join(WAIT_S)
