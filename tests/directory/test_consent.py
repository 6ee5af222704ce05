"""A consent withdrawn: nothing of it is left in any table, file or process; one that ends."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, select, text

from directory.activities import Activity
from directory.actors import Actor
from directory.authors import Author, Origin
from directory.clock import today
from directory.commands import Commands
from directory.consent import SOON_DAYS, ending, of_neighbourhoods, withdraw
from directory.people import Grant, Grounds, Person, Role
from directory.scenarios import Scenario
from directory.store import ConflictError, Kind, Store
from directory.store.account_tables import AccountGrantRow, AccountRow, EventRow
from directory.store.erasing import WITHDRAWN
from directory.store.errors import StoreUnavailableError
from directory.store.tables import (
    Base,
    ConfirmationRow,
    ImportBatchRow,
    ImportRowRow,
    NoteRow,
    table,
)
from directory.versions import batches, versions
from geo.errors import BadInputError, NotAllowedError, UnknownIdError
from tests.drawn import grid_territory
from tests.records import LEFT, at, atlas, phone

ID, NAME = "marie-zyxwerk", "Marie Zyxwerk"
BY = Author("Ann the relay")
MakeActor = Callable[..., Actor]
Given = dict[str, object]


@pytest.fixture
def resident(make_actor: MakeActor) -> Actor:
    return make_actor(
        id=ID,
        kind="resident",
        names={"fr": NAME, "nl": NAME},
        places=[at(0.5, 0.5).model_dump()],
        contacts=[phone("02 999 99 99").model_dump()],
        consent={"given_on": "2026-01-01", "ends_on": "2099-01-01"},
    )


def activity(key: str, *hosts: str) -> Activity:
    return Activity.model_validate(
        {
            "id": key,
            "titles": {"fr": "Couture" if len(hosts) > 1 else f"Couture chez {NAME}"},
            "type": "market_stand",
            "actor_ids": hosts,
            "source": {"name": "Test"},
        }
    )


def scenario(*keys: str) -> Scenario:
    point = at(0.5, 0.5).point
    assert point is not None
    steps = [{"act": "close", "key": key, "was": point.model_dump()} for key in keys]
    given = {"id": "plan", "title": "Plan", "author": "An", "made_on": "2026-11-01"}
    return Scenario.model_validate(given | {"steps": steps})


def dump(url: str) -> str:
    """Every cell of every table of ours."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    try:
        with engine.connect() as connection:
            return "\n".join(
                json.dumps([str(cell) for cell in row], ensure_ascii=False)
                for each in Base.metadata.sorted_tables
                for row in connection.execute(select(each))
            )
    finally:
        engine.dispose()


def fill(store: Store, commands: Commands, resident: Actor, make_actor: MakeActor) -> None:
    """Mention the resident in every table that can."""
    commands.save([resident, make_actor(2)], by=Author("file.csv", Origin.IMPORT), batch="import-1")
    found = store.directory().actors[ID]
    commands.save([found.model_copy(update={"hours": "24/7"})], by=Author(NAME, Origin.PAGE, OWN))
    commands.save([activity("alone", ID), activity("shared", ID, "actor-2")], by=BY)
    commands.save([scenario(ID, "actor-2")], by=BY)
    batch = {"id": "b1", "name": "file.csv", "sha256": "", "author": "An", "step": "accepted"}
    none: Given = {"columns": [], "guesses": [], "notes": [], "settings": {}}
    told: Given = {"rows": 2, "round": 0, "settled_by": "", "settled_at": None}
    twin = {"actor_id": ID, "name": NAME, "similarity": 80}
    row: Given = {
        "batch_id": "b1",
        "line": 1,
        "corrections": {},
        "checked": True,
        "findings": [],
        "answer": None,
        "spot": None,
        "heap": "placed",
        "compared": True,
        "verdict": None,
        "outcome": "created",
        "twins": [],
    }
    mine = {"number": 1, "cells": [NAME, "02 999"], "draft": {"names": {"fr": NAME}}}
    like = {"number": 2, "cells": ["Other", ""], "draft": {}, "twins": [twin], "actor_id": ""}
    at_now = datetime.now(UTC)
    note = {"id": "n1", "actor_id": ID, "neighbourhood": "links", "author": "An", "person": "7"}
    with store.keeping() as connection:
        account: Given = {"id": "7", "login": "m", "name": "M", "email": None, "password": ""}
        connection.execute(
            insert(table(AccountRow)), [account | {"made_at": at_now, "ended_at": None}]
        )
        grant: Given = {"id": "g", "account_id": "7", "role": "actor", "actors": [ID]}
        given: Given = {"neighbourhoods": [], "lender": "", "given_by": "", "given_at": at_now}
        connection.execute(
            insert(table(AccountGrantRow)), [grant | given | {"from_day": None, "to_day": None}]
        )
        event: Given = {"at": at_now, "what": "role given", "account_id": "7", "person": ""}
        connection.execute(
            insert(table(EventRow)), [event | {"author": "An", "facts": {"actors": [ID]}}]
        )
        connection.execute(
            insert(table(ImportBatchRow)), [batch | none | told | {"started_at": at_now}]
        )
        connection.execute(insert(table(ImportRowRow)), [row | mine | {"actor_id": ID}])
        connection.execute(insert(table(ImportRowRow)), [row | like])
        more = {"text": f"{NAME} prefers mornings", "at": at_now, "hand_over": False}
        connection.execute(insert(table(NoteRow)), [note | more | {"archived_at": None}])
        link = {"token_hash": "h", "actor_id": ID, "made_by": "An", "made_at": at_now}
        connection.execute(
            insert(table(ConfirmationRow)), [link | {"expires_at": at_now, "used_at": None}]
        )


OWN = Person(id="7", grants=(Grant(role=Role.ACTOR, actors=frozenset({ID})),))


def test_nothing_of_it_is_left_in_any_table(
    store: Store, commands: Commands, resident: Actor, make_actor: MakeActor, database_url: str
) -> None:
    fill(store, commands, resident, make_actor)
    assert NAME in dump(database_url)
    done = withdraw(store, commands, ID, by=BY)
    left = dump(database_url)
    for canary in (ID, NAME, "Zyxwerk", "02 999"):
        assert canary not in left
    assert "Other" in left, "what others wrote stays"
    assert "Ann the relay" in left, "who withdrew it is told"
    assert (done.erased.import_rows, done.erased.notes, done.erased.links) == (1, 1, 1)
    assert (done.erased.activities, done.erased.shared) == (("alone",), ("shared",))


@pytest.mark.parametrize("secret", [True, False])
def test_what_others_go_on_organising_tells_no_home(
    store: Store,
    commands: Commands,
    resident: Actor,
    make_actor: MakeActor,
    database_url: str,
    *,
    secret: bool,
) -> None:
    home = at(0.5, 0.5).model_dump(mode="json")
    home["address"] = {"street": {"fr": "Rue Qwertz"}, "number": "5"}
    here = {"places": [home], "secret_place": secret}
    commands.save([Actor.model_validate(resident.model_dump() | here), make_actor(2)], by=BY)
    facts = activity("shared", ID, "actor-2").model_dump() | {
        "place": home,
        "descriptions": {"fr": "Sonnez rue Qwertz", "nl": "Welkom"},
    }
    alone = activity("told", ID, "actor-2").model_dump() | {"place": home}
    alone["titles"] = {"fr": "Couture rue Qwertz"}
    commands.save([Activity.model_validate(one) for one in (facts, alone)], by=BY)
    done = withdraw(store, commands, ID, by=BY)
    assert (done.erased.activities, done.erased.shared) == (("told",), ("shared",))
    assert "Qwertz" not in dump(database_url)
    left = store.directory().activities["shared"]
    assert (left.place, left.descriptions.root) == (None, {"nl": "Welkom"})


def test_the_directory_and_its_past_forget_and_the_history_tells_that(
    store: Store, commands: Commands, resident: Actor, make_actor: MakeActor
) -> None:
    fill(store, commands, resident, make_actor)
    done = withdraw(store, commands, ID, by=BY)
    for found in (store.directory(), store.directory_on(today())):
        assert set(found.actors) == {"actor-2"}
        assert found.activities["shared"].actor_ids == ("actor-2",)
        assert set(found.activities) == {"shared"}
        assert [step.key for step in found.scenarios["plan"].steps] == ["actor-2"]
    assert store.history(Kind.ACTOR, ID) == []
    told = store.history(Kind.ACTOR, done.erased.stands_for)
    assert [(one.before, one.after) for one in told] == [(None, None)] * 3
    assert told[-1].author == BY.name
    assert [one.author for one in told[:-1]] == ["file.csv", WITHDRAWN]
    assert len(versions(store, Kind.ACTOR, done.erased.stands_for)) == len(told)
    assert batches(store)


@pytest.mark.parametrize("act", ["UPDATE {} SET author = 'X'", "DELETE FROM {}"])
@pytest.mark.parametrize("name", ["change", "event"])
def test_nobody_edits_what_was_written_down(
    store: Store, commands: Commands, resident: Actor, act: str, name: str
) -> None:
    commands.save([resident], by=BY)
    told = {"at": datetime.now(UTC), "what": "signed in", "account_id": "7"}
    with store.keeping() as connection:
        connection.execute(
            insert(table(EventRow)), [told | {"person": "7", "author": "An", "facts": {}}]
        )
    with pytest.raises(StoreUnavailableError, match="kept as it is"), store.keeping() as connection:
        connection.execute(text(act.format(name)))
    withdraw(store, commands, ID, by=BY)
    with pytest.raises(StoreUnavailableError, match="kept as it is"), store.keeping() as connection:
        connection.execute(text(act.format(name)))


def test_undoing_the_import_it_came_from_brings_nothing_back(
    store: Store, commands: Commands, resident: Actor, make_actor: MakeActor
) -> None:
    commands.save([resident, make_actor(2)], by=BY, batch="import-1")
    withdraw(store, commands, ID, by=BY)
    undone = commands.undo("import-1", by=BY)
    assert undone.removed == ("actor-2",)
    assert store.directory().actors == {}


def test_other_processes_forget_at_their_next_look(
    store: Store, commands: Commands, resident: Actor, database_url: str
) -> None:
    commands.save([resident], by=BY)
    other = Store(database_url)
    try:
        assert ID in other.directory().actors
        withdraw(store, commands, ID, by=BY)
        other.expect(other.directory().revision + 1)
        assert ID not in other.directory().actors
    finally:
        other.close()


def test_the_files_of_sqlite_forget_too(
    new_url: Callable[[], str], engine_name: str, resident: Actor
) -> None:
    if engine_name != "sqlite":
        pytest.skip("a server's files are its own: its vacuum empties them")
    url = new_url()
    path = Path(url.removeprefix("sqlite:///"))
    store = Store(url)
    Commands(store).save([resident], by=BY)
    withdraw(store, Commands(store), ID, by=BY)
    store.close()
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for file in path.parent.glob(f"{path.name}*"):
        assert b"Zyxwerk" not in file.read_bytes(), file.name


def test_who_may(store: Store, resident: Actor, make_actor: MakeActor) -> None:
    ground = store.directory
    asked = Commands(store, grounds=lambda: Grounds(grid_territory(), ground(), today()))
    asked.save([LEFT, resident, make_actor(2)], by=BY)

    def relay(area: str) -> Author:
        role = Grant(role=Role.RELAY, neighbourhoods=frozenset({area}))
        return Author("Bo", Origin.PAGE, Person(id="8", grants=(role,)))

    planner = Person(id="9", grants=(Grant(role=Role.PLANNER),))
    for stranger in (
        Author("X", Origin.PAGE),
        Author("X", Origin.PAGE, planner),
        relay("rechts"),
    ):
        with pytest.raises(NotAllowedError):
            withdraw(store, asked, ID, by=stranger)
    with pytest.raises(UnknownIdError):
        withdraw(store, asked, "../nobody", by=BY)
    with pytest.raises(BadInputError, match="does not rest on a consent"):
        withdraw(store, asked, "actor-2", by=BY)
    assert ID in store.directory().actors
    withdraw(store, asked, ID, by=relay("links"))
    assert ID not in store.directory().actors


def test_who_withdraws_their_own_is_named_nowhere(
    store: Store, resident: Actor, database_url: str
) -> None:
    asked = Commands(store, grounds=lambda: Grounds(grid_territory(), store.directory(), today()))
    asked.save([resident], by=BY)
    done = withdraw(store, asked, ID, by=Author("Marie", Origin.PAGE, OWN))
    last = store.history(Kind.ACTOR, done.erased.stands_for)[-1]
    assert (last.author, last.person) == (WITHDRAWN, "")
    assert "Marie" not in dump(database_url)


def test_an_old_page_cannot_save_it_again(
    store: Store, commands: Commands, resident: Actor
) -> None:
    commands.save([resident], by=BY)
    seen = store.directory().actors[ID]
    withdraw(store, commands, ID, by=BY)
    with pytest.raises(ConflictError):
        commands.save([seen.model_copy(update={"hours": "24/7"})], by=BY)


def test_consents_that_end_are_listed_in_their_order(make_actor: MakeActor) -> None:
    day = date(2026, 11, 27)

    def until(number: int, days: int, **facts: object) -> Actor:
        consent = {"given_on": "2026-01-01", "ends_on": str(day + timedelta(days=days))}
        return make_actor(number, consent=consent, **facts)

    actors = [
        until(1, SOON_DAYS),
        until(2, -1),
        until(3, SOON_DAYS + 1),
        until(4, 0, places=[at(0.5, 0.5).model_dump()]),
        until(5, 0, status="archived"),
        make_actor(6),
    ]
    found = ending(actors, day)
    assert [(one.actor.id, one.ended) for one in found] == [
        ("actor-2", True),
        ("actor-4", False),
        ("actor-1", False),
    ]
    grounds = Grounds(grid_territory(), atlas().directory, day)
    assert [one.id for one in of_neighbourhoods(actors, grounds, ["links"])] == ["actor-4"]
