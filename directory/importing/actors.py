"""A row and the directory: the actor it makes, what it would change, the actor changed by it."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from directory.actors import Actor
from directory.contacts import Contact, Visibility
from directory.importing.placing import place_of
from directory.importing.records import Batch, Draft, How, ImportRow, Settings
from directory.places import Address, Place
from directory.search import plain
from directory.sources import Source
from directory.texts import UNDETERMINED, Texts

FACTS = (
    *("names", "descriptions", "categories", "places", "contacts", "languages", "hours"),
    *("wheelchair", "appointment", "cost", "audience", "kind", "verified_on", "verified_by"),
)
"""What a row may change of an actor, in the order it is shown side by side."""
_TEXTS = frozenset({"names", "descriptions", "audience"})
SAME_PLACE_DEG = 1.5e-5
"""Two positions as one place, some 1.5 m: less than the width of a door."""
_SLUG_LENGTH = 60


def new_id(row: ImportRow, batch: Batch, taken: Iterable[str]) -> str:
    """Return the id of the actor a row makes: the same every time it is asked.

    Its own, where Plein exported it and nobody here has it; else its name and a short mark.
    """
    own = row.draft.plein_id
    if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", own) and own not in taken:
        return own
    name = re.sub(r"[^a-z0-9]+", "-", plain(row.draft.names.best("fr")))[:_SLUG_LENGTH].strip("-")
    mark = sha256(f"{batch.id} {row.number}".encode()).hexdigest()[:10]
    return f"{name or 'actor'}-{mark}"


def new_actor(row: ImportRow, batch: Batch, *, actor_id: str, read_on: date) -> Actor:
    """Make the actor of a placed row; `read_on` is the day the file came.

    Raises:
        pydantic.ValidationError: the row has no name or no category.
    """
    draft, settings = row.draft, batch.settings
    return Actor(
        id=actor_id,
        kind=draft.kind or settings.kind,
        names=draft.names,
        descriptions=draft.descriptions,
        categories=draft.categories,
        places=_places(row),
        contacts=draft.contacts,
        languages=draft.languages,
        hours=draft.hours,
        wheelchair=draft.wheelchair,
        appointment=draft.appointment,
        cost=draft.cost,
        audience=draft.audience,
        source=source_of(draft, settings, batch, read_on),
        verified_on=draft.verified_on,
        verified_by=draft.verified_by,
    )


def source_of(draft: Draft, settings: Settings, batch: Batch, read_on: date) -> Source:
    """Return the origin of a row: what it says itself, else what was said of the file."""
    return Source(
        name=draft.source or settings.source or batch.name,
        licence=draft.licence or settings.licence,
        url=draft.source_url,
        reference=draft.reference,
        read_on=read_on,
    )


def _places(row: ImportRow) -> tuple[Place, ...]:
    place = place_of(row.spot) if row.spot is not None else None
    return (place,) if place is not None else ()


def differences(actor: Actor, row: ImportRow) -> dict[str, Any]:
    """Return the facts in which a row says something else than an actor, and what it says.

    An empty cell says nothing. What the row adds to a text in several languages, or to the
    contacts, is laid over what is there.
    """
    if row.draft.whole is not None:
        whole = Actor.model_validate(row.draft.whole)
        names = (*FACTS, "source", "status", "consent")
        found = {name: getattr(whole, name) for name in names}
        return {name: value for name, value in found.items() if value != getattr(actor, name)}
    said = {name: _said(name, actor, row) for name in FACTS}
    return {
        name: value
        for name, value in said.items()
        if value not in (None, "", ()) and value != getattr(actor, name)
    }


def _said(name: str, actor: Actor, row: ImportRow) -> Any:
    draft = row.draft
    if name in _TEXTS:
        return _texts(getattr(actor, name), getattr(draft, name))
    if name == "places":
        return _moved(actor, row)
    if name == "contacts":
        return _contacts(actor.contacts, draft.contacts)
    if name in ("categories", "languages"):
        told = getattr(draft, name)
        return told if set(told) != set(getattr(actor, name)) else None
    return getattr(draft, name)


def _texts(own: Texts, told: Texts) -> Texts | None:
    """Lay what is told over what is there; a text whose language nobody said may be any of them."""
    known = {plain(text) for text in own.values()}
    new = {
        code: text
        for code, text in told.root.items()
        if own.root.get(code) != text and not (code == UNDETERMINED and plain(text) in known)
    }
    return Texts(own.root | new) if new else None


def _contacts(own: tuple[Contact, ...], told: tuple[Contact, ...]) -> tuple[Contact, ...] | None:
    """Put the row's phones in the place of the public ones, and so its e-mails and links."""
    kinds = {contact.kind for contact in told}
    known = {(contact.kind, _bare(contact.value)) for contact in own}
    given = {(contact.kind, _bare(contact.value)) for contact in told}
    public = {
        (contact.kind, _bare(contact.value))
        for contact in own
        if contact.kind in kinds and contact.visibility is Visibility.PUBLIC
    }
    if given <= known and public <= given:
        return None
    kept = [
        contact
        for contact in own
        if contact.kind not in kinds
        or contact.visibility is not Visibility.PUBLIC
        or (contact.kind, _bare(contact.value)) in given
    ]
    return (*kept, *(one for one in told if (one.kind, _bare(one.value)) not in known))


def _bare(value: str) -> str:
    return value.casefold().rstrip("/").removeprefix("http://").removeprefix("https://")


def _moved(actor: Actor, row: ImportRow) -> tuple[Place, ...] | None:
    if row.spot is None or row.spot.how in (How.DIRECTORY, How.NOWHERE):
        return None
    place = place_of(row.spot)
    if place is None or any(_same_place(place, one) for one in actor.places):
        return None
    return (place, *actor.places[1:])


def _same_place(told: Place, own: Place) -> bool:
    if told.point is None or own.point is None:
        return told.point == own.point and told.area == own.area and told.address == own.address
    near = max(abs(told.point.lon - own.point.lon), abs(told.point.lat - own.point.lat))
    return near <= SAME_PLACE_DEG and (own.address != Address() or told.address == own.address)


def updated(actor: Actor, row: ImportRow, facts: Iterable[str]) -> Actor:
    """Return the actor with these facts taken from the row."""
    changes: Mapping[str, Any] = differences(actor, row)
    wanted = {name: value for name, value in changes.items() if name in set(facts)}
    return actor.model_copy(update=wanted) if wanted else actor
