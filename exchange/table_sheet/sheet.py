"""What the sheets of a workshop hold: the ground, what is there already, how to send it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import geopandas as gpd

from geo.errors import N_

LINES: Final = 12
"""Empty lines a sheet has: what a table of six says in an hour, in letters of 5 mm (ours)."""
MOST_PLACES: Final = 240
"""Places listed on the back (ours: four columns of sixty)."""
LABELS: Final = {
    "table": N_("Table {name}"),
    "name": N_("What it is called"),
    "category": N_("What it is"),
    "where": N_("Where it is (write its letter on the map too)"),
    "phone": N_("Phone"),
    "there": N_("On the map already"),
    "more": N_("… and {n} more"),
    "scan": N_("By phone: scan, or type the address"),
    "map": N_("Map of {title}, {count} numbered places"),
}
"""The fixed words by their key; `ui` says each in the language of the sheet."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """A place that is there already: its number, name and point (EPSG:4326)."""

    number: int
    name: str
    lon: float
    lat: float


@dataclass(frozen=True, kw_only=True)
class TableSheets:
    """The sheets of all tables. `bounds` is west, south, east and north in EPSG:4326.

    `border` is the outline of the neighbourhood, (lon, lat) corners; `streets` as
    `exchange.handout.ground` gives them. `way_in` is the address the QR code leads to.
    """

    title: str
    day: str
    tables: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    places: tuple[Known, ...] = ()
    border: tuple[tuple[tuple[float, float], ...], ...] = ()
    streets: gpd.GeoDataFrame | None = None
    way_in: str = ""
    sources: str = ""
    language: str = "fr"
    labels: Mapping[str, str] = field(default_factory=lambda: dict(LABELS))
