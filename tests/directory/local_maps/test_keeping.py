"""Local maps as they are kept: versions, two editors, whose they are, and who leaves them."""

from datetime import date
from typing import Any

import pytest

from directory.actors import Actor, Status
from directory.clock import today
from directory.commands import Author, Commands
from directory.consent import withdraw
from directory.local_maps import LocalMap, Maker, Part
from directory.people import Grounds
from directory.store import ConflictError, Kind, Store
from directory.store.rows import facts_of
from geo.errors import BadInputError
from tests.drawn import grid_territory
from tests.records import LEFT, actor, at

BY = Author("Test")
CORNERS = [at(*corner).point for corner in ((0.2, 0.2), (2.8, 0.2), (2.8, 0.8), (0.2, 0.8))]


def made(**given: Any) -> LocalMap:
    known: dict[str, Any] = {
        "id": "kaart",
        "neighbourhood_id": "links",
        "titles": {"fr": "Les Gauches", "nl": "Links"},
        "made_on": date(2026, 11, 27),
        "author": "Relais",
    }
    return LocalMap.model_validate(known | given)


@pytest.fixture
def filled(commands: Commands) -> Commands:
    commands.save([LEFT, actor("livres"), actor("dokter")], by=BY)
    return commands


def test_a_map_comes_back_as_it_went_in(store: Store, filled: Commands, database_url: str) -> None:
    told = made(
        neighbourhood_id="",
        area=CORNERS,
        introductions={"fr": "Une ligne\nune autre", "ar": "هنا"},
        languages=("fr", "nl", "ar"),
        categories=("pharmacy", "library"),
        with_actors=("livres",),
        without_actors=("dokter",),
        order="north",
        parts=("phone", "address"),
        accent="care",
        signs="number",
        makers=[{"name": "Huis", "logo": "a" * 64}, {"name": "Relais"}],
    )
    filled.save([told], by=BY)
    for found in (store.directory(), Store(database_url).directory()):
        kept = found.local_maps["kaart"]
        assert kept == told.model_copy(update={"version": 1})
        assert kept.parts == (Part.ADDRESS, Part.PHONE)
        assert kept.makers[1] == Maker(name="Relais")


def test_two_who_change_it_at_once_are_told(store: Store, filled: Commands) -> None:
    filled.save([made()], by=BY)
    read = store.directory().local_maps["kaart"]
    filled.save([read.model_copy(update={"accent": "care"})], by=Author("Ann"))
    with pytest.raises(ConflictError, match="changed meanwhile"):
        filled.save([read.model_copy(update={"accent": "school"})], by=Author("Bo"))
    filled.archive(Kind.LOCAL_MAP, "kaart", by=BY)
    assert store.directory().local_maps["kaart"].status is Status.ARCHIVED
    told = store.history(Kind.LOCAL_MAP, "kaart")
    assert [(one.version, one.author) for one in told] == [(1, "Test"), (2, "Ann"), (3, "Test")]


def test_a_map_of_a_neighbourhood_nobody_knows_is_refused(filled: Commands) -> None:
    with pytest.raises(BadInputError):
        filled.save([made(neighbourhood_id="rechts")], by=BY)


def test_a_drawn_area_lies_in_every_neighbourhood_it_touches(
    store: Store, filled: Commands
) -> None:
    del filled
    found = Grounds(grid_territory(), store.directory(), today())
    assert found.neighbourhoods(Kind.LOCAL_MAP, facts_of(made())) == {"links"}
    drawn = made(neighbourhood_id="", area=CORNERS)
    assert found.neighbourhoods(Kind.LOCAL_MAP, facts_of(drawn)) == {"links"}
    beside = [at(*corner).point for corner in ((1.2, 0.2), (2.8, 0.2), (2.8, 0.8))]
    away = made(neighbourhood_id="", area=beside)
    assert found.neighbourhoods(Kind.LOCAL_MAP, facts_of(away)) == frozenset()


def test_who_is_erased_leaves_the_maps_and_their_history(store: Store, filled: Commands) -> None:
    consent = {"given_on": "2026-01-01", "ends_on": "2099-01-01"}
    resident: Actor = actor("marie", kind="resident", consent=consent)
    filled.save([resident], by=BY)
    filled.save(
        [
            made(with_actors=("marie", "livres")),
            made(id="other", without_actors=("marie",)),
        ],
        by=BY,
    )
    withdraw(store, filled, "marie", by=BY)
    maps = store.directory().local_maps
    assert (maps["kaart"].with_actors, maps["kaart"].version) == (("livres",), 2)
    assert maps["other"].without_actors == ()
    for key in maps:
        for change in store.history(Kind.LOCAL_MAP, key):
            assert "marie" not in str((change.before, change.after))
