"""Saying that records are still right, and what holds for a while: versions of their own."""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import Connection

from directory.actors import Actor, Status
from directory.authors import Author
from directory.commands import Commands, Outcome
from directory.notices import Notice
from directory.store import ConflictError, Store
from geo.errors import N_, BadInputError, UnknownIdError


def confirm(
    store: Store,
    commands: Commands,
    seen: Mapping[str, int],
    *,
    by: Author,
    day: date,
    names: Mapping[str, str] | None = None,
    together: Callable[[Connection], None] | None = None,
) -> Outcome:
    """Write down that records are still right on a day, all of them or none.

    Args:
        store: the directory.
        commands: what writes, and asks whether `by` may.
        seen: the version of each record somebody looked at, by id.
        by: who says so; the history keeps the name.
        day: the day in Brussels.
        names: who the public is told checked each: the relay rather than a person.
        together: written in the same transaction, as for `Commands.save`.

    Raises:
        UnknownIdError: no such record.
        BadInputError: a record is archived.
        ConflictError: a record changed since it was looked at.
        NotAllowedError: the author may not confirm one of them.
    """
    told = names or {}
    actors = store.directory().actors
    confirmed = [
        _seen(actors, key, version).model_copy(
            update={"verified_on": day, "verified_by": told.get(key, "")}
        )
        for key, version in seen.items()
    ]
    return commands.save(confirmed, by=by, together=together)


def post_notice(
    store: Store, commands: Commands, actor_id: str, version: int, notice: Notice, *, by: Author
) -> Outcome:
    """Put up what holds for a while; notices that ended before it begins are let go.

    Raises:
        UnknownIdError, BadInputError, ConflictError, NotAllowedError: as for `confirm`.
    """
    actor = _seen(store.directory().actors, actor_id, version)
    kept = [one for one in actor.notices if one.until_day >= notice.from_day and one != notice]
    notices = tuple(sorted([*kept, notice], key=lambda one: (one.from_day, one.until_day)))
    return commands.save([actor.model_copy(update={"notices": notices})], by=by)


def take_down_notice(
    store: Store, commands: Commands, actor_id: str, version: int, notice: Notice, *, by: Author
) -> Outcome:
    """Take a notice down before its end.

    Raises:
        UnknownIdError, BadInputError, ConflictError, NotAllowedError: as for `confirm`.
    """
    actor = _seen(store.directory().actors, actor_id, version)
    notices = tuple(one for one in actor.notices if one != notice)
    return commands.save([actor.model_copy(update={"notices": notices})], by=by)


def _seen(actors: Mapping[str, Actor], key: str, version: int) -> Actor:
    """Return a record as somebody saw it, or refuse.

    The version of the snapshot is compared, not put in: the content is the snapshot's.
    """
    found = actors.get(key)
    if found is None:
        raise UnknownIdError(
            N_("There is no {kind} “{id}”. Check the id."), kind="actor", id=key[:80]
        )
    if found.status is Status.ARCHIVED:
        raise BadInputError(
            N_("“{id}” is archived. Bring it back before you say that it is right."), id=key
        )
    if found.version != version:
        raise ConflictError(
            N_("“{id}” was changed since you looked at it. Look again."),
            id=key,
            expected=version,
            found=found.version,
        )
    return found
