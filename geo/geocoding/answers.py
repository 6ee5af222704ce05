"""What is asked of the geocoder and what it answers: a rung of a ladder, reasons, rivals."""

from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """An address as somebody wrote it; `text` is one free field, any field may be empty."""

    text: str = ""
    street: str = ""
    number: str = ""
    box: str = ""
    postcode: str = ""
    municipality: str = ""


class Rung(StrEnum):
    """How precise an answer is, most precise first."""

    ADDRESS = "address"
    INTERPOLATED = "interpolated"
    STREET = "street"
    PLACE = "place"
    POSTCODE = "postcode"
    MUNICIPALITY = "municipality"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One place an address may mean; `lon` and `lat` are None where no position is known."""

    rung: Rung
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is what it is: a message id and what fills its braces.

    >>> str(Reason("Number {number} is unknown.", {"number": "298"}))
    'Number 298 is unknown.'
    """

    message: str
    params: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Say it in English."""
        return self.message.format(**self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The best reading of an address, what came close, and why.

    `best` is the candidate `rung` and `probability` speak of; `candidates` holds every street
    that came close, best first, `best` among them where it is a street. With `ambiguous` a person
    must choose: two streets fit equally well, or one fits too loosely to be taken; `best` is then
    no more than the first of the candidates.
    """

    rung: Rung
    probability: float
    best: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    reasons: tuple[Reason, ...] = ()
    ambiguous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place of the directory that people write instead of an address."""

    id: str
    names: tuple[str, ...]
    lon: float
    lat: float
