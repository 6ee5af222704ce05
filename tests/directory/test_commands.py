from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from directory.activities import Activity
from directory.actors import Actor, Status
from directory.commands import Author, Commands, Origin
from directory.contacts import Contact
from directory.people import MACHINE
from directory.relays import Partner, Relay
from directory.store import ConflictError, DiskFullError, Key, Kind, Store, StoreUnavailableError
from directory.texts import Texts
from geo.errors import BadInputError, UnknownIdError
from geo.neighbourhoods import Neighbourhood

BY = Author("Test")
MakeActor = Callable[..., Actor]
HOUSE = Key(Kind.ACTOR, "actor-1")


def changed(record: Actor, **facts: object) -> Actor:
    return record.model_copy(update=facts)


def test_new_then_changed_then_the_same(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    first = commands.save([make_actor()], by=BY)
    assert (first.created, first.revision) == ((HOUSE,), 1)
    stored = store.directory().actors["actor-1"]
    assert stored.version == 1
    second = commands.save([changed(stored, hours="24/7")], by=BY)
    assert (second.created, second.changed, second.revision) == ((), (HOUSE,), 2)
    third = commands.save([store.directory().actors["actor-1"]], by=BY)
    assert (third.changed, third.unchanged, third.revision) == ((), (HOUSE,), 2)
    assert len(store.history(Kind.ACTOR, "actor-1")) == 2


def test_history_says_who_when_before_and_after(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor()], by=Author("OSM", Origin.IMPORT), batch="may")
    commands.save(
        [changed(store.directory().actors["actor-1"], hours="24/7")],
        by=Author("Amina", Origin.PAGE, MACHINE),
    )
    made, edited = store.history(Kind.ACTOR, "actor-1")
    assert (made.author, made.origin, made.batch, made.before) == ("OSM", "import", "may", None)
    assert made.after["names"] == {"fr": "Maison 1", "nl": "Huis 1"}
    assert (edited.author, edited.origin, edited.version) == ("Amina", "page", 2)
    assert edited.before == made.after
    assert edited.after == {**made.after, "hours": "24/7", "version": 2}
    offset = edited.at.utcoffset()
    assert offset is not None
    assert not offset
    assert made.at <= edited.at
    assert store.history(Kind.ACTOR, "nobody") == []


def test_a_stale_change_is_refused(store: Store, commands: Commands, make_actor: MakeActor) -> None:
    commands.save([make_actor()], by=BY)
    read = store.directory().actors["actor-1"]
    commands.save([changed(read, hours="Mo 09:00-12:00")], by=BY)
    with pytest.raises(ConflictError, match="expected version 1, found 2"):
        commands.save([changed(read, hours="24/7")], by=BY)
    with pytest.raises(ConflictError, match="expected version 0, found 2"):
        commands.save([make_actor(1, hours="24/7")], by=BY)
    with pytest.raises(ConflictError, match="expected version 3, found 0"):
        commands.save([make_actor(9, version=3)], by=BY)
    assert store.directory().actors["actor-1"].hours == "Mo 09:00-12:00"


def test_the_same_content_is_no_conflict(commands: Commands, make_actor: MakeActor) -> None:
    commands.save([make_actor()], by=BY)
    assert commands.save([make_actor()], by=BY).unchanged == (HOUSE,)


@pytest.mark.parametrize("missing", ["partner", "neighbourhood"])
def test_a_relay_needs_its_partner_and_neighbourhood(
    commands: Commands,
    partner: Partner,
    neighbourhood: Neighbourhood,
    relay: Relay,
    missing: str,
) -> None:
    there = neighbourhood if missing == "partner" else partner
    with pytest.raises(BadInputError, match=f"relay “collignon” refers to the {missing}"):
        commands.save([relay, there], by=BY)


@pytest.mark.parametrize(("field", "kind"), [("actor_ids", "actor"), ("relay_ids", "relay")])
def test_an_activity_needs_its_organisers(commands: Commands, field: str, kind: str) -> None:
    given = {
        "id": "table",
        "titles": {"fr": "Table"},
        "type": "other",
        "source": {"name": "Test"},
        field: ["nobody"],
    }
    with pytest.raises(BadInputError, match=f"refers to the {kind} “nobody”"):
        commands.save([Activity.model_validate(given)], by=BY)


def test_a_place_known_as_a_neighbourhood_needs_it(
    store: Store, commands: Commands, make_actor: MakeActor, neighbourhood: Neighbourhood
) -> None:
    actor = make_actor(places=[{"precision": "neighbourhood", "area": "collignon"}])
    with pytest.raises(BadInputError, match="refers to the neighbourhood “collignon”"):
        commands.save([actor], by=BY)
    commands.save([actor, neighbourhood], by=BY)
    assert store.directory().actors["actor-1"].places[0].area == "collignon"


def test_organisers_and_sectors_can_change(
    store: Store, commands: Commands, make_actor: MakeActor, neighbourhood: Neighbourhood
) -> None:
    table = Activity.model_validate(
        {
            "id": "table",
            "titles": {"fr": "Table"},
            "type": "other",
            "actor_ids": ["actor-1", "actor-2"],
            "source": {"name": "Test"},
        }
    )
    commands.save([make_actor(1), make_actor(2), table, neighbourhood], by=BY)
    before = store.directory()
    commands.save(
        [
            before.activities["table"].model_copy(update={"actor_ids": ("actor-2",)}),
            replace(before.neighbourhoods["collignon"], sectors=("21015A02-",)),
        ],
        by=BY,
    )
    after = store.directory()
    assert after.activities["table"].actor_ids == ("actor-2",)
    assert after.neighbourhoods["collignon"].sectors == ("21015A02-",)
    assert after.neighbourhoods["collignon"].version == 2


def test_archiving_hides_and_keeps(store: Store, commands: Commands, make_actor: MakeActor) -> None:
    commands.save([make_actor()], by=BY)
    assert commands.archive(Kind.ACTOR, "actor-1", by=BY).changed == (HOUSE,)
    archived = store.directory().actors["actor-1"]
    assert (archived.status, archived.version) == (Status.ARCHIVED, 2)
    assert commands.archive(Kind.ACTOR, "actor-1", by=BY).unchanged == (HOUSE,)
    commands.save([changed(archived, status=Status.PUBLISHED)], by=BY)
    with pytest.raises(ConflictError):
        commands.archive(Kind.ACTOR, "actor-1", by=BY, version=1)
    with pytest.raises(UnknownIdError, match="no relay “nobody”"):
        commands.archive(Kind.RELAY, "nobody", by=BY)
    for hostile in ("a\x00b", "\ud800", "x" * 10_000, ""):
        assert store.history(Kind.ACTOR, hostile) == []
        with pytest.raises(UnknownIdError):
            commands.archive(Kind.ACTOR, hostile, by=BY)
    with pytest.raises(BadInputError, match="last day"):
        commands.archive(Kind.NEIGHBOURHOOD, "collignon", by=BY)


def test_a_failure_at_the_end_undoes_everything(
    store: Store, commands: Commands, make_actor: MakeActor, relay: Relay
) -> None:
    commands.save([make_actor(0)], by=BY)
    before = store.directory()
    with pytest.raises(BadInputError):
        commands.save([*(make_actor(n) for n in range(1, 200)), relay], by=BY)
    with pytest.raises(ConflictError):
        commands.save([*(make_actor(n) for n in range(1, 200)), make_actor(0, hours="x")], by=BY)
    assert commands.save([make_actor(0)], by=BY).revision == before.revision
    store._poll_at = 0
    assert store.directory() is before


def _refuse_in_the_database(store: Store, engine_name: str, reason: str) -> None:
    """Let the database itself fail on the last statement of a command."""
    with store.writing() as (connection, _):
        if engine_name == "sqlite":
            connection.exec_driver_sql(
                "CREATE TRIGGER refuse AFTER INSERT ON change WHEN NEW.record_id = 'actor-99' "
                "BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )
            return
        connection.exec_driver_sql(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "IF NEW.record_id = 'actor-99' THEN "
            f"RAISE EXCEPTION 'refused' USING ERRCODE = '{reason}'; END IF; RETURN NEW; END $$"
        )
        connection.exec_driver_sql(
            "CREATE TRIGGER refuse AFTER INSERT ON change FOR EACH ROW EXECUTE FUNCTION refuse()"
        )


def test_a_database_that_fails_at_the_end_keeps_nothing(
    store: Store, commands: Commands, make_actor: MakeActor, engine_name: str
) -> None:
    _refuse_in_the_database(store, engine_name, "XX000")
    with pytest.raises(StoreUnavailableError, match="refused"):
        commands.save([make_actor(n) for n in range(100)], by=BY)
    assert not store.directory().actors
    assert store.history(Kind.ACTOR, "actor-1") == []


@pytest.mark.parametrize("engine_name", ["sqlite"])
def test_a_full_disk_keeps_what_was_there(
    store: Store, commands: Commands, make_actor: MakeActor
) -> None:
    commands.save([make_actor(0)], by=BY)

    @event.listens_for(store._engine, "begin")
    def _nearly_full(connection: object) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")  # type: ignore[attr-defined]

    with pytest.raises(DiskFullError, match="full"):
        commands.save([make_actor(n) for n in range(1, 500)], by=BY)
    event.remove(store._engine, "begin", _nearly_full)
    assert list(store.directory().actors) == ["actor-0"]
    assert len(commands.save([make_actor(n) for n in range(500)], by=BY).created) == 499


@pytest.mark.parametrize("engine_name", [pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_a_server_with_a_full_disk_says_so(
    store: Store, commands: Commands, make_actor: MakeActor, engine_name: str
) -> None:
    _refuse_in_the_database(store, engine_name, "53100")
    with pytest.raises(DiskFullError, match="full"):
        commands.save([make_actor(n) for n in range(100)], by=BY)
    assert not store.directory().actors


NASTY = (
    "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{7*7}} ${x} %s "
    "'; DROP TABLE actor; -- \x00\x1b[31m \u202egpj.exe\u2066 صيدلية 👩‍⚕️ \\ \ufeff"
)


def test_hostile_text_is_kept_as_text(
    commands: Commands, make_actor: MakeActor, database_url: str
) -> None:
    actor = make_actor(
        names={"fr": NASTY},
        descriptions={"ar": NASTY},
        hours=NASTY,
        audience={"nl": NASTY},
        verified_by=NASTY,
        source={"name": NASTY, "licence": NASTY, "url": NASTY, "reference": NASTY},
        places=[{"precision": "address", "address": {"street": {"fr": NASTY}, "number": "1\x00"}}],
    )
    commands.save([actor], by=Author(NASTY))
    found = Store(database_url).directory().actors["actor-1"]
    shown = found.names.best("fr")
    assert shown.startswith("<script>alert(1)</script>")
    assert "صيدلية 👩‍⚕️" in shown
    for hidden in "\x00\x1b\u202e\u2066\ufeff":
        assert hidden not in repr(found).encode().decode("unicode_escape")
    assert found.places[0].address.number == "1"
    assert commands.save([actor], by=BY).unchanged == (HOUSE,)


def test_a_name_without_end_is_refused(commands: Commands, make_actor: MakeActor) -> None:
    with pytest.raises(BadInputError, match=r"at most 300 .* “names” of actor-1, found 10000"):
        commands.save([make_actor(names={"fr": "x" * 10_000})], by=BY)


def test_a_name_nobody_can_see_is_no_name(commands: Commands, make_actor: MakeActor) -> None:
    with pytest.raises(BadInputError, match="needs a name"):
        commands.save([make_actor(names={"fr": "\u202e\x00"})], by=BY)


def test_a_copy_is_checked_like_any_other(commands: Commands, make_actor: MakeActor) -> None:
    for facts in (
        {"names": Texts({})},
        {"categories": ("no-such-thing",)},
        {"id": "Not A Slug"},
        {"languages": ("français",)},
        {"contacts": (Contact.model_construct(kind="website", value="javascript:alert(1)"),)},
        {"verified_on": "yesterday"},
        {"hours": object()},
    ):
        with pytest.raises(BadInputError):
            commands.save([changed(make_actor(), **facts)], by=BY)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"id": "Not A Slug"}, "lower-case"),
        ({"names": {}}, "needs a name"),
        ({"names": {"french": "x"}}, "ISO 639"),
        ({"sectors": ("21015",)}, "9 characters"),
        ({"valid_to": "before"}, "before it starts"),
        ({"sectors": None}, "refused"),
    ],
)
def test_a_neighbourhood_is_checked(
    commands: Commands, neighbourhood: Neighbourhood, facts: dict[str, object], reason: str
) -> None:
    if facts.get("valid_to"):
        facts = {"valid_to": neighbourhood.valid_from.replace(year=2000)}
    with pytest.raises(BadInputError, match=reason):
        commands.save([replace(neighbourhood, **facts)], by=BY)  # type: ignore[arg-type]


def test_what_is_no_record_is_refused(commands: Commands, make_actor: MakeActor) -> None:
    with pytest.raises(BadInputError, match="found dict"):
        commands.save([{"id": "x"}], by=BY)  # type: ignore[list-item]
    with pytest.raises(BadInputError, match="given twice"):
        commands.save([make_actor(), make_actor()], by=BY)
    with pytest.raises(BadInputError, match="name of who"):
        commands.save([make_actor()], by=Author(" \x00"))


def test_nothing_to_save_is_nothing_written(store: Store, commands: Commands) -> None:
    outcome = commands.save([], by=BY)
    assert (outcome.revision, outcome.batch) == (0, "")
    assert store.directory().revision == 0


steps = st.lists(
    st.tuples(
        st.lists(
            st.tuples(st.integers(0, 3), st.sampled_from(["", "24/7", "Mo off"])),
            max_size=3,
            unique_by=lambda pair: pair[0],
        ),
        st.sampled_from(["save", "stale", "archive"]),
    ),
    max_size=8,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_history_replays_to_the_present(
    new_url: Callable[[], str],
    make_actor: MakeActor,
    steps: list[tuple[list[tuple[int, str]], str]],
) -> None:
    url = new_url()
    store = Store(url)
    commands = Commands(store)
    for pairs, what in steps:
        before = store.directory()
        _step(commands, before.actors, pairs, what, make_actor)
        after = store.directory()
        assert after.actors.keys() >= before.actors.keys()
        assert after.revision - before.revision in (0, 1)
        for record_id, actor in after.actors.items():
            old = before.actors.get(record_id)
            same = old is not None and changed(actor, version=0) == changed(old, version=0)
            assert actor.version == (old.version if old else 0) + (0 if same else 1)
    whole = Store(url)
    assert whole.directory() == store.directory()
    for record_id, actor in store.directory().actors.items():
        changes = store.history(Kind.ACTOR, record_id)
        assert [change.version for change in changes] == list(range(1, actor.version + 1))
        assert [change.before for change in changes] == [None, *(c.after for c in changes[:-1])]
        assert Actor.model_validate(changes[-1].after) == actor
    whole.close()
    store.close()


def _step(
    commands: Commands,
    actors: object,
    pairs: list[tuple[int, str]],
    what: str,
    make_actor: MakeActor,
) -> None:
    known: dict[str, Actor] = dict(actors)  # type: ignore[call-overload]
    if what == "archive":
        for number, _ in pairs:
            if f"actor-{number}" in known:
                commands.archive(Kind.ACTOR, f"actor-{number}", by=BY)
                return
        return
    wanted = []
    for number, hours in pairs:
        actor = known.get(f"actor-{number}", make_actor(number))
        if what == "stale":
            actor = changed(actor, version=actor.version + 1)
        wanted.append(changed(actor, hours=hours))
    try:
        commands.save(wanted, by=BY)
    except ConflictError:
        assert what == "stale"


def test_every_set_of_a_neighbourhood_is_kept(
    store: Store, commands: Commands, database_url: str, neighbourhood: Neighbourhood
) -> None:
    changed = replace(
        neighbourhood.from_day(date(2024, 7, 1), ["21015A02-"], reason="une école").from_day(
            date(2030, 1, 1), ["21015A00-", "21015A03-"], reason="à venir"
        ),
        lived=((4.35, 50.84), (4.36, 50.84), (4.36, 50.85)),
    )
    commands.save([changed], by=BY)
    kept = replace(changed, version=1)
    assert store.directory().neighbourhoods["collignon"] == kept
    assert Store(database_url).directory().neighbourhoods["collignon"] == kept
    assert commands.save([kept], by=BY).unchanged
    wrong = kept.from_day(date(2024, 1, 1), ["short"]).from_day(date(2025, 1, 1), ["21015A00-"])
    with pytest.raises(BadInputError, match="short"):
        commands.save([wrong], by=BY)
