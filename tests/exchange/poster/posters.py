"""Posters of a small drawn quarter: three streets, a park, numbers where one asks."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

import geopandas as gpd
import shapely
from pypdf import PdfReader

from exchange.poster.sheet import Entry, Ground, Heading, Poster, Relay

WEST, SOUTH = 4.34, 50.83
STEP = 0.0001  # degrees: 7 m to the east, 11 m to the north
HEADINGS = (
    Heading(key="care", names=("Santé", "Gezondheid"), colour="#c1224f", shape="circle"),
    Heading(key="school", names=("Écoles", "Scholen"), colour="#956d00", shape="house"),
)


def at(east: float, north: float) -> tuple[float, float]:
    return WEST + east * STEP, SOUTH + north * STEP


AREA = shapely.Polygon([at(0, 0), at(70, 0), at(70, 50), at(0, 50)])


def ground() -> Ground:
    lines = [
        shapely.LineString([at(-20, 25), at(100, 25)]),
        shapely.LineString([at(35, -20), at(35, 90)]),
        shapely.LineString([at(5, 5), at(60, 45)]),
    ]
    streets = gpd.GeoDataFrame(
        {
            "kind": ["main", "medium", "minor"],
            "name_fr": ["Rue Haute", "Rue Blaes", "Rue du Miroir"],
            "name_nl": ["Hoogstraat", "Blaesstraat", "Spiegelstraat"],
        },
        geometry=lines,
        crs=4326,
    )
    park = gpd.GeoDataFrame(geometry=[shapely.box(*at(5, 30), *at(15, 40))], crs=4326)
    return Ground(streets=streets, shapes={"park": park})


def entry(number: int, east: float | None = None, north: float = 0.0, **told: Any) -> Entry:
    lon, lat = (None, None) if east is None else at(east, north)
    known: dict[str, Any] = {
        "names": (f"Lieu {number}", f"Plek {number}"),
        "heading": HEADINGS[number % 2 == 0].key,
        "address": (f"Rue Haute {number}", f"Hoogstraat {number}"),
        "phones": ("02 512 34 56",),
        "hours": (("lu-ve 9-17 h",), ("ma-vr 9-17 u",)),
        "line": ("Accueil", "Onthaal"),
    }
    return Entry(number=number, lon=lon, lat=lat, **known | told)


def spread(count: int) -> tuple[Entry, ...]:
    """Lay numbers out over the area, without two at one place; ordered as the legend is."""
    return tuple(
        entry(n, 3 + (n * 29) % 64 + n / 400, 3 + (n * 17) % 44 + n / 700)
        for n in range(1, count + 1)
    )


def poster(entries: Sequence[Entry] | None = None, **told: Any) -> Poster:
    known: dict[str, Any] = {
        "titles": ("Le plan du quartier", "De kaart van de wijk"),
        "languages": ("fr", "nl"),
        "area": AREA,
        "entries": tuple(entries if entries is not None else spread(6)),
        "headings": HEADINGS,
        "ground": ground(),
        "relay": Relay(names=("Relais", "Relais"), lines=(("Rue Haute 1",),), phones=("0490 1",)),
        "makers": "Les voisins",
        "qr": "https://plein.example/plan/1",
        "edition": ("27 novembre 2026", "27 november 2026"),
        "sources": "© OpenStreetMap",
    }
    return Poster(**known | told)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def without(made: Poster, *details: str) -> Poster:
    return replace(made, details=made.details - set(details))
