"""Slips that have one meaning are mended, all others are left to people."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import OpeningHours, ParserError

from directory.calendar import aware
from directory.hours import parse, state
from directory.hours_in_words import hours_in_words
from directory.hours_mending import mend, same_times

MENDED = {
    "Mo-Fr09:00-12:00": "Mo-Fr 09:00-12:00",
    "Mo\N{EN DASH}Fr 09:00\N{EN DASH}12:00": "Mo-Fr 09:00-12:00",
    "Mo -We 10:00-12:00": "Mo-We 10:00-12:00",
    "Mo, Th 9-12": "Mo,Th 09:00-12:00",
    "Mo, Th 09:00-12:00": "Mo,Th 09:00-12:00",
    "Mo-We, Fr 11:00-15:00; Th, Su off": "Mo-We,Fr 11:00-15:00; Th,Su off",
    "Mo & Th 9-12": "Mo,Th 09:00-12:00",
    "lu, me, ve 9h30 à 12h": "Mo,We,Fr 09:30-12:00",
    "lun-ven 9h-12h, 13h30-17h": "Mo-Fr 09:00-12:00,13:30-17:00",
    "di-za 10-18u; zo gesloten": "Tu-Sa 10:00-18:00; Su off",
    "ma, do 14u-16u": "Mo,Th 14:00-16:00",
    "mon-fri 9am-5pm": "Mo-Fr 09:00-17:00",
    "Mo-Fr: 9.00-12.30 u": "Mo-Fr 09:00-12:30",
    "Mo.-Fr. 8:30 - 12 / 13 - 17": "Mo-Fr 08:30-12:00,13:00-17:00",
    "Mo-Fr 09:00-12:00 13:00-17:00": "Mo-Fr 09:00-12:00,13:00-17:00",
    "Mo-Fr 09:00-12:00;; PH off;": "Mo-Fr 09:00-12:00; PH off",
    "Mo-Fr 09:00-12:00\nSa10:00-13:00": "Mo-Fr 09:00-12:00; Sa 10:00-13:00",
    "Mo-Fr 09:00-12:00,Sa 10:00-13:00": "Mo-Fr 09:00-12:00, Sa 10:00-13:00",
    "Fr 22.00-02.00": "Fr 22:00-02:00",
    "Mo 18h+": "Mo 18:00+",
    'Mo 9-12 "bel 9-12, Mo, Tu"': 'Mo 09:00-12:00 "bel 9-12, Mo, Tu"',
    "09:00\N{EN DASH}12:00": "09:00-12:00",
    "24h/24": "24/7",
    "7j/7 24h/24": "24/7",
    "Mo-Fr\u00a009:00-12:00\u200b": "Mo-Fr 09:00-12:00",
    "Jul, Aug off;; Mo 09:00-12:00": "Jul,Aug off; Mo 09:00-12:00",
}
IN_DOUBT = [
    "ma-di 9-12",  # from Tuesday in French, from Monday in Dutch
    "ma 9-12",
    "mar 16:00-18:00",  # March in the library's eyes
    "Mo-Fr 9-5",
    "Mo-Fr 2-6",
    "9-12",
    "9h-12h mardi",
    "lun 9-12, 11-14",
    "Mo Fr 9-12",
    "Mo-Fr 08:00-12:00,We 14:00-16:00",  # also on Wednesday afternoon, or only then
    "Jul 15\N{EN DASH}31 off;; Mo 9-12",
    "1-15 Jul 9-12",
    "Mo-Fr 9,12-15",
    "Mo-Fr 0900-1700",
    "Mo-Fr 24/7",
    "Mo-Fr 12:00",
    "Sa 78:00-13:00",
    'Mo 9-12 "sur rdv',
    "quand il y a quelqu'un",
    "appointment",
    "",
]
WEEK = datetime(2026, 11, 9)  # noqa: DTZ001 - a wall time; the 11th is a public holiday


@pytest.mark.parametrize(("text", "right"), MENDED.items())
def test_a_plain_slip_is_mended_and_the_text_is_kept(text: str, right: str):
    assert mend(text) == right
    understood = parse(text)
    assert understood is not None
    assert (understood.text, understood.mended) == (text, right)


@pytest.mark.parametrize("text", IN_DOUBT)
def test_what_could_mean_two_things_is_not_mended(text: str):
    assert mend(text) is None
    assert parse(text) is None


@given(
    st.sampled_from(list(MENDED.items())),
    st.integers(0, 14 * 24 * 4).map(lambda quarters: WEEK + timedelta(minutes=15 * quarters)),
)
def test_a_mended_text_is_open_when_the_right_one_is(slip: tuple[str, str], wall: datetime):
    text, right = slip
    assert state(text, aware(wall)) == state(right, aware(wall))


def _is_understood(text: str) -> bool:
    try:
        OpeningHours(text)
    except ParserError:
        return False
    return True


DAYS = st.lists(
    st.sampled_from(["Mo", "Tu-Fr", "Sa", "PH", "Su[1]", "Jul-Aug", "Dec 25"]),
    min_size=1,
    max_size=3,
).map(",".join)
TIMES = st.sampled_from(
    ["09:00-12:00", "9:00-12:00,13:00-17:00", "18:00+", "off", '"bel"', "22:00-02:00"]
)
RULES = st.lists(st.builds("{} {}".format, DAYS, TIMES), min_size=1, max_size=4)


@given(RULES, st.sampled_from(["; ", ", ", " || "]))
def test_what_the_library_understands_is_left_alone(rules: list[str], sign: str):
    text = sign.join(rules)
    if _is_understood(text):
        assert mend(text) == text


@given(st.text(max_size=60) | st.text('MoTuWeFrlumaje0123456789:.-,;/|+hu "[]', max_size=40))
def test_whatever_comes_out_is_understood_and_needs_no_more_mending(text: str):
    mended = mend(text)
    if mended is not None and mended != text:
        assert _is_understood(mended)
        assert mend(mended) == mended


@given(
    st.sampled_from(["lun-ven", "ma, do", "di-za", "Mo\N{EN DASH}Fr", "sa, di", "wo", "Mo, Th"]),
    st.sampled_from(["9-12", "9h30-12h", "13.30-17u", "9-12, 13-17", "8u30 - 12u", "22h-2h"]),
)
def test_where_the_words_are_understood_as_well_both_say_the_same(days: str, times: str):
    text = f"{days} {times}"
    mended = mend(text)
    told = hours_in_words(text)
    if mended is not None and told is not None:
        assert same_times(mended, told)


@pytest.mark.official
def test_of_the_real_values_two_stay_in_doubt(official_data: Path):
    texts = (official_data / "osm_opening_hours.txt").read_text(encoding="utf-8").splitlines()
    assert sum(mend(text) is None for text in texts) == 2
    # A comma and a space between days: the library reads the first as open day and night.
    assert sum(mend(text) not in (text, None) and _is_understood(text) for text in texts) == 47
