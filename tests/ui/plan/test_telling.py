"""What a local map tells, in whose language, of whom."""

import json
from datetime import date
from typing import Any

import pytest

from directory.actors import Status
from directory.local_maps import Order, Part
from directory.places import Address
from directory.texts import Texts
from tests.records import DAY, RELAY, at, atlas, phone
from tests.records import actor as made
from tests.ui.plan.records import NOON, local_map, some
from ui.plan.telling import plan_of


def entries(plan: dict[str, Any]) -> list[dict[str, Any]]:
    found = [entry for section in plan["sections"] for entry in section["entries"]]
    return sorted(found, key=lambda entry: entry["number"])


def names(plan: dict[str, Any]) -> list[str]:
    return [entry["name"]["text"] for entry in entries(plan)]


def test_it_tells_who_is_there_under_which_number() -> None:
    plan = plan_of(local_map(), atlas(*some()), "fr", NOON)
    assert plan["title"] == {"text": "Les Gauches", "lang": "fr", "dir": "ltr"}
    assert plan["introduction"]["paragraphs"] == ["Qui aide ?", "Ici."]
    assert [(entry["number"], entry["name"]["text"]) for entry in entries(plan)] == [
        (1, "Dokter A"),
        (2, "Dokter B"),
        (3, "Bibliothèque"),
    ]
    assert [section["title"] for section in plan["sections"]] == [
        "Maisons médicales",
        "Bibliothèques communales",
    ]
    assert [house["numbers"] for house in plan["houses"]] == [[1, 2], [3]]
    assert plan["count"] == "3 lieux"


def test_it_speaks_the_reader_s_language() -> None:
    plan = plan_of(local_map(), atlas(*some()), "nl", NOON)
    assert plan["title"]["text"] == "Links"
    assert names(plan)[2] == "Boekerij"
    assert plan["relays"][0]["name"] == "Relais Links"
    assert plan["words"]["print"] == "Afdrukken"


def test_a_language_the_screens_do_not_speak_has_its_own_title_and_direction() -> None:
    told = local_map(titles={"fr": "Les Gauches", "ar": "اليسار"}, languages=("ar", "nl"))
    plan = plan_of(told, atlas(*some()), "ar", NOON)
    assert (plan["dir"], plan["words_in"]) == ("rtl", "nl")
    assert plan["title"] == {"text": "اليسار", "lang": "ar", "dir": "rtl"}
    assert plan["words"]["print"] == "Afdrukken"
    assert [one["code"] for one in plan["languages"]] == ["ar", "nl", "fr", "en"]
    assert plan["languages"][0]["name"] == "العربية"


def test_hours_are_told_now_or_as_they_are() -> None:
    now = entries(plan_of(local_map(), atlas(*some()), "en", NOON))[2]
    assert (now["state"], now["state_told"]) == ("open", "Open now, until 17:00")
    kept = entries(plan_of(local_map(), atlas(*some()), "en", NOON, present=False))[2]
    assert (kept["state"], kept["state_told"]) == ("", "")
    assert kept["hours"] == now["hours"]
    assert kept["hours"]


@pytest.mark.parametrize(
    ("part", "key", "empty"),
    [
        (Part.PHONE, "links", []),
        (Part.HOURS, "hours", []),
        (Part.LINE, "line", None),
    ],
)
def test_a_part_left_out_is_not_told(part: Part, key: str, empty: object) -> None:
    whole = entries(plan_of(local_map(), atlas(*some()), "fr", NOON))[2]
    told = local_map(parts=[one for one in Part if one is not part])
    assert whole[key] != empty
    assert entries(plan_of(told, atlas(*some()), "fr", NOON))[2][key] == empty


def test_only_public_contacts_are_told() -> None:
    text = json.dumps(plan_of(local_map(), atlas(*some()), "fr", NOON))
    assert "+32 2 511 00 00" in text
    assert "999" not in text


def test_a_secret_place_has_no_point_and_no_street() -> None:
    street = Address(street=Texts({"fr": "Rue Cachée"}), number="7")
    hidden = made(
        "refuge",
        names={"fr": "Refuge"},
        secret_place=True,
        places=(at(0.5, 0.5).model_copy(update={"address": street}),),
    )
    plan = plan_of(local_map(), atlas(hidden), "fr", NOON)
    assert names(plan) == ["Refuge"]
    assert plan["houses"] == []
    assert "Cachée" not in json.dumps(plan, ensure_ascii=False)
    assert "cachee" not in json.dumps(plan)
    assert plan["sections"][-1]["title"] == "Sans lieu fixe, ou lieu non communiqué"
    assert entries(plan)[0]["address"] == "Les Gauches"


def test_one_who_is_not_to_be_contacted_is_asked_for_by_the_relay() -> None:
    found = made("x", do_not_contact=True, contacts=(phone("+32 2 511 00 00"),))
    entry = entries(plan_of(local_map(), atlas(found), "en", NOON))[0]
    assert entry["links"] == []
    assert entry["ask_relay"] == "Please do not contact directly; ask the relay."


def test_an_empty_map_and_one_without_a_neighbourhood_say_so() -> None:
    empty = plan_of(local_map(), atlas(), "fr", NOON)
    assert (empty["nobody"], empty["nowhere"], empty["sections"]) == (True, False, [])
    gone = local_map(neighbourhood_id="weg", with_actors=["livres"])
    plan = plan_of(gone, atlas(*some()), "fr", NOON)
    assert (plan["nowhere"], plan["rings"], names(plan)) == (True, [], ["Bibliothèque"])
    assert plan["relays"] == []


def test_an_actor_archived_since_is_on_it_no_more() -> None:
    archived = [
        one.model_copy(update={"status": Status.ARCHIVED}) if one.id == "livres" else one
        for one in some()
    ]
    told = local_map(with_actors=["livres"])
    assert names(plan_of(told, atlas(*archived), "fr", NOON)) == ["Dokter A", "Dokter B"]


def test_an_area_across_the_border_of_the_region_is_drawn_whole() -> None:
    corners = [at(c, r).point for c, r in ((-5, -5), (1, -5), (1, 9), (-5, 9))]
    area = [corner.model_dump() for corner in corners if corner]
    told = local_map(neighbourhood_id="", area=area)
    plan = plan_of(told, atlas(*some()), "fr", NOON)
    assert len(plan["rings"][0]) == 5
    assert names(plan) == ["Dokter A", "Dokter B", "Bibliothèque"]
    assert [relay["name"] for relay in plan["relays"]] == [RELAY.names.best("fr")]


def test_another_order_is_one_list_that_names_categories() -> None:
    plan = plan_of(local_map(order=Order.NORTH), atlas(*some()), "fr", NOON)
    assert [section["by_category"] for section in plan["sections"]] == [False]
    assert names(plan) == ["Bibliothèque", "Dokter A", "Dokter B"]


def test_sources_are_named_with_their_licence() -> None:
    plan = plan_of(local_map(), atlas(*some()), "fr", NOON)
    assert plan["sources"][0] == "drawn by hand"
    assert len(plan["sources"]) == 2


def test_it_is_pure() -> None:
    found = atlas(*some(), day=DAY)
    one = plan_of(local_map(), found, "fr", NOON)
    assert one == plan_of(local_map(), found, "fr", NOON)
    assert json.loads(json.dumps(one)) == one


def test_what_nobody_checked_for_long_is_told() -> None:
    old = made("x", verified_on=date(2025, 1, 1), places=(at(0.5, 0.5),))
    told = entries(plan_of(local_map(), atlas(old), "en", NOON))
    assert [entry["doubt"] for entry in told] == [
        "Not checked since 1 January 2025: call before you go."
    ]
