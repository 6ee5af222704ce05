import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, rankdata

from geo.coverage import Coverage, Services, demand, members
from geo.coverage.gaps import (
    DRAWS,
    Apart,
    Factor,
    Gaps,
    lack_of_minutes,
    lack_of_share,
    may_be_nearer,
    may_reach_more,
    mostly,
    people_without,
    percentile_rank,
    rank_gaps,
    reached_within,
    try_weights,
)
from geo.coverage.measures import Measure
from geo.errors import BadInputError
from geo.levels import Level
from geo.territory import Territory
from geo.walking import Network, Walker
from tests.geo.coverage.conftest import lonlat

NAN, INF = np.nan, np.inf
shares = st.floats(0, 1).map(lambda share: round(share, 6))
figures = st.integers(-1_000, 1_000)


def ranked(gaps: Gaps, ids: str) -> str:
    """The ids in the order of their rank."""
    return "".join(ids[at] for at in gaps.order)


def test_need_times_lack_by_hand() -> None:
    """People rank 0, 1/3, 2/3, 1; income the other way round: 1, 1/3, 2/3, 0."""
    people = Factor(values=np.array([100.0, 200, 300, 400]), weight=3)
    income = Factor(values=np.array([10.0, 30, 20, 40]), weight=1, less_is_need=True)
    lack = np.array([1.0, 0.5, 0.5, 0.25])
    found = rank_gaps("abcd", lack, np.full(4, 12.0), [people, income])
    assert found.needs.tolist() == [[0, 1], [1 / 3, 1 / 3], [2 / 3, 2 / 3], [1, 0]]
    assert found.weights.tolist() == [0.75, 0.25]
    assert found.need == pytest.approx([0.25, 1 / 3, 2 / 3, 0.75])
    assert found.score == pytest.approx([0.25, 1 / 6, 1 / 3, 0.1875])
    assert found.rank.tolist() == [2, 4, 1, 3]
    assert ranked(found, "abcd") == "cadb"


def test_without_an_indicator_lack_alone_decides_and_minutes_break_ties() -> None:
    lack = np.array([1.0, 1.0, 0.4, 1.0, 1.0])
    found = rank_gaps("edcba", lack, np.array([20.0, 31.0, 90.0, INF, 31.0]))
    assert ranked(found, "edcba") == "badec"
    assert found.need.tolist() == [1] * 5
    weightless = Factor(values=np.array([1.0, NAN, 3, 4, 5]), weight=0)
    assert ranked(rank_gaps("edcba", lack, np.full(5, NAN), [weightless]), "edcba") == "abdec"


def test_what_is_not_known_is_apart_and_not_last() -> None:
    factor = Factor(values=np.array([5.0, NAN, 6, 7, NAN]), weight=1)
    lack = np.array([0.5, 0.9, NAN, 0.0, NAN])
    found = rank_gaps("abcde", lack, np.ones(5), [factor])
    assert found.rank.tolist() == [1, 0, 0, 0, 0]
    assert found.apart.tolist() == [
        Apart.NOT, Apart.NEED, Apart.MEASURE, Apart.NO_LACK, Apart.MEASURE
    ]  # fmt: skip
    assert ranked(found, "abcde") == "a"


def test_lack_of_a_share_and_of_minutes() -> None:
    assert lack_of_share(np.array([0, 0.25, 1, 1 + 1e-12, NAN])) == pytest.approx(
        [1, 0.75, 0, 0, NAN], nan_ok=True
    )
    assert lack_of_minutes(np.array([0.0, 5, 15, NAN, INF]), 5.0) == pytest.approx(
        [0, 0, 2 / 3, NAN, 1], nan_ok=True
    )
    assert people_without(np.array([120.0, NAN]), np.array([0.25, 0.5])) == pytest.approx(
        [90, NAN], nan_ok=True
    )
    assert [reached_within(limit) for limit in (5, 10, 15)] == [
        Measure.REACHED_5, Measure.REACHED_10, Measure.REACHED_15
    ]  # fmt: skip


@given(st.lists(figures, min_size=2, max_size=40))
def test_percentile_ranks_are_those_of_scipy(values: list[int]) -> None:
    expected = (rankdata(values, method="average") - 1) / (len(values) - 1)
    assert percentile_rank(np.array(values, float)) == pytest.approx(expected)


def test_percentile_ranks_of_one_and_of_none() -> None:
    assert percentile_rank(np.array([NAN, 4.0])).tolist()[1] == 1
    assert np.isnan(percentile_rank(np.array([NAN, NAN]))).all()
    assert percentile_rank(np.array([2.0, 2, 2])).tolist() == [0.5] * 3


@given(
    st.lists(st.tuples(figures, figures, shares), min_size=1, max_size=20),
    st.floats(0.001, 1_000), st.floats(-100, 100), st.booleans(),
)  # fmt: skip
def test_the_unit_of_an_indicator_does_not_move_the_rank(
    rows: list[tuple[int, int, float]],
    scale: float,
    shift: float,
    less: bool,  # noqa: FBT001
) -> None:
    one, other, lack = (np.array(column, float) for column in zip(*rows, strict=True))
    ids = [f"{place:02d}" for place in range(len(rows))]
    told = {"weight": 2.0, "less_is_need": less}
    plain = [Factor(values=one, **told), Factor(values=other, weight=1)]
    scaled = [Factor(values=one * scale + shift, **told), Factor(values=other, weight=1)]
    found = rank_gaps(ids, lack, lack, plain)
    assert found.rank.tolist() == rank_gaps(ids, lack, lack, scaled).rank.tolist()
    doubled = [Factor(values=f.values, weight=2 * f.weight, less_is_need=f.less_is_need)
               for f in plain]  # fmt: skip
    assert found.rank.tolist() == rank_gaps(ids, lack, lack, doubled).rank.tolist()


@given(st.lists(st.tuples(figures, shares), min_size=2, max_size=20), st.data())
def test_who_lacks_more_never_falls(rows: list[tuple[int, float]], data: st.DataObject) -> None:
    people, lack = (np.array(column, float) for column in zip(*rows, strict=True))
    ids = [f"{place:02d}" for place in range(len(rows))]
    factors = [Factor(values=people, weight=1)]
    at = data.draw(st.integers(0, len(rows) - 1))
    more = lack.copy()
    more[at] = data.draw(st.floats(lack[at], 1))
    before, after = (rank_gaps(ids, x, np.zeros(len(ids)), factors) for x in (lack, more))
    assert after.score[at] >= before.score[at]
    if before.rank[at]:
        assert after.rank[at] <= before.rank[at]
    others = np.arange(len(ids)) != at
    assert (after.score[others] == before.score[others]).all()


@given(st.lists(st.tuples(figures, figures, shares), min_size=1, max_size=30))
def test_every_area_is_ranked_once_or_apart(rows: list[tuple[int, int, float]]) -> None:
    one, other, lack = (np.array(column, float) for column in zip(*rows, strict=True))
    one[one < -900] = NAN
    ids = [f"{place:02d}" for place in range(len(rows))]
    found = rank_gaps(
        ids, lack, lack, [Factor(values=one, weight=1), Factor(values=other, weight=1)]
    )
    count = int((found.apart == Apart.NOT).sum())
    assert sorted(found.rank[found.rank > 0]) == list(range(1, count + 1))
    assert ((found.rank > 0) == (found.apart == Apart.NOT)).all()
    scores = found.score[found.order]
    assert (np.diff(scores) <= 0).all()
    tried = try_weights(found)
    at = found.order
    assert (
        (tried.low[at] >= 1) & (tried.high[at] <= count) & (tried.low[at] <= tried.high[at])
    ).all()
    assert tried.among_first[at].sum() == pytest.approx(min(count, 10))


def test_ranks_under_other_weights_by_hand() -> None:
    """Of two areas the first leads while its weight is above a half: as often as not."""
    first = Factor(values=np.array([2.0, 1.0]), weight=1)
    second = Factor(values=np.array([1.0, 2.0]), weight=1)
    tried = try_weights(rank_gaps("ab", np.ones(2), np.zeros(2), [first, second]))
    assert (tried.low.tolist(), tried.high.tolist()) == ([1, 1], [2, 2])
    heavy = Factor(values=np.array([2.0, 1.0]), weight=99)
    tried = try_weights(rank_gaps("ab", np.ones(2), np.zeros(2), [heavy, second]))
    assert (tried.low.tolist(), tried.high.tolist()) == ([1, 2], [1, 2])
    assert tried.among_first.tolist() == [1, 1]


def test_how_often_among_the_first_ten_is_that_of_the_beta_distribution() -> None:
    """Eleven areas, the first by one indicator the last by the other, and so on.

    With w the weight of the one, the need of area k is w (10 - k)/10 + (1 - w) k/10: the first
    area is the eleventh as soon as w falls below a half. Weights of 1 and 2 draw w from the
    distribution Beta(20/3, 40/3), as scipy has it.
    """
    ids = [f"{place:02d}" for place in range(11)]
    one = Factor(values=np.arange(11, 0, -1, dtype=float), weight=1)
    other = Factor(values=np.arange(11, dtype=float), weight=2)
    tried = try_weights(rank_gaps(ids, np.ones(11), np.zeros(11), [one, other]))
    error = 3 * np.sqrt(0.25 / DRAWS)
    assert tried.among_first[0] == pytest.approx(beta.sf(0.5, 20 / 3, 40 / 3), abs=error)
    assert tried.among_first[10] == pytest.approx(beta.cdf(0.5, 20 / 3, 40 / 3), abs=error)
    assert tried.among_first[5] == 1


def test_with_one_indicator_or_none_weights_do_not_matter() -> None:
    lack = np.array([0.5, 1.0, NAN])
    alone = [Factor(values=np.array([1.0, 2, 3]), weight=7)]
    for factors in ([], alone):
        found = rank_gaps("abc", lack, lack, factors)
        tried = try_weights(found)
        assert tried.low.tolist() == tried.high.tolist() == found.rank.tolist() == [2, 1, 0]
        assert np.isnan(tried.among_first[2])
    nobody = try_weights(rank_gaps("ab", np.zeros(2), np.zeros(2)))
    assert nobody.low.tolist() == [0, 0]


def test_the_same_question_has_the_same_answer() -> None:
    draw = np.random.default_rng(3)
    factors = [Factor(values=draw.random(50), weight=w) for w in (1, 2)]
    found = rank_gaps([str(place) for place in range(50)], draw.random(50), np.zeros(50), factors)
    one, again = try_weights(found), try_weights(found)
    assert (one.low == again.low).all()
    assert (one.among_first == again.among_first).all()
    close = try_weights(found, concentration=20_000)
    assert (close.high - close.low).mean() < (one.high - one.low).mean()


def test_columns_and_weights_are_checked() -> None:
    with pytest.raises(BadInputError, match="each of 2 areas, found 3"):
        rank_gaps("ab", np.ones(3), np.ones(2))
    for weight in (-1.0, NAN, INF):
        with pytest.raises(BadInputError, match="at least zero"):
            rank_gaps("ab", np.ones(2), np.ones(2), [Factor(values=np.ones(2), weight=weight)])


def test_what_may_be_less_by_hand(row: Territory, street: Network, walker: Walker) -> None:
    """One at x = 110, one 190 m beside x = 1,300: within 800 m of x = 700 to 1,900."""
    spots = street.snap(*lonlat((110, 0), (1_300, 190)))
    services = Services.of(row, spots, [[0], [0]])
    made = Coverage.of(walker, demand(row, street), services, np.full(8, 10.0))
    assert may_reach_more(made, 0, 10).tolist() == [0, 0, 1, 0, 0, 0, 0, 0]
    assert not may_reach_more(made, 0, 5).any(), "whoever finds none is not known anyway"
    minutes = made.nearest_min(0)
    assert may_be_nearer(made, 0, minutes, 10).tolist() == [0, 0, 0, 1, 1, 1, 0, 0]
    areas = members(row, Level.MUNICIPALITY)
    few, people = np.array([True, *[False] * 7]), np.array([10.0, 80, 10, 0, 1, 1, 1, 1])
    assert mostly(few, people, areas).tolist() == [False, False]
    assert mostly(few, people + few, areas).tolist() == [True, False]
    assert mostly(np.ones(8, dtype=bool), np.zeros(8), areas).tolist() == [True, True]
