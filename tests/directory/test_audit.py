"""The audit trail: changes and events in one list, for administrators."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from directory.actors import Actor
from directory.audit import read
from directory.authors import Author, Origin
from directory.clock import today
from directory.commands import Commands
from directory.consent import withdraw
from directory.people import MACHINE, Grant, Person, Role
from directory.people.events import What, write_event
from directory.store import Store
from geo.errors import BadInputError, NotAllowedError

ANN = Person(id="ann", name="Ann 100%", grants=(Grant(role=Role.ADMINISTRATOR),))
MakeActor = Callable[..., Actor]


@pytest.fixture
def written(store: Store, commands: Commands, make_actor: MakeActor) -> Store:
    commands.save([make_actor()], by=Author("file.csv", Origin.IMPORT))
    found = store.directory().actors["actor-1"].model_copy(update={"hours": "24/7"})
    commands.save([found], by=Author(ANN.name, Origin.PAGE, ANN))
    with store.keeping() as connection:
        later = datetime.now(UTC) + timedelta(seconds=1)
        write_event(connection, What.ROLE_GIVEN, at=later, by=ANN, account_id="7", role="relay")
    return store


def test_all_is_in_one_list_the_newest_first(written: Store) -> None:
    found = read(written, by=ANN)
    assert [(one.source, one.what, one.author) for one in found] == [
        ("event", "role given", ANN.name),
        ("change", "actor", ANN.name),
        ("change", "actor", "file.csv"),
    ]
    assert [one.fields for one in found] == [(), ("hours",), ()]
    assert [one.id for one in read(written, by=ANN, limit=1, offset=1)] == [found[1].id]


def test_it_is_filtered_by_who_what_and_when(written: Store) -> None:
    def count(**asked: object) -> int:
        return len(read(written, by=ANN, **asked))  # type: ignore[arg-type]

    assert count(who="ann 100") == count(who="ann") == 2
    assert count(who="%") == 2, "a sign of LIKE is a letter here"
    assert count(record="actor-1") == 2
    assert count(record="7") == 1
    assert count(record="actor-1' OR 1=1 --") == 0
    assert count(day=today()) == 3
    assert count(day=today() - timedelta(days=1)) == 0


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_only_an_administrator_reads_it(written: Store, role: Role) -> None:
    with pytest.raises(NotAllowedError):
        read(written, by=Person(id="x", grants=(Grant(role=role),)))
    with pytest.raises(BadInputError):
        read(written, by=ANN, offset=-1)


def test_a_consent_withdrawn_is_told_without_a_name(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    consent = {"given_on": "2026-01-01", "ends_on": "2099-01-01"}
    commands.save([make_actor(kind="resident", consent=consent)], by=Author("An"))
    withdraw(store, commands, "actor-1", by=Author("Bo"))
    found = read(store, by=MACHINE)
    assert [(one.author, one.withdrawn) for one in found] == [("Bo", True), ("An", True)]
    assert "actor-1" not in str(found)
