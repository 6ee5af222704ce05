"""kill -9 while saving: what was acknowledged is there, and no half of anything."""

from random import Random

import pytest

from directory.commands import Commands
from directory.store import Store, upgrade
from tests import killing
from tests.postgresql import running_server

TIMES = 100


def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(database_url: str) -> None:
    killing.begin(database_url)
    chance = Random(26)  # noqa: S311 - moments
    acknowledged: list[str] = []
    untold = 0
    for life in range(TIMES):
        acknowledged += killing.kill_once(database_url, life, chance)
        untold = killing.check(database_url, acknowledged)
    assert len(acknowledged) >= TIMES
    # A kill between the commit and the telling: whole, though nobody was told.
    assert 0 <= untold <= TIMES
    store = Store(database_url)
    outcome = Commands(store).save(killing.marked(store.directory(), "after", 1), by=killing.BY)
    assert len(outcome.changed) == 3
    store.close()


@pytest.mark.postgres
def test_a_server_that_stops_at_once_comes_back_with_all_it_acknowledged() -> None:
    with running_server() as server:
        server.execute("CREATE DATABASE plein")
        url = server.url("plein")
        upgrade(url)
        killing.begin(url)
        acknowledged: list[str] = []
        with killing.saving(url, 0) as (_, here):
            acknowledged += [killing.next_told(here) for _ in range(25)]
            server.stop()
            acknowledged += killing.rest(here)
        server.start()
        killing.check(url, acknowledged)
