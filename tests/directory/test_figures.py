from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.figures import (
    UNKNOWN_WORDS,
    Form,
    Number,
    decide_form,
    is_unknown,
    read_number,
)
from geo.errors import BadInputError

SPACES = [" ", "\u00a0", "\u202f", "\u2009"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 234,5", 1234.5),
        ("1.234", 1234),
        ("1.234.567,89", 1_234_567.89),
        ("1'234.5", 1234.5),
        ("0.125", 0.125),
        ("12.5", 12.5),
        ("€ 1.250,00", 1250),
        ("1 250 EUR", 1250),
        ("\u22123,5", -3.5),
        ("+7", 7),
        ("1.2E-05", 1.2e-05),
        ("0", 0),
        ("00012", 12),
    ],
)
def test_belgian_numbers(text: str, value: float) -> None:
    assert read_number(text) == Number(value)


@pytest.mark.parametrize("text", ["12 %", "12%", "12\u202f%", "12,0 %"])
def test_percentages_as_text(text: str) -> None:
    assert read_number(text) == Number(12, percent=True)


@pytest.mark.parametrize("text", [*sorted(UNKNOWN_WORDS), " X ", "<5", "≤ 10", "\u00a0", "N.D."])
def test_unknown_is_none_and_never_zero(text: str) -> None:
    assert is_unknown(text)
    assert read_number(text) is None


@pytest.mark.parametrize(
    "text", ["douze", "1-2", "0-17", "1,2,3", "1.23.4", "12 34", "=A1+1", "%", "1e999", "9" * 80]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInputError, match="Expected a number"):
        read_number(text)


def written(value: float, group: str, decimal: str, places: int) -> str:
    whole, _, rest = f"{value:,.{places}f}".partition(".")
    return whole.replace(",", group) + (decimal + rest if rest else "")


@given(
    value=st.floats(-1e9, 1e9),
    places=st.integers(0, 4),
    group=st.sampled_from([*SPACES, "", "."]),
)
def test_what_is_written_in_belgium_is_read_back(value: float, places: int, group: str) -> None:
    text = written(value, group, ",", places)
    found = read_number(text)
    assert found is not None
    assert found.value == float(f"{value:.{places}f}")


@given(value=st.floats(-1e9, 1e9), places=st.integers(0, 4), group=st.sampled_from(["", ",", " "]))
def test_what_is_written_in_english_is_read_back(value: float, places: int, group: str) -> None:
    found = read_number(written(value, group, ".", places), ".")
    assert found is not None
    assert found.value == float(f"{value:.{places}f}")


@given(st.text(max_size=60))
def test_any_cell_is_a_number_unknown_or_a_sentence(text: str) -> None:
    for decimal in (",", "."):
        with suppress(BadInputError):
            found = read_number(text, decimal)  # type: ignore[arg-type]
            assert (found is None) == is_unknown(text)


@given(st.lists(st.floats(0, 1e6).map(lambda value: written(value, ".", ",", 2)), min_size=1))
def test_a_column_with_decimals_tells_how_it_is_written(cells: list[str]) -> None:
    assert decide_form(cells) == Form(decimal=",", sure=True)
    english = [cell.translate(str.maketrans(",.", ".,")) for cell in cells]
    assert decide_form(english) == Form(decimal=".", sure=True)


def test_a_column_that_can_be_read_both_ways_is_said_to_be_open() -> None:
    assert decide_form(["1.234", "2.500"]) == Form(decimal=",", sure=False)
    assert decide_form(["1.234"], spreadsheet=True) == Form(decimal=".", sure=False)
    assert decide_form(["1.234", "12"], whole=True) == Form(decimal=",")
    assert decide_form(["12,5", "12.5", "1.234"]).sure is False
    assert decide_form(["x", "", "12"]) == Form(decimal=",")
