"""Writers of one SQLite file take turns, in all processes: nobody waits while others go twice.

SQLite lets a writer that finds the file locked ask again after longer and longer pauses, up to a
tenth of a second; of twenty writers some never come at the right moment. Here they stand in a
line of their own, beside the file, before they ask. It is a courtesy, no guard: the lock that
counts is SQLite's, and whoever gets no turn in time goes and asks for that.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic, sleep
from typing import Final

try:
    import fcntl
except ImportError:  # Windows, where SQLite's own pauses have to do.
    fcntl = None  # type: ignore[assignment]

ASK_AGAIN_S: Final = 0.001
"""Between two looks at whether it is one's turn, ours: little beside a write of some 5 ms."""
_FILES: Final = ("-next", "-turn")
"""Who is next, and whose turn it is. Only who is next may take the turn, so whoever just had it
cannot take it again before the one who waits."""
_threads: dict[Path, Lock] = {}
_making = Lock()


@contextmanager
def turn(path: Path, *, wait_s: float) -> Iterator[None]:
    """Wait for one's turn to write to a file, and keep it for the block.

    A killed process loses its turn with its files. Nothing is raised: without a turn the block
    runs all the same.
    """
    until = monotonic() + wait_s
    with _making:
        lock = _threads.setdefault(path, Lock())
    mine = lock.acquire(timeout=wait_s)
    taken: int | None = None
    try:
        taken = _line_up(path, until)
        yield
    finally:
        if taken is not None:
            os.close(taken)
        if mine:
            lock.release()


def _line_up(path: Path, until: float) -> int | None:
    """Return the open file that is the turn; None where there is none to be had."""
    if fcntl is None:
        return None
    upcoming = _take(Path(f"{path}{_FILES[0]}"), until)
    if upcoming is None:
        return None
    try:
        return _take(Path(f"{path}{_FILES[1]}"), until)
    finally:
        os.close(upcoming)


def _take(path: Path, until: float) -> int | None:
    try:
        # Nobody writes into it, and whoever may write to the database may open it.
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError:
        return None
    try:
        while not _locked(opened):
            if monotonic() >= until:
                os.close(opened)
                return None
            sleep(ASK_AGAIN_S)
    except OSError:
        # A file system without such locks.
        os.close(opened)
        return None
    return opened


def _locked(opened: int) -> bool:
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
