import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from directory.actors import Status
from directory.commands import Author, Commands
from directory.indicators import (
    RULES,
    Indicator,
    Rule,
    Unit,
    by_sector,
    indicator_id,
    newest,
)
from directory.store import ConflictError, Kind, Store
from directory.store.engine import open_engine, writing
from directory.store.migrate import downgrade, upgrade
from geo.errors import BadInputError
from geo.levels import Level
from tests.drawn import code, grid_territory

BY = Author("Test")
LEFT = [code(0, row) for row in range(3)]
"""The sectors of district 7."""


def indicator(**facts: object) -> Indicator:
    given = {
        "id": "population-2022",
        "subject": "population",
        "names": {"fr": "Population"},
        "unit": "people",
        "level": "sector",
        "year": 2022,
        "values": {code(0, 0): 1250.0, code(0, 1): None, code(1, 1): 0.0},
        "source": {"name": "Statbel", "licence": "CC BY 4.0"},
    }
    return Indicator.model_validate(given | facts)


def by_district(value: float | None = 90, **facts: object) -> Indicator:
    told = {"id": "population-2022-district", "level": "district", "values": {"7": value}}
    return indicator(**told | facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"values": {}},
        {"values": {"21004": 1}},
        {"values": {code(0, 0): -1}},
        {"values": {code(0, 0): math.nan}},
        {"values": {code(0, 0): 1e13}},
        {"values": {code(0, 0): 1.1}, "unit": "share"},
        {"names": {}},
        {"year": 202},
        {"level": "region"},
        {"level": "district"},
        {"id": "Pop 2022"},
    ],
)
def test_what_breaks_a_rule_is_no_indicator(facts: dict[str, object]) -> None:
    with pytest.raises((ValidationError, BadInputError)):
        indicator(**({"values": {"a b": 1}} if facts == {"level": "district"} else {}) | facts)


def test_the_newest_of_a_subject_is_found() -> None:
    kept = {
        one.id: one
        for one in (
            indicator(),
            indicator(id="population-2020", year=2020),
            indicator(id="population-2024", year=2024, status="archived"),
            by_district(year=2025),
        )
    }
    assert newest(kept, "population").id == "population-2022"  # type: ignore[union-attr]
    assert newest(kept, "population", by_year=2021).year == 2020  # type: ignore[union-attr]
    assert newest(kept, "population", level=Level.DISTRICT).year == 2025  # type: ignore[union-attr]
    assert newest(kept, "income") is None
    assert indicator_id("population", 2022) in kept


def test_what_is_published_by_sector_is_shown_as_published() -> None:
    found = by_sector(indicator(), grid_territory())
    assert set(found.values) == set(grid_territory().codes)
    assert found.values[code(0, 0)] == 1250
    assert found.values[code(1, 1)] == 0
    assert found.values[code(0, 1)] is None, "published as unknown"
    assert found.values[code(2, 2)] is None, "not published"
    assert (found.rule, found.estimated) == (Rule.PUBLISHED, frozenset())
    assert set(RULES) == set(Rule)


def test_a_district_gives_its_share_to_each_sector_and_that_is_flagged() -> None:
    share = by_district(0.25, unit="share")
    found = by_sector(share, grid_territory(), rule=Rule.DISTRICT)
    assert [found.values[each] for each in LEFT] == [0.25] * 3
    assert found.values[code(1, 1)] is None
    assert found.estimated == set(LEFT)


def test_people_of_a_district_are_shared_out_by_weights() -> None:
    weights = {LEFT[0]: 1.0, LEFT[1]: 2.0, LEFT[2]: 0.0}
    found = by_sector(by_district(), grid_territory(), rule=Rule.WEIGHTED, weights=weights)
    assert [found.values[each] for each in LEFT] == [30, 60, 0]
    assert found.estimated == set(LEFT)
    unknown = by_sector(
        by_district(), grid_territory(), rule=Rule.WEIGHTED, weights={**weights, LEFT[2]: None}
    )
    assert [unknown.values[each] for each in LEFT] == [None] * 3
    nobody = dict.fromkeys(LEFT, 0.0)
    empty = by_sector(by_district(), grid_territory(), rule=Rule.WEIGHTED, weights=nobody)
    assert empty.values[LEFT[0]] is None
    zero = by_sector(by_district(0), grid_territory(), rule=Rule.WEIGHTED, weights=nobody)
    assert zero.values[LEFT[0]] == 0


@given(
    total=st.integers(0, 10**6),
    weights=st.lists(st.floats(0, 1e6), min_size=3, max_size=3).filter(any),
)
def test_sharing_out_loses_nobody(total: int, weights: list[float]) -> None:
    given_weights = dict(zip(LEFT, weights, strict=True))
    found = by_sector(
        by_district(total), grid_territory(), rule=Rule.WEIGHTED, weights=given_weights
    )
    parts = [found.values[each] for each in LEFT]
    assert all(part is not None and part >= 0 for part in parts)
    assert sum(filter(None, parts)) == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize(
    ("one", "options"),
    [
        (by_district(), {}),
        (by_district(), {"rule": Rule.PUBLISHED}),
        (by_district(), {"rule": Rule.DISTRICT}),
        (by_district(), {"rule": Rule.WEIGHTED}),
        (by_district(0.5, unit="share"), {"rule": Rule.WEIGHTED, "weights": {LEFT[0]: 1.0}}),
        (by_district(), {"rule": Rule.WEIGHTED, "weights": {LEFT[0]: -1.0}}),
        (indicator(), {"rule": Rule.DISTRICT}),
    ],
)
def test_a_rule_that_does_not_fit_is_refused(one: Indicator, options: dict[str, object]) -> None:
    with pytest.raises(BadInputError):
        by_sector(one, grid_territory(), **options)  # type: ignore[arg-type]


def test_it_comes_back_as_it_went_in_with_its_history(store: Store, database_url: str) -> None:
    first = indicator(values={code(0, 0): 0.1 + 0.2, code(0, 1): None})
    outcome = Commands(store).save([first, by_district()], by=BY)
    assert [key.kind for key in outcome.created] == [Kind.INDICATOR] * 2
    for found in (store.indicators(), Store(database_url).indicators()):
        assert found["population-2022"] == first.model_copy(update={"version": 1})
        assert found["population-2022"].values[code(0, 1)] is None
    again = store.indicators()["population-2022"]
    assert Commands(store).save([again], by=BY).unchanged
    Commands(store).save([again.model_copy(update={"values": {code(0, 0): 7}})], by=BY)
    assert store.indicators()["population-2022"].values == {code(0, 0): 7}
    made, changed = store.history(Kind.INDICATOR, "population-2022")
    assert made.before is None
    assert changed.before is not None
    assert changed.before["values"] == first.values
    assert changed.author == "Test"


def test_the_snapshot_stays_the_same_while_nothing_changed(store: Store, make_actor) -> None:
    commands = Commands(store)
    commands.save([indicator()], by=BY)
    before = store.indicators()
    assert store.indicators() is before
    commands.save([make_actor()], by=BY)
    assert store.indicators() is before, "an actor changes no indicator"
    with pytest.raises(TypeError):
        before["population-2022"] = indicator()  # type: ignore[index]


def test_all_are_stored_or_none(store: Store) -> None:
    commands = Commands(store)
    commands.save([indicator()], by=BY)
    with pytest.raises(ConflictError):
        commands.save([by_district(), indicator(year=2023)], by=BY)
    assert list(store.indicators()) == ["population-2022"]
    broken = indicator().model_copy(update={"values": {code(0, 0): -5.0}, "version": 1})
    with pytest.raises(BadInputError):
        commands.save([broken, by_district()], by=BY)
    assert list(store.indicators()) == ["population-2022"]


def test_archived_it_is_kept_but_not_the_newest(store: Store) -> None:
    commands = Commands(store)
    commands.save([indicator()], by=BY)
    commands.archive(Kind.INDICATOR, "population-2022", by=BY)
    assert store.indicators()["population-2022"].status is Status.ARCHIVED
    assert newest(store.indicators(), "population") is None


def test_belgium_is_kept_too(store: Store) -> None:
    values = {f"{11001 + n // 100}A{n % 100:02d}-": float(n) for n in range(19_795)}
    Commands(store).save([indicator(values=values)], by=BY)
    assert store.indicators()["population-2022"].values == values


def test_going_back_a_version_takes_indicators_and_their_history(empty_url: str) -> None:
    upgrade(empty_url)
    store = Store(empty_url)
    Commands(store).save([indicator()], by=BY)
    store.close()
    downgrade(empty_url, "0002")
    engine = open_engine(empty_url)
    with writing(engine) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM change").scalar() == 0
    engine.dispose()
    upgrade(empty_url)
    assert not Store(empty_url).indicators()


def test_units_are_said_in_words_that_do_not_change() -> None:
    assert [unit.value for unit in Unit] == ["people", "share", "euro", "number"]
