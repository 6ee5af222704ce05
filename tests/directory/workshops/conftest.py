"""A workshop about the left column, whose directory holds a pharmacy there."""

from collections.abc import Callable

import pytest

from directory.clock import today
from directory.commands import Commands
from directory.people import Grounds
from directory.proposals import Pace, Proposals
from directory.store import Store
from directory.workshops import Workshop, Workshops
from tests.drawn import grid_territory
from tests.proposed import BY
from tests.records import LEFT, PARTNER, RELAY, actor, at


@pytest.fixture
def filled(store: Store) -> Store:
    right = actor("rechts", places=(at(2.5, 1.5),))
    Commands(store).save([PARTNER, LEFT, RELAY, actor("kapel"), right], by=BY)
    return store


@pytest.fixture
def grounds(filled: Store) -> Callable[[], Grounds]:
    territory = grid_territory()
    return lambda: Grounds(territory, filled.directory(), today())


@pytest.fixture
def proposals(filled: Store, grounds: Callable[[], Grounds]) -> Proposals:
    return Proposals(filled, grounds, pace=Pace(hourly=1, daily=1))


@pytest.fixture
def workshops(filled: Store, proposals: Proposals, grounds: Callable[[], Grounds]) -> Workshops:
    return Workshops(filled, proposals, grounds)


@pytest.fixture
def workshop(workshops: Workshops) -> Workshop:
    given = {
        "title": "Links aan tafel",
        "day": today(),
        "neighbourhood_id": LEFT.id,
        "tables": ("1", "2", "3"),
    }
    return workshops.make(given, by=BY)
