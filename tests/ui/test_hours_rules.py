"""The rule of hours in three languages, as people write it."""

from datetime import date
from pathlib import Path

import pytest

from benchmarks.wordings import PAGE, write_page
from directory.hours import parse
from directory.hours_rules import read_rules, write_rules
from ui.hours_rules import hours_lines, hours_told, is_appointment, rules_in_words

DASH = "\N{EN DASH}"
MONDAY = date(2026, 11, 23)

IN_ENGLISH = {
    "Mo-Fr 08:30-12:00; PH off": "Mon-Fri 8:30-12:00; closed on public holidays",
    "Mo,We,Th 09:00-12:00; Tu[1] 14:00-16:00": (
        "Mon, Wed, Thu 9:00-12:00; every first Tuesday of the month 14:00-16:00"
    ),
    "Mo-Su,PH 10:00-18:00": "every day 10:00-18:00, public holidays too",
    "Mo-Sa 10:00-18:00; Su,PH 11:00-17:00": (
        "Mon-Sat 10:00-18:00; Sun and public holidays 11:00-17:00"
    ),
    "Mo-Su 12:00-23:00; Tu off": "Mon, Wed-Sun 12:00-23:00; closed on Tuesdays",
    "Tu-Su 19:00-22:00, Tu-Fr,Su 12:00-14:00": (
        "Tue-Fri, Sun 12:00-14:00 and 19:00-22:00; Sat 19:00-22:00"
    ),
    "Mo-Fr 09:00-12:00,13:00-17:00; Jul-Aug off": (
        "Mon-Fri 9:00-12:00 and 13:00-17:00; July-August: closed"
    ),
    "Apr-Oct: Mo-Su 09:00-20:00; Nov-Mar: Mo-Su 09:00-19:00": (
        "April-October: every day 9:00-20:00; November-March: every day 9:00-19:00"
    ),
    "Th 14:00-18:00; Jul 15-31 off; Dec 24-Jan 02 off": (
        "Thu 14:00-18:00; 15-31 July: closed; 24 December - 2 January: closed"
    ),
    "2027 May 04-11 off": "4-11 May 2027: closed",
    "Mo-Fr 12:00-14:30,18:00+": "Mon-Fri 12:00-14:30 and from 18:00",
    "Fr 20:00-02:00+": "Fri 20:00-2:00 or later",
    "Mo-Fr 09:00-17:00; SH off": "Mon-Fri 9:00-17:00; closed in the school holidays",
    "24/7": "open day and night, every day",
    'Mo "sur rendez-vous"; Tu 10:00-24:00': "Mon by appointment; Tue 10:00-24:00",
    'Sa 10:00-13:00 "op afspraak"': "Sat 10:00-13:00 (by appointment)",
    'Tu-Fr 09:00-17:00 || "by appointment"': "Tue-Fri 9:00-17:00; otherwise by appointment",
    'off "works"': "closed (works)",
    "sunrise-sunset": "every day from sunrise to sunset",
    "Mo-We off; Th 10:00-12:00": "Thu 10:00-12:00; closed on Mondays through Wednesdays",
    "Tu-Sa 10:00-12:00; Su,Mo off": "Tue-Sat 10:00-12:00; closed on Sundays and Mondays",
    'Mo-Sa 10:00-12:00; Su "ring"': "Mon-Sat 10:00-12:00; Sun: \u201cring\u201d",
    "Tu-Su unknown; Mo off": "Tue-Sun: hours unknown; closed on Mondays",
    "Mo, Th 9-12": "Mon, Thu 9:00-12:00",
}
FRENCH_AND_DUTCH = [
    (
        "Mo,We,Th 09:00-12:00; PH off; Tu[1] 14:00-16:00",
        "lun, mer, jeu 9 h-12 h ; fermé les jours fériés ; chaque premier mardi du mois 14 h-16 h",
        "ma, wo, do 9-12 u; gesloten op feestdagen; elke eerste dinsdag van de maand 14-16 u",
    ),
    (
        "Sa 09:30-24:00; Su,PH off; Jan 1 off",
        "sam 9 h 30-minuit ; fermé le dimanche et les jours fériés ; 1er janvier : fermé",
        "za 9.30-24 u; gesloten op zondag en feestdagen; 1 januari: gesloten",
    ),
]


def _typed(told: str) -> str:
    """Write it with what a keyboard has: the spaces that do not break, and the dashes."""
    return told.replace(DASH, "-").replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(("text", "told"), IN_ENGLISH.items())
def test_a_rule_is_told_not_only_this_week(text: str, told: str):
    assert _typed(rules_in_words(text, "en")) == told


@pytest.mark.parametrize(("text", "french", "dutch"), FRENCH_AND_DUTCH)
def test_a_rule_is_told_as_the_language_writes_it(text: str, french: str, dutch: str):
    assert _typed(rules_in_words(text, "fr")) == french
    assert _typed(rules_in_words(text, "nl")) == dutch


@pytest.mark.parametrize(
    "text",
    [
        "PH off; Mo-Fr 09:00-17:00",
        "easter -2 days off",
        "Mo (sunrise+01:00)-12:00",
        "Mo[1] off; Mo 09:00-12:00",
    ],
)
def test_what_the_words_would_not_say_rightly_is_told_as_a_week(text: str):
    assert rules_in_words(text, "en") == ""
    assert hours_told(text, MONDAY, "en").startswith("the next seven days: ")


def test_a_week_puts_days_together_and_keeps_comments():
    text = 'PH off; Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-11:00 "bel"'
    assert _typed(hours_told(text, MONDAY, "en")) == (
        "the next seven days: Mon-Fri 9:00-12:00 and 13:00-17:00; Sat 10:00-11:00 (bel); "
        "closed on Sundays"
    )


def test_hours_not_understood_are_told_as_written():
    assert hours_told("quand ça va", MONDAY, "en") == "As written: quand ça va (please call first)"
    assert hours_told("  ", MONDAY, "en") == ""
    assert hours_lines("  ", MONDAY, "en") == ()


def test_a_rule_is_told_line_by_line():
    text = "Mo-Fr 09:00-12:00; PH off; Jun-Aug Tu 10:00-11:00; Jun-Aug We off"
    assert [_typed(line) for line in hours_lines(text, MONDAY, "en")] == [
        "Mon-Fri 9:00-12:00",
        "closed on public holidays",
        "June-August: Tue 10:00-11:00; closed on Wednesdays",
    ]


@pytest.mark.parametrize("comment", ["Op Afspraak", "by appointment only", "uniquement sur rdv"])
def test_an_appointment_is_known_in_three_languages(comment: str):
    assert is_appointment(comment)


@pytest.mark.official
def test_nearly_all_real_rules_have_words_that_were_evaluated_beside_them(official_data: Path):
    texts = (official_data / "osm_opening_hours.txt").read_text(encoding="utf-8").splitlines()
    assert sum(bool(rules_in_words(text, "nl")) for text in texts) >= 2043
    for text in texts[::50]:
        rules = read_rules(text)
        if rules is not None:
            assert parse(write_rules(rules)) is not None


@pytest.mark.official
def test_the_page_of_wordings_says_what_the_code_says(official_data: Path):
    texts = (official_data / "osm_opening_hours.txt").read_text(encoding="utf-8").splitlines()
    rows = [line for line in write_page(texts, []).splitlines() if "`" in line]
    assert len(rows) > 60
    assert set(rows) <= set(PAGE.read_text(encoding="utf-8").splitlines())
