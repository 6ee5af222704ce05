"""How tightly a sheet is set: sizes of letters and maps, and what is shortened to save a page."""

from dataclasses import dataclass, replace
from typing import Final

from exchange.paper.text import SOFT, Style

SMALLEST_PT: Final = 9.5
"""No text of the sheet is smaller: it is for people who read with difficulty."""


@dataclass(frozen=True, kw_only=True)
class Density:
    """Sizes of one way to set the sheet; all `_pt` in points, our choices by eye on paper."""

    title: Style
    second_title: Style
    name: Style
    body: Style
    strong: Style
    phone: Style
    note: Style
    side_pt: float
    top_pt: float
    foot_pt: float
    gap_pt: float
    inset_pt: float
    gutter_pt: float
    sign_pt: float
    badge_pt: float
    """Half the width of the number of a place."""
    map_pt: float
    """Side of a small map."""
    ground_pt: float
    """Height of the map of all, at least."""


ROOMY: Final = Density(
    title=Style(24, "bold", leading=1.15),
    second_title=Style(16, colour=SOFT),
    name=Style(16, "bold", leading=1.15),
    body=Style(11, leading=1.22),
    strong=Style(12, "bold"),
    phone=Style(18, "bold", leading=1.2),
    note=Style(10, colour=SOFT),
    side_pt=40.0,
    top_pt=32.0,
    foot_pt=52.0,
    gap_pt=10.0,
    inset_pt=9.0,
    gutter_pt=16.0,
    sign_pt=15.0,
    badge_pt=13.0,
    map_pt=150.0,
    ground_pt=330.0,
)
"""For one or two places: maps of 53 mm, 14 mm of white at the sides, a thumb's width to hold."""
ROOMY_SMALL_MAPS: Final = replace(ROOMY, map_pt=126.0, ground_pt=240.0)
AIRY: Final = Density(
    title=Style(22, "bold", leading=1.15),
    second_title=Style(14, colour=SOFT),
    name=Style(14.5, "bold", leading=1.15),
    body=Style(11, leading=1.22),
    strong=Style(12, "bold"),
    phone=Style(16, "bold", leading=1.2),
    note=Style(10, colour=SOFT),
    side_pt=36.0,
    top_pt=30.0,
    foot_pt=48.0,
    gap_pt=9.0,
    inset_pt=8.0,
    gutter_pt=12.0,
    sign_pt=13.0,
    badge_pt=12.0,
    map_pt=126.0,
    ground_pt=220.0,
)
"""For three or four places with a map each, or up to six in two columns."""
CLOSE: Final = Density(
    title=Style(20, "bold", leading=1.15),
    second_title=Style(12, colour=SOFT),
    name=Style(13, "bold", leading=1.15),
    body=Style(10.5, leading=1.2),
    strong=Style(11, "bold"),
    phone=Style(14, "bold", leading=1.2),
    note=Style(9.5, colour=SOFT),
    side_pt=34.0,
    top_pt=28.0,
    foot_pt=46.0,
    gap_pt=8.0,
    inset_pt=7.0,
    gutter_pt=10.0,
    sign_pt=11.0,
    badge_pt=10.0,
    map_pt=119.0,
    ground_pt=190.0,
)
"""For four places with a map of 42 mm each and long texts, or six to eight in two columns."""
TIGHT: Final = replace(
    CLOSE,
    title=Style(18, "bold", leading=1.15),
    name=Style(11.5, "bold", leading=1.15),
    body=Style(9.5, leading=1.17),
    strong=Style(10, "bold"),
    phone=Style(12, "bold", leading=1.2),
    side_pt=28.0,
    top_pt=24.0,
    foot_pt=42.0,
    gap_pt=5.0,
    inset_pt=5.0,
    gutter_pt=8.0,
    sign_pt=9.5,
    badge_pt=9.0,
    map_pt=112.0,
    ground_pt=150.0,
)
"""For ten. 10 mm of white at the sides is still more than printers need."""


TIGHT_LARGE_GROUND: Final = replace(TIGHT, ground_pt=200.0)
"""What was shortened is given back only while the map of all stays this high."""


@dataclass(frozen=True, kw_only=True)
class Telling:
    """How much of a place is told: streets of the way, lines of each other fact a language."""

    streets: int = 20
    way: int = 4
    notes: int = 4
    hours: int = 6
    spoken: int = 3


TELLINGS: Final = (
    Telling(),
    Telling(streets=2),
    Telling(streets=2, notes=1),
    Telling(streets=2, notes=0),
    Telling(streets=2, notes=0, hours=2),
    Telling(streets=2, notes=0, hours=2, spoken=1),
    Telling(streets=0, notes=0, hours=2, spoken=1),
    Telling(streets=0, notes=0, hours=2, spoken=0),
    Telling(streets=0, notes=0, hours=1, spoken=0),
)
"""What is shortened first to save a page. Name, kind, address, minutes, phone and hours stay."""
