from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from directory.activities import Activity
from directory.actors import Actor
from directory.commands import Author, Commands
from directory.relays import Partner, Relay
from directory.store import ConflictError, Kind, Store
from directory.store.erasing import unlocked
from directory.store.tables import ChangeRow, table
from directory.undoing import CHANGED_SINCE, REFERRED_TO, RELIED_ON
from geo.errors import BadInputError
from geo.neighbourhoods import Neighbourhood

BY = Author("Test")
JULY = date(2024, 7, 1)
MakeActor = Callable[..., Actor]


def records(store: Store) -> dict[str, str]:
    return {key: actor.model_dump_json() for key, actor in store.directory().actors.items()}


def test_undoing_brings_back_every_byte_but_the_count_of_versions(
    store: Store, commands: Commands, database_url: str, make_actor: MakeActor
) -> None:
    commands.save([make_actor(1), make_actor(2)], by=BY)
    before, elsewhere = records(store), Store(database_url)
    assert records(elsewhere) == before
    changed = store.directory().actors["actor-1"].model_copy(update={"hours": "24/7"})
    commands.save([changed, make_actor(3)], by=BY, batch="b")
    again = store.directory().actors["actor-1"].model_copy(update={"hours": "24/7 off"})
    commands.save([again], by=BY, batch="b")
    elsewhere._poll_at = 0.0
    assert "actor-3" in records(elsewhere)
    undone = commands.undo("b", by=BY)
    assert (undone.removed, undone.restored, undone.kept) == (("actor-3",), ("actor-1",), {})
    elsewhere._poll_at = 0.0
    counted = before["actor-1"].replace('"version":1', '"version":4')
    after = before | {"actor-1": counted}
    assert records(store) == records(elsewhere) == records(Store(database_url)) == after


def test_who_edited_what_is_undone_meanwhile_is_told(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=BY)
    first = store.directory().actors["actor-1"]
    commands.save([first.model_copy(update={"hours": "24/7"})], by=BY, batch="b")
    edited = store.directory().actors["actor-1"]
    commands.undo("b", by=BY)
    now = store.directory().actors["actor-1"]
    commands.save([now.model_copy(update={"cost": "free"})], by=BY)
    with pytest.raises(ConflictError):
        commands.save([edited.model_copy(update={"languages": ("nl",)})], by=BY)
    assert store.directory().actors["actor-1"].cost == "free"


def test_the_history_keeps_what_was_taken_out(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=BY, batch="b")
    commands.undo("b", by=BY)
    created, removed = store.history(Kind.ACTOR, "actor-1")
    assert created.before is None
    assert removed.before == created.after
    assert removed.after is None
    commands.save([make_actor()], by=BY)
    assert store.directory().actors["actor-1"].version == 1


def test_what_somebody_changed_since_stays(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(1), make_actor(2)], by=BY, batch="b")
    mine = store.directory().actors["actor-1"].model_copy(update={"hours": "24/7"})
    commands.save([mine], by=BY)
    undone = commands.undo("b", by=BY)
    assert undone.kept == {"actor-1": CHANGED_SINCE}
    assert list(store.directory().actors) == ["actor-1"]
    assert commands.undo("b", by=BY).removed == ()


def test_what_an_activity_names_by_now_stays(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=BY, batch="b")
    facts = {
        "id": "table",
        "titles": {"nl": "Tafel"},
        "type": "other",
        "actor_ids": ["actor-1"],
        "source": {"name": "Test"},
    }
    commands.save([Activity.model_validate(facts)], by=BY)
    assert commands.undo("b", by=BY).kept == {"actor-1": REFERRED_TO}
    assert "actor-1" in store.directory().actors


def test_only_batches_of_actors_or_neighbourhoods_are_undone(
    commands: Commands, partner: Partner, neighbourhood: Neighbourhood, make_actor: MakeActor
) -> None:
    commands.save([partner], by=BY, batch="b")
    with pytest.raises(BadInputError, match="partner"):
        commands.undo("b", by=BY)
    commands.save([neighbourhood, make_actor()], by=BY, batch="both")
    with pytest.raises(BadInputError, match="of: actor"):
        commands.undo("both", by=BY)


def test_changes_of_neighbourhoods_are_undone_and_versions_count_on(
    store: Store, commands: Commands, database_url: str, neighbourhood: Neighbourhood
) -> None:
    other = replace(neighbourhood, id="other", sectors=("21015A03-",))
    commands.save([neighbourhood], by=BY)
    first = store.directory().neighbourhoods["collignon"]
    changed = first.from_day(JULY, ["21015A02-"], reason="because")
    commands.save([changed, other], by=BY, batch="b")
    undone = commands.undo("b", by=BY)
    assert (undone.removed, undone.restored, undone.kept) == (("other",), ("collignon",), {})
    assert store.directory().neighbourhoods == {"collignon": replace(first, version=3)}
    assert Store(database_url).directory().neighbourhoods == store.directory().neighbourhoods
    history = store.history(Kind.NEIGHBOURHOOD, "collignon")
    assert [change.version for change in history] == [1, 2, 3]
    with pytest.raises(ConflictError):
        commands.save([replace(first, version=2, note="mine")], by=BY)
    assert commands.undo("b", by=BY).kept == {
        "collignon": CHANGED_SINCE,
        "other": CHANGED_SINCE,
    }


def test_batches_of_neighbourhoods_are_undone_one_after_the_other(
    store: Store, commands: Commands, neighbourhood: Neighbourhood
) -> None:
    commands.save([neighbourhood], by=BY)
    for batch in ("b", "c"):
        now = store.directory().neighbourhoods["collignon"]
        commands.save([replace(now, note=batch)], by=BY, batch=batch)
    assert commands.undo("b", by=BY).kept == {"collignon": CHANGED_SINCE}
    assert commands.undo("c", by=BY).restored == ("collignon",)
    assert commands.undo("b", by=BY).restored == ("collignon",)
    assert store.directory().neighbourhoods["collignon"] == replace(neighbourhood, version=5)


def test_a_neighbourhood_something_relies_on_stays(
    *,
    store: Store,
    commands: Commands,
    neighbourhood: Neighbourhood,
    partner: Partner,
    relay: Relay,
    make_actor: MakeActor,
) -> None:
    other = replace(neighbourhood, id="other", sectors=("21015A03-",))
    third = replace(neighbourhood, id="third", sectors=("21015A04-",))
    commands.save([neighbourhood, other, third], by=BY, batch="b")
    lies = [{"precision": "neighbourhood", "area": "other"}]
    commands.save([partner, relay, make_actor(places=lies)], by=BY)
    undone = commands.undo("b", by=BY)
    assert undone.kept == {"collignon": RELIED_ON, "other": RELIED_ON}
    assert set(store.directory().neighbourhoods) == {"collignon", "other"}


def test_a_change_from_before_the_sets_is_undone(
    store: Store, commands: Commands, neighbourhood: Neighbourhood
) -> None:
    commands.save([neighbourhood], by=BY)
    now = store.directory().neighbourhoods["collignon"]
    commands.save([replace(now, note="later")], by=BY, batch="b")
    new = {"since", "former", "reason", "lived"}
    with store.keeping() as connection, unlocked(connection):
        column = table(ChangeRow).c
        for row in connection.execute(select(column.id, column.before, column.after)).all():
            old = {
                name: facts and {key: value for key, value in facts.items() if key not in new}
                for name, facts in (("before", row.before), ("after", row.after))
            }
            connection.execute(update(table(ChangeRow)).where(column.id == row.id).values(**old))
    assert commands.undo("b", by=BY).restored == ("collignon",)
    assert store.directory().neighbourhoods["collignon"] == replace(now, version=3)


def test_what_is_written_together_is_done_or_not_as_one(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    def fail(_: object) -> None:
        raise BadInputError("no")

    with pytest.raises(BadInputError, match="no"):
        commands.save([make_actor()], by=BY, together=fail)
    assert not store.directory().actors
    commands.save([make_actor()], by=BY, batch="b")
    with pytest.raises(BadInputError, match="no"):
        commands.undo("b", by=BY, together=fail)
    assert store.history(Kind.ACTOR, "actor-1")[-1].after is not None


def test_a_batch_of_before_a_fact_was_kept_is_undone(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(1)], by=BY)
    changed = store.directory().actors["actor-1"].model_copy(update={"hours": "24/7"})
    commands.save([changed, make_actor(2)], by=BY, batch="b")
    change = table(ChangeRow)
    with store.keeping() as connection, unlocked(connection):
        for row in connection.execute(select(change)).mappings().all():
            older = {
                side: row[side] and {key: row[side][key] for key in row[side] if key != "notices"}
                for side in ("before", "after")
            }
            connection.execute(update(change).where(change.c.id == row["id"]).values(older))
    undone = commands.undo("b", by=BY)
    assert (undone.removed, undone.restored, undone.kept) == (("actor-2",), ("actor-1",), {})
    assert store.directory().actors["actor-1"].hours == ""
