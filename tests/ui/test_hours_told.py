"""Opening hours in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ui import hours, language

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Europe/Brussels"))


@pytest.fixture(params=["en"])
def _speaks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (hours, language):
        monkeypatch.setattr(module, "current", lambda: request.param)


@pytest.mark.usefixtures("_speaks")
@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mo-Fr 09:00-17:00", "Open now, until 17:00"),
        ("Mo-Fr 14:00-17:00", "Closed now, opens 14:00"),
        ("Tu 10:00-11:00", "Closed now, opens tomorrow at 10:00"),
        ("Th 10:00-11:00", "Closed now, opens Thursday at 10:00"),
        ("24/7", "Open now, day and night"),
        ("sur rendez-vous", "As written: sur rendez-vous"),
        ("", ""),
    ],
)
def test_now_is_told_in_words(text: str, told: str):
    assert hours.hours_in_words(text, MONDAY_NOON)[0] == told


@pytest.mark.usefixtures("_speaks")
def test_the_week_begins_today_and_names_closed_days():
    _, week = hours.hours_in_words("Mo 09:00-12:00,13:00-17:00; We 09:00-12:00", MONDAY_NOON)
    assert [day.name for day in week][:2] == ["Monday", "Tuesday"]
    assert [day.hours for day in week][:3] == ["09:00–12:00, 13:00–17:00", "closed", "09:00–12:00"]  # noqa: RUF001
    assert [day.today for day in week] == [True] + [False] * 6


@pytest.mark.usefixtures("_speaks")
def test_a_holiday_is_named():
    christmas = datetime(2026, 12, 25, 12, tzinfo=ZoneInfo("Europe/Brussels"))
    state, week = hours.hours_in_words("Mo-Su 09:00-17:00; PH off", christmas)
    assert state.startswith("Closed now")
    assert (week[0].name, week[0].hours) == ("Friday (Christmas)", "closed")
