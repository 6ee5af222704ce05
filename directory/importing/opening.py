"""The first step: a file becomes a batch, and somebody says what its columns are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import uuid4

from directory.authors import Author
from directory.categories import known_category
from directory.hygiene import clean_text
from directory.importing import kept
from directory.importing.desk import Desk
from directory.importing.fields import JOINED, Field
from directory.importing.records import (
    Batch,
    Guess,
    ImportRow,
    Said,
    Settings,
    Step,
)
from directory.search import plain
from geo.errors import N_, BadInputError

TAKEN_FROM = 0.5
"""Confidence from which a guessed column is filled in for the person to confirm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a person sees before saying what the columns are.

    `saved` are all mappings by name, `recognised` the one saved for these very headers ("" if
    none), `before` earlier batches of the same bytes that are in the directory.
    """

    batch: Batch
    rows: tuple[ImportRow, ...]
    saved: Mapping[str, Settings]
    recognised: str
    before: tuple[Batch, ...]


def signature(columns: Sequence[str]) -> str:
    """Return what next month's file is recognised by: its headers, whatever case and accents.

    >>> signature(["Nom", "Téléphone"]) == signature(["NOM", "telephone"])
    True
    """
    return sha256("\n".join(plain(column) for column in columns).encode()).hexdigest()[:32]


def begin(
    desk: Desk,
    *,
    name: str,
    content_sha256: str,
    columns: Sequence[str],
    guesses: Sequence[Guess],
    rows: Iterable[tuple[int, Sequence[str]]],
    by: Author,
    notes: Sequence[Said] = (),
) -> Batch:
    """Keep a file that was read, all of it or nothing; `rows` are (line in the file, cells).

    The mapping is the one saved for these headers, else what was guessed.

    Raises:
        BadInputError: there is no row, or no name of a person or file.
    """
    author = clean_text(by.name, field="author", of=by.origin.value)
    if not author:
        raise BadInputError(N_("A change needs the name of who makes it."))
    batch = Batch(
        id=uuid4().hex[:12],
        name=clean_text(name[-200:], field="name") or "?",
        sha256=content_sha256,
        author=author,
        started_at=datetime.now(UTC),
        step=Step.MAPPING,
        columns=tuple(columns),
        guesses=tuple(guesses),
        notes=tuple(notes),
        settings=Settings(mapping=_guessed(guesses)),
        rows=0,
    )
    with desk.store.keeping() as connection:
        known = kept.read_mappings(connection)
        for mark, settings in reversed(list(known.values())):
            if mark == signature(columns):
                batch = batch.model_copy(update={"settings": settings})
        kept.write_batch(connection, batch)
        numbered = (
            ImportRow(number=number, line=line, cells=tuple(cells))
            for number, (line, cells) in enumerate(rows, start=1)
        )
        batch = batch.model_copy(update={"rows": kept.add_rows(connection, batch.id, numbered)})
        if not batch.rows:
            raise BadInputError(N_("There is a header but no row below it. Choose another file."))
        kept.change_batch(connection, batch)
    return batch


def _guessed(guesses: Sequence[Guess]) -> tuple[Field | None, ...]:
    """Fill in each guess that is good enough; of two for one field, the surer."""
    best: dict[Field, float] = {}
    for guess in guesses:
        if guess.field is not None:
            best[guess.field] = max(best.get(guess.field, 0.0), guess.confidence)
    mapping: list[Field | None] = []
    for guess in guesses:
        field = guess.field
        taken = field is not None and guess.confidence >= TAKEN_FROM
        if field is not None and field not in JOINED:
            taken = taken and guess.confidence >= best[field] and field not in mapping
        mapping.append(field if taken else None)
    return tuple(mapping)


def batches(desk: Desk) -> list[Batch]:
    """Return every batch that is kept, the newest first."""
    with desk.store.reading() as connection:
        return kept.read_batches(connection)


def batch(desk: Desk, batch_id: str) -> Batch:
    """Return one batch.

    Raises:
        UnknownIdError: there is none of that id.
    """
    with desk.store.reading() as connection:
        return kept.read_batch(connection, batch_id)


def preview(desk: Desk, batch_id: str, *, limit: int = 10) -> Preview:
    """Return what a person needs to say what the columns are."""
    with desk.store.reading() as connection:
        found = kept.read_batch(connection, batch_id)
        known = kept.read_mappings(connection)
        rows = kept.read_rows(connection, batch_id, limit=limit)
        others = kept.read_batches(connection)
    mark = signature(found.columns)
    return Preview(
        batch=found,
        rows=tuple(rows),
        saved={name: settings for name, (_, settings) in known.items()},
        recognised=next((name for name, (each, _) in known.items() if each == mark), ""),
        before=tuple(
            other
            for other in others
            if other.sha256 == found.sha256 and other.id != batch_id and other.step is Step.ACCEPTED
        ),
    )


def set_mapping(
    desk: Desk, batch_id: str, settings: Settings, *, by: Author, save_as: str = ""
) -> Batch:
    """Say what the columns are; every row is read anew. `save_as` keeps it for next time.

    Places that a person settled stay.

    Raises:
        BadInputError: a mapping of another length, a field given to two columns that takes
            one, none for the name; or the batch is in the directory already.
    """
    with desk.store.keeping() as connection:
        found = kept.read_batch(connection, batch_id)
        refuse_accepted(found)
        check_settings(settings, found)
        confirmed = {"words": found.settings.words, "hours": found.settings.hours}
        changed = found.model_copy(
            update={"settings": settings.model_copy(update=confirmed), "step": Step.OPEN}
        )
        kept.change_batch(connection, changed)
        kept.reset_rows(connection, batch_id)
        name = clean_text(save_as, field="name")
        if name:
            kept.save_mapping(connection, name, signature(found.columns), settings, by.name)
    return changed


def refuse_accepted(batch: Batch) -> None:
    """Refuse to change how a file is read once it is in the directory.

    Raises:
        BadInputError: it is.
    """
    if batch.step is Step.ACCEPTED:
        raise BadInputError(
            N_("This file is in the directory already. Undo it first, then change it.")
        )


def check_settings(settings: Settings, batch: Batch) -> None:
    """Refuse settings that cannot be.

    Raises:
        BadInputError: they cannot.
    """
    if len(settings.mapping) != len(batch.columns):
        raise BadInputError(
            N_("Expected what each of {expected} columns is, found {found}. Read the file again."),
            expected=len(batch.columns),
            found=len(settings.mapping),
        )
    used = [field for field in settings.mapping if field is not None]
    for field in used:
        if used.count(field) > 1 and field not in JOINED:
            raise BadInputError(
                N_("Two columns are both said to be “{field}”. Choose one of them."),
                field=field.value,
            )
    named = {Field.NAME, Field.NAME_FR, Field.NAME_NL, Field.NAME_EN, Field.PLEIN_ID}
    if not named & set(used):
        raise BadInputError(N_("No column is the name. Say which one is."))
    if settings.category:
        known_category(settings.category)


def discard(desk: Desk, batch_id: str) -> None:
    """Throw a batch away with every row of it.

    Raises:
        BadInputError: it is in the directory; undo it first.
    """
    with desk.store.keeping() as connection:
        refuse_accepted(kept.read_batch(connection, batch_id))
        kept.remove_batch(connection, batch_id)
