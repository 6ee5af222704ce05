"""Editing under fire, kill -9 and a long queue: `make bench NAME=contribute`.

PART=editing,killing,queue names some of them; SECONDS and KILLS make it shorter. The server of
PostgreSQL is our own, on a socket, with fsync on.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Final

import numpy as np

from benchmarks import contribute_queue, editing
from benchmarks.figures import Figure
from benchmarks.peers import plain_updates
from directory.store import upgrade
from tests import killing
from tests.postgresql import running_server

SECONDS: Final = 60.0
PEER_SECONDS: Final = 15.0
KILLS: Final = 1_000
ENGINES: Final = ("SQLite", "PostgreSQL")

New = Callable[[], str]
"""Gives the address of a fresh database."""


def figures() -> Iterator[Figure]:
    """Measure both engines."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    parts = (os.environ.get("PART") or "editing,killing,queue").split(",")
    print(f"SEED={seed}")
    for engine in ENGINES:
        with _databases(engine) as new:
            if "editing" in parts:
                yield from _editing(engine, new, seed)
            if "killing" in parts:
                yield from _killing(engine, new, seed)
    if "queue" in parts:
        yield from contribute_queue.figures()


@contextmanager
def _databases(engine: str) -> Iterator[New]:
    """Yield what makes databases: files on the disk of the system, or of a server on it."""
    made = 0

    def count() -> str:
        nonlocal made
        made += 1
        return f"plein_{made}"

    if engine == "SQLite":
        with tempfile.TemporaryDirectory(prefix="plein-bench-") as folder:
            yield lambda: f"sqlite:///{Path(folder) / count()}.db"
        return
    with running_server(durable=True) as server:

        def create() -> str:
            name = count()
            server.execute(f"CREATE DATABASE {name}")
            return server.url(name)

        yield create


def _editing(engine: str, new: New, seed: int) -> Iterator[Figure]:
    seconds = float(os.environ.get("SECONDS") or SECONDS)
    url = new()
    plain_updates.begin(new_url := new(), editing.names())
    peer, peer_took = editing.run(
        new_url, plain_updates.edit_plainly, seconds=min(PEER_SECONDS, seconds), seed=seed
    )
    upgrade(url)
    editing.begin(url)
    told, took = editing.run(url, editing.edit_with_plein, seconds=seconds, seed=seed)
    for line in sorted(set(told.errors))[:5]:
        print(f"  {engine}: {line}")
    name = {"SQLite": "plain sqlite3", "PostgreSQL": "plain psycopg"}[engine]
    ours, theirs = (1000 * np.array(one.seconds or [np.nan]) for one in (told, peer))
    yield Figure(figure=f"{engine}: edits acknowledged", value=len(told.seconds), unit="")
    yield Figure(
        figure=f"{engine}: lost updates", value=editing.lost(url, told), unit="", goal="<= 0"
    )
    yield Figure(figure=f"{engine}: errors shown", value=len(told.errors), unit="", goal="<= 0")
    yield Figure(figure=f"{engine}: came second, merged", value=told.again, unit="")
    for share in (50, 95, 99):
        yield Figure(
            figure=f"{engine}: a save, p{share}",
            value=float(np.percentile(ours, share)),
            unit="ms",
            goal="<= 300" if share == 95 else "",  # noqa: PLR2004
            peer=name,
            peer_value=float(np.percentile(theirs, share)),
        )
    yield Figure(
        figure=f"{engine}: saves a second",
        value=len(told.seconds) / took,
        unit="",
        peer=name,
        peer_value=len(peer.seconds) / peer_took,
    )


def _killing(engine: str, new: New, seed: int) -> Iterator[Figure]:
    kills = int(os.environ.get("KILLS") or KILLS)
    chance = Random(seed)  # noqa: S311 - moments
    url, bad, untold = "", 0, 0
    acknowledged: list[str] = []
    total = unseen = 0
    for life in range(kills):
        if life % 100 == 0:
            # A fresh one now and then: holding a longer and longer history against the records
            # is what takes the time.
            total, unseen = total + len(acknowledged), unseen + untold
            url, acknowledged, untold = new(), [], 0
            upgrade(url)
            killing.begin(url)
        acknowledged += killing.kill_once(url, life, chance)
        try:
            untold = killing.check(url, acknowledged)
        except AssertionError as error:
            bad += 1
            print(f"  {engine}, kill {life}: {error}")
    total, unseen = total + len(acknowledged), unseen + untold
    yield Figure(figure=f"{engine}: killed while saving", value=kills, unit="")
    yield Figure(figure=f"{engine}: saves acknowledged meanwhile", value=total, unit="")
    yield Figure(figure=f"{engine}: whole, though untold", value=unseen, unit="")
    yield Figure(figure=f"{engine}: lost, half or not opening", value=bad, unit="", goal="<= 0")
