"""What a planner takes along, described once: tables, maps, method and sources.

Every text is in the reader's language already. Missing is not zero: a cell that is None is not
known, and every form says so in its own way.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from geo.levels import Level
from geo.territory import Territory

Cell = str | float | int | None
"""None is not known; inf is known: beyond what was measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its name to machines and to people, and what its cells are.

    A share is kept as a part of one and shown in per cent; minutes may be inf: more than `most`,
    the longest walk that was measured, or words. What is not `on_paper` is in all forms but the
    report.
    """

    id: str
    title: str
    kind: Literal["text", "whole", "number", "share", "minutes"] = "text"
    most: float = 15.0
    on_paper: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows in the order they are told.

    `level` says of which areas the first column holds the ids; None where the rows are no areas.
    """

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    level: Level | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """A class of a map: what it means and its colour (`#rrggbb`); "" is hatched: not known."""

    label: str
    colour: str
    areas: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A point on a map, EPSG:4326; `symbol` "cross" is a service that closed."""

    lon: float
    lat: float
    label: str = ""
    symbol: Literal["dot", "star", "cross"] = "dot"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadedMap:
    """Areas of one level in the colours of their classes.

    `classes` tells for each of `ids` its place in `key`. `outlines` are sets of sectors drawn with
    a strong border, by their name.
    """

    id: str
    title: str
    level: Level
    ids: tuple[str, ...]
    classes: tuple[int, ...]
    key: tuple[KeyLine, ...]
    marks: tuple[Mark, ...] = ()
    outlines: tuple[tuple[str, tuple[str, ...]], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """A source: what it gave, of which date, under which licence."""

    name: str
    licence: str
    date: str = ""
    gave: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Described:
    """All that is taken along: `name` is that of the files, without their ending.

    `facts` are (what, answer) pairs that stand at the head: what was asked, of which day, counting
    whom. `neighbourhoods` are the sectors of each by id, for what is told at that level.
    """

    name: str
    title: str
    language: str
    made_on: date
    territory: Territory
    facts: tuple[tuple[str, str], ...] = ()
    summary: tuple[str, ...] = ()
    parts: tuple[Table | ShadedMap, ...] = ()
    method: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()
    neighbourhoods: dict[str, tuple[str, ...]] = field(default_factory=dict)
