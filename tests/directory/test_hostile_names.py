"""Names of people who mean harm: turned letters, floods, and notes that carry them."""

from collections.abc import Callable

import pytest

from directory.actors import Actor
from directory.authors import Author, Origin
from directory.commands import Commands
from directory.notes import Notes
from directory.people import VISITOR, Grant, Grounds, Person, Role
from directory.store import Kind, Store
from geo.errors import BadInputError, NotAllowedError
from tests.drawn import grid_territory
from tests.records import DAY, LEFT, at

BY = Author("Test")
TURNED = "Maison\u202egnp.exe\u2066"
MakeActor = Callable[..., Actor]


def test_letters_that_turn_the_others_do_not_enter(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(names={"fr": TURNED}), LEFT], by=Author(TURNED))
    assert store.directory().actors["actor-1"].names.best("fr") == "Maisongnp.exe"
    (change,) = store.history(Kind.ACTOR, "actor-1")
    assert change.author == "Maisongnp.exe"
    note = Notes(store).write("actor-1", "links", TURNED, by=Author(TURNED))
    assert (note.text, note.author) == ("Maisongnp.exe", "Maisongnp.exe")


@pytest.mark.parametrize("letters", [301, 8_000_000])
def test_a_flood_is_refused(commands: Commands, make_actor: MakeActor, letters: int) -> None:
    with pytest.raises(BadInputError, match="Expected at most 300"):
        commands.save([make_actor(names={"fr": "x" * letters})], by=BY)
    with pytest.raises(BadInputError, match="Expected at most"):
        commands.save([make_actor()], by=Author("x" * letters))


@pytest.mark.parametrize("flag", ["secret_place", "do_not_contact"])
def test_nobody_takes_a_secret_away_in_another_neighbourhood(
    store: Store, make_actor: MakeActor, flag: str
) -> None:
    commands = Commands(store, grounds=lambda: Grounds(grid_territory(), store.directory(), DAY))
    commands.save([LEFT, make_actor(places=[at(0.5, 0.5).model_dump()], **{flag: True})], by=BY)
    open_door = store.directory().actors["actor-1"].model_copy(update={flag: False})
    far = Person(id="f", grants=(Grant(role=Role.RELAY, neighbourhoods=frozenset({"rechts"})),))
    planner = Person(id="p", grants=(Grant(role=Role.PLANNER),))
    for stranger in (VISITOR, far, planner):
        with pytest.raises(NotAllowedError):
            commands.save([open_door], by=Author("X", Origin.PAGE, stranger))
    assert getattr(store.directory().actors["actor-1"], flag)
