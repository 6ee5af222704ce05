import numpy as np
import pytest
import shapely

from geo.crs import LAMBERT_72, WGS_84, project
from geo.walking import SNAP_LIMIT_M, Network, Spots
from tests.geo.walking.conftest import lonlat


def test_a_spot_lies_on_a_street_and_not_at_a_crossing(drawn: Network) -> None:
    spots = drawn.snap(*lonlat((130, 7), (190, 110), (20, -3)))
    assert spots.edge.tolist() == [1, 6, 0]
    assert spots.offset_m == pytest.approx([30, 90, 20], abs=0.01)
    assert spots.away_m == pytest.approx([7, 10, 3], abs=0.01)
    assert not spots.off.any()


def test_without_stairs_the_next_street_is_taken(drawn: Network) -> None:
    beside = lonlat((198, 90))
    assert drawn.snap(*beside).edge.tolist() == [5]
    assert drawn.snap(*beside, step_free=True).edge.tolist() == [6]


@pytest.mark.parametrize(
    ("lon", "lat"),
    [(None, None), (np.nan, 50.8), (4.3, None), (400.0, 50.8), (4.3, -1000.0), (np.inf, 50.8)],
)
def test_no_position_has_no_street(drawn: Network, lon: float | None, lat: float | None) -> None:
    spots = drawn.snap([lon, 4.357], [lat, 50.839])
    assert spots.edge[0] == -1
    assert spots.edge[1] >= 0
    assert spots.off[0]
    assert np.isnan(spots.lon[0])


def test_far_from_every_street_is_off_the_network(drawn: Network) -> None:
    spots = drawn.snap(*lonlat((200, -SNAP_LIMIT_M + 1), (200, -SNAP_LIMIT_M - 1)))
    assert spots.off.tolist() == [False, True]


def test_spots_are_taken_by_place_slice_and_mask(drawn: Network) -> None:
    spots = drawn.snap(*lonlat((130, 7), (190, 110), (20, -3)))
    assert spots[1].edge.tolist() == [6]
    assert spots[-1].edge.tolist() == [0]
    assert spots[:2].edge.tolist() == [1, 6]
    assert spots[spots.away_m < 8].edge.tolist() == [1, 0]
    assert len(Spots.unsnapped([], [])) == 0


@pytest.mark.official
def test_the_nearest_street_is_that_of_shapely(city: Network) -> None:
    draw = np.random.default_rng(4)
    points = np.column_stack([city.x, city.y])[draw.integers(0, len(city), 150)]
    points += draw.normal(0, 80, points.shape)
    lon, lat = project(points, source=LAMBERT_72, target=WGS_84).T
    spots = city.snap(lon, lat)
    flat = np.column_stack([city.xs, city.ys])
    lines = [
        shapely.LineString(flat[a:b]) for a, b in zip(city.start[:-1], city.start[1:], strict=True)
    ]
    for row, point in enumerate(shapely.points(points)):
        away = shapely.distance(lines, point)
        assert spots.away_m[row] == pytest.approx(away.min(), abs=0.02)
        on = lines[spots.edge[row]].interpolate(spots.offset_m[row])
        assert shapely.distance(on, point) == pytest.approx(away.min(), abs=0.02)
