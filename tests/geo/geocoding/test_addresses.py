# ruff: noqa: RUF001 - the look-alikes are what is folded
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.geocoding.addresses import Parsed, parse
from geo.geocoding.names import canonical
from geo.geocoding.words import fold, words

STREET = ("rue", "haute")


@pytest.mark.parametrize(
    ("text", "number", "suffix", "until", "box"),
    [
        ("rue haute 298A bte 3", "298", "a", "", "3"),
        ("rue haute 298 A boîte 3", "298", "a", "", "3"),
        ("rue haute 12-14", "12", "", "14", ""),
        ("rue haute 12 - 14", "12", "", "14", ""),
        ("rue haute 12/3", "12", "", "", "3"),
        ("rue haute n° 12", "12", "", "", ""),
        ("rue haute nr. 12 bus 3", "12", "", "", "3"),
        ("rue haute, 12 b3", "12", "", "", "3"),
        ("rue haute 12 bis", "12", "bis", "", ""),
        ("12, rue haute", "12", "", "", ""),
        ("298a rue haute", "298", "a", "", ""),
        ("rue haute 12 2e étage", "12", "", "", "2e etage"),
        ("rue haute 12-14 b 3", "12", "", "14", "3"),
        ("rue haute", "", "", "", ""),
    ],
)  # fmt: skip
def test_numbers(text: str, number: str, suffix: str, until: str, box: str) -> None:
    parsed = parse(f"{text}, 1000 Bruxelles")
    assert parsed.names == (STREET,)
    assert (parsed.number, parsed.suffix, parsed.until, parsed.box) == (number, suffix, until, box)
    assert (parsed.postcode, parsed.place) == (1000, "bruxelles")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Rue du 11 Novembre 5", "rue du 11 novembre"),
        ("Square du 8 Mai 5", "square du 8 mai"),
        ("rue des 2 Eglises 5", "rue des 2 eglises"),
        ("Place Albert 1er 5", "place albert 1er"),
        ("Bd Léopold 2 n°5", "bd leopold 2"),
        ("8 Meiplein 5", "8 meiplein"),
        ("Rue de l'Angle 5", "rue de l angle"),
        ("Chaussée de Wavre 5", "chaussee de wavre"),
    ],
)
def test_dates_and_numbers_stay_in_the_name(text: str, name: str) -> None:
    parsed = parse(text)
    assert (" ".join(parsed.names[0]), parsed.number) == (name, "5")


@pytest.mark.parametrize(
    ("text", "postcode", "number"),
    [
        ("Chaussée de Wavre 1015", 0, "1015"),
        ("Chaussée de Wavre 1015, 1040 Etterbeek", 1040, "1015"),
        ("B-1080 Molenbeek, rue haute 5", 1080, "5"),
        ("1080 Molenbeek rue haute 5", 1080, "5"),
        ("rue haute 5 - 1080", 1080, "5"),
        ("BE1080 rue haute 5", 1080, "5"),
    ],
)
def test_postcodes(text: str, postcode: int, number: str) -> None:
    parsed = parse(text)
    assert (parsed.postcode, parsed.number) == (postcode, number)


def test_both_languages_and_corners() -> None:
    assert parse("Rue Haute - Hoogstraat 5").names == (STREET, ("hoogstraat",))
    assert parse("Rue Haute/Hoogstraat 5").names == (STREET, ("hoogstraat",))
    assert parse("au coin de la rue haute").corner
    assert not parse("Rue de l'Angle").corner


def test_damage_is_mended() -> None:
    assert fold("ChaussÃ©e") == fold("Chauss?e") == fold("Chauss\ufffde") == "chaussee"
    assert fold("Œuvre – d’Été") == "oeuvre - d'ete"


@settings(max_examples=500)
@given(st.text(max_size=120))
def test_the_parser_never_raises(text: str) -> None:
    assert isinstance(parse(text), Parsed)


_PIECES = (
    "Rue Haute Hoogstraat de l' 12 298A 12-14 12/3 bte 3 b n° 1000 B-1080 Molenbeek , - / ( ) "
    "coin et étage 2e 8 mai Dupont 1040 bus nr. Bruxelles B Saint-Gilles"
)
PIECES = st.sampled_from(_PIECES.split())


@settings(max_examples=1_000)
@given(st.lists(PIECES, max_size=10).map(" ".join))
def test_no_letter_or_digit_is_lost(text: str) -> None:
    parsed = parse(text)
    kept = " ".join(
        [*(" ".join(name) for name in parsed.names), parsed.number, parsed.suffix, parsed.until,
         parsed.box, str(parsed.postcode or ""), parsed.place, *parsed.other]
    )  # fmt: skip
    given_, found = (sorted(re.sub(r"[^a-z0-9]", "", fold(part))) for part in (text, kept))
    missing = list(given_)
    for char in found:
        if char in missing:
            missing.remove(char)
    assert "".join(missing).strip("be") == ""  # the b or be of a postcode and of a box are marks


@settings(max_examples=500)
@given(st.text(max_size=60), st.sampled_from(["fr", "nl", ""]))
def test_canonical_twice_is_canonical_once(text: str, language: str) -> None:
    once = canonical(text, language)
    assert canonical(once, language) == once


@given(st.text(max_size=60))
def test_words_are_plain(text: str) -> None:
    assert all(re.fullmatch("[a-z0-9]+", word) for word in words(text))
