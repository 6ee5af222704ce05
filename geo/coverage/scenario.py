"""What if: a service put, moved or closed, and what that changes for every sector."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geo.coverage.measures import REACHED, ZONE_WEIGHTS, Ledger, Measure
from geo.coverage.services import Services
from geo.coverage.table import Cells, Coverage, chosen, measure
from geo.errors import N_, BadInputError, UnknownIdError
from geo.territory import Territory


@dataclass(frozen=True, kw_only=True, eq=False)
class Change:
    """What one step changed.

    Attributes:
        service: which one: its row in the services, or a number after them for a new one.
        categories: whose measures may differ; they are the rows of `before` and `after`.
        before, after: every measure, (categories, sectors).
        people: inhabitants of each sector, NaN where not known.
    """

    service: int
    categories: tuple[int, ...]
    before: dict[Measure, Cells]
    after: dict[Measure, Cells]
    people: NDArray[np.float64]

    def difference(self, name: Measure) -> NDArray[np.float64]:
        """Return after less before (categories, sectors), NaN where one of them is not known."""
        with np.errstate(invalid="ignore"):
            changed: NDArray[np.float64] = self.after[name].value - self.before[name].value
        return changed

    def reached(self, name: Measure = Measure.REACHED_10) -> NDArray[np.float64]:
        """Return how many people more, or fewer, have one within minutes, for each category.

        Sectors whose people or whose shares are not known count nobody.

        Raises:
            BadInputError: a measure that is no share of people.
        """
        if name not in REACHED:
            raise BadInputError(
                N_("Expected one of {known}, found {found}."),
                known=", ".join(REACHED),
                found=name,
            )
        gained: NDArray[np.float64] = np.nansum(self.difference(name) * self.people, axis=1)
        return gained


class WhatIf:
    """A coverage with some services put, moved or closed. The coverage itself never changes.

    Only the categories of the service in hand are measured again, from their rows in the order
    of the services: so the answer is that of measuring everything again, and a service moved
    there and back leaves the bytes it found.
    """

    def __init__(self, coverage: Coverage, territory: Territory) -> None:
        self.coverage = coverage
        self._territory = territory
        self._rows: dict[int, Ledger] = {}
        self._closed: set[int] = set()
        self._cells: dict[int, dict[Measure, Cells]] = {}
        self._next = len(coverage.services)

    def put(
        self, lon: float, lat: float, offers: Iterable[int], *, capacity: float = 1.0
    ) -> Change:
        """Put a new service at a position in degrees (EPSG:4326); it counts as verified.

        Raises:
            BadInputError: a category that is not there, or a capacity not above zero.
        """
        row = self._row(lon, lat, frozenset(offers), verified=True, capacity=capacity)
        service, self._next = self._next, self._next + 1
        self._rows[service] = row
        return self._changed(service)

    def move(self, service: int, lon: float, lat: float) -> Change:
        """Move a service.

        Raises:
            UnknownIdError: no such service.
        """
        now = self._service(service)
        base = self.coverage.services
        if service < len(base) and (lon, lat) == (
            base.spots.lon[service], base.spots.lat[service]
        ):  # fmt: skip
            self._rows.pop(service, None)
        else:
            self._rows[service] = self._row(
                lon, lat, now.offers[0],
                verified=bool(now.verified[0]), capacity=float(now.capacity[0]),
            )  # fmt: skip
        return self._changed(service)

    def close(self, service: int) -> Change:
        """Close a service: nobody walks there any more.

        Raises:
            UnknownIdError: no such service.
        """
        self._service(service)
        self._closed.add(service)
        return self._changed(service)

    def reopen(self, service: int) -> Change:
        """Open a service again that was closed, where it stood.

        Raises:
            UnknownIdError: no such service.
        """
        self._service(service)
        self._closed.discard(service)
        return self._changed(service)

    def cells(self, name: Measure) -> Cells:
        """Return a measure of every category and sector as it would be."""
        base = self.coverage.cells[name]
        values, states = base.value.copy(), base.state.copy()
        for category, cells in self._cells.items():
            values[category], states[category] = cells[name].value[0], cells[name].state[0]
        return Cells(value=values, state=states)

    def then(self) -> Coverage:
        """Return the whole coverage as it would be, to be rolled up like any other."""
        ledger = self._effective(range(self._next))
        base = self.coverage
        return replace(
            base,
            ledger=ledger,
            counted=chosen(ledger, verified_only=base.verified_only),
            cells={name: self.cells(name) for name in base.cells},
        )

    def services(self) -> Services:
        """Return the services as they would be: those kept in their order, then the new ones."""
        return self._effective(range(self._next)).services

    def _service(self, service: int) -> Services:
        if service in self._rows:
            return self._rows[service].services
        if not 0 <= service < len(self.coverage.services):
            raise UnknownIdError(N_("Service {id} is not in this scenario."), id=service)
        return self.coverage.services[service]

    def _row(
        self, lon: float, lat: float, offers: frozenset[int], *, verified: bool, capacity: float
    ) -> Ledger:
        catcher = self.coverage.catcher
        spots = catcher.walker.network.snap([lon], [lat])
        service = Services.of(
            self._territory, spots, [sorted(offers)], verified=[verified], capacity=[capacity],
            categories=self.coverage.services.categories,
        )  # fmt: skip
        base = self.coverage
        return Ledger.of(catcher, service, base.people, ZONE_WEIGHTS[base.weights])

    def _effective(self, wanted: Iterable[int]) -> Ledger:
        """Return some services as they would be, without the closed ones, in their order."""
        rows = [row for row in wanted if row not in self._closed]
        base = np.array([row for row in rows if row not in self._rows], dtype=np.int64)
        changed = [row for row in rows if row in self._rows]
        ledger = self.coverage.ledger.take(base)
        if not changed:
            return ledger
        order = np.argsort(np.concatenate([base, np.array(changed, dtype=np.int64)]))
        return ledger.join([self._rows[row] for row in changed]).take(order)

    def _changed(self, service: int) -> Change:
        categories = sorted(self._service(service).offers[0])
        before = self._told(categories)
        own = self.coverage.services
        wanted = {
            row
            for row, one in self._rows.items()
            if row >= len(own) and not one.services.offers[0].isdisjoint(categories)
        }
        for category in categories:
            wanted.update(own.rows(category).tolist())
        ledger = self._effective(sorted(wanted))
        after = measure(ledger, categories, verified_only=self.coverage.verified_only)
        for place, category in enumerate(categories):
            self._cells[category] = {
                name: Cells(
                    value=cells.value[place : place + 1], state=cells.state[place : place + 1]
                )
                for name, cells in after.items()
            }
        return Change(
            service=service,
            categories=tuple(categories),
            before=before,
            after=after,
            people=self.coverage.people,
        )

    def _told(self, categories: list[int]) -> dict[Measure, Cells]:
        """Return every measure of some categories as it is now."""
        out = {}
        for name, base in self.coverage.cells.items():
            rows = [
                self._cells[one][name] if one in self._cells
                else Cells(value=base.value[one : one + 1], state=base.state[one : one + 1])
                for one in categories
            ]  # fmt: skip
            empty = np.empty((0, base.value.shape[1]))
            out[name] = Cells(
                value=np.concatenate([empty, *(row.value for row in rows)]),
                state=np.concatenate([empty.astype(np.int8), *(row.state for row in rows)]),
            )
        return out
