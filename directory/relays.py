"""Relays and the partners that host them. A relay is a role: no private person's data."""

from datetime import date
from typing import Annotated

from pydantic import Field

from directory.actors import Status
from directory.contacts import Contact
from directory.places import Place
from directory.sources import Source
from directory.texts import Record, Texts

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]


class Partner(Record):
    """A local organisation that hosts one or more relays."""

    id: Slug
    names: Texts
    municipality: Annotated[str, Field(pattern=r"^[0-9]{5}$")]
    place: Place | None = None
    contacts: tuple[Contact, ...] = ()
    hours: str = ""
    status: Status = Status.PUBLISHED
    source: Source
    version: int = 0


class Relay(Record):
    """The relay of one neighbourhood, at one partner, reached by a public contact."""

    id: Slug
    names: Texts
    partner_id: str
    neighbourhood_id: str
    contacts: tuple[Contact, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    status: Status = Status.PUBLISHED
    source: Source
    version: int = 0
