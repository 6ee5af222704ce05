"""Files of sectors as people have them: opened by what they are, not by what they are called."""

import re
import sqlite3
import struct
import warnings
import zipfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd
import pyogrio
import pyogrio.errors
import shapely

from geo.crs import METRIC, epsg_of
from geo.errors import N_, BadInputError

UNZIPPED_MAX = 3_000_000_000
"""GeoJSON of all Belgium is about a tenth of this once unzipped."""
MEMBERS_MAX = 500
_RATIO_MAX = 400
"""GeoJSON shrinks some 10 times when zipped; a bomb, thousands of times."""
_CHUNK = 1 << 20
_KINDS = (".gpkg", ".shp", ".geojson", ".json", ".sqlite", ".db", ".sqlite3")
_SHP_PARTS = (".shx", ".dbf")
_SQLITE_HEADER = 100
_SHP_HEADER = 100
_SHP_MAGIC = b"\x00\x00\x27\x0a"
_GDAL_ERRORS = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FieldError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.FeatureError,
    shapely.errors.GEOSException,
)
_YEAR = re.compile(r"(?<![0-9])(20[0-4][0-9])([01][0-9])([0-3][0-9])(?![0-9])")
_SYSTEM = re.compile(r"(?<![0-9])(31370|3812)(?![0-9])")


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What a file holds, as it is published; `situation` is the date in its name or columns."""

    frame: gpd.GeoDataFrame
    name: str
    situation: str


def read_sectors(path: Path) -> Layer:
    """Read GeoPackage, shapefile, GeoJSON or SQLite, plain or zipped.

    Raises:
        BadInputError: what the file is instead, or where it is broken.
    """
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if not head:
        raise BadInputError(N_("{file} is empty."), file=path.name)
    if head.startswith(b"PK"):
        with TemporaryDirectory(prefix="plein-") as folder:
            inner = _unzipped(path, Path(folder))
            return _read(inner, names=f"{path.name} {inner.name}")
    return _read(path, names=path.name)


def _read(path: Path, *, names: str) -> Layer:
    with path.open("rb") as file:
        head = file.read(512)
    if head.startswith(b"SQLite format 3\x00"):
        _check_sqlite(path, head)
    elif head.startswith(_SHP_MAGIC):
        _check_shapefile(path, head)
    elif not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise BadInputError(
            N_(
                "Expected GeoPackage, shapefile, GeoJSON or SQLite; {file} is {kind}. "
                "Download it from Statbel again."
            ),
            file=path.name,
            kind=_kind(head),
        )
    frame, layer = _layer(path)
    return Layer(
        frame=_with_system(frame, f"{names} {layer}"),
        name=layer,
        situation=_situation(frame, f"{names} {layer}"),
    )


def _layer(path: Path) -> tuple[gpd.GeoDataFrame, str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
            chosen = next((name for name in layers if "sect" in name.lower()), None)
            frame = pyogrio.read_dataframe(path, layer=chosen or layers[0]) if layers else None
        except (*_GDAL_ERRORS, ValueError, RuntimeError, OSError, AttributeError) as error:
            raise _unreadable(path, str(error)) from error
    if frame is None:
        raise BadInputError(N_("{file} holds no layer with outlines."), file=path.name)
    return frame, chosen or layers[0]


def _with_system(frame: gpd.GeoDataFrame, names: str) -> gpd.GeoDataFrame:
    """Give a layer that does not say its system (Statbel's SQLite) the one in its name.

    GeoJSON that says nothing is read as degrees; coordinates beyond 360 are none.
    """
    if not isinstance(frame, gpd.GeoDataFrame) or frame.active_geometry_name is None:
        raise BadInputError(N_("Expected outlines of sectors, found a table without geometry."))
    says_nothing = frame.crs is None or (
        epsg_of(frame.crs) not in METRIC
        and frame.crs.is_geographic
        and len(frame) > 0
        and abs(frame.total_bounds).max() > 360  # noqa: PLR2004 - degrees
    )
    if not says_nothing:
        return frame
    named = {int(code) for code in _SYSTEM.findall(names)}
    system = named.pop() if len(named) == 1 else None
    bare = gpd.GeoDataFrame(frame.drop(columns=frame.active_geometry_name))
    return bare.set_geometry(gpd.GeoSeries(frame.geometry.to_numpy(), frame.index, crs=system))


def _situation(frame: gpd.GeoDataFrame, names: str) -> str:
    column = next((c for c in frame.columns if str(c).lower() == "dt_situation"), None)
    if column is not None and frame[column].notna().any():
        told = str(frame[column].dropna().iloc[0])[:10].replace("/", "-")
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", told):
            return told
    if (dated := _YEAR.search(names)) is not None:
        return "-".join(dated.groups())
    years = [
        str(c)[-4:] for c in frame.columns if re.fullmatch(r"(?i)cs(0101)?[0-9]*20[0-4]\d", str(c))
    ]
    return f"{max(years)}-01-01" if years else ""


def _unzipped(path: Path, folder: Path) -> Path:
    """Unpack what may be read, under names of ours, and return the file to open."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _check_members(path, members)
            left = UNZIPPED_MAX
            stems: dict[str, str] = {}
            unpacked: list[Path] = []
            for info in members:
                inside = Path(info.filename.replace("\\", "/"))
                if inside.suffix.lower() not in (*_KINDS, ".shx", ".dbf", ".prj", ".cpg"):
                    continue
                stem = stems.setdefault(str(inside.with_suffix("")), _safe(inside.stem, stems))
                target = folder / f"{stem}{inside.suffix.lower()}"
                left -= _extract(archive, info, target, left)
                unpacked.append(target)
    except BadInputError:
        raise
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as error:
        raise _unreadable(path, str(error)) from error
    except (struct.error, zlib.error, IndexError, ValueError) as error:
        raise _unreadable(path, "broken archive") from error
    except OSError as error:
        raise BadInputError(
            N_("{file} could not be unpacked: {reason}. Make room and try again."),
            file=path.name,
            reason=error.strerror or str(error),
        ) from error
    kinds = {kind: n for n, kind in enumerate(_KINDS)}
    found = sorted(
        (file for file in unpacked if file.suffix in kinds),
        key=lambda file: ("sect" not in file.name.lower(), kinds[file.suffix], file.name),
    )
    if not found:
        raise BadInputError(
            N_("{file} holds no GeoPackage, shapefile, GeoJSON or SQLite."), file=path.name
        )
    return found[0]


def _check_members(path: Path, members: list[zipfile.ZipInfo]) -> None:
    total = sum(info.file_size for info in members)
    packed = sum(info.compress_size for info in members) or 1
    if len(members) > MEMBERS_MAX or total > UNZIPPED_MAX or total / packed > _RATIO_MAX:
        raise BadInputError(
            N_("{file} unpacks to {n} files of {size_mb} MB together, which no release does."),
            file=path.name,
            n=len(members),
            size_mb=total // 1_000_000,
        )


def _extract(archive: zipfile.ZipFile, info: zipfile.ZipInfo, target: Path, left: int) -> int:
    written = 0
    with archive.open(info) as packed, target.open("wb") as file:
        while chunk := packed.read(_CHUNK):
            written += len(chunk)
            if written > min(left, info.file_size):
                raise zipfile.BadZipFile("it unpacks to more than it says")
            file.write(chunk)
    return written


def _safe(stem: str, taken: dict[str, str]) -> str:
    return f"{len(taken)}-{re.sub(r'[^A-Za-z0-9_-]', '_', stem)[:80]}"


def _check_sqlite(path: Path, head: bytes) -> None:
    """A database cut short opens all the same, with rows missing: its header tells its size."""
    if len(head) < _SQLITE_HEADER:
        raise _unreadable(path, "not even its header is whole")
    page, pages = struct.unpack(">H", head[16:18])[0], struct.unpack(">I", head[28:32])[0]
    expected, size = (65_536 if page == 1 else page) * pages, path.stat().st_size
    if pages and size < expected:
        raise BadInputError(
            N_("{file} is cut short: {size} of {expected} bytes."),
            file=path.name,
            size=size,
            expected=expected,
        )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            answer = database.execute("PRAGMA quick_check(1)").fetchone()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise _unreadable(path, str(error)) from error
    if answer is None or answer[0] != "ok":
        raise _unreadable(path, str(answer[0]) if answer else "damaged")


def _check_shapefile(path: Path, head: bytes) -> None:
    siblings = {file.suffix.lower() for file in path.parent.glob(f"{path.stem}.*")}
    missing = [part for part in _SHP_PARTS if part not in siblings]
    if missing:
        raise BadInputError(
            N_("The shapefile {file} lacks its {parts}. Keep its files together, or zipped."),
            file=path.name,
            parts=", ".join(missing),
        )
    if len(head) < _SHP_HEADER:
        raise _unreadable(path, "not even its header is whole")
    expected, size = 2 * struct.unpack(">I", head[24:28])[0], path.stat().st_size
    if size < expected:
        raise BadInputError(
            N_("{file} is cut short: {size} of {expected} bytes."),
            file=path.name,
            size=size,
            expected=expected,
        )


def _kind(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    if start.startswith(b"%pdf"):
        return "a PDF"
    if start.startswith(b"<"):
        return "XML"
    printable = sum(32 <= byte < 127 or byte in b"\t\r\n" for byte in head)  # noqa: PLR2004
    return "text" if printable > 0.95 * len(head) else "something else"


def _unreadable(path: Path, reason: str) -> BadInputError:
    return BadInputError(
        N_("{file} is broken or cut short: {reason}. Download it again."),
        file=path.name,
        reason=" ".join(reason.split())[:300].rstrip("."),
    )
