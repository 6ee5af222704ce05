"""Official outlines in: from a file a person has or from where they are published, and opened."""

import argparse
import hashlib
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from directory.clock import today
from exchange.download import download
from exchange.outlines_kept import KeepError, Origin, keep, open_kept
from exchange.register import read_neighbourhoods, read_register
from exchange.sector_files import read_sectors
from exchange.settings import SectorSource, settings
from geo.crs import LAMBERT_72
from geo.errors import N_, BadInputError, PleinError
from geo.neighbourhoods import Neighbourhood, losses
from geo.schematic import agreement, schematic_outlines
from geo.sectors import Difference, compare, normalise
from geo.territory import Territory

TIMEOUT_S = 20.0
"""What a first start may wait for outlines in all: longer, and a person thinks it hangs."""
NETWORK_SHARE = 0.7
"""Of that time; the rest is for reading: 5 s for all Belgium as a shapefile (2 cores, 2026-11)."""
REGISTER_SOURCE = "Statbel 2022-01-01; UrbIS"
REGISTER_LICENCE = "CC BY 4.0"
ASK_AGAIN_S = 86_400
"""After a failure the next start asks nobody for a day: a second start takes seconds."""
_ASKED = ".asked"
_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """What came of a file: how it differs from the register and who loses sectors by it."""

    origin: Origin
    difference: Difference
    losses: dict[str, tuple[str, ...]]


def open_territory(home: Path, register_path: Path) -> Territory:
    """Open the official outlines kept under `home`, else the schematic ones of the register.

    Where those kept are damaged the schematic ones serve, and `problem` says why.

    Raises:
        BadInputError: the register cannot be read.
    """
    register = read_register(register_path)
    try:
        kept = open_kept(home)
    except BadInputError as error:
        return replace(schematic_territory(register), problem=error)
    return _official(register, *kept) if kept else schematic_territory(register)


def schematic_territory(register: pd.DataFrame) -> Territory:
    """Make the territory the register alone can draw."""
    table = register.rename(columns={"refnis": "municipality"})
    return Territory(
        sectors=_frame(table, schematic_outlines(register)),
        municipalities=_municipalities(table),
        districts=_districts(register),
        schematic=True,
        source=REGISTER_SOURCE,
        licence=REGISTER_LICENCE,
        situation="2022-01-01",
    )


def _official(register: pd.DataFrame, kept: gpd.GeoDataFrame, origin: Origin) -> Territory:
    table = pd.DataFrame(kept.drop(columns="geometry")).fillna("")
    known = register.reindex(table.index)
    for name in ("name_fr", "name_nl", "municipality_fr", "municipality_nl"):
        table[name] = table[name].where(table[name] != "", known[name].fillna(""))
    table["district"] = known["district"].fillna("")
    used = register[register["district"].isin(set(table["district"]))]
    return Territory(
        sectors=_frame(table, kept.geometry),
        municipalities=_municipalities(table),
        districts=_districts(used),
        schematic=False,
        source=origin.source,
        licence=origin.licence,
        situation=origin.situation,
    )


def _frame(table: pd.DataFrame, outlines: gpd.GeoSeries) -> gpd.GeoDataFrame:
    columns = ["name_fr", "name_nl", "municipality", "district", "area_ha"]
    return gpd.GeoDataFrame(table[columns], geometry=outlines, crs=LAMBERT_72).sort_index()


def _municipalities(table: pd.DataFrame) -> pd.DataFrame:
    named = table.set_index("municipality")[["municipality_fr", "municipality_nl"]]
    named = named[~named.index.duplicated()].sort_index().rename_axis("refnis")
    return named.set_axis(["name_fr", "name_nl"], axis=1)


def _districts(register: pd.DataFrame) -> pd.DataFrame:
    named = register[register["district"] != ""].set_index("district")
    named = named[~named.index.duplicated()][["district_fr", "district_nl"]]
    return named.sort_index().rename_axis("code").set_axis(["name_fr", "name_nl"], axis=1)


def prepare(
    path: Path,
    home: Path,
    register: pd.DataFrame,
    *,
    municipalities: Sequence[str] = (),
    neighbourhoods: Iterable[Neighbourhood] = (),
    source: SectorSource | None = None,
) -> Prepared:
    """Read, check and keep a published file; what was kept before stays if it is refused.

    Args:
        path: the file, in any form Statbel publishes.
        home: the folder of this instance.
        register: what the sectors are compared with.
        municipalities: REFNIS codes to keep; none keeps all.
        neighbourhoods: those whose losses are told.
        source: where the file was fetched; None: from a person.

    Raises:
        BadInputError: what is wrong with the file.
        KeepError: it could not be written.
    """
    layer = read_sectors(path)
    sectors = normalise(layer.frame, municipalities=municipalities)
    told = source or SectorSource(name="Statbel", url="", licence="CC BY 4.0")
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    day = today().isoformat()
    origin = Origin(
        source=told.name,
        licence=told.licence,
        url=told.url or path.name,
        situation=layer.situation or day,
        read_on=day,
        sha256=digest,
        municipalities=tuple(municipalities),
    )
    known = register.index
    if municipalities:
        known = register.index[register["refnis"].isin(set(municipalities))]
    difference = compare(sectors.index, known)
    return Prepared(
        origin=keep(home, sectors, origin),
        difference=difference,
        losses=losses(neighbourhoods, set(difference.gone)),
    )


def fetch(
    sources: Sequence[SectorSource],
    home: Path,
    register: pd.DataFrame,
    *,
    timeout_s: float = TIMEOUT_S,
    municipalities: Sequence[str] = (),
    neighbourhoods: Iterable[Neighbourhood] = (),
) -> Prepared:
    """Ask the sources in turn, within one time for all, and keep the first good file.

    Args:
        sources: asked in this order.
        home: the folder of this instance.
        register: what the sectors are compared with.
        timeout_s: for all sources together, reading included.
        municipalities: REFNIS codes to keep; none keeps all.
        neighbourhoods: those whose losses are told.

    Raises:
        PleinError: why each of them failed; or the outlines could not be written.
    """
    deadline = time.monotonic() + NETWORK_SHARE * timeout_s
    reasons = []
    with tempfile.TemporaryDirectory(prefix="plein-") as folder:
        for number, source in enumerate(sources):
            target = Path(folder) / f"{number}-{Path(source.url.partition('?')[0]).name[:100]}"
            try:
                download(source.url, target, timeout_s=deadline - time.monotonic())
                return prepare(
                    target,
                    home,
                    register,
                    municipalities=municipalities,
                    neighbourhoods=neighbourhoods,
                    source=source,
                )
            except KeepError:
                raise
            except PleinError as error:
                reasons.append(f"{source.name}: {error}")
    raise PleinError(
        N_("No official outlines could be fetched. {reasons}"),
        reasons=" ".join(reasons) or "No source is named in plein.toml.",
    )


def _run_sectors(given: argparse.Namespace) -> int:
    chosen = settings()
    if not given.attempt:
        _say(_prepared(given))
    elif not _is_kept(chosen.home, chosen.municipalities) and not _asked_lately(chosen.home):
        try:
            _say(_prepared(given))
        except PleinError as error:
            _print(f"{error}\nThe map shows schematic outlines until make data succeeds.")
            _note_asking(chosen.home)
    return 0


def _asked_lately(home: Path) -> bool:
    try:
        return time.time() - (home / "sectors" / _ASKED).stat().st_mtime < ASK_AGAIN_S
    except OSError:
        return False


def _note_asking(home: Path) -> None:
    with suppress(OSError):
        (home / "sectors").mkdir(parents=True, exist_ok=True)
        (home / "sectors" / _ASKED).touch()


def _is_kept(home: Path, municipalities: Sequence[str]) -> bool:
    try:
        kept = open_kept(home)
    except BadInputError:
        return False
    return kept is not None and set(kept[1].municipalities) == set(municipalities)


def _prepared(given: argparse.Namespace) -> Prepared:
    chosen = settings()
    register = read_register(chosen.register)
    neighbourhoods = read_neighbourhoods(chosen.neighbourhoods)
    if given.path is not None:
        return prepare(
            given.path,
            chosen.home,
            register,
            municipalities=chosen.municipalities,
            neighbourhoods=neighbourhoods,
        )
    if chosen.offline:
        raise PleinError(
            N_("PLEIN_OFFLINE is set: nobody was asked. Give a file: make data SECTORS=path.")
        )
    return fetch(
        chosen.sector_sources,
        chosen.home,
        register,
        timeout_s=given.timeout,
        municipalities=chosen.municipalities,
        neighbourhoods=neighbourhoods,
    )


def _say(prepared: Prepared) -> None:
    origin, difference = prepared.origin, prepared.difference
    _print(f"{origin.sectors} official sectors ({origin.source}, {origin.situation}) are kept.")
    for word, codes in (("new", difference.new), ("gone", difference.gone)):
        if codes:
            more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
            _print(f"{len(codes)} {word} against the register: {', '.join(codes[:_SHOWN])}{more}")
    for place, codes in prepared.losses.items():
        _print(f"Neighbourhood {place} loses {', '.join(codes)}.")


def _run_schematic(given: argparse.Namespace) -> int:
    chosen = settings()
    register = read_register(chosen.register)
    if given.path is not None:
        kept = normalise(read_sectors(given.path).frame, municipalities=chosen.municipalities)
    else:
        opened = open_kept(chosen.home)
        if opened is None:
            raise BadInputError(
                N_("There are no official outlines to measure against. Run make data first.")
            )
        kept = opened[0]
    started = time.perf_counter()
    outlines = schematic_outlines(register)
    seconds = time.perf_counter() - started
    measured = agreement(outlines, kept.geometry)
    _print(f"{len(outlines)} schematic outlines in {seconds:.1f} s")
    _print(f"official land in the right sector {measured.right_percent:5.1f} % (at least 86)")
    _print(f"drawn beyond the official land    {measured.beyond_percent:5.1f} % (at most 5)")
    _print(f"official land not drawn           {measured.missing_percent:5.1f} %")
    return 0


def _print(line: str) -> None:
    print(line)  # noqa: T201 - a command


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `sectors` and `schematic`."""
    sectors = commands.add_parser("sectors", help="fetch or read the official outlines")
    sectors.add_argument("path", nargs="?", type=Path, help="a file you have; else fetched")
    sectors.add_argument("--timeout", type=float, default=TIMEOUT_S, metavar="SECONDS")
    sectors.add_argument(
        "--attempt",
        action="store_true",
        help="do nothing where outlines are kept or asking failed today; failing is no error",
    )
    sectors.set_defaults(run=_run_sectors)
    schematic = commands.add_parser("schematic", help="measure the schematic outlines")
    schematic.add_argument("path", nargs="?", type=Path, help="official file; else the one kept")
    schematic.set_defaults(run=_run_schematic)
