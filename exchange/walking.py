"""The network people walk in, on disk: built from a file or OpenStreetMap, opened in a moment."""

import argparse
import hashlib
import importlib
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from exchange.arrays_kept import DAMAGE, save_arrays, version
from geo.errors import N_, BadInputError
from geo.walking import Network

if TYPE_CHECKING:
    import shapely

    from exchange.settings import Settings

FOLDER: Final = "walking"
FILE: Final = "network.npz"
SOURCE: Final = "© OpenStreetMap"
LICENCE: Final = "ODbL 1.0"
MARGIN_M: Final = 1_500.0
"""Streets are fetched so far around the territory: somebody at its edge walks 15 minutes (1,200 m)
either way, and some more to get around what is in the way (our choice)."""
_FACTS: Final = "facts"
Say = Callable[[str, float], None]
"""Hears what is being done and how far it is, from 0 to 1."""


def network_path(home: Path) -> Path:
    """Return where the network of an installation is kept."""
    return home / FOLDER / FILE


def network_version(home: Path) -> str:
    """Return a text that changes with the network kept, "" where there is none; reads nothing."""
    return version(network_path(home))


def open_network(home: Path) -> Network | None:
    """Open the network of an installation; None where none was built.

    Raises:
        BadInputError: the file is damaged, or was made by another version.
    """
    kept = _kept(home, lambda name: name != _FACTS)
    return None if kept is None else Network.load(kept)


def network_facts(home: Path) -> dict[str, Any] | None:
    """Tell what the network was made of: source, licence, file, sha256, made; None without one.

    Raises:
        BadInputError: the file is damaged.
    """
    kept = _kept(home, lambda name: name == _FACTS)
    if kept is None:
        return None
    try:
        return dict(json.loads(kept[_FACTS].astype(np.uint8).tobytes()))
    except DAMAGE as error:
        raise _damaged(home) from error


def _kept(home: Path, wanted: Callable[[str], bool]) -> dict[str, Any] | None:
    path = network_path(home)
    if not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files if wanted(name)}
    except DAMAGE as error:
        raise _damaged(home) from error


def save_network(network: Network, home: Path, facts: dict[str, Any]) -> Path:
    """Write the network of an installation; the old one stays until the new one is whole."""
    arrays: dict[str, Any] = dict(network.dump())
    arrays[_FACTS] = np.frombuffer(json.dumps(facts).encode("utf-8"), dtype=np.uint8)
    return save_arrays(network_path(home), arrays)


def build_network(
    home: Path,
    *,
    path: Path | None = None,
    area: "shapely.Geometry | None" = None,
    say: Say | None = None,
) -> Network:
    """Build the network from a file, or from OpenStreetMap, within `area` (EPSG:4326); save it.

    A file is cut down to the box around the area, where one is given.

    Raises:
        BadInputError: the file is not what it should be, or neither was given; what was there
            stays.
    """
    tell = say or (lambda what, share: None)  # noqa: ARG005
    facts = {
        "source": SOURCE,
        "licence": LICENCE,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "file": path.name if path else "OpenStreetMap",
    }
    tell(N_("Streets"), 0.0)
    if path is not None:
        from exchange.walking_files import read_network  # noqa: PLC0415 - opening needs none of it

        found = read_network(path, _box(area)) if area is not None else read_network(path)
        facts["sha256"] = _sha256(path)
    elif area is not None:
        found = _fetch(area)  # pragma: no cover - network
    else:
        raise BadInputError(N_("Expected a file of streets, or a territory to fetch them for."))
    tell(N_("Ground"), 0.5)
    made = found.with_mesh()
    save_network(made, home, facts)
    tell(N_("Ground"), 1.0)
    return made


def _box(area: "shapely.Geometry") -> tuple[float, float, float, float]:
    import shapely  # noqa: PLC0415 - beside the reader, which is slow to import

    west, south, east, north = (float(side) for side in shapely.bounds(area))
    return west, south, east, north


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `walking`."""
    parser = commands.add_parser("walking", help="build the network people walk in")
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="FILE",
        help="GraphML of OSMnx, OpenStreetMap PBF or XML, GeoPackage; without it, fetched",
    )  # fmt: skip
    parser.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    from exchange.settings import settings  # noqa: PLC0415 - only the command needs it

    told = settings()
    if given.file is None and told.offline:
        raise BadInputError(N_("Without a network, give the file of streets: walking FILE."))
    made = build_network(told.home, path=given.file, area=_territory_area(told), say=_bar)
    sys.stderr.write("\n")
    steps = int(made.steps.sum())
    sys.stdout.write(
        f"Walking network: {len(made):,} crossings, {len(made.u):,} streets, {steps:,} stairs.\n"
    )
    return 0


def _bar(what: str, share: float) -> None:
    done = round(30 * share)
    sys.stderr.write(f"\r{what:<10} [{'#' * done}{'.' * (30 - done)}] {share:4.0%}")
    sys.stderr.flush()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fetch(area: "shapely.Geometry") -> Network:  # pragma: no cover - network
    """Fetch what one may walk in from OpenStreetMap through OSMnx, names and stairs kept apart."""
    from exchange.walking_files import noded, streets_of  # noqa: PLC0415

    osmnx: Any = importlib.import_module("osmnx")
    wanted = ["name:fr", "name:nl", "incline", "foot", "footway"]
    osmnx.settings.useful_tags_way = [*osmnx.settings.useful_tags_way, *wanted]
    try:
        graph = osmnx.graph_from_polygon(
            area, network_type="walk", simplify=False, retain_all=True, truncate_by_edge=True
        )
    except Exception as error:  # network, Overpass, or nothing there: all one to who asked
        raise BadInputError(
            N_("OpenStreetMap did not give the streets: {reason}. Give a file instead."),
            reason=str(error)[:200],
        ) from error
    graph = osmnx.simplify_graph(graph, edge_attrs_differ=["highway", "name", "incline"])
    return noded(Path("OpenStreetMap"), streets_of(osmnx.graph_to_gdfs(graph, nodes=False)))


def _territory_area(told: "Settings") -> "shapely.Geometry":
    """Return the territory of this installation and 1.5 km around it, degrees (EPSG:4326)."""
    import geopandas as gpd  # noqa: PLC0415

    statbel: Any = importlib.import_module("exchange.statbel")
    territory = statbel.open_territory(told.home, told.register)
    outline = territory.outline(territory.sectors.index).buffer(MARGIN_M)
    degrees: shapely.Geometry = gpd.GeoSeries([outline], crs=territory.sectors.crs).to_crs(4326)[0]
    return degrees


def _damaged(home: Path) -> BadInputError:
    return BadInputError(
        N_("The saved walking network {path} is damaged. Build it again."), path=network_path(home)
    )
