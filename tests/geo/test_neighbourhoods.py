from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.neighbourhoods import Neighbourhood, broken_rules, losses
from geo.territory import Territory

LINE = {str(n): {str(n - 1), str(n + 1)} - {"-1", "20"} for n in range(20)}


def place(name: str, *sectors: int, start: str = "2022-01-01", end: str = "") -> Neighbourhood:
    return Neighbourhood(
        id=name,
        names={"nl": name},
        sectors=tuple(str(n) for n in sectors),
        valid_from=date.fromisoformat(start),
        valid_to=date.fromisoformat(end) if end else None,
    )


def said(*places: Neighbourhood, day: date | None = None) -> list[str]:
    return [f"{b.neighbourhood_id}: {b}" for b in broken_rules(places, neighbours=LINE, day=day)]


def test_a_good_set_breaks_nothing() -> None:
    assert said(place("a", 0, 1, 2, 3), place("b", *range(4, 15))) == []


@pytest.mark.parametrize(
    ("n", "good"), [(3, False), (4, True), (11, True), (12, False), (0, False)]
)
def test_four_to_eleven(n: int, *, good: bool) -> None:
    found = said(place("a", *range(n)))
    assert found == ([] if good else [f"a: A neighbourhood has 4 to 11 sectors; this one has {n}."])


def test_one_piece_and_a_corner_is_none(grid: Territory) -> None:
    assert said(place("a", 0, 1, 2, 5)) == [
        "a: It is not in one piece: 5 do not touch the rest along a border."
    ]
    corner = Neighbourhood(
        id="c",
        names={},
        sectors=("21001A00-", "21004A11-", "21004A22-", "21001A20-"),
        valid_from=date(2022, 1, 1),
    )
    breaches = broken_rules([corner], neighbours=grid.neighbours)
    assert [b.params["n"] for b in breaches] == [4]


def test_unknown_and_repeated_sectors_and_a_day_before_the_first() -> None:
    assert said(place("a", 0, 1, 2, 3, 99)) == [
        "a: The sectors 99 are not known in this territory."
    ]
    assert said(place("a", 0, 1, 2, 3, 3)) == ["a: The sectors 3 are named more than once."]
    assert said(place("a", 0, 1, 2, 3, end="2021-01-01")) == [
        "a: It ends on 2021-01-01, before it begins on 2022-01-01."
    ]


def test_no_sector_twice_on_one_day_but_one_after_the_other() -> None:
    old = place("old", 0, 1, 2, 3, end="2023-12-31")
    new = place("new", 3, 4, 5, 6, start="2024-01-01")
    early = place("early", 3, 4, 5, 6, start="2023-12-31")
    assert said(old, new) == []
    assert said(old, early) == [
        "old: The sectors 3 are also in early on the same days.",
        "early: The sectors 3 are also in old on the same days.",
    ]
    assert said(old, early, day=date(2023, 6, 1)) == []


days = st.dates(date(2022, 1, 1), date(2022, 1, 12))


@st.composite
def sets(draw: st.DrawFn) -> list[Neighbourhood]:
    found = []
    for n in range(draw(st.integers(0, 4))):
        start, end = sorted([draw(days), draw(days)])
        found.append(
            place(
                f"n{n}",
                *draw(st.sets(st.integers(0, 21), max_size=13)),
                start=start.isoformat(),
                end=draw(st.sampled_from([end.isoformat(), ""])),
            )
        )
    return found


@given(sets())
def test_no_breach_means_every_rule_holds_on_every_day(places: list[Neighbourhood]) -> None:
    breaches = {breach.neighbourhood_id for breach in broken_rules(places, neighbours=LINE)}
    for one in places:
        if one.id in breaches:
            continue
        numbers = sorted(int(code) for code in one.sectors)
        assert 4 <= len(numbers) <= 11
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert numbers[-1] < 20
    for n in range(1, 13):
        today = [p for p in places if p.valid_on(date(2022, 1, n)) and p.id not in breaches]
        every = [code for p in today for code in p.sectors]
        assert len(every) == len(set(every))


@given(sets(), st.sets(st.integers(0, 21).map(str)))
def test_losses_name_each_sector_gone_and_no_other(
    places: list[Neighbourhood], gone: set[str]
) -> None:
    lost = losses(places, gone)
    for one in places:
        assert set(lost.get(one.id, ())) == set(one.sectors) & gone
