"""Where a row goes: from its cells, from the geocoder's answer, and which heap that makes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from directory.actors import Actor
from directory.hygiene import LIMITS, clean_text
from directory.importing import fields
from directory.importing.fields import Field
from directory.importing.positions import Box, read_position, split_pair
from directory.importing.records import (
    Asked,
    Certainty,
    Coordinates,
    Draft,
    Finding,
    GeoAnswer,
    Heap,
    How,
    ImportRow,
    Reached,
    Said,
    Spot,
)
from directory.places import Address, Place, Point, Precision
from directory.texts import Texts
from geo.errors import N_, BadInputError
from geo.geocoding.addresses import parse
from geo.geocoding.answers import Answer, Candidate, Query, Reason, Rung

PLACED_FROM = 0.9
"""Calibrated probability from which an answer is taken without asking (issue 3): nine of ten
answers given 0.9 are right, and the heaps show every one."""
MAX_CANDIDATES = 6
"""Candidates kept of an answer: what a person can compare."""
SAME_POINT_DEG = 1.1e-6
"""Two positions as one, some 10 cm: what six decimals of a file lose."""

_TAKEN = (Rung.ADDRESS, Rung.INTERPOLATED, Rung.STREET, Rung.PLACE)
"""Rungs exact enough for a point; a list of streets alone never gives more than STREET."""

_AREAS = frozenset(Precision) - {Precision.ADDRESS, Precision.STREET}

NO_ADDRESS = N_("This row says nothing of a place. Put a pin, or say that it has no fixed place.")
NOT_FOUND = N_("This address was not found here.")
NO_POSITION = N_("The street is known, but not where it lies. Put a pin.")
NOT_SURE = N_("This address may be the one proposed, but that is not sure. Choose.")
SEVERAL = N_("Several addresses fit equally well. Choose one.")
ONLY_AREA = N_("Only the area was recognised, not the street. Choose or put a pin.")
BAD_AREA = N_("“{precision}” needs the code of an area. Put a pin, or choose the area.")


class Geocoder(Protocol):
    """What finds addresses: `geo.geocoding.Geocoder`, or one that also asks online."""

    def find_many(self, queries: Sequence[Query]) -> list[Answer]:
        """Answer each query, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What the cells of a row say of its place."""

    address: Address
    asked: Asked | None
    spot: Spot | None
    findings: tuple[Finding, ...] = ()

    def kept(self) -> "Placing":
        """Leave the place to the row that is taken as a whole."""
        return replace(self, spot=Spot(how=How.DIRECTORY), findings=(), asked=None)

    def kept_where_same(self, actor: Actor) -> "Placing":
        """Keep the actor's places where the row says nothing else."""
        unclear = any(finding.blocking for finding in self.findings)
        nothing = self.spot is None and self.asked is None and not unclear
        same = self.spot is not None and any(_same(self.spot, place) for place in actor.places)
        return self.kept() if nothing or same else self


def place_cells(said: Mapping[Field, str], coordinates: Coordinates, area: Box | None) -> Placing:
    """Read the address and the coordinates of a row."""
    address = _address(said)
    asked = _asked(said, address)
    spot, findings = _area(said, address)
    if spot is None and not findings:
        spot, findings = _position(said, coordinates, area, address, elsewhere=asked is not None)
    if spot is None and asked is None and not findings:
        findings = (Finding(field=Field.ADDRESS, message=NO_ADDRESS),)
    return Placing(address=address, asked=asked, spot=spot, findings=findings)


def _short(said: Mapping[Field, str], about: Field) -> str:
    text = " ".join(said.get(about, "").split())
    if not text:
        return ""
    return clean_text(text[: LIMITS.get(about.value, 300)], field=about.value)


def _address(said: Mapping[Field, str]) -> Address:
    streets = {code: _short(said, about) for about, code in fields.STREETS.items()}
    towns = {code: _short(said, about) for about, code in fields.MUNICIPALITIES.items()}
    if not any(streets.values()):
        streets["und"] = _short(said, Field.ADDRESS)
    return Address(
        street=Texts({code: text for code, text in streets.items() if text}),
        number=_short(said, Field.NUMBER),
        box=_short(said, Field.BOX),
        postcode=_short(said, Field.POSTCODE),
        municipality=Texts({code: text for code, text in towns.items() if text}),
    )


def _asked(said: Mapping[Field, str], address: Address) -> Asked | None:
    in_columns = any(about in said for about in fields.STREETS)
    asked = Asked(
        text=_short(said, Field.ADDRESS),
        street=" - ".join(dict.fromkeys(address.street.values())) if in_columns else "",
        number=address.number,
        box=address.box,
        postcode=address.postcode,
        municipality=address.municipality.best("fr"),
    )
    return asked if asked != Asked() else None


def _area(said: Mapping[Field, str], address: Address) -> tuple[Spot | None, tuple[Finding, ...]]:
    written = said.get(Field.PRECISION, "")
    if written not in _AREAS:
        return None, ()
    area = _short(said, Field.AREA)
    if not area:
        finding = Finding(
            field=Field.AREA,
            original=written,
            message=BAD_AREA,
            params={"precision": written},
            blocking=True,
        )
        return None, (finding,)
    return Spot(how=How.AREA, precision=Precision(written), address=address, area=area), ()


def _position(
    said: Mapping[Field, str],
    coordinates: Coordinates,
    area: Box | None,
    address: Address,
    *,
    elsewhere: bool,
) -> tuple[Spot | None, tuple[Finding, ...]]:
    pair = split_pair(said[Field.COORDINATES]) if Field.COORDINATES in said else None
    first, second = pair or (said.get(Field.LON, ""), said.get(Field.LAT, ""))
    written = said.get(Field.COORDINATES) or ", ".join(filter(None, (first, second)))
    if not written:
        return None, ()
    if not (first and second):
        first, second = written, ""
    reading = read_position(first, second, said=coordinates, area=area)
    found = reading.lon is not None and reading.lat is not None
    taken = found and reading.certainty is Certainty.SURE
    findings: tuple[Finding, ...] = ()
    if reading.message:
        findings = (
            Finding(
                field=Field.LON if Field.LON in said else Field.COORDINATES,
                original=written[:200],
                proposed=f"{reading.lon}, {reading.lat}" if found else "",
                certainty=reading.certainty,
                message=reading.message,
                params=dict(reading.params),
                # With an address beside it, nonsense is passed over and the address decides.
                blocking=not taken and (found or not elsewhere),
            ),
        )
    if not taken:
        return None, findings
    street = said.get(Field.PRECISION) == Precision.STREET
    return (
        Spot(
            how=How.COORDINATES,
            precision=Precision.STREET if street else Precision.ADDRESS,
            address=address,
            lon=reading.lon,
            lat=reading.lat,
        ),
        findings,
    )


def query(asked: Asked) -> Query:
    """Return what the geocoder is asked."""
    return Query(**asked.model_dump())


def keep(asked: Asked, answer: Answer) -> GeoAnswer:
    """Return the answer in the form that is kept, its best candidate first."""
    best = (answer.best,) if answer.best is not None else ()
    candidates = dict.fromkeys((*best, *answer.candidates))
    return GeoAnswer(
        asked=asked,
        rung=answer.rung.value,
        probability=answer.probability,
        ambiguous=answer.ambiguous,
        candidates=tuple(map(_reached, list(candidates)[:MAX_CANDIDATES])),
        reasons=tuple(
            Said(message=reason.message, params=dict(reason.params)) for reason in answer.reasons
        ),
    )


def keep_more(
    asked: Asked, before: GeoAnswer | None, more: Iterable[Candidate], reasons: Iterable[Reason]
) -> GeoAnswer:
    """Return an answer with what somebody else found behind what was there; a person chooses."""
    known = before or GeoAnswer(asked=asked, rung=Rung.NONE, probability=0.0)
    found = tuple(map(_reached, more))
    told = tuple(Said(message=reason.message, params=dict(reason.params)) for reason in reasons)
    return known.model_copy(
        update={
            "rung": known.rung if known.rung != Rung.NONE or not found else found[0].rung,
            "candidates": tuple(dict.fromkeys((*known.candidates, *found))),
            "reasons": (*known.reasons, *told),
        }
    )


def _reached(candidate: Candidate) -> Reached:
    names = Reached.model_fields
    return Reached(**{name: getattr(candidate, name) for name in names})


def answered(answer: GeoAnswer, draft: Draft) -> Spot | None:
    """Return the place an answer gives without asking anybody, None where a person is asked."""
    sure = answer.rung in _TAKEN and answer.probability >= PLACED_FROM and not answer.ambiguous
    if not sure or not answer.candidates or answer.candidates[0].lon is None:
        return None
    return spot_of(answer.candidates[0], draft, how=How.GEOCODED)


def spot_of(found: Reached, draft: Draft, *, how: How) -> Spot:
    """Return the place a candidate stands for; what it does not say comes from the row."""
    own = draft.address
    street = Texts({c: t for c, t in (("fr", found.street_fr), ("nl", found.street_nl)) if t})
    town = Texts(
        {c: t for c, t in (("fr", found.municipality_fr), ("nl", found.municipality_nl)) if t}
    )
    number, box = own.number, own.box
    if street and draft.asked is not None and not (found.number or number):
        number, inner = _house(draft.asked.text or draft.asked.street)
        box = box or inner
    exact = found.rung in (Rung.ADDRESS, Rung.INTERPOLATED, Rung.PLACE)
    return Spot(
        how=how,
        precision=Precision.ADDRESS if exact else Precision.STREET,
        address=Address(
            street=street or own.street,
            number=found.number or number,
            box=found.box or box,
            postcode=found.postcode or own.postcode,
            municipality=town or own.municipality,
        ),
        lon=found.lon,
        lat=found.lat,
    )


def _house(written: str) -> tuple[str, str]:
    """Return the house number and the box that a written address holds."""
    parsed = parse(written)
    number = f"{parsed.number}{parsed.suffix.upper()}"
    return f"{number}-{parsed.until}" if parsed.until else number, parsed.box


def place_of(spot: Spot) -> Place | None:
    """Return the place of a spot as the directory keeps it, None where it has none."""
    if spot.precision is None:
        return None
    point = None
    if spot.lon is not None and spot.lat is not None:
        point = Point(lon=spot.lon, lat=spot.lat)
    return Place(precision=spot.precision, address=spot.address, point=point, area=spot.area)


def _same(spot: Spot, place: Place) -> bool:
    if place.point is None or spot.lon is None or spot.lat is None:
        return spot.area != "" and (spot.precision, spot.area) == (place.precision, place.area)
    near = max(abs(spot.lon - place.point.lon), abs(spot.lat - place.point.lat)) <= SAME_POINT_DEG
    return near and spot.address in (Address(), place.address)


def heap_of(row: ImportRow) -> Heap:
    """Tell in which heap a row is; the one rule of it.

    Waiting until it was checked and, where only an address is known, geocoded; placed when its
    place is settled and nothing blocks it; failed when nothing was found; to check otherwise.
    """
    if not row.checked:
        return Heap.WAITING
    blocking = [finding.field for finding in row.findings if finding.blocking]
    if row.spot is not None:
        # A place that a person settled settles what was unclear about it.
        blocked = any(about not in fields.PLACING for about in blocking)
        return Heap.TO_CHECK if blocked else Heap.PLACED
    if any(about in fields.PLACING for about in blocking):
        return Heap.TO_CHECK
    if row.draft.asked is None:
        return Heap.FAILED
    if row.answer is None:
        return Heap.WAITING
    return Heap.FAILED if row.answer.rung == Rung.NONE else Heap.TO_CHECK


def why_not_placed(row: ImportRow) -> tuple[Said, ...]:
    """Return the sentences that tell why a row is not placed."""
    settled = fields.PLACING if row.spot is not None else ()
    blocking = tuple(
        Said(message=f.message, params=f.params)
        for f in row.findings
        if f.blocking and f.field not in settled
    )
    if row.spot is not None or row.heap is Heap.WAITING:
        return blocking
    if row.answer is None:
        told = tuple(Said(message=f.message, params=f.params) for f in row.findings)
        return blocking or tuple(one for one in told if one.message == NO_ADDRESS)
    answer = row.answer
    if answer.rung == Rung.NONE or not answer.candidates:
        own = NOT_FOUND
    elif answer.ambiguous and len(answer.candidates) > 1:
        own = SEVERAL
    elif answer.rung not in _TAKEN:
        own = ONLY_AREA
    elif answer.candidates[0].lon is None:
        own = NO_POSITION
    else:
        own = NOT_SURE
    return (*blocking, Said(message=own), *answer.reasons)


def check_pin(lon: float, lat: float, box: Box) -> None:
    """Refuse a pin outside the box.

    Raises:
        BadInputError: it is outside.
    """
    west, south, east, north = box
    if not (west <= lon <= east and south <= lat <= north):
        raise BadInputError(
            N_("The pin at {lon}, {lat} lies outside Belgium. Put it on the map."), lon=lon, lat=lat
        )
