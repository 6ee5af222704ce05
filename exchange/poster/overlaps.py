"""Counts what covers what on a plan, by another way than it was placed: with shapely's polygons."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely import affinity

from exchange.poster.names import Name
from exchange.poster.plan import Plan

TOUCH_PT2: Final = 0.05
"""A common surface up to this is a touch, in square points (our choice)."""
TOUCH_PT: Final = 0.1


@dataclass(frozen=True, kw_only=True)
class Overlaps:
    """How many pairs overlap, and how many leaders cross another."""

    signs: int
    sign_names: int
    names: int
    leader_signs: int
    leader_leaders: int
    lost: int

    @property
    def covering(self) -> int:
        """All that must not be."""
        return self.signs + self.sign_names + self.names + self.leader_signs + self.lost


def count_overlaps(plan: Plan) -> Overlaps:
    """Count the overlaps of a plan as it is drawn."""
    placed = plan.placed
    signs = [
        shapely.box(x - wide, y - high, x + wide, y + high)
        for x, y, wide, high, _ in placed.boxes.tolist()
    ]
    names = [polygon_of(name) for name in plan.names]
    moved = placed.moved.nonzero()[0]
    leaders = [shapely.LineString(placed.leaders[n].reshape(2, 2)) for n in moved]
    tree = shapely.STRtree(signs)
    through = sum(
        int(sign) != int(moved[k]) and leader.intersection(signs[sign]).length > TOUCH_PT
        for k, leader in enumerate(leaders)
        for sign in tree.query(leader)
    )
    numbers = {chip.number for sign in plan.signs for chip in sign.chips}
    return Overlaps(
        signs=_pairs(signs, signs, same=True),
        sign_names=_pairs(signs, names),
        names=_pairs(names, names, same=True),
        leader_signs=through,
        leader_leaders=sum(
            leaders[a].crosses(leaders[b]) for a in range(len(leaders)) for b in range(a)
        ),
        lost=len(set(plan.places) - numbers),
    )


def polygon_of(name: Name) -> shapely.Polygon:
    """Return the surface the lines of a name take."""
    high = len(name.lines) * name.size_pt
    flat = shapely.box(
        name.x - name.width / 2, name.y - high / 2, name.x + name.width / 2, name.y + high / 2
    )
    return affinity.rotate(flat, name.angle, origin=(name.x, name.y), use_radians=True)


def count_pairs(shapes: Sequence[Any]) -> int:
    """Count the pairs of shapes that cover one another."""
    return _pairs(shapes, shapes, same=True)


def _pairs(these: Sequence[Any], those: Sequence[Any], *, same: bool = False) -> int:
    if not these or not those:
        return 0
    tree = shapely.STRtree(those)
    found = 0
    for n, shape in enumerate(these):
        for other in tree.query(shape):
            if same and int(other) <= n:
                continue
            found += shape.intersection(those[int(other)]).area > TOUCH_PT2
    return found
