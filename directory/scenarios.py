"""Scenarios: what a planner would put, move or close, kept under a title."""

from datetime import date
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from directory.actors import Status
from directory.places import Point
from directory.texts import Record
from geo.errors import N_, BadInputError

STEPS_MAX: Final = 100
"""What one person can still oversee; a list in a record may hold 200 (ours)."""
NEW: Final = "+"
"""A key that starts so is of a service that exists in its scenario alone."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
OldKey = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,79}(/[1-9][0-9]{0,2})?$")]
NewKey = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{0,3}$")]
Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]


class Put(Record):
    """A new service: where, what it offers, how much it can take beside a usual one of 1."""

    act: Literal["put"] = "put"
    key: NewKey
    at: Point
    categories: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=20)]
    capacity: Annotated[float, Field(gt=0, le=1_000, allow_inf_nan=False)] = 1.0


class Move(Record):
    """A place of an actor that would stand elsewhere; `was` is where it stood when drawn."""

    act: Literal["move"] = "move"
    key: OldKey
    at: Point
    was: Point


class Close(Record):
    """A place of an actor that would close; `was` is where it stood when drawn."""

    act: Literal["close"] = "close"
    key: OldKey
    was: Point


Step = Put | Move | Close
Plan = tuple[Step, ...]
"""Steps, at most one for each service, in the order in which each was first touched."""


class Scenario(Record):
    """Steps under a title, and what they were drawn on.

    `situation` and `fingerprint` are those of the outlines, `drawn_revision` that of the
    directory. `title` and `note` are what somebody wrote: text, never markup.
    """

    id: Slug
    title: Title
    note: Annotated[str, Field(max_length=2_000)] = ""
    author: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    made_on: date
    steps: Annotated[
        tuple[Annotated[Step, Field(discriminator="act")], ...], Field(max_length=STEPS_MAX)
    ]
    situation: str = ""
    fingerprint: str = ""
    drawn_revision: Annotated[int, Field(ge=0)] = 0
    status: Status = Status.PUBLISHED
    version: int = 0

    @model_validator(mode="after")
    def _one_step_a_service(self) -> Self:
        seen: set[str] = set()
        for step in self.steps:
            if step.key in seen:
                raise BadInputError(
                    N_("“{key}” is in two steps of the scenario. Keep one of the two."),
                    key=step.key,
                )
            seen.add(step.key)
        return self


def key_of(actor_id: str, number: int) -> str:
    """Return the key of a place of an actor; `number` counts its places from 0.

    >>> key_of("huis", 0), key_of("huis", 2)
    ('huis', 'huis/2')
    """
    return f"{actor_id}/{number}" if number else actor_id
