"""The Marolles from the official files: who is there, on which ground, in how many bytes."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from directory.atlas import Atlas
from directory.local_maps.numbering import area_of
from exchange.basemap import make_basemap
from exchange.basemap_ground import read_ground
from exchange.poster.sheet import Ground
from exchange.statbel import open_territory
from tests.browser import homes
from tests.ui.plan.records import NOON, local_map
from ui.plan.file import plan_file
from ui.plan.ground import around

pytestmark = pytest.mark.official
STREETS_MOST = 60_000
"""Bytes, compressed, that the ground of a neighbourhood may add (our choice)."""


def test_the_marolles_on_their_streets(tmp_path: Path, official_data: Path) -> None:
    homes.official(tmp_path, official_data)
    make_basemap(
        tmp_path,
        streets=official_data / "osm_city_of_brussels_drive.graphml",
        base=official_data / "osm_brussels_base.gpkg",
        say=lambda _: None,
    )
    territory = open_territory(tmp_path, homes.SECTORS / "register.csv")
    with homes.opened(tmp_path) as store:
        found = Atlas(store.directory(), territory, date(2026, 11, 23))
    told = local_map(id="marolles", neighbourhood_id="marollen", titles={"fr": "Les Marolles"})
    ground = read_ground(tmp_path, around(area_of(told, found)))
    assert ground.streets is not None
    assert {"Rue Haute", "Rue Blaes"} <= set(ground.streets["name_fr"])
    sizes = [
        len(gzip.compress(plan_file(told, found, given, NOON).encode(), mtime=0))
        for given in (ground, Ground())
    ]
    print(f"the Marolles: {sizes[0] / 1000:.0f} kB gzip, {sizes[1] / 1000:.0f} without streets")  # noqa: T201 - figures
    assert sizes[0] - sizes[1] < STREETS_MOST
    assert plan_file(told, found, ground, NOON) == plan_file(told, found, ground, NOON)
