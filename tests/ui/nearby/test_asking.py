from dataclasses import replace

import pytest

from tests.ui.nearby.conftest import degrees
from ui.nearby.asking import Asked, ask
from ui.nearby.ground import Ground


def written(ground: Ground, text: str) -> Asked:
    return ask(ground, {"kind": "text", "text": text}, "fr")


def test_an_address_is_a_point_with_a_name(ground: Ground) -> None:
    asked = written(ground, "hoogstraat 2, 1000")
    assert asked.origin is not None
    assert asked.origin.label == "Rue Haute 2, 1000 Bruxelles"
    assert (asked.origin.lon, asked.origin.lat) == pytest.approx(degrees(0.2, 1.5), abs=1e-6)


def test_two_streets_of_one_name_are_a_question(ground: Ground) -> None:
    asked = written(ground, "rue de l'eglise 1")
    assert asked.origin is None
    assert [one.label for one in asked.choices] == [
        "Rue de l'Eglise 1, 1000 Bruxelles",
        "Rue de l'Eglise 1, 1070 Anderlecht",
    ]


def test_a_place_of_the_directory_will_do(ground: Ground) -> None:
    asked = written(ground, "huis links")
    assert asked.origin is not None
    assert asked.origin.label == "Maison des Gauches"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Write a street"),
        ("🙂🏠", "Write a street"),
        ("1070", "too large"),
        ("Anderlecht", "too large"),
        ("Veldstraat 82, 9000 Gent", "outside"),
        ("xqzkw jjjj", "No street or place here"),
        ("Rue Perdue 3", "not where it lies"),
        ("a" * 5_000, "No street or place here"),
        ("<script>alert(1)</script>", "No street or place here"),
    ],
)
def test_what_is_no_address_gets_a_kind_sentence(ground: Ground, text: str, sentence: str) -> None:
    asked = written(ground, text)
    assert asked.origin is None
    assert not asked.choices
    assert sentence in asked.sentence


def test_an_address_of_another_city_is_a_question(ground: Ground) -> None:
    asked = written(ground, "Rue Haute 2, Liège")
    assert asked.origin is None
    assert "liege" in asked.sentence
    assert [one.label for one in asked.choices] == ["Rue Haute 2, 1000 Bruxelles"]


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"kind": "position", "error": "denied"}, "may not tell"),
        ({"kind": "position", "error": "timeout"}, "could not find"),
        ({"kind": "position", "lon": 4.35, "lat": 50.84, "accuracy_m": 3000}, "3000 metres"),
        ({"kind": "position", "lon": "x", "lat": None}, "could not be read"),
        ({"kind": "map", "lon": 1e9, "lat": float("nan")}, "could not be read"),
        (["hello"], "could not be read"),
    ],
)
def test_a_position_that_cannot_be_used_is_told(
    ground: Ground, told: object, sentence: str
) -> None:
    asked = ask(ground, told, "fr")
    assert asked.origin is None
    assert sentence in asked.sentence


def test_a_position_and_a_press_on_the_map_are_points(ground: Ground) -> None:
    asked = ask(ground, {"kind": "position", "lon": 4.35, "lat": 50.84, "accuracy_m": 20}, "fr")
    assert asked.origin is not None
    assert (asked.origin.label, asked.origin.accuracy_m) == ("", 20)


def test_without_a_list_of_streets_places_and_quarters_serve(ground: Ground) -> None:
    bare = replace(ground, geocoder=None)
    assert written(bare, "maison des gauches").origin is not None
    assert "No list of streets" in written(bare, "Rue Haute 2").sentence


def test_a_known_street_of_an_unknown_city_is_not_taken_for_ours(ground: Ground) -> None:
    asked = written(ground, "Rue Perdue 3, Liège")
    assert asked.origin is None
    assert "liege" in asked.sentence
