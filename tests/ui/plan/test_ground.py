"""The ground of a local map, packed in whole numbers."""

import geopandas as gpd
import pytest
import shapely

from exchange.poster.sheet import Ground
from ui.plan.ground import around, packed_ground

AREA = shapely.box(4.34, 50.83, 4.35, 50.84)


def streets(*lines: shapely.Geometry, **columns: object) -> gpd.GeoDataFrame:
    told = {"kind": "minor", "name_fr": "Rue Haute", "name_nl": "Hoogstraat", **columns}
    return gpd.GeoDataFrame([told] * len(lines), geometry=list(lines), crs=4326)


def test_a_rectangle_reaches_a_third_beyond_the_area() -> None:
    assert around(AREA).bounds == pytest.approx((4.3365, 50.8265, 4.3535, 50.8435))
    assert around(shapely.Polygon()).is_empty


def test_a_line_is_steps_from_the_corner() -> None:
    line = shapely.LineString([(4.3365, 50.8265), (4.3366, 50.8265), (4.3366, 50.8267)])
    told = packed_ground(Ground(streets=streets(line)), AREA)
    assert told is not None
    assert told["origin"] == [50.8265, 4.3365]
    assert told["streets"] == [{"k": "minor", "n": 1, "p": [0, 0, 10, 0, 0, 20]}]
    assert told["names"] == [["", ""], ["Rue Haute", "Hoogstraat"]]


def test_what_is_too_small_to_see_is_left_out() -> None:
    garden = gpd.GeoDataFrame(
        geometry=[
            shapely.box(4.34, 50.83, 4.34001, 50.83001),
            shapely.box(4.34, 50.83, 4.341, 50.831),
        ],
        crs=4326,
    )
    spot = shapely.LineString([(4.34, 50.83), (4.340001, 50.83)])
    told = packed_ground(Ground(streets=streets(spot), shapes={"park": garden}), AREA)
    assert told is not None
    assert told["streets"] == []
    assert len(told["park"]) == 1


def test_nothing_gives_nothing() -> None:
    assert packed_ground(Ground(), AREA) is None
    assert packed_ground(Ground(streets=streets()), shapely.Polygon()) is None
