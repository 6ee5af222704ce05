"""The directory on the territory, as the public sees it."""

from dataclasses import replace
from datetime import date

from directory.actors import ActorKind, Consent, Status
from directory.atlas import NOWHERE, Atlas, Whereabouts
from directory.contacts import Visibility
from directory.places import Place, Precision
from directory.secrecy import public_contacts
from tests.drawn import code
from tests.records import LEFT, actor, at, atlas, phone


def test_sector_neighbourhood_and_municipality_follow_from_the_point():
    found = atlas(actor("left", places=(at(0.5, 1.5),)), actor("right", places=(at(2.5, 0.5),)))
    assert found.whereabouts["left"] == Whereabouts(code(0, 1), "links", "21004")
    assert found.whereabouts["right"] == Whereabouts(code(2, 0), None, "21001")


def test_outside_the_territory_and_without_a_place_nothing_is_known():
    found = atlas(actor("far", places=(at(50, 50),)), actor("lost", places=()))
    assert found.whereabouts == {"far": NOWHERE, "lost": NOWHERE}


def test_a_place_known_as_a_quarter_has_no_sector():
    place = Place(precision=Precision.NEIGHBOURHOOD, area="links")
    found = atlas(actor("quarter", places=(place,)))
    where = found.whereabouts["quarter"]
    assert (where.sector, where.neighbourhood) == (None, "links")
    assert where.municipality is None, "the quarter lies in two municipalities"


def test_the_public_sees_what_is_published():
    hidden = [actor(status.value, status=status) for status in Status]
    assert list(atlas(*hidden).actors) == ["published"]


def test_a_resident_is_seen_only_while_consent_lasts():
    consent = Consent(given_on=date(2026, 1, 1), ends_on=date(2026, 6, 30))
    resident = actor("resident", kind=ActorKind.RESIDENT, consent=consent)
    assert "resident" in atlas(resident, day=date(2026, 6, 30)).actors
    assert "resident" not in atlas(resident, day=date(2026, 7, 1)).actors
    assert "resident" not in atlas(resident, day=date(2025, 12, 31)).actors


def test_contacts_for_relays_are_not_public():
    contacts = [phone(f"02 000 00 0{i}", visibility=v) for i, v in enumerate(Visibility)]
    assert [found.visibility for found in public_contacts(contacts)] == [Visibility.PUBLIC]


def test_search_knows_the_names_of_the_areas_and_categories_in_every_language():
    found = atlas(actor("fleuristes"))
    for words in ("pharmacie gauches", "apotheek links", "fleuristes anderlecht", "Fleuriste"):
        assert [key for key, _ in found.index.find(words)] == ["fleuristes"], words


def test_names_of_areas_are_told_in_the_readers_language():
    found = atlas()
    assert found.neighbourhood_name("links", "nl") == "Links"
    assert found.neighbourhood_name("links", "en") == "Les Gauches"
    assert found.municipality_name("21004", "nl") == "Brussel"
    assert found.sector_name(code(1, 1), "fr") == "Case 1.1"
    assert found.sector_name(None, "fr") == found.municipality_name("99999", "fr") == ""


def test_a_neighbourhood_has_the_sectors_of_the_day() -> None:
    now = atlas()
    changed = LEFT.from_day(date(2027, 1, 1), [code(1, 1)])
    directory = replace(now.directory, neighbourhoods={LEFT.id: changed})
    today, later = (Atlas(directory, now.territory, day) for day in (now.day, date(2027, 1, 1)))
    assert today.neighbourhoods[LEFT.id] == LEFT
    assert set(today.neighbourhood_of_sector) == set(LEFT.sectors)
    assert later.neighbourhood_of_sector == {code(1, 1): LEFT.id}
