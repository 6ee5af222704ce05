"""A notice overrules the hours on its days, and takes itself down."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from directory.actors import Actor
from directory.clock import BRUSSELS
from directory.doors import closed_on, door_state, door_states
from directory.hours import CLOSED, OPEN, UNKNOWN, state
from directory.notices import Notice, NoticeKind, told_on
from directory.selection import Query, select
from directory.texts import Texts
from geo.errors import BadInputError
from tests.records import actor, atlas

WEEKDAYS = "Mo-Fr 09:00-17:00"
XMAS = Notice(kind=NoticeKind.CLOSED, from_day=date(2026, 12, 21), until_day=date(2027, 1, 1))
SUMMER = Notice(
    kind=NoticeKind.HOURS,
    text=Texts({"fr": "Le matin seulement."}),
    from_day=date(2026, 7, 6),
    until_day=date(2026, 7, 10),
)


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS)


def door(*notices: Notice, hours: str = WEEKDAYS) -> Actor:
    return actor("a", hours=hours, notices=notices)


def test_it_is_closed_on_the_days_of_a_notice_and_no_longer() -> None:
    found = door(XMAS)
    before, first = moment(date(2026, 12, 18)), moment(date(2026, 12, 21))
    last, after = moment(date(2027, 1, 1)), moment(date(2027, 1, 4))
    assert [door_state(found, at).opening for at in (before, first, last, after)] == [
        *(OPEN, CLOSED, CLOSED, OPEN),
    ]
    assert door_state(found, first).notice == XMAS
    assert door_state(found, after).notice is None


def test_it_opens_again_after_the_notice() -> None:
    found = door_state(door(XMAS), moment(date(2026, 12, 24)))
    assert (found.next_change, found.then) == (moment(date(2027, 1, 4), 9), OPEN)


def test_a_friday_evening_before_it_knows_of_it() -> None:
    evening = moment(date(2026, 12, 18), 20)
    found = door_state(door(XMAS), evening)
    assert found.opening is CLOSED
    assert found.next_change == moment(date(2027, 1, 4), 9)


def test_what_is_open_day_and_night_closes_when_it_begins() -> None:
    found = door_state(door(XMAS, hours="24/7"), moment(date(2026, 12, 18)))
    assert (found.opening, found.next_change, found.then) == (
        *(OPEN, moment(date(2026, 12, 21), 0), CLOSED),
    )


def test_notices_that_follow_one_another_are_one_closing() -> None:
    works = Notice(kind="closed", from_day=date(2027, 1, 2), until_day=date(2027, 1, 12))
    found = door_state(door(XMAS, works), moment(date(2026, 12, 24)))
    assert found.next_change == moment(date(2027, 1, 13), 9)


def test_other_hours_are_not_known() -> None:
    found = door_state(door(SUMMER), moment(date(2026, 7, 8)))
    assert (found.opening, found.notice) == (UNKNOWN, SUMMER)


def test_no_hours_and_a_notice_is_closed_then_unknown() -> None:
    found = door(XMAS, hours="")
    assert door_state(found, moment(date(2026, 12, 24))).opening is CLOSED
    assert door_state(found, moment(date(2027, 1, 4))).opening is UNKNOWN


def test_open_now_leaves_out_what_is_closed_for_a_while() -> None:
    there = atlas(door(XMAS), actor("b", hours=WEEKDAYS), day=date(2026, 12, 22))
    at = moment(date(2026, 12, 22))
    assert select(there, Query(open_only=True), at).ids == ("b",)
    assert select(there, Query(), at).states.tolist() == [0, 1]


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    length=st.integers(0, 40),
    day=st.dates(date(2025, 12, 1), date(2027, 3, 1)),
)
def test_one_and_many_agree_on_any_day(start: date, length: int, day: date) -> None:
    closing = Notice(kind="closed", from_day=start, until_day=start + timedelta(days=length))
    found, at = door(closing), moment(day, 11)
    one, usual = door_state(found, at), state(WEEKDAYS, at)
    assert door_states([found], at).tolist() == [int(one.opening)]
    assert one.opening is (CLOSED if closing.holds_on(day) else usual.opening)
    assert closed_on(found, day) is closing.holds_on(day)
    if one.next_change is not None:
        assert one.next_change > at
        then = door_state(found, one.next_change)
        assert then.opening is one.then


def test_a_notice_is_told_a_month_before_and_never_after() -> None:
    days = [date(2026, 11, 20), date(2026, 11, 21), date(2027, 1, 1), date(2027, 1, 2)]
    assert [bool(told_on([XMAS], day)) for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "closed", "from_day": "2026-12-01"},
        {"kind": "closed", "from_day": "2026-12-02", "until_day": "2026-12-01"},
        {"kind": "closed", "from_day": "2026-12-01", "until_day": "2099-12-01"},
        {"kind": "hours", "from_day": "2026-12-01", "until_day": "2026-12-02"},
    ],
)
def test_a_notice_ends_and_tells(wrong: dict[str, str]) -> None:
    with pytest.raises((BadInputError, ValidationError)):
        Notice.model_validate(wrong)
