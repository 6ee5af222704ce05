"""A plan tried on a coverage: what would be, brought from one plan to the next by what differs."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from directory.places import Point
from directory.scenarios import Close, Move, Plan, Put, Step
from geo.coverage import Coverage, WhatIf
from geo.errors import N_, UnknownIdError
from geo.territory import Territory

Offers = Callable[[tuple[str, ...]], Sequence[int]]
"""Turns categories of the directory into those of the coverage, groups among them."""


class _Site(NamedTuple):
    """A service of the trial, and what it stands for where it is a new one."""

    service: int
    put: Put | None


class Trial:
    """The what-if of one person: it holds a plan, and goes to another by the fewest changes."""

    def __init__(
        self, coverage: Coverage, territory: Territory, keys: Sequence[str], offers: Offers
    ) -> None:
        """Begin with nothing changed; `keys` are those of the services of the coverage."""
        self.what_if = WhatIf(coverage, territory)
        self.plan: Plan = ()
        self._offers = offers
        self._sites = {key: _Site(row, None) for row, key in enumerate(keys)}
        spots = coverage.services.spots
        self.standing: Mapping[str, Point] = {
            key: Point(lon=float(spots.lon[row]), lat=float(spots.lat[row]))
            for row, key in enumerate(keys)
        }

    @property
    def coverage(self) -> Coverage:
        """The coverage of the present."""
        return self.what_if.coverage

    def become(self, plan: Plan) -> None:
        """Bring the services to where a plan puts them; only what differs is counted again.

        Raises:
            UnknownIdError: a step of a service that is not there; nothing is changed then. Sort
                the steps before.
        """
        for step in plan:
            if not isinstance(step, Put) and step.key not in self.standing:
                raise UnknownIdError(N_("Service {id} is not in this scenario."), id=step.key)
        now = {step.key: step for step in self.plan}
        then = {step.key: step for step in plan}
        for key, step in now.items():
            if key not in then:
                self._leave(step)
        for key, step in then.items():
            if now.get(key) != step:
                self._take(now.get(key), step)
        self.plan = plan

    def _leave(self, step: Step) -> None:
        service = self._sites[step.key].service
        if isinstance(step, Put):
            self.what_if.close(service)
        elif isinstance(step, Close):
            self.what_if.reopen(service)
        else:
            self._to(service, self.standing[step.key])

    def _take(self, before: Step | None, step: Step) -> None:
        if isinstance(step, Put):
            self._place(step)
            return
        if before is not None:
            self._leave(before)
        service = self._sites[step.key].service
        if isinstance(step, Close):
            self.what_if.close(service)
        elif isinstance(step, Move):
            self._to(service, step.at)

    def _place(self, step: Put) -> None:
        """Put a new service, or move or open again the one that stood for this key."""
        site = self._sites.get(step.key)
        same = site and site.put and site.put.model_copy(update={"at": step.at}) == step
        if site is not None and same:
            if site.put != step:
                self._to(site.service, step.at)
            self.what_if.reopen(site.service)
            service = site.service
        else:
            if site is not None:
                self.what_if.close(site.service)
            change = self.what_if.put(
                step.at.lon, step.at.lat, self._offers(step.categories), capacity=step.capacity
            )
            service = change.service
        self._sites[step.key] = _Site(service, step)

    def _to(self, service: int, at: Point) -> None:
        self.what_if.move(service, at.lon, at.lat)
