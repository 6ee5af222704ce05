"""The register and the default neighbourhoods on disk."""

import argparse
import os
import tempfile
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio

from exchange.settings import settings
from geo.errors import N_, BadInputError
from geo.neighbourhoods import Neighbourhood
from geo.register import COLUMNS, build_register, parse_register
from geo.sectors import normalise

SECTORS_FILE = "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"
DISTRICTS_FILE = "urbis_monitoring_districts.gpkg"
_NEIGHBOURHOOD_COLUMNS = (
    "id",
    "name_fr",
    "name_nl",
    "partner",
    "sectors",
    "valid_from",
    "valid_to",
    "note",
)


def read_register(path: Path) -> pd.DataFrame:
    """Read and check the register: index `code`, columns as `geo.register.COLUMNS`.

    Raises:
        BadInputError: the file is missing, not CSV, or a cell is wrong.
    """
    return parse_register(_read_csv(path))


def write_register(path: Path, register: pd.DataFrame) -> None:
    """Write the register as CSV, in one step: a reader sees the old one or the new one."""
    table = register.reset_index()[list(COLUMNS)]
    with tempfile.NamedTemporaryFile(
        "w", dir=path.parent, suffix=".part", delete=False, encoding="utf-8", newline=""
    ) as file:
        table.to_csv(file, index=False, lineterminator="\n")
    os.chmod(file.name, 0o644)  # noqa: PTH101 - a tracked file others read
    Path(file.name).replace(path)


def read_neighbourhoods(path: Path) -> list[Neighbourhood]:
    """Read a set of neighbourhoods, in the order of the file.

    Raises:
        BadInputError: the file is missing, not CSV, or a row cannot be read.
    """
    return [
        _neighbourhood(number, {str(key): str(value) for key, value in row.items()})
        for number, row in enumerate(_read_neighbourhood_rows(path), start=2)
    ]


def read_partners_of(path: Path) -> dict[str, str]:
    """Return the slug of the hosting partner by neighbourhood id, from the same file."""
    return {str(row["id"]): str(row["partner"]) for row in _read_neighbourhood_rows(path)}


def _read_neighbourhood_rows(path: Path) -> list[dict[object, object]]:
    table = _read_csv(path)
    missing = [name for name in _NEIGHBOURHOOD_COLUMNS if name not in table.columns]
    if missing:
        raise BadInputError(
            N_("{file} lacks the columns {columns}."), file=path.name, columns=", ".join(missing)
        )
    return list(table.to_dict("records"))


def _neighbourhood(number: int, row: dict[str, str]) -> Neighbourhood:
    names = {"fr": row["name_fr"].strip(), "nl": row["name_nl"].strip()}
    try:
        return Neighbourhood(
            id=row["id"],
            names={language: name for language, name in names.items() if name},
            sectors=tuple(sorted(row["sectors"].split())),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            note=row["note"],
        )
    except ValueError as error:
        raise BadInputError(
            N_("Row {row} of the neighbourhoods cannot be read: {reason}."),
            row=number,
            reason=str(error),
        ) from error


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise BadInputError(
            N_("{file} cannot be read: {reason}."), file=str(path), reason=str(error)
        ) from error


def register_from(folder: Path) -> pd.DataFrame:
    """Build the register from the official files in a folder (that of PLEIN_DATA)."""
    frames = []
    for name in (SECTORS_FILE, DISTRICTS_FILE):
        try:
            frames.append(gpd.GeoDataFrame(pyogrio.read_dataframe(folder / name)))
        except (pyogrio.errors.DataSourceError, OSError) as error:
            raise BadInputError(
                N_("{file} cannot be read: {reason}."), file=str(folder / name), reason=str(error)
            ) from error
    return build_register(normalise(frames[0]), frames[1])


def _run_register(given: argparse.Namespace) -> int:
    if given.data is None:
        raise BadInputError(
            N_("Name the folder with the official files: --data FOLDER, or PLEIN_DATA.")
        )
    register = register_from(given.data)
    write_register(settings().register, register)
    print(f"{len(register)} sectors written to {settings().register}")  # noqa: T201 - a command
    return 0


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `register`."""
    parser = commands.add_parser(
        "register", help="write data/sectors/register.csv from the official files"
    )
    named = os.environ.get("PLEIN_DATA")
    parser.add_argument("--data", type=Path, default=Path(named) if named else None)
    parser.set_defaults(run=_run_register)
