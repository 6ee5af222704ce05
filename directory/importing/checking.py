"""The second step: every row checked; words and hours confirmed once, cells corrected."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from directory import hours as opening_hours
from directory.authors import Author
from directory.categories import known_category
from directory.importing import kept
from directory.importing.checks import (
    GUESSED_CATEGORY,
    HOURS_AS_WRITTEN,
    PROPOSED_HOURS,
    UNKNOWN_CATEGORY,
    Reader,
    check_row,
)
from directory.importing.desk import Desk, Meter, Stop, Tell
from directory.importing.fields import Field
from directory.importing.kept import ROW
from directory.importing.opening import refuse_accepted
from directory.importing.placing import heap_of
from directory.importing.records import Batch, How, ImportRow, Outcome, Spot, Step
from directory.importing.words import key_of
from geo.errors import N_, BadInputError

CATEGORIES, HOURS = "category", "hours"
_BY_PERSON = (How.CANDIDATE, How.PIN, How.NOWHERE, How.AREA)


@dataclass(frozen=True, slots=True)
class Question:
    """A word or a text of hours that somebody should confirm once.

    `proposed` are category ids, or one OSM text; none: nothing is known. `rows` counts them.
    """

    text: str
    proposed: tuple[str, ...]
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What the checks found: questions, the commonest first, and findings by message id."""

    words: tuple[Question, ...]
    hours: tuple[Question, ...]
    findings: Mapping[str, int]
    unchecked: int
    blocked: int


def check(desk: Desk, batch_id: str, *, tell: Tell | None = None, stop: Stop | None = None) -> None:
    """Check every row that was not checked, chunk by chunk.

    It may be stopped, killed, called again, and goes on where it was.

    Raises:
        BadInputError: nobody said yet what the columns are.
    """
    with desk.store.reading() as connection:
        batch = kept.read_batch(connection, batch_id)
        left = kept.count_rows(connection, batch_id, ~ROW.c.checked)
        reader = reader_of(desk, batch, kept.remembered(connection, CATEGORIES), _hours(connection))
    if batch.step is Step.MAPPING:
        raise BadInputError(N_("Say first what the columns of this file are."))
    meter = Meter(left, tell)
    for rows in kept.each_row(desk.store.reading, batch_id, ~ROW.c.checked):
        if stop is not None and stop():
            return
        done = [checked(row, reader) for row in rows]
        with desk.store.keeping() as connection:
            kept.change_rows(connection, batch_id, done, only=_CHECKED)
        meter.add(len(done))


_CHECKED = ("checked", "draft", "findings", "answer", "spot", "heap", "compared")


def _hours(connection: Connection) -> dict[str, str]:
    return {text: one[0] for text, one in kept.remembered(connection, HOURS).items() if one}


def reader_of(
    desk: Desk,
    batch: Batch,
    words: Mapping[str, tuple[str, ...]],
    hours: Mapping[str, str],
) -> Reader:
    """Return what reads the rows of a batch; what was confirmed for it goes before the rest."""
    return Reader(
        columns=batch.columns,
        settings=batch.settings,
        words={**words, **batch.settings.words},
        hours={**hours, **batch.settings.hours},
        actors=desk.store.directory().actors,
        area=desk.area,
        restore=desk.restore,
    )


def checked(row: ImportRow, reader: Reader) -> ImportRow:
    """Return a row as its cells say; what a person settled stays, and so does a valid answer."""
    found = check_row(row.cells, row.corrections, reader)
    answer = row.answer
    if answer is not None and answer.asked != found.draft.asked:
        answer = None
    spot = found.spot
    if row.spot is not None and _stays(row.spot, row, answer is not None, found.spot):
        spot = row.spot
    update = {
        "checked": True,
        "draft": found.draft,
        "findings": found.findings,
        "answer": answer,
        "spot": spot,
        "compared": False,
    }
    done = row.model_copy(update=update)
    return done.model_copy(update={"heap": heap_of(done)})


def _stays(own: Spot, row: ImportRow, answer_holds: bool, told: Spot | None) -> bool:  # noqa: FBT001
    if own.how in _BY_PERSON and (own.how is not How.AREA or told is None):
        return own.how is not How.CANDIDATE or answer_holds
    return own.how is How.GEOCODED and answer_holds and row.answer is not None and told is None


def summary(desk: Desk, batch_id: str) -> Summary:
    """Return the questions and the findings of a batch."""
    words: Counter[str] = Counter()
    texts: Counter[str] = Counter()
    proposed: dict[str, tuple[str, ...]] = {}
    shown: dict[str, str] = {}
    findings: dict[str, int] = defaultdict(int)
    blocked = 0
    for rows in kept.each_row(desk.store.reading, batch_id, ROW.c.checked):
        for row in rows:
            blocked += any(finding.blocking for finding in row.findings)
            for finding in row.findings:
                findings[finding.message] += 1
                if finding.message in (GUESSED_CATEGORY, UNKNOWN_CATEGORY):
                    key = key_of(finding.original)
                    shown.setdefault(key, finding.original)
                    words[key] += 1
                    proposed[key] = tuple(filter(None, finding.proposed.split("; ")))
                elif finding.message in (PROPOSED_HOURS, HOURS_AS_WRITTEN):
                    texts[row.draft.hours] += 1
                    proposed[row.draft.hours] = (finding.proposed,) if finding.proposed else ()
    with desk.store.reading() as connection:
        unchecked = kept.count_rows(connection, batch_id, ~ROW.c.checked)
    return Summary(
        words=tuple(Question(shown[key], proposed[key], n) for key, n in words.most_common()),
        hours=tuple(Question(text, proposed[text], n) for text, n in texts.most_common()),
        findings=dict(findings),
        unchecked=unchecked,
        blocked=blocked,
    )


def confirm(
    desk: Desk,
    batch_id: str,
    *,
    by: Author,
    words: Mapping[str, tuple[str, ...]] | None = None,
    hours: Mapping[str, str] | None = None,
) -> None:
    """Say once what words and hours mean, here and in the files to come; then check again.

    A word may mean several categories, or none (it says nothing). Hours are OSM text, "" to
    leave them as written.

    Raises:
        BadInputError: an unknown category, hours that are none, or the batch is accepted.
    """
    meanings = {key_of(word): tuple(meant) for word, meant in (words or {}).items()}
    for meant in meanings.values():
        for category in meant:
            known_category(category)
    for text in (hours or {}).values():
        if text and opening_hours.parse(text) is None:
            raise BadInputError(
                N_("“{text}” is not opening hours in OpenStreetMap's syntax. Correct it."),
                text=text[:80],
            )
    with desk.store.keeping() as connection:
        batch = kept.read_batch(connection, batch_id)
        refuse_accepted(batch)
        settings = batch.settings.model_copy(
            update={
                "words": batch.settings.words | meanings,
                "hours": batch.settings.hours | dict(hours or {}),
            }
        )
        kept.change_batch(connection, batch.model_copy(update={"settings": settings}))
        kept.remember(connection, CATEGORIES, meanings, by.name)
        told = {text: (meant,) if meant else () for text, meant in (hours or {}).items()}
        kept.remember(connection, HOURS, told, by.name)
        kept.reset_rows(connection, batch_id)
    check(desk, batch_id)


def correct(desk: Desk, batch_id: str, number: int, corrections: Mapping[Field, str]) -> ImportRow:
    """Write other words than the cells of one row hold; the cells stay as they were.

    An address that changed is geocoded again by the next `geocode`.

    Raises:
        BadInputError: the row is in the directory already.
    """
    with desk.store.reading() as connection:
        batch = kept.read_batch(connection, batch_id)
        words, hours = kept.remembered(connection, CATEGORIES), _hours(connection)
    reader = reader_of(desk, batch, words, hours)
    with desk.store.keeping() as connection:
        row = kept.read_row(connection, batch_id, number)
        refuse_settled(row)
        given = row.corrections | {key: text.strip() for key, text in corrections.items()}
        done = checked(row.model_copy(update={"corrections": given}), reader)
        kept.change_rows(connection, batch_id, [done])
    return done


def refuse_settled(row: ImportRow) -> None:
    """Refuse to change a row that is in the directory.

    Raises:
        BadInputError: it is.
    """
    if row.outcome is not Outcome.NONE:
        raise BadInputError(
            N_("Row {number} is in the directory already. Change it there, or undo the import."),
            number=row.number,
        )
