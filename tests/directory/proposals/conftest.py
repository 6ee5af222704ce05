"""A directory of a pharmacy and its twin in the left column, and one in no neighbourhood."""

import pytest

from directory.clock import today
from directory.commands import Commands
from directory.people import Grounds
from directory.proposals import Pace, Proposals
from directory.store import Store
from tests.drawn import grid_territory
from tests.proposed import BY
from tests.records import LEFT, PARTNER, RELAY, actor, at, phone


@pytest.fixture
def filled(store: Store) -> Store:
    hidden = phone("+32 2 999 99 99", visibility="relays")
    left = actor("kapel", contacts=(phone("+32 2 511 00 00"), hidden))
    twin = actor("kapel-2", names={"fr": "Kapel"})
    right = actor("rechts", places=(at(2.5, 1.5),))
    Commands(store).save([PARTNER, LEFT, RELAY, left, twin, right], by=BY)
    return store


@pytest.fixture
def proposals(filled: Store) -> Proposals:
    territory = grid_territory()
    pace = Pace(hourly=1_000, daily=2_000)
    return Proposals(filled, lambda: Grounds(territory, filled.directory(), today()), pace=pace)
