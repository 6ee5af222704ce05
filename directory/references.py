"""Which records refer to which: what must be there before, and what may not go."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import Connection

from directory.places import Precision
from directory.store import rows
from directory.store.rows import Kind
from directory.store.store import Key
from directory.store.tables import Facts


def _places(facts: Facts) -> Iterator[dict[str, Any]]:
    yield from facts.get("places", ())
    if facts.get("place"):
        yield facts["place"]


def references(kind: Kind, facts: Facts) -> Iterator[Key]:
    """List what a record refers to."""
    if kind is Kind.LOCAL_MAP and facts["neighbourhood_id"]:
        yield Key(Kind.NEIGHBOURHOOD, facts["neighbourhood_id"])
    if kind is Kind.RELAY:
        yield Key(Kind.PARTNER, facts["partner_id"])
        yield Key(Kind.NEIGHBOURHOOD, facts["neighbourhood_id"])
    elif kind is Kind.ACTIVITY:
        yield from (Key(Kind.ACTOR, actor_id) for actor_id in facts["actor_ids"])
        yield from (Key(Kind.RELAY, relay_id) for relay_id in facts["relay_ids"])
    for place in _places(facts):
        if place["precision"] == Precision.NEIGHBOURHOOD:
            yield Key(Kind.NEIGHBOURHOOD, place["area"])


def referred_to(connection: Connection, kind: Kind, ids: Collection[str]) -> set[str]:
    """Return those of some records that another record refers to, a draft or archived one too."""
    if not ids:
        return set()
    asked = {Key(kind, record_id) for record_id in ids}
    return {
        target.id
        for other in Kind
        for facts in rows.read_since(connection, other, -1).values()
        for target in references(other, facts)
        if target in asked
    }
