"""The history of a record, an earlier version brought back, and batches undone, on both engines."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from directory.actors import Actor
from directory.authors import Author, Origin
from directory.commands import Commands
from directory.people import Grant, Person, Role
from directory.people.whose import Grounds
from directory.store import ConflictError, Kind, Store
from directory.store.erasing import unlocked
from directory.store.tables import ChangeRow, table
from directory.undoing import CHANGED_SINCE
from directory.versions import Way, batches, restore, versions
from geo.errors import BadInputError, NotAllowedError, UnknownIdError
from tests.drawn import grid_territory
from tests.records import LEFT, at

BY = Author("Test")
TODAY = date(2026, 11, 27)
MakeActor = Callable[..., Actor]


def now(store: Store, key: str = "actor-1") -> Actor:
    return store.directory().actors[key]


def change(store: Store, commands: Commands, **facts: Any) -> Actor:
    commands.save([now(store).model_copy(update=facts)], by=Author("An", Origin.COMMAND))
    return now(store)


def test_every_version_says_who_when_what_and_by_which_way(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=Author("OpenStreetMap", Origin.IMPORT), batch="osm-1")
    change(store, commands, hours="24/7")
    newest, first = versions(store, Kind.ACTOR, "actor-1")
    assert (first.number, first.way, first.author, first.before) == (
        1,
        Way.OSM,
        "OpenStreetMap",
        None,
    )
    assert (newest.number, newest.way, newest.author) == (2, Way.COMMAND, "An")
    assert (newest.current, first.current) == (True, False)
    (difference,) = newest.differences()
    assert (difference.path, difference.before, difference.after) == (("hours",), "", "24/7")
    assert versions(store, Kind.ACTOR, "nobody") == versions(store, Kind.ACTOR, "../x") == []


def test_a_record_goes_back_to_its_second_version(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=BY)
    second = change(store, commands, hours="24/7")
    change(store, commands, hours="Mo off", languages=("fr",))
    found = versions(store, Kind.ACTOR, "actor-1")
    restore(commands, store, Kind.ACTOR, "actor-1", found[1].revision, by=BY)
    assert now(store) == second.model_copy(update={"version": 4})
    newest = versions(store, Kind.ACTOR, "actor-1")[0]
    assert (newest.way, newest.version, newest.current) == (Way.RESTORED, 4, True)
    again = restore(commands, store, Kind.ACTOR, "actor-1", found[1].revision, by=BY)
    assert again.unchanged


def test_a_version_nobody_saw_is_not_written_over(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=BY)
    seen = change(store, commands, hours="24/7")
    change(store, commands, hours="Mo off")
    first = versions(store, Kind.ACTOR, "actor-1")[-1]
    with pytest.raises(ConflictError):
        restore(commands, store, Kind.ACTOR, "actor-1", first.revision, by=BY, version=seen.version)
    with pytest.raises(UnknownIdError):
        restore(commands, store, Kind.ACTOR, "actor-1", 99, by=BY)
    assert now(store).hours == "Mo off"


def test_what_undoing_took_out_comes_back(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=BY, batch="b")
    commands.undo("b", by=BY)
    gone, made = versions(store, Kind.ACTOR, "actor-1")
    assert (gone.way, gone.facts, gone.current) == (Way.UNDONE, None, False)
    with pytest.raises(UnknownIdError):
        restore(commands, store, Kind.ACTOR, "actor-1", gone.revision, by=BY)
    restore(commands, store, Kind.ACTOR, "actor-1", made.revision, by=BY)
    assert now(store) == make_actor(version=1)


def test_a_version_that_todays_rules_refuse_is_refused_in_words(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    ended = {"given_on": "2025-01-01", "ends_on": TODAY - timedelta(days=400)}
    commands.save([make_actor(1, kind="resident", consent=ended), make_actor(2)], by=BY)
    change(store, commands, kind="organisation", consent=None)
    first = versions(store, Kind.ACTOR, "actor-1")[-1]
    with pytest.raises(BadInputError, match="ended on 2025-10-23"):
        restore(commands, store, Kind.ACTOR, "actor-1", first.revision, by=BY)
    commands.archive(Kind.ACTOR, "actor-2", by=BY)
    second = versions(store, Kind.ACTOR, "actor-2")[-1]
    row = table(ChangeRow)
    with store.keeping() as connection, unlocked(connection):  # a category that there was then
        old = dict(second.facts or {}) | {"categories": ["windmill"]}
        connection.execute(update(row).where(row.c.record_id == "actor-2").values(after=old))
    with pytest.raises(BadInputError, match="today do not allow"):
        restore(commands, store, Kind.ACTOR, "actor-2", second.revision, by=BY)


@pytest.mark.parametrize("role", Role)
def test_only_who_may_restores(
    store: Store, commands: Commands, make_actor: MakeActor, role: Role
) -> None:
    commands.save([LEFT, make_actor(places=(at(0.5, 0.5),))], by=BY)
    change(store, commands, hours="24/7")
    first = versions(store, Kind.ACTOR, "actor-1")[-1]
    territory = grid_territory()
    guarded = Commands(store, grounds=lambda: Grounds(territory, store.directory(), TODAY))

    def back(neighbourhood: str) -> None:
        grant = Grant(
            role=role,
            neighbourhoods=frozenset({neighbourhood}),
            actors=frozenset({"actor-1"}),
        )
        by = Author("Zoé", Origin.PAGE, Person(id="zoe", name="Zoé", grants=(grant,)))
        restore(guarded, store, Kind.ACTOR, "actor-1", first.revision, by=by)

    with pytest.raises(NotAllowedError) if role not in _EVERYWHERE else nullcontext():
        back("elsewhere")
    with (
        pytest.raises(NotAllowedError) if role not in {*_EVERYWHERE, Role.RELAY} else nullcontext()
    ):
        back("links")


_EVERYWHERE = {Role.COORDINATOR, Role.ADMINISTRATOR}


def test_a_batch_undone_after_a_later_edit_keeps_that_row_and_tells_it(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(n) for n in (1, 2, 3)], by=Author("Zoé", Origin.IMPORT), batch="b")
    edited = change(store, commands, hours="24/7")
    listed = {batch.id: batch for batch in batches(store)}["b"]
    assert (listed.author, listed.way, listed.of, listed.undone, listed.undoable) == (
        "Zoé",
        Way.IMPORT,
        {Kind.ACTOR: 3},
        0,
        True,
    )
    undone = commands.undo("b", by=BY)
    assert undone.kept == {"actor-1": CHANGED_SINCE}
    assert set(store.directory().actors) == {"actor-1"}
    assert now(store) == edited
    undoing, later, first = batches(store)
    assert (first.id, first.undone, first.undoable) == ("b", 2, False)
    assert (undoing.way, undoing.of, later.author) == (Way.UNDONE, {Kind.ACTOR: 2}, "An")


def test_batches_are_paged_by_revision(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    for number in range(5):
        commands.save([make_actor(number)], by=BY, batch=f"b{number}")
    assert [one.id for one in batches(store, limit=2)] == ["b4", "b3"]
    assert [one.id for one in batches(store, limit=2, before=4)] == ["b2", "b1"]
