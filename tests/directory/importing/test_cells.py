import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.contacts import ContactKind
from directory.importing.cells import read_contacts
from directory.importing.positions import Reading, number, read_position, split_pair
from directory.importing.records import Certainty, Coordinates
from directory.importing.words import guess_category, read_languages, split_words

BRUSSELS = (4.24, 50.76, 4.48, 50.92)


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("02/529.00.00", ["+32 2 529 00 00"]),
        ("+32 (0)2 529 00 00", ["+32 2 529 00 00"]),
        ("0032 2 529 00 00", ["+32 2 529 00 00"]),
        ("25290000", ["+32 2 529 00 00"]),
        ("'+32 475 12 34 56", ["+32 475 12 34 56"]),
        ("Tél: 02 529 00 00 (secrétariat)", ["+32 2 529 00 00"]),
        ("02 529 00 00 / 0475 12 34 56", ["+32 2 529 00 00", "+32 475 12 34 56"]),
        ("025290000/0475123456", ["+32 2 529 00 00", "+32 475 12 34 56"]),
        ("02 529 00 00 ou 02/529.00.00", ["+32 2 529 00 00"]),
        ("02 529 00 00 of 0475/12.34.56; 112 rue", ["+32 2 529 00 00", "+32 475 12 34 56"]),
    ],
)
def test_phones(cell: str, numbers: list[str]) -> None:
    assert [found.value for found in read_contacts(ContactKind.PHONE, cell)[0]] == numbers


def test_what_is_no_contact_is_told_not_lost() -> None:
    assert read_contacts(ContactKind.PHONE, "appeler Samira") == ((), ("appeler Samira",))
    assert read_contacts(ContactKind.EMAIL, "a@b") == ((), ("a@b",))
    assert read_contacts(ContactKind.WEBSITE, "javascript:alert(1)")[0] == ()


@pytest.mark.parametrize(
    ("kind", "cell", "values"),
    [
        (ContactKind.EMAIL, "Info@Ring.BE; jan@ring.be", ["Info@ring.be", "jan@ring.be"]),
        (ContactKind.EMAIL, "mailto:info@ring.be", ["info@ring.be"]),
        (ContactKind.EMAIL, "info [at] ring.be", ["info@ring.be"]),
        (ContactKind.WEBSITE, "www.ring.be", ["https://www.ring.be"]),
        (ContactKind.WEBSITE, "http://a.be www.b.be", ["http://a.be", "https://www.b.be"]),
    ],
)
def test_mails_and_links(kind: ContactKind, cell: str, values: list[str]) -> None:
    assert [found.value for found in read_contacts(kind, cell)[0]] == values


@settings(deadline=None)
@given(st.sampled_from(ContactKind), st.text(max_size=60))
def test_any_cell_is_read_or_told(kind: ContactKind, cell: str) -> None:
    read_contacts(kind, cell)


@pytest.mark.parametrize(
    ("word", "category", "certainty"),
    [
        ("Maisons médicales", "medical-house", Certainty.SURE),
        ("BUURTHUIZEN", "community-house", Certainty.SURE),
        ("CPAS", "public-welfare-centre", Certainty.SURE),
        ("pharmacy", "pharmacy", Certainty.SURE),
        ("pharmacei", "pharmacy", Certainty.LIKELY),
        ("Apoteek", "pharmacy", Certainty.LIKELY),
    ],
)
def test_category_words(word: str, category: str, certainty: Certainty) -> None:
    assert guess_category(word) == ((category,), certainty)


def test_several_categories_in_a_cell() -> None:
    assert split_words("Crèche; bibliothèque / CPAS", {}) == ["Crèche", "bibliothèque", "CPAS"]
    assert split_words("Aide, conseil et écoute", {}) == ["Aide, conseil et écoute"]
    assert guess_category("zzz qqq").categories == ()


def test_languages() -> None:
    assert read_languages("FR/NL")[0] == ("fr", "nl")
    assert read_languages("Frans en Nederlands, Arabisch")[0] == ("fr", "nl", "ar")
    assert read_languages("français, klingon des Marolles") == (("fr",), ("klingon des Marolles",))


def place(first: str, second: str, said: Coordinates = Coordinates.RECOGNISED) -> Reading:
    return read_position(first, second, said=said, area=BRUSSELS)


def test_degrees_with_commas_and_swapped() -> None:
    assert place("4,3517", "50,8466") == Reading(4.3517, 50.8466)
    swapped = place("50.8466", "4.3517")
    assert (swapped.lon, swapped.lat, swapped.certainty) == (4.3517, 50.8466, Certainty.SURE)
    assert "swapped" in swapped.message


@pytest.mark.parametrize(
    ("x", "y", "system"),
    [("148 827,5", "170672", "Lambert 72"), ("648826.7", "670675.6", "Lambert 2008")],
)
def test_lambert_is_recognised_and_converted(x: str, y: str, system: str) -> None:
    found = place(x, y)
    # Independent: the Grand-Place is at 4.3517 E, 50.8466 N.
    assert found.lon == pytest.approx(4.352, abs=0.002)
    assert found.lat == pytest.approx(50.8466, abs=0.002)
    assert dict(found.params) == {"system": system}


def test_lambert_the_other_way_round_is_asked_and_can_be_said() -> None:
    asked = place("170672", "148827")
    assert asked.certainty is Certainty.LIKELY
    assert "other way round" in asked.message
    said = place("170672", "148827", Coordinates.LAMBERT_72_SWAPPED)
    assert said.certainty is Certainty.SURE
    assert said.lon == pytest.approx(4.352, abs=0.002)


def test_ghent_paris_and_nonsense_are_not_taken() -> None:
    assert "outside the area" in place("3.72", "51.05").message
    assert place("2.35", "48.85").lon is None
    assert place("nord", "4.3").lon is None


@settings(deadline=None)
@given(st.text(max_size=30), st.text(max_size=30))
def test_any_cells_are_a_position_or_a_sentence(first: str, second: str) -> None:
    found = place(first, second)
    assert found.message.format(**dict(found.params)) or found.lon is not None
    split_pair(first)
    number(second)
