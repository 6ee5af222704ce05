"""What the public sees of a secret place, and of who asks not to be contacted."""

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError

from directory.activities import Activity, ActivityType
from directory.actors import Actor, ActorKind, Consent
from directory.atlas import Atlas
from directory.contacts import Visibility
from directory.guarding import guarded
from directory.places import Address, Place, Point, Precision
from directory.sources import Source
from directory.texts import Texts
from exchange.excerpt import excerpt
from exchange.table_rows import flat, restored, rows
from tests.records import DAY, SOURCE, actor, at, atlas, phone

CANARY = "Zyxwerk"
STREET = Texts({"fr": f"Rue {CANARY}", "nl": f"{CANARY}straat"})


def shelter(**given: object) -> Actor:
    """A shelter in the left neighbourhood, which tells its street wherever it can."""
    place = at(0.5, 1.5).model_copy(update={"address": Address(street=STREET, number="7")})
    known: dict[str, object] = {
        "places": (place,),
        "secret_place": True,
        "descriptions": Texts({"fr": f"Au 7 de la RUE {CANARY}.", "nl": "Een veilige plek."}),
        "audience": Texts({"fr": f"Qui trouve la rue {CANARY}"}),
        "contacts": (phone("02 111 11 11", label=Texts({"nl": f"in de {CANARY}straat"})),),
        "source": Source(name="OpenStreetMap", url="https://osm.org/node/7", reference="node/7"),
    }
    return actor("refuge", **known | given)


def told(found: Atlas) -> str:
    """All the public is told of actors and activities, and every word of the index."""
    said = [one.model_dump_json() for one in (*found.actors.values(), *found.activities.values())]
    return "".join(said)


def test_a_secret_place_is_its_neighbourhood_and_nothing_of_it_tells_more():
    found = atlas(shelter())
    seen = found.actors["refuge"]
    assert seen.places == (Place(precision=Precision.NEIGHBOURHOOD, area="links"),)
    assert CANARY not in told(found)
    assert "node/7" not in told(found)
    assert seen.descriptions == Texts({"nl": "Een veilige plek."})
    assert found.whereabouts["refuge"].sector is None
    assert not found.index.find(CANARY)
    assert not found.index.find(f"rue {CANARY} 7")
    assert found.directory.actors["refuge"].places[0].point, "relays have all of it"


def test_outside_neighbourhoods_it_is_the_municipality_by_point_or_by_name():
    far = shelter(places=(at(2.5, 0.5),))
    assert atlas(far).actors["refuge"].places == (
        Place(precision=Precision.MUNICIPALITY, area="21001"),
    )
    address = Address(street=STREET, municipality=Texts({"nl": "brussel"}))
    named = shelter(places=(Place(precision=Precision.ADDRESS, address=address),))
    assert atlas(named).actors["refuge"].places[0].area == "21004"
    nowhere = shelter(places=(Place(precision=Precision.ADDRESS, address=Address(street=STREET)),))
    assert atlas(nowhere).actors["refuge"].places == ()


def test_a_sector_is_too_exact_for_a_secret_place():
    place = Place(precision=Precision.SECTOR, area=atlas().neighbourhoods["links"].sectors[0])
    assert atlas(shelter(places=(place,))).actors["refuge"].places[0].area == "links"


def test_several_places_in_one_neighbourhood_are_told_once():
    assert len(atlas(shelter(places=(at(0.5, 0.5), at(0.5, 1.5)))).actors["refuge"].places) == 1


def test_an_actor_without_a_secret_is_the_same_object():
    open_door = actor("open", contacts=(phone("02 1"),))
    assert atlas(open_door).actors["open"] is open_door


def test_an_activity_of_the_shelter_is_as_secret_as_its_place():
    activity = Activity(
        id="soiree",
        titles=Texts({"fr": f"Soirée rue {CANARY}", "nl": "Avond"}),
        descriptions=Texts({"fr": f"Sonnez rue {CANARY}"}),
        type=ActivityType.MARKET_STAND,
        place=shelter().places[0],
        actor_ids=("refuge",),
        source=SOURCE,
    )
    plain = atlas(shelter())
    for given, seen in (
        (activity, True),
        (activity.model_copy(update={"titles": Texts({"fr": f"Soirée rue {CANARY}"})}), False),
    ):
        held = replace(plain.directory, activities={given.id: given})
        found = Atlas(held, plain.territory, DAY)
        assert CANARY not in told(found)
        assert ("soiree" in found.activities) is seen
    assert found.activity_whereabouts == {}


@pytest.mark.parametrize(("ends", "seen"), [("2099-01-01", True), ("2026-01-01", False)])
def test_what_only_a_resident_hosts_is_public_as_long_as_they_consent(ends: str, *, seen: bool):
    home = shelter().places[0]
    consent = Consent.model_validate({"given_on": "2025-01-01", "ends_on": ends})
    resident = actor("fatima", kind=ActorKind.RESIDENT, consent=consent, places=(home,))
    alone = Activity(
        id="tea",
        titles=Texts({"nl": "Thee"}),
        type=ActivityType.MARKET_STAND,
        place=home,
        actor_ids=("fatima",),
        source=SOURCE,
    )
    shared = alone.model_copy(update={"id": "sewing", "actor_ids": ("fatima", "house")})
    plain = atlas(resident, actor("house"))
    held = replace(plain.directory, activities={"tea": alone, "sewing": shared})
    found = Atlas(held, plain.territory, DAY)
    assert ("tea" in found.activities) is seen
    assert (CANARY in told(found)) is seen
    assert "sewing" in found.activities


def test_a_name_that_tells_the_street_is_refused():
    with pytest.raises(ValidationError, match="name tells its street"):
        shelter(names=Texts({"fr": f"Refuge de la Rue {CANARY}"}))


def test_who_asks_not_to_be_contacted_has_a_website_and_no_phone():
    contacts = (
        phone("02 111 11 11"),
        phone("a@b.be", kind="email"),
        phone("https://b.be", kind="website"),
        phone("02 222 22 22", visibility=Visibility.RELAYS),
    )
    seen = atlas(actor("quiet", contacts=contacts, do_not_contact=True)).actors["quiet"]
    assert [one.value for one in seen.contacts] == ["https://b.be"]


def test_the_past_is_as_secret_as_the_present():
    consent = Consent(given_on=date(2026, 1, 1), ends_on=date(2026, 11, 22))
    was = atlas(
        shelter(secret_place=False, names=Texts({"nl": "Schuilplaats"})),
        actor("resident", kind=ActorKind.RESIDENT, consent=consent),
        actor("phone", contacts=(phone("02 333 33 33"),)),
        actor("same"),
    )
    kept = was.directory.actors
    now = {
        "refuge": kept["refuge"].model_copy(update={"secret_place": True}),
        "resident": kept["resident"],
        "phone": actor("phone", contacts=(phone("02 333 33 33", visibility=Visibility.ACTORS),)),
        "same": kept["same"],
    }
    then = guarded(was.directory, replace(was.directory, actors=now), DAY)
    seen = Atlas(then, was.territory, date(2026, 6, 1))
    assert set(seen.actors) == {"refuge", "phone", "same"}, "consent ended since"
    assert CANARY not in told(seen)
    assert "02 333" not in told(seen)
    same = {"same": kept["same"]}
    only = replace(was.directory, actors=same)
    assert guarded(only, only, DAY) is only


def test_a_name_of_then_that_tells_the_street_goes_with_it():
    was = atlas(shelter(secret_place=False, names=Texts({"fr": f"Rue {CANARY}, accueil"})))
    now = replace(was.directory, actors={"refuge": shelter()})
    assert guarded(was.directory, now, DAY).actors == {}


def test_points_are_nowhere_in_what_the_public_gets():
    point = shelter().places[0].point
    assert isinstance(point, Point)
    assert f"{point.lat:.5f}"[:8] not in told(atlas(shelter()))


def test_a_file_taken_along_and_brought_back_takes_no_secret_away():
    found = atlas(shelter(do_not_contact=True))
    stored = found.directory.actors["refuge"]
    (row,) = rows(excerpt(found, ["refuge"], "fr"))
    told = {header: "" if cell is None else str(flat(cell)) for header, cell in row.items()}
    assert CANARY not in str(told)
    assert restored(told, stored) == stored
