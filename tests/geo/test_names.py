import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import display_name


@pytest.mark.parametrize(
    ("official", "shown"),
    [
        ("PORTE D'ANVERS", "Porte d'Anvers"),
        ("TREVES (RUE DE)", "Treves (Rue de)"),
        ("AMITIE (PLACE DE L')", "Amitie (Place de l')"),
        ("L'OLIVIER (RUE)", "L'Olivier (Rue)"),
        ("SCHEUT - DE SMET", "Scheut - De Smet"),
        ("VIEILLE HALLE AUX BLES", "Vieille Halle aux Bles"),
        ("HOF TEN BERG-ZUID", "Hof ten Berg-Zuid"),
        ("VILLA'S VAN GANSHOREN", "Villa's van Ganshoren"),
        ("LA CHASSE", "La Chasse"),
        ("IJSVOGEL", "IJsvogel"),
        ("ALPHONSE XIII", "Alphonse XIII"),
        ("ALBERT I- QUARTIER", "Albert I- Quartier"),
        ("HOPITAL U.L.B.", "Hopital U.L.B."),
        ("INDUSTRIE OTAN", "Industrie OTAN"),
        ("SAINTE-ALIX  - JOLI BOIS", "Sainte-Alix - Joli Bois"),
        ("Sint-Jans-Molenbeek", "Sint-Jans-Molenbeek"),
        ("VILLE-ET-FORET", "Ville-et-Foret"),
        ("ALTITUDE 100", "Altitude 100"),
        ("", ""),
    ],
)
def test_names_as_a_person_would_write_them(official: str, shown: str) -> None:
    assert display_name(official) == shown


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_characters="ßµª º"), max_size=60))
def test_only_the_case_and_the_spacing_change(text: str) -> None:
    assert display_name(text).upper() == " ".join(text.split()).upper()


@given(st.text(max_size=40))
def test_a_shown_name_is_shown_as_it_is(text: str) -> None:
    once = display_name(text)
    if any(letter.islower() for letter in once):
        assert display_name(once) == once
