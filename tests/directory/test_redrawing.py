from dataclasses import replace

import pytest

from directory.actors import Actor
from directory.commands import Author, Commands
from directory.redrawing import redraw
from directory.store import ConflictError, Store
from geo.errors import BadInputError
from geo.neighbourhoods import Neighbourhood

BY = Author("Test")


@pytest.fixture
def both(commands: Commands, store: Store, neighbourhood: Neighbourhood) -> list[Neighbourhood]:
    other = replace(neighbourhood, id="other", sectors=("21015A03-",))
    commands.save([neighbourhood, other], by=BY)
    return list(store.directory().neighbourhoods.values())


def test_all_are_saved_where_nobody_else_drew(
    store: Store, commands: Commands, both: list[Neighbourhood], make_actor: object
) -> None:
    read_at = store.directory().revision
    assert callable(make_actor)
    actor = make_actor()
    assert isinstance(actor, Actor)
    commands.save([actor], by=BY)
    outcome = redraw(commands, [replace(one, note="x") for one in both], by=BY, read_at=read_at)
    assert [key.id for key in outcome.changed] == ["collignon", "other"]
    assert {one.note for one in store.directory().neighbourhoods.values()} == {"x"}


def test_nothing_is_saved_where_somebody_drew_another_one(
    store: Store, commands: Commands, both: list[Neighbourhood], neighbourhood: Neighbourhood
) -> None:
    read_at = store.directory().revision
    mine, theirs = both
    commands.save([replace(theirs, sectors=("21015A09-",))], by=BY)
    with pytest.raises(ConflictError, match="other"):
        redraw(commands, [replace(mine, sectors=("21015A09-",))], by=BY, read_at=read_at)
    new = replace(neighbourhood, id="new", version=0)
    read_at = store.directory().revision
    batch = commands.save([new], by=BY).batch
    commands.undo(batch, by=BY)
    with pytest.raises(ConflictError, match="new"):
        redraw(commands, [replace(mine, note="mine")], by=BY, read_at=read_at)
    assert store.directory().neighbourhoods["collignon"] == mine


def test_the_same_record_is_told_by_its_version(
    store: Store, commands: Commands, both: list[Neighbourhood]
) -> None:
    read_at = store.directory().revision
    commands.save([replace(both[0], note="theirs")], by=BY)
    with pytest.raises(ConflictError):
        redraw(commands, [replace(both[0], note="mine")], by=BY, read_at=read_at)
    with pytest.raises(BadInputError, match="nothing to save"):
        redraw(commands, [], by=BY, read_at=read_at)
