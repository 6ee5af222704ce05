"""Networks to walk in from files people have: GraphML of OSMnx, OpenStreetMap, GeoPackage."""

import importlib
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from exchange.graphml import Crs, Node, broken, read_graph, refuse_document_type
from exchange.graphml import refused as not_a_graph
from exchange.walkable import USED, incline_percent, is_stairs, names, unpack, walkable
from geo.crs import LAMBERT_72, WGS_84, epsg_of, project
from geo.errors import N_, BadInputError
from geo.walking import Network

Box = tuple[float, float, float, float]
BELGIUM: Final[Box] = (2.3, 49.4, 6.5, 51.6)
"""Degrees, west south east north, rounded outwards."""
SAME_DEGREES: Final = 1e-7
"""Vertices are one where OpenStreetMap's own precision, a centimetre, says so."""
_SNIFFED: Final = 4096


class Street(NamedTuple):
    """A line in degrees (EPSG:4326), and its tags; crossings by name where the file has them."""

    line: NDArray[np.float64]
    tags: Mapping[str, str]


def read_network(path: Path, box: Box = BELGIUM) -> Network:
    """Read a network, without the ground its areas are drawn on; the content tells the kind.

    Only streets that come into `box` (degrees) are kept: a file of the whole country is cut down
    to the territory. A GraphML graph keeps its own crossings. Lines of OpenStreetMap (PBF or XML)
    and of a GeoPackage meet where they share a vertex: a bridge drawn across a street without one
    does not.

    Raises:
        BadInputError: another kind of file, damaged, or without a street to walk in Belgium.
    """
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
    except OSError as error:
        raise BadInputError(
            N_("{path} could not be read: {reason}."), path=path, reason=error.strerror or error
        ) from error
    if start.startswith(b"SQLite format 3\0"):
        return noded(path, _geopackage(path), box)
    if b"OSMHeader" in start[:32] or b"<osm" in start:
        return noded(path, _openstreetmap(path, box, xml=b"<osm" in start), box)
    if b"graphml" in start:
        return _graph(path, box)
    raise _refused(path, N_("it is none of these, or it is empty"))


def noded(path: Path, streets: Iterable[Street], box: Box = BELGIUM) -> Network:
    """Join lines where they share a vertex, cut them there, and keep each piece once."""
    kept = [street for street in streets if walkable(street.tags) and len(street.line) > 1]
    kept = [street for street in kept if _within(street.line, box)]
    if not kept:
        raise _refused(path, N_("it holds no street of this territory that one may walk in"))
    flat = np.concatenate([street.line for street in kept])
    sizes = np.array([len(street.line) for street in kept])
    start = np.concatenate([[0], np.cumsum(sizes)])
    cells = np.round(flat / SAME_DEGREES).astype(np.int64)
    _, vertex, uses = np.unique(
        cells[:, 0] * 2**32 + cells[:, 1], return_inverse=True, return_counts=True
    )
    meeting = uses[vertex] > 1
    meeting[start[:-1]] = meeting[start[1:] - 1] = True
    owner = np.repeat(np.arange(len(kept)), sizes)
    stops = np.flatnonzero(meeting)
    follows = owner[stops[1:]] == owner[stops[:-1]]
    begin, end = stops[:-1][follows], stops[1:][follows]
    pieces = [flat[first : last + 1] for first, last in zip(begin, end, strict=True)]
    ends = np.column_stack([vertex[begin], vertex[end]])
    return _network(path, pieces, ends, [kept[row].tags for row in owner[begin]])


def _network(
    path: Path,
    lines: list[NDArray[np.float64]],
    ends: NDArray[np.int64],
    tags: list[Mapping[str, str]],
) -> Network:
    """Build a network of streets in degrees; both directions of one are one."""
    once: dict[bytes, int] = {}
    for row, line in enumerate(lines):
        back = (ends[row][1] < ends[row][0]) or (
            ends[row][0] == ends[row][1] and line[::-1].tobytes() < line.tobytes()
        )
        key = np.round((line[::-1] if back else line) / SAME_DEGREES).astype(np.int64).tobytes()
        moved = ends[row][0] != ends[row][1] or (line != line[0]).any()
        if moved:
            once.setdefault(np.sort(ends[row]).tobytes() + key, row)
    rows = sorted(once.values())
    if not rows:
        raise _refused(path, N_("it holds no street of this territory that one may walk in"))
    used, numbers = np.unique(ends[rows], return_inverse=True)
    pairs = numbers.reshape(-1, 2)
    sizes = [len(lines[row]) for row in rows]
    metres = project(np.concatenate([lines[row] for row in rows]), source=WGS_84, target=LAMBERT_72)
    if not np.isfinite(metres).all():
        raise _refused(path, N_("its coordinates do not fit its coordinate system"))
    drawn = np.split(metres, np.cumsum(sizes)[:-1])
    xy = np.empty((len(used), 2))
    for pair, line in zip(pairs, drawn, strict=True):
        xy[pair] = line[[0, -1]]
    told = [tags[row] for row in rows]
    return Network.of(
        xy,
        pairs.astype(np.int32),
        lines=drawn,
        names=[names(one) for one in told],
        steps=[is_stairs(one) for one in told],
        incline_percent=[incline_percent(one) for one in told],
        crs=LAMBERT_72,
    ).in_order()


def _within(line: NDArray[np.float64], box: Box) -> bool:
    """Whether all of a line lies in Belgium, and some of it in a box."""
    x, y = line.T
    inside = [
        (x >= west) & (y >= south) & (x <= east) & (y <= north)
        for west, south, east, north in (BELGIUM, box)
    ]
    return bool(inside[0].all() and inside[1].any())


def _graph(path: Path, box: Box) -> Network:
    """Read a graph that OSMnx wrote: its crossings are its own, shared vertices or not."""
    crs, nodes = "", dict[str, tuple[int, float, float]]()
    lines, ends, tags = [], [], []
    try:
        for part in read_graph(path):
            if isinstance(part, Crs):
                crs = part.name
            elif isinstance(part, Node):
                nodes[part.key] = (len(nodes), part.x, part.y)
            elif walkable({"highway": "road"} | part.told):
                one, other = nodes[part.source], nodes[part.target]
                drawn = part.told.get("geometry")
                straight = np.array([one[1:], other[1:]])
                line = shapely.get_coordinates(shapely.from_wkt(drawn)) if drawn else straight
                lines.append(line if _starts(line, straight) else line[::-1])
                ends.append((one[0], other[0]))
                tags.append({key: part.told[key] for key in USED if key in part.told})
    except (KeyError, shapely.errors.ShapelyError) as error:
        raise broken(path, error) from error
    epsg = epsg_of(crs) if crs else None
    if epsg is None:
        raise not_a_graph(path, N_("it does not say its coordinate system (graph attribute “crs”)"))
    if not lines or min(len(line) for line in lines) < 2:  # noqa: PLR2004 - two ends
        raise not_a_graph(path, N_("it holds no street"))
    sizes = [len(line) for line in lines]
    degrees = project(np.concatenate(lines), source=epsg, target=WGS_84)
    lines = np.split(degrees, np.cumsum(sizes)[:-1])
    here = [row for row, line in enumerate(lines) if _within(line, box)]
    return _network(
        path,
        [lines[row] for row in here],
        np.array(ends, dtype=np.int64)[here],
        [tags[row] for row in here],
    )


def _starts(line: NDArray[np.float64], straight: NDArray[np.float64]) -> bool:
    """Whether a line begins at the first of two crossings rather than at the other."""
    first, last = (np.abs(line[:1] - end).sum() for end in straight)
    return bool(first <= last)


def _openstreetmap(path: Path, box: Box, *, xml: bool) -> list[Street]:
    if xml:
        refuse_document_type(path)
    frame = _read(path, layer="lines", where="highway IS NOT NULL", bbox=box)
    return streets_of(frame, path)


def _geopackage(path: Path) -> list[Street]:
    pyogrio: Any = importlib.import_module("pyogrio")
    try:
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if "Line" in str(kind)]
        fits = [
            name for name in layers if "highway" in pyogrio.read_info(path, layer=name)["fields"]
        ]
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise _refused(path, str(error)[:200]) from error
    if not fits:
        raise _refused(path, N_("no layer of lines has a column “highway”"))
    return streets_of(_read(path, layer="edges" if "edges" in fits else fits[0]), path)


def _read(path: Path, *, layer: str, where: str | None = None, bbox: Box | None = None) -> Any:
    pyogrio: Any = importlib.import_module("pyogrio")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)  # GDAL warns where a file is cut off
            return pyogrio.read_dataframe(path, layer=layer, where=where, bbox=bbox)
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        pyogrio.errors.FeatureError,
        pyogrio.errors.GeometryError,
        RuntimeWarning,
        RuntimeError,
        ValueError,
    ) as error:
        raise _refused(path, str(error)[:200]) from error


def streets_of(frame: Any, path: Path = Path("OpenStreetMap")) -> list[Street]:
    """Take the lines of a frame, whatever its system, and the tags that matter to walkers."""
    if frame.crs is None:
        raise _refused(path, N_("its lines have no coordinate system"))
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty].to_crs(WGS_84)
    columns = [name for name in USED if name in frame.columns]
    cells = [frame[name].tolist() for name in columns]
    streets = []
    for line, *row in zip(frame.geometry, *cells, strict=True):
        tags = {
            name: cell
            for name, cell in zip(columns, row, strict=True)
            if isinstance(cell, str) and cell
        }
        tags = unpack(tags.pop("other_tags", "")) | tags
        streets += [Street(shapely.get_coordinates(part), tags) for part in shapely.get_parts(line)]
    return streets


def _refused(path: Path, reason: str) -> BadInputError:
    return BadInputError(
        N_(
            "Expected streets: a GraphML of OSMnx, OpenStreetMap (PBF, XML) or a GeoPackage with "
            "a column “highway”; {file}: {reason}. Nothing was changed."
        ),
        file=path.name,
        reason=reason,
    )
