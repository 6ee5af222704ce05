"""A process that saves without end, killed at a moment of no choosing; and what must be true then.

One save changes an actor, an activity with its organisers and a neighbourhood with its sectors;
each bears the mark of that save, so that a half one shows. What was saved is told through a pipe
after `Commands.save` returned. Used by tests (100 times) and by `make bench NAME=contribute`.
"""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection
from random import Random
from typing import Any, Final

from sqlalchemy import func, select, text

from directory.authors import Author, Origin
from directory.commands import Commands
from directory.directory import Directory
from directory.store import Kind, Store, StoreUnavailableError
from directory.store.rows import Stored, read_since
from directory.store.tables import ChangeRow, RevisionRow, table
from directory.texts import Texts
from tests.drawn import code
from tests.records import LEFT, PARTNER, RELAY, STAND, actor

BY: Final = Author("Server", Origin.IMPORT)
ORGANISERS: Final = ("one", "two", "three")
LONGEST_S: Final = 60.0
"""A process that tells nothing for so long is stuck."""
PAUSE_S: Final = 0.04
"""A few saves: the moment of a kill is drawn from it."""
_CHANGE, _REVISION = table(ChangeRow), table(RevisionRow)
_PROCESSES = multiprocessing.get_context("forkserver")
# Imported once, where all the processes are forked from: a start is then some 20 ms.
_PROCESSES.set_forkserver_preload(["tests.killing"])


def begin(url: str) -> None:
    """Put what is going to be changed into an empty directory."""
    store = Store(url)
    stand = STAND.model_copy(update={"actor_ids": ORGANISERS[:1]})
    records: list[Stored] = [LEFT, PARTNER, RELAY, *(actor(key) for key in ORGANISERS), stand]
    Commands(store).save(records, by=BY, batch="begun")
    store.close()


def marked(found: Directory, mark: str, number: int) -> list[Stored]:
    """Return the three records of one save."""
    turn = number % len(ORGANISERS)
    return [
        found.actors["one"].model_copy(update={"names": Texts({"und": mark})}),
        found.activities[STAND.id].model_copy(
            update={
                "titles": Texts({"und": mark}),
                "actor_ids": (*ORGANISERS[turn:], *ORGANISERS[:turn])[: turn + 1],
            }
        ),
        replace(
            found.neighbourhoods[LEFT.id],
            note=mark,
            sectors=tuple(code(column, 0) for column in range(turn + 1)),
        ),
    ]


def save_on(url: str, life: int, told: Connection) -> None:
    """Save without end and tell each save after it; a database that goes away ends it."""
    store = Store(url)
    commands = Commands(store)
    number = 0
    while True:
        mark = f"life-{life}-{number}"
        try:
            commands.save(marked(store.directory(), mark, number), by=BY, batch=mark)
        except StoreUnavailableError:
            return
        told.send_bytes(mark.encode())
        number += 1


@contextmanager
def saving(url: str, life: int) -> Iterator[tuple[Any, Connection]]:
    """Run such a process; yields it and the end of the pipe it tells its saves through."""
    here, there = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=save_on, args=(url, life, there), daemon=True)
    process.start()
    there.close()
    try:
        yield process, here
    finally:
        process.kill()
        process.join()
        process.close()
        here.close()


def kill_once(url: str, life: int, chance: Random) -> list[str]:
    """Start a process, kill it at a moment drawn after some saves, and return those it told."""
    with saving(url, life) as (process, here):
        acknowledged = [next_told(here) for _ in range(chance.randint(1, 3))]
        # What is waited for may come or not: the kill falls anywhere in the saves after it.
        here.poll(chance.uniform(0, PAUSE_S)) and here.poll(chance.uniform(0, PAUSE_S))
        process.kill()
        process.join()
        return acknowledged + rest(here)


def next_told(here: Connection) -> str:
    """Return the next save told."""
    assert here.poll(LONGEST_S), "the process that saves tells nothing"
    return here.recv_bytes().decode()


def rest(here: Connection) -> list[str]:
    """Return what was told before the end."""
    found = []
    while True:
        try:
            found.append(here.recv_bytes().decode())
        except (EOFError, ConnectionResetError):
            return found


def check(url: str, acknowledged: list[str]) -> int:
    """Hold the database against what was told; returns how many saves nobody was told of.

    Raises:
        AssertionError: a save is lost or half there.
    """
    store = Store(url)
    try:
        with store.reading() as connection:
            if connection.dialect.name == "sqlite":
                assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
            revision = int(connection.scalar(select(_REVISION.c.value)) or 0)
            grouped = select(_CHANGE.c.batch, _CHANGE.c.revision, func.count())
            grouped = grouped.group_by(_CHANGE.c.batch, _CHANGE.c.revision)
            batches = connection.execute(grouped.order_by(_CHANGE.c.revision)).all()
            newest = select(func.max(_CHANGE.c.id)).group_by(_CHANGE.c.kind, _CHANGE.c.record_id)
            written = connection.execute(
                select(_CHANGE.c.kind, _CHANGE.c.record_id, _CHANGE.c.after).where(
                    _CHANGE.c.id.in_(newest)
                )
            ).all()
            there = {kind: read_since(connection, kind, -1) for kind in Kind}
    finally:
        store.close()
    assert [each.revision for each in batches] == list(range(1, revision + 1))
    saves = {each.batch: each.count for each in batches if each.batch != "begun"}
    assert set(saves.values()) <= {3}, "a save is half there"
    lost = set(acknowledged) - saves.keys()
    assert not lost, f"acknowledged and lost: {sorted(lost)[:5]}"
    assert {(kind, key): facts for kind, key, facts in written} == {
        (kind.value, key): facts for kind in Kind for key, facts in there[kind].items()
    }, "a record is not what its history says"
    marks = {
        there[Kind.ACTOR]["one"]["names"]["und"],
        there[Kind.ACTIVITY][STAND.id]["titles"].get("und"),
        there[Kind.NEIGHBOURHOOD][LEFT.id]["note"],
    }
    assert not saves or marks == {batches[-1].batch}, f"the last save is half there: {marks}"
    return len(saves) - len(acknowledged)
