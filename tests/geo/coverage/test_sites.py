"""Places proposed: equal to putting every combination there and measuring again."""

from itertools import combinations

import numpy as np
import pytest

from geo.coverage import Coverage, Measure, Services, Source, WhatIf, demand
from geo.coverage.measures import nearest_m
from geo.coverage.sites import Aim, middle_crossings, propose_sites
from geo.errors import BadInputError
from geo.planning import siting
from geo.territory import Territory
from geo.walking import Walker
from tests.geo.coverage.conftest import lonlat

PEOPLE = np.array([100.0, 70.0, 0.0, np.nan, 10.0, 300.0, 2.0, 90.0])
COVERS = {
    Aim.COVER_5: Measure.REACHED_5,
    Aim.COVER_10: Measure.REACHED_10,
    Aim.COVER_15: Measure.REACHED_15,
}


@pytest.fixture
def covered(row: Territory, walker: Walker) -> Coverage:
    spots = walker.network.snap(*lonlat((110, 0), (890, 0)))
    services = Services.of(row, spots, [[0], [1]])
    return Coverage.of(walker, demand(row, walker.network), services, PEOPLE)


def after(covered: Coverage, row: Territory, spots, some, aim: Aim) -> float:
    """Put services there, measure everything and sum up."""
    what_if = WhatIf(covered, row)
    for one in some:
        what_if.put(float(spots.lon[one]), float(spots.lat[one]), [0])
    if aim is not Aim.SHORTEST:
        return float(np.nansum(what_if.cells(COVERS[aim]).value[0] * PEOPLE))
    again = Coverage.of(covered.catcher.walker, covered.demand, what_if.services(), PEOPLE)
    weight = covered.demand.spread(PEOPLE)
    metres = np.minimum(nearest_m(again.counted, 0).astype(float), aim.limit_m)
    return float((metres * weight).sum() / weight.sum())


@pytest.fixture(params=[None, 0], ids=["highs", "relaxed"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """With HiGHS where the question is small, and without."""
    if request.param is not None:
        monkeypatch.setattr(siting, "EXACT_ENTRIES", request.param)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("aim", Aim)
@pytest.mark.parametrize("count", [1, 2, 3])
def test_equal_to_trying_all(covered: Coverage, row: Territory, aim: Aim, count: int) -> None:
    sectors, spots = middle_crossings(covered, row, np.arange(8))
    assert sectors.tolist() == list(range(8))
    found = propose_sites(covered, 0, spots, count, aim=aim, people=PEOPLE)
    every = [after(covered, row, spots, some, aim) for some in combinations(range(8), count)]
    best = min(every) if aim is Aim.SHORTEST else max(every)
    assert found.after == pytest.approx(best)
    assert found.before == pytest.approx(after(covered, row, spots, (), aim))
    assert found.after == pytest.approx(after(covered, row, spots, found.chosen, aim))
    assert len(found.chosen) == count
    assert found.whole == 572
    beyond = found.bound - found.after
    assert beyond <= 1e-6 if aim is Aim.SHORTEST else beyond >= -1e-6
    assert found.proven is (found.slack == 0)
    again = propose_sites(covered, 0, spots, count, aim=aim, people=PEOPLE)
    assert again == found or again.chosen == found.chosen


def test_only_some_sectors_and_nobody_beyond_the_number(covered: Coverage, row: Territory) -> None:
    sectors, spots = middle_crossings(covered, row, np.array([2, 5]))
    assert sectors.tolist() == [2, 5]
    found = propose_sites(covered, 0, spots, 1, aim=Aim.COVER_10, people=PEOPLE)
    assert found.chosen == (1,)
    for count in (0, 3, 21):
        with pytest.raises(BadInputError, match="1 to 2 places"):
            propose_sites(covered, 0, spots, count, aim=Aim.COVER_10, people=PEOPLE)
    with pytest.raises(BadInputError, match="no one to serve"):
        propose_sites(covered, 0, spots, 1, aim=Aim.COVER_10, people=np.full(8, np.nan))


def test_stopped_it_says_what_it_has(covered: Coverage, row: Territory) -> None:
    _, spots = middle_crossings(covered, row, np.arange(8))
    found = propose_sites(covered, 0, spots, 2, aim=Aim.SHORTEST, people=PEOPLE, stop=lambda: True)
    assert len(found.chosen) == 2
    assert found.bound <= found.after + 1e-9


@pytest.mark.official
def test_in_the_city_too(city: Walker, region: Territory) -> None:
    people = np.random.default_rng(4).integers(0, 4_000, 724).astype(float)
    at = city.network.lonlat[[5, 700, 1_400]]
    services = Services.of(region, city.network.snap(*at.T), [[0]] * 3)
    base = Coverage.of(city, demand(region, city.network), services, people)
    sectors, spots = middle_crossings(base, region, np.arange(724))
    assert (base.demand.source[sectors] == Source.CROSSINGS).all()
    assert len(sectors) == (base.demand.source == Source.CROSSINGS).sum()
    found = propose_sites(base, 0, spots, 5, aim=Aim.COVER_10, people=people)
    what_if = WhatIf(base, region)
    for one in found.chosen:
        what_if.put(float(spots.lon[one]), float(spots.lat[one]), [0])
    reached = np.nansum(what_if.cells(Measure.REACHED_10).value[0] * people)
    assert found.after == pytest.approx(reached)
    assert found.bound >= found.after - 1e-6
