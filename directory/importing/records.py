"""What is kept of a file and its rows while they are on their way."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pydantic import Field as Empty

from directory.actors import ActorKind, Appointment, Cost, Wheelchair
from directory.contacts import Contact
from directory.importing.fields import Field
from directory.places import Address, Precision
from directory.texts import Record, Texts


class Heap(StrEnum):
    """Where a row is: each is in exactly one heap at every moment."""

    WAITING = "waiting"
    PLACED = "placed"
    TO_CHECK = "to_check"
    FAILED = "failed"


class Step(StrEnum):
    """How far a batch is; what is left within a step is counted from its rows."""

    MAPPING = "mapping"
    OPEN = "open"
    ACCEPTED = "accepted"
    UNDONE = "undone"


class Certainty(StrEnum):
    """How sure a proposal is: SURE is taken, LIKELY is to be confirmed, NONE is no proposal."""

    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


class Coordinates(StrEnum):
    """What two coordinates are: recognised row by row, or as the person said."""

    RECOGNISED = ""
    LON_LAT = "lonlat"
    LAT_LON = "latlon"
    LAMBERT_72 = "31370"
    LAMBERT_72_SWAPPED = "31370-yx"
    LAMBERT_2008 = "3812"
    LAMBERT_2008_SWAPPED = "3812-yx"


class Finding(Record):
    """What a check says of one cell.

    `message` is a message id with `params`. A `blocking` one keeps the row from being placed
    until it is confirmed or corrected.
    """

    field: Field | None = None
    original: str = ""
    proposed: str = ""
    certainty: Certainty = Certainty.NONE
    message: str
    params: dict[str, Any] = Empty(default_factory=dict)
    blocking: bool = False


class Asked(Record):
    """The address a row gives, as the geocoder is asked."""

    text: str = ""
    street: str = ""
    number: str = ""
    box: str = ""
    postcode: str = ""
    municipality: str = ""


class Draft(Record):
    """What the cells of a row say, made uniform; empty or None: the file does not say.

    `whole` is the actor as a row exported by Plein restores it.
    """

    plein_id: str = ""
    plein_version: int | None = None
    kind: ActorKind | None = None
    names: Texts = Texts()
    descriptions: Texts = Texts()
    categories: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    languages: tuple[str, ...] = ()
    hours: str = ""
    wheelchair: Wheelchair | None = None
    appointment: Appointment | None = None
    cost: Cost | None = None
    audience: Texts = Texts()
    address: Address = Address()
    asked: Asked | None = None
    whole: dict[str, Any] | None = None
    source: str = ""
    licence: str = ""
    source_url: str = ""
    reference: str = ""
    verified_on: date | None = None
    verified_by: str = ""


class Reached(Record):
    """One candidate of an answer; lon and lat in EPSG:4326, None without a position."""

    rung: str
    probability: float
    lon: float | None = None
    lat: float | None = None
    street_fr: str = ""
    street_nl: str = ""
    number: str = ""
    box: str = ""
    postcode: str = ""
    municipality_fr: str = ""
    municipality_nl: str = ""
    place_id: str = ""


class Said(Record):
    """A sentence: message id and params."""

    message: str
    params: dict[str, Any] = Empty(default_factory=dict)


class GeoAnswer(Record):
    """What the geocoder answered to `asked`; the best candidate first."""

    asked: Asked
    rung: str
    probability: float
    ambiguous: bool = False
    candidates: tuple[Reached, ...] = ()
    reasons: tuple[Said, ...] = ()


class How(StrEnum):
    """By what a row got its place."""

    COORDINATES = "coordinates"
    GEOCODED = "geocoded"
    CANDIDATE = "candidate"
    PIN = "pin"
    NOWHERE = "nowhere"
    AREA = "area"
    DIRECTORY = "directory"


class Spot(Record):
    """Where a row goes. NOWHERE has no precision; DIRECTORY keeps the places of its actor."""

    how: How
    precision: Precision | None = None
    address: Address = Address()
    lon: float | None = None
    lat: float | None = None
    area: str = ""


class Twin(Record):
    """A record a row may be the same as: an actor's id, or the number of an earlier row.

    `certain` twins share an id; the others are for a person to judge by `reasons`.
    """

    actor_id: str = ""
    row: int = 0
    name: str = ""
    distance_m: float | None = None
    similarity: float = 0.0
    reasons: tuple[str, ...] = ()
    certain: bool = False


class Choice(StrEnum):
    """What a person says of a possible duplicate."""

    SAME = "same"
    DIFFERENT = "different"
    UPDATE = "update"


class Verdict(Record):
    """The decision on a row's twins: which one it is, and which facts to take from the row."""

    choice: Choice
    actor_id: str = ""
    row: int = 0
    facts: tuple[str, ...] = ()
    automatic: bool = False


class Outcome(StrEnum):
    """What became of a row; NONE while it is not accepted."""

    NONE = ""
    CREATED = "created"
    UPDATED = "updated"
    ALREADY_THERE = "already_there"


class ImportRow(Record):
    """One row: `number` counts from 1, `line` is where it starts in the file."""

    number: int
    line: int
    cells: tuple[str, ...]
    corrections: dict[Field, str] = Empty(default_factory=dict)
    checked: bool = False
    draft: Draft = Draft()
    findings: tuple[Finding, ...] = ()
    answer: GeoAnswer | None = None
    spot: Spot | None = None
    heap: Heap = Heap.WAITING
    compared: bool = False
    twins: tuple[Twin, ...] = ()
    verdict: Verdict | None = None
    outcome: Outcome = Outcome.NONE
    actor_id: str = ""


class Guess(Record):
    """What a column seems to be, None for nothing known, and how sure that is (0 to 1)."""

    field: Field | None = None
    confidence: float = 0.0


class Settings(Record):
    """How a file is read: one field a column (None: kept, not used), and what was confirmed.

    `category`, `kind`, `source` and `licence` hold for rows that do not say; `words` are the
    categories of a word (none: it says nothing), `hours` the OSM hours of a text.
    """

    mapping: tuple[Field | None, ...] = ()
    coordinates: Coordinates = Coordinates.RECOGNISED
    category: str = ""
    kind: ActorKind = ActorKind.ORGANISATION
    source: str = ""
    licence: str = ""
    words: dict[str, tuple[str, ...]] = Empty(default_factory=dict)
    hours: dict[str, str] = Empty(default_factory=dict)


class Batch(Record):
    """One file on its way into the directory. `round` counts how often it was undone."""

    id: str
    name: str
    sha256: str
    author: str
    started_at: datetime
    step: Step
    columns: tuple[str, ...]
    guesses: tuple[Guess, ...]
    notes: tuple[Said, ...] = ()
    settings: Settings
    rows: int
    round: int = 0
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def tag(self) -> str:
        """The batch id under which the history keeps what this round changes."""
        return f"import-{self.id}-{self.round}"
