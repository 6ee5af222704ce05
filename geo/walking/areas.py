"""Areas within reach: lines of equal walking drawn across the triangles between streets."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import WGS_84, project
from geo.errors import N_, BadInputError

if TYPE_CHECKING:
    from geo.walking.mesh import Mesh
    from geo.walking.walker import Reach

STAND_OFF_M: Final = 3.0
"""A line of equal walking keeps so far from crossings where it can, so that five decimals of a
degree (a metre) never put one on the wrong side (our choice)."""
FILLED_M2: Final = 50_000.0
"""A hole of less than five hectares without a street in it is the inside of a block, whose doors
are on the streets around: it is filled (our choice)."""
LADDER: Final = ((8.0, 5), (4.0, 5), (2.0, 6), (0.0, 7))
"""Metres a line may be straightened by, and decimals kept: the first that leaves every crossing
on its side is taken, and where none does, the line as it was drawn (our choice)."""

_ALL: Final = 15
"""Decimals of a degree: every one a number has."""


class _Ground(NamedTuple):
    """The triangles around a point: corners as places in `x`, `y` and `metres`."""

    triangles: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    metres: NDArray[np.float64]
    open: NDArray[np.bool_]
    crossings: NDArray[np.int64]
    crossings_lonlat: NDArray[np.float64]


def draw_areas(reach: "Reach", limits_m: Sequence[float]) -> list[shapely.MultiPolygon]:
    """Draw the areas of a reach, in the order of the limits, degrees (EPSG:4326).

    Raises:
        BadInputError: the network has no mesh.
    """
    network = reach.walker.network
    if network.mesh is None:
        raise BadInputError(
            N_("The walking network has no ground to draw areas on. Build it again.")
        )
    if reach.origin.edge[0] < 0 or not len(limits_m):
        return [shapely.MultiPolygon()] * len(limits_m)
    ground = _ground(reach, network.mesh, max(limits_m))
    out: dict[float, shapely.MultiPolygon] = {}
    inner = shapely.MultiPolygon()
    for limit_m in sorted(set(limits_m)):
        inner = out[limit_m] = _area(ground, limit_m, inner, network.crs)
    return [out[limit_m] for limit_m in limits_m]


def _ground(reach: "Reach", mesh: "Mesh", limit_m: float) -> _Ground:
    """Take the triangles a walk of `limit_m` can touch, and the metres to their corners."""
    network = reach.walker.network
    origin = reach.origin
    lonlat = np.column_stack([origin.lon, origin.lat])
    x, y = project(lonlat, source=WGS_84, target=network.crs)[0]
    local = mesh.around(float(x), float(y), limit_m)
    place = np.full(len(mesh.x), -1, dtype=np.int64)
    place[local] = 0
    points = np.flatnonzero(place == 0)
    place[points] = np.arange(len(points))
    metres = _metres(reach, mesh, points)
    twins = mesh.twins[place[mesh.twins[:, 0]] >= 0]
    np.minimum.at(metres, place[twins[:, 0]], _metres(reach, mesh, twins[:, 1].astype(np.int64)))
    crossings = np.flatnonzero(points < len(network))
    return _Ground(
        triangles=place[local],
        x=mesh.x[points],
        y=mesh.y[points],
        metres=metres,
        open=points >= len(network) + len(mesh.edge),
        crossings=crossings,
        crossings_lonlat=network.lonlat[points[crossings]],
    )


def _metres(reach: "Reach", mesh: "Mesh", points: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return metres walked to points of the mesh; open ground is never reached."""
    nodes = len(reach.walker.network)
    metres = np.full(len(points), np.inf)
    crossing = points < nodes
    metres[crossing] = reach.node_m[points[crossing]]
    street = ~crossing & (points < nodes + len(mesh.edge))
    rows = points[street] - nodes
    metres[street] = reach.along(mesh.edge[rows], mesh.offset_m[rows])
    return metres


def _area(
    ground: _Ground, limit_m: float, inner: shapely.MultiPolygon, crs: int
) -> shapely.MultiPolygon:
    """Draw one area that holds `inner`: straightened as far as every crossing keeps its side."""
    drawn = _drawn(ground, limit_m, filled=True)
    judged, lonlat = _judged(ground, limit_m, crs)
    within = ground.metres[judged] <= limit_m
    for straighten_m, decimals in LADDER:
        shape = shapely.simplify(drawn, straighten_m)
        for _ in range(2):
            area = _degrees(shape, crs, decimals)
            if not inner.is_empty and not area.covers(inner):
                area = shapely.union(area, inner)
            shapely.prepare(area)
            wrong = shapely.contains_xy(area, lonlat) != within
            if not wrong.any():
                return _multi(area)
            shape = _mended(shape, drawn, ground, judged[wrong], 2 * straighten_m)
    return _multi(_degrees(_drawn(ground, limit_m, filled=False), crs, _ALL))


def _judged(
    ground: _Ground, limit_m: float, crs: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the points an area must keep on their side: crossings, and streets beside its line."""
    beside = np.zeros(len(ground.x), dtype=np.bool_)
    beside[_cut(ground, limit_m)[0]] = True
    beside[ground.open] = False
    beside[ground.crossings] = False
    street = np.flatnonzero(beside)
    xy = np.column_stack([ground.x[street], ground.y[street]])
    degrees = project(xy, source=crs, target=WGS_84)
    return (
        np.concatenate([ground.crossings, street]),
        np.concatenate([ground.crossings_lonlat, degrees]),
    )


def _cut(
    ground: _Ground, limit_m: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.int8]]:
    """Return the triangles with corners on both sides, which are within, and how many of each."""
    near = (ground.metres <= limit_m)[ground.triangles]
    count = near[:, 0].astype(np.int8) + near[:, 1] + near[:, 2]
    cut = np.flatnonzero((count == 1) | (count == 2))  # noqa: PLR2004 - of three corners
    return ground.triangles[cut], near[cut], count[cut]


def _drawn(ground: _Ground, limit_m: float, *, filled: bool) -> Any:
    """Draw an area in metres; `filled` leaves out small holes where no street is."""
    rings, start = _rings(ground, limit_m, filled=filled)
    index = np.repeat(np.arange(len(start) - 1), np.diff(start))
    lines: Any = shapely.linestrings(rings, indices=index)
    return shapely.build_area(shapely.multilinestrings(lines))


def _mended(
    shape: Any, drawn: Any, ground: _Ground, nodes: NDArray[np.int64], radius_m: float
) -> Any:
    """Put back the line as it was drawn around crossings that straightening left astray."""
    if not len(nodes):
        return drawn
    points = shapely.points(ground.x[nodes], ground.y[nodes])
    patch = shapely.union_all(shapely.buffer(points, radius_m, quad_segs=1))
    return shapely.union(shapely.difference(shape, patch), shapely.intersection(drawn, patch))


def _degrees(shape: Any, crs: int, decimals: int) -> Any:
    """Convert to degrees of so many decimals; what rounding made cross itself is parted."""
    area = shapely.transform(
        shape, lambda xy: np.round(project(xy, source=crs, target=WGS_84), decimals)
    )
    return area if area.is_valid else shapely.make_valid(area, method="structure")


def _multi(area: Any) -> shapely.MultiPolygon:
    return shapely.MultiPolygon(
        [part for part in shapely.get_parts(area) if part.geom_type == "Polygon" and part.area]
    )


def _rings(
    ground: _Ground, limit_m: float, *, filled: bool
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return the closed lines of equal walking, (n, 2) points and where each begins.

    Every triangle with corners on both sides gives one piece, with what is within reach on its
    left; pieces are linked at the sides of triangles they cross.
    """
    triangles, near, count = _cut(ground, limit_m)
    if not len(triangles):
        return np.empty((0, 2)), np.zeros(1, dtype=np.int64)
    odd = np.where(count == 1, np.argmax(near, axis=1), np.argmin(near, axis=1))
    rows = np.arange(len(triangles))
    alone, after, before = (triangles[rows, (odd + turn) % 3] for turn in range(3))
    lone = count == 1
    first = np.where(lone, after, before)
    last = np.where(lone, before, after)
    points = len(ground.x)
    begin = np.minimum(alone, first) * points + np.maximum(alone, first)
    end = np.minimum(alone, last) * points + np.maximum(alone, last)
    order = np.argsort(begin)
    place = np.searchsorted(begin, end, sorter=order) % len(order)
    following = order[place]
    if (begin[following] != end).any():
        raise BadInputError(N_("The saved walking network is damaged. Build it again."))
    inside, outside = np.where(lone, alone, first), np.where(lone, first, alone)
    crossing = _crossings(ground, inside, outside, limit_m)
    lines = [np.array([*chain, chain[0]]) for chain in _cycles(following.tolist())]
    if filled:
        lines = [
            line
            for line in lines
            if not (ground.open[outside[line]].all() and -FILLED_M2 < _turned(crossing[line]) < 0)
        ]
    start = np.cumsum([0] + [len(line) for line in lines])
    return crossing[np.concatenate([[], *lines]).astype(np.int64)], start


def _crossings(
    ground: _Ground, inside: NDArray[np.int64], outside: NDArray[np.int64], limit_m: float
) -> NDArray[np.float64]:
    """Return where the limit is passed between points on both sides of it.

    Where the outer one is never reached, as far as the walk would go on, at most half-way.
    """
    x, y, metres = ground.x, ground.y, ground.metres
    apart = np.hypot(x[outside] - x[inside], y[outside] - y[inside])
    rest = limit_m - metres[inside]
    lost = np.isinf(metres[outside])
    climb = np.where(lost, 1.0, metres[outside] - metres[inside])
    share = np.where(lost, np.minimum(rest / apart, 0.5), rest / climb)
    edge = np.minimum(STAND_OFF_M / apart, 0.5)
    share = np.clip(share, edge, 1.0 - edge)
    return np.column_stack(
        [x[inside] + share * (x[outside] - x[inside]), y[inside] + share * (y[outside] - y[inside])]
    )


def _turned(ring: NDArray[np.float64]) -> float:
    """Return the area a closed line goes round, square metres; negative clockwise: a hole."""
    x, y = (ring - ring[0]).T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1]) / 2


def _cycles(following: list[int]) -> list[list[int]]:
    """Split a permutation into its cycles."""
    cycles = []
    seen = bytearray(len(following))
    for begin in range(len(following)):
        if not seen[begin]:
            cycle = []
            at = begin
            while not seen[at]:
                seen[at] = 1
                cycle.append(at)
                at = following[at]
            cycles.append(cycle)
    return cycles
