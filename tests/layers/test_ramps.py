"""The colours of classes against simulated colour-blindness, as those of the signs."""

from itertools import combinations

import pytest

from layers.ramps import RAMPS, ramp
from tests.layers.test_palette import LEAST_DISTANCE, SIGHT, ciede2000, lab, linear


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("count", RAMPS)
def test_classes_differ_however_one_sees(count: int, sight: str) -> None:
    seen = [lab(SIGHT[sight] @ linear(colour)) for colour in RAMPS[count]]
    assert min(ciede2000(*pair) for pair in combinations(seen, 2)) >= LEAST_DISTANCE


@pytest.mark.parametrize("count", range(1, 8))
def test_there_is_a_colour_for_each_class(count: int) -> None:
    assert len(set(ramp(count))) == count
