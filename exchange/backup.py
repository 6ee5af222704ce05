"""`backup` and `restore`: all an installation knows, in one file, and back into either engine."""

import argparse
import os
import tomllib
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, text

from directory.store import whole
from directory.store.engine import open_engine, reading
from directory.store.errors import StoreUnavailableError, store_errors
from directory.store.migrate import is_known, revision_of
from exchange import restore
from exchange.backup_file import Manifest, Writing, opened
from exchange.needs import FILE as NEEDS
from exchange.settings import ROOT, Settings, config_path, settings
from geo.errors import N_, BadInputError

SETTINGS: Final = "plein.toml"
FOLDER: Final = "backups"
"""In the installation's folder: what was there before a restoration."""


def write_backup(path: Path, *, told: Settings, config: Path) -> Manifest:
    """Write a backup of the database and of the files nobody could make again.

    One transaction reads it all, so it is one moment however long it takes and whoever writes
    meanwhile. The file is for its owner alone, and is there whole or not at all.

    Raises:
        BadInputError: there is a file already, or it cannot be written.
        StoreUnavailableError: the database does not answer, is damaged, or of a newer version.
    """
    if path.exists():
        raise BadInputError(
            N_("{path} is there already. Give the backup another name."), path=str(path)
        )
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    engine = open_engine(told.database_url)
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as content:
            with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _write(Writing(archive), engine, _files(told.home, config))
            content.flush()
            os.fsync(content.fileno())
        # A link, unlike a renaming, never takes the place of a file made meanwhile.
        os.link(part, path)
    except OSError as error:
        raise BadInputError(
            N_("{path} cannot be written: {reason}."),
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    finally:
        part.unlink(missing_ok=True)
        engine.dispose()
    return manifest


def _write(writing: Writing, engine: Engine, files: Mapping[str, bytes]) -> Manifest:
    with store_errors(), reading(engine) as connection:
        revision = _check_database(connection)
        for table in whole.tables(connection):
            if table.name not in whole.PASSING:
                writing.table(table.name, whole.columns(table), whole.read_rows(connection, table))
        for name, content in files.items():
            writing.file(name, content)
        return writing.manifest(
            plein=version(),
            schema_revision=revision,
            engine=connection.dialect.name,
            made_at=datetime.now(UTC),
        )


def _check_database(connection: Connection) -> str:
    """Return the revision of the tables; a damaged or unknown database is not backed up."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        if found != "ok":
            raise StoreUnavailableError(
                N_("The database is damaged ({reason}). Restore a backup."), reason=str(found)
            )
    revision = revision_of(connection)
    if not revision:
        raise StoreUnavailableError(
            N_("The database holds no directory. Prepare it with `make run` and try again.")
        )
    if not is_known(revision):
        raise StoreUnavailableError(
            N_(
                "The database was made by a newer version of Plein (tables {revision}). "
                "Use that version."
            ),
            revision=revision,
        )
    return revision


def _files(home: Path, config: Path) -> dict[str, bytes]:
    wanted = {SETTINGS: config, NEEDS: home / NEEDS}
    return {name: path.read_bytes() for name, path in wanted.items() if path.is_file()}


def version() -> str:
    """Return which version of Plein this is."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])


def restore_backup(path: Path, *, told: Settings, config: Path, replace: bool) -> list[str]:
    """Put a backup in the place of an empty database, or of what is there with `replace`.

    With `replace`, what is there is backed up first. Returns sentences: what was done and what
    is left to do. Nobody is signed in afterwards, and no invitation holds.

    Raises:
        BadInputError: the file is no whole backup, or there is a directory already.
        StoreUnavailableError: the database does not answer; it is as it was.
    """
    said = []
    with opened(path) as backup:
        restore.check(backup)
        there = restore.holds_directory(told.database_url)
        if there and not replace:
            raise BadInputError(
                N_(
                    "There is a directory in the database already. To put the backup in its "
                    "place, say --replace: what is there is backed up first."
                )
            )
        if there:
            folder = told.home / FOLDER
            folder.mkdir(parents=True, exist_ok=True)
            moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
            kept = folder / f"before-{moment}.zip"
            write_backup(kept, told=told, config=config)
            said.append(f"what was there is in {kept}")
        restore.into_database(backup, told.database_url)
        said += restore.put_files(
            backup.files, {SETTINGS: config, NEEDS: told.home / NEEDS}, told.home
        )
        counted = sum(part.rows for part in backup.tables.values())
        said.append(f"{counted} rows of {len(backup.tables)} tables restored from {path.name}")
    return said


def _backup(given: argparse.Namespace) -> int:
    manifest = write_backup(given.file, told=settings(), config=config_path())
    rows = sum(part.rows for part in manifest.parts.values())
    _say(f"    {given.file}: {rows} rows of {len(manifest.parts)} tables and files")
    _say("    It holds contacts and accounts: keep it where only you can read it.")
    return 0


def _restore(given: argparse.Namespace) -> int:
    for line in restore_backup(
        given.file, told=settings(), config=config_path(), replace=given.replace
    ):
        _say(f"    {line}")
    return 0


def _say(words: str) -> None:
    print(words)  # noqa: T201 - a command


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup` and `restore`."""
    parser = commands.add_parser("backup", help="write all an installation knows into one file")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.set_defaults(run=_backup)
    parser = commands.add_parser("restore", help="put a backup into an empty database")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument(
        "--replace", action="store_true", help="in the place of what is there, backed up first"
    )
    parser.set_defaults(run=_restore)
