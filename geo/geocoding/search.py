"""Which streets a name may mean: exact forms first, then misspellings, each with its cost."""

from collections.abc import Iterable
from typing import Final, NamedTuple

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
from geo.geocoding.index import BAG, LANGUAGES, WHOLE, Entry, Index
from geo.geocoding.names import FULL, Reading, broken, readings

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
    """A street that fits, at what cost; `name` is its cost without the area's."""

    street: int
    cost: float
    name: float
    edits: int
    form: int
    letters: int
    area: float


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
        for reading in read:
            self._keep(found, reading, self.index.exact(reading), area)
        if any(hit.cost <= SURE for hit in found.values()):
            return found
        within = tuple(code for code in area.postcodes if code in self.index.postcodes)
        if within and 0 in self.index.postcodes:
            within = (*within, 0)
        if any(not hit.edits and hit.name <= SURE for hit in found.values()):
            if within:
                for reading in read:
                    self._keep(found, reading, self.index.near(reading, within, 1), area)
            return found
        self._misspelt(found, name, read, area, within)
        if not found and within:
            self._misspelt(found, name, read, area, ())
        return found

    def _misspelt(
        self,
        found: dict[int, Hit],
        name: tuple[str, ...],
        read: tuple[Reading, ...],
        area: Area,
        within: tuple[int, ...],
    ) -> None:
        """Add misspelt names: by the type read, by a broken type, and type and all."""
        index = self.index
        for reading in read:
            most = most_edits(len(reading.rest), known_place=bool(within))
            if most and reading.kind:
                self._keep(found, reading, index.near(reading, within, most), area)
        if any(hit.edits <= 1 and hit.area < OTHER_POSTCODE for hit in found.values()):
            return
        for text in dict.fromkeys(("".join(name), *(one.rest for one in read if not one.kind))):
            most = most_edits(len(text) - TYPE_LETTERS, known_place=bool(within))
            if most:
                self._keep(found, read[0], index.near_whole(text, within, most), area)
        if not found:
            for language in LANGUAGES if not read[0].kind else ():
                plain = read[0]._replace(language=language)
                most = most_edits(len(plain.rest), known_place=bool(within))
                if most:
                    self._keep(found, plain, index.near(plain, within, most), area)
        for reading in broken(name):
            self._keep(found, reading, index.exact(reading), area)
            most = most_edits(len(reading.rest), known_place=bool(within)) - 1
            if most > 0:
                self._keep(found, reading, index.near(reading, within, most), area)

    def _keep(
        self, found: dict[int, Hit], read: Reading, entries: list[Entry], area: Area
    ) -> None:
        """Keep the cheapest way each street fits."""
        index = self.index
        for entry in entries:
            number, form, edits, how = entry
            street = index.street[number]
            known = index.read[number]
            cost = FORM_COST[form] + edits
            if how == WHOLE:
                cost += WHOLE_EDITS
            else:
                typed = type_cost(read, known)
                cost += typed
                if read.broken:
                    edits += 1
                if how == BAG and form == FULL and read.rest != known.rest:
                    cost += LOOSE_BAG
            away = area.cost(self._postcodes[street])
            old = found.get(street)
            if old is None or cost + away < old.cost:
                letters = len(read.rest) if form else len(known.rest)
                found[street] = Hit(street, cost + away, cost, edits, form, letters, away)


def _by_cost(hit: Hit) -> tuple[float, int]:
    return hit.cost, hit.street
