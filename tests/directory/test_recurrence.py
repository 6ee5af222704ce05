from datetime import datetime
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.recurrence import MAX_STEPS, check_rrule, wall_times
from geo.errors import BadInputError

FIRST = datetime(2026, 11, 24, 10)  # noqa: DTZ001 - wall time
END = datetime(2027, 11, 23)  # noqa: DTZ001 - wall time


@pytest.mark.parametrize(
    ("rule", "times"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", 52),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 26),
        ("FREQ=MONTHLY;BYDAY=-1TU", 12),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", 12),
        ("FREQ=DAILY;COUNT=5", 5),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", 0),
        ("rrule:freq=weekly;wkst=mo;until=20261231", 6),
    ],
)
def test_accepted_rules_fall_on_their_days(rule: str, times: int) -> None:
    assert len(list(wall_times(check_rrule(rule), FIRST, END))) == times


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "WEEKLY",
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=HOURLY;INTERVAL=24",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;COUNT=99999",
        "FREQ=WEEKLY;COUNT=3;UNTIL=20270101",
        "FREQ=WEEKLY;UNTIL=20271399",
        "FREQ=WEEKLY;BYDAY=1TU",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=2",
        "FREQ=YEARLY;BYEASTER=0",
        "FREQ=WEEKLY\nEXRULE:FREQ=DAILY",
        "FREQ=WEEKLY;" + "BYDAY=MO" * 100,
        "FREQ=WEEKLY;INTERVAL=\u0661",
    ],
)
def test_other_rules_are_refused_at_once(rule: str) -> None:
    started = process_time()
    with pytest.raises(BadInputError):
        check_rrule(rule)
    assert process_time() - started < 0.5


def test_a_rule_is_looked_at_so_many_times_and_no_more() -> None:
    late = datetime(9000, 1, 1)  # noqa: DTZ001 - wall time
    assert sum(1 for _ in wall_times("FREQ=DAILY", FIRST, late)) == MAX_STEPS


@given(st.text(max_size=60) | st.text("FREQ=;BYDAWKLTU,0123456789-", max_size=60))
def test_any_text_is_a_rule_or_refused(text: str) -> None:
    try:
        rule = check_rrule(text)
    except BadInputError:
        return
    assert check_rrule(rule) == rule
