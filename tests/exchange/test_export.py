"""Exports: who and what leaves, in every format, and the command."""

import io
import sqlite3
import zipfile
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.actors import ActorKind, Consent, Status
from directory.commands import Author, Commands
from directory.contacts import Visibility
from directory.store import Store, upgrade
from exchange import settings as told
from exchange.__main__ import main
from exchange.excerpt import excerpt
from exchange.export import FORMATS, export
from geo.errors import UnknownIdError
from tests.exports import HIDDEN, full, hostile
from tests.records import DAY, SOURCE, actor, atlas, phone


def every_byte(content: bytes) -> bytes:
    """What is in a file, and in the files in it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return content + b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("name", FORMATS)
def test_only_what_the_public_may_see_leaves(name: str):
    past = Consent(given_on=DAY - timedelta(days=400), ends_on=DAY - timedelta(days=1))
    now = Consent(given_on=date(2026, 4, 5), ends_on=DAY)
    found = atlas(
        full(),
        actor("concept", names={"fr": "Brouillon"}, status=Status.DRAFT),
        actor("vorbei", names={"fr": "Archivé"}, status=Status.ARCHIVED),
        actor("away", names={"fr": "Retirée"}, kind=ActorKind.RESIDENT, consent=past),
        actor("here", names={"fr": "Habitante"}, kind=ActorKind.RESIDENT, consent=now),
    )
    exported = export(found, list(found.directory.actors), name, "fr")
    content = every_byte(exported.content)
    assert exported.actors == 2
    for shown in ("Maison", "Habitante", "+32 2 000 00 01", "Social Brussels", "CC BY 4.0"):
        assert shown.encode() in content
    assert b"2026-11-02" in content, "verified on"
    absent = (*HIDDEN, "Brouillon", "concept", "vorbei", "Archivé", "Retirée", "away", "Persoon")
    for hidden in (*absent, "2026-04-05"):
        assert hidden.encode() not in content, hidden


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=8, deadline=None)
@given(
    seen=st.lists(st.sampled_from(Visibility), min_size=1, max_size=8),
    more=st.integers(10**9, 10**10),
)
def test_no_hidden_contact_is_anywhere_in_the_bytes(name: str, seen: list[Visibility], more: int):
    own = [(f"+{more + number}", visibility) for number, visibility in enumerate(seen)]
    found = atlas(
        *(actor(f"a{n}", contacts=[phone(v, visibility=who)]) for n, (v, who) in enumerate(own)),
        actor("all", contacts=[phone(value, visibility=who) for value, who in own]),
    )
    content = every_byte(export(found, found.actors, name, "nl").content)
    for value, who in own:
        assert (value.encode() in content) is (who is Visibility.PUBLIC)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_selection_gives_the_same_bytes(name: str):
    found = atlas(full(), *hostile())
    first = export(found, found.actors, name, "fr")
    assert first == export(found, list(found.actors), name, "fr")
    assert first.name == f"plein-2026-11-23.{name}"
    assert first.media_type == FORMATS[name].media_type


@pytest.mark.parametrize("name", FORMATS)
def test_nobody_is_a_file_too(name: str):
    assert export(atlas(), [], name, "fr").content
    assert export(atlas(full()), ["nobody"], name, "en").actors == 0


def test_order_is_as_asked_and_each_is_there_once():
    found = atlas(actor("a"), actor("b"), actor("c"))
    chosen = excerpt(found, ["c", "?", "a", "c"], "fr")
    assert [one.id for one in chosen.actors] == ["c", "a"]


def test_sources_are_counted_by_licence():
    osm = SOURCE.model_copy(update={"name": "OSM", "licence": "ODbL 1.0"})
    found = atlas(actor("a"), actor("b", source=osm), actor("c", source=osm))
    told_credits = [(c.name, c.licence, c.actors) for c in excerpt(found, "abc", "fr").credits]
    assert told_credits == [("OSM", "ODbL 1.0", 2), ("drawn by hand", "", 1)]


def test_another_format_is_one_sentence():
    with pytest.raises(UnknownIdError, match="xlsx, csv, geojson, gpkg, found “pdf”"):
        export(atlas(), [], "pdf", "fr")


@pytest.fixture
def filled(tmp_path, monkeypatch: pytest.MonkeyPatch):
    url = f"sqlite:///{tmp_path / 'plein.db'}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("PLEIN_HOME", str(tmp_path))
    told.settings.cache_clear()
    upgrade(url)
    store = Store(url)
    people = [actor("b"), actor("a"), actor("draft", status=Status.DRAFT)]
    Commands(store).save(people, by=Author("test"))
    store.close()
    yield tmp_path
    told.settings.cache_clear()


def test_the_command_writes_a_file(filled, capsys: pytest.CaptureFixture[str]):
    path = filled / "out.csv"
    assert main(["export", str(path)]) == 0
    assert "out.csv: 2 actors" in capsys.readouterr().out
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["plein_id", "a", "b"]
    assert main(["export", str(path), "--lang", "nl", "--ids", "b", "draft", "who"]) == 0
    assert capsys.readouterr().err == "not public, left out: draft who\n"
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith("b;")


def test_the_command_writes_a_geopackage(filled):
    assert main(["export", str(filled / "out.GPKG")]) == 0
    database = sqlite3.connect(filled / "out.GPKG")
    assert database.execute("SELECT count(*) FROM actors_4326").fetchone() == (2,)
    database.close()


def test_the_command_refuses_what_it_cannot_write(filled, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["export", str(filled / "out.pdf")])
    assert ".xlsx, .csv, .geojson, .gpkg" in capsys.readouterr().err
    assert main(["export", str(filled / "no" / "out.csv")]) == 1
    assert "could not be written: No such file" in capsys.readouterr().err
    (filled / "taken.csv").mkdir()
    assert main(["export", str(filled / "taken.csv")]) == 1
    assert not list(filled.glob(".taken*")), "nothing half-written stays"
