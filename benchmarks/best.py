"""A register in the form of BeSt Address, made from real street names: its positions are made up.

Each street is a gentle curve somewhere in the Region, odd numbers on one side, even ones on the
other, with gaps, letters, ranges, boxes and retired addresses, as in the real one.
"""

import csv
import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from geo.geocoding import StreetRow

COLUMNS = (
    "EPSG:31370_x", "EPSG:31370_y", "EPSG:4326_lat", "EPSG:4326_lon", "address_id", "box_number",
    "house_number", "municipality_id", "municipality_name_de", "municipality_name_fr",
    "municipality_name_nl", "postcode", "postname_fr", "postname_nl", "street_id",
    "streetname_de", "streetname_fr", "streetname_nl", "region_code", "status",
)  # fmt: skip
WEST, SOUTH, EAST, NORTH = 4.26, 50.78, 4.46, 50.90
DOOR_M = 8.0
"""Metres between one door and the next on a side."""
WIDTH_M = 12.0
LAT_M = 111_200.0
LON_M = 70_300.0


class House(NamedTuple):
    """A made-up address."""

    number: str
    lon: float
    lat: float


def houses(count: int, draw: random.Random) -> list[House]:
    """Make the addresses of a street, numbers rising along it."""
    lon, lat = draw.uniform(WEST, EAST), draw.uniform(SOUTH, NORTH)
    heading, bend = draw.uniform(0, 2 * math.pi), draw.uniform(-0.004, 0.004)
    made: list[House] = []
    number = 0
    while len(made) < count:
        number += 1
        if number % 2:
            heading += bend
            lon += DOOR_M * math.cos(heading) / LON_M
            lat += DOOR_M * math.sin(heading) / LAT_M
        if draw.random() < 0.08:  # noqa: PLR2004 - a gap, as after a fire
            continue
        side = (1 if number % 2 else -1) * WIDTH_M / 2
        at = (lon - side * math.sin(heading) / LON_M, lat + side * math.cos(heading) / LAT_M)
        kind = draw.random()
        text = f"{number}-{number + 2}" if kind < 0.03 else str(number)  # noqa: PLR2004
        made.append(House(text, *at))
        if kind > 0.96:  # noqa: PLR2004
            made.append(House(f"{number}A", at[0] + 2 / LON_M, at[1]))
        if kind < 0.03:  # noqa: PLR2004 - a range takes the next number of its side with it
            number += 0
    return made[:count]


def with_houses(streets: Sequence[StreetRow], seed: int, *, addresses: int) -> list[StreetRow]:
    """Give every street houses, a long tail as real ones have, that many in all."""
    draw = random.Random(seed)  # noqa: S311 - made-up addresses
    weights = [draw.lognormvariate(0, 0.9) for _ in streets]
    scale = addresses / sum(weights)
    counts = [max(2, round(weight * scale)) for weight in weights]
    counts[0] += addresses - sum(counts) if addresses > sum(counts) else 0
    return [
        street._replace(houses=houses(count, draw))
        for street, count in zip(streets, counts, strict=True)
    ]


def write_best(path: Path, streets: Iterable[StreetRow], seed: int) -> int:
    """Write streets with houses as BeSt does, boxes and retired addresses too; count the rows."""
    draw = random.Random(seed)  # noqa: S311
    written = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for street_id, street in enumerate(streets, 1):
            for number, lon, lat in street.houses:
                boxes = [f"{n:02}" for n in range(1, 4)] if draw.random() < 0.05 else []  # noqa: PLR2004
                for box in ("", *boxes):
                    written += 1
                    out.writerow(_row(street, street_id, written, (number, box, lon, lat)))
                if draw.random() < 0.01:  # noqa: PLR2004
                    gone = _row(street, street_id, written, (f"{number}X", "", lon, lat))
                    out.writerow([*gone[:-1], "retired"])
    return written


def _row(
    street: StreetRow, street_id: int, address_id: int, where: tuple[str, str, float, float]
) -> list[str]:
    number, box, lon, lat = where
    return [
        "0.0", "0.0", f"{lat:.7f}", f"{lon:.7f}", str(address_id), box, number, "21004", "",
        street.municipality_fr, street.municipality_nl, str(street.postcode), "", "",
        str(street_id), "", street.name_fr, street.name_nl, "BE-BRU", "current",
    ]  # fmt: skip
