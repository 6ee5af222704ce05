"""Who is on a local map, and under which number."""

from datetime import date
from typing import Any

import pytest

from directory.atlas import Atlas
from directory.directory import Directory
from directory.local_maps import LocalMap, Order
from directory.local_maps.numbering import houses, numbered
from directory.places import Address, Place
from directory.texts import Texts
from tests.drawn import grid_territory
from tests.records import DAY, LEFT, actor, at


def street(place: Place, name: str, number: str) -> Place:
    address = Address(street=Texts({"fr": name}), number=number)
    return place.model_copy(update={"address": address})


ACTORS = (
    actor("south", places=(street(at(0.5, 0.5), "Rue B", "10"),)),
    actor("same-house", categories=("library",), places=(street(at(0.5, 0.5), "Rue B", "2"),)),
    actor("north", places=(street(at(0.5, 2.5), "Rue A", "1"),), names=Texts({"fr": "Étoile"})),
    actor("second-place", places=(at(2.5, 2.5), at(0.6, 1.5))),
    actor("away", places=(at(2.5, 0.5),)),
    actor("secret", places=(at(0.5, 1.5),), secret_place=True),
    actor("draft", status="draft"),
)


def atlas() -> Atlas:
    directory = Directory(actors={each.id: each for each in ACTORS}, neighbourhoods={LEFT.id: LEFT})
    return Atlas(directory, grid_territory(), DAY)


def made(**given: Any) -> LocalMap:
    known: dict[str, Any] = {
        "id": "kaart",
        "neighbourhood_id": "links",
        "titles": Texts({"fr": "Les Gauches"}),
        "languages": ("fr", "nl"),
        "made_on": date(2026, 11, 27),
        "author": "Relais",
    }
    if "area" in given:
        known["neighbourhood_id"] = ""
    return LocalMap.model_validate(known | given)


def ids(local_map: LocalMap) -> list[str]:
    found = numbered(local_map, atlas())
    assert [line.number for line in found.lines] == list(range(1, len(found.lines) + 1))
    return [line.actor.id for line in found.lines]


def test_by_category_then_by_name_as_the_alphabet_has_it() -> None:
    assert ids(made()) == ["same-house", "north", "second-place", "secret", "south"]


def test_from_north_to_south_and_by_street_what_has_no_place_comes_last() -> None:
    assert ids(made(order=Order.NORTH)) == [
        "north",
        "second-place",
        "same-house",
        "south",
        "secret",
    ]
    assert ids(made(order=Order.STREET)) == [
        "north",
        "same-house",
        "south",
        "second-place",
        "secret",
    ]


def test_the_place_within_the_area_is_shown_and_a_secret_one_has_no_point() -> None:
    lines = {line.actor.id: line for line in numbered(made(), atlas()).lines}
    assert lines["second-place"].point == at(0.6, 1.5).point
    assert lines["secret"].point is None
    assert lines["secret"].house == ""


def test_categories_narrow_and_actors_are_taken_and_left_one_by_one() -> None:
    assert ids(made(categories=("library",))) == ["same-house"]
    assert ids(made(categories=("library",), with_actors=("away",))) == ["same-house", "away"]
    assert "south" not in ids(made(without_actors=("south",)))


def test_who_was_named_and_is_not_public_any_more_is_told() -> None:
    assert numbered(made(with_actors=("draft", "nobody")), atlas()).gone == ("draft", "nobody")


def test_an_own_area_holds_what_lies_in_it() -> None:
    corners = [at(*each).point for each in ((0, 0), (1, 0), (1, 1), (0, 1))]
    assert ids(made(area=corners)) == ["same-house", "south"]


def test_a_neighbourhood_that_is_gone_shows_nothing() -> None:
    found = numbered(made(neighbourhood_id="nowhere"), atlas())
    assert found.lines == ()
    assert found.area.is_empty


@pytest.mark.parametrize("order", list(Order))
def test_doors_are_shared_by_those_at_the_same_point(order: Order) -> None:
    found = houses(numbered(made(order=order), atlas()).lines)
    assert sorted(len(each) for each in found.values()) == [1, 1, 2]
