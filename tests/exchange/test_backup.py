"""Backups: what comes back is what was there, on either engine; no other file changes a thing."""

import json
import sqlite3
import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from directory.actors import Actor
from directory.commands import Author, Commands, Origin
from directory.indicators import Indicator
from directory.local_maps import LocalMap, Maker
from directory.local_maps.editions import LARGEST_FILES, EditionFile, EditionLine, Editions
from directory.local_maps.links import MapLinks
from directory.local_maps.logos import keep_logo, read_logo
from directory.people import MACHINE, Grant, Role
from directory.people.book import Book
from directory.people.invitations import InvitationError, Invitations, State
from directory.people.sessions import Sessions
from directory.relays import Partner, Relay
from directory.store import Kind, Store, StoreUnavailableError, migrate, whole
from directory.store.engine import open_engine, reading, writing
from directory.texts import Texts
from exchange import settings as told
from exchange.__main__ import main
from exchange.backup import restore_backup, write_backup
from exchange.backup_file import MOST_LINE_BYTES
from exchange.settings import Settings
from geo.errors import BadInputError
from geo.neighbourhoods import Neighbourhood
from tests.directory.conftest import (  # noqa: F401 - fixtures
    engine_name,
    make_actor,
    neighbourhood,
    new_url,
    partner,
    postgres_server,
    relay,
    sqlite_template,
)
from tests.directory.people.conftest import PASSWORD, light_passwords  # noqa: F401 - a fixture
from tests.records import STAND

BY = Author("Ana", Origin.IMPORT)
_numbers = count()
PASSING = {"session", "sign_in_try", "sign_in_salt", "proposal_salt", "proposal_pace"}


def everything(url: str) -> dict[str, list[object]]:
    """Every row of every table, as one reads it; not who is signed in, not the epoch."""
    engine = open_engine(url)
    with reading(engine) as connection:
        found: dict[str, list[object]] = {}
        for table in whole.tables(connection):
            names = whole.columns(table)
            rows = [
                dict(zip(names, row, strict=True)) for row in whole.read_rows(connection, table)
            ]
            if table.name == "revision":
                rows = [{"id": row["id"], "value": row["value"]} for row in rows]
            found[table.name] = [sorted(row.items()) for row in rows]
    engine.dispose()
    return {name: rows for name, rows in found.items() if name not in PASSING}


@pytest.fixture
def filled(
    new_url: Callable[[], str],  # noqa: F811
    make_actor: Callable[..., Actor],  # noqa: F811
    partner: Partner,  # noqa: F811
    neighbourhood: Neighbourhood,  # noqa: F811
    relay: Relay,  # noqa: F811
) -> str:
    """A directory with every kind of record, some changed, archived and undone."""
    url = new_url()
    store = Store(url)
    change = Commands(store)
    figure = Indicator.model_validate(
        {
            "id": "rent",
            "subject": "rent",
            "names": {"fr": "Loyer"},
            "unit": "euro",
            "level": "sector",
            "year": 2021,
            "values": {"21004A00-": 712.3, "21004A01-": None, "21004A02-": 0.1 + 0.2},
            "source": {"name": "Test"},
        }
    )
    stand = STAND.model_copy(update={"place": None, "actor_ids": ("actor-2", "actor-1")})
    names = {"nl": "Huis “1” \u2028 ☕", "ar": "بيت"}
    actors = [make_actor(n, names=names, verified_on=date(2026, 1, n)) for n in (1, 2)]
    change.save([partner, neighbourhood, relay, *actors, figure, stand], by=BY)
    for hours in ("Mo 09:00-12:00", "24/7"):
        stored = store.directory().actors["actor-1"]
        change.save([stored.model_copy(update={"hours": hours})], by=BY)
    change.archive(Kind.ACTOR, "actor-2", by=BY)
    batch = change.save([make_actor(7)], by=BY).batch
    change.undo(batch, by=BY)
    store.close()
    return url


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "plein.toml"
    path.write_text('[people]\nediting = "everyone"\n')
    return path


def at(url: str, home: Path) -> Settings:
    return Settings(home=home, database_url=url)


@pytest.fixture
def copy(filled: str, home: Path, config: Path, tmp_path: Path) -> Path:
    (home / "needs.toml").write_text("# ours\n")
    path = tmp_path / "copy.zip"
    write_backup(path, told=at(filled, home), config=config)
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database that is not there, or without tables: on either engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'plein.db'}"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"restored_{next(_numbers)}"
    server.execute(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def restore(path: Path, url: str, folder: Path, *, replace: bool = False) -> list[str]:
    return restore_backup(path, told=at(url, folder), config=folder / "plein.toml", replace=replace)


def test_what_comes_back_is_what_was_there(
    filled: str,
    copy: Path,
    target: str,
    tmp_path: Path,
    make_actor: Callable[..., Actor],  # noqa: F811
):
    folder = tmp_path / "other"
    before = everything(filled)
    assert len(before["change"]) == 12
    restore(copy, target, folder)
    assert everything(target) == before
    assert (folder / "needs.toml").read_text() == "# ours\n"
    assert (folder / "plein.toml").read_text() == '[people]\nediting = "everyone"\n'
    old, new = Store(filled), Store(target)
    assert new.directory() == old.directory()
    assert not new.unreadable
    assert new.history(Kind.ACTOR, "actor-1") == old.history(Kind.ACTOR, "actor-1")
    # Sequences go on, and the counter too.
    outcome = Commands(new).save([make_actor(9)], by=BY)
    assert outcome.revision == old.directory().revision + 1
    old.close()
    new.close()


def test_a_directory_is_only_replaced_when_told_and_is_kept(
    filled: str,
    copy: Path,
    new_url: Callable[[], str],  # noqa: F811
    tmp_path: Path,
    make_actor: Callable[..., Actor],  # noqa: F811
):
    url, folder = new_url(), tmp_path / "other"
    folder.mkdir()
    store = Store(url)
    Commands(store).save([make_actor(50)], by=BY)
    assert list(store.directory().actors) == ["actor-50"]
    was = everything(url)
    with pytest.raises(BadInputError, match="--replace"):
        restore(copy, url, folder)
    assert everything(url) == was
    said = restore(copy, url, folder, replace=True)
    assert everything(url) == everything(filled)
    kept = next((folder / "backups").glob("before-*.zip"))
    assert str(kept) in said[0]
    # A process that runs sees the other directory by itself: the epoch is another.
    store.expect(10**6)
    assert sorted(store.directory().actors) == ["actor-1", "actor-2"]
    restore(kept, url, folder, replace=True)
    assert everything(url) == was
    store.close()


def test_only_its_owner_reads_it_and_it_replaces_no_file(
    filled: str, home: Path, config: Path, copy: Path
):
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    before = copy.read_bytes()
    with pytest.raises(BadInputError, match="is there already"):
        write_backup(copy, told=at(filled, home), config=config)
    assert copy.read_bytes() == before
    with pytest.raises(BadInputError, match="cannot be written"):
        write_backup(home / "none" / "x.zip", told=at(filled, home), config=config)
    assert not list(home.parent.glob("*.part"))


def test_settings_are_never_overwritten(copy: Path, tmp_path: Path):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "plein.toml").write_text("# mine\n")
    said = restore(copy, f"sqlite:///{folder / 'plein.db'}", folder)
    assert (folder / "plein.toml").read_text() == "# mine\n"
    assert "everyone" in (folder / "plein.restored.toml").read_text()
    assert any("differs from yours" in line for line in said)


def rewritten(path: Path, change: Callable[[dict[str, bytes], dict], None]) -> Path:
    """A backup whose members and manifest somebody changed, sums and all."""
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members.pop("manifest.json"))
    change(members, manifest)
    made = path.with_name(f"hostile-{next(_numbers)}.zip")
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return made


def summed(members: dict[str, bytes], manifest: dict, name: str, content: bytes) -> None:
    members[name] = content
    part = manifest["parts"].setdefault(name, {})
    part |= {"bytes": len(content), "sha256": sha256(content).hexdigest()}


def _one_byte(members, _manifest):
    name = "tables/actor.jsonl"
    members[name] = members[name].replace(b"actor-1", b"actor-3", 1)


def _other_format(_members, manifest):
    manifest["format"] = 2


def _newer(_members, manifest):
    manifest["schema_revision"] = "9999"


def _path(members, manifest):
    summed(members, manifest, "files/../../evil.toml", b"x")


def _absolute(members, manifest):
    summed(members, manifest, "/etc/evil.toml", b"x")


def _extra(members, _manifest):
    members["tables/more.jsonl"] = b""


def _missing_table(members, manifest):
    del members["tables/change.jsonl"], manifest["parts"]["tables/change.jsonl"]


def _foreign_table(members, manifest):
    summed(members, manifest, "tables/alembic_version.jsonl", b'["0001"]\n')


def _bomb(members, manifest):
    summed(members, manifest, "files/needs.toml", b"\0" * (64 * 1024**2))


def _lies(_members, manifest):
    manifest["parts"]["tables/actor.jsonl"]["bytes"] = 10**15


def _half_row(members, manifest):
    lines = members["tables/actor.jsonl"].splitlines(keepends=True)
    summed(members, manifest, "tables/actor.jsonl", lines[0] + lines[1][:40] + b"\n")


def _row_less(members, manifest):
    lines = members["tables/change.jsonl"].splitlines(keepends=True)
    summed(members, manifest, "tables/change.jsonl", b"".join(lines[:-1]))


def _cell_of_another_type(members, manifest):
    names = manifest["parts"]["tables/actor.jsonl"]["columns"]
    rows = [json.loads(line) for line in members["tables/actor.jsonl"].splitlines()]
    rows[0][names.index("verified_on")] = ["no", "day"]
    content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    summed(members, manifest, "tables/actor.jsonl", content)


def _twice(members, manifest):
    content = members["tables/actor.jsonl"]
    manifest["parts"]["tables/actor.jsonl"]["rows"] *= 2
    summed(members, manifest, "tables/actor.jsonl", content * 2)


def _orphan(members, manifest):
    lines = members["tables/partner.jsonl"]
    assert lines.count(b"\n") == 1
    manifest["parts"]["tables/partner.jsonl"]["rows"] = 0
    summed(members, manifest, "tables/partner.jsonl", b"")


def _no_manifest(_members, manifest):
    manifest.clear()


HOSTILE = [
    _one_byte,
    _other_format,
    _newer,
    _path,
    _absolute,
    _extra,
    _missing_table,
    _foreign_table,
    _bomb,
    _lies,
    _half_row,
    _row_less,
    _cell_of_another_type,
    _twice,
    _orphan,
    _no_manifest,
]


@pytest.mark.parametrize("change", HOSTILE, ids=lambda change: change.__name__.strip("_"))
def test_what_was_tampered_with_is_told_and_changes_nothing(
    copy: Path, filled: str, tmp_path: Path, change
):
    folder = tmp_path / "other"
    folder.mkdir()
    before = everything(filled)
    (folder / "needs.toml").write_text("# mine\n")
    with pytest.raises(BadInputError, match=r"no whole backup|version of Plein"):
        restore(rewritten(copy, change), filled, folder, replace=True)
    assert everything(filled) == before
    assert (folder / "needs.toml").read_text() == "# mine\n"
    assert not list(folder.glob("restoring-*"))
    assert not (tmp_path.parent / "evil.toml").exists()


def test_cut_anywhere_it_is_told(copy: Path, filled: str, tmp_path: Path):
    content = copy.read_bytes()
    url = f"sqlite:///{tmp_path / 'fresh.db'}"
    for part in range(16):
        cut = tmp_path / f"cut-{part}.zip"
        cut.write_bytes(content[: len(content) * part // 16])
        with pytest.raises(BadInputError, match="no whole backup"):
            restore(cut, url, tmp_path)
    before = everything(filled)
    for part in range(1, 16):
        flipped = bytearray(content)
        flipped[len(content) * part // 16] ^= 0xFF
        cut.write_bytes(flipped)
        fresh = tmp_path / f"fresh-{part}.db"
        try:
            restore(cut, f"sqlite:///{fresh}", tmp_path)
        except BadInputError:
            assert not fresh.exists()
        else:
            # The byte was of no matter: a date of a member, say.
            assert everything(f"sqlite:///{fresh}") == before


def test_a_backup_of_older_tables_is_brought_up_to_date(tmp_path: Path, home: Path, config: Path):
    url = f"sqlite:///{tmp_path / 'old.db'}"
    migrate.upgrade(url)
    migrate.downgrade(url, "0001")
    engine = open_engine(url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE revision SET value = 41"))
    engine.dispose()
    write_backup(tmp_path / "old.zip", told=at(url, home), config=config)
    restore(tmp_path / "old.zip", f"sqlite:///{tmp_path / 'new.db'}", home)
    store = Store(f"sqlite:///{tmp_path / 'new.db'}")
    assert store.directory().revision == 41
    assert not store.directory().actors
    store.close()


def test_no_door_opens_with_a_backup(
    new_url: Callable[[], str],  # noqa: F811
    tmp_path: Path,
    home: Path,
    config: Path,
    light_passwords: None,  # noqa: F811
):
    del light_passwords
    url = new_url()
    store = Store(url)
    invitations = Invitations(Book(store))
    first, open_one = invitations.first(), invitations.make(Grant(role=Role.PLANNER), by=MACHINE)
    who = {"name": "Ana", "login": "ana", "password": PASSWORD, "device": "Chromium"}
    session = invitations.accept(first.token, **who)
    path = tmp_path / "people.zip"
    write_backup(path, told=at(url, home), config=config)
    with zipfile.ZipFile(path) as archive:
        held = {Path(name).stem for name in archive.namelist() if name.startswith("tables/")}
    assert held.isdisjoint(PASSING)
    # Events refuse to be deleted, and are replaced all the same.
    restore(path, url, home, replace=True)
    again = Book(store)
    assert Sessions(again).find(session.token) is None
    for token in (first.token, open_one.token):
        with pytest.raises(InvitationError):
            Invitations(again).accept(token, **(who | {"login": "bea"}))
    states = {one.state for one in Invitations(again).listed(by=MACHINE)}
    assert states <= {State.USED, State.WITHDRAWN}
    opened = Sessions(again).sign_in("ana", PASSWORD, address="192.0.2.1", device="")
    assert opened.account.administers
    store.close()


def test_a_damaged_or_foreign_database_is_told(
    tmp_path: Path, home: Path, config: Path, copy: Path
):
    path = tmp_path / "plein.db"
    migrate.upgrade(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 3] = b"\xaa" * 4096
    path.write_bytes(content)
    with pytest.raises(StoreUnavailableError):
        write_backup(tmp_path / "x.zip", told=at(f"sqlite:///{path}", home), config=config)
    assert not (tmp_path / "x.zip").exists()
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE theirs (a)")
    other.commit()
    other.close()
    with pytest.raises(StoreUnavailableError, match="another program"):
        restore(copy, f"sqlite:///{tmp_path / 'other.db'}", home, replace=True)


def test_the_commands_say_what_they_did(
    filled: str,
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    monkeypatch.setenv("DATABASE_URL", filled)
    monkeypatch.setenv("PLEIN_HOME", str(home))
    told.settings.cache_clear()
    path = tmp_path / "c.zip"
    assert main(["backup", str(path)]) == 0
    assert "keep it where only you can read it" in capsys.readouterr().out
    assert main(["restore", str(path)]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["restore", str(path), "--replace"]) == 0
    assert "restored from c.zip" in capsys.readouterr().out
    assert main(["restore", str(tmp_path / "none.zip")]) == 1
    assert capsys.readouterr().err.startswith("plein: ")
    told.settings.cache_clear()


def test_editions_logos_and_links_of_local_maps_come_back(
    filled: str,
    target: str,
    home: Path,
    config: Path,
    tmp_path: Path,
) -> None:
    store, now = Store(filled), datetime(2026, 11, 27, tzinfo=UTC)
    made = LocalMap(
        id="kaart",
        neighbourhood_id="collignon",
        titles=Texts({"fr": "Collignon"}),
        made_on=now.date(),
        author="Ana",
        makers=(Maker(name="Huis", logo=keep_logo(store, b"\x89PNG\x00\xff")),),
    )
    Commands(store).save([made], by=BY)
    line = EditionLine(number=1, actor_id="actor-1", names={"ar": "بيت"}, version=3, placed=True)
    page = EditionFile(name="plan.html", media_type="text/html", content=bytes(range(256)) * 400)
    stored = store.directory().local_maps["kaart"]
    edition = Editions(store).publish(stored, [line], [page], day=now.date(), by=BY)
    token = MapLinks(store).make("kaart", by=BY, now=now)
    store.close()
    path = tmp_path / "maps.zip"
    write_backup(path, told=at(filled, home), config=config)
    restore(path, target, tmp_path / "other")
    back = Store(target)
    assert back.directory().local_maps["kaart"].makers == made.makers
    assert Editions(back).one("kaart", 1) == edition
    assert Editions(back).file("kaart", 1, "plan.html").content == page.content
    assert read_logo(back, made.makers[0].logo) == b"\x89PNG\x00\xff"
    assert MapLinks(back).find(token) is None, "no link of a backup opens anything"
    assert [one.is_open(now) for one in MapLinks(back).of("kaart")] == [False]
    back.close()


def test_the_largest_edition_fits_a_line_of_a_backup() -> None:
    assert 4 * LARGEST_FILES / 3 + 1_000 < MOST_LINE_BYTES
