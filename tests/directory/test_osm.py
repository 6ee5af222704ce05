import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.actors import ActorKind, Wheelchair
from directory.categories import CATEGORIES, OUTSIDE
from directory.contacts import ContactKind
from directory.osm import (
    LICENCE,
    Feature,
    Reading,
    actor_id,
    categories_of,
    main_tag,
    object_reference,
    read_place,
    stable_key,
    wanted_tags,
)
from directory.osm_contacts import read_contacts
from directory.osm_names import read_name, read_street

DAY = date(2026, 11, 23)


def read(reference: str = "node/1", lon: float = 4.35, lat: float = 50.84, **tags: str) -> Reading:
    named = {key.replace("__", ":"): value for key, value in tags.items()}
    return read_place(
        Feature(tags=named, lon=lon, lat=lat, reference=reference),
        read_on=DAY,
    )


def test_a_pharmacy_becomes_an_actor_with_all_that_is_known() -> None:
    actor = read(
        name="Pharmacie du Peterbos - Apotheek van de Peterbos",
        name__fr="Pharmacie du Peterbos",
        name__nl="Apotheek van de Peterbos",
        amenity="pharmacy",
        healthcare="pharmacy",
        addr__street="Route de Lennik - Lennikse Baan",
        addr__housenumber="906",
        addr__postcode="1070",
        addr__city="Anderlecht",
        contact__phone="+32 2 522 53 80",
        opening_hours="Mo-Fr 09:00-18:00",
        wheelchair="limited",
        language__fr="yes",
        language__nl="yes",
        language__en="no",
        check_date="2026-01-01",
    ).actor
    assert actor is not None
    assert actor.id == "osm-node-1"
    assert actor.names.root == {"fr": "Pharmacie du Peterbos", "nl": "Apotheek van de Peterbos"}
    assert actor.categories == ("pharmacy",)
    assert actor.kind is ActorKind.PROFESSIONAL
    address = actor.places[0].address
    assert address.street.root == {"fr": "Route de Lennik", "nl": "Lennikse Baan"}
    assert (address.number, address.postcode) == ("906", "1070")
    assert actor.places[0].point is not None
    assert (actor.places[0].point.lon, actor.places[0].point.lat) == (4.35, 50.84)
    assert actor.languages == ("fr", "nl")
    assert actor.hours == "Mo-Fr 09:00-18:00"
    assert actor.wheelchair is Wheelchair.LIMITED
    assert (actor.verified_on, actor.verified_by) == (None, "")
    assert actor.source.licence == LICENCE
    assert actor.source.reference == "node/1"
    assert actor.source.url == "https://www.openstreetmap.org/node/1"
    assert actor.source.read_on == DAY


def test_what_nobody_said_stays_unknown() -> None:
    actor = read(name="X", amenity="library").actor
    assert actor is not None
    assert (actor.hours, actor.wheelchair, actor.languages, actor.contacts) == ("", None, (), ())
    assert not actor.places[0].address.street


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"amenity": "clinic", "name": 'Maison Médicale "Le Noyer"'}, ("medical-house",)),
        ({"amenity": "clinic", "name": "Wijkgezondheidscentrum MediKuregem"}, ("medical-house",)),
        ({"amenity": "clinic", "name": "Fond'Roy", "healthcare:speciality": "psychiatry"},
         ("mental-health",)),
        ({"amenity": "clinic", "name": "Planning familial Josaphat"}, ("family-planning",)),
        ({"amenity": "kindergarten", "name": "Crèche Lily"}, ("childcare",)),
        ({"amenity": "kindergarten", "name": "École maternelle La Clé"}, ("education",)),
        ({"amenity": "kindergarten", "name": "Basisschool De Bron"}, ("education",)),
        ({"amenity": "community_centre", "name": "Maxima"}, ("community-house",)),
        ({"amenity": "community_centre", "name": "Jeugdhuis De Kuub"}, ("youth-house",)),
        ({"amenity": "community_centre", "name": "GC De Kroon"}, ("cultural-centre",)),
        ({"amenity": "social_facility", "social_facility": "food_bank", "shop": "convenience"},
         ("social-grocery",)),
        ({"amenity": "police", "office": "government"}, ("police",)),
        ({"amenity": "school", "name": "École de promotion sociale"}, ("after-school",)),
    ],
)  # fmt: skip
def test_tags_lead_to_the_category_that_asks_for_most(
    tags: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert categories_of(tags) == (expected, "")


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"amenity": "bank"}, "money"),
        ({"amenity": "dentist"}, "practice"),
        ({"amenity": "clinic", "name": "Polyclinique du Midi"}, "practice"),
        ({"amenity": "hospital", "healthcare": "hospital"}, "hospital"),
        ({"amenity": "place_of_worship"}, "worship"),
        ({"amenity": "theatre"}, "stage"),
        ({"amenity": "university"}, "education"),
        ({"amenity": "library", "operator": "ULB"}, "education"),
        ({"amenity": "community_centre", "community_centre": "events_venue"}, "hall"),
        ({"amenity": "fountain"}, "no category"),
        ({}, "no category"),
    ],
)
def test_what_the_vocabulary_does_not_hold_has_a_reason(tags: dict[str, str], why: str) -> None:
    found, outside = categories_of(tags)
    assert found == ()
    assert why in outside


def test_a_place_without_a_name_is_not_imported() -> None:
    assert read(amenity="pharmacy").unmapped == "it has no name"
    assert read(amenity="pharmacy", name=" \u202e\x00 ").unmapped == "it has no name"


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"name": "Multipharma"}, {"und": "Multipharma"}),
        ({"name": "A - B", "name:fr": "A", "name:nl": "B"}, {"fr": "A", "nl": "B"}),
        ({"name": "B - A", "name:fr": "A", "name:nl": "B"}, {"fr": "A", "nl": "B"}),
        ({"name": "Zaal Noord - Salle Nord"}, {"fr": "Salle Nord", "nl": "Zaal Noord"}),
        ({"name": "Théâtre Varia - Petite Salle"}, {"und": "Théâtre Varia - Petite Salle"}),
        ({"name": "Regina Caelilyceum - Kleuterschool"},
         {"und": "Regina Caelilyceum - Kleuterschool"}),
        ({"name": "Pogge", "name:fr": "Pharmacie de Pogge"},
         {"fr": "Pharmacie de Pogge", "und": "Pogge"}),
        ({"name": "X", "name:fr": "X"}, {"fr": "X"}),
        ({"name": "X", "name:etymology": "Y", "name:prefix": "Z"}, {"und": "X"}),
        ({"name:en": "Only English"}, {"en": "Only English"}),
    ],
)  # fmt: skip
def test_names_go_to_their_language_only_where_it_is_sure(
    tags: dict[str, str], expected: dict[str, str]
) -> None:
    assert read_name(tags).root == expected


@pytest.mark.parametrize(
    ("street", "expected"),
    [
        ("Grote Baan - Grand'Route", {"fr": "Grand'Route", "nl": "Grote Baan"}),
        ("Place de l'Église - Kerkplein", {"fr": "Place de l'Église", "nl": "Kerkplein"}),
        ("Kosterstraat", {"nl": "Kosterstraat"}),
        ("Rue Haute", {"fr": "Rue Haute"}),
        ("Carrefour X - Y", {"und": "Carrefour X - Y"}),
        ("", {}),
    ],
)
def test_streets_are_told_by_their_words(street: str, expected: dict[str, str]) -> None:
    assert read_street(street).root == expected


@pytest.mark.parametrize(
    ("tags", "values", "dropped"),
    [
        ({"phone": "02/529 00 00"}, ["+32 2 529 00 00"], []),
        ({"phone": "+32 2 854 10 20;+32 2 854 13 89"}, ["+32 2 854 10 20", "+32 2 854 13 89"], []),
        ({"phone": "+32 2 529 00 00", "contact:phone": "025290000"}, ["+32 2 529 00 00"], []),
        ({"phone": "+33 1 42 68 53 00"}, ["+33 1 42 68 53 00"], []),
        ({"phone": "12"}, [], ["phone"]),
        ({"phone": "tel:javascript:alert(1)"}, [], ["phone"]),
        ({"email": "info@example.be"}, ["info@example.be"], []),
        ({"email": "nobody"}, [], ["email"]),
        ({"website": "www.bordet.be"}, ["https://www.bordet.be"], []),
        ({"website": "http://bordet.be/a;b?c=1"}, ["http://bordet.be/a;b?c=1"], []),
        ({"website": "javascript:alert(1)"}, [], ["website"]),
        ({"website": "javascript://bordet.be/%0aalert(1)"}, [], ["website"]),
        ({"website": "https://user@evil.example"}, [], ["website"]),
        ({"website": 'https://a.be/"onmouseover=x'}, [], ["website"]),
        ({"website": "data:text/html,x"}, [], ["website"]),
        ({"website": "http://[::1"}, [], ["website"]),
        ({"website": "https://bor\u202edet.be"}, ["https://bordet.be"], []),
    ],
)  # fmt: skip
def test_contacts_are_made_uniform_or_left_out(
    tags: dict[str, str], values: list[str], dropped: list[str]
) -> None:
    contacts, lost = read_contacts(tags)
    assert [contact.value for contact in contacts] == values
    assert lost == dropped


def test_public_operators_make_a_public_service() -> None:
    kinds = [
        read(name="A", amenity="police").actor,
        read(name="A", amenity="school", operator="Commune d'Evere - Gemeente Evere").actor,
        read(name="A", amenity="school", operator__type="public").actor,
        read(name="A", amenity="school", operator="Foyer asbl").actor,
    ]
    assert [actor and actor.kind.value for actor in kinds] == [
        *["public_service"] * 3,
        "organisation",
    ]


@pytest.mark.parametrize(
    ("lon", "lat", "why"),
    [(50.84, 4.35, "swapped"), (2.35, 48.85, "outside Belgium"), (0, 0, "outside Belgium")],
)
def test_a_point_elsewhere_is_refused(lon: float, lat: float, why: str) -> None:
    assert why in read(name="X", amenity="library", lon=lon, lat=lat).refused


def test_references_lead_to_stable_ids() -> None:
    assert actor_id("relation/7") == "osm-relation-7"
    feature = Feature(tags={"name": "Église", "amenity": "school"}, lon=4.30001, lat=50.80001)
    assert stable_key(feature) == "amenity=school|eglise|4.3000,50.8000|1"
    assert actor_id(stable_key(feature)) == actor_id(stable_key(feature))
    assert actor_id(stable_key(feature)) != actor_id(stable_key(feature, 2))
    for given_reference in ("node/", "nodes/1", "node/1x", 12, None, "node/" + "1" * 30):
        assert object_reference(given_reference) == ""


def test_hostile_values_become_text_or_a_reason() -> None:
    markup = "<img src=x onerror=alert(1)>{{7*7}}\u202e"
    actor = read(name=markup, amenity="library", description=markup, opening_hours=markup).actor
    assert actor is not None
    assert actor.names.best("fr") == markup[:-1]
    assert "300 characters" in read(name="x" * 10_000, amenity="library").refused
    long = read(name="X", amenity="library", opening_hours="x" * 10_000, addr__street="y" * 10_000)
    assert long.dropped == ("addr:street", "opening_hours")
    assert len(main_tag({"amenity": "<b>\n" * 1000})) < 50


KEYS = ["name", "name:fr", "amenity", "website", "phone", "email", "addr:street", "opening_hours",
        "wheelchair", "language:fr", "operator", "healthcare", "description:nl"]  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(KEYS) | st.text(max_size=10),
        st.text(max_size=60) | st.sampled_from(["library", "pharmacy", "clinic", "yes"]),
    ),
    st.floats(allow_nan=False),
    st.floats(allow_nan=False),
)
def test_no_feature_raises(tags: dict[str, str], lon: float, lat: float) -> None:
    for place in ((lon, lat), (4.35, 50.84)):
        found = read_place(Feature(tags=tags, lon=place[0], lat=place[1], reference="node/1"))
        assert [bool(found.actor), bool(found.unmapped), bool(found.refused)].count(True) == 1
        if found.actor:
            websites = [c for c in found.actor.contacts if c.kind is ContactKind.WEBSITE]
            assert all(c.value.lower().startswith(("http://", "https://")) for c in websites)


def test_every_expression_can_be_understood_and_asked_for() -> None:
    asked = wanted_tags()
    assert {"clinic", "pharmacy", "school"} <= set(asked["amenity"])
    assert "bank" not in asked["amenity"]
    for record in (*CATEGORIES.values(), *OUTSIDE):
        for expression in record.osm:
            categories_of({"name": expression})


@pytest.mark.official
def test_the_real_places_of_brussels(official_data: Path) -> None:
    found = json.loads((official_data / "osm_brussels_places.geojson").read_text(encoding="utf-8"))
    categories: Counter[str] = Counter()
    outcome: Counter[str] = Counter()
    for row in found["features"]:
        lon, lat = row["geometry"]["coordinates"]
        reading = read_place(Feature(tags=row["properties"], lon=lon, lat=lat, reference="node/1"))
        outcome["mapped" if reading.actor else "unmapped" if reading.unmapped else "refused"] += 1
        categories.update(reading.actor.categories if reading.actor else ())
    assert outcome == {"mapped": 1081, "unmapped": 706}
    assert categories["pharmacy"] == 237
    assert categories["medical-house"] == 31
