"""The figures a proposal of neighbourhoods is balanced on."""

import pytest

from directory.indicators import POPULATION
from geo.levels import Level
from tests.drawn import code
from tests.ui.coverage.test_measured import atlas, people
from ui import state
from ui.territory.people import figure, figures


def test_figures_are_of_the_year_of_the_day_and_people_as_everywhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sectors = {code(0, row): value for row, value in enumerate([10, 30, 0])}
    mine, later = people(2024, sectors), people(2099, sectors)
    district = people(2025, {"7": 80}, level=Level.DISTRICT)
    others = [one.model_copy(update={"id": f"{one.id}-b", "subject": "b"}) for one in (mine, later)]
    found = atlas(mine, later, *others, district)
    monkeypatch.setattr(state, "atlas", lambda: found)
    told = figures()
    assert {one.subject: one.year for one in told.values()} == {"b": 2024, POPULATION: 2025}
    (counted,) = (one for one in told.values() if one.subject == POPULATION)
    assert figure(counted).of(sectors) == (80, 0)
