import math
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import BadInputError
from geo.lived import rounded
from geo.neighbourhoods import Neighbourhood, SectorSet, broken_rules, losses
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


@pytest.mark.parametrize(("n", "good"), [(3, False), (4, True), (11, True), (12, False)])
def test_four_to_eleven(n: int, *, good: bool) -> None:
    found = said(place("a", *range(n)))
    assert found == ([] if good else [f"a: A neighbourhood has 4 to 11 sectors; this one has {n}."])


def test_a_neighbourhood_of_none_is_none() -> None:
    assert said(place("a")) == ["a: A neighbourhood of no sector is none: put some in, or end it."]


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


JULY, NEW_YEAR = date(2024, 7, 1), date(2027, 1, 1)


def test_a_set_changes_from_a_day_on() -> None:
    first = place("a", 0, 1, 2, 3)
    changed = first.from_day(JULY, ["1", "0"], reason="asked").from_day(NEW_YEAR, ["9"])
    assert changed.on(date(2022, 1, 1)) == first == changed.on(date(2024, 6, 30))
    assert changed.on(date(2021, 1, 1)) == first
    middle = changed.on(JULY)
    assert (middle.sectors, middle.reason, middle.begins) == (("0", "1"), "asked", JULY)
    assert changed.on(date(2026, 12, 31)) == middle
    assert changed.on(NEW_YEAR) is changed
    assert [one.valid_to for one in changed.sets] == [
        date(2024, 6, 30),
        date(2026, 12, 31),
        None,
    ]


def test_what_began_later_is_replaced() -> None:
    changed = place("a", 0).from_day(NEW_YEAR, ["9"]).from_day(JULY, ["1"])
    assert [one.sectors for one in changed.sets] == [("0",), ("1",)]
    assert changed.from_day(date(2020, 1, 1), ["5"]) == place("a", 5, start="2020-01-01")


def test_it_ends_with_the_set_of_its_last_day() -> None:
    changed = place("a", 0).from_day(NEW_YEAR, ["9"])
    assert changed.until(JULY) == place("a", 0, end="2024-07-01")
    with pytest.raises(BadInputError, match="begins on 2022-01-01"):
        changed.until(date(2021, 12, 31))
    with pytest.raises(BadInputError, match="ended on 2024-07-01"):
        changed.until(JULY).from_day(NEW_YEAR, ["1"])


@pytest.mark.parametrize(
    ("start", "end", "since"),
    [
        ("2022-01-02", "2022-01-31", "2022-02-01"),
        ("2022-01-01", None, "2022-02-01"),
        ("2022-01-01", "2021-12-31", "2022-01-01"),
        ("2022-01-01", "2022-01-31", "2022-02-02"),
        ("2022-01-01", "2022-01-31", None),
    ],
)
def test_former_sets_leave_no_day_out(start: str, end: str | None, since: str | None) -> None:
    former = SectorSet(
        valid_from=date.fromisoformat(start),
        valid_to=date.fromisoformat(end) if end else None,
        sectors=("1",),
    )
    with pytest.raises(BadInputError, match="a"):
        replace(place("a", 0), former=(former,), since=date.fromisoformat(since) if since else None)


def test_rules_look_at_the_set_of_the_day() -> None:
    a = place("a", 0, 1, 2, 3, 4).from_day(NEW_YEAR, ["0", "1", "2", "3"])
    b = place("b", 5, 6, 7, 8).from_day(NEW_YEAR, ["4", "5", "6", "7", "8"])
    assert said(a, b) == said(a, b, day=JULY) == said(a, b, day=NEW_YEAR) == []
    early = b.from_day(date(2026, 12, 1), ["4", "5", "6", "7", "8"])
    assert said(a, early) == [
        "a: The sectors 4 are also in b on the same days.",
        "b: The sectors 4 are also in a on the same days.",
    ]
    assert said(a, early, day=JULY) == said(a, early, day=NEW_YEAR) == []


def test_only_some_are_judged_beside_all() -> None:
    both = [place("a", 0, 1, 2, 3), place("b", 3, 4)]
    found = broken_rules(both, neighbours=LINE, only={"b"})
    assert [breach.neighbourhood_id for breach in found] == ["b", "b"]


@given(
    changes=st.lists(
        st.tuples(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.sets(st.integers(0, 9))),
        max_size=6,
    ),
    day=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)
def test_the_last_change_at_or_before_a_day_holds(
    changes: list[tuple[date, set[int]]], day: date
) -> None:
    found = place("a", 0)
    timeline = {date(2022, 1, 1): ("0",)}
    for start, sectors in changes:
        codes = tuple(sorted(map(str, sectors)))
        found = found.from_day(start, codes)
        timeline = {when: kept for when, kept in timeline.items() if when < start}
        timeline[start] = codes
    first = min(timeline)
    assert found.valid_from == first
    holds = max((when for when in timeline if when <= day), default=first)
    assert found.on(day).sectors == timeline[holds]


SQUARE = ((4.35, 50.84), (4.36, 50.84), (4.36, 50.85), (4.35, 50.85))


def test_a_lived_boundary_goes_round_once_within_belgium() -> None:
    assert replace(place("a", 0), lived=SQUARE).lived == SQUARE
    for ring, said_so in (
        (SQUARE[:2], "3 to 500 corners"),
        (SQUARE * 200, "3 to 500 corners"),
        ((*SQUARE[:3], (4.35, 48.0)), "outside Belgium"),
        ((*SQUARE[:3], (math.nan, 50.84)), "outside Belgium"),
        ((SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]), "crosses itself"),
        ((SQUARE[0], SQUARE[1], SQUARE[0]), "crosses itself"),
    ):
        with pytest.raises(BadInputError, match=said_so):
            replace(place("a", 0), lived=ring)


@pytest.mark.parametrize("told", [None, 3, ["ab"], [[1]], [[None, 2]], [["x", "y"]]])
def test_what_is_no_boundary_is_refused(told: object) -> None:
    with pytest.raises(BadInputError, match="pairs"):
        rounded(told)
