"""Possible duplicates: rows that may be an actor of the directory, or an earlier row."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz
from scipy.spatial import cKDTree

from directory.actors import Actor, Status
from directory.contacts import Contact, ContactKind
from directory.importing.actors import differences
from directory.importing.records import Batch, Choice, How, ImportRow, Twin, Verdict
from directory.search import plain
from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import N_

NEAR_M = 150.0
"""Two of the same name within it are probably one: a street block in Brussels. Ours, 2026-11."""
FAR_M = 400.0
"""Same name and farther apart than this: two branches, unless they share a phone or a site."""
SIMILAR = 78.0
"""Similarity of names (rapidfuzz, 0-100) that counts nearby. Ours, 2026-11."""
ALIKE = 92.0
"""The same up to a slip or the order of words."""
RELATED = 60.0
"""Enough, where a phone, a site or an e-mail is shared."""
NEIGHBOURS = 48
"""Nearest ones compared by name; a house may hold some dozens of organisations."""
SHARED_BY = 20
"""A phone or site that more have is a switchboard's, and says little."""
MOST = 5
"""Twins kept of a row."""

SAME_ID = N_("same id")
SAME_REFERENCE = N_("same reference in the same source")
SAME_CELLS = N_("every cell is the same")
SAME_NAME = N_("same name")
SIMILAR_NAME = N_("similar name")
SAME_PHONE = N_("same phone")
SAME_SITE = N_("same website")
SAME_EMAIL = N_("same e-mail")
CLOSE_BY = N_("close by")
_NUMBERS = re.compile(r"[0-9]+")
SHARED = {
    ContactKind.PHONE: SAME_PHONE,
    ContactKind.WEBSITE: SAME_SITE,
    ContactKind.EMAIL: SAME_EMAIL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A row or an actor as it is compared; `order` is -1 for an actor."""

    order: int
    actor_id: str = ""
    names: tuple[str, ...]
    shown: str
    contacts: frozenset[tuple[ContactKind, str]]
    point: tuple[float, float] | None


def compare(
    rows: Sequence[ImportRow], actors: Mapping[str, Actor], batch: Batch
) -> list[ImportRow]:
    """Return the rows with the twins of each, and the verdicts that need nobody.

    A row that shares its id, its reference or every cell is certain; so is one that says nothing
    new of the single actor it is like. Verdicts of people stay while their twin does.
    """
    ones = [compared(a) for a in actors.values() if a.status is not Status.ARCHIVED]
    first_row = len(ones)
    ones += [_of_row(n, row) for n, row in enumerate(rows)]
    places = np.array([one.point or (np.nan, np.nan) for one in ones]).reshape(-1, 2)
    metric = metric_of(places)
    found: dict[int, list[Twin]] = defaultdict(list)
    for later, earlier in _pairs(ones, metric, first_row):
        twin = _twin(ones[later], ones[earlier], metric[later], metric[earlier], rows)
        if twin is not None:
            found[ones[later].order].append(twin)
    certain = _certain(rows, actors, batch)
    return [_judged(row, certain.get(n), found.get(n, []), actors) for n, row in enumerate(rows)]


def compared(actor: Actor) -> Compared:
    """Return an actor as it is compared."""
    points = (place.point for place in actor.places if place.point is not None)
    point = next(((one.lon, one.lat) for one in points), None)
    return Compared(
        order=-1,
        actor_id=actor.id,
        names=tuple(plain(name) for name in actor.names.values()),
        shown=actor.names.best("fr"),
        contacts=shared_contacts(actor.contacts),
        point=point,
    )


def _of_row(order: int, row: ImportRow) -> Compared:
    spot, names = row.spot, row.draft.names
    placed = spot is not None and spot.lon is not None and spot.lat is not None
    return Compared(
        order=order,
        names=tuple(plain(name) for name in names.values()),
        shown=names.best("fr"),
        contacts=shared_contacts(row.draft.contacts),
        point=(spot.lon, spot.lat) if placed else None,  # type: ignore[union-attr, arg-type]
    )


def shared_contacts(contacts: Iterable[Contact]) -> frozenset[tuple[ContactKind, str]]:
    """Return contacts in the form two of the same thing share."""
    return frozenset((one.kind, _key(one)) for one in contacts)


def _key(contact: Contact) -> str:
    if contact.kind is ContactKind.PHONE:
        return re.sub(r"\D", "", contact.value)
    if contact.kind is ContactKind.EMAIL:
        return contact.value.casefold()
    parts = urlsplit(contact.value)
    return f"{parts.netloc.casefold().removeprefix('www.')}{parts.path.rstrip('/')}"


def metric_of(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring longitudes and latitudes to metres (EPSG:31370); what is not known stays so."""
    metric = np.full(places.shape, np.nan)
    known = ~np.isnan(places[:, 0])
    if known.any():
        metric[known] = project(places[known], source=WGS_84, target=LAMBERT_72)
    return metric


def _pairs(
    ones: Sequence[Compared], metric: NDArray[np.float64], first_row: int
) -> Iterator[tuple[int, int]]:
    """Yield (row, other) to look at: near, sharing a contact, or of one name; each once."""
    seen: set[tuple[int, int]] = set()
    for a, b in (*_near(metric), *_grouped(ones)):
        pair = (a, b) if a > b else (b, a)
        if pair[0] >= first_row and pair not in seen:
            seen.add(pair)
            yield pair


def _near(metric: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    known = np.flatnonzero(~np.isnan(metric[:, 0]))
    if len(known) < 2:  # noqa: PLR2004 - one has no other
        return
    tree = cKDTree(metric[known])
    many = min(NEIGHBOURS, len(known))
    _, near = tree.query(metric[known], k=many, distance_upper_bound=FAR_M)
    for one, others in zip(known.tolist(), near.reshape(len(known), -1).tolist(), strict=True):
        for other in others:
            if other < len(known) and known[other] != one:
                yield one, int(known[other])


def _grouped(ones: Sequence[Compared]) -> Iterator[tuple[int, int]]:
    groups: dict[object, list[int]] = defaultdict(list)
    for number, one in enumerate(ones):
        for key in (*one.contacts, *one.names):
            if key:
                groups[key].append(number)
    for members in groups.values():
        if len(members) <= SHARED_BY:
            yield from ((a, b) for n, a in enumerate(members) for b in members[:n])
        else:
            yield from ((a, members[0]) for a in members[1:])


def _twin(
    one: Compared,
    other: Compared,
    here: NDArray[np.float64],
    there: NDArray[np.float64],
    rows: Sequence[ImportRow],
) -> Twin | None:
    apart = None
    if one.point is not None and other.point is not None:
        apart = float(np.hypot(*(here - there)))
    alike = max((similarity_of(a, b) for a in one.names for b in other.names), default=0.0)
    shared = [SHARED[kind] for kind in SHARED if values_of(one, kind) & values_of(other, kind)]
    near = apart is not None and apart <= NEAR_M
    if not (
        (near and alike >= SIMILAR)
        or (shared and (near or alike >= RELATED))
        or (alike >= ALIKE and (apart is None or apart <= FAR_M))
    ):
        return None
    reasons = [SAME_NAME] if alike >= ALIKE else [SIMILAR_NAME] if alike >= RELATED else []
    reasons += shared + ([CLOSE_BY] if near else [])
    return Twin(
        actor_id=other.actor_id,
        row=rows[other.order].number if other.order >= 0 else 0,
        name=other.shown,
        distance_m=round(apart, 1) if apart is not None else None,
        similarity=round(alike, 1),
        reasons=tuple(reasons),
    )


def similarity_of(a: str, b: str) -> float:
    """Return how alike two plain names are, 0 to 100."""
    if a == b:
        return 100.0
    if _NUMBERS.findall(a) != _NUMBERS.findall(b):
        # "Section 12" and "Section 14" are two, however alike.
        return min(RELATED - 1, fuzz.token_sort_ratio(a, b))
    # A name within the other ("Buurthuis" in "Buurthuis De Ring") is a hint, never a match.
    return max(fuzz.token_sort_ratio(a, b), 0.85 * fuzz.token_set_ratio(a, b))


def values_of(one: Compared, kind: ContactKind) -> set[str]:
    """Return the contacts of one kind."""
    return {value for each, value in one.contacts if each is kind}


def _certain(
    rows: Sequence[ImportRow], actors: Mapping[str, Actor], batch: Batch
) -> dict[int, Twin]:
    """Find the twins that need no likeness."""
    by_reference = {
        (actor.source.name, actor.source.reference): actor
        for actor in actors.values()
        if actor.source.reference
    }
    by_cells: dict[tuple[str, ...], ImportRow] = {}
    found: dict[int, Twin] = {}
    for number, row in enumerate(rows):
        source = row.draft.source or batch.settings.source or batch.name
        own = actors.get(row.draft.plein_id)
        referred = by_reference.get((source, row.draft.reference))
        earlier = by_cells.setdefault(row.cells, row)
        if own is not None:
            found[number] = _sure(SAME_ID, own)
        elif referred is not None:
            found[number] = _sure(SAME_REFERENCE, referred)
        elif earlier is not row and not row.corrections and not earlier.corrections:
            found[number] = Twin(
                row=earlier.number,
                name=earlier.draft.names.best("fr"),
                similarity=100.0,
                reasons=(SAME_CELLS,),
                certain=True,
            )
    return found


def _sure(reason: str, actor: Actor) -> Twin:
    return Twin(
        actor_id=actor.id,
        name=actor.names.best("fr"),
        similarity=100.0,
        reasons=(reason,),
        certain=True,
    )


def _judged(
    row: ImportRow, certain: Twin | None, likely: list[Twin], actors: Mapping[str, Actor]
) -> ImportRow:
    ranked = sorted(
        likely,
        key=lambda twin: (-len(twin.reasons), -twin.similarity, twin.distance_m or 0.0, twin.row),
    )
    twins = (certain,) if certain is not None else tuple(ranked[:MOST])
    verdict = row.verdict
    if verdict is not None and not verdict.automatic and _still(verdict, row, twins):
        return row.model_copy(update={"twins": twins, "compared": True})
    verdict = _automatic(row, twins, actors)
    return row.model_copy(update={"twins": twins, "verdict": verdict, "compared": True})


def _still(verdict: Verdict, row: ImportRow, twins: Sequence[Twin]) -> bool:
    if verdict.choice is Choice.DIFFERENT:
        seen = {(twin.actor_id, twin.row) for twin in row.twins}
        return {(twin.actor_id, twin.row) for twin in twins} <= seen
    return any((twin.actor_id, twin.row) == (verdict.actor_id, verdict.row) for twin in twins)


def _automatic(
    row: ImportRow, twins: Sequence[Twin], actors: Mapping[str, Actor]
) -> Verdict | None:
    """Decide what needs nobody: the same again, or a row of ours that was edited."""
    if not twins:
        return None
    twin = twins[0]
    if twin.row:
        same = Verdict(choice=Choice.SAME, row=twin.row, automatic=True)
        return same if twin.certain else None
    actor = actors[twin.actor_id]
    here = twin.distance_m is not None and twin.distance_m <= 1.0
    nowhere = row.spot is not None and row.spot.how in (How.NOWHERE, How.DIRECTORY, How.AREA)
    if not twin.certain and not (twin.similarity >= 100.0 and (here or nowhere)):  # noqa: PLR2004
        return None
    changes = differences(actor, row)
    if not changes:
        return Verdict(choice=Choice.SAME, actor_id=actor.id, automatic=True)
    older = row.draft.plein_version is not None and row.draft.plein_version != actor.version
    if not twin.certain or older:
        return None
    return Verdict(choice=Choice.UPDATE, actor_id=actor.id, facts=tuple(changes), automatic=True)


def undecided(row: ImportRow) -> bool:
    """Tell whether a person must still say if a row is one of its twins."""
    return bool(row.twins) and row.verdict is None
