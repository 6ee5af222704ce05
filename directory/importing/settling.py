"""The third and fourth step: addresses found, and people settle what was not."""

from collections.abc import Callable, Iterable
from time import monotonic

from directory.importing import kept
from directory.importing.checking import refuse_settled
from directory.importing.desk import Desk, Meter, Stop, Tell
from directory.importing.kept import ROW
from directory.importing.placing import (
    Geocoder,
    answered,
    check_pin,
    heap_of,
    keep,
    keep_more,
    query,
    spot_of,
)
from directory.importing.positions import BELGIUM_DEGREES
from directory.importing.records import Heap, How, ImportRow, Spot
from directory.places import Precision
from geo.errors import N_, BadInputError
from geo.geocoding import Candidate, Reason

FIRST_CHUNK, LEAST, MOST = 50, 10, 1000
AIM_S = 0.5
"""How long a chunk should take: what a stopped or killed process has to do again."""
_ANSWERED = ("answer", "spot", "heap", "compared")


def geocode(
    desk: Desk,
    batch_id: str,
    geocoder: Geocoder,
    *,
    tell: Tell | None = None,
    stop: Stop | None = None,
) -> None:
    """Find the addresses of every row that waits for it, chunk by chunk, each kept at once.

    It may be stopped, killed, called again, and goes on where it was; a row that a person
    settled meanwhile is left alone.
    """
    waiting = (ROW.c.heap == Heap.WAITING.value, ROW.c.checked)
    with desk.store.reading() as connection:
        kept.read_batch(connection, batch_id)
        meter = Meter(kept.count_rows(connection, batch_id, *waiting), tell)
    size, last = FIRST_CHUNK, 0
    while stop is None or not stop():
        start = monotonic()
        with desk.store.reading() as connection:
            after = ROW.c.number > last
            rows = kept.read_rows(connection, batch_id, *waiting, after, limit=size)
        if not rows:
            return
        done = _found(rows, geocoder)
        with desk.store.keeping() as connection:
            kept.change_rows(connection, batch_id, done, only=_ANSWERED, heap=Heap.WAITING)
        meter.add(len(rows))
        last = rows[-1].number
        spent = max(monotonic() - start, 1e-3)
        size = int(min(max(size * AIM_S / spent, LEAST), MOST))


def _found(rows: list[ImportRow], geocoder: Geocoder) -> list[ImportRow]:
    asked = [row.draft.asked for row in rows]
    answers = geocoder.find_many([query(one) for one in asked if one is not None])
    done = []
    left = iter(answers)
    for row, one in zip(rows, asked, strict=True):
        if one is None:
            continue
        answer = keep(one, next(left))
        found = row.model_copy(
            update={"answer": answer, "spot": answered(answer, row.draft), "compared": False}
        )
        done.append(found.model_copy(update={"heap": heap_of(found)}))
    return done


def heaps(desk: Desk, batch_id: str) -> dict[Heap, int]:
    """Return how many rows are in each heap: together all of the file."""
    with desk.store.reading() as connection:
        kept.read_batch(connection, batch_id)
        return kept.count_heaps(connection, batch_id)


def rows(
    desk: Desk, batch_id: str, heap: Heap | None = None, *, limit: int = 50, offset: int = 0
) -> list[ImportRow]:
    """Return a page of the rows of one heap, or of the file, in the order of the file."""
    where = () if heap is None else (ROW.c.heap == heap.value,)
    with desk.store.reading() as connection:
        return kept.read_rows(connection, batch_id, *where, limit=limit, offset=offset)


def row(desk: Desk, batch_id: str, number: int) -> ImportRow:
    """Return one row.

    Raises:
        UnknownIdError: the batch has no such row.
    """
    with desk.store.reading() as connection:
        return kept.read_row(connection, batch_id, number)


def add_candidates(
    desk: Desk,
    batch_id: str,
    number: int,
    candidates: Iterable[Candidate],
    reasons: Iterable[Reason] = (),
) -> ImportRow:
    """Put what another service found behind a row's own candidates; nothing is settled by it."""
    with desk.store.keeping() as connection:
        found = kept.read_row(connection, batch_id, number)
        refuse_settled(found)
        if found.draft.asked is None:
            return found
        answer = keep_more(found.draft.asked, found.answer, candidates, reasons)
        done = found.model_copy(update={"answer": answer})
        done = done.model_copy(update={"heap": heap_of(done)})
        kept.change_rows(connection, batch_id, [done], only=_ANSWERED)
    return done


def choose_candidate(desk: Desk, batch_id: str, number: int, index: int) -> ImportRow:
    """Take one of the candidates of a row's answer, by its place in the list (0 is the first).

    Raises:
        BadInputError: there is no such candidate, or it has no position.
    """

    def place(found: ImportRow) -> Spot:
        candidates = found.answer.candidates if found.answer is not None else ()
        if not 0 <= index < len(candidates):
            raise BadInputError(
                N_("Row {number} has {count} candidates, there is no number {index}."),
                number=number,
                count=len(candidates),
                index=index + 1,
            )
        if candidates[index].lon is None:
            raise BadInputError(N_("Nobody knows where this candidate lies. Put a pin instead."))
        return spot_of(candidates[index], found.draft, how=How.CANDIDATE)

    return _settle(desk, batch_id, number, place)


def put_pin(
    desk: Desk,
    batch_id: str,
    number: int,
    lon: float,
    lat: float,
    *,
    precision: Precision = Precision.ADDRESS,
) -> ImportRow:
    """Put a row where a person pointed, EPSG:4326; the address stays what the row says.

    Raises:
        BadInputError: outside Belgium.
    """
    check_pin(lon, lat, BELGIUM_DEGREES)

    def place(found: ImportRow) -> Spot:
        address = found.draft.address
        return Spot(how=How.PIN, precision=precision, address=address, lon=lon, lat=lat)

    return _settle(desk, batch_id, number, place)


def no_fixed_place(
    desk: Desk,
    batch_id: str,
    number: int,
    *,
    precision: Precision | None = None,
    area: str = "",
) -> ImportRow:
    """Say that a row has no fixed place, or only an area: a sector, neighbourhood, municipality.

    Raises:
        BadInputError: a precision without an area, or the other way round.
    """
    if (precision is None) != (not area) or precision in (Precision.ADDRESS, Precision.STREET):
        raise BadInputError(
            N_("An area is a sector, a neighbourhood or a municipality, and its code.")
        )

    def place(found: ImportRow) -> Spot:
        if precision is None:
            return Spot(how=How.NOWHERE)
        return Spot(how=How.AREA, precision=precision, address=found.draft.address, area=area)

    return _settle(desk, batch_id, number, place)


def ask_again(desk: Desk, batch_id: str, number: int) -> ImportRow:
    """Take back what a person settled: the row is where its cells and its answer put it."""

    def place(found: ImportRow) -> Spot | None:
        return answered(found.answer, found.draft) if found.answer is not None else None

    return _settle(desk, batch_id, number, place)


def _settle(
    desk: Desk, batch_id: str, number: int, place: Callable[[ImportRow], Spot | None]
) -> ImportRow:
    with desk.store.keeping() as connection:
        found = kept.read_row(connection, batch_id, number)
        refuse_settled(found)
        if not found.checked:
            raise BadInputError(N_("Row {number} is not checked yet. Wait."), number=number)
        done = found.model_copy(update={"spot": place(found), "compared": False})
        done = done.model_copy(update={"heap": heap_of(done)})
        kept.change_rows(connection, batch_id, [done], only=_ANSWERED)
    return done
