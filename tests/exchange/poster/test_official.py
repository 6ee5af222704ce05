from pathlib import Path

import pytest

from benchmarks.poster import marolles
from exchange.poster.layouts import arranged
from exchange.poster.overlaps import count_overlaps

pytestmark = pytest.mark.official


@pytest.mark.parametrize("count", [60, 150])
def test_in_the_marolles_nothing_covers_anything(count: int, official_data: Path) -> None:
    assert official_data.is_dir()
    layout = arranged(marolles(count), "A3", "landscape", pages=0)
    found = count_overlaps(layout.plan)
    assert found.covering == 0
    assert len(layout.plan.names) > 30
