"""What a poster is drawn on, as set-up keeps it: streets, parks, water and rails around an area."""

import importlib
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from exchange.poster.sheet import Ground

if TYPE_CHECKING:
    import geopandas as gpd

FOLDER: Final = "ground"
STREETS: Final = "street_"
SHAPES: Final = ("park", "water", "rail", "tram", "subway")
STOPS: Final = "stop"
AROUND: Final = 1.0
"""A plan shows at most so much again of its area on every side, by the longer of its sides."""
NAMED: Final = ("kind", "name_fr", "name_nl")


def keep_ground(home: Path, layers: Mapping[str, "gpd.GeoDataFrame"]) -> None:
    """Write each layer of a basemap to home/ground, in EPSG:4326; what was there goes.

    Streets are the layers `path` and `street_…`, with `name_fr` and `name_nl`.
    """
    pyogrio: Any = importlib.import_module("pyogrio")
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in layers.items():
        fresh = folder / f".{name}.{os.getpid()}.fgb"
        told = frame.to_crs(4326)
        if len(told.columns) == 1:
            told["kind"] = name  # the format asks for a field
        try:
            pyogrio.write_dataframe(told, fresh, driver="FlatGeobuf")
            fresh.replace(folder / f"{name}.fgb")
        finally:
            fresh.unlink(missing_ok=True)
    for path in folder.glob("[!.]*.fgb"):
        if path.stem not in layers:
            path.unlink()


def has_ground(home: Path) -> bool:
    """Tell whether an installation has kept what posters are drawn on."""
    return any((home / FOLDER).glob("[!.]*.fgb"))


def ground_version(home: Path) -> str:
    """Return a text that changes with what is kept, "" where nothing is; reads no layer."""
    paths = sorted((home / FOLDER).glob("[!.]*.fgb"))
    return "-".join(f"{path.stem}{path.stat().st_mtime_ns}" for path in paths)


def read_ground(home: Path, area: shapely.Geometry) -> Ground:
    """Read what lies around an area (EPSG:4326): what is not kept is left out.

    Without kept streets, those of the walking network are taken, all of one kind.
    """
    west, south, east, north = area.bounds
    off_x, off_y = AROUND * (east - west), AROUND * (north - south)
    off_x = off_y = max(off_x, off_y)
    box = (west - off_x, south - off_y, east + off_x, north + off_y)
    streets = _streets(home, box)
    if streets is None:
        streets = _walked(home, box)
    shapes = {name: _read(home, name, box) for name in SHAPES}
    return Ground(
        streets=streets,
        shapes={name: frame for name, frame in shapes.items() if frame is not None},
        stops=_read(home, STOPS, box),
    )


def _streets(home: Path, box: tuple[float, float, float, float]) -> "gpd.GeoDataFrame | None":
    import geopandas as gpd  # noqa: PLC0415 - slow to import
    import pandas as pd  # noqa: PLC0415

    frames = []
    for kind in ("main", "medium", "minor", "path"):
        frame = _read(home, kind if kind == "path" else f"{STREETS}{kind}", box)
        if frame is not None:
            frame["kind"] = kind
            frames.append(frame)
    if not frames:
        return None
    joined = pd.concat(frames, ignore_index=True)
    for name in NAMED[1:]:
        joined[name] = joined[name].fillna("") if name in joined else ""
    return gpd.GeoDataFrame(joined[[*NAMED, "geometry"]], geometry="geometry", crs=4326)


def _read(
    home: Path, name: str, box: tuple[float, float, float, float]
) -> "gpd.GeoDataFrame | None":
    pyogrio: Any = importlib.import_module("pyogrio")
    path = home / FOLDER / f"{name}.fgb"
    if not path.is_file():
        return None
    try:
        found: gpd.GeoDataFrame = pyogrio.read_dataframe(path, bbox=box)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError):
        return None
    return found if len(found) else None


def _walked(home: Path, box: tuple[float, float, float, float]) -> "gpd.GeoDataFrame | None":
    """Take the streets of the walking network, which does not tell a boulevard from an alley."""
    from exchange.handout.ground import lines_near  # noqa: PLC0415
    from exchange.walking import open_network  # noqa: PLC0415
    from geo.crs import LAMBERT_2008, WGS_84, project  # noqa: PLC0415

    network = open_network(home)
    if network is None:
        return None
    ends = np.array([(box[0], box[1]), (box[2], box[3])])
    corners = project(ends, source=WGS_84, target=LAMBERT_2008)
    radius_m = float(abs(corners[1] - corners[0]).max()) / 2
    return lines_near(network, corners.mean(axis=0)[None], radius_m)
