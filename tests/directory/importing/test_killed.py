"""kill -9 in the middle of geocoding and of acceptance: nothing twice, nothing lost."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from directory.importing import settling
from directory.importing.desk import Desk
from directory.importing.records import Heap, Outcome
from directory.store import Kind, Store
from tests.imports import Begin

ROOT = Path(__file__).resolve().parents[3]
ROWS = [(f"Huis {n}", "CPAS", f"Rue Haute {n}", "", "") for n in range(1, 301)]
CHILD = """
import os, signal, sys
from directory.importing import accepting, kept, settling
from directory.importing.desk import Desk
from directory.store import Store
from tests.imports import BY, FakeGeocoder

url, batch_id, step, where, after = sys.argv[1:]
left = int(after)

def pass_by(place):
    global left
    left -= place == where
    if left == 0 and place == where:
        os.kill(os.getpid(), signal.SIGKILL)

class Dying(FakeGeocoder):
    def find_many(self, queries):
        found = super().find_many(queries)
        pass_by("asked")
        return found

write = kept.change_rows

def change_rows(*given, **named):
    write(*given, **named)
    pass_by("written")

kept.change_rows = change_rows
settling.FIRST_CHUNK = settling.MOST = 40
desk, geocoder = Desk(store=Store(url)), Dying()
if step == "geocode":
    settling.geocode(desk, batch_id, geocoder)
else:
    kept.change_rows = write
    from directory.importing import deciding
    deciding.find_duplicates(desk, batch_id)
    kept.change_rows = change_rows
    accepting.accept(desk, batch_id, by=BY)
    pass_by("done")
print(len(geocoder.asked))
"""


def run(url: str, batch_id: str, step: str, where: str, after: int) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CHILD, url, batch_id, step, where, str(after)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode in (0, -signal.SIGKILL), done.stderr
    return done.returncode, done.stdout.strip()


@pytest.mark.parametrize("where", ["asked", "written"])
def test_geocoding_goes_on_where_it_was_killed(
    desk: Desk, begin: Begin, database_url: str, where: str
) -> None:
    batch = begin(ROWS)
    assert run(database_url, batch.id, "geocode", where, 3)[0] == -signal.SIGKILL
    heaps = settling.heaps(desk, batch.id)
    assert heaps[Heap.PLACED] == 80
    assert heaps[Heap.WAITING] == 220
    assert run(database_url, batch.id, "geocode", "", 1) == (0, "220")
    assert settling.heaps(desk, batch.id)[Heap.PLACED] == 300


@pytest.mark.parametrize(("where", "actors"), [("written", 0), ("done", 300)])
def test_acceptance_is_whole_or_nothing(
    desk: Desk, begin: Begin, database_url: str, where: str, actors: int
) -> None:
    batch = begin(ROWS)
    run(database_url, batch.id, "geocode", "", 1)
    assert run(database_url, batch.id, "accept", where, 1)[0] == -signal.SIGKILL
    assert len(Store(database_url).directory().actors) == actors
    outcomes = [row.outcome for row in settling.rows(desk, batch.id, limit=400)]
    assert outcomes.count(Outcome.CREATED) == actors
    if not actors:
        assert run(database_url, batch.id, "accept", "", 1)[0] == 0
    store = Store(database_url)
    assert len(store.directory().actors) == 300
    assert {len(store.history(Kind.ACTOR, each)) for each in store.directory().actors} == {1}
