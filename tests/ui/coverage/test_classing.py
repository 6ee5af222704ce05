import numpy as np
import pytest

from geo.coverage import Measure
from geo.errors import BadInputError
from geo.levels import Level
from ui.coverage.classing import MOST, Scheme, read_limits, scale_of
from ui.language import speaking

VALUES = np.array([1.0, 2, 3, 4, 5, 6])


def test_the_classes_of_quantiles_hold_as_many_each_whichever_way_is_better() -> None:
    for measure in (Measure.NEAREST_MIN, Measure.WITHIN_10):
        scale = scale_of(measure, Level.SECTOR, Scheme.QUANTILES, VALUES, classes=3)
        assert np.bincount(scale.places(VALUES)).tolist() == [2, 2, 2]
    assert scale.limits == (5, 3)


def test_natural_breaks_part_where_the_gaps_are() -> None:
    values = np.array([1.0, 1.1, 5, 5.2, 9])
    scale = scale_of(Measure.WITHIN_10, Level.SECTOR, Scheme.NATURAL, values, classes=3)
    assert scale.limits == (9, 5)
    assert scale.places(values).tolist() == [2, 2, 1, 1, 0]


def test_where_no_way_leads_is_in_the_last_class() -> None:
    values = np.array([2.0, 4, 8, np.inf])
    scale = scale_of(Measure.NEAREST_MIN, Level.SECTOR, Scheme.QUANTILES, values, classes=4)
    assert scale.limits[-1] == 15
    assert scale.places(values).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("values", [np.empty(0), np.array([3.0]), np.array([np.inf])])
@pytest.mark.parametrize("scheme", [Scheme.QUANTILES, Scheme.NATURAL])
def test_of_too_few_values_there_are_fewer_classes(
    values: np.ndarray[tuple[int], np.dtype[np.float64]], scheme: Scheme
) -> None:
    assert len(scale_of(Measure.NEAREST_MIN, Level.SECTOR, scheme, values).limits) <= 1


def test_larger_areas_hold_more() -> None:
    inside = [scale_of(Measure.INSIDE, level, Scheme.OWN, VALUES).limits for level in Level]
    assert inside == [(10, 5, 1)] * 4 + [(3, 2, 1)]


def test_limits_are_typed_in_the_unit_and_rising() -> None:
    typed = scale_of(Measure.REACHED_5, Level.SECTOR, Scheme.TYPED, VALUES, typed="10; 50; 95 %")
    assert typed.limits == (0.95, 0.5, 0.1)
    assert read_limits("5, 10, 15", Measure.NEAREST_MIN) == (5, 10, 15)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "found 0"),
        (" ".join(map(str, range(1, MOST + 2))), f"found {MOST + 1}"),
        ("5; ten", "ten"),
        ("5,10,15", "5,10,15"),
        ("nan", "nan"),
        ("10; 5", "10; 5"),
        ("5; 5", "5; 5"),
        ("-1; 5", "-1; 5"),
        ("<script>", "<script>"),
    ],
)
def test_limits_that_are_none_are_told(text: str, told: str) -> None:
    with pytest.raises(BadInputError, match=told.replace("(", r"\(")):
        read_limits(text, Measure.NEAREST_MIN)


def test_no_share_is_above_a_hundred_per_cent() -> None:
    with pytest.raises(BadInputError, match="100 %, found 120"):
        read_limits("50; 120", Measure.REACHED_10)


def test_limits_between_whole_numbers_are_told_as_they_part() -> None:
    values = np.array([0.0, 1, 2, 3])
    scale = scale_of(Measure.INSIDE, Level.SECTOR, Scheme.TYPED, values, typed="0,5; 1; 2,5")
    assert scale.limits == (3, 1)
    assert scale.places(values).tolist() == [2, 1, 1, 0]
    with speaking("en"):
        assert scale.labels() == ["3 or more", "1 to 2", "none"]
