"""Classes of a difference, and colours that who sees no red or no green can tell apart."""

import itertools

import numpy as np
import pytest

from tests.layers.test_palette import SIGHT, ciede2000, lab, linear
from ui.language import speaking
from ui.what_if.shades import (
    DIVERGING,
    SHADES,
    UNKNOWN,
    difference_labels,
    level_labels,
    number,
    teller,
)

LEAST_APART = 12.0
"""CIEDE2000 between two classes: as between signs, and a little more (ours)."""


@pytest.mark.parametrize("sight", SIGHT)
def test_the_colours_stand_apart_for_every_sight(sight: str) -> None:
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in DIVERGING]
    assert min(ciede2000(*pair) for pair in itertools.combinations(seen, 2)) >= LEAST_APART


def test_a_difference_is_classed_by_whether_it_is_better() -> None:
    given = np.array([0.3, 0.01, 0.004, -0.01, -0.2, np.nan])
    assert SHADES["reached_10"].differences(given).tolist() == [0, 1, 2, 3, 4, UNKNOWN]
    minutes = np.array([-np.inf, -5, -0.5, 0.2, 1, 6, np.inf])
    assert SHADES["nearest_min"].differences(minutes).tolist() == [0, 0, 1, 2, 3, 4, 4]


def test_a_value_is_classed_best_first() -> None:
    assert SHADES["inside"].values(np.array([4.0, 2, 1, 0, np.nan])).tolist() == [0, 1, 2, 3, 255]
    assert SHADES["nearest_min"].values(np.array([5.0, 6, 15, np.inf])).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("measure", SHADES)
def test_every_class_has_its_words(measure: str, language: str) -> None:
    with speaking(language):
        assert len(set(difference_labels(measure))) == len(DIVERGING)
        assert len(set(level_labels(measure))) == 4
        told = {teller(measure, signed=True)(value) for value in (-2.0, 0.0, 2.0, np.nan)}
        assert len(told) == 4


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with speaking("nl"):
        assert number(1240.4) == "1.240"
        assert number(7, digits=1) == "7,0"
        assert number(-0.04, digits=1, signed=True) == "0,0"
        assert number(3, signed=True) == "+3"
