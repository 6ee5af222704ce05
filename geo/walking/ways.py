"""The way to one door: its line, and its streets in the order they are walked."""

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.crs import WGS_84, project
from geo.walking.network import Network
from geo.walking.spots import Spots

if TYPE_CHECKING:
    from geo.walking.walker import Reach

STEEP_PERCENT: Final = 5.0
"""A steeper way is steep: what Brussels allows a ramp, and that over ten metres only (regional
town planning regulation, RRU/GSV, decree of 21 November 2006, title IV, article 4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of one street; the incline is the steepest known, upwards as one walks, or None."""

    name_fr: str
    name_nl: str
    length_m: float
    steps: bool
    incline_percent: float | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Way:
    """A way from door to door.

    Attributes:
        line: longitude and latitude (n, 2) of the points of the way, both doors included.
        length_m: metres from door to door.
        parts: the streets as they are walked; the few metres from a door to its street are in
            `length_m` alone.
    """

    line: NDArray[np.float64]
    length_m: float
    parts: tuple[Part, ...]

    @property
    def has_steps(self) -> bool:
        """Whether one climbs stairs on it."""
        return any(part.steps for part in self.parts)

    @property
    def steepest_percent(self) -> float | None:
        """The steepest known slope, up or down; None where none is known."""
        known = [abs(part.incline_percent) for part in self.parts if part.incline_percent]
        return max(known, default=None)

    @property
    def is_steep(self) -> bool:
        """Whether a slope on it is known to be above 5 %; unknown slopes do not count."""
        return (self.steepest_percent or 0.0) > STEEP_PERCENT


class _Stretch(NamedTuple):
    """A street walked from one offset to another; backwards where the second is smaller."""

    edge: int
    first_m: float
    last_m: float


def follow(reach: "Reach", spot: Spots) -> Way | None:
    """Trace the shortest way to one spot back to where the reach began."""
    length_m = float(reach.to(spot)[0])
    if not np.isfinite(length_m):
        return None
    network = reach.walker.network
    stretches = _trace(reach, spot)
    pieces = [_between(network, one) for one in stretches]
    metres = np.concatenate(pieces)
    degrees = project(metres, source=network.crs, target=WGS_84)
    doors = [[door.lon[0], door.lat[0]] for door in (reach.origin, spot)]
    line = np.array([doors[0], *degrees, doors[1]])
    moved = np.append(True, (np.diff(line, axis=0) != 0).any(axis=1))
    return Way(
        line=line[moved],
        length_m=length_m,
        parts=_parts(network, [one for one in stretches if one.first_m != one.last_m]),
    )


def _trace(reach: "Reach", spot: Spots) -> list[_Stretch]:
    """Go back from the spot, always to the neighbour the shortest way came from."""
    network, origin = reach.walker.network, reach.origin
    home, home_m, away_m = int(origin.edge[0]), float(origin.offset_m[0]), float(origin.away_m[0])
    edge, offset_m = int(spot.edge[0]), float(spot.offset_m[0])
    u, v, length_m = int(network.u[edge]), int(network.v[edge]), float(network.length_m[edge])
    choices = [
        (float(reach.node_m[u]) + offset_m, u, 0.0),
        (float(reach.node_m[v]) + length_m - offset_m, v, length_m),
    ]
    metres, node, end_m = min(choices)
    if edge == home and abs(offset_m - home_m) + away_m <= metres:
        return [_Stretch(edge, home_m, offset_m)]
    stretches = [_Stretch(edge, end_m, offset_m)]
    graph = reach.walker.graph(step_free=reach.step_free)
    while True:
        rows = slice(int(graph.start[node]), int(graph.start[node + 1]))
        before = reach.node_m[graph.to[rows]] + graph.length_m[rows]
        best = int(np.argmin(before)) if len(before) else -1
        from_home = _home_end(network, home, node, home_m)
        if from_home is not None and (
            best < 0 or from_home[0] + away_m <= before[best] + _ROUNDING_M
        ):
            stretches.append(_Stretch(home, home_m, from_home[1]))
            return stretches[::-1]
        edge = int(graph.edge[rows][best])
        whole = float(network.length_m[edge])
        came = int(graph.to[rows][best])
        forward = int(network.u[edge]) == came
        stretches.append(_Stretch(edge, 0.0, whole) if forward else _Stretch(edge, whole, 0.0))
        node = came


_ROUNDING_M: Final = 1e-7
"""Sums of the same lengths in another order differ by less."""


def _home_end(network: Network, home: int, node: int, home_m: float) -> tuple[float, float] | None:
    """Return metres and offset of a crossing from the origin along its own street, None if off."""
    length_m = float(network.length_m[home])
    ends = [
        (metres, offset)
        for end, metres, offset in (
            (network.u[home], home_m, 0.0),
            (network.v[home], length_m - home_m, length_m),
        )
        if int(end) == node
    ]
    return min(ends, default=None)


def _between(network: Network, stretch: _Stretch) -> NDArray[np.float64]:
    """Return the points (n, 2) of a street between two offsets, in the order walked."""
    rows = slice(int(network.start[stretch.edge]), int(network.start[stretch.edge + 1]))
    xs, ys = network.xs[rows], network.ys[rows]
    walked = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(xs), np.diff(ys)))])
    low, high = sorted((stretch.first_m, stretch.last_m))
    inner = walked[(walked > low) & (walked < high)]
    at = np.concatenate([[low], inner, [high]])
    points = np.column_stack([np.interp(at, walked, xs), np.interp(at, walked, ys)])
    return points if stretch.first_m <= stretch.last_m else points[::-1]


def _parts(network: Network, stretches: list[_Stretch]) -> tuple[Part, ...]:
    """Join what follows on under one name, stairs apart."""

    def kind(stretch: _Stretch) -> tuple[int, bool]:
        return int(network.name[stretch.edge]), bool(network.steps[stretch.edge])

    return tuple(
        _part(network, name, steps, list(group))
        for (name, steps), group in groupby(stretches, key=kind)
    )


def _part(network: Network, name: int, steps: bool, group: list[_Stretch]) -> Part:  # noqa: FBT001
    slopes = [
        float(network.incline_percent[one.edge]) * (1 if one.first_m <= one.last_m else -1)
        for one in group
    ]
    return Part(
        name_fr=network.names_fr[name],
        name_nl=network.names_nl[name],
        length_m=sum(abs(one.last_m - one.first_m) for one in group),
        steps=steps,
        incline_percent=max(
            (slope for slope in slopes if np.isfinite(slope)), key=abs, default=None
        ),
    )
