from collections.abc import Iterator

import numpy as np
import pytest

from directory.nearby import doors
from directory.relay_finder import RelayFinder
from directory.texts import Texts
from geo.crs import LAMBERT_72, WGS_84, project
from geo.geocoding import Gazetteer, Geocoder, NamedPlace, StreetRow
from geo.walking import Network, Walker
from tests.drawn import SIDE_M, SOUTH, WEST
from tests.records import actor, at, atlas, phone
from ui.language import speaking
from ui.nearby import ground as grounds
from ui.nearby.ground import Ground


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English, where no page runs."""
    with speaking("en"):
        yield


def degrees(column: float, row: float) -> tuple[float, float]:
    """A point of the drawn squares, degrees."""
    xy = np.array([[WEST + SIDE_M * column, SOUTH + SIDE_M * row]])
    lon, lat = project(xy, source=LAMBERT_72, target=WGS_84)[0]
    return float(lon), float(lat)


@pytest.fixture(scope="session")
def ground() -> Ground:
    """Nine squares, a street through the middle row, two pharmacies and a house on it."""
    known = atlas(
        actor("near", places=(at(0.8, 1.5),), contacts=(phone("+32 2 511 00 00"),)),
        actor("far", places=(at(2.8, 1.5),), hours="24/7", languages=("ar",)),
        actor(
            "maison",
            names=Texts({"fr": "Maison des Gauches", "nl": "Huis Links"}),
            categories=("community-house",),
            places=(at(1.5, 1.5),),
        ),
    )
    corners = [(WEST + SIDE_M * column, SOUTH + SIDE_M * 1.5) for column in (0, 1, 2, 3)]
    names = [("Rue Haute", "Hoogstraat"), ("Rue Basse", "Laagstraat"), ("Rue Basse", "Laagstraat")]
    network = Network.of(corners, [(0, 1), (1, 2), (2, 3)], names=names).with_mesh()
    walker = Walker(network)
    lon, lat = degrees(0.2, 1.5)
    streets = [
        StreetRow("Rue Haute", "Hoogstraat", 1000, "Bruxelles", "Brussel", [("2", lon, lat)]),
        StreetRow("Rue Perdue", "Verloren straat", 1000, "Bruxelles", "Brussel"),
        StreetRow("Rue de l'Eglise", "Kerkstraat", 1000, "Bruxelles", "Brussel", [("1", lon, lat)]),
        StreetRow("Rue de l'Eglise", "Kerkstraat", 1070, "Anderlecht", "Anderlecht",
                  [("1", *degrees(0.5, 0.5))]),
    ]  # fmt: skip
    named = [
        NamedPlace(id=one.id, names=tuple(one.names.values()), lon=lon, lat=lat)
        for one in known.actors.values()
    ]
    there = doors(known)
    snapped = network.snap(there.lon, there.lat)
    return Ground(
        atlas=known,
        doors=there,
        walker=walker,
        spots=snapped,
        spots_step_free=snapped,
        geocoder=Geocoder(Gazetteer.of(streets), remembered=0).with_places(named),
        relays=RelayFinder(known),
        areas=grounds._areas(known),
    )
