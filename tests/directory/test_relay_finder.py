from datetime import date

import pytest

from directory.actors import Actor
from directory.relay_finder import RelayFinder, YourRelay
from tests.records import actor, at, atlas


def find(column: float, row: float, *actors: Actor, day: date = date(2026, 11, 23)) -> YourRelay:
    point = at(column, row).point
    assert point is not None
    return RelayFinder(atlas(*actors, day=day)).find(point.lon, point.lat)


def test_a_covered_street_has_its_relay_and_its_partner() -> None:
    found = find(0.5, 1.5)
    assert (found.relay.id, found.partner.id, found.nearest) == ("links", "huis", None)
    assert found.where.neighbourhood == "links"


def test_beside_it_the_nearest_is_named_with_the_metres_to_its_border() -> None:
    found = find(1.5, 1.5)
    assert (found.relay, found.nearest.id) == (None, "links")
    assert found.metres == pytest.approx(50, abs=0.5)
    assert found.nearest_partner.id == "huis"


def test_the_welfare_centre_is_that_of_the_municipality() -> None:
    here = actor("cpas", categories=("public-welfare-centre",), places=(at(2.5, 2.5),))
    other = actor("ocmw", categories=("public-welfare-centre",), places=(at(2.5, 0.5),))
    assert [one.id for one in find(1.5, 1.5, here, other).welfare] == ["cpas"]


def test_outside_the_map_it_is_said() -> None:
    found = find(50, 50)
    assert not found.inside
    assert found.nearest.id == "links"


def test_before_there_was_a_relay_there_is_none() -> None:
    found = find(0.5, 1.5, day=date(2020, 1, 1))
    assert (found.relay, found.nearest, found.metres) == (None, None, None)
