"""Which streets a name may mean: exact forms first, then misspellings, each with its cost."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from geo.geocoding.costs import (
    BOTH_NAMES,
    FORM_COST,
    LOOSE_BAG,
    OTHER_PLACE,
    OTHER_POSTCODE,
    OTHER_POSTCODE_RIGHT_PLACE,
    OUTSIDE_CITY,
    RIGHT_POSTCODE_OTHER_PLACE,
    UNKNOWN_POSTCODE,
    WHOLE_EDITS,
    most_edits,
    type_cost,
)
from geo.geocoding.gazetteer import Gazetteer
from geo.geocoding.index import BAG, LANGUAGES, LETTERS, WHOLE, Found, Index
from geo.geocoding.names import FULL, INITIALS, Reading, broken, readings

SURE: Final = 0.75
"""Cost up to which an exact form ends the search: nothing misspelt could come close."""
TYPE_LETTERS: Final = 4
"""Letters of a name that are its type's, at least."""
KEPT: Final = 8
"""Streets kept for an answer."""


class Area(NamedTuple):
    """Where an address says it is: postcode (0 unknown) and the postcodes of its municipality.

    `weak` where the municipality was called Brussels, which may be any of the nineteen.
    """

    postcode: int = 0
    place: tuple[int, ...] = ()
    weak: bool = False

    def cost(self, postcode: int) -> float:
        """Tell what a street of that postcode costs here."""
        if not postcode:
            return UNKNOWN_POSTCODE if self.postcode or self.place else 0.0
        if self.postcode:
            if postcode == self.postcode:
                far = self.place and not self.weak and postcode not in self.place
                return RIGHT_POSTCODE_OTHER_PLACE if far else 0.0
            near = self.place and not self.weak and postcode in self.place
            return OTHER_POSTCODE_RIGHT_PLACE if near else OTHER_POSTCODE
        if not self.place or postcode in self.place:
            return 0.0
        return OUTSIDE_CITY if self.weak else OTHER_PLACE

    @property
    def postcodes(self) -> tuple[int, ...]:
        """The postcodes it may mean; none means all."""
        if self.postcode:
            return (self.postcode,)
        return () if self.weak else self.place


class Hit(NamedTuple):
    """A street that fits, at what cost; `name` is its cost without the area's.

    `wordy` says that it was found misspelt though every word asked for is one of some street;
    `replaced` counts the edits that put a letter in another's place, the least usual slip.
    """

    street: int
    cost: float
    name: float
    edits: int
    form: int
    letters: int
    area: float
    wordy: bool = False
    replaced: int = 0


class Search:
    """Finds streets by name; remembers what it found."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.index = Index(gazetteer)
        self._postcodes: list[int] = gazetteer.postcode.tolist()

    def hits(self, names: Iterable[tuple[str, ...]], area: Area) -> list[Hit]:
        """List the streets that fit any of the names, cheapest first; a tie goes by street."""
        best: dict[int, Hit] = {}
        for name in names:
            for street, hit in self._one(name, area).items():
                other = best.get(street)
                if other is None:
                    best[street] = hit
                else:
                    low = min(hit, other, key=_by_cost)
                    best[street] = low._replace(
                        cost=low.cost - BOTH_NAMES, name=low.name - BOTH_NAMES
                    )
        if len(best) < 2:  # noqa: PLR2004
            return list(best.values())
        return sorted(best.values(), key=_by_cost)[:KEPT]

    def _one(self, name: tuple[str, ...], area: Area) -> dict[int, Hit]:
        """Look for one name: as it is, then misspelt where it says it is, then anywhere."""
        found: dict[int, Hit] = {}
        read = readings(name)
        self._exact(found, read, area)
        costs = [(hit.cost, hit.name) for hit in found.values()]
        if costs and min(costs)[0] <= SURE:
            return found
        within = tuple(code for code in area.postcodes if code in self.index.postcodes)
        if within and 0 in self.index.postcodes:
            within = (*within, 0)
        if any(cost <= SURE for _, cost in costs):
            for reading in read if within else ():
                near = self.index.near(reading, within, 1)
                self._keep(found, reading, near, LETTERS, area)
            return found
        self._misspelt(found, name, read, area, within)
        if not found and within:
            self._misspelt(found, name, read, area, ())
        return found

    def _exact(self, found: dict[int, Hit], read: tuple[Reading, ...], area: Area) -> None:
        """Add names spelt so; names of these words too, unless one spelt so lies right there."""
        index = self.index
        for reading in read:
            spelt = index.spelt(reading)
            if spelt:
                self._keep(found, reading, [(code, 0) for code in spelt], LETTERS, area)
        if not any(hit.cost <= 0 for hit in found.values()):
            for reading in read:
                worded = index.worded(reading)
                if worded:
                    self._keep(found, reading, [(code, 0) for code in worded], BAG, area)
                else:
                    self._begun(found, reading, area)

    def _begun(self, found: dict[int, Hit], read: Reading, area: Area) -> None:
        """Add names the given names of which are cut off ("Ad. Buyl")."""
        *cut, last = read.core
        if not cut:
            return
        index = self.index
        codes = []
        for code in index.worded(read._replace(core=(last,))):
            number, _ = index.taken_apart(code)
            known = index.read[number].core
            tail = known[-len(read.core) :]
            if len(tail) == len(read.core) and all(map(str.startswith, tail, read.core)):
                codes.append((index.code(number, INITIALS), 0))
        self._keep(found, read, codes, BAG, area)

    def _misspelt(
        self,
        found: dict[int, Hit],
        name: tuple[str, ...],
        read: tuple[Reading, ...],
        area: Area,
        within: tuple[int, ...],
    ) -> None:
        """Add misspelt names: by the type read, type and all, and by a broken type."""
        index, here = self.index, bool(within)
        for reading in read:
            if reading.kind:
                self._near(found, reading, area, within)
        if any(hit.edits <= 1 and hit.area < OTHER_POSTCODE for hit in found.values()):
            return
        untyped = [one for one in read if not one.kind]
        for text in dict.fromkeys(("".join(name), *(one.rest for one in untyped))):
            most = most_edits(len(text) - TYPE_LETTERS, known_place=here)
            if most:
                self._keep(found, read[0], index.near_whole(text, within, most), WHOLE, area)
        if not found and untyped:
            for language in LANGUAGES:
                self._near(found, untyped[0]._replace(language=language), area, within)
        for reading in broken(name):
            self._exact(found, (reading,), area)
            self._near(found, reading, area, within, fewer=1)

    def _near(
        self,
        found: dict[int, Hit],
        read: Reading,
        area: Area,
        within: tuple[int, ...],
        *,
        fewer: int = 0,
    ) -> None:
        """Add names a few edits away, the type apart."""
        most = most_edits(len(read.rest), known_place=bool(within)) - fewer
        if most > 0:
            self._keep(found, read, self.index.near(read, within, most), LETTERS, area)

    def _keep(
        self, found: dict[int, Hit], read: Reading, near: Found, how: int, area: Area
    ) -> None:
        """Keep the cheapest way each street fits."""
        index = self.index
        for code, away in near:
            number, form = index.taken_apart(code)
            street, known = index.street[number], index.read[number]
            edits = away
            cost = FORM_COST[form] + edits
            if how == WHOLE:
                cost += WHOLE_EDITS
            else:
                cost += type_cost(read, known)
                edits += bool(read.broken)
                if how == BAG and form == FULL and read.rest != known.rest:
                    cost += LOOSE_BAG
            far = area.cost(self._postcodes[street])
            old = found.get(street)
            if old is None or cost + far < old.cost:
                letters = sum(map(len, read.core if form else known.core))
                wordy = edits > 0 and index.knows_words(read.core)
                replaced = _replaced(read.rest, known.rest) if away > 1 and how != WHOLE else 0
                found[street] = Hit(
                    street, cost + far, cost, edits, form, letters, far, wordy, replaced
                )


def _replaced(asked: str, known: str) -> int:
    """Count the letters replaced by others, letters that changed places apart."""
    return sum(edit.tag == "replace" for edit in Levenshtein.editops(asked, known))


def _by_cost(hit: Hit) -> tuple[float, int]:
    return hit.cost, hit.street
