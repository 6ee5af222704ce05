"""Editions: a local map as it was on a day, kept byte for byte; the law alone takes one back."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, func, insert, select

from directory.actors import Actor, is_public
from directory.atlas import Atlas
from directory.authors import Author
from directory.clock import today
from directory.local_maps.allowed import map_for
from directory.local_maps.records import LocalMap
from directory.people import Deed, Grounds
from directory.store import ConflictError, Store
from directory.store.engine import line_up
from directory.store.local_map_tables import EditionFileRow, EditionRow
from directory.store.rows import Kind, facts_of, read_some, record_of
from directory.store.tables import table
from geo.errors import N_, BadInputError, UnknownIdError

LARGEST_FILES: Final = 40_000_000
"""Bytes of all files of an edition: posters of every size with their logos. One file of that size
still fits a line of a backup, which writes four letters for three bytes (64 MiB)."""
_EDITION, _FILE = table(EditionRow), table(EditionFileRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionLine:
    """What an edition said of one number: whom, under which names, and whether at a point.

    `secret`: whether the place was secret when it was drawn; None in editions that did not keep it.
    """

    number: int
    actor_id: str
    names: Mapping[str, str]
    version: int
    placed: bool
    secret: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionFile:
    """A file of an edition; `content` is empty in a list of files."""

    name: str
    media_type: str
    sha256: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """An edition and the names of its files; `taken_back_at` once the law took those away."""

    map_id: str
    number: int
    day: date
    made_at: datetime
    made_by: str
    local_map: LocalMap
    lines: tuple[EditionLine, ...]
    files: tuple[EditionFile, ...]
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What is different today: numbers that left the map, and numbers whose record changed.

    `hidden` may not be shown any more, so that the edition is not either.
    """

    gone: tuple[int, ...] = ()
    changed: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()


class Editions:
    """The editions of one store; publishing asks the roles itself."""

    def __init__(self, store: Store, grounds: Callable[[], Grounds] | None = None) -> None:
        self._store = store
        self._grounds = grounds

    def publish(
        self,
        local_map: LocalMap,
        lines: Sequence[EditionLine],
        files: Sequence[EditionFile],
        *,
        day: date,
        by: Author,
    ) -> Edition:
        """Keep an edition of a stored map; its number is one more than the last.

        Raises:
            NotAllowedError: not of a relay of that neighbourhood.
            BadInputError: no file, two of one name, or more than `LARGEST_FILES`.
            ConflictError: the map is stored otherwise than it was drawn, or somebody on it may not
                be shown any more.
            UnknownIdError: the map is not stored.
        """
        deed = Deed.PUBLISH_LOCAL_MAP
        stored = map_for(deed, local_map.id, self._store, by=by, grounds=self._grounds)
        if local_map != stored:
            raise _conflict()
        _check_files(files)
        with self._store.keeping() as connection:
            line_up(connection)
            _check_shown(connection, lines)
            mine = _EDITION.c.map_id == stored.id
            last = connection.scalar(select(func.max(_EDITION.c.number)).where(mine)) or 0
            key = {"map_id": stored.id, "number": last + 1}
            edition = key | {
                "day": day,
                "made_at": datetime.now(UTC),
                "made_by": by.name,
                "facts": facts_of(local_map),
                "lines": [_told(line) for line in lines],
                "taken_back_at": None,
            }
            connection.execute(insert(_EDITION), [edition])
            connection.execute(insert(_FILE), [key | _kept(file) for file in files])
        return self.one(stored.id, last + 1)

    def of(self, map_id: str) -> tuple[Edition, ...]:
        """Return the editions of a map, the newest first."""
        with self._store.reading() as connection:
            mine = _EDITION.c.map_id == map_id
            rows = connection.execute(select(_EDITION).where(mine)).mappings().all()
            columns = [_FILE.c[name] for name in ("number", "name", "media_type", "sha256")]
            files = connection.execute(
                select(*columns).where(_FILE.c.map_id == map_id).order_by(_FILE.c.name)
            ).all()
        of_number: dict[int, list[EditionFile]] = {}
        for number, name, media_type, sha256 in files:
            told = EditionFile(name=name, media_type=media_type, sha256=sha256)
            of_number.setdefault(number, []).append(told)
        found = [_read(row, of_number.get(row["number"], ())) for row in rows]
        return tuple(sorted(found, key=lambda one: -one.number))

    def one(self, map_id: str, number: int) -> Edition:
        """Return an edition.

        Raises:
            UnknownIdError: there is none of that number.
        """
        for found in self.of(map_id):
            if found.number == number:
                return found
        raise UnknownIdError(N_("“{id}” has no edition {number}."), id=map_id[:80], number=number)

    def file(self, map_id: str, number: int, name: str) -> EditionFile:
        """Return a file of an edition with its bytes, the same ones for ever.

        Raises:
            UnknownIdError: there is none, or not any more.
            BadInputError: its bytes are not those that were kept.
        """
        mine = (_FILE.c.map_id == map_id) & (_FILE.c.number == number) & (_FILE.c.name == name)
        with self._store.reading() as connection:
            row = connection.execute(select(_FILE).where(mine)).mappings().one_or_none()
        if row is None:
            raise UnknownIdError(
                N_("Edition {number} has no file “{name}”."), number=number, name=name[:80]
            )
        if hashlib.sha256(row["content"]).hexdigest() != row["sha256"]:
            raise BadInputError(
                N_(
                    "The file “{name}” of edition {number} is damaged. Bring back a backup of the "
                    "database, or publish a new edition."
                ),
                number=number,
                name=name[:80],
            )
        return EditionFile(**{key: row[key] for key in EditionFile.__dataclass_fields__})


def since(edition: Edition, atlas: Atlas) -> Since:
    """Tell what of an edition is not so any more on the day of an atlas.

    An edition that shows somebody the law hides today may not be shown: a resident whose consent
    ended, a place that became secret.
    """
    actors = atlas.directory.actors
    gone, changed, hidden = [], [], []
    for line in edition.lines:
        actor = actors.get(line.actor_id)
        if _is_hidden(line, actor, atlas.day):
            hidden.append(line.number)
        elif actor is None or line.actor_id not in atlas.actors:
            gone.append(line.number)
        elif actor.version != line.version:
            changed.append(line.number)
    return Since(gone=tuple(gone), changed=tuple(changed), hidden=tuple(hidden))


def _is_hidden(line: EditionLine, actor: Actor | None, day: date) -> bool:
    if actor is None:
        return False
    if actor.secret_place and not _was_secret(line, actor):
        return True
    return actor.consent is not None and not is_public(actor, day)


def _was_secret(line: EditionLine, actor: Actor) -> bool:
    """Whether an edition told the place of one that is secret today no closer than it may.

    Where that was not kept: an address without a point, or a sector, may stand in the edition.
    """
    if line.secret is not None:
        return line.secret
    return not line.placed and actor.version == line.version


def _check_shown(connection: Connection, lines: Iterable[EditionLine]) -> None:
    """Ask the law about all lines once more: drawing takes minutes, in which a consent may end."""
    wanted = {line.actor_id: line for line in lines}
    stored = read_some(connection, Kind.ACTOR, wanted)
    for key, line in wanted.items():
        actor = record_of(Kind.ACTOR, stored[key]) if key in stored else None
        if not isinstance(actor, Actor) or _is_hidden(line, actor, today()):
            raise _conflict()


def _conflict() -> ConflictError:
    return ConflictError(
        N_("The map was changed meanwhile. Look at it again, then publish the edition.")
    )


def _check_files(files: Collection[EditionFile]) -> None:
    names = [file.name for file in files]
    if not files or len(set(names)) < len(names):
        raise BadInputError(
            N_("Expected one file or more, each with a name of its own, found {names}."),
            names=", ".join(names)[:200] or "0",
        )
    size = sum(len(file.content) for file in files)
    if size > LARGEST_FILES:
        raise BadInputError(
            N_("Expected files of at most {most} MB, found {found}. Choose fewer sizes of paper."),
            most=LARGEST_FILES // 1_000_000,
            found=round(size / 1_000_000),
        )


def _kept(file: EditionFile) -> dict[str, Any]:
    return {
        "name": file.name,
        "media_type": file.media_type,
        "sha256": hashlib.sha256(file.content).hexdigest(),
        "content": file.content,
    }


def _told(line: EditionLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "actor_id": line.actor_id,
        "names": dict(line.names),
        "version": line.version,
        "placed": line.placed,
        "secret": line.secret,
    }


def _read(row: RowMapping, files: Sequence[EditionFile]) -> Edition:
    lines = (one | {"names": MappingProxyType(one["names"])} for one in row["lines"])
    return Edition(
        map_id=row["map_id"],
        number=row["number"],
        day=row["day"],
        made_at=row["made_at"],
        made_by=row["made_by"],
        local_map=LocalMap.model_validate(row["facts"]),
        lines=tuple(EditionLine(**one) for one in lines),
        files=tuple(files),
        taken_back_at=row["taken_back_at"],
    )
