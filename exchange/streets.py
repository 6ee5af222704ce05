"""Streets from a graph that OSMnx wrote, read without OSMnx; or fetched by it."""

import importlib
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from exchange.graphml import Crs, Edge, Node, broken, listed, read_graph, refused
from geo.errors import N_

BELGIUM: Final = (2.3, 49.4, 6.5, 51.6)  # degrees, west south east north, rounded outwards
KINDS: Final = {
    "main": ("motorway", "trunk", "primary"),
    "medium": ("secondary", "tertiary"),
    "minor": ("residential", "living_street", "unclassified", "pedestrian", "service", "road"),
    "path": ("footway", "path", "cycleway", "steps", "track", "bridleway", "corridor"),
}
RANK: Final = {way: n for n, way in enumerate(way for ways in KINDS.values() for way in ways)}
KIND_OF: Final = {way: kind for kind, ways in KINDS.items() for way in ways}
FETCHED: Final = "|".join(way for kind in ("main", "medium", "minor") for way in KINDS[kind])


def split_name(name: str) -> tuple[str, str]:
    """Split a bilingual name in its French and its Dutch half.

    >>> split_name("Rue Haute - Hoogstraat")
    ('Rue Haute', 'Hoogstraat')
    >>> split_name("Carrefour")
    ('Carrefour', 'Carrefour')
    """
    name = name.partition(" / ")[0]  # a border street carries the names of both its sides
    parts = [part.strip() for part in name.split(" - ")]
    if len(parts) % 2:
        return name.strip(), name.strip()
    half = len(parts) // 2
    return " - ".join(parts[:half]), " - ".join(parts[half:])


def read_streets(path: Path) -> gpd.GeoDataFrame:
    """Read the streets of a GraphML file written by OSMnx.

    Returns lines in EPSG:4326 with `kind` (main, medium, minor, path), `name_fr` and `name_nl`
    ("" where there is none); the two directions of a street are one line, and the pieces of one
    name and kind are joined where they meet.

    Raises:
        BadInputError: not XML, not such a graph, cut off, no CRS, or nothing of it in Belgium.
    """
    crs, rows = _parse(path)
    if not rows:
        raise refused(path, N_("it holds no street"))
    if not crs:
        raise refused(path, N_("it does not say its coordinate system (graph attribute “crs”)"))
    return _frame(path, crs, rows)


def fetch_streets(area: shapely.Geometry) -> gpd.GeoDataFrame:  # pragma: no cover - network
    """Fetch the streets of an area (EPSG:4326) from OpenStreetMap through OSMnx."""
    osmnx: Any = importlib.import_module("osmnx")
    graph = osmnx.graph_from_polygon(
        area, custom_filter=f'["highway"~"^({FETCHED})(_link)?$"]', retain_all=True
    )
    edges = osmnx.graph_to_gdfs(graph, nodes=False)
    names = edges["name"] if "name" in edges else [None] * len(edges)
    rows = [
        (geometry, _first_kind(highway), _first(name))
        for geometry, highway, name in zip(edges.geometry, edges["highway"], names, strict=True)
    ]
    return _frame(Path("OpenStreetMap"), edges.crs, rows)


def _parse(path: Path) -> tuple[str, list[tuple[Any, str, str]]]:
    crs = ""
    nodes: dict[str, tuple[float, float]] = {}
    rows = []
    try:
        for part in read_graph(path):
            if isinstance(part, Crs):
                crs = part.name
            elif isinstance(part, Node):
                nodes[part.key] = (part.x, part.y)
            else:
                rows.append(
                    (
                        _line(part, nodes),
                        _first_kind(part.told.get("highway")),
                        _first(part.told.get("name")),
                    )
                )
    except (KeyError, shapely.errors.ShapelyError) as error:
        raise broken(path, error) from error
    return crs, rows


def _line(edge: Edge, nodes: dict[str, tuple[float, float]]) -> Any:
    if edge.told.get("geometry"):
        return shapely.from_wkt(edge.told["geometry"])
    return shapely.LineString([nodes[edge.source], nodes[edge.target]])


def _first(value: object) -> str:
    """Take the first of what OSMnx joined: "['a', 'b']" in a file, a list in a frame."""
    values = _values(value)
    return values[0] if values else ""


def _first_kind(value: object) -> str:
    """Take the kind of the most important of the highway values of a street."""
    ways = (way.removesuffix("_link") for way in _values(value))
    known = [way for way in ways if way in RANK]
    return KIND_OF[min(known, key=RANK.__getitem__)] if known else "minor"


def _values(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(part) for part in value]
    return listed(value) if isinstance(value, str) else []


def _frame(path: Path, crs: str, rows: list[tuple[Any, str, str]]) -> gpd.GeoDataFrame:
    names = [split_name(name) for _, _, name in rows]
    frame = gpd.GeoDataFrame(
        {
            "kind": [kind for _, kind, _ in rows],
            "name_fr": [fr for fr, _ in names],
            "name_nl": [nl for _, nl in names],
        },
        geometry=[line for line, _, _ in rows],
        crs=crs,
    ).to_crs(4326)
    if not np.isfinite(frame.total_bounds).all():
        raise refused(path, N_("its coordinates do not fit its coordinate system"))
    frame = frame[frame.intersects(shapely.box(*BELGIUM))]
    if frame.empty:
        raise refused(path, N_("none of its streets lies in Belgium"))
    frame.geometry = shapely.normalize(frame.geometry.values)
    frame = frame[~frame.geometry.to_wkb().duplicated()]
    joined = frame.dissolve(["kind", "name_fr", "name_nl"], as_index=False, sort=True)
    joined.geometry = shapely.line_merge(joined.geometry.values)
    return joined.explode(ignore_index=True)
