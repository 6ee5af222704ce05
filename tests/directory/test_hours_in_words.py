from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.calendar import aware
from directory.hours import OPEN, parse, states
from directory.hours_in_words import DAYS, hours_in_words

UNDERSTOOD = {
    "lun-ven 9h-12h": "Mo-Fr 09:00-12:00",
    "ma-vr 9-12u": "Mo-Fr 09:00-12:00",
    "9h à 12h et 13h30 à 17h du lundi au vendredi": "Mo-Fr 09:00-12:00,13:30-17:00",
    "ma t/m do 9.00-12.00": "Mo-Th 09:00-12:00",
    "van maandag t.e.m. vrijdag: 8.30u - 12u en 13u - 16.30u": "Mo-Fr 08:30-12:00,13:00-16:30",
    "Lundi: 9h-12h\nMardi: fermé\nMercredi: 14h-17h": "Mo 09:00-12:00; We 14:00-17:00",
    "tous les jours sauf mercredi 9h-12h": "Mo-Tu,Th-Su 09:00-12:00",
    "lun-ven 9-17h, fermé le mercredi": "Mo-Tu,Th-Fr 09:00-17:00",
    "Mon-Fri 9am-5pm": "Mo-Fr 09:00-17:00",
    "entre 9h et 12h le mardi": "Tu 09:00-12:00",
    "vendredi 20h-2h": "Fr 20:00-02:00",
    "24h/24 7j/7": "24/7",
    "jeu 9h-12h, jours fériés fermé": "Th 09:00-12:00; PH off",
    "sur rendez-vous": '"sur rendez-vous"',
    "op afspraak": '"op afspraak"',
    "lun-ven 9h-12h sur rendez-vous": 'Mo-Fr 09:00-12:00 "sur rendez-vous"',
    "lun-ven 9h-12h et sur rendez-vous": 'Mo-Fr 09:00-12:00 || "sur rendez-vous"',
    "Mo-Fr 09:00-12:00": "Mo-Fr 09:00-12:00",
}
NOT_UNDERSTOOD = (
    "",
    "fermé le mercredi",
    "9-5",
    "9h-12h",
    "ma-di 9-12",
    "lundi après-midi",
    "à partir de 9h lundi",
    "1er et 3e lundi 9h-12h",
    "juillet-août lun 9h-12h",
    "lun 9h-12h, après-midi sur rendez-vous",
    "lun 9-12, 11-14",
    "lundi 9h-12h sauf vacances scolaires",
    "25h-26h lundi",
    "du lundi au vendredi, samedi 10h-12h et 9h-11h du mardi",
)


@pytest.mark.parametrize(("text", "hours"), UNDERSTOOD.items())
def test_what_people_write_becomes_hours(text: str, hours: str) -> None:
    assert hours_in_words(text) == hours
    assert parse(hours) is not None


@pytest.mark.parametrize("text", NOT_UNDERSTOOD)
def test_what_is_not_wholly_clear_is_not_guessed(text: str) -> None:
    assert hours_in_words(text) is None


def test_a_language_decides_between_two_meanings() -> None:
    assert hours_in_words("ma-di 9-12", language="fr") == "Tu-Su 09:00-12:00"
    assert hours_in_words("ma-di 9-12", language="nl") == "Mo-Tu 09:00-12:00"


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_hours_that_parse_or_none(text: str) -> None:
    found = hours_in_words(text)
    assert found is None or parse(found) is not None


NAMES = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
}
UNIT = {"fr": "h", "nl": "u"}


@settings(deadline=None)
@given(
    language=st.sampled_from(["fr", "nl"]),
    days=st.lists(st.integers(0, 6), min_size=1, unique=True),
    start=st.integers(5, 11),
    end=st.integers(12, 23),
    half=st.booleans(),
    times_first=st.booleans(),
)
def test_hours_that_were_told_are_the_hours_understood(
    *, language: str, days: list[int], start: int, end: int, half: bool, times_first: bool
) -> None:
    told = ", ".join(NAMES[language][day] for day in days)
    unit = UNIT[language]
    times = f"{start}{unit}{'30' if half else ''} - {end}{unit}"
    found = hours_in_words(f"{times} {told}" if times_first else f"{told}: {times}")
    assert found is not None
    monday = datetime(2026, 9, 7)  # noqa: DTZ001 - a week without a holiday
    for day in range(7):
        at_end = monday + timedelta(days=day, hours=end, minutes=-1)
        before = monday + timedelta(days=day, hours=start, minutes=29 if half else -1)
        open_at_end = bool(states([found], aware(at_end))[0] == OPEN)
        assert open_at_end is (day in days)
        assert states([found], aware(before))[0] != OPEN
    assert all(name in DAYS for name in found.split()[0].replace("-", ",").split(","))
