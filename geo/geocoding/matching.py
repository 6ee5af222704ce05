"""The geocoder: address text in, an answer on a ladder of precision out."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from geo.errors import N_
from geo.geocoding.addresses import Parsed, parse
from geo.geocoding.answers import Answer, Candidate, NamedPlace, Query, Reason, Rung
from geo.geocoding.calibration import CLOSE, LEAST, WORTH_NAMING, shares
from geo.geocoding.costs import UNKNOWN_NUMBER
from geo.geocoding.gazetteer import Gazetteer
from geo.geocoding.houses import Houses, Spot
from geo.geocoding.localities import Localities
from geo.geocoding.search import Area, Hit, Search
from geo.geocoding.words import fold

REMEMBERED: Final = 20_000
"""Names with an area whose streets are remembered; forgotten all at once when there are more."""
NAMED: Final = 5
"""Candidates an answer names."""


class Geocoder:
    """Finds Belgian addresses in a gazetteer, and places of the directory by name."""

    def __init__(self, gazetteer: Gazetteer, places: Iterable[NamedPlace] = ()) -> None:
        self.gazetteer = gazetteer
        self._search = Search(gazetteer)
        self._houses = Houses(gazetteer)
        self._localities = Localities(gazetteer)
        self._found: dict[tuple[tuple[tuple[str, ...], ...], Area], list[Hit]] = {}
        self._postcodes: list[int] = gazetteer.postcode.tolist()
        self._twins = _twins(gazetteer)
        self._municipalities: list[int] = gazetteer.municipality.tolist()

    def find(self, query: Query) -> Answer:
        """Answer one address."""
        parsed = _parsed(query)
        area = self._localities.area(parsed.postcode, parsed.place)
        hits = self._weighed(parsed, area)
        odds = shares(hits)
        if sum(odds) < WORTH_NAMING:
            return self._localities.answer(area, parsed)
        return self._answer(hits, odds, parsed, area)

    def find_many(
        self, queries: Sequence[Query], *, progress: Callable[[int], None] | None = None
    ) -> list[Answer]:
        """Answer many addresses; `progress` hears how many are done."""
        answers = []
        for count, query in enumerate(queries, 1):
            answers.append(self.find(query))
            if progress and (count % 100 == 0 or count == len(queries)):
                progress(count)
        return answers

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
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[key] = hits
        return hits

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

    def _answer(
        self, hits: list[Hit], odds: list[float], parsed: Parsed, area: Area
    ) -> Answer:
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
        if hits[0].area >= 1.0 and area.postcode:  # the street lies elsewhere
            reasons.append(
                Reason(
                    N_("Not found in {postcode}, but in {found}."),
                    {"postcode": str(area.postcode), "found": best.postcode},
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
            postcode=str(self._postcodes[street]),
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
    if query.number:
        own = _column(f"x {query.number}")
        if own.number:
            parsed = parsed._replace(
                number=own.number, suffix=own.suffix, until=own.until, box=own.box or parsed.box
            )
    if query.postcode:
        code = _column(query.postcode)
        if code.postcode:
            parsed = parsed._replace(postcode=code.postcode, place=parsed.place or code.place)
    if query.municipality:
        town = _column(query.municipality)
        place = town.place or " ".join(word for name in town.names for word in name)
        parsed = parsed._replace(
            place=place or parsed.place, postcode=parsed.postcode or town.postcode
        )
    return parsed._replace(box=query.box.strip()) if query.box else parsed


@lru_cache(maxsize=REMEMBERED)
def _column(text: str) -> Parsed:
    """Read a cell of a column that repeats itself."""
    return parse(text)
