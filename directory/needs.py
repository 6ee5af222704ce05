"""What residents need, in plain words, before any category: a table anybody can correct."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import Field, ValidationError, field_validator

from directory.categories import known_category
from directory.texts import LANGUAGES, Record, Texts
from geo.errors import N_, BadInputError


class Helpline(Record):
    """A number to call, whatever the hour and the neighbourhood; its source says so."""

    number: Annotated[str, Field(pattern=r"^[0-9 ]{3,20}$")]
    labels: Texts
    source: Annotated[str, Field(pattern=r"^https://")]


class Need(Record):
    """A need, its pictogram ("maki:name" or "temaki:name") and the categories that may answer."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    labels: Texts
    icon: Annotated[str, Field(pattern=r"^(te)?maki:[a-z0-9_-]+$")]
    categories: Annotated[tuple[str, ...], Field(min_length=1)]
    helplines: tuple[Helpline, ...] = ()

    @field_validator("categories")
    @classmethod
    def _known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(known_category(one) for one in value)


def parse_needs(text: str, name: str) -> Mapping[str, Need]:
    """Read a table of needs (TOML), by id in its order; `name` is what errors call the file.

    Raises:
        BadInputError: not TOML, a label missing, an id twice, a category that is not ours.
    """
    try:
        entries = tomllib.loads(text).get("need", [])
        needs = [_need(entry) for entry in entries]
    except (tomllib.TOMLDecodeError, ValidationError, KeyError, TypeError, AttributeError) as error:
        raise _refused(name, str(error)) from error
    known = {need.id: need for need in needs}
    if not known or len(known) < len(needs):
        raise _refused(name, "an id is given twice" if known else "it holds no [[need]]")
    return MappingProxyType(known)


def _need(entry: Mapping[str, Any]) -> Need:
    lines = [
        Helpline(number=line["number"], labels=_labels(line), source=line["source"])
        for line in entry.get("helpline", [])
    ]
    return Need(
        id=entry["id"],
        labels=_labels(entry),
        icon=entry["icon"],
        categories=tuple(entry["categories"]),
        helplines=tuple(lines),
    )


def _labels(entry: Mapping[str, Any]) -> Texts:
    return Texts({language: entry[language] for language in LANGUAGES})


def _refused(name: str, reason: str) -> BadInputError:
    return BadInputError(
        N_(
            "{path} could not be understood as a table of needs: {reason}. "
            "Correct it; directory/needs.toml shows how."
        ),
        path=name,
        reason=reason,
    )


DEFAULT = Path(__file__).with_name("needs.toml")
NEEDS: Mapping[str, Need] = parse_needs(DEFAULT.read_text(encoding="utf-8"), DEFAULT.name)
"""The table Plein comes with, by id, in the order it is shown."""
