"""The basemap of our own: streets, water, parks and rails as one PMTiles file."""

import argparse
import gzip
import hashlib
import importlib
import json
import os
import sqlite3
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from exchange.settings import Settings, settings
from geo.errors import N_, BadInputError

if TYPE_CHECKING:
    import geopandas as gpd
    import shapely

    from exchange.pmtiles import Tile

FORMAT: Final = 1  # of the layers below; another number makes the file anew
MAX_ZOOM: Final = 15
OSM: Final = {"text": "© OpenStreetMap", "url": "https://www.openstreetmap.org/copyright"}
LICENCE: Final = "ODbL 1.0"
# Layers in the tiles: what kind of shape they hold and the zoom from which they are drawn.
BASE_LAYERS: Final = {
    "park": ("Polygon", 9),
    "water": ("Polygon", 9),
    "rail": ("LineString", 10),
    "tram": ("LineString", 13),
    "subway": ("LineString", 12),
}
STREET_ZOOMS: Final = {"main": 9, "medium": 11, "minor": 13, "path": 14}


def make_basemap(
    home: Path,
    *,
    streets: Path | None = None,
    base: Path | None = None,
    area: "shapely.Geometry | None" = None,
    say: Callable[[str], None] = print,
) -> bool:
    """Write home/web/base.pmtiles and basemap.json beside it; whether anything had to be done.

    `streets` is a GraphML file of OSMnx, `base` a GeoPackage with some of the layers park, water,
    rail, tram, subway; `area` (EPSG:4326) fetches the streets from OpenStreetMap instead.

    Raises:
        BadInputError: a file is not what it should be; the basemap there was stays.
    """
    given = [path for path in (streets, base) if path is not None]
    sources = [_source(path) for path in given]
    told = basemap_facts(home)
    if area is None and told and (told["format"], told["sources"]) == (FORMAT, sources):
        return False
    layers: dict[str, tuple[int, gpd.GeoDataFrame]] = {}
    if base is not None:
        say(f"Reading {base.name} …")
        layers |= _read_base(base)
    layers |= _read_streets(streets, area, say)
    if area is not None:
        sources.append({"name": "OpenStreetMap", "sha256": ""})
    tiles: dict[Tile, bytes] = defaultdict(bytes)
    for name, (min_zoom, frame) in layers.items():
        say(f"Cutting {name} into tiles: {len(frame):,} shapes …")
        for key, content in _cut(name, frame, min_zoom).items():
            tiles[key] += content  # a tile is a list of layers: joined, two tiles are one
    _write(home, tiles, layers, sources)
    return True


def basemap_facts(home: Path) -> dict[str, Any] | None:
    """Read what the basemap was made of; None when there is none or it is not whole."""
    web = home / "web"
    try:
        told = dict(json.loads((web / "basemap.json").read_text(encoding="utf-8")))
        whole = (web / "base.pmtiles").stat().st_size == told["bytes"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return told if whole and told.get("format") == FORMAT else None


def basemap_layers(home: Path, *, prefix: str = "") -> list[dict[str, Any]]:
    """Describe the basemap as layers of the map's spec: none, or one.

    `prefix` is the address of home/web with its closing slash.
    """
    told = basemap_facts(home)
    if told is None:
        return []
    return [
        {
            "id": "basemap",
            "kind": "basemap",
            "address": f"{prefix}base.pmtiles?v={told['sha256'][:12]}",
            "visible": True,
            "attribution": [OSM],
        }
    ]


def _source(path: Path) -> dict[str, str]:
    try:
        return {"name": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
    except OSError as error:
        raise BadInputError(
            N_("{path} could not be read: {reason}."), path=path, reason=error.strerror or error
        ) from error


def _read_streets(
    path: Path | None, area: "shapely.Geometry | None", say: Callable[[str], None]
) -> dict[str, tuple[int, "gpd.GeoDataFrame"]]:
    from exchange.streets import fetch_streets, read_streets  # noqa: PLC0415 - geopandas is slow

    if area is not None:
        say("Fetching streets from OpenStreetMap …")
        found = fetch_streets(area)
    elif path is not None:
        say(f"Reading {path.name} …")
        found = read_streets(path)
    else:
        return {}
    return {
        f"street_{kind}" if kind != "path" else kind: (zoom, found[found["kind"] == kind])
        for kind, zoom in STREET_ZOOMS.items()
        if (found["kind"] == kind).any()
    }


def _read_base(path: Path) -> dict[str, tuple[int, "gpd.GeoDataFrame"]]:
    pyogrio: Any = importlib.import_module("pyogrio")
    refused = N_("Expected a GeoPackage with layers such as {layers}; {file}: {reason}.")
    try:
        named = [str(name) for name in pyogrio.list_layers(path)[:, 0] if name in BASE_LAYERS]
        frames = {name: pyogrio.read_dataframe(path, layer=name, columns=[]) for name in named}
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError) as error:
        raise BadInputError(
            refused, layers=", ".join(BASE_LAYERS), file=path.name, reason=str(error)[:200]
        ) from error
    wrong = "" if frames else "none of them is in it"
    for name, frame in frames.items():
        shapes = set(frame.geom_type.dropna().str.removeprefix("Multi"))
        if frame.crs is None:
            wrong = f"layer {name} has no coordinate system"
        elif not shapes <= {BASE_LAYERS[name][0]}:
            wrong = f"layer {name} holds {', '.join(sorted(shapes))}"
    if wrong:
        raise BadInputError(refused, layers=", ".join(BASE_LAYERS), file=path.name, reason=wrong)
    return {name: (BASE_LAYERS[name][1], frame) for name, frame in frames.items() if len(frame)}


def _cut(name: str, frame: "gpd.GeoDataFrame", min_zoom: int) -> dict["Tile", bytes]:
    """Cut one layer into vector tiles with GDAL; by (zoom, x, y) counted from the north-west."""
    pyogrio: Any = importlib.import_module("pyogrio")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.mbtiles"
        told = frame.drop(columns="kind", errors="ignore").to_crs(3857)
        if len(told.columns) == 1:
            told["id"] = 1  # GDAL drops a layer that has no field at all
        pyogrio.write_dataframe(
            told, path, driver="MBTiles", layer=name, MINZOOM=min_zoom, MAXZOOM=MAX_ZOOM
        )
        with closing(sqlite3.connect(path)) as db:
            rows = db.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
            return {(z, x, (1 << z) - 1 - row): gzip.decompress(data) for z, x, row, data in rows}


def _write(
    home: Path,
    tiles: dict["Tile", bytes],
    layers: dict[str, tuple[int, "gpd.GeoDataFrame"]],
    sources: list[dict[str, str]],
) -> None:
    from exchange.pmtiles import pack  # noqa: PLC0415 - beside the other lazy ones

    boxes = [frame.to_crs(4326).total_bounds for _, frame in layers.values()]
    west, south = (min(box[i] for box in boxes) for i in (0, 1))
    east, north = (max(box[i] for box in boxes) for i in (2, 3))
    described = [
        {
            "id": name,
            "minzoom": zoom,
            "maxzoom": MAX_ZOOM,
            "fields": {field: "String" for field in ("name_fr", "name_nl") if field in frame},
        }
        for name, (zoom, frame) in layers.items()
    ]
    packed = pack(
        tiles,
        (west, south, east, north),
        {"name": "Plein", "attribution": OSM["text"], "vector_layers": described},
    )
    facts = {
        "format": FORMAT,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "licence": LICENCE,
        "attribution": OSM,
        "sources": sources,
        "layers": {name: len(frame) for name, (_, frame) in layers.items()},
        "bytes": len(packed),
        "sha256": hashlib.sha256(packed).hexdigest(),
    }
    web = home / "web"
    web.mkdir(parents=True, exist_ok=True)
    _replace(web / "base.pmtiles", packed)
    _replace(web / "basemap.json", f"{json.dumps(facts, indent=2)}\n".encode())


def _replace(path: Path, content: bytes) -> None:
    """Write beside the file, then put it in its place in one step."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `basemap` to `python -m exchange`."""
    parser = subparsers.add_parser("basemap", help="make the basemap of streets, water and parks")
    parser.add_argument("--streets", type=Path, metavar="GRAPHML", help="street graph by OSMnx")
    parser.add_argument("--base", type=Path, metavar="GPKG", help="water, park, rail, tram, subway")
    parser.set_defaults(run=_command)


def _command(given: argparse.Namespace) -> int:
    told = settings()
    nothing = given.streets is None and given.base is None
    if nothing and told.offline:
        raise BadInputError(
            N_("Without a network, give the files: --streets PATH.graphml, --base PATH.gpkg.")
        )
    area = _territory_area(told) if nothing else None
    done = make_basemap(told.home, streets=given.streets, base=given.base, area=area)
    facts = basemap_facts(told.home) or {}
    state = "made" if done else "up to date"
    sys.stdout.write(f"base.pmtiles {state}: {facts['bytes'] // 1000} kB, {facts['layers']}\n")
    return 0


def _territory_area(told: Settings) -> "shapely.Geometry":  # pragma: no cover - network
    import geopandas as gpd  # noqa: PLC0415

    statbel: Any = importlib.import_module("exchange.statbel")
    territory = statbel.open_territory(told.home, told.register)
    outline = territory.outline(territory.sectors.index)
    degrees: shapely.Geometry = gpd.GeoSeries([outline], crs=territory.sectors.crs).to_crs(4326)[0]
    return degrees
