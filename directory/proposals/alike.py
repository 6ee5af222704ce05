"""Likely duplicates of what somebody is writing: by distance, name, phone, site and e-mail.

The measures are those of an import (`directory.importing.twins`); here a person is asked while
they type, so a similar name is told before the place is known.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from directory.actors import Actor
from directory.contacts import Contact
from directory.importing.records import Twin
from directory.importing.twins import (
    ALIKE,
    CLOSE_BY,
    FAR_M,
    NEAR_M,
    RELATED,
    SAME_NAME,
    SHARED,
    SIMILAR,
    SIMILAR_NAME,
    Compared,
    compared,
    metric_of,
    shared_contacts,
    similarity_of,
    values_of,
)
from directory.search import plain

FEWEST_SIGNS = 4
"""Of a name before it is compared; fewer are like half the directory."""
MOST = 3


class Known:
    """The actors one may see, ready to be compared; read by any number of threads."""

    def __init__(self, actors: Mapping[str, Actor]) -> None:
        self._ones = [compared(actor) for actor in actors.values()]
        places = [one.point or (np.nan, np.nan) for one in self._ones]
        self._metric = metric_of(np.array(places).reshape(-1, 2))

    def alike(
        self,
        name: str,
        *,
        contacts: Iterable[Contact] = (),
        point: tuple[float, float] | None = None,
        leave: str = "",
        most: int = MOST,
    ) -> list[Twin]:
        """Return those that what is written may be, the likeliest first.

        `point` is longitude and latitude, None while nobody said where; `leave` is the id of one
        that is not meant.
        """
        written = plain(name)
        names = (written,) if len(written) >= FEWEST_SIGNS else ()
        mine = Compared(
            order=0, names=names, shown=name, contacts=shared_contacts(contacts), point=point
        )
        apart = self._apart(point)
        found = [
            twin
            for one, distance in zip(self._ones, apart, strict=True)
            if one.actor_id != leave and (twin := _twin(mine, one, distance)) is not None
        ]
        found.sort(key=lambda twin: (-len(twin.reasons), -twin.similarity, twin.distance_m or 0.0))
        return found[:most]

    def _apart(self, point: tuple[float, float] | None) -> list[float | None]:
        if point is None or not self._ones:
            return [None] * len(self._ones)
        here = metric_of(np.array([point]))[0]
        metres = np.hypot(*(self._metric - here).T)
        return [None if np.isnan(each) else float(each) for each in metres]


def _twin(mine: Compared, one: Compared, apart: float | None) -> Twin | None:
    alike = max((similarity_of(a, b) for a in mine.names for b in one.names), default=0.0)
    shared = [SHARED[kind] for kind in SHARED if values_of(mine, kind) & values_of(one, kind)]
    near = apart is not None and apart <= NEAR_M
    far = apart is not None and apart > FAR_M
    if not (alike >= SIMILAR and not far) and not (shared and (near or alike >= RELATED)):
        return None
    reasons = [SAME_NAME] if alike >= ALIKE else [SIMILAR_NAME] if alike >= RELATED else []
    reasons += shared + ([CLOSE_BY] if near else [])
    return Twin(
        actor_id=one.actor_id,
        name=one.shown,
        distance_m=round(apart, 1) if apart is not None else None,
        similarity=round(alike, 1),
        reasons=tuple(reasons),
    )
