"""10,000 messy rows through the checks and the geocoding of an import: `make bench NAME=importing`.

The file is read before the clock starts. Beside it, in the same run: the same addresses through the
matcher most people write, which only names a street.
"""

import csv
import io
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.best import with_houses, write_best
from benchmarks.figures import Figure
from benchmarks.geocoding import ADDRESSES
from benchmarks.installation import PLACES, SECTORS, official_data
from benchmarks.noise import CLASSES, Noise, Row, read_streets
from benchmarks.peers.edit_distance import EditDistance
from directory.authors import Author, Origin
from directory.importing import checking, opening, settling
from directory.importing.desk import Desk
from directory.importing.records import Heap
from directory.store import Store
from exchange.gazetteer import build_gazetteer
from exchange.imports import area_of, geocoder_of, open_desk, start
from exchange.settings import settings
from exchange.statbel import open_territory
from tests.serving import prepare

ROWS = 10_000
INVENTED = 300
"""Rows whose street is nowhere, so that each heap holds some."""
BY = Author("benchmark", Origin.IMPORT)
HEADER = ("Nom", "Catégorie", "Adresse", "CP", "Commune", "Téléphone", "E-mail", "Horaires")
CATEGORIES = ("maison de quartier", "Buurthuis", "apotheek", "EDD", "bib", "Maison médicale")
HOURS = ("lun-ven 9h-12h", "ma-vr 9-12u", "Mo-Fr 09:00-12:00", "sur rendez-vous", "", "?")


def figures() -> Iterator[Figure]:
    """Measure an import on official outlines, 1,787 places and 235,000 addresses."""
    seed = int(os.environ.get("SEED") or time.time_ns() % 1_000_000)
    print(f"SEED={seed}")
    data = official_data()
    streets = with_houses(read_streets(data), seed, addresses=ADDRESSES)
    drawn = _drawn(Noise(streets, seed), seed)
    with TemporaryDirectory(prefix="plein-bench-") as name:
        home = Path(name)
        prepare(home, ("sectors", str(data / SECTORS)), ("directory",), ("osm", str(data / PLACES)))
        write_best(home / "best.csv", streets, seed)
        build_gazetteer(home, best=home / "best.csv")
        store = Store(f"sqlite:///{home / 'plein.db'}")
        area = area_of(open_territory(home, settings().register))
        yield from _steps(open_desk(store, area=area), home, _file(drawn, seed))
        store.close()
    peer = EditDistance(streets)
    began = time.perf_counter()
    for row in drawn:
        peer.find(row.name, row.postcode)
    yield Figure(
        figure="edit distance, the streets alone", value=time.perf_counter() - began, unit="s"
    )


def _steps(desk: Desk, home: Path, content: bytes) -> Iterator[Figure]:
    began = time.perf_counter()
    batch = start(desk, content, "partners.csv", by=BY)
    opening.set_mapping(desk, batch.id, batch.settings, by=BY)
    yield Figure(figure="reading the file", value=time.perf_counter() - began, unit="s")
    began = time.perf_counter()
    checking.check(desk, batch.id)
    checked = time.perf_counter() - began
    geocoder = geocoder_of(desk.store, home)
    if geocoder is None:
        raise RuntimeError("Expected the gazetteer just built, found none.")
    settling.geocode(desk, batch.id, geocoder)
    both = time.perf_counter() - began
    yield Figure(figure="checks", value=checked, unit="s")
    yield Figure(figure="geocoding", value=both - checked, unit="s")
    yield Figure(figure="checks and geocoding", value=both, unit="s", goal="<= 10")
    heaps = settling.heaps(desk, batch.id)
    for heap in Heap:
        yield Figure(figure=f"rows {heap.value}", value=heaps[heap], unit="")
    yield Figure(figure="rows in one heap", value=sum(heaps.values()), unit="", goal=f">= {ROWS}")


def _drawn(noise: Noise, seed: int) -> list[Row]:
    every = [row for name in CLASSES for row in noise.rows(name)]
    chance = random.Random(seed)  # noqa: S311 - a benchmark
    chosen = [*chance.sample(every, ROWS - INVENTED), *noise.invented(INVENTED)]
    chance.shuffle(chosen)
    return chosen


def _file(drawn: list[Row], seed: int) -> bytes:
    chance = random.Random(seed)  # noqa: S311 - a benchmark
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";")
    writer.writerow(HEADER)
    for number, row in enumerate(drawn):
        asked = row.query
        writer.writerow(
            (
                f"Association {number}",
                chance.choice(CATEGORIES),
                asked.text or " ".join(part for part in (asked.street, asked.number) if part),
                asked.postcode,
                asked.municipality,
                f"02/{chance.randrange(200, 999)}.{number // 100:02}.{number % 100:02}",
                f"info@a{number}.example" if number % 3 else "",
                chance.choice(HOURS),
            )
        )
    return written.getvalue().encode()
