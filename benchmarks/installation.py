"""An installation as a person's, made for a benchmark and thrown away: official data inside."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import geopandas as gpd

from benchmarks.grounds import territory_of
from exchange.settings import ROOT
from geo.errors import BadInputError
from geo.sectors import normalise
from geo.territory import Territory
from tests.serving import prepare

SECTORS = "sh_statbel_statistical_sectors_31370_20220101_brussels.gpkg"
PLACES = "osm_brussels_places.geojson"


def official_data() -> Path:
    """Return the folder with the official files.

    Raises:
        BadInputError: neither PLEIN_DATA nor ../shared/data holds them.
    """
    folder = Path(os.environ.get("PLEIN_DATA") or ROOT.parent / "shared" / "data").resolve()
    for name in (SECTORS, PLACES):
        if not (folder / name).is_file():
            raise BadInputError(
                "This benchmark measures the official outlines and 1,787 places: expected {name} "
                "in {folder}, found nothing. Name the folder that holds it with PLEIN_DATA.",
                name=name,
                folder=folder,
            )
    return folder


@contextmanager
def installed() -> Iterator[Path]:
    """Make an installation with official outlines, the seed and the places; yields its folder."""
    data = official_data()
    with TemporaryDirectory(prefix="plein-bench-") as folder:
        home = Path(folder)
        prepare(
            home,
            ("sectors", str(data / SECTORS)),
            ("directory",),
            ("osm", str(data / PLACES)),
        )
        yield home


def official_territory() -> Territory:
    """Read the 724 official sectors."""
    return territory_of(normalise(gpd.read_file(official_data() / SECTORS)).assign(district=""))
