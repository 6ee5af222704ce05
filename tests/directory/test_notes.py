"""Private notes: who reads them, what a handover passes on, and that nothing else holds them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from directory.actors import Actor
from directory.authors import Author, Origin
from directory.commands import Commands
from directory.notes import LONGEST, HandedOver, Notes
from directory.people import VISITOR, Grant, Person, Role
from directory.store import Kind, Store
from directory.store.tables import NoteRow, table
from geo.errors import BadInputError, NotAllowedError, UnknownIdError
from geo.neighbourhoods import Neighbourhood

CANARY = "Zyxwerk prefers mornings"


def person(key: str, role: Role, *areas: str) -> Person:
    return Person(id=key, name=key, grants=(Grant(role=role, neighbourhoods=frozenset(areas)),))


def by(someone: Person) -> Author:
    return Author(someone.name, Origin.PAGE, someone)


ANN = person("ann", Role.RELAY, "collignon")
BEA = person("bea", Role.RELAY, "collignon")
FAR = person("far", Role.RELAY, "elsewhere")
COORDINATOR = person("co", Role.COORDINATOR)
NOT_RELAYS = [
    VISITOR,
    person("p", Role.PLANNER),
    person("c", Role.CONTRIBUTOR),
    Person(id="a", grants=(Grant(role=Role.ACTOR, actors=frozenset({"actor-1"})),)),
]


@pytest.fixture
def notes(
    store: Store,
    commands: Commands,
    make_actor: Callable[..., Actor],
    neighbourhood: Neighbourhood,
) -> Notes:
    elsewhere = replace(neighbourhood, id="elsewhere", sectors=("21015A02-",))
    commands.save([make_actor(), neighbourhood, elsewhere], by=Author("Test"))
    return Notes(store)


@pytest.mark.parametrize("stranger", [*NOT_RELAYS, FAR], ids=lambda one: one.id)
def test_only_the_relays_of_the_neighbourhood_read_and_write(
    notes: Notes, stranger: Person
) -> None:
    mine = notes.write("actor-1", "collignon", CANARY, by=by(ANN))
    assert notes.about("actor-1", by=stranger) == []
    with pytest.raises(NotAllowedError):
        notes.write("actor-1", "collignon", "x", by=by(stranger))
    for asked in (
        lambda: notes.erase(mine.id, by=stranger),
        lambda: notes.wish(mine.id, hand_over=True, by=stranger),
        lambda: notes.of_relay("collignon", "ann", by=stranger),
        lambda: notes.hand_over("collignon", "ann", [mine.id], by=stranger),
        lambda: notes.put_away("collignon", by=stranger),
    ):
        with pytest.raises(NotAllowedError):
            asked()
    for reader in (ANN, BEA, COORDINATOR):
        assert [one.text for one in notes.about("actor-1", by=reader)] == [CANARY]


def test_the_directory_and_its_history_hold_no_note(notes: Notes, store: Store) -> None:
    before = store.directory()
    notes.write("actor-1", "collignon", CANARY, by=by(ANN))
    assert store.directory() is before
    assert CANARY not in str(store.history(Kind.ACTOR, "actor-1"))


def test_a_note_is_its_authors_to_erase(notes: Notes) -> None:
    mine = notes.write("actor-1", "collignon", CANARY, by=by(ANN))
    with pytest.raises(NotAllowedError, match="somebody else's"):
        notes.erase(mine.id, by=BEA)
    notes.erase(mine.id, by=ANN)
    assert notes.about("actor-1", by=ANN) == []
    with pytest.raises(UnknownIdError):
        notes.erase(mine.id, by=ANN)


def test_a_handover_passes_what_is_chosen_and_puts_the_rest_away_unreadable(
    notes: Notes, store: Store
) -> None:
    kept, left = (
        notes.write("actor-1", "collignon", text, by=by(ANN)) for text in ("useful", CANARY)
    )
    other = notes.write("actor-1", "collignon", "Bea's own", by=by(BEA))
    with pytest.raises(NotAllowedError):
        notes.hand_over("collignon", "ann", [], by=BEA)
    with pytest.raises(BadInputError, match="not among these"):
        notes.hand_over("collignon", "ann", [other.id], by=ANN)
    assert notes.hand_over("collignon", "ann", [kept.id], by=ANN) == HandedOver(1, 1)
    assert {one.text for one in notes.about("actor-1", by=BEA)} == {"useful", "Bea's own"}
    assert notes.put_away("collignon", by=BEA) == 1
    with store.reading() as connection:
        cells = connection.execute(select(table(NoteRow))).all()
    assert CANARY not in str(cells), "unreadable in the database too"
    assert {row.id for row in cells} == {kept.id, left.id, other.id}, "and counted"
    notes.erase(kept.id, by=BEA)
    assert notes.hand_over("collignon", "ann", [], by=COORDINATOR) == HandedOver(0, 0)


def test_a_note_has_something_to_say_of_somebody(notes: Notes) -> None:
    for text in ("", "   ", "x" * (LONGEST + 1)):
        with pytest.raises(BadInputError):
            notes.write("actor-1", "collignon", text, by=by(ANN))
    with pytest.raises(UnknownIdError):
        notes.write("../actor", "collignon", "x", by=by(ANN))
    with pytest.raises(NotAllowedError):
        notes.write("actor-1", "nowhere", "x", by=by(ANN))
