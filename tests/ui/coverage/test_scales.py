import numpy as np
import pytest

from geo.coverage import Measure
from ui.coverage.scales import COLOURS, SCALES, UNKNOWN, labels, name, teller
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
    unknown = np.zeros(6, dtype=np.bool_)
    assert list(SCALES[measure].classes(np.array(values), unknown)) == classes


def test_what_is_not_known_has_no_class() -> None:
    told = SCALES[Measure.INSIDE].classes(np.array([0.0, np.nan]), np.array([False, True]))
    assert list(told) == [3, UNKNOWN]


@pytest.mark.parametrize("measure", list(SCALES))
def test_each_class_has_a_colour_and_a_name(measure: str) -> None:
    with speaking("en"):
        assert len(labels(measure)) == len(COLOURS)
        assert name(measure)
        assert teller(measure)(2.0)
