"""The streets one can walk, as flat arrays: crossings, the streets between them, their lines."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Final, Self

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import LAMBERT_72, WGS_84, project
from geo.errors import N_, BadInputError
from geo.walking.mesh import Mesh
from geo.walking.spots import Spots, snap_lines

FORMAT: Final = 1
"""Raised when the arrays of a saved network change their meaning."""
SHORTEST_M: Final = 0.001
"""A street between two crossings at one spot still takes a millimetre, so that every step along a
way leads away from where it began (our choice)."""
FARTHEST_M: Final = 1e7
"""No coordinate in metres of Belgium lies farther from its origin: what does is damage."""
_TEXTS: Final = ("names_fr", "names_nl")
_KINDS: Final = {"u": np.int32, "v": np.int32, "start": np.int32, "name": np.int32,
                 "steps": np.bool_, "incline_percent": np.float32}  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Network:
    """A network of streets. Not to be changed once made: sessions share it.

    Attributes:
        x, y: crossings, metres in `crs`.
        u, v: the crossings at the ends of each street.
        length_m: of each street, along its line.
        xs, ys, start: the line of street i is `xs[start[i]:start[i + 1]]`, from u to v.
        name: its place in `names_fr` and `names_nl`; 0 is no name.
        steps: whether one climbs stairs on it.
        incline_percent: its slope from u to v, NaN where it is not known.
        mesh: the ground between streets, which areas are drawn on; None until `with_mesh`.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    u: NDArray[np.int32]
    v: NDArray[np.int32]
    length_m: NDArray[np.float64]
    xs: NDArray[np.float64]
    ys: NDArray[np.float64]
    start: NDArray[np.int32]
    name: NDArray[np.int32]
    steps: NDArray[np.bool_]
    incline_percent: NDArray[np.float32]
    names_fr: tuple[str, ...] = ("",)
    names_nl: tuple[str, ...] = ("",)
    crs: int = LAMBERT_72
    mesh: Mesh | None = None

    def __len__(self) -> int:
        return len(self.x)

    @classmethod
    def of(
        cls,
        xy: "NDArray[np.float64] | Sequence[tuple[float, float]]",
        ends: "NDArray[np.int32] | Sequence[tuple[int, int]]",
        *,
        lines: Sequence[Any] | None = None,
        names: Sequence[tuple[str, str]] | None = None,
        steps: "Sequence[bool] | NDArray[np.bool_] | None" = None,
        incline_percent: Sequence[float] | None = None,
        crs: int = LAMBERT_72,
    ) -> Self:
        """Build it from crossings (n, 2) and streets (m, 2) between them.

        `lines` are the (k, 2) points of each street from its first end to its second, straight
        where they are not given; `names` are French and Dutch.

        Raises:
            BadInputError: lengths, ends or coordinates that do not fit together.

        >>> made = Network.of([(0, 0), (100, 0), (100, 50)], [(0, 1), (1, 2)])
        >>> made.length_m.tolist()
        [100.0, 50.0]
        """
        points = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
        pairs = np.asarray(ends, dtype=np.int32).reshape(-1, 2)
        count = len(pairs)
        if not _within(pairs, len(points)):
            raise _misfit()
        drawn = list(points[pairs]) if lines is None else [np.asarray(line) for line in lines]
        told = [("", "")] * count if names is None else names
        climbs = [False] * count if steps is None else steps
        slopes = [np.nan] * count if incline_percent is None else incline_percent
        if {len(column) for column in (drawn, told, climbs, slopes)} != {count}:
            raise _misfit()
        start = np.cumsum([0] + [len(line) for line in drawn]).astype(np.int32)
        flat = np.concatenate([*drawn, np.empty((0, 2))]).astype(np.float64)
        index = {name: place for place, name in enumerate(dict.fromkeys([("", ""), *told]))}
        columns = (*points.T, *pairs.T, _lengths(flat, start), *flat.T, start)
        flat_names = ("x", "y", "u", "v", "length_m", "xs", "ys", "start")
        arrays = zip(flat_names, columns, strict=True)
        flats: dict[str, Any] = {name: np.ascontiguousarray(column) for name, column in arrays}
        made = cls(
            **flats,
            name=np.array([index[name] for name in told], dtype=np.int32),
            steps=np.asarray(climbs, dtype=np.bool_),
            incline_percent=np.asarray(slopes, dtype=np.float32),
            names_fr=tuple(_line(fr) for fr, _ in index),
            names_nl=tuple(_line(nl) for _, nl in index),
            crs=crs,
        )
        if not made.sound():
            raise _misfit()
        return made

    def with_mesh(self) -> Self:
        """Return the same network with the ground its areas are drawn on (seconds, once)."""
        return replace(self, mesh=Mesh.of(self.x, self.y, *self._tracks()))

    def in_order(self) -> Self:
        """Return the same network with its crossings ordered in space: what is near stays near.

        Searches over 100,000 crossings then find most of what they touch in the cache.
        """
        order = np.argsort(_morton(self.x, self.y), kind="stable")
        place = np.empty(len(order), dtype=np.int32)
        place[order] = np.arange(len(order), dtype=np.int32)
        return replace(
            self, x=self.x[order], y=self.y[order], u=place[self.u], v=place[self.v], mesh=None
        )

    def snap(self, lon: Any, lat: Any, *, step_free: bool = False) -> Spots:
        """Find the nearest point on a street for positions in degrees (EPSG:4326).

        A position that is missing (None or NaN) gets the street -1; so does every position where
        there is no street. `step_free` looks at streets without stairs alone.
        """
        lines, streets = self._step_free_lines if step_free else self._all_lines
        return snap_lines(lon, lat, lines, streets, crs=self.crs)

    def near(
        self, points: NDArray[np.float64], radius_m: float
    ) -> tuple[NDArray[np.int64], NDArray[np.object_]]:
        """Return the streets within a radius of any point (n, 2, in `crs`), and their lines."""
        tree, streets = self._all_lines
        around = shapely.points(np.asarray(points, dtype=np.float64).reshape(-1, 2))
        found = np.unique(tree.query(around, predicate="dwithin", distance=radius_m)[1])
        return streets[found], np.asarray(tree.geometries)[found]

    @cached_property
    def lonlat(self) -> NDArray[np.float64]:
        """Crossings in degrees (EPSG:4326), (n, 2)."""
        return project(np.column_stack([self.x, self.y]), source=self.crs, target=WGS_84)

    @cached_property
    def _all_lines(self) -> tuple[shapely.STRtree, NDArray[np.int64]]:
        return self._tree(np.arange(len(self.u)))

    @cached_property
    def _step_free_lines(self) -> tuple[shapely.STRtree, NDArray[np.int64]]:
        return self._tree(np.flatnonzero(~self.steps)) if self.steps.any() else self._all_lines

    def _tree(self, streets: NDArray[np.int64]) -> tuple[shapely.STRtree, NDArray[np.int64]]:
        flat = np.column_stack([self.xs, self.ys])
        rows = np.repeat(np.arange(len(self.u)), np.diff(self.start))
        kept = np.zeros(len(self.u), dtype=np.bool_)
        kept[streets] = True
        number = np.cumsum(kept) - 1
        inside = kept[rows]
        lines: Any = shapely.linestrings(flat[inside], indices=number[rows[inside]])
        return shapely.STRtree(lines), streets

    def _tracks(self) -> tuple[NDArray[Any], ...]:
        return self.u, self.v, self.length_m, self.xs, self.ys, self.start

    def dump(self) -> dict[str, NDArray[np.generic]]:
        """Return everything as arrays, texts as UTF-8 bytes, for a file."""
        out: dict[str, NDArray[np.generic]] = {"format": np.array([FORMAT, self.crs])}
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _TEXTS:
                value = np.frombuffer("\n".join(value).encode("utf-8"), dtype=np.uint8)
            if isinstance(value, np.ndarray):
                out[field.name] = value
        if self.mesh is not None:
            out |= {f"mesh_{name}": value for name, value in self.mesh.dump().items()}
        return out

    @classmethod
    def load(cls, kept: "dict[str, NDArray[np.generic]]") -> Self:
        """Read what `dump` returned.

        Raises:
            BadInputError: made by another version, or not whole.
        """
        try:
            version, crs = (int(value) for value in kept["format"])
            texts: dict[str, Any] = {name: _text(kept[name]) for name in _TEXTS}
            arrays: dict[str, Any] = {
                field.name: np.ascontiguousarray(
                    kept[field.name], dtype=_KINDS.get(field.name, np.float64)
                ).ravel()
                for field in fields(cls)
                if field.name not in (*_TEXTS, "crs", "mesh")
            }
            mesh = Mesh.load(
                {
                    name.removeprefix("mesh_"): value
                    for name, value in kept.items()
                    if name.startswith("mesh_")
                }
            )
        except (KeyError, ValueError, TypeError, OverflowError) as error:
            raise _broken() from error
        made = cls(**arrays, **texts, crs=crs, mesh=mesh)
        if version != FORMAT or crs not in _METRIC or not made.sound():
            raise _broken()
        return made

    def sound(self) -> bool:
        """Whether lengths and references agree, so that no look-up can leave the arrays."""
        nodes, streets = len(self.x), len(self.u)
        per_street = (self.v, self.length_m, self.name, self.steps, self.incline_percent)
        return bool(
            len(self.y) == nodes
            and {len(column) for column in per_street} == {streets}
            and len(self.start) == streets + 1
            and self.start[0] == 0
            and self.start[-1] == len(self.xs) == len(self.ys)
            and (np.diff(self.start) >= 2).all()  # noqa: PLR2004 - a line has two ends
            and all(_within(column, nodes) for column in (self.u, self.v))
            and _within(self.name, len(self.names_fr))
            and len(self.names_fr) == len(self.names_nl)
            and all(_finite(column) for column in (self.x, self.y, self.xs, self.ys))
            and _finite(self.length_m)
            and (self.length_m >= SHORTEST_M).all()
            and (self.mesh is None or self.mesh.sound(nodes, streets))
        )


_METRIC: Final = (LAMBERT_72, 3812)


def _lengths(flat: NDArray[np.float64], start: NDArray[np.int32]) -> NDArray[np.float64]:
    """Measure lines kept one after the other."""
    steps = np.hypot(*np.diff(flat, axis=0).T) if len(flat) > 1 else np.empty(0)
    if len(start) == 1:
        return np.empty(0)
    steps = np.append(steps, 0.0)
    steps[start[1:] - 1] = 0.0
    return np.maximum(np.add.reduceat(steps, start[:-1]), SHORTEST_M)


def _morton(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Interleave the bits of both coordinates, whole metres from the corner."""
    code = np.zeros(len(x), dtype=np.uint64)
    for shift, values in ((0, x), (1, y)):
        whole = np.asarray(values - values.min(initial=np.inf), dtype=np.uint64)
        for bit in range(24):
            code |= ((whole >> np.uint64(bit)) & np.uint64(1)) << np.uint64(2 * bit + shift)
    return code


def _line(text: str) -> str:
    return " ".join(text.split())


def _text(array: "NDArray[np.generic]") -> tuple[str, ...]:
    return tuple(array.astype(np.uint8).tobytes().decode("utf-8").split("\n"))


def _within(index: NDArray[np.int32], count: int) -> bool:
    return not index.size or bool(index.min() >= 0 and index.max() < count)


def _finite(values: NDArray[np.float64]) -> bool:
    return not len(values) or bool(np.abs(values).max() < FARTHEST_M)


def _misfit() -> BadInputError:
    return BadInputError(
        N_("Expected streets between known crossings, each with a line, in metres of Belgium.")
    )


def _broken() -> BadInputError:
    return BadInputError(
        N_("The saved walking network is damaged or of another version. Build it again.")
    )
