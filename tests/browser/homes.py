"""Installations to drive in a browser: folders with a database, made in this process."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from directory.actors import Actor
from directory.clock import today
from directory.commands import Author, Commands
from directory.seed import seed
from directory.store import Store, upgrade
from exchange.gazetteer import build_gazetteer
from exchange.osm import import_places, read_features
from exchange.register import read_neighbourhoods, read_register
from exchange.settings import ROOT
from exchange.statbel import prepare
from exchange.walking import build_network, save_network
from geo.crs import LAMBERT_72, WGS_84, project
from geo.walking import Network
from tests.worst_streets import House, write_best

SECTORS = ROOT / "data" / "sectors"
BY = Author("Test")
SOURCE = {"name": "Test", "licence": "CC0 1.0"}
MAROLLES, KOEKELBERG = (148512, 169789), (147528, 172135)
"""Centres of the sectors 21004A71- and 21011A01-, EPSG:31370, from the register."""
DAY_AND_NIGHT, NEVER = "24/7", "Mo-Su off"


@contextmanager
def opened(home: Path) -> Iterator[Store]:
    """Open the directory of an installation."""
    store = Store(f"sqlite:///{home / 'plein.db'}")
    try:
        yield store
    finally:
        store.close()


def seeded(home: Path) -> None:
    """Make a database with what every installation starts from."""
    upgrade(f"sqlite:///{home / 'plein.db'}")
    with opened(home) as store:
        seed(Commands(store), read_neighbourhoods(SECTORS / "neighbourhoods.csv"))


def small(home: Path) -> None:
    """Make an installation of a handful of places on schematic outlines."""
    seeded(home)
    with opened(home) as store:
        Commands(store).save(places(), by=BY)


def official(home: Path, data: Path) -> None:
    """Make an installation of the official outlines and the places of OpenStreetMap."""
    seeded(home)
    outlines = data / "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"
    prepare(outlines, home, read_register(SECTORS / "register.csv"))
    found = read_features(data / "osm_brussels_places.geojson")
    with opened(home) as store:
        import_places(Commands(store), store, found, today=today())


def point(near: tuple[int, int], east_m: float = 0, north_m: float = 0) -> dict[str, float]:
    """Return the position so far from a centre (EPSG:31370), in degrees."""
    at = np.array([[near[0] + east_m, near[1] + north_m]], dtype=float)
    lon, lat = project(at, source=LAMBERT_72, target=WGS_84)[0]
    return {"lon": float(lon), "lat": float(lat)}


def at_address(
    street_fr: str, street_nl: str, number: str, where: dict[str, float]
) -> dict[str, Any]:
    """Describe a place with an address in Brussels."""
    town = {"fr": "Bruxelles", "nl": "Brussel"}
    street = {"fr": street_fr, "nl": street_nl}
    address = {"street": street, "number": number, "postcode": "1000", "municipality": town}
    return {"precision": "address", "address": address, "point": where}


def actor(key: str, category: str, **facts: Any) -> Actor:
    """Make an actor of one category."""
    given = {"id": key, "kind": "organisation", "categories": [category], "source": SOURCE}
    return Actor.model_validate(given | facts)


def days_ago(days: int) -> date:
    """Return a day of the past: what a browser is shown is of today."""
    return today() - timedelta(days=days)


def aged() -> list[Actor]:
    """Return a pharmacy past its year, food aid past twice its three months, one checked today."""
    there = {"fr": "Pharmacie du Vieux Marché", "nl": "Apotheek Oude Markt"}
    mail = {"kind": "email", "value": "bonjour@vieux-marche.example"}
    return [
        actor(
            "apotheek-oud",
            "pharmacy",
            names=there,
            places=[at_address("Rue Haute", "Hoogstraat", "90", point(MAROLLES, 40, -40))],
            contacts=[{"kind": "phone", "value": "+32 2 511 11 11"}, mail],
            languages=["nl"],
            hours=DAY_AND_NIGHT,
            verified_on=days_ago(400),
        ),
        actor(
            "voedselhulp",
            "social-grocery",
            names={"fr": "Épicerie sociale", "nl": "Sociale kruidenier"},
            places=[at_address("Rue Haute", "Hoogstraat", "120", point(MAROLLES, -60, -30))],
            verified_on=days_ago(400),
        ),
        actor(
            "boekerij",
            "library",
            names={"fr": "Bibliothèque", "nl": "Boekerij"},
            places=[at_address("Rue Blaes", "Blaesstraat", "20", point(MAROLLES, -90, 30))],
            verified_on=days_ago(0),
        ),
    ]


def places() -> list[Actor]:
    """Return places whose every answer is known by hand: two pharmacies of four in the Marolles."""
    chapel = at_address("Rue Haute", "Hoogstraat", "12", point(MAROLLES))
    return [
        actor(
            "apotheek-kapel",
            "pharmacy",
            names={"fr": "Pharmacie de la Chapelle", "nl": "Apotheek Kapel"},
            descriptions={"fr": "Ouverte jour et nuit.", "nl": "Dag en nacht open."},
            places=[chapel],
            contacts=[
                {"kind": "phone", "value": "+32 2 511 00 00"},
                {"kind": "email", "value": "bonjour@chapelle.example"},
                {"kind": "website", "value": "https://www.chapelle.example/"},
                {"kind": "phone", "value": "+32 2 999 99 99", "visibility": "relays"},
            ],
            languages=["fr", "nl", "ar"],
            hours=DAY_AND_NIGHT,
            wheelchair="yes",
            verified_on=days_ago(25),
            verified_by="Buurtactierelais Marollen",
        ),
        actor(
            "apotheek-vos",
            "pharmacy",
            names={"fr": "Pharmacie du Renard", "nl": "Apotheek De Vos"},
            places=[
                at_address("Rue du Renard", "Vossenstraat", "3", point(MAROLLES, 60, 40)),
            ],
            hours=NEVER,
        ),
        actor(
            "apotheek-sint-anna",
            "pharmacy",
            names={"fr": "Pharmacie Sainte-Anne", "nl": "Apotheek Sint-Anna"},
            places=[at_address("Rue Jacquet", "Jacquetstraat", "8", point(KOEKELBERG))],
        ),
        actor(
            "apotheek-nergens",
            "pharmacy",
            names={"fr": "Pharmacie sans adresse", "nl": "Apotheek zonder adres"},
        ),
        actor(
            "school-blaes",
            "education",
            names={"fr": "École Blaes", "nl": "School Blaes"},
            places=[at_address("Rue Blaes", "Blaesstraat", "120", point(MAROLLES, -70, -50))],
            languages=["fr"],
        ),
        actor(
            "buurthuis-marollen",
            "community-house",
            names={"fr": "Maison de quartier", "nl": "Buurthuis"},
            places=[{"precision": "neighbourhood", "area": "marollen"}],
            hours="op afspraak, bel eerst",
        ),
        actor(
            "bibliotheek",
            "library",
            names={"und": "Muntpunt"},
            places=[
                at_address("Place de la Monnaie", "Muntplein", "6", point(MAROLLES, 200, 1300))
            ],
            languages=["nl"],
        ),
    ]


def walkable(home: Path) -> None:
    """Add streets to walk and a list of addresses to the small installation: a grid by hand."""
    x, y = MAROLLES
    columns, rows, side = range(-4, 5), range(-4, 5), 120
    corners = [(x + side * c, y + side * r) for r in rows for c in columns]
    place = {(c, r): n for n, (r, c) in enumerate((r, c) for r in rows for c in columns)}
    across = [(place[c, r], place[c + 1, r]) for c in list(columns)[:-1] for r in rows]
    along = [(place[c, r], place[c, r + 1]) for c in columns for r in list(rows)[:-1]]
    names = [("Rue Haute", "Hoogstraat")] * len(across) + [("Rue Blaes", "Blaesstraat")] * len(
        along
    )
    network = Network.of(corners, [*across, *along], names=names).with_mesh()
    save_network(network, home, {"source": "drawn by hand", "licence": "CC0 1.0"})
    town = ("Bruxelles", "Brussel")
    given = [
        House("1000", *street, str(number), town, *point(MAROLLES, 15 * number, north).values())
        for street, north in (
            (("Rue Haute", "Hoogstraat"), 5),
            (("Rue Blaes", "Blaesstraat"), -115),
        )
        for number in range(1, 30)
    ]
    write_best(home / "best.csv", given)
    build_gazetteer(home, best=home / "best.csv")


def official_walkable(home: Path, data: Path) -> None:
    """Make the official installation with the streets of the City."""
    official(home, data)
    graph = data / "osm_city_of_brussels_drive.graphml"
    build_network(home, path=graph)
    build_gazetteer(home, streets=data / "best_brussels_streets_2022.csv", graph=graph)
