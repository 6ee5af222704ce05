"""Editions: the same bytes for ever, unless the law takes them back."""

import hashlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from directory.atlas import Atlas
from directory.authors import Author
from directory.commands import Commands
from directory.consent import withdraw
from directory.local_maps import LocalMap, editions
from directory.local_maps.editions import (
    EditionFile,
    EditionLine,
    Editions,
    Since,
    since,
)
from directory.local_maps.numbering import numbered
from directory.store import Kind, Store, StoreUnavailableError
from geo.errors import BadInputError, UnknownIdError
from tests.directory.local_maps.test_keeping import made
from tests.drawn import grid_territory
from tests.records import LEFT, actor, at

BY = Author("Ann")
DAY = date(2026, 11, 27)
PAGE = EditionFile(name="plan.html", media_type="text/html", content=b"<!doctype html>\n\x00\xff")
SHEET = EditionFile(name="A3.pdf", media_type="application/pdf", content=b"%PDF-1.7 kept")
CONSENT = {"given_on": "2026-01-01", "ends_on": "2027-06-01"}


@pytest.fixture
def kept(store: Store, commands: Commands) -> Editions:
    """A doctor, a library and a resident on a map, which has no edition yet."""
    resident = actor("marie", kind="resident", consent=CONSENT, names={"fr": "Marie Zyxwerk"})
    commands.save([LEFT, actor("dokter"), actor("livres", places=(at(0.5, 1.5),)), resident], by=BY)
    commands.save([made()], by=BY)
    return Editions(store)


def atlas(store: Store, day: date = DAY) -> Atlas:
    return Atlas(store.directory(), grid_territory(), day)


def lines(store: Store) -> list[EditionLine]:
    found = numbered(store.directory().local_maps["kaart"], atlas(store)).lines
    return [
        EditionLine(
            number=line.number,
            actor_id=line.actor.id,
            names=dict(line.actor.names.root),
            version=line.actor.version,
            placed=line.point is not None,
        )
        for line in found
    ]


def publish(store: Store, kept: Editions, *files: EditionFile, day: date = DAY) -> Any:
    stored = store.directory().local_maps["kaart"]
    return kept.publish(stored, lines(store), files or (PAGE, SHEET), day=day, by=BY)


def number_of(kept: Editions, key: str) -> int:
    return next(line.number for line in kept.one("kaart", 1).lines if line.actor_id == key)


def change(store: Store, key: str, **update: object) -> None:
    told = store.directory().actors[key].model_copy(update=update)
    Commands(store).save([told], by=BY)


def test_a_year_later_it_is_byte_for_byte_the_same(
    store: Store, kept: Editions, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = publish(store, kept)
    change(store, "dokter", names={"fr": "Autre"}, hours="24/7")
    Commands(store).archive(Kind.ACTOR, "livres", by=BY)
    stored = store.directory().local_maps["kaart"]
    moved = stored.model_copy(update={"titles": stored.titles, "order": "north", "accent": "care"})
    Commands(store).save([moved], by=BY)
    publish(store, kept, PAGE, day=DAY + timedelta(days=365))
    monkeypatch.setattr(editions, "LARGEST_FILES", 1)
    Commands(store).archive(Kind.LOCAL_MAP, "kaart", by=BY)
    later = Editions(Store(database_url))
    assert later.one("kaart", 1) == before
    assert (before.number, before.day, before.made_by) == (1, DAY, "Ann")
    assert [line.names for line in later.one("kaart", 1).lines if line.actor_id == "dokter"] == [
        {"und": "dokter"}
    ]
    for file in (PAGE, SHEET):
        found = later.file("kaart", 1, file.name)
        assert (found.content, found.media_type) == (file.content, file.media_type)
        assert found.sha256 == hashlib.sha256(file.content).hexdigest()
    assert [one.number for one in later.of("kaart")] == [2, 1]


def test_the_database_itself_refuses_to_change_a_file(
    store: Store, kept: Editions, database_url: str
) -> None:
    publish(store, kept)
    with pytest.raises(StoreUnavailableError, match="kept as it was"), store.keeping() as found:
        found.execute(text("UPDATE edition_file SET media_type = 'text/plain'"))
    engine = create_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    trigger = "edition_file_is_kept"
    drop = f"DROP TRIGGER {trigger}"
    with engine.begin() as connection:
        if database_url.startswith("postgresql"):
            drop += " ON edition_file"
        connection.execute(text(drop))
        told = {"other": b"<html>other"}
        connection.execute(text("UPDATE edition_file SET content = :other"), told)
    engine.dispose()
    with pytest.raises(BadInputError, match="is damaged"):
        kept.file("kaart", 1, "plan.html")


def test_what_changed_since_is_told_beside_it(store: Store, kept: Editions) -> None:
    edition = publish(store, kept)
    assert since(edition, atlas(store)) == Since()
    change(store, "dokter", hours="24/7")
    Commands(store).archive(Kind.ACTOR, "livres", by=BY)
    told = since(edition, atlas(store))
    assert told.changed == (number_of(kept, "dokter"),)
    assert told.gone == (number_of(kept, "livres"),)
    assert told.hidden == ()


def test_a_place_that_became_secret_hides_the_edition(store: Store, kept: Editions) -> None:
    edition = publish(store, kept)
    change(store, "livres", secret_place=True)
    assert since(edition, atlas(store)).hidden == (number_of(kept, "livres"),)
    fresh = publish(store, kept)
    assert since(fresh, atlas(store)).hidden == (), "the next one tells no point of it"


def test_a_consent_that_ended_hides_the_edition(store: Store, kept: Editions) -> None:
    edition = publish(store, kept)
    last = date(2027, 6, 1)
    assert since(edition, atlas(store, last)).hidden == ()
    hidden = since(edition, atlas(store, last + timedelta(days=1))).hidden
    assert hidden == (number_of(kept, "marie"),)


def test_a_consent_withdrawn_takes_the_bytes_away(
    store: Store, kept: Editions, database_url: str
) -> None:
    publish(store, kept, EditionFile(name="a.pdf", media_type="x", content=b"Marie Zyxwerk"))
    before = publish(store, kept)
    withdraw(store, Commands(store), "marie", by=BY)
    fresh = publish(store, kept)
    for number in (1, 2):
        found = kept.one("kaart", number)
        assert found.taken_back_at is not None
        assert found.files == ()
        assert "marie" not in [line.actor_id for line in found.lines]
        with pytest.raises(UnknownIdError):
            kept.file("kaart", number, "a.pdf" if number == 1 else "plan.html")
    assert (before.number, fresh.number, fresh.taken_back_at) == (2, 3, None)
    assert kept.file("kaart", 3, "plan.html").content == PAGE.content
    if database_url.startswith("sqlite"):
        store.close()
        with Path(database_url.removeprefix("sqlite:///")).open("rb") as file:
            assert b"Zyxwerk" not in file.read()


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ((), "one file or more"),
        ((PAGE, PAGE), "a name of its own"),
    ],
)
def test_what_is_no_edition_is_refused(
    store: Store, kept: Editions, files: tuple[EditionFile, ...], told: str
) -> None:
    stored = store.directory().local_maps["kaart"]
    with pytest.raises(BadInputError, match=told):
        kept.publish(stored, (), files, day=DAY, by=BY)
    assert kept.of("kaart") == ()


def test_what_is_too_large_or_of_no_map_is_refused(
    store: Store, kept: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored: LocalMap = store.directory().local_maps["kaart"]
    monkeypatch.setattr(editions, "LARGEST_FILES", 20)
    with pytest.raises(BadInputError, match="at most"):
        kept.publish(stored, (), (PAGE, SHEET), day=DAY, by=BY)
    with pytest.raises(UnknownIdError):
        kept.publish(made(id="other"), (), (PAGE,), day=DAY, by=BY)
    with pytest.raises(UnknownIdError):
        kept.one("kaart", 1)
