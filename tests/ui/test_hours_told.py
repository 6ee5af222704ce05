"""Opening hours in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.calendar import aware
from directory.hours import state
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
        ("Mo-Fr 14:00-17:00", "Closed, opens at 14:00"),
        ("Tu 10:00-11:00", "Closed, opens tomorrow at 10:00"),
        ("Th 10:00-11:00", "Closed, opens Thursday at 10:00"),
        ("24/7", "Open now, day and night"),
        ("sur rendez-vous", "As written: sur rendez-vous (please call first)"),
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
    assert state == "Closed: public holiday (Christmas), opens tomorrow at 09:00"
    assert (week[0].name, week[0].hours) == ("Friday (Christmas)", "closed")


SATURDAY_NIGHT = MONDAY_NOON.replace(day=21, hour=23)
ARMISTICE = MONDAY_NOON.replace(day=11)


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("Mo-Fr 09:00-17:00", MONDAY_NOON, "Open now, until 17:00"),
        ("Mo-Fr 14:00-17:00", MONDAY_NOON, "Closed, opens at 14:00"),
        ("Tu 09:00-11:00", MONDAY_NOON, "Closed, opens tomorrow at 09:00"),
        ("Mo 09:00-11:00", SATURDAY_NIGHT, "Closed, opens Monday at 09:00"),
        ("Mo 09:00-11:00", MONDAY_NOON, "Closed, opens Monday 30 November at 09:00"),
        ("Fr-Sa 20:00-03:00", SATURDAY_NIGHT, "Open now, until 03:00"),
        ("Fr-Sa 20:00-24:00", SATURDAY_NIGHT, "Open now, until midnight"),
        ("Sa 20:00-24:00; Su 00:00-20:00", SATURDAY_NIGHT, "Open now, until tomorrow at 20:00"),
        ("24/7", MONDAY_NOON, "Open now, day and night"),
        ("24/7", ARMISTICE, "Open now, day and night"),
        ("", MONDAY_NOON, "Hours unknown, please call first"),
        ("when somebody is there", MONDAY_NOON, "Hours unknown, please call first"),
        ("off", MONDAY_NOON, "Closed"),
        ('off "works"', MONDAY_NOON, "Closed (works)"),
        ('Mo "sur rendez-vous"', MONDAY_NOON, "By appointment"),
        ('Mo 09:00-17:00 "if it is dry"', MONDAY_NOON, "It depends: if it is dry"),
        ("Mo unknown", MONDAY_NOON, "It depends: ask before you go"),
        (
            'Tu "by appointment"',
            MONDAY_NOON,
            "Closed; at other times it depends: ask before you go",
        ),
        (
            "Mo-Fr 09:00-17:00; PH off",
            ARMISTICE,
            "Closed: public holiday (Armistice Day), opens tomorrow at 09:00",
        ),
        (
            "Mo-Fr 09:00-17:00",
            ARMISTICE,
            "Open now, until 17:00; public holiday (Armistice Day): please call first",
        ),
        (
            "Mo-Fr 14:00-17:00",
            ARMISTICE,
            "Closed, opens at 14:00; public holiday (Armistice Day): please call first",
        ),
        (
            "Mo-Fr 09:00-11:00",
            ARMISTICE.replace(day=10),
            "Closed, opens tomorrow at 09:00; public holiday (Armistice Day): please call first",
        ),
        ("Mo-Fr,PH 09:00-17:00; Sa off", ARMISTICE, "Open now, until 17:00"),
        ("Mo-Fr,PH 09:00-17:00", ARMISTICE, "Open now, until 17:00"),
        (
            "PH off; Mo-Fr 09:00-17:00",
            ARMISTICE,
            "Open now, until 17:00; public holiday (Armistice Day): please call first",
        ),
        ("Mo,Tu 09:00-17:00; PH off", ARMISTICE, "Closed, opens Monday at 09:00"),
        (
            "We 14:00-17:00; PH 10:00-11:00",
            ARMISTICE,
            "Closed, opens Wednesday 18 November at 14:00",
        ),
    ],
)
def test_a_state_is_told_in_one_sentence(text: str, at: datetime, told: str):
    assert hours.said(state(text, at), at, "en") == told


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Fermé\u202f: jour férié (Armistice), ouvre demain à 09:00"),
        ("nl", "Gesloten: feestdag (Wapenstilstand), opent morgen om 09:00"),
    ],
)
def test_a_state_is_told_in_the_language_asked_for(language: str, told: str):
    assert hours.said(state("Mo-Fr 09:00-17:00; PH off", ARMISTICE), ARMISTICE, language) == told


def test_the_moment_may_be_of_another_zone():
    utc = MONDAY_NOON.astimezone(UTC)
    assert hours.said(state("Mo 09:00-17:00", utc), utc, "en") == "Open now, until 17:00"


@given(
    st.sampled_from(["Mo-Fr 09:00-17:00", "Fr 20:00-02:00", 'Tu "call"', "PH off", "?", "SH off"]),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)),  # noqa: DTZ001 - wall times
    st.sampled_from(["fr", "nl", "en"]),
)
def test_every_state_has_words_in_every_language(text: str, wall: datetime, tongue: str):
    at = aware(wall)
    told = hours.said(state(text, at), at, tongue)
    assert told
    assert not set("{}") & set(told)
