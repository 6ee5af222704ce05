"""Which record the page is of, who may do what with it, and whose it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from directory.people import Deed
from directory.relays import Relay
from directory.store import Kind
from directory.store.rows import FIELDS, SLUG, Stored, facts_of
from ui import access, state
from ui.address import Parameter

SUBJECT: Final = "id"
"""The query parameter that names the record: "actors:<id>", as a choice on the map is named."""
_KINDS: Final = {
    FIELDS[kind]: kind for kind in (Kind.ACTOR, Kind.ACTIVITY, Kind.RELAY, Kind.PARTNER)
}
PARAMETERS: Final = {SUBJECT: Parameter("one", lambda value: read(value) is not None)}


@dataclass(frozen=True, slots=True)
class Subject:
    """A record by its kind and id."""

    kind: Kind
    id: str

    def __str__(self) -> str:
        return f"{FIELDS[self.kind]}:{self.id}"


def read(value: str) -> Subject | None:
    """Read the name of a record, which anybody can write in an address.

    >>> read("actors:huis"), read("actors:../x"), read("scenarios:a")
    (Subject(kind=<Kind.ACTOR: 'actor'>, id='huis'), None, None)
    """
    layer, _, key = value.partition(":")
    kind = _KINDS.get(layer)
    return Subject(kind, key) if kind and SLUG.fullmatch(key) else None


def chosen() -> Subject | None:
    """Return the record the address names."""
    return read(str(st.session_state.get(SUBJECT) or ""))


def stored(subject: Subject) -> Mapping[str, Any] | None:
    """Return the record as it stands, as JSON, also one the public does not see."""
    held: Mapping[str, Stored] = getattr(state.store().directory(), FIELDS[subject.kind])
    found = held.get(subject.id)
    return facts_of(found) if found is not None else None


def neighbourhoods(subject: Subject, facts: Mapping[str, Any]) -> frozenset[str]:
    """Return the neighbourhoods the record lies in."""
    return state.grounds().neighbourhoods(subject.kind, facts)


def may(deed: Deed, subject: Subject, facts: Mapping[str, Any]) -> bool:
    """Tell whether this person may do something to the record, by where it lies and whose it is."""
    own = facts.get("actor_ids", ()) if subject.kind is Kind.ACTIVITY else (subject.id,)
    lies = neighbourhoods(subject, facts)
    return access.may(deed, neighbourhoods=lies) or any(
        access.may(deed, neighbourhoods=lies, actor=actor) for actor in own
    )


def may_change(subject: Subject, facts: Mapping[str, Any]) -> bool:
    """Tell whether this person may write the record."""
    return may(Deed(f"{subject.kind.value}.change"), subject, facts)


def may_read_history(subject: Subject, facts: Mapping[str, Any]) -> bool:
    """Tell whether this person may read who changed the record and how.

    The history tells an exact place: of a secret one only to those who may change the record, and
    of somebody on the map by consent too.
    """
    if facts.get("secret_place") or facts.get("consent"):
        return may_change(subject, facts)
    return may(Deed.READ_HISTORY, subject, facts)


def is_public(subject: Subject) -> bool:
    """Tell whether everybody may know that the record is there."""
    return subject.id in getattr(state.atlas(), FIELDS[subject.kind])


def may_restore(subject: Subject, facts: Mapping[str, Any]) -> bool:
    """Tell whether this person may bring an earlier version back."""
    return may_change(subject, facts) and (
        subject.kind is not Kind.ACTOR or may(Deed.RESTORE, subject, facts)
    )


def relays(subject: Subject, facts: Mapping[str, Any]) -> list[Relay]:
    """Return the relays of the neighbourhoods the record lies in: they decide about it."""
    of = state.atlas().relay_of_neighbourhood
    return [of[key] for key in sorted(neighbourhoods(subject, facts)) if key in of]
