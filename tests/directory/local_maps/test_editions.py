"""Editions: the same bytes a year later, and what the law takes back."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from directory.actors import Actor, Status
from directory.atlas import Atlas
from directory.clock import today
from directory.commands import Commands
from directory.consent import withdraw
from directory.local_maps import LocalMap
from directory.local_maps import editions as module
from directory.local_maps.editions import Edition, EditionFile, EditionLine, Editions, Since, since
from directory.store import ConflictError, Kind, Store, StoreUnavailableError
from directory.store.local_map_tables import EditionFileRow, EditionRow
from directory.store.tables import table
from directory.texts import Texts
from geo.errors import BadInputError, UnknownIdError
from tests.directory.local_maps.stored import BY, keep, local_map
from tests.drawn import grid_territory

DAY = date(2026, 11, 23)
PAGE = EditionFile(name="plan.html", media_type="text/html", content=b"<!DOCTYPE html>kept\r\n\x00")
SHEET = EditionFile(name="A3.pdf", media_type="application/pdf", content=b"%PDF-kept")
NAMES = {"fr": "Nom du jour"}


@pytest.fixture
def stored(store: Store) -> LocalMap:
    return keep(store)


def line_of(
    number: int, actor: Actor, *, placed: bool = True, secret: bool | None = None
) -> EditionLine:
    return EditionLine(
        number=number,
        actor_id=actor.id,
        names=NAMES,
        version=actor.version,
        placed=placed,
        secret=secret,
    )


def publish(store: Store, files: Sequence[EditionFile] = (PAGE, SHEET)) -> Edition:
    directory = store.directory()
    lines = [line_of(n, directory.actors[key]) for n, key in enumerate(("marie", "pharmacie"), 1)]
    return Editions(store).publish(directory.local_maps["links"], lines, files, day=DAY, by=BY)


def told(store: Store, edition: Edition, day: date = DAY) -> Since:
    return since(edition, Atlas(store.directory(), grid_territory(), day))


def change(store: Store, key: str, **facts: object) -> None:
    found = store.directory().actors[key].model_copy(update=facts)
    Commands(store).save([found], by=BY)


def test_an_edition_is_read_as_it_was_published(store: Store, stored: LocalMap) -> None:
    made = publish(store)
    assert (made.number, made.day, made.made_by, made.taken_back_at) == (1, DAY, BY.name, None)
    assert made.local_map == stored
    assert [(one.number, one.actor_id, dict(one.names)) for one in made.lines] == [
        (1, "marie", NAMES),
        (2, "pharmacie", NAMES),
    ]
    assert [(one.name, one.sha256, one.content) for one in made.files] == [
        ("A3.pdf", hashlib.sha256(SHEET.content).hexdigest(), b""),
        ("plan.html", hashlib.sha256(PAGE.content).hexdigest(), b""),
    ]
    assert publish(store).number == 2
    assert [one.number for one in Editions(store).of("links")] == [2, 1]


def test_the_bytes_are_the_same_a_year_later_whatever_changed(
    store: Store, stored: LocalMap
) -> None:
    made = publish(store)
    change(store, "pharmacie", names=Texts({"fr": "Autre nom"}))
    Commands(store).archive(Kind.ACTOR, "livres", by=BY)
    Commands(store).save([stored.model_copy(update={"titles": Texts({"nl": "Anders"})})], by=BY)
    Commands(store).archive(Kind.LOCAL_MAP, "links", by=BY)
    again = Editions(store)
    assert again.one("links", 1) == made
    for file in (PAGE, SHEET):
        assert again.file("links", 1, file.name).content == file.content
    later = told(store, made, DAY + timedelta(days=365))
    assert later == Since(changed=(2,))


@pytest.mark.parametrize("column", ["content", "sha256", "name"])
def test_the_database_refuses_to_change_a_file(store: Store, stored: LocalMap, column: str) -> None:
    publish(store)
    values = {column: b"other" if column == "content" else "other"}
    with pytest.raises(StoreUnavailableError), store.keeping() as connection:
        connection.execute(update(table(EditionFileRow)).values(**values))
    assert Editions(store).file("links", 1, "A3.pdf").content == SHEET.content
    assert stored.id == "links"


def test_damaged_bytes_are_told_and_never_served(store: Store, stored: LocalMap) -> None:
    publish(store)
    files = table(EditionFileRow)
    row = {
        "map_id": stored.id,
        "number": 1,
        "name": "A3.pdf",
        "media_type": "application/pdf",
        "sha256": "0" * 64,
        "content": b"%PDF-other",
    }
    with store.keeping() as connection:
        connection.execute(delete(files).where(files.c.name == "A3.pdf"))
        connection.execute(insert(files).values(**row))
    with pytest.raises(BadInputError, match="is damaged"):
        Editions(store).file("links", 1, "A3.pdf")


def test_what_closed_or_changed_since_is_told_by_number(store: Store, stored: LocalMap) -> None:
    made = publish(store)
    assert told(store, made) == Since()
    change(store, "marie", hours="24/7")
    Commands(store).archive(Kind.ACTOR, "pharmacie", by=BY)
    assert told(store, made) == Since(changed=(1,), gone=(2,))
    assert stored.with_actors == ("marie", "pharmacie")


@pytest.mark.parametrize(
    "facts",
    [
        {"secret_place": True},
        {"status": Status.ARCHIVED},
    ],
)
def test_what_the_law_hides_is_hidden_and_not_only_gone(
    store: Store, stored: LocalMap, facts: dict[str, object]
) -> None:
    made = publish(store)
    change(store, "marie", **facts)
    assert told(store, made) == Since(hidden=(1,))
    assert stored.id == made.map_id


@pytest.mark.parametrize("kept", [False, None])
def test_a_place_without_a_point_that_became_secret_hides_the_edition(
    store: Store, stored: LocalMap, *, kept: bool | None
) -> None:
    """It may tell an address, or a sector; so may one that does not say how it was drawn."""
    line = line_of(1, store.directory().actors["pharmacie"], placed=False, secret=kept)
    made = Editions(store).publish(stored, [line], [PAGE], day=DAY, by=BY)
    assert told(store, made) == Since()
    change(store, "pharmacie", secret_place=True)
    assert told(store, made) == Since(hidden=(1,))


@pytest.mark.parametrize("kept", [True, None])
def test_a_place_that_was_secret_already_hides_no_edition(
    store: Store, stored: LocalMap, *, kept: bool | None
) -> None:
    change(store, "pharmacie", secret_place=True)
    line = line_of(1, store.directory().actors["pharmacie"], placed=False, secret=kept)
    made = Editions(store).publish(stored, [line], [PAGE], day=DAY, by=BY)
    assert told(store, made) == Since()
    change(store, "pharmacie", hours="24/7")
    # One that did not keep how it was drawn is hidden to be sure.
    assert told(store, made) == (Since(changed=(1,)) if kept else Since(hidden=(1,)))


def test_a_consent_that_ended_hides_the_edition_from_that_day(
    store: Store, stored: LocalMap
) -> None:
    made = publish(store)
    last = date(2099, 1, 1)
    assert told(store, made, last).hidden == ()
    assert told(store, made, last + timedelta(days=1)).hidden == (1,)
    assert stored.id == made.map_id


def test_withdrawing_takes_files_and_line_away_for_good(store: Store, stored: LocalMap) -> None:
    publish(store)
    withdraw(store, Commands(store), "marie", by=BY)
    found = Editions(store).one("links", 1)
    assert found.taken_back_at is not None
    assert (found.files, [one.actor_id for one in found.lines]) == ((), ["pharmacie"])
    assert found.local_map.with_actors == ("pharmacie",)
    assert store.directory().local_maps["links"].with_actors == ("pharmacie",)
    with pytest.raises(UnknownIdError):
        Editions(store).file("links", 1, "A3.pdf")
    with store.reading() as connection:
        assert connection.execute(select(table(EditionFileRow))).all() == []
        rows = connection.execute(select(table(EditionRow))).mappings().all()
    kept = json.dumps([dict(row) for row in rows], default=str)
    history = json.dumps(
        [(one.before, one.after) for one in store.history(Kind.LOCAL_MAP, "links")], default=str
    )
    assert "marie" not in (kept + history).lower()
    assert stored.with_actors == ("marie", "pharmacie")
    # The next edition takes the next number: nobody mistakes it for the one taken back.
    again = Editions(store).publish(
        store.directory().local_maps["links"], found.lines, [SHEET], day=DAY, by=BY
    )
    assert again.number == 2


@pytest.mark.parametrize("way", ["withdrawn", "ended", "secret"])
def test_who_may_not_be_shown_any_more_when_the_sheets_are_drawn_is_not_published(
    store: Store, way: str
) -> None:
    keep(store)
    stored = local_map(with_actors=["pharmacie"], without_actors=[])
    Commands(store).save([stored.model_copy(update={"version": 1})], by=BY)
    drawn = store.directory()
    lines = [line_of(1, drawn.actors["marie"])]
    if way == "withdrawn":
        withdraw(store, Commands(store), "marie", by=BY)
    elif way == "ended":
        marie = drawn.actors["marie"]
        assert marie.consent is not None
        yesterday = today() - timedelta(days=1)
        change(store, "marie", consent=marie.consent.model_copy(update={"ends_on": yesterday}))
    else:
        change(store, "marie", secret_place=True)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        Editions(store).publish(drawn.local_maps["links"], lines, [PAGE], day=DAY, by=BY)
    assert Editions(store).of("links") == ()


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "one file or more"),
        ([PAGE, PAGE], "a name of its own"),
    ],
)
def test_no_file_and_two_of_one_name_are_refused(
    store: Store, stored: LocalMap, files: list[EditionFile], words: str
) -> None:
    with pytest.raises(BadInputError, match=words):
        publish(store, files)
    assert Editions(store).of(stored.id) == ()


def test_too_many_megabytes_are_refused(
    store: Store, stored: LocalMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST_FILES", len(PAGE.content) + len(SHEET.content) - 1)
    with pytest.raises(BadInputError, match="fewer sizes of paper"):
        publish(store)
    assert Editions(store).of(stored.id) == ()


def test_an_edition_is_of_the_map_that_is_stored(store: Store, stored: LocalMap) -> None:
    Commands(store).save([stored.model_copy(update={"signs": "number"})], by=BY)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        Editions(store).publish(stored, [], [PAGE], day=DAY, by=BY)
    other = stored.model_copy(update={"id": "other"})
    with pytest.raises(UnknownIdError, match="other"):
        Editions(store).publish(other, [], [PAGE], day=DAY, by=BY)
    with pytest.raises(UnknownIdError, match="no edition 1"):
        Editions(store).one("links", 1)
