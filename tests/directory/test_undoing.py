from collections.abc import Callable

import pytest

from directory.activities import Activity
from directory.actors import Actor
from directory.commands import Author, Commands
from directory.relays import Partner
from directory.store import Kind, Store
from directory.undoing import CHANGED_SINCE, REFERRED_TO
from geo.errors import BadInputError

BY = Author("Test")
MakeActor = Callable[..., Actor]


def records(store: Store) -> dict[str, str]:
    return {key: actor.model_dump_json() for key, actor in store.directory().actors.items()}


def test_undoing_brings_back_every_byte(
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
    assert records(store) == records(elsewhere) == records(Store(database_url)) == before


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


def test_only_batches_of_actors_are_undone(commands: Commands, partner: Partner) -> None:
    commands.save([partner], by=BY, batch="b")
    with pytest.raises(BadInputError, match="partner"):
        commands.undo("b", by=BY)


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
