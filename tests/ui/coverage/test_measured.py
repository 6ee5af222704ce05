"""Coverage of a day, by a street through the middle row of the grid."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from directory.atlas import Atlas
from directory.directory import Directory
from directory.indicators import Indicator
from directory.nearby import doors
from directory.places import Place, Precision
from geo.coverage import Measure, Source
from geo.levels import Level
from geo.walking import Network, Walker
from tests.drawn import SIDE_M, SOUTH, WEST, code, grid_territory
from tests.records import DAY, LEFT, SOURCE, actor, at
from ui import state
from ui.coverage import measured as page

TERRITORY = grid_territory()
CORNERS = [(WEST + SIDE_M * (column + 0.5), SOUTH + SIDE_M * 1.5) for column in range(3)]
WALKER = Walker(Network.of(np.array(CORNERS), [(0, 1), (1, 2)]))


def people(year: int, values: dict[str, float | None], *, level: Level = Level.SECTOR) -> Indicator:
    return Indicator.model_validate(
        {
            "id": f"population-{year}-{level.value}",
            "subject": "population",
            "names": {"fr": "Population"},
            "unit": "people",
            "level": level,
            "year": year,
            "values": values,
            "source": SOURCE,
        }
    )


def atlas(*indicators: Indicator, day: date = DAY, **actors: object) -> Atlas:
    directory = Directory(
        revision=1,
        actors=dict(actors),
        neighbourhoods={"links": LEFT},
        indicators={one.id: one for one in indicators},
    )
    return Atlas(directory, TERRITORY, day)


@pytest.fixture
def present(monkeypatch: pytest.MonkeyPatch) -> "Present":
    return Present(monkeypatch)


class Present:
    """What the page stands on, changed as a change of the directory would."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        patch.setattr(page, "_kept", page._Kept())
        patch.setattr(page, "ground", lambda: self.ground)
        self.walker: Walker | None = WALKER
        self.put(atlas(a=actor("a", places=(at(0.5, 1.5),))))

    def put(self, found: Atlas) -> None:
        there = doors(found)
        spots = WALKER.network.snap(there.lon, there.lat)
        self.ground = SimpleNamespace(
            atlas=found, doors=there, spots=spots, walker=self.walker, geocoder=None
        )


def test_without_streets_there_is_nothing(present: Present) -> None:
    present.walker = None
    present.put(present.ground.atlas)
    assert page.measured(verified_only=False) is None


def test_who_walked_stays_when_the_directory_changes(present: Present) -> None:
    before = page.measured(verified_only=False)
    assert before is page.measured(verified_only=False)
    present.put(atlas(b=actor("b", places=(at(2.5, 1.5),))))
    after = page.measured(verified_only=False)
    assert after is not before
    assert after.coverage.catcher is before.coverage.catcher
    row = after.place("pharmacy")
    inside = after.coverage.cells[Measure.INSIDE].value[row]
    assert dict(zip(TERRITORY.codes, inside, strict=True))[code(2, 1)] == inside.sum() == 1


def test_people_are_those_of_the_year_of_the_day(
    present: Present, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = [people(2020, {code(0, 1): 10}), people(2024, {code(0, 1): 30, code(1, 1): None})]
    present.put(atlas(*figures))
    past = replace(present.ground.atlas, day=date(2021, 5, 1))
    monkeypatch.setattr(state, "past_atlas", lambda _: past)
    now, then = (page.measured(verified_only=False, day=day) for day in (DAY, past.day))
    assert (now.population.year, then.population.year) == (2024, 2020)
    place = list(now.coverage.demand.codes).index(code(0, 1))
    assert now.coverage.people[place] == 30
    assert then.coverage.people[place] == 10
    assert np.isnan(now.coverage.people).sum() == 8
    assert page.measured(verified_only=False, day=past.day) is then


def test_before_the_first_count_nobody_knows_how_many_they_are(present: Present) -> None:
    present.put(atlas(people(DAY.year + 1, {code(0, 1): 10})))
    found = page.measured(verified_only=False)
    assert found.population is None
    assert np.isnan(found.coverage.people).all()


def test_newer_people_of_a_district_are_shared_out_and_said_to_be_estimated(
    present: Present,
) -> None:
    sectors = {code(0, row): value for row, value in enumerate([10, 30, 0])}
    present.put(atlas(people(2020, sectors), people(2022, {"7": 80}, level=Level.DISTRICT)))
    found = page.measured(verified_only=False)
    assert found.population.year == 2022
    assert [found.people.values[code(0, row)] for row in range(3)] == [20, 60, 0]
    assert found.people.estimated == {code(0, row) for row in range(3)}


def test_areas_are_rolled_up_once_and_sectors_stay_as_they_are(present: Present) -> None:
    present.put(
        atlas(
            people(2024, {code(c, r): 10 for c in range(3) for r in range(3)}),
            a=actor("a", places=(at(0.5, 1.5),)),
        )
    )
    found = page.measured(verified_only=False)
    towns = found.areas(Level.MUNICIPALITY)
    assert towns is found.areas(Level.MUNICIPALITY)
    assert dict(zip(towns.ids, towns.people, strict=True)) == {"21001": 30, "21004": 60}
    assert found.areas(Level.NEIGHBOURHOOD).ids == ("links",)
    assert found.areas(Level.SECTOR).cells is found.coverage.cells
    assert found.areas(Level.SECTOR).ids == tuple(TERRITORY.codes)
    assert set(found.coverage.demand.source) == {Source.CROSSINGS, Source.GRID}


def test_who_is_known_by_the_part_of_town_is_checked_like_the_others(present: Present) -> None:
    nearby = Place(precision=Precision.NEIGHBOURHOOD, area="links")
    kept = {"checked": DAY, "old": date(2020, 1, 1), "never": None}
    known = {
        key: actor(key, places=(nearby,), verified_on=verified) for key, verified in kept.items()
    }
    present.put(atlas(**known))
    vague = page.measured(verified_only=True).coverage.services.vague
    assert [one.verified for one in vague] == [True, False, False]
