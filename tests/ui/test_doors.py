"""A door in words: a notice with its end, gone the day after; what nobody checked for long."""

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from directory.actors import Actor
from directory.clock import BRUSSELS
from directory.freshness import freshness
from directory.texts import Texts
from tests.records import actor
from ui.doors import door_in_words, hours_of, notices_told, trust
from ui.language import speaking

MONDAY = date(2026, 12, 21)
NOTICE = {
    "kind": "closed",
    "text": Texts({"fr": "Travaux", "nl": "Werken"}),
    "from_day": MONDAY,
    "until_day": date(2027, 1, 1),
}


def at(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BRUSSELS)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def door() -> Actor:
    return actor("a", hours="Mo-Fr 09:00-17:00", notices=[NOTICE])


def test_a_notice_is_told_with_its_end_and_takes_itself_down(door: Actor) -> None:
    assert notices_told(door, date(2026, 11, 20)) == []
    assert notices_told(door, date(2026, 12, 1)) == [
        "Closed from 21 December 2026 up to and including 1 January 2027: Travaux"
    ]
    for day in (MONDAY, date(2027, 1, 1)):
        assert notices_told(door, day) == ["Closed up to and including 1 January 2027: Travaux"]
    assert notices_told(door, date(2027, 1, 2)) == []


def test_the_state_tells_when_it_opens_again(door: Actor) -> None:
    told = door_in_words(door, at(MONDAY))
    assert told.startswith("Closed up to and including 1 January 2027, opens Monday 4 January")
    assert door_in_words(door, at(date(2027, 1, 4))) == "Open now, until 17:00"


def test_the_week_is_closed_on_its_days(door: Actor) -> None:
    _, week = hours_of(door, at(date(2026, 12, 18)))
    assert [day.hours for day in week] == ["09:00–17:00", *["closed"] * 6]  # noqa: RUF001


def test_without_hours_a_closing_is_told_all_the_same() -> None:
    found = actor("a", notices=[NOTICE])
    assert door_in_words(found, at(MONDAY)) == "Closed up to and including 1 January 2027"
    assert door_in_words(found, at(date(2027, 1, 2))) == "Hours unknown, please call first"


@pytest.mark.parametrize(
    ("verified", "begins"),
    [
        (None, ""),
        (date(2026, 11, 1), ""),
        (date(2025, 11, 1), "Not checked since"),
        (date(2024, 11, 1), "Nobody has checked this since"),
    ],
)
def test_what_nobody_checked_for_long_says_so(verified: date | None, begins: str) -> None:
    found = actor("a", verified_on=verified)
    told = trust(found, freshness(found, date(2026, 11, 27)))
    assert told.startswith(begins)
    assert bool(told) is bool(begins)
