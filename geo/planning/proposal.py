"""A proposal: which sectors go together, and the figures one judges it by."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.planning.ground import Ground

UNASSIGNED = -1
"""The group of a sector that is in none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one compares proposals by.

    Attributes:
        neighbourhoods: how many groups have at least one sector.
        valid_share: the part of them in one piece and within the allowed number of sectors.
        weight_cv: standard deviation of their weights by the mean; NaN where nothing weighs.
        radius_m: root mean square of the metres between each assigned sector's middle and the
            mean of the middles of its group, every sector counting once; NaN where none is.
        kept_share: of the sectors that are in a neighbourhood today, the part still in the
            group that continues it; None where none is.
        unassigned: sectors in no group.
        fewest, most: sectors of the smallest and the largest group.
    """

    neighbourhoods: int
    valid_share: float
    weight_cv: float
    radius_m: float
    kept_share: float | None
    unassigned: int
    fewest: int
    most: int


@dataclass(frozen=True, kw_only=True, eq=False)
class Proposal:
    """Sectors grouped into neighbourhoods.

    Attributes:
        codes: the sectors, as on the ground.
        group: the group of each, from 0, or `UNASSIGNED`.
        continues: for each group the present neighbourhood it continues, or None.
        seed: the same seed on the same input gives the same groups.
        stopped: whether somebody stopped it before it was done.
    """

    codes: tuple[str, ...]
    group: NDArray[np.int64]
    continues: tuple[str | None, ...]
    figures: Figures
    seed: int
    stopped: bool = False

    def sectors(self) -> list[tuple[str, ...]]:
        """Return the codes of each group, sorted."""
        found: list[list[str]] = [[] for _ in self.continues]
        for code, group in zip(self.codes, self.group.tolist(), strict=True):
            if group != UNASSIGNED:
                found[group].append(code)
        return [tuple(sorted(codes)) for codes in found]


def measure(
    ground: Ground,
    group: NDArray[np.int64],
    weight: NDArray[np.float64],
    *,
    least: int,
    most: int,
    home: Sequence[int | None] = (),
) -> Figures:
    """Measure a grouping, whoever made it.

    Args:
        ground: the sectors.
        group: the group of each, or `UNASSIGNED`.
        weight: of each sector.
        least: sectors a group has at least.
        most: sectors a group has at most.
        home: the group that continues the present neighbourhood of each sector; `UNASSIGNED`
            where that neighbourhood has no successor, None where it is in none today; empty
            where nobody asks.

    >>> line = Ground.of_pairs("abcd", [0, 2, 4, 6], [0, 0, 0, 0], [(0, 1), (1, 2), (2, 3)])
    >>> measure(line, np.array([0, 0, 1, 1]), np.ones(4), least=2, most=2).radius_m
    1.0
    """
    inside = group != UNASSIGNED
    names, which, sizes = np.unique(group[inside], return_inverse=True, return_counts=True)
    good = (sizes >= least) & (sizes <= most)
    members = [np.flatnonzero(group == name).tolist() for name in names]
    whole = [len(ground.parts(some)) == 1 for some in members]
    weights = np.bincount(which, weight[inside], minlength=len(names))
    mean = weights.mean() if len(names) else 0.0
    asked = [(one, int(now)) for one, now in zip(home, group, strict=False) if one is not None]
    return Figures(
        neighbourhoods=len(names),
        valid_share=float((good & np.array(whole, bool)).mean()) if len(names) else 0.0,
        weight_cv=float(weights.std() / mean) if mean > 0 else np.nan,
        radius_m=_radius(ground.x[inside], ground.y[inside], which, sizes),
        kept_share=_share(asked),
        unassigned=int((~inside).sum()),
        fewest=int(sizes.min(initial=len(group))) if len(names) else 0,
        most=int(sizes.max(initial=0)),
    )


def _radius(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    which: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> float:
    if not len(which):
        return np.nan
    off = [one - (np.bincount(which, one) / sizes)[which] for one in (x, y)]
    return float(np.sqrt(np.mean(off[0] ** 2 + off[1] ** 2)))


def _share(asked: list[tuple[int, int]]) -> float | None:
    if not asked:
        return None
    return sum(home == now != UNASSIGNED for home, now in asked) / len(asked)
