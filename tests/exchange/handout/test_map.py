from itertools import pairwise

import numpy as np
import pytest
import shapely
from pypdf.generic import ContentStream

from exchange.handout import map as maps
from exchange.handout.map import (
    LEAST_ACROSS_M,
    LONGEST_BAR,
    MARGIN_PT,
    MOST_ACROSS_M,
    START_CUT_M,
    extent_of,
    frame_of,
    metres,
    way_shown,
)
from exchange.handout.pages import write_handout
from tests.exchange.handout.sheets import at, entry, handout, read, texts

SIZE = (150.0, 150.0)


def framed(*points: tuple[float, float], door: tuple[float, float] | None = None) -> list[float]:
    frame = frame_of(
        np.array(points), at=(40, 100), size=SIZE, door=None if door is None else np.array(door)
    )
    return [*frame.ground, *frame.place(np.array(points)).ravel().tolist()]


def test_a_way_begins_at_a_bend_after_the_cut() -> None:
    way = np.array([(0, 0), (0, START_CUT_M - 1), (0, START_CUT_M + 40), (90, 100), (90, 300)])
    assert way_shown(way).tolist() == way[2:].tolist()


@pytest.mark.parametrize(
    "way", [[], [(1, 1)], [(0, 0), (500, 0)], [(0, 0), (20, 0), (50, 0)], [(0, 0), (np.nan, 2)]]
)
def test_a_way_without_a_bend_before_the_door_is_not_shown(way: list[tuple[float, float]]) -> None:
    assert len(way_shown(np.array(way, dtype=float).reshape(-1, 2))) == 0


def test_one_place_is_shown_with_its_block_in_the_middle() -> None:
    west, south, east, north, x, y = framed((1000, 2000))
    assert (east - west, north - south) == pytest.approx((LEAST_ACROSS_M, LEAST_ACROSS_M))
    assert (x, y) == pytest.approx((40 + 75, 100 + 75))


def test_all_of_a_way_is_within_the_margin() -> None:
    *_, x0, y0, x1, y1 = framed((0, 0), (400, 100))
    assert (x0, x1) == pytest.approx((40 + MARGIN_PT, 190 - MARGIN_PT))
    assert y1 - y0 == pytest.approx((x1 - x0) / 4)


def test_of_a_long_way_the_end_is_shown() -> None:
    west, _, east, _, _, _, x, _ = framed((0, 0), (9000, 0), door=(9000, 0))
    assert east - west == pytest.approx(MOST_ACROSS_M)
    assert x == pytest.approx(190 - MARGIN_PT)


def test_metres_are_metres() -> None:
    line = shapely.LineString(metres([at(0, 0), at(300, 400)]))
    assert line.length == pytest.approx(500, abs=0.01)


def test_the_scale_bar_is_as_long_as_it_says() -> None:
    written = write_handout(handout(entry(line=())))
    assert "50 m" in texts(written)[0]
    page = read(written).pages[0]
    operations = ContentStream(page.get_contents(), page.pdf).operations
    lengths = [
        float(end[0]) - float(start[0])
        for (start, first), (end, second) in pairwise(operations)
        if (first, second) == (b"m", b"l") and start[1] == end[1]
    ]
    bar_pt = 50 * 150 / LEAST_ACROSS_M
    assert any(length == pytest.approx(bar_pt, abs=0.01) for length in lengths)


def test_the_scale_gives_way_to_a_number() -> None:
    frame = frame_of(np.array([(0.0, 0.0)]), at=(40, 100), size=SIZE)
    left, right, middle = (shapely.Point(x, 110).buffer(11) for x in (60, 170, 115))
    moved = 190 - 150 * LONGEST_BAR - 50
    cases = [([], 40, 100), ([left], moved, 100), ([right], 40, 100), ([middle], 40, 230)]
    for taken, x, y in cases:
        assert maps.bar_corner(frame, taken).bounds[:2] == pytest.approx((x, y))


def test_one_map_must_show_doors_and_ways() -> None:
    assert extent_of([entry(line=())]) == (0, 0)
    assert extent_of([entry()]) == pytest.approx((0, 250), abs=0.1)
