from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.calendar import Holiday
from directory.hours import CLOSED, OPEN, UNKNOWN, parse, state, states, week
from geo.errors import BadInputError

BRUSSELS = ZoneInfo("Europe/Brussels")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=BRUSSELS)


@pytest.mark.parametrize(
    ("text", "opening", "comment"),
    [
        ("Mo-Fr 09:00-17:00", OPEN, ""),
        ("Tu-Fr 09:00-17:00", CLOSED, ""),
        ("24/7", OPEN, ""),
        ("", UNKNOWN, ""),
        ("   ", UNKNOWN, ""),
        ("Mo-Fr 9h-17h", OPEN, ""),
        ("Mo-Fr 9 to 5", UNKNOWN, ""),
        ("Mo, Fr 14:00-17:00", CLOSED, ""),
        ("Mo unknown", UNKNOWN, ""),
        ('"by appointment"', UNKNOWN, "by appointment"),
        ('Mo 09:00-17:00 "sur rendez-vous"', UNKNOWN, "sur rendez-vous"),
        ('Mo 09:00-17:00 open "dames"', OPEN, "dames"),
        ('off "verbouwing"', CLOSED, "verbouwing"),
        ('Tu 09:00-12:00 || "by appointment"', UNKNOWN, "by appointment"),
        ('Mo 09:00-12:00 || "by appointment"', OPEN, ""),
        ('Mo 09:00-12:00 open "a || b"', OPEN, "a || b"),
    ],
)
def test_the_state_at_a_moment(text: str, opening: int, comment: str) -> None:
    found = state(text, MONDAY)
    assert (found.opening, found.comment) == (opening, comment)
    assert states([text], MONDAY).tolist() == [opening]


def test_a_public_holiday_of_belgium_closes() -> None:
    national_day = datetime(2026, 7, 21, 10, tzinfo=BRUSSELS)
    assert state("Mo-Fr 09:00-17:00; PH off", national_day).opening is CLOSED
    assert state("Mo-Fr 09:00-17:00", national_day).opening is OPEN


def test_school_holidays_are_not_known_so_neither_is_what_they_decide() -> None:
    text = "Mo-Fr 09:00-17:00; SH off"
    assert state(text, MONDAY).opening is UNKNOWN
    assert state(text, MONDAY.replace(hour=20)).opening is CLOSED
    hours = parse("Mo-Fr 09:00-17:00; SH Mo-We off")
    assert hours is not None
    assert hours.school_holidays
    # The second rule cannot be read with "every day" in its place: never a guess.
    assert hours.at(MONDAY.replace(tzinfo=None))[0] is UNKNOWN


def test_the_same_moment_in_another_zone_is_the_same_state() -> None:
    assert state("Mo 10:00-11:00", MONDAY.astimezone(UTC)).opening is OPEN
    with pytest.raises(BadInputError, match="time zone"):
        state("24/7", datetime(2026, 11, 23))  # noqa: DTZ001


def test_the_next_change_is_told_and_stays_on_the_wall_clock() -> None:
    saturday = datetime(2027, 3, 27, 18, tzinfo=BRUSSELS)
    found = state("Mo-Su 10:00-12:00", saturday)
    assert found.next_change == datetime(2027, 3, 28, 10, tzinfo=BRUSSELS)
    assert found.next_change - saturday.astimezone(UTC) == timedelta(hours=15)
    assert state("24/7", saturday).next_change is None
    assert state("2031 Jan 1 10:00-12:00", saturday).next_change is None


@pytest.mark.parametrize("hour", [1, 2, 3])
def test_the_hours_the_clocks_skip_or_repeat_are_harmless(hour: int) -> None:
    for day in (date(2027, 3, 28), date(2027, 10, 31)):
        for fold in (0, 1):
            moment = datetime(day.year, day.month, day.day, hour, 30, tzinfo=BRUSSELS, fold=fold)
            assert state("Mo-Su 02:15-02:45", moment).next_change is not None


def test_the_week_tells_each_day_its_spans_and_holiday() -> None:
    days = week("Mo-Fr 09:00-12:00,13:00-17:00; PH off", date(2026, 12, 21))
    assert days is not None
    assert [day.day.isoweekday() for day in days] == [1, 2, 3, 4, 5, 6, 7]
    told = [[(f"{s.start:%H:%M}", f"{s.end:%H:%M}") for s in day.spans] for day in days]
    assert told[:4] == [[("09:00", "12:00"), ("13:00", "17:00")]] * 4
    assert told[4:] == [[], [], []]
    assert days[4].holiday is Holiday.CHRISTMAS
    assert week("9 to 5", date(2026, 12, 21)) is None


def test_a_night_stays_with_the_day_it_begins() -> None:
    days = week("Fr-Sa 22:00-02:00", date(2026, 11, 22))
    assert days is not None
    counts = [len(day.spans) for day in days]
    assert counts == [0, 0, 0, 0, 0, 1, 1]  # Sunday's own small hours belong to the Saturday before
    assert days[5].spans[0].end == datetime(2026, 11, 28, 2, tzinfo=BRUSSELS)


def test_what_never_closes_has_one_span_a_day() -> None:
    days = week("24/7", date(2026, 11, 23))
    assert days is not None
    assert [len(day.spans) for day in days] == [1] * 7
    assert all(s.end - s.start == timedelta(days=1) for day in days for s in day.spans)


def test_a_closed_day_with_a_reason_keeps_it() -> None:
    days = week('Mo-Sa 10:00-12:00; Su off "repos"', date(2026, 11, 23))
    assert days is not None
    assert [(s.opening, s.comment) for s in days[6].spans] == [(CLOSED, "repos")]


@given(st.text(max_size=80) | st.text('MoTuWeFrSu0123456789:-,;|"[]PHS off/+', max_size=60))
def test_no_text_raises_and_what_is_not_understood_is_unknown(text: str) -> None:
    found = state(text, MONDAY)
    days = week(text, MONDAY.date())
    if parse(text) is None:
        assert found.opening is UNKNOWN
        assert days is None
    else:
        assert days is not None
        assert len(days) == 7


@pytest.mark.parametrize("text", ["(" * 10_000, '"' + "x" * 10_000 + '"', "Mo,\0" * 9, "||" * 400])
def test_hostile_text_is_unknown_at_once(text: str) -> None:
    started = process_time()
    assert state(text, MONDAY).opening is UNKNOWN
    assert process_time() - started < 0.1


@given(st.lists(st.sampled_from(["24/7", "24/7 off", "?", "Mo 09:00-11:00"]), max_size=20))
def test_many_at_once_say_what_each_says_alone(texts: list[str]) -> None:
    assert states(texts, MONDAY).tolist() == [state(text, MONDAY).opening for text in texts]


@pytest.mark.official
def test_the_real_values_of_brussels(official_data: Path) -> None:
    texts = (official_data / "osm_opening_hours.txt").read_text(encoding="utf-8").splitlines()
    assert len(texts) == 2056
    assert sum(parse(text) is not None for text in texts) == 2054
    assert Counter(states(texts, MONDAY).tolist())[UNKNOWN] < 60
    for text in texts:
        state(text, MONDAY)
        week(text, MONDAY.date())
    took = min(_seconds(texts[:1800]) for _ in range(5))
    assert took < 0.060


def _seconds(texts: list[str]) -> float:
    started = process_time()
    states(texts, MONDAY)
    return process_time() - started
