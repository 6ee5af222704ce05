"""Files into the directory: begun from bytes, reported as XLSX, and the command for both."""

import argparse
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

from directory.actors import Actor, Status
from directory.authors import Author, Origin
from directory.importing import accepting, checking, opening, settling
from directory.importing.desk import Desk, Progress
from directory.importing.positions import Box
from directory.importing.records import Batch, Heap, Said, Step
from directory.store import Store, upgrade
from exchange.columns import guess_columns
from exchange.gazetteer import open_gazetteer
from exchange.import_report import write_report
from exchange.settings import settings
from exchange.spreadsheet import read_sheet
from exchange.statbel import open_territory
from exchange.table_columns import joined
from exchange.table_rows import restored
from geo.crs import WGS_84
from geo.errors import N_, BadInputError
from geo.geocoding import Geocoder, NamedPlace
from geo.territory import Territory

DEFAULT_AUTHOR = "command line"


def open_desk(store: Store, *, area: Box | None = None) -> Desk:
    """Return the desk imports are worked on, knowing Plein's own exports.

    `area` is the territory: west, south, east, north in degrees.
    """
    return Desk(store=store, area=area, restore=_restore)


def area_of(territory: Territory) -> Box:
    """Return the territory's west, south, east and north in degrees."""
    west, south, east, north = territory.sectors.to_crs(WGS_84).total_bounds.tolist()
    return west, south, east, north


def geocoder_of(store: Store, home: Path) -> Geocoder | None:
    """Return what finds addresses here, the directory's own places too; None: no gazetteer."""
    gazetteer = open_gazetteer(home)
    return Geocoder(gazetteer, places=_named(store)) if gazetteer is not None else None


def _named(store: Store) -> list[NamedPlace]:
    named = []
    for actor in store.directory().actors.values():
        points = [place.point for place in actor.places if place.point is not None]
        if points and actor.status is Status.PUBLISHED:
            names = tuple(actor.names.values())
            named.append(NamedPlace(id=actor.id, names=names, lon=points[0].lon, lat=points[0].lat))
    return named


def _restore(row: Mapping[str, str], actor: Actor | None) -> Actor:
    return restored(joined(row), actor)


def start(desk: Desk, content: bytes, name: str, *, by: Author) -> Batch:
    """Keep a CSV or XLSX as a batch: all of it, or nothing and a sentence.

    Raises:
        BadInputError: the file cannot be read, has no header or no row.
    """
    sheet = read_sheet(content, name)
    return opening.begin(
        desk,
        name=Path(name).name,
        content_sha256=sha256(content).hexdigest(),
        columns=sheet.columns,
        guesses=guess_columns(sheet.columns, (row.cells for row in sheet.rows)),
        rows=((row.number, row.cells) for row in sheet.rows),
        notes=[Said(message=note.message, params=note.params) for note in sheet.notes],
        by=by,
    )


def unfinished(desk: Desk, content: bytes) -> Batch | None:
    """Return the batch of these very bytes that was begun and neither accepted nor undone."""
    digest = sha256(content).hexdigest()
    begun = [
        batch
        for batch in opening.batches(desk)
        if batch.sha256 == digest and batch.step in (Step.MAPPING, Step.OPEN)
    ]
    return max(begun, key=lambda batch: batch.started_at, default=None)


def report(desk: Desk, batch_id: str, *, say: Callable[[str], str] | None = None) -> bytes:
    """Return the report of a batch as XLSX: a line for each row of the file, in its order.

    `say` translates a message id; without it the report is in English.
    """
    return write_report(desk, batch_id, say=say or (lambda message: message))


def _told(progress: Progress) -> None:
    left = "" if progress.left_s is None else f", {progress.left_s:.0f} s left"
    end = "\n" if progress.done == progress.total else "\r"
    print(f"    {progress.done} of {progress.total}{left}   ", end=end, flush=True)  # noqa: T201


def _run(given: argparse.Namespace) -> int:
    known = settings()
    upgrade(known.database_url)
    store = Store(known.database_url)
    try:
        territory = open_territory(known.home, known.register)
        desk = open_desk(store, area=area_of(territory))
        by = Author(given.by, Origin.IMPORT)
        if given.undo:
            undone = accepting.undo(desk, given.undo, by=by)
            _say(f"{len(undone.removed)} taken out, {len(undone.restored)} put back")
            for key, why in undone.kept.items():
                _say(f"  kept {key}: {why}")
            return 0
        if not given.files:
            raise BadInputError(N_("Give the path of a CSV or XLSX file, or --undo and a batch."))
        for path in given.files:
            _one(desk, path, given, by, known.home)
    finally:
        store.close()
    return 0


def _one(desk: Desk, path: Path, given: argparse.Namespace, by: Author, home: Path) -> None:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadInputError(
            N_("{path} cannot be read: {reason}."), path=str(path), reason=error.strerror or ""
        ) from error
    before = unfinished(desk, content)
    batch = before or start(desk, content, path.name, by=by)
    chosen = batch.settings.model_copy(
        update={"category": given.category, "source": given.source, "licence": given.licence}
    )
    if before is None or before.step is Step.MAPPING or chosen != before.settings:
        opening.set_mapping(desk, batch.id, chosen, by=by)
    going_on = ", going on where it was" if before else ""
    _say(f"{path.name}: {batch.rows} rows, batch {batch.id}{going_on}")
    for column, field in zip(batch.columns, chosen.mapping, strict=True):
        _say(f"    {column}: {field.value if field else '-'}")
    checking.check(desk, batch.id, tell=_told)
    if given.confirm:
        _confirm(desk, batch.id, by)
    geocoder = geocoder_of(desk.store, home)
    if geocoder is None:
        _say("    no gazetteer: addresses wait, see `python -m exchange gazetteer`")
    else:
        settling.geocode(desk, batch.id, geocoder, tell=_told)
    for heap, count in settling.heaps(desk, batch.id).items():
        _say(f"    {heap.value}: {count}")
    ready = accepting.readiness(desk, batch.id)
    if given.accept and settling.heaps(desk, batch.id)[Heap.PLACED]:
        ready = accepting.accept(desk, batch.id, by=by)
    verb = "were" if given.accept else "would be"
    _say(
        f"    {ready.created} {verb} new, {ready.updated} updated, "
        f"{ready.already_there} there already, {len(ready.left)} left out"
    )
    if given.report:
        given.report.write_bytes(report(desk, batch.id))


def _confirm(desk: Desk, batch_id: str, by: Author) -> None:
    found = checking.summary(desk, batch_id)
    checking.confirm(
        desk,
        batch_id,
        by=by,
        words={one.text: one.proposed for one in found.words if one.proposed},
        hours={one.text: one.proposed[0] for one in found.hours if one.proposed},
    )


def _say(text: str) -> None:
    print(text)  # noqa: T201 - a command


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `import`."""
    parser = commands.add_parser("import", help="bring a CSV or XLSX into the directory")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--by", default=DEFAULT_AUTHOR, help="who imports; the history keeps it")
    parser.add_argument("--category", default="", help="of rows that name none, an id")
    parser.add_argument("--source", default="", help="where the file comes from")
    parser.add_argument("--licence", default="", help="under which it may be shown")
    parser.add_argument("--confirm", action="store_true", help="take what is guessed of words")
    parser.add_argument("--accept", action="store_true", help="bring what is ready in")
    parser.add_argument("--report", type=Path, help="write what became of each row, XLSX")
    parser.add_argument("--undo", metavar="BATCH", help="take a batch back")
    parser.set_defaults(run=_run)
