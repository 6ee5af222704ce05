"""Which streets a name may mean: exact forms first, then misspellings, each with its cost."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from geo.geocoding.costs import (
    BOTH_NAMES,
    FORM_COST,
    OTHER_PLACE,
    OTHER_POSTCODE,
    OTHER_POSTCODE_RIGHT_PLACE,
    OUTSIDE_CITY,
    RIGHT_POSTCODE_OTHER_PLACE,
    WHOLE_EDITS,
    most_edits,
    type_cost,
)
from geo.geocoding.gazetteer import Gazetteer
from geo.geocoding.index import Entry, Index
from geo.geocoding.names import Reading, readings

SURE: Final = 0.45
"""Cost up to which an exact form ends the search: nothing misspelt could come close."""
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
        found: dict[int, Hit] = {}
        read = readings(name)
        for reading in read:
            self._keep(found, reading, self.index.exact(reading), area)
        if any(hit.cost <= SURE for hit in found.values()):
            return found
        within = area.postcodes
        for reading in read:
            letters = len(reading.rest) - (0 if reading.kind else 4)
            most = most_edits(letters, known_place=bool(within))
            if most:
                self._keep(found, reading, self.index.near(reading, within, most), area)
        if not found and within:
            for reading in read:
                most = most_edits(len(reading.rest), known_place=False)
                if most:
                    self._keep(found, reading, self.index.near(reading, (), most), area)
        return found

    def _keep(
        self, found: dict[int, Hit], read: Reading, entries: list[Entry], area: Area
    ) -> None:
        index = self.index
        for entry in entries:
            street = index.street[entry.name]
            known = index.read[entry.name]
            cost = FORM_COST[entry.form] + entry.edits
            cost += WHOLE_EDITS if entry.whole else type_cost(read, known)
            away = area.cost(self._postcodes[street])
            old = found.get(street)
            if old is None or cost + away < old.cost:
                found[street] = Hit(
                    street,
                    cost + away,
                    cost,
                    entry.edits,
                    entry.form,
                    len(read.rest) if entry.form else len(known.rest),
                    away,
                )


def _by_cost(hit: Hit) -> tuple[float, int]:
    return hit.cost, hit.street
