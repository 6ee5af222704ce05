"""What a sheet to take along holds: places in words, the relay, the list's address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import geopandas as gpd
import shapely

from exchange.paper.writing import clean
from geo.errors import N_, BadInputError

MOST_PLACES: Final = 10
"""What one person can carry and read: issue 4."""
LONGEST_ADDRESS: Final = 1_000
"""Characters of the list's address: more makes a QR code an old phone cannot read at 32 mm
(our choice; version 22 of 40 at the low level of correction)."""
NEAR_DEGREES: Final = 0.001
"""About 100 m: a map shows at least the block around its door."""
ACCENT: Final = "#0b5d66"
"""`accent` of layers/palette.json, which exchange may not import; 7.4:1 on white."""

LABELS: Final = {
    "title": N_("Places for me"),
    "no_hours": N_("Opening hours unknown. Please call first."),
    "spoken": N_("Languages spoken: {languages}"),
    "estimated": N_("estimated, in a straight line"),
    "relay": N_("Your relay"),
    "list": N_("This list on a phone"),
    "map": N_("Map"),
    "printed": N_("Printed on {date}"),
    "shortened": N_("Shortened; the list on a phone has everything."),
}
"""The fixed words by their key; `ui` says each in both languages of the sheet."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What of a place is said again in the language of the door."""

    category: str = ""
    hours: tuple[str, ...] = ()
    spoken: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One chosen place, every text already in the person's words.

    `way` tells the streets, first to last; leave out the street the person sets out from. `line`
    is the way in EPSG:4326 from the person to the door, or empty; its first part is never drawn
    (see `exchange.handout.map.way_shown`).
    """

    number: int
    name: str
    lon: float
    lat: float
    category: str = ""
    address: str = ""
    minutes: str = ""
    way: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    spoken: str = ""
    notes: tuple[str, ...] = ()
    estimated: bool = False
    second: Words | None = None
    line: tuple[tuple[float, float], ...] = ()

    @property
    def first(self) -> Words:
        """What is said again, in the person's language."""
        return Words(category=self.category, hours=self.hours, spoken=self.spoken, notes=self.notes)


@dataclass(frozen=True, kw_only=True)
class Relay:
    """Who the relay is: public contact, hosting partner, hours; one line a fact."""

    name: str
    lines: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Handout:
    """A sheet to print.

    `languages` are the person's and the door's ("fr", "nl", "en" …); equal, the sheet has one.
    `labels` hold the words of `LABELS` in both. `streets` are lines in EPSG:4326 with `kind`,
    `name_fr` and `name_nl`, as `exchange.streets.read_streets` gives them. `qr` is the address of
    the list, which holds places and never the person's position. `printed` is the date in words.

    Raises:
        BadInputError: no place or more than ten, an address of the list that is too long.
    """

    entries: tuple[Entry, ...]
    languages: tuple[str, str]
    qr: str
    printed: str
    title: str = ""
    relay: Relay | None = None
    streets: gpd.GeoDataFrame | None = None
    sources: str = ""
    one_map: bool = False
    labels: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    accent: str = ACCENT

    def __post_init__(self) -> None:
        if not 1 <= len(self.entries) <= MOST_PLACES:
            raise BadInputError(
                N_("Expected 1 to {most} places on the sheet, found {found}. Choose again."),
                most=MOST_PLACES,
                found=len(self.entries),
            )
        if len(self.qr) > LONGEST_ADDRESS:
            raise BadInputError(
                N_("Expected an address of at most {most} characters, found {found}."),
                most=LONGEST_ADDRESS,
                found=len(self.qr),
            )

    @property
    def ground_language(self) -> str:
        """Language of street names: the person's where streets have it, else the door's."""
        return next((each for each in self.languages if each in ("fr", "nl")), "fr")

    def has_ground(self, entry: Entry) -> bool:
        """Tell whether there is a street near the door or on the way, so that a map shows any."""
        if self.streets is None or self.streets.empty:
            return False
        if entry.line and not entry.estimated:
            return True
        west, south = entry.lon - NEAR_DEGREES, entry.lat - NEAR_DEGREES
        around = shapely.box(west, south, entry.lon + NEAR_DEGREES, entry.lat + NEAR_DEGREES)
        return len(self.streets.sindex.query(around)) > 0

    @cached_property
    def has_map_of_all(self) -> bool:
        """Tell whether one map of all is wanted and would show a street."""
        return self.one_map and any(map(self.has_ground, self.entries))

    def label(self, key: str) -> tuple[str, str]:
        """Return a fixed word in both languages; in English where `ui` gave none.

        >>> one = Entry(number=1, name="A", lon=4.35, lat=50.84)
        >>> sheet = Handout(entries=(one,), languages=("en", "fr"), qr="", printed="")
        >>> sheet.label("map")
        ('Map', 'Map')
        """
        return self.labels.get(key, (LABELS[key], LABELS[key]))

    def joined(self, key: str) -> str:
        """Return a fixed word in both languages on one line, once where they are the same.

        >>> one = Entry(number=1, name="A", lon=4.35, lat=50.84)
        >>> labels = {"map": ("Plan", "Kaart")}
        >>> Handout(
        ...     entries=(one,), languages=("fr", "nl"), qr="", printed="", labels=labels
        ... ).joined("map")
        'Plan · Kaart'
        """
        return " · ".join(dict.fromkeys(clean(word) for word in self.label(key)))
