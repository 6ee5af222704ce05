"""Two numbers of a row as a position: degrees or Lambert, swapped or not, with commas or not."""

import re
from dataclasses import dataclass

import numpy as np

from directory.importing.records import Certainty, Coordinates
from geo.crs import LAMBERT_72, LAMBERT_2008, WGS_84, project
from geo.errors import N_

BELGIUM_DEGREES = (2.5, 49.45, 6.45, 51.55)
"""West, south, east, north of Belgium in EPSG:4326, with a margin of some 2 km."""
BELGIUM_72 = (15_000.0, 15_000.0, 302_000.0, 252_000.0)
"""The same in EPSG:31370, metres (area of use of the system, EPSG registry)."""
BELGIUM_2008 = (515_000.0, 515_000.0, 802_000.0, 752_000.0)
"""The same in EPSG:3812: Lambert 72 shifted by 500 km each way, so that they cannot be mixed up."""
MARGIN_DEG = 0.03
"""How far outside the territory, some 2-3 km, a place still belongs to it."""

Box = tuple[float, float, float, float]

CONVERTED = N_("Recognised as {system} and converted.")
SWAPPED = N_("Longitude and latitude were swapped; put right.")
ORDER_UNSURE = N_(
    "These coordinates are in {system}, but only the other way round do they lie in the area. "
    "Say which comes first, or put a pin."
)
OUTSIDE_TERRITORY = N_(
    "These coordinates lie in Belgium but outside the area of this map. Correct them or put a pin."
)
OUTSIDE_BELGIUM = N_(
    "The coordinates {first} and {second} lie outside Belgium in every system known here. "
    "Correct them or put a pin."
)
UNREADABLE = N_("“{text}” is no coordinate. Correct it or put a pin.")

_NUMBER = re.compile(r"[-+]?[0-9](?:[0-9 \u00a0\u202f'.,]*[0-9])?")
_LABELS = re.compile(r"(?:EPSG:\d+|[A-Za-z°]+)[:=]?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What two cells say: a position, or a sentence; a position may come with one too."""

    lon: float | None = None
    lat: float | None = None
    certainty: Certainty = Certainty.SURE
    message: str = ""
    params: tuple[tuple[str, str], ...] = ()


def number(text: str) -> float | None:
    """Read one number with a comma or a point, and spaces between thousands; None for none.

    >>> number("4,3517"), number("148 901,25"), number("148.901,25"), number("nord")
    (4.3517, 148901.25, 148901.25, None)
    """
    found = _NUMBER.fullmatch(_LABELS.sub("", text).strip())
    if found is None:
        return None
    digits = re.sub(r"[ \u00a0\u202f']", "", found[0])
    point, comma = digits.rfind("."), digits.rfind(",")
    if point >= 0 and comma >= 0:
        thousands = "," if point > comma else "."
        digits = digits.replace(thousands, "")
    digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None


def split_pair(cell: str) -> tuple[str, str] | None:
    """Part one cell with both coordinates; None where it does not hold exactly two.

    >>> split_pair("50,8466; 4,3517"), split_pair("50.8466, 4.3517"), split_pair("50,8466 4,3517")
    (('50,8466', '4,3517'), ('50.8466', '4.3517'), ('50,8466', '4,3517'))
    """
    text = re.sub(r"^\s*POINT\s*\(|[()\[\]]", " ", cell, flags=re.IGNORECASE).strip()
    for separator in (r"\s*[;|/]\s*", r",\s+", r"\s+", r","):
        parts = [part for part in re.split(separator, text) if part]
        if len(parts) == 2 and all(number(part) is not None for part in parts):  # noqa: PLR2004
            return parts[0], parts[1]
    return None


def read_position(first: str, second: str, *, said: Coordinates, area: Box | None) -> Reading:
    """Understand two cells, longitude (or x) first where nobody said otherwise.

    `area` is the territory in degrees; a position outside it is told, not taken.

    >>> read_position("50,8466", "4,3517", said=Coordinates.RECOGNISED, area=None).lon
    4.3517
    """
    a, b = number(first), number(second)
    if a is None or b is None:
        text = first if a is None else second
        return Reading(None, None, Certainty.NONE, UNREADABLE, (("text", text[:40]),))
    if said is not Coordinates.RECOGNISED:
        return _judge(_forced(a, b, said), (first, second), area)
    if _inside(a, b, BELGIUM_DEGREES):
        return _judge((a, b), (first, second), area)
    if _inside(b, a, BELGIUM_DEGREES):
        return _told(_judge((b, a), (first, second), area), SWAPPED, "")
    for box, code in ((BELGIUM_72, LAMBERT_72), (BELGIUM_2008, LAMBERT_2008)):
        if _inside(a, b, box) or _inside(b, a, box):
            return _lambert(a, b, code, (first, second), area)
    return _judge(None, (first, second), area)


def _lambert(a: float, b: float, code: int, cells: tuple[str, str], area: Box | None) -> Reading:
    system = "Lambert 72" if code == LAMBERT_72 else "Lambert 2008"
    straight, turned = _degrees(a, b, code), _degrees(b, a, code)
    if area is not None and not _near(straight, area) and _near(turned, area):
        return Reading(*turned, Certainty.LIKELY, ORDER_UNSURE, (("system", system),))
    return _told(_judge(straight, cells, area), CONVERTED, system)


def _forced(a: float, b: float, said: Coordinates) -> tuple[float, float] | None:
    if said is Coordinates.LON_LAT:
        found = (a, b)
    elif said is Coordinates.LAT_LON:
        found = (b, a)
    else:
        code, _, turned = said.value.partition("-")
        found = _degrees(b, a, int(code)) if turned else _degrees(a, b, int(code))
    return found if _inside(*found, BELGIUM_DEGREES) else None


def _degrees(x: float, y: float, code: int) -> tuple[float, float]:
    lon, lat = project(np.array([[x, y]]), source=code, target=WGS_84)[0]
    return round(float(lon), 7), round(float(lat), 7)


def _judge(found: tuple[float, float] | None, cells: tuple[str, str], area: Box | None) -> Reading:
    if found is None:
        params = (("first", cells[0][:40]), ("second", cells[1][:40]))
        return Reading(None, None, Certainty.NONE, OUTSIDE_BELGIUM, params)
    if area is not None and not _near(found, area):
        return Reading(*found, Certainty.LIKELY, OUTSIDE_TERRITORY)
    return Reading(*found)


def _told(reading: Reading, message: str, system: str) -> Reading:
    if reading.message:
        return reading
    params = (("system", system),) if system else ()
    return Reading(reading.lon, reading.lat, Certainty.SURE, message, params)


def _inside(x: float, y: float, box: Box) -> bool:
    west, south, east, north = box
    return west <= x <= east and south <= y <= north


def _near(found: tuple[float, float], area: Box) -> bool:
    west, south, east, north = area
    wider = (west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG)
    return _inside(*found, wider)
