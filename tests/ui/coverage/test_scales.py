import numpy as np
import pytest

from geo.coverage import Measure, State
from ui.coverage.scales import SCALES, UNKNOWN, Scale, explained, name, teller
from ui.language import speaking


@pytest.mark.parametrize(
    ("measure", "values", "classes"),
    [
        (Measure.NEAREST_MIN, [0, 5, 5.1, 15, 15.1, np.inf], [0, 0, 1, 2, 3, 3]),
        (Measure.REACHED_10, [1, 0.9, 0.5, 0.1, 0.09, 0], [0, 0, 1, 2, 3, 3]),
        (Measure.INSIDE, [9, 3, 2, 1, 0, 0], [0, 0, 1, 2, 3, 3]),
    ],
)
def test_the_best_is_the_first_class(
    measure: Measure, values: list[float], classes: list[int]
) -> None:
    assert SCALES[measure].places(np.array(values)).tolist() == classes


def test_each_reason_why_nothing_is_known_is_told_apart() -> None:
    values = np.array([0.0, np.nan, np.nan, np.nan, np.nan])
    told = SCALES[Measure.INSIDE].shades(values, np.array(list(State), dtype=np.int8))
    assert told.tolist() == [3, *(UNKNOWN - state for state in list(State)[1:])]


def test_every_measure_can_be_asked_for() -> None:
    assert set(SCALES) == set(Measure)


@pytest.mark.parametrize("measure", list(SCALES))
def test_each_class_has_a_colour_and_a_name(measure: str) -> None:
    with speaking("en"):
        scale = SCALES[measure]
        assert len(set(scale.labels())) == len(scale.colours) == len(scale.limits) + 1
        assert name(measure)
        assert explained(measure)
        assert teller(measure)(2.0)


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        (SCALES[Measure.INSIDE], ["3 or more", "2", "1", "none"]),
        (Scale(Measure.INSIDE, (10, 5, 1), True), ["10 or more", "5 to 9", "1 to 4", "none"]),
        (Scale(Measure.NEAREST_MIN, (7.5,), False), ["7,5 min or less", "more than 7,5 min"]),
        (Scale(Measure.NEAREST_MIN, (), False), ["everywhere the same"]),
    ],
)
def test_classes_are_named_by_their_limits(scale: Scale, labels: list[str]) -> None:
    with speaking("en"):
        assert [label.replace("\xa0", " ") for label in scale.labels()] == labels


def test_minutes_are_rounded_up_and_tell_their_class() -> None:
    with speaking("fr"):
        told = [teller(Measure.NEAREST_MIN)(value) for value in (5.0, 5.001, 5.2, 12.0)]
        assert [text.split()[0] for text in told] == ["5", "5", "6", "12"]
        assert teller(Measure.TWO_STEP)(0.5) == "0,5"
