"""Twenty people in four processes who edit the same records at random, with no pause to think.

Each edit counts: a record says how often it was edited, and who edits reads that, adds one and
saves. Whoever comes second has to read again. A lost update is a count that does not add up.
"""

import multiprocessing
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from sqlalchemy import func, select

from directory.actors import Actor
from directory.authors import Author, Origin
from directory.commands import Commands
from directory.merging import merge
from directory.people.roles import Grant, Person, Role
from directory.store import ConflictError, Kind, Store
from directory.store.rows import facts_of, read_some, record_of
from directory.store.tables import ChangeRow, table
from directory.texts import Texts
from geo.errors import PleinError
from tests.records import actor

PROCESSES: Final = 4
PEOPLE: Final = 20
RECORDS: Final = 200
LANGUAGES: Final = ("fr", "nl", "en", "ar", "tr")
_CHANGE = table(ChangeRow)
_PROCESSES = multiprocessing.get_context("forkserver")
_PROCESSES.set_forkserver_preload(["benchmarks.editing", "benchmarks.peers.plain_updates"])

Save = Callable[[str, int, Random], int]
"""One edit of a record by a person, until it is acknowledged; returns how often it came second."""


@dataclass
class Told:
    """What one process saw: how long its saves took, edits by record, retries, errors."""

    seconds: list[float] = field(default_factory=list)
    edits: Counter[str] = field(default_factory=Counter)
    again: int = 0
    errors: list[str] = field(default_factory=list)

    def add(self, other: "Told") -> None:
        """Count another one in."""
        self.seconds += other.seconds
        self.edits += other.edits
        self.again += other.again
        self.errors += other.errors


def names() -> list[str]:
    """Return the ids of the records."""
    return [f"record-{number}" for number in range(RECORDS)]


def begin(url: str) -> None:
    """Put the records into an empty directory."""
    store = Store(url)
    records = [actor(key, descriptions={"und": "0"}) for key in names()]
    Commands(store).save(records, by=Author("begun", Origin.IMPORT))
    store.close()


def edit_with_plein(url: str) -> Save:
    """Return how a person edits in a process of ours: all threads share its store."""
    store = Store(url)
    commands = Commands(store)
    coordinator = Grant(role=Role.COORDINATOR)

    def save(key: str, person: int, chance: Random) -> int:
        who = Person(id=f"person-{person}", name=f"Person {person}", grants=(coordinator,))
        by = Author(who.name, Origin.PAGE, who)
        base = store.directory().actors[key]
        mine = _edited(base, chance.choice(LANGUAGES), f"{person} {chance.random()}")
        again = 0
        while True:
            try:
                commands.save([mine], by=by)
            except ConflictError:
                again += 1
                with store.reading() as connection:
                    facts = read_some(connection, Kind.ACTOR, [key])[key]
                theirs = Actor.model_validate(facts)
                base, mine = theirs, _merged(base, mine, theirs)
            else:
                return again

    return save


def _edited(base: Actor, language: str, words: str) -> Actor:
    counted = int(base.descriptions.root["und"]) + 1
    return base.model_copy(
        update={
            "descriptions": Texts(dict(base.descriptions.root) | {"und": str(counted)}),
            "names": Texts(dict(base.names.root) | {language: words}),
        }
    )


def _merged(base: Actor, mine: Actor, theirs: Actor) -> Actor:
    """Merge both, as the page does; of what both changed, the count, the person decides anew."""
    found = merge(facts_of(base), facts_of(mine), facts_of(theirs))
    facts = dict(found.facts)
    counted = int(theirs.descriptions.root["und"]) + 1
    facts["descriptions"] = facts["descriptions"] | {"und": str(counted)}
    merged = record_of(Kind.ACTOR, facts)
    if not isinstance(merged, Actor):
        raise TypeError(type(merged).__name__)
    return merged


def run(url: str, make: Callable[[str], Save], *, seconds: float, seed: int) -> tuple[Told, float]:
    """Let everybody edit for so long; returns what they saw and how long it took."""
    answers = _PROCESSES.Queue()
    start = _PROCESSES.Barrier(PROCESSES + 1)
    share = PEOPLE // PROCESSES
    crowd = [
        _PROCESSES.Process(
            target=_process,
            args=(url, make, range(n * share, (n + 1) * share)),
            kwargs={"seconds": seconds, "seed": seed, "start": start, "answers": answers},
        )
        for n in range(PROCESSES)
    ]
    for process in crowd:
        process.start()
    start.wait()
    began = time.perf_counter()
    told = Told()
    for _ in crowd:
        told.add(answers.get(timeout=seconds * 3 + 120))
    took = time.perf_counter() - began
    for process in crowd:
        process.join()
    return told, took


def _process(
    url: str,
    make: Callable[[str], Save],
    people: range,
    *,
    seconds: float,
    seed: int,
    start: Any,
    answers: Any,
) -> None:
    save = make(url)
    each = [Told() for _ in people]
    start.wait()
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(
            target=_person,
            args=(save, person, Random(seed + person), until, told),  # noqa: S311 - choices
        )
        for person, told in zip(people, each, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = Told()
    for one in each:
        told.add(one)
    answers.put(told)


def _person(save: Save, person: int, chance: Random, until: float, told: Told) -> None:
    keys = names()
    while time.perf_counter() < until:
        key = chance.choice(keys)
        began = time.perf_counter()
        try:
            told.again += save(key, person, chance)
        except PleinError as error:
            told.errors.append(str(error))
            continue
        except Exception as error:  # noqa: BLE001 - whatever it is, a person would see it
            told.errors.append(f"{type(error).__name__}: {error}")
            continue
        told.seconds.append(time.perf_counter() - began)
        told.edits[key] += 1


def lost(url: str, told: Told) -> int:
    """Return how many acknowledged edits are not in the records, or not in their history."""
    store = Store(url)
    with store.reading() as connection:
        counted = select(_CHANGE.c.record_id, func.count()).group_by(_CHANGE.c.record_id)
        history = {key: count - 1 for key, count in connection.execute(counted).tuples()}
    actors = store.directory().actors
    store.close()
    missing = 0
    for key in names():
        says = int(actors[key].descriptions.root["und"])
        versions = actors[key].version - 1
        missing += max(abs(told.edits[key] - found) for found in (says, versions, history[key]))
    return missing
