from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours
from pydantic import ValidationError

from directory.activities import Activity
from directory.calendar import Holiday, aware, holiday, occurrences
from geo.errors import BadInputError

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2026, 10, 20, 10, tzinfo=BRUSSELS)  # a Tuesday, before the clocks change


def activity(**schedule: object) -> Activity:
    return Activity.model_validate(
        {
            "id": "stand",
            "titles": {"fr": "Stand"},
            "type": "market_stand",
            "schedule": schedule or None,
            "source": {"name": "Test"},
        }
    )


def starts(found: Activity, days: int = 30) -> list[datetime]:
    return [o.start for o in occurrences(found, START, START + timedelta(days=days))]


def test_ten_o_clock_stays_ten_o_clock_across_the_change_of_the_clocks() -> None:
    weekly = activity(start=START, end=START + timedelta(hours=2), rrule="FREQ=WEEKLY;BYDAY=TU")
    found = occurrences(weekly, START, START + timedelta(days=14))
    assert [(o.start.hour, o.end and o.end.hour) for o in found] == [(10, 12), (10, 12)]
    assert [o.start.utcoffset() for o in found] == [timedelta(hours=2), timedelta(hours=1)]
    assert found[1].start.astimezone(UTC).hour == 9


def test_a_schedule_in_utc_is_laid_on_the_belgian_clock() -> None:
    weekly = activity(start=START.astimezone(UTC), rrule="FREQ=WEEKLY")
    assert [moment.hour for moment in starts(weekly)] == [10] * 5


def test_once_is_once_and_no_schedule_is_never() -> None:
    assert starts(activity(start=START)) == [START]
    assert starts(activity()) == []


def test_what_has_begun_and_not_ended_is_still_there() -> None:
    long = activity(start=START, end=START + timedelta(hours=5))
    later = START + timedelta(hours=4)
    assert len(occurrences(long, later, later + timedelta(days=1))) == 1
    after = START + timedelta(hours=5)
    assert occurrences(long, after, after + timedelta(days=1)) == []
    assert occurrences(long, START - timedelta(days=1), START) == []


def test_excepted_days_are_left_out_whatever_their_zone() -> None:
    gone = (START + timedelta(days=7)).astimezone(BRUSSELS)
    weekly = activity(start=START, rrule="FREQ=WEEKLY", except_on=[gone.astimezone(UTC)])
    assert [moment.day for moment in starts(weekly, days=20)] == [20, 3]


def test_until_includes_its_day_and_utc_is_understood() -> None:
    by_day = activity(start=START, rrule="FREQ=WEEKLY;UNTIL=20261103")
    by_moment = activity(start=START, rrule="FREQ=WEEKLY;UNTIL=20261103T090000Z")
    too_early = activity(start=START, rrule="FREQ=WEEKLY;UNTIL=20261103T085959Z")
    assert [len(starts(a)) for a in (by_day, by_moment, too_early)] == [3, 3, 2]


def test_an_hour_the_clocks_skip_moves_on() -> None:
    assert aware(datetime(2027, 3, 28, 2, 30)).hour == 3  # noqa: DTZ001 - wall time


def test_bounds_need_a_zone() -> None:
    with pytest.raises(BadInputError, match="time zone"):
        occurrences(activity(start=START), datetime(2026, 1, 1), START)  # noqa: DTZ001


def test_a_rule_nobody_should_write_never_enters_a_schedule() -> None:
    with pytest.raises(ValidationError, match="SECONDLY"):
        activity(start=START, rrule="FREQ=SECONDLY")


def test_an_endless_rule_from_long_ago_is_bounded() -> None:
    ancient = datetime(1, 1, 2, 10, tzinfo=UTC)
    assert starts(activity(start=ancient, rrule="FREQ=DAILY")) == []


@given(
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    interval=st.integers(1, 9),
    count=st.none() | st.integers(1, 40),
    first=st.datetimes(datetime(2020, 1, 1), datetime(2026, 1, 1)),  # noqa: DTZ001
    days=st.integers(0, 900),
)
def test_occurrences_are_ordered_within_bounds_and_on_the_same_wall_clock(
    frequency: str, interval: int, count: int | None, first: datetime, days: int
) -> None:
    rule = f"FREQ={frequency};INTERVAL={interval}" + (f";COUNT={count}" if count else "")
    start = aware(first.replace(microsecond=0))
    found = starts(activity(start=start, rrule=rule), days)
    assert found == sorted(set(found))
    assert all(START <= moment < START + timedelta(days=days) for moment in found)
    assert count is None or len(found) <= count
    wall = start.time()
    assert all(moment.time() == wall or moment.hour == 3 for moment in found)


def test_holidays_agree_with_the_calendar_of_opening_hours() -> None:
    reference = OpeningHours("PH", country="BE")
    noon = datetime(2000, 1, 1, 12)  # noqa: DTZ001 - wall time
    for n in range(366 * 40):
        moment = noon + timedelta(days=n)
        assert (holiday(moment.date()) is not None) == reference.is_open(moment), moment


def test_holidays_have_names() -> None:
    assert holiday(date(2026, 5, 14)) is Holiday.ASCENSION
    assert holiday(date(2026, 5, 25)) is Holiday.WHIT_MONDAY
    assert holiday(date(2026, 11, 23)) is None
