import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geocoding import Gazetteer, Geocoder, Query, Rung, StreetRow


def find(geocoder: Geocoder, text: str, **columns: str):
    return geocoder.find(Query(text=text, **columns))


def test_a_known_number_is_an_address(village: Geocoder) -> None:
    best = find(village, "Rue Haute 8 bte 3, 1000 Bruxelles").best
    assert (best.rung, best.number, best.box) == (Rung.ADDRESS, "8", "3")
    assert (best.lon, best.lat) == pytest.approx((4.3508, 50.84))


def test_columns_in_any_language(village: Geocoder) -> None:
    query = Query(street="Hoogstr.", number="3B", box="12", postcode="1000", municipality="Brussel")
    best = village.find(query).best
    assert (best.street_fr, best.number, best.box) == ("Rue Haute", "3B", "12")


def test_a_number_between_two_is_interpolated_on_its_side(village: Geocoder) -> None:
    answer = find(village, "Rue Haute 6, 1000")
    assert answer.rung is Rung.INTERPOLATED
    assert (answer.best.lon, answer.best.lat) == pytest.approx((4.3506, 50.84))
    assert [str(reason) for reason in answer.reasons] == ["Number 6 is unknown, between 4 and 8."]


def test_a_number_within_a_range_is_the_range(village: Geocoder) -> None:
    assert find(village, "Rue Haute 14, 1000").best.number == "12-16"


def test_a_number_past_the_end_is_the_street(village: Geocoder) -> None:
    answer = find(village, "Rue Haute 20, 1000")
    assert answer.rung is Rung.STREET
    assert "last one on its side is 12-16" in str(answer.reasons[0])
    far = find(village, "Rue Haute 900, 1000")
    assert far.rung is Rung.STREET


def test_an_unknown_letter_is_told(village: Geocoder) -> None:
    answer = find(village, "Rue Haute 8Z, 1000")
    assert answer.rung is Rung.ADDRESS
    assert str(answer.reasons[0]) == "Number 8Z is unknown, 8 is taken."


def test_two_equal_streets_are_a_question(village: Geocoder) -> None:
    answer = find(village, "Rue Dupont 3, 1000")
    assert answer.ambiguous
    assert {one.street_fr for one in answer.candidates} == {
        "Rue Joseph Dupont",
        "Rue Pierre Dupont",
    }
    assert answer.candidates[0].probability == pytest.approx(answer.candidates[1].probability)


def test_one_name_in_two_postcodes_is_a_question_until_a_number_decides(village: Geocoder) -> None:
    assert find(village, "Rue de l'Eglise 1").ambiguous
    decided = find(village, "Rue de l'Eglise 50")
    assert (decided.ambiguous, decided.best.postcode) == (False, "1060")
    assert find(village, "Rue de l'Eglise 1, Saint-Gilles").best.postcode == "1060"


def test_a_street_over_a_border_is_one(village: Geocoder) -> None:
    assert find(village, "Avenue Louise 331, 1050").best.municipality_fr == "Bruxelles"
    assert not find(village, "Avenue Louise, 1050").ambiguous


def test_a_wrong_postcode_is_told(village: Geocoder) -> None:
    answer = find(village, "Rue Haute 8, 1080")
    assert answer.best.postcode == "1000"
    assert "Not found in 1080, but in 1000 Bruxelles." in [str(one) for one in answer.reasons]


def test_an_address_elsewhere_is_turned_down_but_what_is_close_is_named(village: Geocoder) -> None:
    answer = find(village, "Rue Haute 8, 9000 Gent")
    assert (answer.rung, answer.best) == (Rung.NONE, None)
    assert [one.street_fr for one in answer.candidates] == ["Rue Haute"]


@pytest.mark.parametrize(
    "query",
    [
        Query(text="Rue Haute 8, Liège"),
        Query(text="Rue Haute 8 Gent"),
        Query(street="Rue Haute", number="8", municipality="Gent"),
    ],
)
def test_a_place_nobody_knows_here_is_a_question(village: Geocoder, query: Query) -> None:
    answer = village.find(query)
    assert answer.ambiguous
    assert answer.best.street_fr == "Rue Haute"
    assert "is no place known here: is it Rue Haute 1000 Bruxelles" in str(answer.reasons[-1])


@pytest.mark.parametrize(
    "text", ["Rue Haute 8 - Hoogstraat 8", "Rue Haute 8, Bruxeles", "Rue Haute 8, 1000 Gent"]
)
def test_a_second_name_a_slip_and_a_known_postcode_are_none(village: Geocoder, text: str) -> None:
    assert not find(village, text).ambiguous


def test_streets_without_postcode_do_not_hide_what_is_elsewhere() -> None:
    streets = [
        StreetRow("Rue Haute", "Hoogstraat", 1000, "Bruxelles", "Brussel"),
        StreetRow("Rue Basse", "Lagestraat", 0, "", ""),
    ]
    geocoder = Geocoder(Gazetteer.of(streets))
    assert find(geocoder, "Rue Haute 8, 9000 Gent").rung is Rung.NONE
    assert find(geocoder, "Rue Haute 8, Gent").ambiguous


def test_another_type_is_a_question(village: Geocoder) -> None:
    answer = find(village, "Place Blaes 3, 1000")
    assert answer.ambiguous
    assert answer.best.street_fr == "Rue Blaes"


@pytest.mark.parametrize(
    "text",
    ["coin rue Haute et rue Blaes", "hoek Hoogstraat / Blaesstraat", "Rue Haute / Rue Blaes, 1000"],
)
def test_a_corner_is_where_they_meet(village: Geocoder, text: str) -> None:
    answer = find(village, text)
    assert answer.rung is Rung.STREET
    assert str(answer.reasons[0]) == "The corner of Rue Haute and Rue Blaes."
    assert answer.best.lat == pytest.approx(50.84, abs=2e-4)


def test_streets_that_do_not_meet_are_a_question(village: Geocoder) -> None:
    answer = find(village, "coin rue Haute et avenue Louise")
    assert answer.ambiguous
    assert len(answer.candidates) == 2


def test_a_place_of_the_directory(village: Geocoder) -> None:
    for text in (
        "Buurthuis Bonnevie",
        "maison de quartier bonevie",
        "Maison de Quartier BONNEVIE, 1080",
    ):
        answer = find(village, text)
        assert (answer.rung, answer.best.place_id) == (Rung.PLACE, "p1")
    twice = find(village, "Bibliothèque communale")
    assert twice.ambiguous
    assert {one.place_id for one in twice.candidates} == {"b1", "b2"}


@pytest.mark.parametrize(
    ("text", "rung"),
    [("1080", Rung.POSTCODE), ("B-1080 Molenbeek", Rung.POSTCODE), ("Elsene", Rung.MUNICIPALITY),
     ("Xyz 5, 1080", Rung.POSTCODE), ("", Rung.NONE), ("?!", Rung.NONE)],
)  # fmt: skip
def test_the_ladder_goes_down(village: Geocoder, text: str, rung: Rung) -> None:
    assert find(village, text).rung is rung


def test_the_way_back(village: Geocoder) -> None:
    there = village.reverse(4.35081, 50.84001)
    assert (there.rung, there.street_fr, there.number) == (Rung.ADDRESS, "Rue Haute", "8")
    near = village.reverse(4.3508, 50.8385)
    assert (near.rung, near.street_fr) == (Rung.STREET, "Rue Haute")
    many = village.reverse(np.array([4.35081, 4.9, np.nan]), np.array([50.84001, 50.9, 50.84]))
    assert [one and one.number for one in many] == ["8", None, None]


def test_suggestions_begin_as_typed(village: Geocoder) -> None:
    assert [one.street_nl for one in village.suggest("hoo", 3)] == ["Hoogstraat"]
    assert [one.street_fr for one in village.suggest("dupont", 5)] == [
        "Rue Joseph Dupont", "Rue Pierre Dupont",
    ]  # fmt: skip
    (one,) = village.suggest("rue haute 8", 1)
    assert (one.rung, one.number) == (Rung.ADDRESS, "8")
    assert village.suggest("", 3) == ()


def test_many_are_answered_as_one_is(village: Geocoder) -> None:
    heard: list[int] = []
    queries = [Query(text=f"Rue Haute {n}, 1000") for n in range(450)]
    answers = village.find_many(queries, progress=heard.append)
    assert answers == [village.find(query) for query in queries]
    assert heard == [200, 400, 450]


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert Geocoder(Gazetteer.of([])).find(Query(text="Rue Haute 1, 1000")).rung is Rung.NONE


def test_a_street_without_a_postcode_is_found_with_one() -> None:
    made = Geocoder(Gazetteer.of([StreetRow("Rue Haute", "Hoogstraat", 0, points=[(4.35, 50.84)])]))
    answer = made.find(Query(text="Rue Haute 5, 1000 Bruxelles"))
    assert (answer.rung, answer.best.lon, answer.best.postcode) == (Rung.STREET, 4.35, "")


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_an_answer_and_always_the_same(village: Geocoder, text: str) -> None:
    first = find(village, text)
    fresh = Geocoder(village.gazetteer)
    assert find(village, text) == first
    assert fresh.hits(Query(text=text)) == village.hits(Query(text=text))
    assert 0 <= first.probability <= 1
    assert (first.best is None) == (first.rung is Rung.NONE)


_WORDS = (
    "rue haute Hoogstraat 12 12-14 3A bte b / - , ( ) 1000 1080 B-1080 Bruxelles coin et hoek "
    "Dupont Joseph av. Léopold II 2 n° 8 mai l' d' étage bus O.L.V. St-"
)
WORDS = st.sampled_from(_WORDS.split())


@settings(max_examples=500, deadline=None)
@given(st.lists(WORDS, max_size=9).map(" ".join))
def test_any_order_of_words_has_an_answer(village: Geocoder, text: str) -> None:
    answer = find(village, text)
    assert sum(one.probability for one in answer.candidates) <= 1 + 1e-9
    assert list(answer.candidates) == sorted(
        answer.candidates, key=lambda one: -round(one.probability, 9)
    )
