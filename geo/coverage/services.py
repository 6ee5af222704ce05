"""What people walk to: services, what each offers, and those known only by their part of town."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from geo.coverage.demand import BEYOND, join_spots
from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import N_, BadInputError
from geo.territory import Territory
from geo.walking import Spots


@dataclass(frozen=True, kw_only=True)
class Vague:
    """A service known only by its part of town: its categories and the sectors it may be in.

    `verified` tells whether it was recently verified.
    """

    categories: tuple[int, ...]
    sectors: tuple[str, ...]
    verified: bool = True

    def counts(self, *, verified_only: bool) -> bool:
        """Tell whether it counts, among all or only those recently verified."""
        return self.verified or not verified_only


@dataclass(frozen=True, kw_only=True, eq=False)
class Services:
    """Services; all columns of one length n. Not to be changed once made.

    Attributes:
        spots: where they are, on the streets of the network.
        sector: the place of the sector of each in the territory, -1 beyond its edge.
        offers: categories of each, 0, 1, 2, …; a group is a category of its own.
        verified: which were recently verified.
        capacity: what each can take, in any unit, the same for all of a category.
        categories: how many categories there are.
        vague: services known only by their part of town.
    """

    spots: Spots
    sector: NDArray[np.int32]
    offers: tuple[frozenset[int], ...]
    verified: NDArray[np.bool_]
    capacity: NDArray[np.float64]
    categories: int
    vague: tuple[Vague, ...] = ()

    def __len__(self) -> int:
        return len(self.sector)

    @classmethod
    def of(
        cls,
        territory: Territory,
        spots: Spots,
        offers: Sequence[Sequence[int]],
        *,
        categories: int | None = None,
        verified: Sequence[bool] | None = None,
        capacity: Sequence[float] | None = None,
        vague: Sequence[Vague] = (),
    ) -> Self:
        """Build them from their spots; verified, and of capacity 1, where it is not told.

        Args:
            territory: tells the sector of each.
            spots: one for each service, of the network that people walk on.
            offers: the categories of each.
            categories: how many there are; else one more than the highest.
            verified: whether each was recently verified.
            capacity: above zero.
            vague: services known only by their part of town.

        Raises:
            BadInputError: columns that differ in length, a category that is not there, a capacity
                of zero or below.
        """
        count = len(spots)
        sets = tuple(frozenset(int(kind) for kind in kinds) for kinds in offers)
        used = [kind for kinds in (*sets, *(one.categories for one in vague)) for kind in kinds]
        known = max(used, default=-1) + 1 if categories is None else categories
        sure = np.ones(count, dtype=np.bool_) if verified is None else np.asarray(verified, bool)
        takes = np.ones(count) if capacity is None else np.asarray(capacity, dtype=np.float64)
        if {len(sets), len(sure), len(takes)} != {count} or not (takes > 0).all():
            raise BadInputError(
                N_("Expected categories, a check and a capacity above zero for each service.")
            )
        astray = [kind for kind in used if not 0 <= kind < known]
        if astray:
            raise BadInputError(
                N_("Expected categories from 0 to {last}, found {found}."),
                last=known - 1,
                found=astray[0],
            )
        degrees = np.column_stack([spots.lon, spots.lat])
        sector = np.full(count, BEYOND, dtype=np.int32)
        given = np.isfinite(degrees).all(axis=1)
        sector[given] = territory.position(
            project(degrees[given], source=WGS_84, target=LAMBERT_72)
        )
        return cls(
            spots=spots,
            sector=sector,
            offers=sets,
            verified=sure,
            capacity=takes,
            categories=known,
            vague=tuple(vague),
        )

    def __getitem__(self, rows: Any) -> "Services":
        """Take some of them, at their places or by a mask; what is vague stays."""
        at = np.atleast_1d(np.arange(len(self))[rows])
        return Services(
            spots=self.spots[at],
            sector=self.sector[at],
            offers=tuple(self.offers[row] for row in at),
            verified=self.verified[at],
            capacity=self.capacity[at],
            categories=self.categories,
            vague=self.vague,
        )

    def join(self, other: "Services") -> "Services":
        """Return these services and then others; what is vague is that of these."""
        return Services(
            spots=join_spots([self.spots, other.spots]),
            sector=np.concatenate([self.sector, other.sector]),
            offers=self.offers + other.offers,
            verified=np.concatenate([self.verified, other.verified]),
            capacity=np.concatenate([self.capacity, other.capacity]),
            categories=self.categories,
            vague=self.vague,
        )

    def rows(self, category: int) -> NDArray[np.int64]:
        """Return the services of a category, in their order."""
        return self._rows[category]

    def walkable(self, category: int) -> NDArray[np.int64]:
        """Return those of a category to which a known street leads."""
        rows = self.rows(category)
        return rows[~self.spots.off[rows]]

    @cached_property
    def _rows(self) -> list[NDArray[np.int64]]:
        found: list[list[int]] = [[] for _ in range(self.categories)]
        for row, kinds in enumerate(self.offers):
            for kind in kinds:
                found[kind].append(row)
        return [np.array(rows, dtype=np.int64) for rows in found]
