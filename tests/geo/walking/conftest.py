"""A network drawn by hand, and the streets of the City of Brussels."""

from pathlib import Path

import numpy as np
import pytest

from exchange.walking_files import read_network
from geo.crs import LAMBERT_72, WGS_84, project
from geo.walking import Network

CORNER = (149_000.0, 170_000.0)
"""Crossings are told in metres from here."""

#            3 ───── 6
#          . │       ┃ stairs, down to 2, 10 %
#        5   │       ┃
#   0 ───┼── 1 ───── 2        7 ── 8 is joined to nothing
#        4      4 ── 5 is a bridge over 0 ── 1
SPOTS = [
    (0, 0),
    (100, 0),
    (200, 0),
    (100, 100),
    (50, -50),
    (50, 50),
    (200, 100),
    (500, 500),
    (600, 500),
]
ENDS = [(0, 1), (1, 2), (1, 3), (4, 5), (5, 3), (6, 2), (3, 6), (7, 8)]


@pytest.fixture(scope="session")
def drawn() -> Network:
    """The network above, with the ground between its streets."""
    names = [("Rue Haute", "Hoogstraat")] * 2 + [("", "")] * 3
    names += [("Escalier", "Trap"), ("Rue Basse", "Laagstraat"), ("Ailleurs", "Elders")]
    incline = np.full(len(ENDS), np.nan)
    incline[5], incline[6] = -10.0, 3.0
    return Network.of(
        np.array(SPOTS, dtype=float) + CORNER,
        ENDS,
        names=names,
        steps=[end == (6, 2) for end in ENDS],
        incline_percent=incline.tolist(),
    ).with_mesh()


@pytest.fixture(scope="session")
def city(official_data: Path) -> Network:
    """The streets of the City of Brussels."""
    return read_network(official_data / "osm_city_of_brussels_drive.graphml").with_mesh()


def lonlat(*metres: tuple[float, float]) -> "np.ndarray":
    """Return degrees, a row of longitudes and one of latitudes, of metres from the corner."""
    return project(np.array(metres, dtype=float) + CORNER, source=LAMBERT_72, target=WGS_84).T
