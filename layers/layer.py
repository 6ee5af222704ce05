"""What a map layer is: its features, how they are drawn, and its line in the legend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from directory.atlas import Atlas
from layers.palette import Palette

Features = dict[str, Any]
"""A GeoJSON FeatureCollection, EPSG:4326."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything a layer may draw from, for one reader at one moment.

    `translate` turns an English message into the reader's language; `basemap` is the
    address of the basemap file and `tile_server` an administrator's, empty where there is none;
    `details` puts in the features what a card on the map itself shows.
    """

    atlas: Atlas
    language: str
    translate: Callable[[str], str]
    at: datetime
    palette: Palette
    basemap: str = ""
    tile_server: str = ""
    tile_attribution: str = ""
    details: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One line of the legend: a symbol in words of the palette, and what it means."""

    symbol: Literal["sign", "area", "line", "ring", "faded"]
    label: str
    color: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer of the map.

    `features` gives its GeoJSON, or None where the browser reads the `file` named in its stead;
    `version` names the state the features depend on, so that an address can be kept for ever.
    """

    name: str
    kind: Literal["areas", "signs", "basemap", "raster"]
    title: str
    version: Callable[[Scene], str]
    features: Callable[[Scene], Features | None]
    style: Callable[[Scene], Mapping[str, Any]]
    legend: Callable[[Scene], list[LegendEntry]] = field(default=lambda _: [])
    credits: Callable[[Scene], list[Mapping[str, str]]] = field(default=lambda _: [])
    file: Callable[[Scene], Mapping[str, str]] = field(default=lambda _: {})
    present: Callable[[Scene], bool] = field(default=lambda _: True)
    visible: bool = True

    def address(self, scene: Scene) -> str:
        """Where the browser finds the features: relative to the page, different if they are."""
        return f"layers/{self.name}/{scene.language}/{self.version(scene)}.json"


def feature(
    lon: float, lat: float, properties: Mapping[str, Any], *, decimals: int = 5
) -> dict[str, Any]:
    """Make one GeoJSON point; five decimals are about a metre.

    >>> feature(4.351234, 50.841234, {"id": "a"})["geometry"]["coordinates"]
    [4.35123, 50.84123]
    """
    return {
        "type": "Feature",
        "properties": dict(properties),
        "geometry": {
            "type": "Point",
            "coordinates": [round(lon, decimals), round(lat, decimals)],
        },
    }


def collection(features: list[dict[str, Any]]) -> Features:
    """Wrap features as a FeatureCollection."""
    return {"type": "FeatureCollection", "features": features}
