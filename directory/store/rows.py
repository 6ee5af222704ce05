"""Records to rows and back: the one place that knows both forms."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    RowMapping,
    Table,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from directory.activities import Activity
from directory.actors import Actor
from directory.indicators import Indicator
from directory.local_maps.records import LocalMap
from directory.relays import Partner, Relay
from directory.scenarios import Scenario
from directory.store import tables
from directory.store.local_map_tables import LocalMapRow
from directory.store.tables import Facts, table
from geo.neighbourhoods import Neighbourhood, SectorSet


class Kind(StrEnum):
    """The records the store keeps, in the order in which they may refer to one another."""

    PARTNER = "partner"
    NEIGHBOURHOOD = "neighbourhood"
    ACTOR = "actor"
    RELAY = "relay"
    ACTIVITY = "activity"
    INDICATOR = "indicator"
    SCENARIO = "scenario"
    LOCAL_MAP = "local_map"


Stored = Actor | Activity | Relay | Partner | Neighbourhood | Indicator | Scenario | LocalMap
"""A record the store keeps."""

TYPES: dict[Kind, type[Stored]] = {
    Kind.PARTNER: Partner,
    Kind.NEIGHBOURHOOD: Neighbourhood,
    Kind.ACTOR: Actor,
    Kind.RELAY: Relay,
    Kind.ACTIVITY: Activity,
    Kind.INDICATOR: Indicator,
    Kind.SCENARIO: Scenario,
    Kind.LOCAL_MAP: LocalMap,
}
FIELDS: dict[Kind, str] = {
    Kind.PARTNER: "partners",
    Kind.NEIGHBOURHOOD: "neighbourhoods",
    Kind.ACTOR: "actors",
    Kind.RELAY: "relays",
    Kind.ACTIVITY: "activities",
    Kind.INDICATOR: "indicators",
    Kind.SCENARIO: "scenarios",
    Kind.LOCAL_MAP: "local_maps",
}
"""What a `Directory` calls the records of each kind."""
_KINDS = {record: kind for kind, record in TYPES.items()}
TABLES: dict[Kind, Table] = {
    Kind.PARTNER: table(tables.PartnerRow),
    Kind.NEIGHBOURHOOD: table(tables.NeighbourhoodRow),
    Kind.ACTOR: table(tables.ActorRow),
    Kind.RELAY: table(tables.RelayRow),
    Kind.ACTIVITY: table(tables.ActivityRow),
    Kind.INDICATOR: table(tables.IndicatorRow),
    Kind.SCENARIO: table(tables.ScenarioRow),
    Kind.LOCAL_MAP: table(LocalMapRow),
}
_NESTED = ("source", "consent")
"""Facts kept as columns named `source_name`, `consent_ends_on` …"""
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
"""The form of every id; another one, from an address say, cannot be stored nor looked up."""
_MANY = 5_000
"""Ids in one statement; both engines stop at some 32,000."""


def kind_of(record: Stored) -> Kind:
    """Return what kind of record it is."""
    return _KINDS[type(record)]


def facts_of(record: Stored) -> Facts:
    """Return the record as JSON, dates as ISO text."""
    if not isinstance(record, Neighbourhood):
        return record.model_dump(mode="json", warnings=False)
    return {
        "id": record.id,
        "names": dict(record.names),
        "sectors": sorted(set(record.sectors)),
        "valid_from": record.valid_from.isoformat(),
        "valid_to": record.valid_to and record.valid_to.isoformat(),
        "since": record.since and record.since.isoformat(),
        "former": [_set_facts(found) for found in record.former],
        "reason": record.reason,
        "lived": [list(corner) for corner in record.lived],
        "note": record.note,
        "version": record.version,
    }


def _set_facts(found: SectorSet) -> Facts:
    return {
        "valid_from": found.valid_from.isoformat(),
        "valid_to": found.valid_to and found.valid_to.isoformat(),
        "sectors": sorted(set(found.sectors)),
        "reason": found.reason,
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _set_of(facts: Facts) -> SectorSet:
    return SectorSet(
        valid_from=date.fromisoformat(facts["valid_from"]),
        valid_to=_day(facts["valid_to"]),
        sectors=tuple(facts["sectors"]),
        reason=facts["reason"],
    )


def record_of(kind: Kind, facts: Facts) -> Stored:
    """Return the record these facts describe, validated; facts of the history may lack new ones.

    Raises:
        ValueError: the facts break a rule of the record.
    """
    model = TYPES[kind]
    if not issubclass(model, Neighbourhood):
        return model.model_validate(facts)
    given = dict(facts)
    given["sectors"] = tuple(facts["sectors"])
    given["valid_from"] = date.fromisoformat(facts["valid_from"])
    given["valid_to"] = _day(facts["valid_to"])
    given["since"] = _day(facts.get("since"))
    given["former"] = tuple(map(_set_of, facts.get("former", ())))
    given["lived"] = tuple((lon, lat) for lon, lat in facts.get("lived", ()))
    return Neighbourhood(**given)


def _split(column: str) -> tuple[str, str]:
    for parent in _NESTED:
        if column.startswith(f"{parent}_"):
            return parent, column[len(parent) + 1 :]
    return "", column


def _to_row(kind: Kind, facts: Facts, revision: int) -> dict[str, Any]:
    row: dict[str, Any] = {"revision": revision}
    for column in TABLES[kind].columns:
        if column.name == "revision":
            continue
        parent, name = _split(column.name)
        value = ((facts[parent] or {}) if parent else facts).get(name)
        row[column.name] = (
            date.fromisoformat(value) if isinstance(column.type, Date) and value else value
        )
    return row


def _from_row(row: RowMapping, columns: Sequence[tuple[str, str, str]]) -> Facts:
    facts: Facts = {}
    for column, parent, name in columns:
        value = row[column]
        if isinstance(value, date):
            value = value.isoformat()
        (facts.setdefault(parent, {}) if parent else facts)[name] = value
    for parent in _NESTED:
        if parent in facts and all(value is None for value in facts[parent].values()):
            facts[parent] = None
    return facts


def _sector_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for sector in facts["sectors"]:
        yield {"neighbourhood_id": facts["id"], "sector": sector}


def _add_sector(facts: Facts, row: RowMapping) -> None:
    facts["sectors"].append(row["sector"])


def _organiser_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    organisers = [(actor_id, None) for actor_id in facts["actor_ids"]]
    organisers += [(None, relay_id) for relay_id in facts["relay_ids"]]
    for position, (actor_id, relay_id) in enumerate(organisers):
        ids = {"actor_id": actor_id, "relay_id": relay_id}
        yield {"activity_id": facts["id"], "position": position, **ids}


def _add_organiser(facts: Facts, row: RowMapping) -> None:
    if row["actor_id"] is not None:
        facts["actor_ids"].append(row["actor_id"])
    else:
        facts["relay_ids"].append(row["relay_id"])


def _value_rows(facts: Facts) -> Iterator[dict[str, Any]]:
    for code, value in facts["values"].items():
        yield {"indicator_id": facts["id"], "code": code, "value": value}


def _add_value(facts: Facts, row: RowMapping) -> None:
    facts["values"][row["code"]] = row["value"]


@dataclass(frozen=True, slots=True)
class _Children:
    """A table of many rows a record: how facts become rows, and are put together again."""

    table: Table
    parent_id: str
    fields: Mapping[str, type[list[Any]] | type[Facts]]
    rows: Callable[[Facts], Iterator[dict[str, Any]]]
    add: Callable[[Facts, RowMapping], None]


_CHILDREN = {
    Kind.NEIGHBOURHOOD: _Children(
        table(tables.NeighbourhoodSectorRow),
        "neighbourhood_id",
        {"sectors": list},
        _sector_rows,
        _add_sector,
    ),
    Kind.ACTIVITY: _Children(
        table(tables.ActivityOrganiserRow),
        "activity_id",
        {"actor_ids": list, "relay_ids": list},
        _organiser_rows,
        _add_organiser,
    ),
    Kind.INDICATOR: _Children(
        table(tables.IndicatorValueRow), "indicator_id", {"values": dict}, _value_rows, _add_value
    ),
}


def _read(connection: Connection, kind: Kind, where: ColumnElement[bool]) -> dict[str, Facts]:
    source = TABLES[kind]
    columns = [(c.name, *_split(c.name)) for c in source.columns if c.name != "revision"]
    selected = connection.execute(select(source).where(where).order_by(source.c.id))
    found = {row["id"]: _from_row(row, columns) for row in selected.mappings()}
    children = _CHILDREN.get(kind)
    if children is not None and found:
        for facts in found.values():
            facts.update({field: empty() for field, empty in children.fields.items()})
        child = children.table
        joined = select(child).join(source).where(where).order_by(*child.primary_key.columns)
        for row in connection.execute(joined).mappings():
            children.add(found[row[children.parent_id]], row)
    return found


def read_since(connection: Connection, kind: Kind, revision: int) -> dict[str, Facts]:
    """Return the facts of every record changed after `revision`, by id."""
    return _read(connection, kind, TABLES[kind].c.revision > revision)


def _parts(ids: Iterable[str]) -> Iterator[list[str]]:
    wanted = sorted({each for each in ids if SLUG.fullmatch(each)})
    for start in range(0, len(wanted), _MANY):
        yield wanted[start : start + _MANY]


def read_some(connection: Connection, kind: Kind, ids: Iterable[str]) -> dict[str, Facts]:
    """Return the facts of the records with these ids; an id nobody has is left out."""
    found: dict[str, Facts] = {}
    for part in _parts(ids):
        found.update(_read(connection, kind, TABLES[kind].c.id.in_(part)))
    return found


def known_ids(connection: Connection, kind: Kind, ids: Iterable[str]) -> set[str]:
    """Return those of the ids that are stored."""
    column = TABLES[kind].c.id
    found: set[str] = set()
    for part in _parts(ids):
        found.update(connection.scalars(select(column).where(column.in_(part))))
    return found


def write(
    connection: Connection, kind: Kind, facts: Sequence[Facts], *, new: bool, revision: int
) -> None:
    """Insert new records, or replace the stored ones of the same ids."""
    if not facts:
        return
    target = TABLES[kind]
    rows = [_to_row(kind, each, revision) for each in facts]
    if new:
        connection.execute(insert(target), rows)
    else:
        names = [c.name for c in target.columns if c.name != "id"]
        statement = update(target).where(target.c.id == bindparam("stored_id"))
        connection.execute(
            statement.values({name: bindparam(f"new_{name}") for name in names}),
            [
                {"stored_id": row["id"], **{f"new_{name}": row[name] for name in names}}
                for row in rows
            ],
        )
    children = _CHILDREN.get(kind)
    if children is None:
        return
    if not new:
        parent = children.table.c[children.parent_id]
        for part in _parts(each["id"] for each in facts):
            connection.execute(delete(children.table).where(parent.in_(part)))
    added = [row for each in facts for row in children.rows(each)]
    if added:
        connection.execute(insert(children.table), added)


def remove(connection: Connection, kind: Kind, ids: Iterable[str]) -> None:
    """Take records out of their tables; nothing may refer to them any more."""
    target, children = TABLES[kind], _CHILDREN.get(kind)
    for part in _parts(ids):
        if children is not None:
            parent = children.table.c[children.parent_id]
            connection.execute(delete(children.table).where(parent.in_(part)))
        connection.execute(delete(target).where(target.c.id.in_(part)))


def actors_referred_to(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of the actors that activities name as their organisers."""
    column = table(tables.ActivityOrganiserRow).c.actor_id
    found: set[str] = set()
    for part in _parts(ids):
        found.update(connection.scalars(select(column).where(column.in_(part))))
    return found
