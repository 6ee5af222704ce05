import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.adjacency import neighbours_of, pieces
from geo.territory import Territory


def test_sides_touch_and_corners_do_not(grid: Territory) -> None:
    assert grid.neighbours["21004A11-"] == {"21001A10-", "21004A01-", "21004A21-", "21004A12-"}
    assert grid.neighbours["21001A00-"] == {"21001A10-", "21004A01-"}


def test_borders_with_other_vertices_touch_all_the_same() -> None:
    long = shapely.box(0, 0, 1, 2)
    short = shapely.box(1, 0.5, 2, 1.5)
    assert neighbours_of(["a", "b"], np.array([long, short]))["a"] == {"b"}


@pytest.mark.official
def test_both_ways_agree_on_the_real_sectors(real: Territory) -> None:
    shapes = real.sectors.geometry.to_numpy()
    assert real.neighbours == neighbours_of(list(real.codes), shapes)


cells = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=15)


@given(cells)
def test_pieces_lose_nothing_and_do_not_touch(chosen: set[tuple[int, int]]) -> None:
    names = {f"{x}{y}": (x, y) for x, y in chosen}
    beside = {
        key: {f"{x + 1}{y}", f"{x - 1}{y}", f"{x}{y + 1}", f"{x}{y - 1}"}
        for key, (x, y) in names.items()
    }
    found = pieces(names, beside)
    assert sorted(key for piece in found for key in piece) == sorted(names)
    for piece in found:
        outside = set(names) - piece
        assert not any(beside[key] & outside for key in piece)
    parts = shapely.union_all([shapely.box(x, y, x + 1, y + 1) for x, y in chosen])
    joined = shapely.buffer(parts, -0.01)
    assert len(found) == (0 if not chosen else len(shapely.get_parts(joined)))
