import numpy as np
import pytest

from geo.walking import DETOUR_FACTOR, Network, Spots, Walker, estimate, walked
from tests.geo.walking.conftest import lonlat


def test_the_straight_line_made_longer() -> None:
    lon, lat = lonlat((0, 0), (300, 400))
    found = estimate(lon[0], lat[0], lon, lat)
    assert found == pytest.approx([0, 500 * DETOUR_FACTOR], abs=0.01)
    assert np.isnan(estimate(lon[0], lat[0], [np.nan], [50.8])).all()


def test_without_a_network_all_is_estimated() -> None:
    lon, lat = lonlat((0, 0), (300, 400))
    found = walked(None, lon[0], lat[0], Spots.unsnapped([*lon, None], [*lat, None]))
    assert found.estimated.all()
    assert found.metres[:2] == pytest.approx([0, 500 * DETOUR_FACTOR], abs=0.01)
    assert np.isnan(found.metres[2])


def test_what_lies_off_the_network_is_estimated(drawn: Network) -> None:
    lon, lat = lonlat((30, 0), (60, 0), (100, -300), (550, 500))
    places = drawn.snap(lon, lat)
    found = walked(Walker(drawn).reach(lon[0], lat[0]), lon[0], lat[0], places)
    assert found.estimated.tolist() == [False, False, True, False]
    straight = np.hypot(70, 300)
    assert found.metres[:3] == pytest.approx([0, 30, straight * DETOUR_FACTOR], abs=0.01)
    assert np.isinf(found.metres[3])


def test_somebody_off_the_network_gets_estimates_alone(drawn: Network) -> None:
    lon, lat = lonlat((100, -300), (100, 0))
    reach = Walker(drawn).reach(lon[0], lat[0])
    found = walked(reach, lon[0], lat[0], drawn.snap(lon, lat))
    assert found.estimated.all()
    assert found.metres[1] == pytest.approx(300 * DETOUR_FACTOR, abs=0.01)


@pytest.mark.official
def test_the_factor_is_what_the_streets_of_the_city_ask_for(city: Network) -> None:
    walker, draw = Walker(city), np.random.default_rng(1)
    shares = []
    for node in draw.integers(0, len(city), 60):
        away = np.hypot(city.x - city.x[node], city.y - city.y[node])
        found = walker.reach(*city.lonlat[node]).node_m
        some = (away > 200) & (away < 2000) & np.isfinite(found)
        shares.append(found[some] / away[some])
    assert 1.2 < np.median(np.concatenate(shares)) < DETOUR_FACTOR < 1.4
