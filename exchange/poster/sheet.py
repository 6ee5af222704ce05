"""What a poster holds: numbered places in words, the ground they stand on, who made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

import geopandas as gpd
import shapely

from geo.errors import N_, BadInputError

Paper = Literal["A4", "A3", "A2", "A0", "A3-6", "A3-8"]
"""A sheet by its ISO 216 name; "A3-6" and "A3-8" fold in six or eight panels."""
Orientation = Literal["portrait", "landscape"]
Signing = Literal["number", "shape"]
"""How a sign looks: a round number, or the number in the shape of its group."""
PAPERS_MM: Final[Mapping[Paper, tuple[int, int]]] = {
    "A4": (210, 297),
    "A3": (297, 420),
    "A2": (420, 594),
    "A0": (841, 1189),
    "A3-6": (297, 420),
    "A3-8": (297, 420),
}
"""Width and height upright, in millimetres (ISO 216)."""
MOST_LANGUAGES: Final = 3

LABELS: Final = {
    "relay": N_("Your relay"),
    "directory": N_("Who is where"),
    "streets": N_("Streets"),
    "live": N_("This map on a phone, kept up to date"),
    "edition": N_("Edition of {date}"),
    "unplaced": N_("No fixed place, or a place that is not told"),
    "made_by": N_("Made by"),
    "map": N_("Map of {title}, {count} numbered places"),
    "continued": N_("Goes on on the next page"),
    "scale": N_("Scale 1 : {scale}"),
    "no_hours": N_("Opening hours unknown"),
}
"""The fixed words by their key; `ui` says each in every language of the poster."""


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A category as the legend names it: its words by language, colour and shape of its group."""

    key: str
    names: tuple[str, ...]
    colour: str
    shape: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One numbered place, in the poster's languages, one text a language in their order.

    `lon` and `lat` (EPSG:4326) are None where it has no place, or one that is not told: it stands
    in the legend alone. Entries with the same `house` share one sign. `phones` and `lines` say the
    same in every language; `facts` holds a tuple of lines for each language. Text, never markup.
    """

    number: int
    names: tuple[str, ...]
    heading: str
    lon: float | None = None
    lat: float | None = None
    house: str = ""
    address: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    hours: tuple[tuple[str, ...], ...] = ()
    line: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Relay:
    """Who the relay is, with its public contact: one text a language, lines a language."""

    names: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...] = ()
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Logo:
    """The logo of a maker: a PNG that `exchange.logos` made, and the maker's name."""

    name: str
    png: bytes


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """What the plan is drawn on, in EPSG:4326; an empty one where the data is not there.

    `streets` has `kind` (main, medium, minor, path), `name_fr` and `name_nl`; `shapes` holds
    frames named park, water, rail, tram, subway; `stops` has `kind`, `name_fr` and `name_nl`.
    """

    streets: gpd.GeoDataFrame | None = None
    shapes: Mapping[str, gpd.GeoDataFrame] = field(default_factory=dict)
    stops: gpd.GeoDataFrame | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Poster:
    """A local map to print.

    `languages` are one to three codes, the first one the reader's own. `area` is a polygon in
    EPSG:4326: what the plan shows and whose border it draws. `headings` are in the order of the
    legend. `qr` is the address of the live map; `edition` the date in words, per language.
    `labels` hold the words of `LABELS`, one a language. `streets_index` asks for the list of
    streets; `details` may drop "hours", "line", "phone", "address" where space is short.

    Raises:
        BadInputError: no place, no language or more than three.
    """

    titles: tuple[str, ...]
    languages: tuple[str, ...]
    area: shapely.Geometry
    entries: tuple[Entry, ...]
    headings: tuple[Heading, ...]
    ground: Ground
    introductions: tuple[str, ...] = ()
    relay: Relay | None = None
    logos: tuple[Logo, ...] = ()
    makers: str = ""
    qr: str = ""
    edition: tuple[str, ...] = ()
    sources: str = ""
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    accent: str = "#0b5d66"
    signs: Signing = "shape"
    details: frozenset[str] = frozenset({"address", "phone", "hours", "line"})
    streets_index: bool = True

    def __post_init__(self) -> None:
        if not self.entries:
            raise BadInputError(
                N_("Nobody is on this map yet. Choose other categories, or add somebody first.")
            )
        if not 1 <= len(self.languages) <= MOST_LANGUAGES:
            raise BadInputError(
                N_("Expected one to {most} languages on the poster, found {found}."),
                most=MOST_LANGUAGES,
                found=len(self.languages),
            )

    def label(self, key: str) -> tuple[str, ...]:
        """Return a fixed word in every language; in English where `ui` gave none."""
        return self.labels.get(key, tuple(LABELS[key] for _ in self.languages))
