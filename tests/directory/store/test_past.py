from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, select, update

from directory.activities import Activity
from directory.actors import Actor
from directory.clock import today
from directory.commands import Author, Commands
from directory.indicators import Indicator
from directory.relays import Partner, Relay
from directory.store import Kind, Store
from directory.store.erasing import unlocked
from directory.store.tables import ChangeRow, table
from geo.errors import BadInputError
from geo.neighbourhoods import Neighbourhood

BY = Author("Test")
CHANGE = table(ChangeRow)
MakeActor = Callable[..., Actor]


def dated(store: Store, revision: int, at: datetime) -> None:
    """Say that a revision was written at another moment."""
    with store.keeping() as connection, unlocked(connection):
        connection.execute(update(CHANGE).where(CHANGE.c.revision == revision).values(at=at))


def at(day: int, hour: int = 12) -> datetime:
    """A moment of March 2026 in UTC; Brussels is an hour ahead until the 29th, then two."""
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def test_a_record_stands_as_the_last_change_of_the_day_left_it(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    for number, hours in enumerate(["Mo 09:00-10:00", "Tu 09:00-10:00", "We 09:00-10:00"]):
        actor = make_actor(hours=hours, version=number)
        dated(store, commands.save([actor], by=BY).revision, at(10 + number // 2))
    assert store.first_day() == date(2026, 3, 10)
    assert store.directory_on(date(2026, 3, 9)).actors == {}
    assert store.directory_on(date(2026, 3, 9)).revision == 0
    found = store.directory_on(date(2026, 3, 10))
    assert found.actors["actor-1"].hours == "Tu 09:00-10:00"
    assert (found.actors["actor-1"].version, found.revision) == (2, 2)
    assert store.directory_on(date(2026, 3, 11)).actors["actor-1"].hours == "We 09:00-10:00"
    assert store.directory_on(date(2026, 3, 31)).revision == 3


@pytest.mark.parametrize(("day", "last"), [(28, at(28, 22)), (29, at(29, 21))])
def test_days_end_in_brussels_in_winter_and_in_summer(
    store: Store, commands: Commands, make_actor: MakeActor, day: int, last: datetime
) -> None:
    dated(store, commands.save([make_actor(1)], by=BY).revision, last + timedelta(minutes=59))
    dated(store, commands.save([make_actor(2)], by=BY).revision, last + timedelta(hours=1))
    assert list(store.directory_on(date(2026, 3, day)).actors) == ["actor-1"]
    assert list(store.directory_on(date(2026, 3, day + 1)).actors) == ["actor-1", "actor-2"]


def test_what_an_undone_import_took_out_is_gone_and_may_come_again(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    outcome = commands.save([make_actor()], by=BY)
    dated(store, outcome.revision, at(10))
    commands.undo(outcome.batch, by=BY)
    dated(store, 2, at(11))
    dated(store, commands.save([make_actor(hours="24/7")], by=BY).revision, at(12))
    assert list(store.directory_on(date(2026, 3, 10)).actors) == ["actor-1"]
    assert store.directory_on(date(2026, 3, 11)).actors == {}
    assert store.directory_on(date(2026, 3, 11)).revision == 2
    assert store.directory_on(date(2026, 3, 12)).actors["actor-1"].hours == "24/7"


def test_today_is_the_present_directory_of_every_kind(
    store: Store,
    make_actor: MakeActor,
    partner: Partner,
    neighbourhood: Neighbourhood,
    relay: Relay,
) -> None:
    figures = Indicator.model_validate(
        {
            "id": "population-2025",
            "subject": "population",
            "names": {"fr": "Population", "nl": "Bevolking"},
            "unit": "people",
            "level": "sector",
            "year": 2025,
            "values": {"21015A00-": 120.0, "21015A01-": None},
            "source": {"name": "Test"},
        }
    )
    activity = {
        "id": "table",
        "titles": {"nl": "Tafel", "fr": "Table"},
        "type": "conversation_table",
        "relay_ids": ["collignon"],
        "source": {"name": "Test"},
    }
    given = [make_actor(1), make_actor(2), partner, neighbourhood, relay, figures]
    commands = Commands(store)
    commands.save([*given, Activity.model_validate(activity)], by=BY)
    commands.archive(Kind.ACTOR, "actor-2", by=BY)
    present = store.directory()
    assert store.directory_on(today()) == present
    assert len(present.indicators) == len(present.neighbourhoods) == len(present.activities) == 1


def test_a_record_that_breaks_a_rule_of_today_hides_no_other(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(1), make_actor(2)], by=BY)
    with store.keeping() as connection, unlocked(connection):
        spoilt = update(CHANGE).where(CHANGE.c.record_id == "actor-1")
        connection.execute(spoilt.values(after={"id": "actor-1", "kind": "ghost"}))
    assert list(store.directory_on(today()).actors) == ["actor-2"]


def test_a_day_to_come_is_refused_and_an_empty_store_has_no_first_day(store: Store) -> None:
    assert store.first_day() is None
    assert store.directory_on(today()).actors == {}
    with pytest.raises(BadInputError, match="Expected a day up to"):
        store.directory_on(today() + timedelta(days=1))


def test_the_history_is_asked_once_however_many_records(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(number) for number in range(50)], by=BY)
    asked: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *told: asked.append(str(told[2])))
    assert len(store.directory_on(today()).actors) == 50
    assert sum(statement.startswith("SELECT") for statement in asked) == 1


def test_a_neighbourhood_written_before_its_sets_could_change_is_read(
    store: Store, commands: Commands, neighbourhood: Neighbourhood
) -> None:
    commands.save([neighbourhood], by=BY)
    old = ("id", "names", "sectors", "valid_from", "valid_to", "note", "version")
    with store.keeping() as connection, unlocked(connection):
        facts = connection.execute(select(CHANGE.c.after)).scalar_one()
        kept = {name: facts[name] for name in old}
        connection.execute(update(CHANGE).values(after=kept))
    assert store.directory_on(today()) == store.directory()
