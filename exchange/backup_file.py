"""The file of a backup: one zip of tables as JSON lines, files, and a manifest that tells of both.

Nothing of it is believed before all of it was read once and found to be what the manifest says.
"""

import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geo.errors import N_, BadInputError

FORMAT: Final = 1
"""Of this file; another one is another way of writing it."""
MANIFEST: Final = "manifest.json"
MOST_MEMBERS: Final = 500
MOST_MANIFEST_BYTES: Final = 1024**2
MOST_BYTES: Final = 8 * 1024**3
"""Unpacked, ours: a directory of 100,000 records with its history is some 1 GiB."""
MOST_RATIO: Final = 200
"""JSON lines of a directory shrink some 10 to 40 times; a bomb, a thousand times."""
FREE_BYTES: Final = 16 * 1024**2
"""Up to here, however much a file shrinks, it is no bomb."""
MOST_LINE_BYTES: Final = 64 * 1024**2
"""One row: the cells of one record or of one change."""
MEMBER: Final = re.compile(r"(tables/[a-z][a-z0-9_]{0,62}\.jsonl|files/[a-z][a-z0-9-]{0,40}\.toml)")
DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
    UnicodeDecodeError,
)
_CHUNK: Final = 1024**2
DAMAGED: Final = N_("{name} is no whole backup of Plein ({reason}). Take another one.")


class Part(BaseModel):
    """One member of the file: its bytes, and for a table its columns and the count of its rows."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    bytes: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    rows: int = Field(default=0, ge=0)
    columns: tuple[str, ...] = ()


class Manifest(BaseModel):
    """What a backup says of itself; `schema_revision` is that of its tables, Alembic's."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: int
    plein: str
    schema_revision: str
    engine: str
    made_at: datetime
    parts: dict[str, Part]


class Writing:
    """A backup on its way to a file: members one after the other, the manifest last."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.parts: dict[str, Part] = {}

    def table(self, name: str, columns: list[str], rows: Iterator[list[Any]]) -> None:
        """Write the rows of a table."""
        lines = (json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows)
        self._add(f"tables/{name}.jsonl", lines, columns=tuple(columns))

    def file(self, name: str, content: bytes) -> None:
        """Write a file as it is."""
        self._add(f"files/{name}", iter([content]))

    def manifest(self, **facts: Any) -> Manifest:
        """Write what the file holds, and return it."""
        found = Manifest(format=FORMAT, parts=self.parts, **facts)
        self._archive.writestr(MANIFEST, found.model_dump_json(indent=1))
        return found

    def _add(self, name: str, pieces: Iterator[bytes], columns: tuple[str, ...] = ()) -> None:
        seen, size, rows = sha256(), 0, 0
        with self._archive.open(name, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece)
                seen.update(piece)
                size, rows = size + len(piece), rows + 1
        self.parts[name] = Part(
            bytes=size, sha256=seen.hexdigest(), rows=rows if columns else 0, columns=columns
        )


class Backup:
    """An opened backup whose every byte was found to be what its manifest says."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive = archive
        self.name = name
        self.manifest = _read_manifest(archive, name)
        _check_members(archive, self.manifest, name)
        for member, part in self.manifest.parts.items():
            self._check(member, part)

    @property
    def tables(self) -> dict[str, Part]:
        """The tables in it, by name."""
        return {
            Path(member).stem: part
            for member, part in self.manifest.parts.items()
            if member.startswith("tables/")
        }

    @property
    def files(self) -> dict[str, bytes]:
        """The files in it, by name; they are small."""
        found = [member for member in self.manifest.parts if member.startswith("files/")]
        return {Path(member).name: self._archive.read(member) for member in found}

    def rows(self, table: str) -> Iterator[list[Any]]:
        """Yield the rows of a table.

        Raises:
            BadInputError: a line is no row.
        """
        width = len(self.tables[table].columns)
        with self._archive.open(f"tables/{table}.jsonl") as member:
            while line := member.readline(MOST_LINE_BYTES + 1):
                row = None
                if len(line) <= MOST_LINE_BYTES:
                    try:
                        row = json.loads(line)
                    except (ValueError, RecursionError):
                        row = None
                if not isinstance(row, list) or len(row) != width:
                    raise damaged(self.name, f"{table}: a line is no row")
                yield row

    def _check(self, member: str, part: Part) -> None:
        seen, size = sha256(), 0
        with self._archive.open(member) as content:
            for piece in _pieces(content):
                seen.update(piece)
                size += len(piece)
        if (size, seen.hexdigest()) != (part.bytes, part.sha256):
            raise damaged(self.name, f"{member} is not what the manifest says")


def damaged(name: str, reason: str) -> BadInputError:
    """Return the sentence for a file that is no whole backup."""
    return BadInputError(DAMAGED, name=name, reason=reason)


def _pieces(content: IO[bytes]) -> Iterator[bytes]:
    while piece := content.read(_CHUNK):
        yield piece


def _read_manifest(archive: zipfile.ZipFile, name: str) -> Manifest:
    listed = [info.filename for info in archive.infolist()]
    if len(listed) > MOST_MEMBERS or len(set(listed)) < len(listed) or MANIFEST not in listed:
        raise damaged(name, "no manifest, or members twice")
    if archive.getinfo(MANIFEST).file_size > MOST_MANIFEST_BYTES:
        raise damaged(name, "its manifest is too big")
    try:
        given = json.loads(archive.read(MANIFEST))
    except (ValueError, RecursionError) as error:
        raise damaged(name, "its manifest cannot be read") from error
    if isinstance(given, dict) and given.get("format", FORMAT) != FORMAT:
        raise BadInputError(
            N_(
                "{name} was written by another version of Plein: expected format {expected}, "
                "found {found}. Restore it with that version."
            ),
            name=name,
            expected=FORMAT,
            found=str(given["format"])[:20],
        )
    try:
        return Manifest.model_validate(given)
    except ValidationError as error:
        raise damaged(name, "its manifest cannot be read") from error


def _check_members(archive: zipfile.ZipFile, manifest: Manifest, name: str) -> None:
    members = {info.filename: info for info in archive.infolist() if info.filename != MANIFEST}
    for member in (*members, *manifest.parts):
        if not MEMBER.fullmatch(member):
            raise damaged(name, f"a member is named {member[:80]!r}")
    if members.keys() != manifest.parts.keys():
        raise damaged(name, "its members are not those the manifest names")
    packed = sum(info.compress_size for info in members.values())
    unpacked = sum(info.file_size for info in members.values())
    if unpacked > min(MOST_BYTES, max(FREE_BYTES, MOST_RATIO * packed)):
        raise damaged(name, f"it would unpack to {unpacked // 1024**2} MB")
    for member, info in members.items():
        # zipfile reads no byte more than the size a member declares.
        if info.file_size != manifest.parts[member].bytes:
            raise damaged(name, f"{member} has another size than the manifest says")


@contextmanager
def opened(path: Path) -> Iterator[Backup]:
    """Open a backup, read it through once and hold it against its manifest.

    Raises:
        BadInputError: missing, damaged, truncated, too big, of another version, hostile names.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            yield Backup(archive, path.name)
    except OSError as error:
        raise BadInputError(
            N_("{path} cannot be read: {reason}."),
            path=str(path),
            reason=error.strerror or type(error).__name__,
        ) from error
    except DAMAGE as error:
        raise damaged(path.name, str(error) or type(error).__name__) from error
