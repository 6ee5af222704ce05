import geopandas as gpd
import numpy as np
import pytest
import shapely

from exchange.poster.ground import read_ground
from exchange.poster.layouts import arranged
from exchange.poster.overlaps import count_overlaps, polygon_of
from exchange.poster.sheet import Entry, Ground
from tests.exchange.poster.posters import AREA, at, entry, ground, poster, spread


def test_names_lie_along_their_streets_and_never_upside_down() -> None:
    plan = arranged(poster(), "A3", "landscape").plan
    said = {" / ".join(name.lines): name for name in plan.names}
    assert {"Rue Haute · Hoogstraat", "Rue Blaes · Blaesstraat"} <= set(said)
    assert said["Rue Haute · Hoogstraat"].angle == pytest.approx(0, abs=0.05)
    assert abs(said["Rue Blaes · Blaesstraat"].angle) == pytest.approx(np.pi / 2, abs=0.05)
    assert all(-np.pi / 2 - 1e-9 <= name.angle <= np.pi / 2 + 1e-9 for name in plan.names)
    for name in plan.names:
        near = min(s.line.distance(polygon_of(name)) for s in plan.land.streets)
        assert near < 2 * name.size_pt


def test_one_language_names_streets_in_it() -> None:
    made = poster(languages=("nl",), titles=("Kaart",), edition=("nu",))
    names = {line for name in arranged(made, "A3", "landscape").plan.names for line in name.lines}
    assert "Hoogstraat" in names
    assert not any("Rue" in name for name in names)


def test_numbers_and_streets_have_their_squares() -> None:
    made = poster([entry(1, 1, 49), entry(2, 69, 1), entry(3, 400, 400)])
    plan = arranged(made, "A3", "landscape").plan
    across, up = plan.squares
    assert plan.squares_of[1][0] < plan.squares_of[2][0]
    assert int(plan.squares_of[1][1:]) < int(plan.squares_of[2][1:])
    assert 3 not in plan.squares_of
    assert plan.square_of(plan.frame.x + 1, plan.frame.y + plan.frame.height - 1) == "A1"
    assert 1 < across <= 26
    assert up > 1
    found = {fr: nl for fr, nl, _ in plan.index()}
    assert found == {
        "Rue Haute": "Hoogstraat",
        "Rue Blaes": "Blaesstraat",
        "Rue du Miroir": "Spiegelstraat",
    }


def test_a_hundred_in_a_heap_cover_nothing() -> None:
    rng = np.random.default_rng(3)
    heap = [entry(n, *rng.normal((35, 25), (12, 8))) for n in range(1, 101)]
    layout = arranged(poster(heap), "A3", "landscape", pages=2)
    found = count_overlaps(layout.plan)
    assert found.covering == 0
    assert len(layout.plan.places) == sum(len(sign.chips) for sign in layout.plan.signs)


def test_stops_are_drawn_where_they_are_known() -> None:
    stops = gpd.GeoDataFrame(
        {"kind": ["tram"], "name_fr": ["Lemonnier"], "name_nl": ["Lemonnier"]},
        geometry=[shapely.Point(*at(50, 40))],
        crs=4326,
    )
    told = ground()
    made = poster(ground=Ground(streets=told.streets, shapes=told.shapes, stops=stops))
    assert len(arranged(made, "A3", "landscape").plan.land.stops) == 1


def test_without_any_ground_there_is_a_plan(tmp_path) -> None:
    found = read_ground(tmp_path, AREA)
    assert found.streets is None
    plan = arranged(poster(spread(5), ground=found), "A4", "portrait").plan
    assert plan.names == []
    assert count_overlaps(plan).covering == 0


@pytest.mark.parametrize("entries", [spread(3), (entry(1),)])
def test_without_an_area_the_plan_is_around_the_places(entries: tuple[Entry, ...]) -> None:
    made = poster(entries, area=shapely.Polygon())
    plan = arranged(made, "A4", "portrait").plan
    assert len(plan.places) == sum(each.lon is not None for each in entries)
