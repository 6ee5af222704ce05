import pytest

from directory.indicators import BySector, Rule
from tests.ui.gaps.conftest import INCOME, PEOPLE
from ui.gaps.asking import BY, LEVEL, WITHIN, Whole, parameters, sense_of, weight_of
from ui.gaps.figures import Known


def known(indicator: object) -> Known:
    told = BySector(indicator=indicator, values={}, rule=Rule.PUBLISHED)
    return Known(indicator.subject, told)


OFFERED = {"population": known(PEOPLE), "income": known(INCOME)}


def test_weights_are_whole_numbers_and_hostile_ones_are_the_default() -> None:
    weight = parameters(OFFERED)[weight_of("income")]
    assert isinstance(weight, Whole)
    assert weight.read(["75"]) == 75
    for hostile in ("101", "-1", "1e9", "٣", "", "nan", "9" * 40):
        assert weight.read([hostile]) == 50
    assert weight.write(75) == ["75"]
    assert weight.write(50) == weight.write(None) == []


def test_the_indicators_are_population_unless_told_otherwise() -> None:
    by = parameters(OFFERED)[BY]
    assert by.read([]) == ["population"]
    assert by.write(["population"]) == by.write(None) == []
    assert by.read(by.write([])) == []
    assert by.read(by.write(["income", "population"])) == ["income", "population"]
    assert by.read(["<script>"]) == []
    nothing = parameters({})[BY]
    assert nothing.read([]) == nothing.read(["population"]) == []
    assert nothing.write([]) == []


def test_low_income_is_need_unless_told_otherwise() -> None:
    told = parameters(OFFERED)
    assert told[sense_of("income")].read([]) == "less"
    assert told[sense_of("population")].read([]) == "more"
    assert told[sense_of("income")].write("more") == ["more"]


@pytest.mark.parametrize(("name", "hostile"), [(WITHIN, "11"), (LEVEL, "region"), (LEVEL, "x")])
def test_what_is_not_offered_is_passed_over(name: str, hostile: str) -> None:
    parameter = parameters({})[name]
    assert parameter.read([hostile]) == parameter.default
