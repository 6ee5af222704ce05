from collections.abc import Callable
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from geo.errors import BadInputError, UnknownIdError
from geo.planning import UNASSIGNED, Aims, Ground, Rules, propose, propose_several
from geo.planning.grouping import BALANCE_WEIGHT
from geo.territory import Territory
from tests.geo.planning.drawn import block, groupings, squares, whole


def cost(ground: Ground, group: NDArray[np.int64], weight: NDArray[np.float64]) -> float:
    """What a proposal is to make small, written down once more from its definition."""
    xy = np.column_stack([ground.x, ground.y])
    names = np.unique(group)
    round_m2 = xy.var(axis=0).sum() / len(names)
    off = np.concatenate([xy[group == g] - xy[group == g].mean(axis=0) for g in names])
    sums = np.array([weight[group == g].sum() for g in names])
    return float(
        (off**2).sum() / len(xy) / round_m2 + BALANCE_WEIGHT * sums.var() / sums.mean() ** 2
    )


def test_two_by_four_falls_into_two_squares() -> None:
    found = propose(block(4, 2), np.ones(8), number=2)
    assert found.sectors() == [("00", "01", "10", "11"), ("20", "21", "30", "31")]
    assert found.figures.valid_share == 1
    assert found.figures.weight_cv == 0
    assert found.figures.radius_m == pytest.approx(50 * 2**0.5)
    assert (found.figures.fewest, found.figures.most, found.figures.unassigned) == (4, 4, 0)
    assert found.figures.kept_share is None


def test_weight_moves_the_border() -> None:
    """A line of nine: the middle goes where weight is short."""
    line = block(9, 1)
    heavy_left = propose(line, [3, 3, 3, 3, 1, 1, 1, 1, 1], number=2, aims=Aims(balance=50))
    assert heavy_left.sectors()[0] == ("00", "10", "20", "30")
    heavy_right = propose(line, [1, 1, 1, 1, 1, 3, 3, 3, 3], number=2, aims=Aims(balance=50))
    assert heavy_right.sectors()[0] == ("00", "10", "20", "30", "40")


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("size", "number", "rules"),
    [
        ((3, 3), 3, Rules(least=2, most=5)),
        ((5, 2), 2, Rules(least=4, most=6)),
        ((4, 2), 3, Rules(least=1, most=4)),
    ],
)
def test_as_good_as_the_best_of_all(
    seed: int, size: tuple[int, int], number: int, rules: Rules
) -> None:
    ground = block(*size)
    weight = np.random.default_rng(seed).lognormal(0, 0.6, len(ground))
    every = groupings(ground, number, rules.least, rules.most)
    best = min(cost(ground, group, weight) for group in every)
    found = propose(ground, weight, number=number, rules=rules, seed=seed)
    assert cost(ground, found.group, weight) == pytest.approx(best)


def test_present_neighbourhoods_stay_where_they_may() -> None:
    ground = block(4, 3)
    columns = {code: f"column {code[0]}" for code in ground.codes}
    three = Rules(least=3, most=3)
    found = propose(ground, np.ones(12), number=4, rules=three, present=columns)
    assert found.figures.kept_share == 1
    assert found.continues == ("column 0", "column 1", "column 2", "column 3")
    free = propose(ground, np.ones(12), number=4, rules=three, present=columns, aims=Aims(keep=0))
    assert free.figures.valid_share == 1
    two = {code: "west" if code[0] < "2" else "east" for code in ground.codes}
    merged = propose(ground, np.ones(12), number=1, rules=Rules(least=1, most=12), present=two)
    assert merged.figures.kept_share == 0.5
    assert merged.continues[0] in ("east", "west")


def test_locked_sectors_stay_against_everything_else() -> None:
    ground = block(4, 2)
    present = {"00": "long", "10": "long", "20": "long", "30": "long", "01": "other"}
    locked = ["00", "10", "20", "30", "01"]
    found = propose(ground, [9, 9, 9, 9, 1, 1, 1, 1], number=2, present=present, locked=locked)
    assert found.sectors() == [("00", "10", "20", "30"), ("01", "11", "21", "31")]
    assert found.continues == ("long", "other")


def test_sectors_between_locked_ones_join_them() -> None:
    line = block(8, 1)
    found = propose(line, np.ones(8), number=2, present={"00": "a", "30": "a"}, locked=["00", "30"])
    assert found.sectors()[0] == ("00", "10", "20", "30")


def test_same_seed_same_answer_and_other_seeds_others() -> None:
    ground = block(11, 11)
    weight = np.random.default_rng(1).lognormal(0, 0.6, 121)
    first, again, other = propose_several(ground, weight, number=17, seeds=[5, 5, 6])
    assert (first.group == again.group).all()
    assert (first.group != other.group).any()
    assert [p.seed for p in (first, again, other)] == [5, 5, 6]


def test_progress_is_told_and_it_can_be_stopped() -> None:
    ground, told = block(6, 6), list[float]()
    propose_several(ground, np.ones(36), seeds=[1, 2], tell=told.append)
    assert told == sorted(told)
    assert told[-1] == 1
    asked = count()
    found = propose_several(ground, np.ones(36), seeds=[1, 2], stop=lambda: next(asked) > 30)
    assert [p.stopped for p in found] == [True]
    at_once = propose(ground, np.ones(36), stop=lambda: True)
    assert at_once.stopped
    assert sorted(sum(at_once.sectors(), ())) == list(ground.codes)


def test_an_island_of_two_is_refused_or_left() -> None:
    ground = squares([*((x, 0) for x in range(4)), (8, 8), (9, 8)])
    with pytest.raises(BadInputError, match="found one of 2: 88, 98"):
        propose(ground, np.ones(6))
    found = propose(ground, np.ones(6), leave_islands=True)
    assert found.figures.unassigned == 2
    assert found.group.tolist() == [0, 0, 0, 0, UNASSIGNED, UNASSIGNED]
    with pytest.raises(BadInputError, match="No part"):
        propose(squares([(0, 0), (5, 5)]), np.ones(2), leave_islands=True)


def test_a_star_that_cannot_be_cut_is_told_as_not_valid() -> None:
    """Eight rays around one sector: two groups of four do not exist; the figures say so."""
    star = Ground.of_pairs("abcdefghi", range(9), [0] * 9, [(0, n) for n in range(1, 9)])
    found = propose(star, np.ones(9), number=2)
    assert found.figures.valid_share < 1
    assert sorted(sum(found.sectors(), ())) == list("abcdefghi")


@pytest.mark.parametrize(
    ("ask", "why"),
    [
        (lambda g: propose(g, [1.0] * 7), "weight for each of 8 sectors, found 7"),
        (lambda g: propose(g, [1.0] * 7 + [np.nan]), "found 1 without: 31"),
        (lambda g: propose(g, [1.0] * 7 + [-1]), "found 1 without: 31"),
        (lambda g: propose(g, np.ones(8), number=3), "1 to 2 neighbourhoods of these 8"),
        (lambda g: propose(g, np.ones(8), size=3), "Expected 4 to 11 sectors on average"),
        (lambda g: propose(g, np.ones(8), rules=Rules(least=3, most=2)), "smaller one first"),
        (lambda g: propose(g, np.ones(8), rules=Rules(least=5, most=7)), "grouped by 5 to 7"),
        (lambda g: propose(g, np.ones(8), aims=Aims(keep=-1)), "count zero or more, found -1"),
        (lambda g: propose(g, np.ones(8), locked=["00"]), "in no neighbourhood today"),
    ],
)
def test_what_cannot_be_is_refused(ask: Callable[[Ground], object], why: str) -> None:
    with pytest.raises(BadInputError, match=why):
        ask(block(4, 2))


def test_locks_that_cannot_be_kept_are_refused() -> None:
    ground = block(4, 2)
    with pytest.raises(UnknownIdError, match="99"):
        propose(ground, np.ones(8), locked=["99"])
    each = {code: code for code in ground.codes}
    with pytest.raises(BadInputError, match="8 neighbourhoods"):
        propose(ground, np.ones(8), present=each, locked=ground.codes)
    line = block(8, 1)
    crossed = {"00": "a", "20": "a", "10": "b"}
    with pytest.raises(BadInputError, match="cannot be joined"):
        propose(line, np.ones(8), present=crossed, locked=["00", "20", "10"])


cells = st.sets(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=1, max_size=9)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_nothing_is_lost_and_sizes_hold_where_they_can(data: st.DataObject) -> None:
    ground = squares(data.draw(cells))
    n = len(ground)
    weight = np.array(data.draw(st.lists(st.integers(0, 9), min_size=n, max_size=n)), float)
    number = data.draw(st.integers(1, 4))
    rules = Rules(least=data.draw(st.integers(1, 3)), most=data.draw(st.integers(3, 6)))
    seed = data.draw(st.integers(0, 9))
    any_at_all = any(True for _ in groupings(ground, number, rules.least, rules.most))
    try:
        found = propose(ground, weight, number=number, rules=rules, seed=seed)
    except BadInputError:
        assert not any_at_all
        return
    assert sorted(sum(found.sectors(), ())) == list(ground.codes)
    assert all(whole(ground, codes) for codes in found.sectors())
    sizes_hold = all(rules.least <= len(codes) <= rules.most for codes in found.sectors())
    assert sizes_hold == any_at_all == (found.figures.valid_share == 1)


@settings(deadline=None, max_examples=20)
@given(st.data())
def test_locked_sectors_stay_together(data: st.DataObject) -> None:
    ground = block(5, 3)
    names = data.draw(st.lists(st.sampled_from(["a", "b", "c", None]), min_size=15, max_size=15))
    present = {code: name for code, name in zip(ground.codes, names, strict=True) if name}
    locked = data.draw(st.sets(st.sampled_from(sorted(present)), max_size=6)) if present else set()
    try:
        found = propose(ground, np.ones(15), number=3, present=present, locked=locked)
    except BadInputError:
        assert locked
        return
    group = dict(zip(found.codes, found.group.tolist(), strict=True))
    assert sorted(sum(found.sectors(), ())) == list(ground.codes)
    assert all(whole(ground, codes) for codes in found.sectors())
    for code in locked:
        assert found.continues[group[code]] == present[code]
    kept = [found.continues[group[code]] == name for code, name in present.items()]
    assert found.figures.kept_share == (pytest.approx(np.mean(kept)) if kept else None)


@pytest.mark.official
def test_the_region_in_a_hundred(real: Territory) -> None:
    ground = Ground.of(real)
    weight = np.random.default_rng(3).lognormal(0, 0.6, len(ground))
    found = propose(ground, weight, number=100, seed=3)
    assert found.figures.neighbourhoods == 100
    assert found.figures.valid_share == 1
    assert sorted(sum(found.sectors(), ())) == sorted(real.codes)
    part = Ground.of(real, [code for code in real.codes if code.startswith("21004")])
    assert propose(part, np.ones(len(part))).figures.valid_share == 1
    with pytest.raises(UnknownIdError, match="nowhere"):
        Ground.of(real, ["nowhere"])
