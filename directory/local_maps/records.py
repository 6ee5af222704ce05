"""The record of a local map: where, who is on it, in which order, and what is told of each."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

import shapely
from pydantic import AfterValidator, Field, StringConstraints, field_validator, model_validator

from directory.actors import Status
from directory.categories import known_category
from directory.places import Point
from directory.texts import Record, Texts
from geo.errors import N_, BadInputError

MOST_LANGUAGES: Final = 3
"""More columns of words than that leave no room for the map (our choice)."""
MOST_CORNERS: Final = 500
MOST_NAMED: Final = 2_000
"""Actors named one by one: more than a directory of a neighbourhood ever had (our choice)."""
LONGEST_TITLE: Final = 120
LONGEST_TEXT: Final = 2_000
ACCENTS: Final = ("accent", "care", "culture", "school", "social", "municipality", "community")
"""Of `layers/palette.json`, what a map may take for title and border; all pass AA on white."""


class Order(StrEnum):
    """How the actors are numbered."""

    CATEGORY = "category"
    NORTH = "north"
    STREET = "street"


class Part(StrEnum):
    """What an entry may tell beside its name."""

    ADDRESS = "address"
    PHONE = "phone"
    HOURS = "hours"
    LINE = "line"


Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
SlugOrNone = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9-]{0,79})?$")]
Code = Annotated[str, Field(pattern=r"^[a-z]{2}$")]
Digest = Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=LONGEST_TITLE)]


class Maker(Record):
    """Who made the map, and the SHA-256 of their logo where they gave one."""

    name: Annotated[Words, Field(min_length=1)]
    logo: Digest = ""


class LocalMap(Record):
    """A map of a neighbourhood, or of a drawn area, kept up to date from the directory.

    `area` is a ring in EPSG:4326 without its last corner; empty, the map is of `neighbourhood_id`.
    `categories` are those shown, all where it is empty; `with_actors` are on it whatever their
    category, wherever they are; `without_actors` are not. Titles and texts are text, never markup.
    `version` is the store's: 0 for a map never stored.
    """

    id: Slug
    neighbourhood_id: SlugOrNone = ""
    area: Annotated[tuple[Point, ...], Field(max_length=MOST_CORNERS)] = ()
    titles: Texts
    introductions: Texts = Texts()
    languages: Annotated[tuple[Code, ...], Field(min_length=1, max_length=MOST_LANGUAGES)] = (
        "fr",
        "nl",
    )
    categories: Annotated[
        tuple[Annotated[str, AfterValidator(known_category)], ...], Field(max_length=100)
    ] = ()
    with_actors: Annotated[tuple[Slug, ...], Field(max_length=MOST_NAMED)] = ()
    without_actors: Annotated[tuple[Slug, ...], Field(max_length=MOST_NAMED)] = ()
    order: Order = Order.CATEGORY
    parts: tuple[Part, ...] = tuple(Part)
    accent: Annotated[str, Field(max_length=20)] = "accent"
    signs: Literal["number", "shape"] = "shape"
    makers: Annotated[tuple[Maker, ...], Field(max_length=12)] = ()
    made_on: date
    author: Annotated[Words, Field(min_length=1)]
    status: Status = Status.PUBLISHED
    version: int = 0

    @field_validator("parts")
    @classmethod
    def _in_order(cls, value: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(part for part in Part if part in value)

    @model_validator(mode="after")
    def _somewhere_and_named(self) -> Self:
        if not self.titles:
            raise BadInputError(N_("A local map needs a title in at least one language."))
        if any(len(text) > LONGEST_TITLE for text in self.titles.values()) or any(
            len(text) > LONGEST_TEXT for text in self.introductions.values()
        ):
            raise BadInputError(
                N_(
                    "Expected a title of at most {title} letters and a text of at most {text}. "
                    "Shorten it."
                ),
                title=LONGEST_TITLE,
                text=LONGEST_TEXT,
            )
        if bool(self.neighbourhood_id) == bool(self.area):
            raise BadInputError(
                N_("A local map is of a neighbourhood or of a drawn area. Choose one of the two.")
            )
        if self.area and not _is_ring(self.area):
            raise BadInputError(
                N_("Expected an area of three corners or more that does not cross itself.")
            )
        if self.accent not in ACCENTS:
            raise BadInputError(
                N_("Expected one of the colours {known}, found “{found}”."),
                known=", ".join(ACCENTS),
                found=self.accent,
            )
        if len(set(self.languages)) < len(self.languages):
            raise BadInputError(N_("A language is named twice. Name each once."))
        return self


def _is_ring(area: tuple[Point, ...]) -> bool:
    corners = [(point.lon, point.lat) for point in area]
    if len(corners) < 3:  # noqa: PLR2004 - a triangle
        return False
    found = shapely.Polygon(corners)
    return bool(found.is_valid and found.area > 0)
