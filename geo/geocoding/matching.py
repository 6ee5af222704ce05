"""The geocoder: address text in, an answer on a ladder of precision out."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from functools import cached_property, lru_cache
from typing import Final, Self, overload

import numpy as np
from numpy.typing import NDArray

from geo.errors import N_
from geo.geocoding.addresses import Parsed, parse
from geo.geocoding.answers import Answer, Candidate, NamedPlace, Query, Reason, Rung
from geo.geocoding.calibration import CLOSE, ELSEWHERE, LEAST, WORTH_NAMING, shares
from geo.geocoding.corners import Crossing, crossings, pairs
from geo.geocoding.costs import UNKNOWN_NUMBER
from geo.geocoding.gazetteer import Gazetteer
from geo.geocoding.houses import Houses, Spot
from geo.geocoding.localities import Localities, asked, outside
from geo.geocoding.places import Places
from geo.geocoding.reverse import Reverse
from geo.geocoding.search import SURE, Area, Hit, Search
from geo.geocoding.suggesting import Suggestions
from geo.geocoding.words import fold

REMEMBERED: Final = 20_000
"""Names with an area whose streets are remembered; forgotten all at once when there are more."""
AT_ONCE: Final = 200
"""Answers between two words of progress."""
NAMED: Final = 5
"""Candidates an answer names."""


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the search for cycles: answers make none, and each search walks the whole index."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Geocoder:
    """Finds Belgian addresses in a gazetteer, and places of the directory by name.

    `remembered` is how many names that were asked for are kept for who asks them again: none where
    what a person asked is nobody's business.
    """

    def __init__(
        self,
        gazetteer: Gazetteer,
        places: Iterable[NamedPlace] = (),
        *,
        remembered: int = REMEMBERED,
    ) -> None:
        self.gazetteer = gazetteer
        self._remembered = remembered
        self._search = Search(gazetteer)
        self._houses = Houses(gazetteer)
        self._localities = Localities(gazetteer)
        self._places = Places(places)
        self._found: dict[tuple[tuple[tuple[str, ...], ...], Area], list[Hit]] = {}
        self._postcodes: list[int] = gazetteer.postcode.tolist()
        self._twins = _twins(gazetteer)
        self._municipalities: list[int] = gazetteer.municipality.tolist()

    def with_places(self, places: Iterable[NamedPlace]) -> Self:
        """Return one that knows other places of the directory, and shares the streets."""
        other = copy(self)
        other._places = Places(places)  # noqa: SLF001 - a copy of this class
        return other

    def find(self, query: Query) -> Answer:
        """Answer one address."""
        parsed = _parsed(query)
        area = self._localities.area(parsed.postcode, parsed.place)
        if parsed.corner or (len(parsed.names) > 1 and not parsed.number):
            corner = self._corner(parsed, area)
            if corner is not None:
                return corner
        hits = self._weighed(parsed, area)
        if not hits or hits[0].name > SURE:
            trimmed = self._localities.trimmed(parsed)
            if trimmed is not None:
                parsed = trimmed
                area = self._localities.area(parsed.postcode, parsed.place)
                hits = self._weighed(parsed, area)
        odds = shares(hits)
        sure = sum(odds)
        if len(self._places) and (sure < LEAST or hits[0].name > 0):
            place = self._place(query, parsed)
            if place is not None:
                return place
        if sure < WORTH_NAMING:
            return self._localities.answer(area, parsed)
        answer = self._answer(hits, odds, parsed, area)
        if self._localities.outside(area):
            return outside(area.postcode, answer)
        stray = self._stray(parsed, area)
        return asked(stray, answer) if stray else answer

    def find_many(
        self, queries: Sequence[Query], *, progress: Callable[[int], None] | None = None
    ) -> list[Answer]:
        """Answer many addresses; `progress` hears how many are done."""
        answers: list[Answer] = []
        for start in range(0, len(queries), AT_ONCE):
            with _collector_paused():
                answers += map(self.find, queries[start : start + AT_ONCE])
            if progress:
                progress(len(answers))
        return answers

    def suggest(self, prefix: str, limit: int = 8) -> tuple[Candidate, ...]:
        """Complete what has been typed: streets that begin so, else those it may be."""
        parsed = parse(prefix)
        area = self._localities.area(parsed.postcode, parsed.place)
        streets = self._suggestions.streets(" ".join(parsed.names[0]) if parsed.names else "", 200)
        streets = sorted(streets, key=lambda street: area.cost(self._postcodes[street]))[:limit]
        if not streets:
            streets = [hit.street for hit in self._weighed(parsed, area)][:limit]
        number = int(parsed.number or 0)
        return tuple(
            self._candidate(
                street, self._houses.spot(street, number, parsed.suffix), 0.0, parsed.box
            )
            for street in streets
        )

    @overload
    def reverse(self, lon: float, lat: float) -> Candidate | None: ...

    @overload
    def reverse(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> list[Candidate | None]: ...

    def reverse(
        self, lon: float | NDArray[np.float64], lat: float | NDArray[np.float64]
    ) -> Candidate | list[Candidate | None] | None:
        """Return the nearest address or street of a point (EPSG:4326), None far from any."""
        found = self._reverse.nearest(
            np.atleast_1d(np.asarray(lon, dtype=np.float64)),
            np.atleast_1d(np.asarray(lat, dtype=np.float64)),
        )
        return found[0] if np.ndim(lon) == 0 else found

    @cached_property
    def _suggestions(self) -> Suggestions:
        return Suggestions(self.gazetteer)

    @cached_property
    def _reverse(self) -> Reverse:
        return Reverse(self.gazetteer, self._houses)

    def hits(self, query: Query) -> list[Hit]:
        """List the streets found with their costs, cheapest first: what a benchmark looks at."""
        parsed = _parsed(query)
        return self._weighed(parsed, self._localities.area(parsed.postcode, parsed.place))

    def _weighed(self, parsed: Parsed, area: Area) -> list[Hit]:
        """List the streets the names fit, the house number counted in."""
        hits = self._hits(parsed.names, area)
        if len(hits) < 2:  # noqa: PLR2004
            return hits
        number = int(parsed.number or 0)
        if number and hits[1].cost - hits[0].cost < CLOSE + UNKNOWN_NUMBER:
            hits = self._with_number(hits, number)
        return self._twins_joined(hits)

    def _hits(self, names: tuple[tuple[str, ...], ...], area: Area) -> list[Hit]:
        key = (names, area)
        hits = self._found.get(key)
        if hits is None:
            hits = self._search.hits(names, area)
            if len(self._found) >= self._remembered:
                self._found.clear()
            if self._remembered:
                self._found[key] = hits
        return hits

    def _corner(self, parsed: Parsed, area: Area) -> Answer | None:
        """Answer a corner; None where the text does not name two streets that meet."""
        for first, second in pairs(parsed):
            one, other = self._hits((first,), area), self._hits((second,), area)
            if not one or not other:
                continue
            if not parsed.corner and (one[0].name > 0 or other[0].name > 0):
                continue
            if not parsed.corner and {hit.street for hit in one} & {hit.street for hit in other}:
                continue
            met = crossings(self.gazetteer, one, other)
            if met:
                return self._crossing(met, parsed)
            if parsed.corner:
                return self._apart(one[0], other[0], parsed)
        return None

    def _apart(self, one: Hit, other: Hit, parsed: Parsed) -> Answer:
        """Ask which of two streets is meant, where they are not known to meet."""
        candidates = tuple(
            self._candidate(hit.street, self._houses.spot(hit.street, 0, ""), 0.5, parsed.box)
            for hit in (one, other)
        )
        reason = Reason(
            N_("{first} and {second} are not known to meet: which one is it?"),
            {"first": candidates[0].street_fr, "second": candidates[1].street_fr},
        )
        return Answer(
            rung=Rung.STREET,
            probability=0.5,
            best=candidates[0],
            candidates=candidates,
            reasons=(reason,),
            ambiguous=True,
        )

    def _stray(self, parsed: Parsed, area: Area) -> str:
        """Return the words that say where an address is and that nothing here is called by.

        "Veldstraat 82, Gent" is no address of a gazetteer of Brussels, though it has a Veldstraat.
        """
        if self._localities.known(area):
            return ""
        if parsed.place:
            return parsed.place
        if not parsed.number or len(parsed.names) < 2:  # noqa: PLR2004
            return ""
        last = " ".join(parsed.names[-1])
        if self._localities.known(self._localities.area(0, last)):
            return ""
        hits = self._hits(parsed.names[-1:], area)
        return "" if hits and hits[0].name <= SURE else last

    def _crossing(self, met: list[Crossing], parsed: Parsed) -> Answer:
        """Answer by the point between two streets; a question where several pairs fit alike."""
        close = [crossing for crossing in met if crossing.cost - met[0].cost < CLOSE][:NAMED]
        whole = sum(shares([met[0].first])) * sum(shares([met[0].second]))
        candidates = tuple(
            self._candidate(
                crossing.first.street,
                Spot(Rung.STREET, crossing.lon, crossing.lat, ""),
                whole / len(close),
                parsed.box,
            )
            for crossing in close
        )
        names = self.gazetteer.names_fr
        reason = Reason(
            N_("The corner of {first} and {second}."),
            {"first": names[met[0].first.street], "second": names[met[0].second.street]},
        )
        best = candidates[0]
        return Answer(
            rung=best.rung,
            probability=best.probability,
            best=best,
            candidates=candidates,
            reasons=(reason,),
            ambiguous=len(close) > 1 or whole < LEAST,
        )

    def _place(self, query: Query, parsed: Parsed) -> Answer | None:
        """Answer by a place of the directory; None where no place bears such a name."""
        texts = [query.text, query.street, *(" ".join(name) for name in parsed.names)]
        found = self._places.find(texts)
        if not found:
            return None
        reasons = [Reason(N_("Found by its name in the directory."))]
        if len(found) > 1:
            reasons.append(Reason(N_("More than one place bears this name: which one is it?")))
        return Answer(
            rung=Rung.PLACE,
            probability=found[0].probability,
            best=found[0],
            candidates=tuple(found[:NAMED]),
            reasons=tuple(reasons),
            ambiguous=len(found) > 1,
        )

    def _twins_joined(self, hits: list[Hit]) -> list[Hit]:
        """Keep one of the streets that bear one name in one postcode, over a border."""
        kept: dict[int, Hit] = {}
        for hit in hits:
            kept.setdefault(self._twins[hit.street], hit)
        return list(kept.values())

    def _with_number(self, hits: list[Hit], number: int) -> list[Hit]:
        """Let the number decide between streets that fit alike, where only some have it."""
        known = [self._houses.knows(hit.street, number) for hit in hits]
        if True not in known:
            return hits
        weighed = [
            hit._replace(cost=hit.cost + UNKNOWN_NUMBER) if knows is False else hit
            for hit, knows in zip(hits, known, strict=True)
        ]
        return sorted(weighed, key=lambda hit: (hit.cost, hit.street))

    def _answer(self, hits: list[Hit], odds: list[float], parsed: Parsed, area: Area) -> Answer:
        least = hits[0].cost
        named = [hit for hit in hits[:NAMED] if hit.cost - least < 2 * CLOSE] or hits[:1]
        number, suffix = int(parsed.number or 0), parsed.suffix
        reasons: list[Reason] = []
        candidates = []
        for place, (hit, odd) in enumerate(zip(named, odds, strict=False)):
            spot = self._houses.spot(hit.street, number, suffix)
            if not place and spot.reason:
                reasons.append(spot.reason)
            candidates.append(self._candidate(hit.street, spot, odd, parsed.box))
        best = candidates[0]
        ambiguous = odds[0] < LEAST
        if len(named) > 1 and named[1].cost - least < CLOSE:
            ambiguous = True
            reasons.append(Reason(N_("More than one street fits equally well: which one is it?")))
        elif ambiguous:
            reasons.append(Reason(N_("No street bears this name; this one comes closest.")))
        if hits[0].area > ELSEWHERE:
            where = " ".join(part for part in (str(area.postcode or ""), parsed.place) if part)
            reasons.append(
                Reason(
                    N_("Not found in {place}, but in {found}."),
                    {"place": where, "found": f"{best.postcode} {best.municipality_fr}"},
                )
            )
        return Answer(
            rung=best.rung,
            probability=best.probability,
            best=best,
            candidates=tuple(candidates),
            reasons=tuple(reasons),
            ambiguous=ambiguous,
        )

    def _candidate(self, street: int, spot: Spot, odd: float, box: str) -> Candidate:
        all_ = self.gazetteer
        municipality = self._municipalities[street]
        return Candidate(
            rung=spot.rung,
            probability=odd,
            lon=spot.lon,
            lat=spot.lat,
            street_fr=all_.names_fr[street],
            street_nl=all_.names_nl[street],
            number=spot.number,
            box=box,
            postcode=str(self._postcodes[street] or ""),
            municipality_fr=all_.municipalities_fr[municipality],
            municipality_nl=all_.municipalities_nl[municipality],
        )


def _twins(gazetteer: Gazetteer) -> list[int]:
    """Number the streets so that those of one name in one postcode share a number.

    All such pairs of the list of 2022 are one street that runs over a municipal border.
    """
    seen: dict[tuple[str, int], int] = {}
    return [
        seen.setdefault((fold(name), postcode), street)
        for street, (name, postcode) in enumerate(
            zip(gazetteer.names_fr, gazetteer.postcode.tolist(), strict=True)
        )
    ]


def _parsed(query: Query) -> Parsed:
    """Read the columns as one text; a column of its own wins over what the text holds."""
    text = f"{query.text}, {query.street}" if query.text and query.street else ""
    parsed = parse(text or query.text or query.street)
    if not (query.number or query.postcode or query.municipality or query.box):
        return parsed
    names, number, suffix, until, box, postcode, place, corner, other = parsed
    if query.number:
        own = _column(f"x {query.number}")
        if own.number:
            number, suffix, until, box = own.number, own.suffix, own.until, own.box or box
    if query.postcode:
        code = _column(query.postcode)
        if code.postcode:
            postcode, place = code.postcode, place or code.place
    if query.municipality:
        town = _column(query.municipality)
        named = town.place or " ".join(word for name in town.names for word in name)
        place, postcode = named or place, postcode or town.postcode
    box = query.box.strip() or box
    return Parsed(names, number, suffix, until, box, postcode, place, corner, other)


@lru_cache(maxsize=REMEMBERED)
def _column(text: str) -> Parsed:
    """Read a cell of a column that repeats itself."""
    return parse(text)
