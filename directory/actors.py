"""The actors of a neighbourhood: houses, services, shops, groups and key residents."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from directory.categories import known_category
from directory.contacts import Contact
from directory.notices import Notices
from directory.places import Place
from directory.sources import Source
from directory.street_names import street_names, tells_street
from directory.texts import Record, Texts
from geo.errors import N_, BadInputError

Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]


class ActorKind(StrEnum):
    """What sort of actor it is; a resident is one only with recorded consent."""

    ORGANISATION = "organisation"
    PUBLIC_SERVICE = "public_service"
    PROFESSIONAL = "professional"
    CITIZEN_GROUP = "citizen_group"
    SHOP = "shop"
    RESIDENT = "resident"


class Status(StrEnum):
    """Whether the public sees it."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Wheelchair(StrEnum):
    """Step-free access, in OSM's words."""

    YES = "yes"
    LIMITED = "limited"
    NO = "no"


class Appointment(StrEnum):
    """Whether one must call first."""

    NONE = "none"
    POSSIBLE = "possible"
    REQUIRED = "required"


class Cost(StrEnum):
    """What it costs the person at the door."""

    FREE = "free"
    REDUCED = "reduced"
    PAID = "paid"


class Consent(Record):
    """A resident's consent to be on the map: the day it was given and the day it ends."""

    given_on: date
    ends_on: date


class Actor(Record):
    """Somebody people can go to. None or empty means unknown, and is shown as unknown.

    `hours` is OSM `opening_hours` text; one that does not parse is kept and shown as written.
    `notices` are what holds for a while; one that ended says nothing any more.
    `secret_place`: everyone is told its neighbourhood alone; `do_not_contact`: everyone is asked to
    go by the relay. `version` is the store's: 0 for a record never stored.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
    kind: ActorKind
    names: Texts
    descriptions: Texts = Texts()
    categories: Annotated[
        tuple[Annotated[str, AfterValidator(known_category)], ...], Field(min_length=1)
    ]
    places: tuple[Place, ...] = ()
    contacts: tuple[Contact, ...] = ()
    languages: tuple[Language, ...] = ()
    hours: str = ""
    notices: Notices = ()
    wheelchair: Wheelchair | None = None
    appointment: Appointment | None = None
    cost: Cost | None = None
    audience: Texts = Texts()
    consent: Consent | None = None
    secret_place: bool = False
    do_not_contact: bool = False
    status: Status = Status.PUBLISHED
    source: Source
    verified_on: date | None = None
    verified_by: str = ""
    version: int = 0

    @model_validator(mode="after")
    def _named_and_consenting(self) -> Self:
        if not self.names:
            raise BadInputError(N_("An actor needs a name in at least one language."))
        if self.kind is ActorKind.RESIDENT and self.consent is None:
            raise BadInputError(
                N_("A resident is kept only with consent: give the day it was given and its end.")
            )
        if self.secret_place and self.told_by_name():
            raise BadInputError(
                N_("The place is secret and the name tells its street. Change the name first.")
            )
        return self

    def told_by_name(self) -> bool:
        """Whether a name of it tells the street of one of its places."""
        streets = street_names(self.places)
        return any(tells_street(name, streets) for name in self.names.values())


def is_public(actor: Actor, day: date) -> bool:
    """Whether visitors see the actor: published and, for a resident, consenting on that day."""
    if actor.status is not Status.PUBLISHED:
        return False
    return actor.consent is None or actor.consent.given_on <= day <= actor.consent.ends_on
