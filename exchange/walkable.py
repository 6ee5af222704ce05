"""What OpenStreetMap's tags say to who walks: may one go there, is it stairs, how steep."""

import math
import re
from collections.abc import Mapping
from typing import Final

from exchange.graphml import listed
from exchange.streets import split_name

NOT_ON_FOOT: Final[Mapping[str, frozenset[str]]] = {
    "highway": frozenset(
        {
            "abandoned", "bus_guideway", "construction", "cycleway", "motorway", "motorway_link",
            "no", "planned", "platform", "proposed", "raceway", "razed", "rest_area", "services",
        }
    ),
    "access": frozenset({"private"}),
    "area": frozenset({"yes"}),
    "foot": frozenset({"no"}),
    "service": frozenset({"private"}),
    "sidewalk": frozenset({"separate"}),
    "sidewalk:both": frozenset({"separate"}),
    "sidewalk:left": frozenset({"separate"}),
    "sidewalk:right": frozenset({"separate"}),
}  # fmt: skip
"""Values that bar walkers: the walk filter of OSMnx 2.1.1 (osmnx/_overpass.py, 2026-11)."""
WELCOME: Final = frozenset({"yes", "designated", "permissive"})
"""Values of `foot` that open a cycle path to walkers, which OSMnx leaves out (its issue 1269)."""
USED: Final = (
    *NOT_ON_FOOT, "name", "name:fr", "name:nl", "name_fr", "name_nl", "incline", "reversed",
    "other_tags",
)  # fmt: skip
"""Every tag looked at."""
STEEPEST_PERCENT: Final = 100.0
"""A steeper street is a slip of the hand: the steepest known, in Dunedin, climbs 35 %."""
_SLOPE: Final = re.compile(r"([+-]?\d{1,3}(?:[.,]\d{1,3})?)\s*([%°])")
_PAIR: Final = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')


def walkable(tags: Mapping[str, str]) -> bool:
    """Tell whether one may walk there; of several values joined by OSMnx, on one of them.

    >>> walkable({"highway": "footway"}), walkable({"highway": "motorway_link"})
    (True, False)
    >>> walkable({"highway": "cycleway", "foot": "designated"})
    True
    """
    if not tags.get("highway"):
        return False
    for key, barred in NOT_ON_FOOT.items():
        values = listed(tags.get(key, ""))
        if values and barred.issuperset(values):
            open_to_feet = WELCOME.intersection(listed(tags.get("foot", "")))
            if not (key == "highway" and values == ["cycleway"] and open_to_feet):
                return False
    return True


def is_stairs(tags: Mapping[str, str]) -> bool:
    """Tell whether some of it is stairs.

    >>> is_stairs({"highway": "['footway', 'steps']"})
    True
    """
    return "steps" in listed(tags.get("highway", ""))


def incline_percent(tags: Mapping[str, str]) -> float:
    """Read the slope along the way, upwards positive; NaN where none is told in numbers.

    >>> incline_percent({"incline": "12%"}), incline_percent({"incline": "up"})
    (12.0, nan)
    """
    slopes = [
        slope for value in listed(tags.get("incline", "")) if (slope := _slope(value)) is not None
    ]
    steepest = max(slopes, key=abs, default=math.nan)
    return -steepest if tags.get("reversed") == "True" else steepest


def names(tags: Mapping[str, str]) -> tuple[str, str]:
    """Read the French and the Dutch name, "" where there is none.

    >>> names({"name": "Rue Haute - Hoogstraat"})
    ('Rue Haute', 'Hoogstraat')
    >>> names({"name": "Rue Haute", "name:nl": "Hoogstraat"})
    ('Rue Haute', 'Hoogstraat')
    """
    first = next(iter(listed(tags.get("name", ""))), "")
    french, dutch = split_name(first)
    told = [
        next(iter(listed(tags.get(f"name:{lang}", "") or tags.get(f"name_{lang}", ""))), "")
        for lang in ("fr", "nl")
    ]
    return told[0] or french or told[1], told[1] or dutch or told[0]


def unpack(other_tags: str) -> dict[str, str]:
    """Read the tags GDAL packs together as "key"=>"value".

    >>> unpack('"foot"=>"yes","name:nl"=>"Hoogstraat"')
    {'foot': 'yes', 'name:nl': 'Hoogstraat'}
    """
    return {_plain(key): _plain(value) for key, value in _PAIR.findall(other_tags)}


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _slope(value: str) -> float | None:
    found = _SLOPE.fullmatch(value.strip())
    if not found:
        return None
    number = float(found[1].replace(",", "."))
    if found[2] == "°":
        number = 100 * math.tan(math.radians(min(max(number, -60), 60)))
    return number if abs(number) <= STEEPEST_PERCENT else None
