"""Sheets for the tests: a hand-drawn street cross near the Marolles, and places on it."""

from io import BytesIO
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from pypdf import PdfReader

from exchange.handout.sheet import Entry, Handout, Relay, Words
from geo.crs import LAMBERT_2008, WGS_84, project

CENTRE = (4.3478, 50.8385)
"""Longitude and latitude of the middle of the cross."""
LABELS = {
    "title": ("Mes adresses", "Mijn adressen"),
    "no_hours": ("Heures inconnues", "Uren onbekend"),
    "spoken": ("Langues parlées\u202f: {languages}", "Talen: {languages}"),
    "estimated": ("estimation", "geschat"),
    "relay": ("Votre relais", "Uw relais"),
    "list": ("Cette liste", "Deze lijst"),
    "map": ("Plan", "Kaart"),
    "printed": ("Imprimé le {date}", "Afgedrukt op {date}"),
    "shortened": ("Shortened; everything is in the list", "Ingekort"),
}
QR = "https://plein.example/near?keep=osm-n1,osm-n2"


def at(east_m: float, north_m: float) -> tuple[float, float]:
    """Longitude and latitude so many metres from the middle."""
    middle = project(np.array([CENTRE]), source=WGS_84, target=LAMBERT_2008)
    moved = project(middle + np.array([[east_m, north_m]]), source=LAMBERT_2008, target=WGS_84)
    return float(moved[0, 0]), float(moved[0, 1])


def streets() -> gpd.GeoDataFrame:
    """Two streets of 600 m that cross in the middle."""
    return gpd.GeoDataFrame(
        {
            "kind": ["main", "minor"],
            "name_fr": ["Rue Haute", "Rue des Capucins"],
            "name_nl": ["Hoogstraat", "Kapucijnenstraat"],
        },
        geometry=[
            shapely.LineString([at(-300, 0), at(0, 0), at(300, 0)]),
            shapely.LineString([at(0, -300), at(0, 0), at(0, 300)]),
        ],
        crs=4326,
    )


def entry(number: int = 1, **other: Any) -> Entry:
    """A doctor at the northern end of the cross, reached from the west."""
    lon, lat = at(0, 250)
    told: dict[str, Any] = {
        "name": "Maison médicale",
        "category": "Médecin",
        "address": "Rue Haute 1, 1000 Bruxelles",
        "minutes": "7 minutes à pied",
        "way": ("Rue Haute, 250 m", "Rue des Capucins, 250 m"),
        "hours": ("lundi 9 h à 12 h",),
        "phones": ("02 512 34 56",),
        "spoken": "français, arabe",
        "notes": ("Gratuit",),
        "second": Words(
            category="Huisarts", hours=("ma 9-12 u",), spoken="Frans, Arabisch", notes=("Gratis",)
        ),
        "lon": lon,
        "lat": lat,
        "line": (at(-250, 0), at(0, 0), (lon, lat)),
    }
    return Entry(number=number, **(told | other))


def handout(*entries: Entry, **other: Any) -> Handout:
    """A sheet in French for a door that speaks Dutch."""
    told: dict[str, Any] = {
        "languages": ("fr", "nl"),
        "qr": QR,
        "printed": "lundi 23 novembre 2026",
        "relay": Relay(name="Fatima", lines=("mardi 14 h à 17 h",), phones=("0490 12 34 56",)),
        "streets": streets(),
        "sources": "© OpenStreetMap",
        "labels": LABELS,
    }
    return Handout(entries=entries or (entry(),), **(told | other))


def read(written: bytes) -> PdfReader:
    """Open a sheet again."""
    return PdfReader(BytesIO(written))


def texts(written: bytes) -> list[str]:
    """The text of each page, spaces and line ends made one."""
    return [" ".join(page.extract_text().split()) for page in read(written).pages]
