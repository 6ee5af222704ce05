"""What a figure says of each sector, in words, and to take along: on nine squares."""

import numpy as np
import pytest

from directory.atlas import Atlas
from directory.directory import Directory
from directory.indicators import Indicator, Rule, Unit
from exchange.planning.described import Described
from exchange.planning.tables import csv_files
from exchange.planning.words import Words
from geo.levels import Level
from layers.layer import Scene
from layers.palette import palette
from tests.drawn import code, grid_territory
from tests.records import DAY
from ui import state
from ui.figures import screen, shown, taken, telling
from ui.figures.screen import Chosen
from ui.language import speaking

TERRITORY = grid_territory()
CODES = [str(each) for each in TERRITORY.codes]
LEFT = [code(0, row) for row in range(3)]
"""The sectors of district 7."""


def figure(subject: str = "population", year: int = 2022, **facts: object) -> Indicator:
    level = facts.get("level", "sector")
    return Indicator.model_validate(
        {
            "id": f"{subject}-{year}" + ("" if level == "sector" else "-district"),
            "subject": subject,
            "names": {"fr": subject.title(), "nl": f"{subject.title()} (nl)"},
            "unit": "people",
            "level": level,
            "year": year,
            "values": {each: 100.0 * n for n, each in enumerate(CODES, 1)},
            "source": {"name": "Statbel", "licence": "CC BY 4.0", "read_on": "2026-11-20"},
        }
        | facts
    )


def chosen(one: Indicator, *others: Indicator, language: str = "fr") -> Chosen:
    indicators = {each.id: each for each in (one, *others)}
    atlas = Atlas(Directory(revision=1, indicators=indicators), TERRITORY, DAY)
    at = state.now().replace(year=DAY.year, month=DAY.month, day=DAY.day)
    scene = Scene(atlas=atlas, language=language, translate=str, at=at, palette=palette())
    return Chosen(scene, one, shown.on_sectors(one, TERRITORY, indicators))


def test_population_comes_first_then_names_then_the_latest_year() -> None:
    given = [
        figure("rent", 2019, unit="euro"),
        figure("age", unit="number", status="archived"),
        figure(year=2021),
        figure("income", unit="euro"),
        figure(),
        figure(level="district", values={"7": 60}),
    ]
    found = {each.id: each for each in given}
    assert list(shown.in_use(found, "fr")) == [
        "population-2022",
        "population-2021",
        "population-2022-district",
        "income-2022",
        "rent-2019",
    ]
    assert list(shown.archived(found, "fr")) == ["age-2022"]


def test_sectors_not_told_are_unknown_and_zero_is_not() -> None:
    values = {CODES[0]: 0.0, CODES[1]: None}
    found = chosen(figure(values=values))
    assert found.values[0] == 0
    assert np.isnan(found.values[1:]).all()
    assert not found.estimated


def test_a_share_of_a_district_is_that_of_its_sectors_estimated() -> None:
    found = chosen(figure("rent", level="district", unit="share", values={"7": 0.4}))
    assert found.found is not None
    assert found.found.rule is Rule.DISTRICT
    told = dict(zip(CODES, found.values.tolist(), strict=True))
    assert [told[each] for each in LEFT] == [0.4, 0.4, 0.4]
    assert np.isnan(told[code(1, 1)])
    assert found.estimated
    with speaking("en"):
        assert "estimated" in screen.notes(found)[0]


def test_people_of_a_district_are_shared_out_by_the_population_or_stay() -> None:
    people = figure("jobless", level="district", values={"7": 60})
    weights = {each: 10.0 * n for n, each in enumerate(LEFT, 1)}
    with_weights = chosen(people, figure(year=2021, values=weights))
    told = dict(zip(CODES, with_weights.values.tolist(), strict=True))
    assert [told[each] for each in LEFT] == [10, 20, 30]
    alone = chosen(people)
    assert alone.found is None
    assert np.isnan(alone.values).all()
    with speaking("en"):
        assert "not known yet" in screen.notes(alone)[0]


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (1_234_567.0, Unit.PEOPLE, "1.234.567"),
        (0.125, Unit.SHARE, "12,5 %"),
        (19_250.5, Unit.EURO, "19.250,5 €"),
        (1.5, Unit.NUMBER, "1,5"),
        (0.0, Unit.PEOPLE, "0"),
    ],
)
def test_values_are_written_as_in_belgium(value: float, unit: Unit, told: str) -> None:
    with speaking("nl"):
        assert telling.value(value, unit) == told
        assert telling.value(None, unit) not in ("", "0")


def test_the_table_is_sorted_and_tells_the_level_of_the_figure() -> None:
    with speaking("en"):
        table = screen.table(chosen(figure(values={CODES[0]: 1, CODES[1]: 5, CODES[2]: None})))
        assert table["Figure"] == [5, 1, *[None] * 7]
        assert table["Code"][:2] == [CODES[1], CODES[0]]
        districts = figure(level="district", values={"7": 60})
        assert screen.table(chosen(districts)) == {
            "Monitoring district": ["Gauche"],
            "Figure": [60],
            "Code": ["7"],
        }


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.be", "//a.be", "https://", ""])
def test_only_an_address_of_the_web_is_a_link(url: str) -> None:
    source = {"name": "X", "url": url}
    assert screen.link(figure(source=source)) == ""
    assert screen.link(figure(source=source | {"url": "https://a.be/x"})) == "https://a.be/x"


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_what_is_taken_along_tells_the_same(language: str) -> None:
    one = figure(values={CODES[0]: 10, CODES[1]: 20, CODES[2]: None})
    with speaking(language):
        told = taken.described(chosen(one, language=language))
    assert isinstance(told, Described)
    table, map_of = told.parts[1], told.parts[0]
    assert [row[:1] + row[-1:] for row in table.rows[:2]] == [(CODES[1], 20), (CODES[0], 10)]
    assert table.level is Level.SECTOR
    assert len(map_of.classes) == len(map_of.ids) == 9
    assert [line.areas for line in map_of.key] == [1, 1, 7]
    assert map_of.classes[:3] == (0, 1, 2)
    assert told.credits[0].licence == "CC BY 4.0"
    assert csv_files(told, Words(language))
