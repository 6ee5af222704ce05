import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.poster.boxes import boxes_hit, leaders_cross, leaders_hit
from exchange.poster.declutter import Placed, declutter

FRAME = (0.0, 0.0, 600.0, 600.0)
places = st.lists(st.tuples(st.integers(0, 600), st.integers(0, 600)), min_size=1, max_size=25)


def signs(placed: Placed) -> list[shapely.Polygon]:
    return [shapely.box(x - w, y - h, x + w, y + h) for x, y, w, h, _ in placed.boxes.tolist()]


@settings(deadline=None, max_examples=40)
@given(doors=places, boxes=st.lists(st.tuples(st.integers(50, 550), st.integers(50, 550),
       st.integers(0, 314)), max_size=6))  # fmt: skip
def test_no_sign_covers_another_nor_a_name_and_none_is_lost(
    doors: list[tuple[int, int]], boxes: list[tuple[int, int, int]]
) -> None:
    taken = np.array([(x, y, 40, 5, turn / 100) for x, y, turn in boxes]).reshape(-1, 5)
    given_doors = np.array(doors, dtype=float)
    placed = declutter(given_doors, np.full((len(doors), 2), 14.0), frame=FRAME, taken=taken)
    assert len(placed.boxes) == len(doors)
    found = signs(placed)
    for n, one in enumerate(found):
        assert shapely.box(*FRAME).buffer(0.01).contains(one)
        assert all(one.intersection(other).area < 0.01 for other in found[:n])
    for x, y, wide, high, turn in taken.tolist():
        name = shapely.affinity.rotate(
            shapely.box(x - wide, y - high, x + wide, y + high), turn, use_radians=True
        )
        assert all(name.intersection(sign).area < 0.01 for sign in found)
    still = ~placed.moved
    off = np.abs(placed.boxes[still, :2] - given_doors[still])
    assert (off < 7).all()  # who has no leader stands on the door


def test_one_alone_stands_at_its_door() -> None:
    placed = declutter(np.array([[100.0, 100]]), np.array([[14.0, 14]]), frame=FRAME)
    assert placed.boxes[0, :2].tolist() == [100, 100]
    assert not placed.moved.any()


def test_leaders_start_at_the_door_and_end_at_the_sign() -> None:
    doors = np.full((12, 2), 300.0) + np.arange(12)[:, None] * 0.5
    placed = declutter(doors, np.full((12, 2), 14.0), frame=FRAME)
    found = signs(placed)
    moved = placed.moved.nonzero()[0]
    assert len(moved) >= 10
    assert not placed.crowded.any()
    for n in moved:
        leader = shapely.LineString(placed.leaders[n].reshape(2, 2))
        assert leader.coords[0] == tuple(doors[n])
        assert leader.distance(found[n]) < 0.01
        others = [sign for k, sign in enumerate(found) if k != n]
        assert all(leader.intersection(sign).length < 0.01 for sign in others)


def test_more_patience_finds_room_for_more() -> None:
    doors = np.random.default_rng(3).normal(100, 18, (30, 2))
    crowded = [
        int(declutter(doors, np.full((30, 2), 14.0), frame=(0, 0, 200, 200), **how).crowded.sum())
        for how in ({"patience": 0}, {})
    ]
    assert crowded[0] > crowded[1]


def test_where_there_is_no_room_it_says_so() -> None:
    placed = declutter(np.full((9, 2), 10.0), np.full((9, 2), 14.0), frame=(0, 0, 30, 30))
    assert placed.crowded.any()


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 12),
       st.integers(1, 12), st.integers(0, 314)), min_size=2, max_size=2))  # fmt: skip
def test_boxes_touch_where_shapely_says_so(rows: list[tuple[int, ...]]) -> None:
    boxes = np.array(rows, dtype=float)
    boxes[:, 4] /= 100
    one, other = (
        shapely.affinity.rotate(
            shapely.box(x - w, y - h, x + w, y + h), turn, origin=(x, y), use_radians=True
        )
        for x, y, w, h, turn in boxes.tolist()
    )
    surface = one.intersection(other).area
    if surface > 1e-6 or one.distance(other) > 1e-6:
        assert boxes_hit(boxes[:1], boxes[1:])[0, 0] == (surface > 1e-6)


@pytest.mark.parametrize(
    ("leader", "hit"),
    [((0, 0, 10, 0), True), ((0, 3, 10, 3), False), ((0, 2, 10, 2), False)],
)
def test_leaders_run_through_boxes(leader: tuple[float, ...], *, hit: bool) -> None:
    box = np.array([[5.0, 0, 2, 2, 0]])
    assert leaders_hit(np.array([leader], dtype=float), box)[0, 0] == hit


def test_leaders_that_share_an_end_do_not_cross() -> None:
    one, other = np.array([[0.0, 0, 10, 10]]), np.array([[0.0, 0, 10, 0]])
    assert not leaders_cross(one, other)[0, 0]
