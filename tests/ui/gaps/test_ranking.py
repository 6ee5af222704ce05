"""Gaps along a street, by hand: the pharmacy at x = 110 is within 800 m of x = 100 to 900."""

import numpy as np
import pytest

from geo.coverage.gaps import Apart
from geo.levels import Level
from tests.geo.coverage.conftest import CODES
from tests.ui.gaps.conftest import INCOME, PEOPLE, Measure, ask, indicator, pharmacy
from ui.gaps.asking import MINUTES
from ui.gaps.figures import known
from ui.gaps.ranking import ranked, reasons, town


def test_by_lack_alone_the_farthest_come_first(measure: Measure) -> None:
    found = measure(pharmacy())
    answer = ranked(found, ask(found))
    assert answer.gaps.lack.tolist() == [0, 0, 0.5, 1, 1, 1, 1, 1]
    assert [answer.ids[at] for at in answer.gaps.order] == [*CODES[:2:-1], CODES[2]]
    assert answer.minutes * 80 == pytest.approx(
        [10, 390, 790, 1_190, 1_590, 1_990, 2_390, 2_790], abs=0.1
    )
    assert answer.gaps.apart[:2].tolist() == [Apart.NO_LACK] * 2
    assert np.isnan(answer.without).all()
    assert answer.by_limit[15].tolist() == [0, 0, 0, 5, 4, 3, 2, 1]
    assert answer.by_limit[5].tolist() == [0, 7, 6, 5, 4, 3, 2, 1]
    assert (answer.count, answer.weighed) == (6, 0)


def test_people_and_income_make_a_need(measure: Measure) -> None:
    """People rank 400, 300, 200, 100 (three), 50, 0; income is not known of the last sector."""
    found = measure(pharmacy(), PEOPLE, INCOME)
    answer = ranked(found, ask(found, "population", "income"))
    assert answer.gaps.needs[3].tolist() == [1, pytest.approx(0.5)]
    assert answer.gaps.needs[5].tolist() == [pytest.approx(5 / 7), pytest.approx(5 / 6)]
    assert [answer.ids[at] for at in answer.gaps.order] == [CODES[n] for n in (5, 3, 4, 2)]
    assert answer.without[[2, 3, 4, 5]].tolist() == [50, 400, 50, 200]
    grouped = {why: len(places) for why, places in reasons(found, answer).items()}
    assert grouped == {"nobody lives there": 1, "“income (2024)” is not known there": 1}
    weightless = ask(found, "population", "income")
    assert [one.less_is_need for one in weightless.need] == [False, True]


def test_people_without_are_conserved_by_level(measure: Measure) -> None:
    found = measure(pharmacy(), PEOPLE)
    sectors, towns = (
        ranked(found, ask(found, level=level)) for level in (Level.SECTOR, Level.MUNICIPALITY)
    )
    assert np.nansum(sectors.without) == pytest.approx(np.nansum(towns.without)) == 1_000
    assert towns.without.tolist() == [pytest.approx(450), pytest.approx(550)]
    assert towns.gaps.rank.tolist() == [2, 1]
    # half of the 700 people of the first town live up to x = 1,300: 50 a crossing, then 200
    assert towns.minutes[0] * 80 == pytest.approx(1_190, abs=0.1)


def test_minutes_against_a_limit(measure: Measure) -> None:
    found = measure(pharmacy())
    answer = ranked(found, ask(found, how=MINUTES, within_min=15))
    assert answer.gaps.rank.tolist() == [0, 0, 0, 0, 4, 3, 2, 1]
    assert answer.gaps.lack[7] == pytest.approx(1 - 15 * 80 / 2_790, abs=1e-4)


def test_near_a_place_off_the_streets_nothing_is_ranked(measure: Measure) -> None:
    """190 m beside x = 2,300: within 800 m of x = 1,700 to 2,900, of sectors 4 to 7."""
    found = measure(pharmacy(), pharmacy(2_300, 190, "b"))
    answer = ranked(found, ask(found))
    assert answer.gaps.rank.tolist() == [0, 0, 2, 1, 0, 0, 0, 0]
    (why,) = reasons(found, answer)
    assert why == "a place is near, but no street that leads to it is known"
    assert answer.by_limit[5].tolist() == [0, 5, 4, 3, 2, 0, 0, 1]


def test_a_share_that_is_a_least_is_no_gap(measure: Measure) -> None:
    """Half of sector 2 reaches the first pharmacy; the other half may reach one off the street."""
    found = measure(pharmacy(), pharmacy(1_300, 190, "b"))
    answer = ranked(found, ask(found))
    assert answer.reached[2] == 0.5
    assert answer.gaps.apart[2] == Apart.MEASURE
    assert [len(places) for places in reasons(found, answer).values()] == [3]


def test_an_area_of_many_such_people_is_not_ranked(measure: Measure) -> None:
    """One off the streets is near 500 of the 700 people of the first town, 50 of 550 of the other.

    Nine in ten of the other town are known to reach none: it is told.
    """
    found = measure(pharmacy(), pharmacy(1_300, 190, "b"), PEOPLE)
    answer = ranked(found, ask(found, level=Level.MUNICIPALITY))
    assert answer.gaps.apart.tolist() == [Apart.MEASURE, Apart.NOT]


def test_only_the_verified(measure: Measure) -> None:
    found = measure(pharmacy(verified_on="2026-11-01"), pharmacy(2_900, 0, "b"))
    assert ranked(found, ask(found)).count < 5
    checked = measure(
        pharmacy(verified_on="2026-11-01"), pharmacy(2_900, 0, "b"), verified_only=True
    )
    answer = ranked(checked, ask(checked))
    assert "nothing near was checked in the last year" in reasons(checked, answer)


def test_a_district_has_the_figure_of_its_own_and_sectors_an_estimate(measure: Measure) -> None:
    aged = indicator("aged", [0.4], unit="share", level="district")
    found = measure(pharmacy(), PEOPLE, aged)
    one = known(found.atlas, found.people)["aged"]
    assert [one.told.values[code] for code in CODES[:3]] == [0.4, 0.4, None]
    by_sector = ranked(found, ask(found, "aged"))
    assert by_sector.need[0].estimated
    by_district = ranked(found, ask(found, "aged", level=Level.DISTRICT))
    assert by_district.need[0].values.tolist() == [0.4]
    assert not by_district.need[0].estimated


def test_people_of_districts_alone_are_not_shared_out_by_nothing(measure: Measure) -> None:
    aged = indicator("aged-people", [50], level="district")
    assert "aged-people" not in known(measure(pharmacy(), aged).atlas, None)
    with_people = measure(pharmacy(), PEOPLE, aged)
    told = known(with_people.atlas, with_people.people)["aged-people"].told
    assert told.values[CODES[0]] == 25


def test_sectors_have_a_town(measure: Measure) -> None:
    atlas = measure(pharmacy()).atlas
    assert town(atlas, Level.SECTOR, CODES[7], "fr") == "b"
    assert town(atlas, Level.DISTRICT, "7", "fr") == ""
