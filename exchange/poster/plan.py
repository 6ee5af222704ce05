"""The plan of a poster: its frame at a round scale, its names, its signs, its grid."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import ascii_uppercase
from typing import Any, Final
from weakref import WeakKeyDictionary

import numpy as np
import shapely

from exchange.paper.frame import Frame
from exchange.poster.blocks import SOFT
from exchange.poster.boards import MM
from exchange.poster.boxes import NO_LEADERS, Floats
from exchange.poster.chips import Chip, plate, side_of
from exchange.poster.declutter import Placed, declutter
from exchange.poster.land import Land, Street, to_metres
from exchange.poster.names import Name, Writer, by_name
from exchange.poster.sheet import Entry, Poster

SCALES: Final = (
    500, 750, 1_000, 1_250, 1_500, 2_000, 2_500, 3_000, 4_000, 5_000, 6_000, 7_500, 10_000, 12_500,
    15_000, 20_000, 25_000, 30_000, 40_000, 50_000, 75_000, 100_000,
)  # fmt: skip
"""Round scales, the largest first."""
AROUND_PT: Final = 16.0
"""Left free around the area."""
RULER_PT: Final = 13.0
"""The strip around the plan with letters and numbers."""
SQUARE_PT: Final = 125.0
"""A square of the grid is about so wide on an A3 (our choice: 44 mm)."""
BARS_M: Final = (25, 50, 100, 200, 500, 1_000, 2_000, 5_000)
NO_AREA_M: Final = 150.0
"""Without an area, so much around the places is shown."""
GRAND_PLACE: Final = (4.3517, 50.8466)
"""Where the plan is of a poster that has neither area nor place."""
LEAST_INSIDE_PT: Final = 20.0
LEAST_INDEXED_PT: Final = 8.0
"""A street that less of lies in the area is not one of it (our choice)."""
NEAR_M: Final = 35.0
"""A street so near a door is the one it stands in."""
PATIENCE_PT2: Final = 2_300.0
"""For each so much of the plan one sign may be placed anew: an A0 may take longer than an A3."""


@dataclass(frozen=True)
class Sign:
    """The numbers of one house, and where its door is, in points."""

    chips: tuple[Chip, ...]
    x: float
    y: float
    side: float


@dataclass(eq=False)
class Plan:
    """A plan in a box of the page, in points; `outer` holds its ruler too."""

    poster: Poster
    outer: tuple[float, float, float, float]
    scale: int
    times: float

    @cached_property
    def frame(self) -> Frame:
        """Centre the area in the box, at the scale."""
        x, y, wide, high = self.outer
        ruler = RULER_PT * self.times
        x, y, wide, high = x + ruler, y + ruler, wide - 2 * ruler, high - 2 * ruler
        west, south, east, north = shapely.bounds(self.area)
        pt_a_m = 1000 / self.scale * MM
        middle = np.array([(west + east) / 2, (south + north) / 2])
        low = middle - np.array([wide, high]) / pt_a_m / 2
        return Frame(x, y, wide, high, float(low[0]), float(low[1]), pt_a_m)

    @cached_property
    def area(self) -> Any:
        """The area in metres."""
        return area_m(self.poster)

    @cached_property
    def border(self) -> Any:
        """The area on the page."""
        return shapely.transform(self.area, self.frame.place)

    @cached_property
    def squares(self) -> tuple[int, int]:
        """How many squares the grid has across and up."""
        target = SQUARE_PT * self.times
        return (
            min(26, max(1, round(self.frame.width / target))),
            max(1, round(self.frame.height / target)),
        )

    def square_of(self, x: float, y: float) -> str:
        """Name the square of a point on the page: C4; "" outside the plan."""
        frame, (across, up) = self.frame, self.squares
        column = int((x - frame.x) / frame.width * across // 1)
        row = int((frame.y + frame.height - y) / frame.height * up // 1)
        inside = 0 <= column < across and 0 <= row < up
        return f"{ascii_uppercase[column]}{row + 1}" if inside else ""

    @cached_property
    def places(self) -> Mapping[int, tuple[float, float]]:
        """Where the door of each number is on the page; those within the plan."""
        told = [e for e in self.poster.entries if e.lon is not None and e.lat is not None]
        if not told:
            return {}
        given = np.array([(e.lon, e.lat) for e in told], dtype=np.float64)
        points = to_metres(shapely.points(given))
        found = self.frame.place(shapely.get_coordinates(points))
        rows = zip(told, found.tolist(), strict=True)
        return {e.number: (x, y) for e, (x, y) in rows if self.square_of(x, y)}

    @cached_property
    def squares_of(self) -> Mapping[int, str]:
        """The square of each number."""
        return {number: self.square_of(*at) for number, at in self.places.items()}

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """One sign a house, in the order of their first number."""
        houses: dict[str, list[Entry]] = defaultdict(list)
        for entry in sorted(self.poster.entries, key=lambda e: e.number):
            if entry.number in self.places:
                houses[entry.house or f"\0{entry.number}"].append(entry)
        looks = {h.key: h for h in self.poster.headings}
        signs = []
        for entries in houses.values():
            chips = []
            for e in entries:
                look = looks.get(e.heading)
                shape = look.shape if look and self.poster.signs == "shape" else "circle"
                chips.append(Chip(e.number, look.colour if look else SOFT, shape))
            side = side_of(chips, self.times)
            signs.append(Sign(tuple(chips), *self.places[entries[0].number], side))
        return tuple(signs)

    @cached_property
    def side(self) -> float:
        """The side of the largest sign of one number."""
        return max((sign.side for sign in self.signs), default=0.0)

    @cached_property
    def land(self) -> Land:
        """The ground within the frame."""
        return Land.within(self.poster.ground, self.frame)

    @cached_property
    def doors(self) -> Floats:
        """The doors of the signs, (n, 2)."""
        return np.array([(s.x, s.y) for s in self.signs]).reshape(-1, 2)

    @cached_property
    def _laid(self) -> tuple[list[Name], Placed]:
        """Write the names that matter, place the signs, then write the other names."""
        frame = self.frame
        corner = self.corner
        writer = Writer(
            self.land, self.poster.languages, self.times, self.doors, self.side,
            np.array([corner]), NO_LEADERS,
        )  # fmt: skip
        first, rest = self._streets()
        writer.write(first, matters=True)
        sizes = np.array([plate(len(s.chips), s.side) for s in self.signs]).reshape(-1, 2)
        edge = (frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)
        stops = [(s.x, s.y, self.stop_pt / 2, self.stop_pt / 2, 0.0) for s in self.land.stops]
        taken = np.vstack([writer.taken, *([stops] if stops else [])])
        patience = round(frame.width * frame.height / PATIENCE_PT2)
        placed = declutter(self.doors, sizes, frame=edge, taken=taken, patience=patience)
        writer.taken = np.vstack([taken, placed.boxes])
        writer.leaders = placed.leaders[placed.moved]
        writer.write(rest, matters=False)
        return writer.names, placed

    @property
    def names(self) -> list[Name]:
        """The names of streets, as written."""
        return self._laid[0]

    @property
    def placed(self) -> Placed:
        """Where the signs stand."""
        return self._laid[1]

    @property
    def stop_pt(self) -> float:
        """The side of the sign of a stop."""
        return 9.0 * self.times

    def _streets(self) -> tuple[list[Any], list[Any]]:
        """Split the streets in those whose name matters and the others, longest first."""
        found = by_name(self.land.streets)
        near: Any = shapely.points(self.doors) if len(self.doors) else ()
        reach = NEAR_M * self.frame.pt_a_m
        ranked: list[tuple[bool, bool, float, str, list[Street]]] = []
        shapely.prepare(self.border)
        lines: dict[str, Any] = {
            key: shapely.union_all([p.line for p in pieces]) for key, pieces in found.items()
        }
        keys = list(lines)
        held: set[str] = set()
        if len(near) and keys:
            tree = shapely.STRtree([lines[key] for key in keys])
            door, street = tree.query_nearest(near, max_distance=reach)
            del door
            held = {keys[n] for n in street}
        for key, pieces in found.items():
            inside = self.border.intersection(lines[key]).length > LEAST_INSIDE_PT
            large = any(p.kind in ("main", "medium") for p in pieces)
            matters = key in held or large
            ranked.append((not matters, not (inside or matters), -lines[key].length, key, pieces))
        ranked.sort(key=lambda row: row[:4])
        return (
            [(row[3], row[4]) for row in ranked if not row[0]],
            [(row[3], row[4]) for row in ranked if row[0] and not row[1]],
        )

    @cached_property
    def corner(self) -> tuple[float, float, float, float, float]:
        """Choose the corner for scale and north: where no door is near and the area is not."""
        frame, times = self.frame, self.times
        half = (self.bar[1] / 2 + 34 * times, 15 * times)
        low = frame.x + half[0] + 5, frame.y + half[1] + 5
        high = frame.x + frame.width - half[0] - 5, frame.y + frame.height - half[1] - 5
        best = None
        for x in (low[0], high[0]):
            for y in (low[1], high[1]):
                away = np.abs(self.doors - (x, y)) < np.array(half) + self.side
                box = shapely.box(x - half[0], y - half[1], x + half[0], y + half[1])
                cost = (int(away.all(axis=1).sum()), self.border.intersection(box).area)
                if best is None or cost < best[0]:
                    best = (cost, (x, y, *half, 0.0))
        return best[1] if best else (0.0, 0.0, 0.0, 0.0, 0.0)

    @cached_property
    def bar(self) -> tuple[int, float]:
        """Metres and points of the scale bar."""
        most = min(130 * self.times, self.frame.width * 0.3)
        fits = [m for m in BARS_M if m * self.frame.pt_a_m <= most]
        length = fits[-1] if fits else BARS_M[0]
        return length, length * self.frame.pt_a_m

    def index(self) -> list[tuple[str, str, str]]:
        """Return the streets of the area: two names, and their square or those of both ends."""
        rows = {}
        for key, pieces in by_name(self.land.streets).items():
            line: Any = shapely.union_all([p.line for p in pieces]).intersection(self.border)
            if line.length < LEAST_INDEXED_PT:
                continue
            points = shapely.get_coordinates(line)
            found = [s for x, y in (points[0], points[-1]) if (s := self.square_of(x, y))]
            told = "\N{EN DASH}".join(dict.fromkeys(sorted(found)))
            rows[key] = (*pieces[0].names, told)
        return sorted(rows.values(), key=lambda row: row[0].casefold())


_AREAS: WeakKeyDictionary[Poster, Any] = WeakKeyDictionary()


def area_m(poster: Poster) -> Any:
    """Return the area of a poster in metres; around its places where it has none."""
    if poster not in _AREAS:
        area = poster.area
        if shapely.is_empty(area):
            told = [(e.lon, e.lat) for e in poster.entries if e.lon is not None]
            points = np.array(told or [GRAND_PLACE], dtype=np.float64)
            around: Any = to_metres(shapely.MultiPoint(points))
            _AREAS[poster] = around.convex_hull.buffer(NO_AREA_M)
        else:
            _AREAS[poster] = to_metres(area)
    return _AREAS[poster]


def smallest_box(poster: Poster, scale: int, times: float) -> tuple[float, float]:
    """Return how wide and high the box of a plan must be at a scale, in points."""
    west, south, east, north = area_m(poster).bounds
    pt_a_m = 1000 / scale * MM
    free = 2 * (AROUND_PT + RULER_PT) * times
    return (east - west) * pt_a_m + free, (north - south) * pt_a_m + free
