"""The gazetteer on disk: built from registers of addresses and streets, opened lazily."""

import argparse
import csv
import io
import sys
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

import numpy as np

from exchange.arrays_kept import DAMAGE, save_arrays, version
from geo.errors import N_, BadInputError
from geo.geocoding import Gazetteer, StreetRow
from geo.geocoding.names import canonical

FILE: Final = "addresses.npz"
FOLDER: Final = "gazetteer"
LARGEST_CSV: Final = 2_000_000_000
"""Bytes a register may unfold to: four times that of the whole of Belgium's Brussels file."""
STEP_M: Final = 25.0
"""Metres between the points kept along a street."""
NEIGHBOUR_M: Final = 600.0
"""Metres to another street of its postcode: one that stands farther apart is none of it (ours)."""
BELGIUM: Final = (2.3, 49.4, 6.5, 51.6)
BEST_COLUMNS: Final = ("house_number", "postcode", "streetname_fr", "streetname_nl")
POSITION_COLUMNS: Final = ("EPSG:4326_lon", "EPSG:4326_lat")
STREET_COLUMNS: Final = ("postal_id", "street_fr", "street_nl")

Say = Callable[[str, float], None]
"""Hears what is being done and how far it is, from 0 to 1."""
_Points = list[tuple[float, float]]
_Houses = dict[tuple[str, str, int, str, str], dict[str, tuple[float, float]]]


def gazetteer_path(home: Path) -> Path:
    """Return where the gazetteer of an installation is kept."""
    return home / FOLDER / FILE


def gazetteer_version(home: Path) -> str:
    """Name the gazetteer of an installation without opening it: another name once it is another.

    >>> gazetteer_version(Path("/nowhere"))
    ''
    """
    return version(gazetteer_path(home))


def open_gazetteer(home: Path) -> Gazetteer | None:
    """Open the gazetteer of an installation; None where none was built.

    Raises:
        BadInputError: the file is damaged, or was made by another version.
    """
    path = gazetteer_path(home)
    if not path.exists():
        return None
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as kept:
            return Gazetteer.load({name: kept[name] for name in kept.files})
    except DAMAGE as error:
        if isinstance(error, BadInputError):
            raise
        raise BadInputError(
            N_("The saved gazetteer {path} is damaged. Build it again."), path=path
        ) from error


def save_gazetteer(gazetteer: Gazetteer, home: Path) -> Path:
    """Write the gazetteer of an installation; the old one stays until the new one is whole."""
    arrays: dict[str, Any] = dict(gazetteer.dump())
    return save_arrays(gazetteer_path(home), arrays)


def build_gazetteer(
    home: Path,
    *,
    best: Path | None = None,
    streets: Path | None = None,
    graph: Path | None = None,
    say: Say | None = None,
) -> Gazetteer:
    """Build the gazetteer from any of a BeSt file, a street list and a street graph; save it.

    Raises:
        BadInputError: a file is not what it should be, or none was given.
    """
    tell = say or (lambda what, share: None)  # noqa: ARG005
    rows: list[StreetRow] = []
    if best:
        rows += read_best(best, say=lambda share: tell(N_("Addresses"), share))
    if streets:
        rows += read_list(streets)
    if graph:
        rows = _with_graph(rows, graph)
    if not rows:
        raise BadInputError(
            N_("Expected addresses, a list of streets or a street graph; found no street in them.")
        )
    source = ", ".join(path.name for path in (best, streets, graph) if path)
    tell(N_("Index"), 0.0)
    made = Gazetteer.of(rows, source=source)
    save_gazetteer(made, home)
    tell(N_("Index"), 1.0)
    return made


def read_best(path: Path, *, say: Callable[[float], None] | None = None) -> list[StreetRow]:
    """Read BeSt addresses (CSV, or a zip that holds it); boxes of one number are one address.

    Raises:
        BadInputError: no such file or columns, not UTF-8, or no current address in it.
    """
    kept: _Houses = defaultdict(dict)
    with _opened(path, say) as lines:
        reader = csv.reader(lines)
        try:
            header = next(reader, [])
            at = _columns(path, header, (*BEST_COLUMNS, *POSITION_COLUMNS))
            for row in reader:
                _keep_address(kept, row, at)
        except (csv.Error, UnicodeDecodeError) as error:
            raise _refused(path, str(error)) from error
    if not kept:
        raise _refused(path, N_("no current address in Belgium"))
    return [
        StreetRow(fr, nl, code, town_fr, town_nl, [(n, *spot) for n, spot in houses.items()])
        for (fr, nl, code, town_fr, town_nl), houses in kept.items()
    ]


def read_list(path: Path) -> list[StreetRow]:
    """Read a list of street names by postcode (columns postal_id, street_fr, street_nl, city_…).

    Raises:
        BadInputError: no such columns, not UTF-8, or no street in it.
    """
    rows = []
    with _opened(path, None) as lines:
        reader = csv.reader(lines)
        try:
            header = next(reader, [])
            at = _columns(path, header, STREET_COLUMNS)
            for row in reader:
                cell = _cells(row, at)
                code = cell("postal_id")
                if code.isdecimal() and len(code) == 4 and (cell("street_fr") or cell("street_nl")):  # noqa: PLR2004
                    rows.append(
                        StreetRow(
                            cell("street_fr"), cell("street_nl"), int(code),
                            cell("city_fr"), cell("city_nl"),
                        )
                    )  # fmt: skip
        except (csv.Error, UnicodeDecodeError) as error:
            raise _refused(path, str(error)) from error
    if not rows:
        raise _refused(path, N_("no street with a postcode"))
    return rows


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `gazetteer`."""
    parser = commands.add_parser("gazetteer", help="build what addresses are looked up in")
    parser.add_argument("--best", type=Path, help="BeSt addresses, CSV or zip")
    parser.add_argument("--streets", type=Path, help="street names by postcode, CSV")
    parser.add_argument("--graph", type=Path, help="street graph, GraphML of OSMnx")
    parser.set_defaults(run=_run)


def _run(given: argparse.Namespace) -> int:
    from exchange.settings import settings  # noqa: PLC0415 - only the command needs it

    made = build_gazetteer(
        settings().home, best=given.best, streets=given.streets, graph=given.graph, say=_bar
    )
    sys.stderr.write("\n")
    sys.stdout.write(f"Gazetteer: {len(made):,} streets, {made.houses:,} addresses.\n")
    return 0


def _bar(what: str, share: float) -> None:
    done = round(30 * share)
    sys.stderr.write(f"\r{what:<10} [{'#' * done}{'.' * (30 - done)}] {share:4.0%}")
    sys.stderr.flush()


@contextmanager
def _opened(path: Path, say: Callable[[float], None] | None) -> Iterator[Iterable[str]]:
    """Open a CSV, or the only one in a zip, as lines of text; says how far the reading is."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                inside = [one for one in packed.infolist() if one.filename.endswith(".csv")]
                if len(inside) != 1 or inside[0].file_size > LARGEST_CSV:
                    raise _refused(path, N_("a zip with other than one CSV of up to 2 GB"))
                with packed.open(inside[0]) as file:
                    yield _lines(file, inside[0].file_size, say)
        else:
            with path.open("rb") as plain:
                yield _lines(plain, path.stat().st_size, say)
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise _refused(path, str(error)) from error


def _lines(file: IO[bytes], size: int, say: Callable[[float], None] | None) -> Iterator[str]:
    done = 0
    with io.TextIOWrapper(file, encoding="utf-8-sig", newline="") as text:
        for count, line in enumerate(text):
            done += len(line)
            if done > LARGEST_CSV or "\0" in line:
                raise csv.Error(N_("it is not a text file"))
            if say and count % 5_000 == 0:
                say(min(done / max(size, 1), 1.0))
            yield line
    if say:
        say(1.0)


def _columns(path: Path, header: list[str], wanted: tuple[str, ...]) -> dict[str, int]:
    at = {name.strip(): place for place, name in enumerate(header)}
    missing = [name for name in wanted if name not in at]
    if missing:
        raise BadInputError(
            N_("Expected the columns {expected} in {file}; {missing} is missing."),
            expected=", ".join(wanted),
            file=path.name,
            missing=missing[0],
        )
    return at


def _cells(row: list[str], at: dict[str, int]) -> Callable[[str], str]:
    def cell(name: str) -> str:
        place = at.get(name, -1)
        return row[place].strip() if 0 <= place < len(row) else ""

    return cell


def _keep_address(kept: _Houses, row: list[str], at: dict[str, int]) -> None:
    """Keep a current address with a position; a second box of the same number adds nothing."""
    cell = _cells(row, at)
    code = cell("postcode")
    if cell("status") not in ("", "current") or not code.isdecimal() or len(code) != 4:  # noqa: PLR2004
        return
    try:
        lon, lat = float(cell("EPSG:4326_lon")), float(cell("EPSG:4326_lat"))
    except ValueError:
        return
    if not (BELGIUM[0] <= lon <= BELGIUM[2] and BELGIUM[1] <= lat <= BELGIUM[3]):
        return
    french, dutch = cell("streetname_fr"), cell("streetname_nl")
    if french or dutch:
        town = cell("municipality_name_fr"), cell("municipality_name_nl")
        street = kept[french, dutch, int(code), *town]
        street.setdefault(cell("house_number"), (lon, lat))


def _with_graph(rows: list[StreetRow], path: Path) -> list[StreetRow]:
    """Give streets their geometry from a graph, by name.

    Streets of the graph that no row names come without a postcode; a name in several postcodes is
    shared out among them, see `_share`.
    """
    by_name: dict[str, list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        by_name[canonical(row.name_fr, "fr")].append(place)
    out = list(rows)
    shared: list[tuple[list[int], _Points]] = []
    for (french, dutch), points in _graph_points(path).items():
        places = by_name.get(canonical(french, "fr"), [])
        if len({rows[place].postcode for place in places}) == 1:
            out[places[0]] = out[places[0]]._replace(points=points)
        elif places:
            shared.append((places, points))
        else:
            out.append(StreetRow(french, dutch, 0, points=points))
    _share(out, shared)
    return out


def _share(out: list[StreetRow], shared: list[tuple[list[int], "_Points"]]) -> None:
    """Share the points of a name out among its postcodes: to the one whose streets are nearest.

    Where a postcode lies is learnt from the streets whose name is in no other.
    """
    from scipy.spatial import KDTree  # noqa: PLC0415 - opening a gazetteer needs none of this

    from geo.crs import LAMBERT_72, WGS_84, project  # noqa: PLC0415

    known: dict[int, _Points] = defaultdict(list)
    for row in out:
        known[row.postcode] += row.points
    trees = {
        code: KDTree(project(np.array(points), source=WGS_84, target=LAMBERT_72))
        for code, points in known.items()
        if code and points
    }
    for places, points in shared:
        of_code = {out[place].postcode: place for place in reversed(places)}
        codes = [code for code in of_code if code in trees]
        if not codes:
            continue
        metres = project(np.array(points), source=WGS_84, target=LAMBERT_72)
        away = np.array([trees[code].query(metres)[0] for code in codes])
        for number, code in enumerate(codes):
            mine = (away.argmin(axis=0) == number) & (away[number] <= NEIGHBOUR_M)
            if mine.any():
                taken = [points[at] for at in np.flatnonzero(mine)]
                out[of_code[code]] = out[of_code[code]]._replace(points=taken)


def _graph_points(path: Path) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Read points every 25 m along each named street (EPSG:4326)."""
    import shapely  # noqa: PLC0415 - opening a gazetteer needs none of this

    from exchange.streets import read_streets  # noqa: PLC0415
    from geo.crs import LAMBERT_72, WGS_84, project  # noqa: PLC0415

    frame: Any = read_streets(path)
    frame = frame[frame["name_fr"] != ""].to_crs(LAMBERT_72)
    pieces = shapely.segmentize(frame.geometry.values, STEP_M)
    found: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for french, dutch, piece in zip(frame["name_fr"], frame["name_nl"], pieces, strict=True):
        degrees = project(shapely.get_coordinates(piece), source=LAMBERT_72, target=WGS_84)
        found[french, dutch] += [(float(lon), float(lat)) for lon, lat in degrees]
    return dict(found)


def _refused(path: Path, reason: str) -> BadInputError:
    return BadInputError(
        N_("{file} could not be read as a register of addresses: {reason}."),
        file=path.name,
        reason=reason,
    )
