"""What is said and taken along of the gaps of the street."""

from dataclasses import replace

import numpy as np
import pytest

from directory.indicators import Unit
from directory.texts import Texts
from exchange.planning.described import ShadedMap, Table
from geo.levels import Level
from layers.layer import Scene
from layers.palette import palette
from tests.geo.coverage.conftest import CODES
from tests.layers.test_layers import NOON
from tests.ui.gaps.conftest import INCOME, PEOPLE, Measure, ask, pharmacy
from ui.coverage.measured import Measured
from ui.gaps import words
from ui.gaps.ranking import Ranked, ranked
from ui.gaps.screen import classes, labels, lines, rank_told, robustness, summary
from ui.gaps.taking import describe
from ui.gaps.why import figure_rows, head, value_of
from ui.language import speaking


def scene(found: Measured) -> Scene:
    return Scene(
        atlas=found.atlas, language="en", translate=str, at=NOON, palette=palette()
    )  # fmt: skip


@pytest.fixture
def street(measure: Measure) -> tuple[Measured, Ranked]:
    found = measure(pharmacy(), PEOPLE, INCOME)
    return found, ranked(found, ask(found, "population", "income"))


def test_ranks_have_classes_and_what_is_not_known_has_none(
    street: tuple[Measured, Ranked], measure: Measure
) -> None:
    _found, answer = street
    assert classes(answer).tolist() == [4, 4, 0, 0, 0, 0, 255, 255]
    assert labels(answer) == [("Rank 1 to 10", 0, 4), ("Known, and nobody lacks it", 4, 2)]
    far = measure(*(pharmacy(110, 0, f"a{n}") for n in range(2)))
    told = ranked(far, ask(far))
    object.__setattr__(told.gaps, "rank", np.array([10, 11, 50, 51, 100, 101, 500, 1]))
    object.__setattr__(told.gaps, "apart", np.zeros(8, dtype=np.int8))
    assert classes(told).tolist() == [0, 1, 1, 2, 2, 3, 3, 0]


def test_the_sum_of_it(street: tuple[Measured, Ranked], measure: Measure) -> None:
    assert summary(street[1]) == [
        "Statistical sectors: 4 of the 6 that are known have a gap; 2 are not known.",
        "700 people there reach none within 10 minutes on foot.",
    ]
    found = measure(pharmacy())
    assert summary(ranked(found, ask(found)))[1].startswith("How many people that is nobody")
    nowhere = ranked(found, ask(found, level=Level.MUNICIPALITY))
    assert len(summary(nowhere)) == 1
    assert robustness(nowhere) == []


def test_how_sure_it_is(street: tuple[Measured, Ranked], measure: Measure) -> None:
    weights, limits = robustness(street[1])
    assert weights.startswith("When the weights change (400 draws around yours), 4 of the first 4")
    assert limits == (
        "Of the first 4, also among the first 10: 4 within 5 minutes, 3 within 15 minutes."
    )
    found = measure(pharmacy(), PEOPLE)
    assert robustness(ranked(found, ask(found)))[0].startswith("No indicator counts")
    one = robustness(ranked(found, ask(found, "population")))[0]
    assert one == "One indicator counts: its weight changes nothing in the rank."
    assert (rank_told(3, 3), rank_told(3, 5)) == ("stays rank 3", "rank 3 to 5")


def test_who_lacks_nothing_is_not_told_of_a_part_that_does(
    street: tuple[Measured, Ranked],
) -> None:
    found, answer = street
    for noise in (1 + 2.3e-16, 1 - 1.2e-16):
        told = replace(answer, reached=np.full(8, noise))
        assert lines(told, 0)[0].startswith("0% reach none")
        (first, *_rest) = describe(scene(found), found, told).parts
        assert isinstance(first, Table)
        assert first.rows[0][4] == 0


def test_an_area_says_why(street: tuple[Measured, Ranked]) -> None:
    found, answer = street
    assert head(found, answer, 5) == "Rank 1 of 4"
    assert head(found, answer, 0) == "No gap: nobody there lacks it"
    assert head(found, answer, 6) == "Not ranked: nobody lives there"
    assert lines(answer, 2) == [
        "50% reach none within 10 min · 50 people", "10 min to the nearest"
    ]  # fmt: skip
    population, income = figure_rows(answer, 5, "en")
    assert (population["value"], population["place"], population["weight"]) == ("200", "71%", "50%")
    assert (income["value"], income["place"], income["source"]) == (
        "4.000 €", "83%", "drawn by hand"
    )  # fmt: skip
    assert figure_rows(answer, 7, "en")[1]["value"] == "unknown"


def test_figures_are_written_by_unit_and_language() -> None:
    assert value_of(0.126, Unit.SHARE) == "13%"
    assert value_of(3.25, Unit.NUMBER) in {"3,2", "3,3"}
    assert words.minutes(np.inf) == "no way leads to one"
    assert words.minutes(np.nan) == "unknown"
    assert words.minutes(0.1) == "1 min"
    assert words.people(np.nan) == "number of people unknown"
    with speaking("nl"):
        assert value_of(1_234.5, Unit.NUMBER) == "1.234,5"


def test_what_is_taken_along_holds_every_area_once(street: tuple[Measured, Ranked]) -> None:
    found, answer = street
    told = describe(scene(found), found, answer)
    tables = {part.id: part for part in told.parts if isinstance(part, Table)}
    for table in tables.values():
        assert {len(row) for row in table.rows} == {len(table.columns)}
    assert [row[0] for row in tables["first"].rows] == [CODES[n] for n in (5, 3, 4, 2)]
    assert tables["first"].rows[0][-1] == "a (25 minutes on foot)"
    every = tables["areas"]
    assert sorted(str(row[0]) for row in every.rows) == CODES
    column = {one.id: place for place, one in enumerate(every.columns)}
    last = next(row for row in every.rows if row[0] == CODES[7])
    assert last[column["rank"]] is None
    assert last[column["why_not"]] == "“income (2024)” is not known there"
    assert last[column["income-2024"]] is None
    assert last[column["people"]] == 300
    assert [row[1] for row in tables["weights"].rows] == [0.5, 0.5]
    (drawn,) = (part for part in told.parts if isinstance(part, ShadedMap))
    assert len(drawn.ids) == len(drawn.classes) == 8
    assert set(drawn.classes) <= set(range(len(drawn.key)))
    assert sum(line.areas or 0 for line in drawn.key) == 8
    assert len(drawn.marks) == 1
    assert {credit.name for credit in told.credits} == {"drawn by hand", "OpenStreetMap"}


def test_who_gave_what_is_named_in_the_readers_language(measure: Measure) -> None:
    names = Texts({"en": "Income", "fr": "Revenu"})
    found = measure(pharmacy(), PEOPLE, INCOME.model_copy(update={"names": names}))
    told = describe(scene(found), found, ranked(found, ask(found, "population", "income")))
    given = [credit.gave for credit in told.credits]
    assert given == ["the outlines", "places", "population", "Income", "the streets"]
