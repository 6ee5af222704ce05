"""An earlier directory, with all that is secret by now: the past keeps no door open."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from directory.actors import Actor, is_public
from directory.contacts import Contact
from directory.directory import Directory


def guarded(earlier: Directory, present: Directory, day: date) -> Directory:
    """Return an earlier directory as it may be shown on `day`; the same object where it may.

    A resident is in it only while they are public and consent now. A place or a contact that is
    secret now was none then, and is hidden all the same.
    """
    changed: dict[str, Actor | None] = {}
    for key, actor in earlier.actors.items():
        seen = _seen(actor, present.actors.get(key), day)
        if seen is not actor:
            changed[key] = seen
    if not changed:
        return earlier
    actors = {key: changed.get(key, actor) for key, actor in earlier.actors.items()}
    kept = {key: actor for key, actor in actors.items() if actor is not None}
    return replace(earlier, actors=MappingProxyType(kept))


def _seen(actor: Actor, now: Actor | None, day: date) -> Actor | None:
    """Return an earlier actor as it may be shown; None: not at all."""
    resident = actor.consent is not None or (now is not None and now.consent is not None)
    if resident and (now is None or not is_public(now, day)):
        return None
    if now is None or now is actor:
        return actor
    changes: dict[str, Any] = {}
    for flag in ("secret_place", "do_not_contact"):
        if getattr(now, flag) and not getattr(actor, flag):
            changes[flag] = True
    contacts = _narrowed(actor.contacts, now.contacts)
    if contacts != actor.contacts:
        changes["contacts"] = contacts
    if not changes:
        return actor
    found = actor.model_copy(update=changes)
    return None if found.secret_place and found.told_by_name() else found


def _narrowed(earlier: tuple[Contact, ...], now: tuple[Contact, ...]) -> tuple[Contact, ...]:
    """Give each contact the visibility it has by now."""
    known = {(one.kind, one.value): one.visibility for one in now}
    return tuple(
        one.model_copy(update={"visibility": known.get((one.kind, one.value), one.visibility)})
        for one in earlier
    )
