"""The versions of a figure: what it was before, back again, and out of sight without losing it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from directory.actors import Status
from directory.authors import Author
from directory.commands import Commands, Outcome
from directory.indicators import Indicator
from directory.store import Kind, Store
from directory.store.history import Change
from geo.errors import N_, BadInputError, PleinError, UnknownIdError


def changes(store: Store, indicator_id: str) -> list[Change]:
    """Return every change of a figure, the latest first."""
    return store.history(Kind.INDICATOR, indicator_id)[::-1]


def at_version(store: Store, indicator_id: str, version: int) -> Indicator:
    """Return a figure as it was stored under a version.

    Raises:
        UnknownIdError: it never had that version.
        BadInputError: what was stored then breaks a rule of today.
    """
    for change in changes(store, indicator_id):
        if change.version == version and change.after is not None:
            return _read(change.after, indicator_id, version)
    raise UnknownIdError(
        N_("“{id}” never had a version {version}. Choose one of its history."),
        id=indicator_id,
        version=version,
    )


def bring_back(store: Store, indicator_id: str, *, by: Author, version: int = 0) -> Outcome:
    """Store a figure as it was, in sight again; without a version, as it is but not archived.

    What is stored now stays in the history, so that this can be taken back as well.

    Raises:
        UnknownIdError, BadInputError: there is no such version, or it cannot be stored today.
        ConflictError: somebody changed the figure meanwhile.
    """
    stored = _stored(store, indicator_id)
    wanted = at_version(store, indicator_id, version) if version else stored
    again = wanted.model_copy(update={"version": stored.version, "status": Status.PUBLISHED})
    return Commands(store).save([again], by=by)


def take_back(store: Store, indicator_id: str, *, by: Author) -> Outcome:
    """Undo the last change of a figure: as it was before; what was new is archived.

    Raises:
        UnknownIdError: there is no such figure.
        BadInputError: what it was before breaks a rule of today.
        ConflictError: somebody changed the figure meanwhile.
    """
    stored = _stored(store, indicator_id)
    last = changes(store, indicator_id)[0]
    if last.before is None:
        return Commands(store).archive(Kind.INDICATOR, indicator_id, by=by, version=stored.version)
    before = _read(last.before, indicator_id, int(last.before["version"]))
    return Commands(store).save([before.model_copy(update={"version": stored.version})], by=by)


def _stored(store: Store, indicator_id: str) -> Indicator:
    found = store.indicators().get(indicator_id)
    if found is None:
        raise UnknownIdError(
            N_("There is no {kind} “{id}”. Check the id."),
            kind=Kind.INDICATOR.value,
            id=indicator_id,
        )
    return found


def _read(facts: Mapping[str, Any], indicator_id: str, version: int) -> Indicator:
    try:
        return Indicator.model_validate(facts)
    except (ValidationError, PleinError) as error:
        raise BadInputError(
            N_("Version {version} of “{id}” breaks a rule of today: take its file in again."),
            id=indicator_id,
            version=version,
        ) from error
