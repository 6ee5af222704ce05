"""The formats a selection of the map leaves in: one function, one registry, one command."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from directory.atlas import Atlas
from directory.clock import today
from directory.store import Store
from directory.texts import LANGUAGES
from exchange.excerpt import Excerpt, excerpt
from exchange.settings import settings
from exchange.statbel import open_territory
from geo.errors import N_, PleinError, UnknownIdError


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: its id is also the ending of its files."""

    id: str
    title: str
    media_type: str
    write: Callable[[Excerpt], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A file ready to be handed over: its name, media type, bytes, and how many are in it."""

    name: str
    media_type: str
    content: bytes
    actors: int


def _csv(given: Excerpt) -> bytes:
    from exchange.table_files import csv_file  # noqa: PLC0415 - openpyxl is slow to import

    return csv_file(given)


def _xlsx(given: Excerpt) -> bytes:
    from exchange.table_files import xlsx_file  # noqa: PLC0415

    return xlsx_file(given)


def _geojson(given: Excerpt) -> bytes:
    from exchange.geo_files import geojson_file  # noqa: PLC0415

    return geojson_file(given)


def _geopackage(given: Excerpt) -> bytes:
    from exchange.geo_files import geopackage_file  # noqa: PLC0415

    return geopackage_file(given)


_XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        known.id: known
        for known in (
            Format(id="xlsx", title=N_("Excel (XLSX)"), media_type=_XLSX_TYPE, write=_xlsx),
            Format(
                id="csv", title=N_("Table (CSV)"), media_type="text/csv; charset=utf-8", write=_csv
            ),
            Format(
                id="geojson", title=N_("GeoJSON"), media_type="application/geo+json", write=_geojson
            ),
            Format(
                id="gpkg",
                title=N_("GeoPackage (QGIS)"),
                media_type="application/geopackage+sqlite3",
                write=_geopackage,
            ),
        )
    }
)
"""The formats by id, in the order they are offered; titles are message ids."""


def export(atlas: Atlas, ids: Iterable[str], format: str, language: str) -> Exported:  # noqa: A002
    """Write some actors in a format, in the order of their ids, public facts only.

    Ids that are unknown or hidden are left out (see `exchange.excerpt`). The bytes depend on
    nothing but the arguments: the day in the file is the atlas's.

    Args:
        atlas: what the public sees on a day.
        ids: actor ids; `atlas.actors` for all of them.
        format: an id of `FORMATS`.
        language: a code of `LANGUAGES`, for labels and names of areas.

    Raises:
        UnknownIdError: there is no such format.
    """
    if format not in FORMATS:
        raise UnknownIdError(
            N_("Expected one of the formats {known}, found “{format}”."),
            known=", ".join(FORMATS),
            format=format[:20],
        )
    chosen = FORMATS[format]
    given = excerpt(atlas, ids, language)
    return Exported(
        name=f"plein-{given.exported_on}.{chosen.id}",
        media_type=chosen.media_type,
        content=chosen.write(given),
        actors=len(given.actors),
    )


def _run(given: argparse.Namespace) -> int:
    known = settings()
    store = Store(known.database_url)
    try:
        territory = open_territory(known.home, known.register)
        atlas = Atlas(store.directory(), territory, today())
    finally:
        store.close()
    ids = list(dict.fromkeys(given.ids)) if given.ids is not None else list(atlas.actors)
    found = export(atlas, ids, given.path.suffix.removeprefix(".").lower(), given.lang)
    _save(given.path, found.content)
    print(f"{given.path}: {found.actors} actors")  # noqa: T201 - a command
    if left_out := [key for key in ids if key not in atlas.actors]:
        print(f"not public, left out: {' '.join(left_out)}", file=sys.stderr)  # noqa: T201
    return 0


def _save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise PleinError(
            N_("{path} could not be written: {reason}."),
            path=str(path),
            reason=error.strerror or str(error),
        ) from error


def _path(text: str) -> Path:
    path = Path(text)
    if path.suffix.removeprefix(".").lower() not in FORMATS:
        endings = ", ".join(f".{ending}" for ending in FORMATS)
        raise argparse.ArgumentTypeError(f"the name must end in one of {endings}")
    return path


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export`."""
    parser = commands.add_parser("export", help="write public actors as XLSX, CSV, GeoJSON, GPKG")
    parser.add_argument("path", type=_path, metavar="FILE", help="its ending says the format")
    parser.add_argument("--lang", choices=LANGUAGES, default="fr", help="language of the labels")
    parser.add_argument("--ids", nargs="+", metavar="ID", help="these actors only, in this order")
    parser.set_defaults(run=_run)
