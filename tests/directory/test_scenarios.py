"""Scenarios as records: what they hold, how they are kept, and which steps still hold today."""

from datetime import date

import pytest
from pydantic import ValidationError

from directory import plans
from directory.actors import Status
from directory.commands import Author, Commands
from directory.places import Point
from directory.plans import Fault, sort_steps
from directory.scenarios import STEPS_MAX, Close, Move, Put, Scenario, key_of
from directory.store import ConflictError, Kind, Store
from directory.store.engine import open_engine, writing
from directory.store.migrate import downgrade, upgrade
from geo.errors import BadInputError
from tests.records import actor, atlas

BY = Author("Test")
HERE, THERE = Point(lon=4.35, lat=50.84), Point(lon=4.36, lat=50.85)
STANDING = {"huis": HERE, "huis/1": THERE, "school": HERE}
PUT = Put(key="+1", at=HERE, categories=("pharmacy",), capacity=2.0)
MOVE = Move(key="huis", at=THERE, was=HERE)
CLOSE = Close(key="huis/1", was=THERE)


def scenario(**facts: object) -> Scenario:
    given = {
        "id": "noord-1",
        "title": "Two more in the north",
        "author": "Test",
        "made_on": "2026-11-23",
        "steps": [PUT, MOVE, CLOSE],
        "situation": "2022-01-01",
        "fingerprint": "0123456789ab",
        "drawn_revision": 7,
    }
    return Scenario.model_validate(given | facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "  "},
        {"title": "x" * 121},
        {"author": ""},
        {"id": "Noord 1"},
        {"steps": [PUT, PUT]},
        {"steps": [{"act": "burn", "key": "huis"}]},
        {"steps": [{"act": "put", "key": "huis", "at": HERE, "categories": ["pharmacy"]}]},
        {"steps": [{"act": "close", "key": "+1", "was": HERE}]},
        {"steps": [{"act": "put", "key": "+1", "at": HERE, "categories": []}]},
        {"steps": [PUT.model_dump() | {"capacity": 0}]},
        {"steps": [PUT.model_dump() | {"at": {"lon": 4.3, "lat": float("nan")}}]},
        {"steps": [PUT.model_dump() | {"html": "<b>"}]},
    ],
)
def test_what_breaks_a_rule_is_no_scenario(facts: dict[str, object]) -> None:
    with pytest.raises((ValidationError, BadInputError)):
        scenario(**facts)


def test_kept_and_read_again_with_versions_history_and_conflicts(
    store: Store, commands: Commands
) -> None:
    first = scenario(title="<script>alert(1)</script>\u202e")
    commands.save([first], by=BY)
    kept = store.directory().scenarios["noord-1"]
    assert kept.title == "<script>alert(1)</script>"
    assert kept.steps == (PUT, MOVE, CLOSE)
    assert (kept.made_on, kept.version) == (date(2026, 11, 23), 1)
    commands.save([kept.model_copy(update={"title": "Other", "steps": (PUT,)})], by=BY)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        commands.save([kept.model_copy(update={"title": "Late"})], by=BY)
    assert store.directory().scenarios["noord-1"].steps == (PUT,)
    commands.archive(Kind.SCENARIO, "noord-1", by=BY)
    assert store.directory().scenarios["noord-1"].status is Status.ARCHIVED
    told = store.history(Kind.SCENARIO, "noord-1")
    assert [change.version for change in told] == [1, 2, 3]
    assert told[0].after["steps"][0]["key"] == "+1"


def test_a_version_that_knows_no_scenarios_loses_them_and_their_history(
    database_url: str, commands: Commands
) -> None:
    commands.save([scenario()], by=BY)
    downgrade(database_url, "0003")
    engine = open_engine(database_url)
    with writing(engine) as connection:
        kinds = connection.exec_driver_sql("SELECT kind FROM change").scalars().all()
    engine.dispose()
    assert "scenario" not in kinds
    upgrade(database_url)
    assert Store(database_url).directory().scenarios == {}


def test_a_plan_holds_one_step_a_service() -> None:
    plan = plans.put((), HERE, ["pharmacy"], capacity=2.0)
    plan = plans.put(plan, THERE, ["pharmacy"])
    assert [step.key for step in plan] == ["+1", "+2"]
    plan = plans.move(plan, "+1", THERE, STANDING)
    plan = plans.move(plan, "huis", THERE, STANDING)
    assert plan[0] == PUT.model_copy(update={"at": THERE})
    assert plan[2] == MOVE
    plan = plans.close(plan, "huis", STANDING)
    assert plan[2] == Close(key="huis", was=HERE)
    plan = plans.close(plan, "+1", STANDING)
    assert [step.key for step in plan] == ["+2", "huis"]
    assert plans.put(plan, HERE, ["pharmacy"])[-1].key == "+1"
    assert plans.restore(plan, "huis") == plan[:1]
    assert plans.move(plans.move((), "huis", THERE, STANDING), "huis", HERE, STANDING) == ()


def test_what_is_not_there_cannot_be_moved_and_a_plan_ends() -> None:
    for change in (plans.close, lambda plan, key, there: plans.move(plan, key, HERE, there)):
        with pytest.raises(BadInputError, match="nobody"):
            change((), "nobody", STANDING)
    full: plans.Plan = ()
    for _ in range(STEPS_MAX):
        full = plans.put(full, HERE, ["pharmacy"])
    with pytest.raises(BadInputError, match="100 steps"):
        plans.put(full, HERE, ["pharmacy"])
    with pytest.raises(BadInputError, match="100 steps"):
        plans.close(full, "huis", STANDING)


def test_each_step_that_no_longer_holds_is_told_by_row() -> None:
    found = atlas(actor("school"), actor("weg", status="archived"), actor("huis"))
    steps = (
        PUT,
        Close(key="school", was=HERE),
        Close(key="weg", was=HERE),
        Close(key="nooit", was=HERE),
        Close(key="huis/4", was=HERE),
        Move(key="huis", at=THERE, was=THERE),
        Put(key="+2", at=HERE, categories=("blacksmith",)),
    )
    kept, lost = sort_steps(steps, found, STANDING)
    assert kept == steps[:2]
    assert [(one.row, one.fault) for one in lost] == [
        (3, Fault.HIDDEN),
        (4, Fault.GONE),
        (5, Fault.NO_POINT),
        (6, Fault.MOVED),
        (7, Fault.CATEGORY),
    ]
    assert tuple(one.step for one in lost) == steps[2:]


def test_a_place_has_a_key() -> None:
    assert key_of("huis", 0) == "huis"
    assert key_of("huis", 1) in STANDING
