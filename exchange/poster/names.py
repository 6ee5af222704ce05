"""Names of streets along their street: those that matter first, never one over another."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely

from exchange.paper.fonts import width_pt
from exchange.paper.text import Style, draw_line, wrap
from exchange.poster.base import Base, Street

STRAIGHT: Final = 0.975
"""How much shorter the chord under a name may be than its street (our choice, by eye)."""
BESIDE_PT: Final = 1.6
"""White kept around a name."""
AGAIN_PT: Final = 420.0
"""A name is repeated only this far from where it stands already."""
SHARES: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.12, 0.88)
HALO: Final = 0.82
INK: Final = "#3b342a"
DOOR_PT: Final = 7.0
"""A door this near a name needs its sign there: the name is better elsewhere."""
NEAR_M: Final = 30.0
"""An actor this near a street is one in it."""


@dataclass(frozen=True, eq=False)
class Name:
    """A name on the plan: its line, its middle and turn, and what it covers, in points."""

    text: str
    style: Style
    x: float
    y: float
    degrees: float
    width: float
    surface: shapely.Geometry


def important(base: Base, doors: Sequence[tuple[float, float]]) -> frozenset[int]:
    """Return the indices of streets whose name must be read: large ones, and those with a door."""
    near = shapely.MultiPoint(list(doors)).buffer(NEAR_M * base.frame.pt_a_m) if doors else None
    if near is not None:
        shapely.prepare(near)
    return frozenset(
        n
        for n, street in enumerate(base.streets)
        if street.kind in ("main", "medium") or (near is not None and near.intersects(street.line))
    )


def place_names(
    base: Base,
    wanted: Collection[int],
    *,
    languages: Sequence[str],
    large_pt: float,
    small_pt: float,
    taken: Sequence[shapely.Geometry] = (),
    doors: Sequence[tuple[float, float]] = (),
    there: Sequence[Name] = (),
) -> list[Name]:
    """Find room for the names of some streets beside what is `taken`; those without stay out."""
    frame = base.frame
    inside = shapely.box(
        frame.x + 2, frame.y + 2, frame.x + frame.width - 2, frame.y + frame.height - 2
    )
    shapely.prepare(inside)
    points = shapely.points(np.asarray(doors).reshape(-1, 2)) if doors else np.array([])
    blocked = [*taken, *(name.surface for name in there)]
    found: list[Name] = []
    where: dict[str, list[tuple[float, float]]] = {}
    for name in there:
        where.setdefault(name.text, []).append((name.x, name.y))
    for street in _ranked(base, wanted):
        style = Style(large_pt if street.kind in ("main", "medium") else small_pt, colour=INK)
        for text in _wordings(street, languages):
            spots = where.setdefault(text, [])
            best = _best(street.line, text, style, inside, blocked, points, spots)
            if best is not None:
                found.append(best)
                blocked.append(best.surface)
                spots.append((best.x, best.y))
                if " · " in text:
                    break
    return found


def _ranked(base: Base, wanted: Collection[int]) -> list[Street]:
    rank = {"main": 0, "medium": 1, "minor": 2}
    chosen = [base.streets[n] for n in sorted(wanted) if any(base.streets[n].names)]
    return sorted(chosen, key=lambda one: (rank.get(one.kind, 3), -one.line.length, one.names))


def _wordings(street: Street, languages: Sequence[str]) -> Iterator[str]:
    fr, nl = street.names
    told = {"fr": fr or nl, "nl": nl or fr}
    texts = list(dict.fromkeys(told.get(code, "") for code in languages if code in told))
    texts = [text for text in texts if text] or [fr or nl]
    if len(texts) > 1:
        yield " · ".join(texts)
    yield from texts


def _best(
    lines: shapely.Geometry,
    text: str,
    style: Style,
    inside: shapely.Geometry,
    blocked: list[shapely.Geometry],
    doors: Any,
    spots: list[tuple[float, float]],
) -> Name | None:
    line = next(iter(wrap(text, style, 1_000, most=1)), "")
    wide = width_pt(line, style.weight, style.size_pt)
    best: tuple[float, Name] | None = None
    for part in shapely.get_parts(lines):
        if part.geom_type != "LineString" or part.length < wide + 4:
            continue
        for n, share in enumerate(SHARES):
            name = _along(part, share, line, style, wide)
            if name is None or not inside.contains(name.surface):
                continue
            if any(math.hypot(name.x - x, name.y - y) < AGAIN_PT for x, y in spots):
                continue
            if blocked and shapely.intersects(name.surface, blocked).any():
                continue
            crowd = float(shapely.dwithin(doors, name.surface, DOOR_PT).sum()) if len(doors) else 0
            cost = crowd + 0.1 * n
            if best is None or cost < best[0]:
                best = cost, name
            if cost < 1:
                return name
    return best[1] if best else None


def _along(
    part: shapely.LineString, share: float, line: str, style: Style, wide: float
) -> Name | None:
    middle = part.length * share
    start, end = middle - wide / 2, middle + wide / 2
    if start < 0 or end > part.length:
        return None
    here, mid, there = (part.interpolate(d) for d in (start, middle, end))
    chord = math.hypot(there.x - here.x, there.y - here.y)
    if chord < STRAIGHT * wide:
        return None
    turn = math.atan2(there.y - here.y, there.x - here.x)
    turn = (turn + math.pi / 2) % math.pi - math.pi / 2  # never upside down
    x, y = (here.x + there.x) / 4 + mid.x / 2, (here.y + there.y) / 4 + mid.y / 2
    high = style.size_pt * 0.55
    box = shapely.box(x - wide / 2 - BESIDE_PT, y - high, x + wide / 2 + BESIDE_PT, y + high)
    degrees = math.degrees(turn)
    surface = shapely.affinity.rotate(box, degrees, origin=(x, y))
    return Name(line, style, float(x), float(y), degrees, wide, surface)


def draw_names(canvas: Any, names: Sequence[Name]) -> None:
    """Write names along their streets, on a breath of white."""
    for name in names:
        size = name.style.size_pt
        canvas.saveState()
        canvas.translate(name.x, name.y)
        canvas.rotate(name.degrees)
        canvas.setFillColor("#ffffff")
        canvas.setFillAlpha(HALO)
        canvas.roundRect(
            -name.width / 2 - 1, -size * 0.5, name.width + 2, size, 1.5, stroke=0, fill=1
        )
        canvas.setFillAlpha(1)
        draw_line(canvas, name.text, name.style, -name.width / 2, -size * 0.35)
        canvas.restoreState()
