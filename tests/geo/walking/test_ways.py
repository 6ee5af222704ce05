import numpy as np
import pytest

from geo.crs import LAMBERT_72, WGS_84, project
from geo.walking import Network, Walker
from tests.geo.walking.conftest import CORNER, lonlat


def way(network: Network, start: tuple[float, float], end: tuple[float, float], **options: bool):
    lon, lat = lonlat(start)
    found = (
        Walker(network).reach(lon[0], lat[0], **options).way(network.snap(*lonlat(end), **options))
    )
    assert found is not None
    return found


def metres(line: np.ndarray) -> np.ndarray:
    return project(line, source=WGS_84, target=LAMBERT_72) - CORNER


def test_the_way_by_hand(drawn: Network) -> None:
    found = way(drawn, (30, 9), (195, 60))
    assert found.length_m == pytest.approx(9 + 70 + 100 + 60 + 5, abs=0.01)
    assert [(part.name_fr, part.name_nl, part.steps) for part in found.parts] == [
        ("Rue Haute", "Hoogstraat", False),
        ("Escalier", "Trap", True),
    ]
    assert [part.length_m for part in found.parts] == pytest.approx([170, 60], abs=0.01)
    by_hand = [(30, 9), (30, 0), (100, 0), (200, 0), (200, 60), (195, 60)]
    np.testing.assert_allclose(metres(found.line), by_hand, atol=0.02)


def test_the_slope_is_told_as_one_walks(drawn: Network) -> None:
    up = way(drawn, (200, 1), (200, 99))
    assert up.has_steps
    assert up.is_steep
    assert up.steepest_percent == 10.0
    assert [part.incline_percent for part in up.parts] == [10.0]
    down = way(drawn, (200, 99), (200, 1))
    assert [part.incline_percent for part in down.parts] == [-10.0]


def test_an_unknown_slope_is_not_flat(drawn: Network) -> None:
    found = way(drawn, (30, 0), (100, 50))
    assert found.steepest_percent is None
    assert [part.incline_percent for part in found.parts] == [None, None]
    assert not found.is_steep


def test_without_stairs_the_way_goes_around(drawn: Network) -> None:
    found = way(drawn, (200, 1), (190, 100), step_free=True)
    assert not found.has_steps
    assert found.length_m == pytest.approx(100 + 100 + 90 + 1, abs=0.3)
    assert [part.name_fr for part in found.parts] == ["Rue Haute", "", "Rue Basse"]


def test_next_door_is_a_way_too(drawn: Network) -> None:
    found = way(drawn, (30, 9), (60, -9))
    assert metres(found.line) == pytest.approx(
        np.array([(30, 9), (30, 0), (60, 0), (60, -9)]), abs=0.02
    )
    back = way(drawn, (60, -9), (30, 9))
    assert metres(back.line) == pytest.approx(metres(found.line)[::-1], abs=0.02)
    here = way(drawn, (30, 9), (30, 9))
    assert here.parts == ()
    assert here.length_m == pytest.approx(18, abs=0.02)


def test_a_street_that_ends_where_it_begins() -> None:
    loop = [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    network = Network.of(
        np.array([(0, 0), (-50, 0)]) + CORNER,
        [(0, 0), (0, 1)],
        lines=[np.array(loop, float) + CORNER, np.array([(0, 0), (-50, 0)], float) + CORNER],
    )
    far = way(network, (-50, 0), (0, 90))
    assert far.length_m == pytest.approx(50 + 90, abs=0.01)
    around = way(network, (0, 90), (90, 0))
    assert around.length_m == pytest.approx(180, abs=0.01)


@pytest.mark.official
def test_ways_through_the_city_are_as_long_as_their_parts(city: Network) -> None:
    draw = np.random.default_rng(6)
    at = city.lonlat[draw.integers(0, len(city), 120)] + draw.normal(0, 2e-4, (120, 2))
    spots, walker = city.snap(*at.T), Walker(city)
    found = 0
    for start in range(0, 120, 20):
        reach = walker.reach(*at[start])
        for row, length_m in enumerate(reach.to(spots)):
            one = reach.way(spots[row])
            assert (one is None) == np.isinf(length_m)
            if one is not None:
                found += 1
                away_m = reach.origin.away_m[0] + spots.away_m[row]
                walked_m = sum(part.length_m for part in one.parts)
                assert walked_m + away_m == pytest.approx(length_m, abs=0.001)
                drawn_m = np.hypot(*np.diff(metres(one.line), axis=0).T).sum()
                assert drawn_m == pytest.approx(length_m, abs=0.01)
    assert found > 500
