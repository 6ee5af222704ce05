import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic

import psycopg
import pytest

from directory.activities import Activity
from directory.actors import Actor
from directory.commands import Author, Commands
from directory.relays import Partner, Relay
from directory.store import Kind, Store, StoreUnavailableError, upgrade
from geo.neighbourhoods import Neighbourhood
from tests.postgresql import running_server

BY = Author("Test")
ROOT = Path(__file__).resolve().parents[3]
MakeActor = Callable[..., Actor]


def later(store: Store) -> Store:
    """As if the second between two questions had passed."""
    store._poll_at = store._retry_at = 0.0
    return store


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:///"))


def test_a_fresh_store_is_empty_and_stays_the_same_object(store: Store) -> None:
    first = store.directory()
    assert first.revision == 0
    assert not first.actors
    assert later(store).directory() is first


def test_records_come_back_as_they_went_in(
    database_url: str,
    make_actor: MakeActor,
    partner: Partner,
    neighbourhood: Neighbourhood,
    relay: Relay,
) -> None:
    resident = make_actor(
        2,
        kind="resident",
        consent={"given_on": "2026-01-02", "ends_on": "2027-01-02"},
        descriptions={"fr": "Une ligne\nune autre"},
        places=[
            {"precision": "address", "point": {"lon": 4.3517, "lat": 50.8466}},
            {"precision": "neighbourhood", "area": "collignon"},
        ],
        contacts=[{"kind": "email", "value": "a@example.org", "visibility": "relays"}],
        languages=["nl", "fr", "ar"],
        wheelchair="limited",
        verified_on="2026-05-04",
        verified_by="Relais",
    )
    activity = Activity.model_validate(
        {
            "id": "table",
            "titles": {"nl": "Tafel", "fr": "Table", "en": "Table"},
            "type": "conversation_table",
            "schedule": {"start": "2026-05-04T10:00:00+02:00", "rrule": "FREQ=WEEKLY;BYDAY=MO"},
            "actor_ids": ["actor-2", "actor-1"],
            "relay_ids": ["collignon"],
            "source": {"name": "Test", "read_on": "2026-05-01"},
        }
    )
    store = Store(database_url)
    given = [activity, relay, resident, make_actor(), neighbourhood, partner]
    outcome = Commands(store).save(given, by=BY)
    assert len(outcome.created) == 6
    for found in (store.directory(), Store(database_url).directory()):
        assert found.activities["table"] == activity.model_copy(update={"version": 1})
        assert found.actors["actor-2"] == resident.model_copy(update={"version": 1})
        assert found.relays["collignon"] == relay.model_copy(update={"version": 1})
        assert found.partners["episol"] == partner.model_copy(update={"version": 1})
        assert found.neighbourhoods["collignon"].sectors == neighbourhood.sectors
        assert list(found.activities["table"].titles) == ["nl", "fr", "en"]


def test_nobody_can_change_a_snapshot(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=BY)
    with pytest.raises(TypeError):
        store.directory().actors["actor-1"] = make_actor()  # type: ignore[index]


def test_only_what_changed_is_read_again(
    store: Store, commands: Commands, make_actor: MakeActor, partner: Partner
) -> None:
    commands.save([make_actor(n) for n in range(3)] + [partner], by=BY)
    before = store.directory()
    commands.save([before.actors["actor-1"].model_copy(update={"hours": "24/7"})], by=BY)
    after = store.directory()
    assert after.partners is before.partners
    assert after.actors["actor-0"] is before.actors["actor-0"]
    assert after.actors["actor-1"].hours == "24/7"
    assert before.actors["actor-1"].hours == ""


def test_the_database_is_asked_once_a_second(
    store: Store, database_url: str, make_actor: MakeActor
) -> None:
    first = store.directory()
    other = Store(database_url)
    Commands(other).save([make_actor()], by=BY)
    assert monotonic() >= store._poll_at or store.directory() is first
    assert list(later(store).directory().actors) == ["actor-1"]


CHILD = """
import sys
from threading import Event
from time import monotonic
from directory.actors import Actor
from directory.commands import Author, Commands
from directory.store import Store
store = Store(sys.argv[1])
store.directory()
print("ready", flush=True)
until = monotonic() + 30
while "actor-1" not in store.directory().actors:
    assert monotonic() < until
    Event().wait(0.01)
print("seen", flush=True)
seen = store.directory().actors["actor-1"]
Commands(store).save([seen.model_copy(update={"id": "actor-2", "version": 0})], by=Author("Child"))
print("saved", flush=True)
"""


def test_processes_see_each_other_within_two_seconds(
    store: Store, commands: Commands, database_url: str, make_actor: MakeActor
) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", CHILD, database_url],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        store.directory()
        start = monotonic()
        commands.save([make_actor()], by=BY)
        assert child.stdout.readline() == "seen\n"
        assert monotonic() - start < 2
        assert child.stdout.readline() == "saved\n"
        start = monotonic()
        while "actor-2" not in store.directory().actors:
            assert monotonic() - start < 2
    assert child.returncode == 0
    assert store.history(Kind.ACTOR, "actor-2")[0].author == "Child"


def test_a_reader_of_revision_n_has_everything_up_to_n(
    database_url: str, make_actor: MakeActor
) -> None:
    writers, each = 4, 10

    def write(writer: int) -> None:
        commands = Commands(Store(database_url, busy_s=30))
        for number in range(each):
            commands.save([make_actor(writer * each + number)], by=BY)

    reader = Store(database_url)
    with ThreadPoolExecutor(writers) as pool:
        running = [pool.submit(write, writer) for writer in range(writers)]
        while not all(future.done() for future in running):
            seen = later(reader).directory()
            assert len(seen.actors) == seen.revision
        for future in running:
            future.result()
    assert later(reader).directory().revision == writers * each


def test_threads_share_one_snapshot(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(n) for n in range(50)], by=BY)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: store.directory(), range(200)))
    assert {id(directory) for directory in found} == {id(found[0])}


def test_1800_actors_load(commands: Commands, database_url: str, make_actor: MakeActor) -> None:
    place = {"precision": "address", "point": {"lon": 4.35, "lat": 50.84}}
    phone = {"kind": "phone", "value": "+32 2 123 45 67"}
    commands.save([make_actor(n, places=[place], contacts=[phone]) for n in range(1800)], by=BY)

    assert len(Store(database_url).directory().actors) == 1800


def test_a_record_that_breaks_a_rule_of_today_does_not_hide_the_others(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(1), make_actor(2)], by=BY)
    with store.writing() as (connection, _):
        connection.exec_driver_sql(
            """UPDATE actor SET categories = '["gone"]', revision = (SELECT value FROM revision)"""
            " WHERE id = 'actor-1'"
        )
    directory = later(store).directory()
    assert list(directory.actors) == ["actor-2"]
    assert "gone" in store.unreadable[Kind.ACTOR, "actor-1"]
    commands.archive(Kind.ACTOR, "actor-1", by=BY)


@pytest.mark.usefixtures("engine_name")
@pytest.mark.parametrize("engine_name", ["sqlite"])
class TestDeadFile:
    def test_reading_goes_on_and_says_since_when(
        self, store: Store, commands: Commands, database_url: str, make_actor: MakeActor
    ) -> None:
        commands.save([make_actor()], by=BY)
        kept = store.directory()
        assert store.stale_since is None
        path = path_of(database_url)
        path.rename(path.with_suffix(".away"))
        assert later(store).directory() is kept
        assert store.stale_since is not None
        with pytest.raises(StoreUnavailableError, match="unable to open"):
            commands.save([make_actor(2)], by=BY)
        assert not path.exists()
        path.with_suffix(".away").rename(path)
        assert later(store).directory() is kept
        assert store.stale_since is None
        commands.save([make_actor(2)], by=BY)
        assert len(store.directory().actors) == 2

    @pytest.mark.parametrize("content", [b"", b"<html>not a database</html>" * 100, b"\x00" * 9000])
    def test_a_file_that_is_no_directory(self, database_url: str, content: bytes) -> None:
        path_of(database_url).write_bytes(content)
        with pytest.raises(StoreUnavailableError):
            Store(database_url).directory()

    def test_a_half_written_file(self, database_url: str) -> None:
        path = path_of(database_url)
        path.write_bytes(path.read_bytes()[:10_000])
        with pytest.raises(StoreUnavailableError):
            Store(database_url).directory()

    def test_a_folder_in_its_place(self, tmp_path: Path) -> None:
        with pytest.raises(StoreUnavailableError):
            Store(f"sqlite:///{tmp_path}").directory()

    def test_a_failing_database_is_left_alone_for_a_while(self, database_url: str) -> None:
        path = path_of(database_url)
        away = path.rename(path.with_suffix(".away"))
        store = Store(database_url)
        with pytest.raises(StoreUnavailableError):
            store.directory()
        away.rename(path)
        store._retry_at += 3600
        with pytest.raises(StoreUnavailableError):
            store.directory()
        assert later(store).directory().revision == 0

    def test_another_directory_put_in_its_place_is_read_whole(
        self,
        store: Store,
        commands: Commands,
        database_url: str,
        make_actor: MakeActor,
        tmp_path: Path,
    ) -> None:
        path = path_of(database_url)
        backup = tmp_path / "backup.db"
        commands.save([make_actor(1)], by=BY)
        shutil.copy(path, backup)
        commands.save([make_actor(2)], by=BY)
        assert len(store.directory().actors) == 2
        shutil.copy(backup, path)
        assert list(later(store).directory().actors) == ["actor-1"]

    def test_locked_too_long(
        self, store: Store, commands: Commands, database_url: str, make_actor: MakeActor
    ) -> None:
        other = sqlite3.connect(path_of(database_url), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError, match="locked"):
            commands.save([make_actor()], by=BY)
        assert store.directory().revision == 0
        other.rollback()
        other.close()
        commands.save([make_actor()], by=BY)


@pytest.mark.postgres
def test_a_server_that_goes_and_comes_back(make_actor: MakeActor) -> None:
    with running_server() as server:
        upgrade(server.url("postgres"))
        store = Store(server.url("postgres"))
        commands = Commands(store)
        commands.save([make_actor()], by=BY)
        kept = store.directory()
        server.stop()
        assert later(store).directory() is kept
        assert store.stale_since is not None
        with pytest.raises(StoreUnavailableError, match="does not answer"):
            commands.save([make_actor(2)], by=BY)
        with pytest.raises(StoreUnavailableError, match=r"^[^/]*$"):
            Store(server.url("postgres")).directory()
        server.start()
        commands.save([make_actor(2)], by=BY)
        assert len(later(store).directory().actors) == 2
        assert store.stale_since is None
        store.close()


@pytest.mark.parametrize("engine_name", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_server_that_is_locked_too_long(
    store: Store, commands: Commands, database_url: str, make_actor: MakeActor
) -> None:
    with psycopg.connect(database_url) as other:
        other.execute("SELECT * FROM revision FOR UPDATE")
        with pytest.raises(StoreUnavailableError, match="locked"):
            commands.save([make_actor()], by=BY)
        assert store.directory().revision == 0
    commands.save([make_actor()], by=Author("Later"))


def test_a_database_without_tables_is_a_sentence(empty_url: str) -> None:
    with pytest.raises(StoreUnavailableError):
        Store(empty_url).directory()
