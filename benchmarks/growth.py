"""The same work for more and more sectors, as a table with its slope: 20,000 is Belgium.

Coverage is measured on generated streets and squares, proposals on copies of the Region side by
side.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np

from benchmarks.cases import CATEGORIES, Case
from benchmarks.clock import Taken, once
from benchmarks.figures import Figure
from benchmarks.grounds import made_people, square_territory
from benchmarks.proposals import NUMBER, official_ground, pairs_of
from benchmarks.reaching import steps
from benchmarks.street_graphs import street_graph
from geo.planning import Ground, propose
from geo.walking import Walker

GROWTH: Final = ((2_000, 3), (8_000, 11), (20_000, 28))
"""Sectors, and copies of the Region that make about as many."""
CROSSINGS: Final = 20
"""For each sector, and one service: a network of Belgium takes too long to draw."""


class _Row(NamedTuple):
    """What one size took."""

    sectors: int
    copied: int
    cover: Taken
    step: Taken
    proposal: Taken
    valid_share: float


def figures(seed: int) -> Iterator[Figure]:
    """Measure each size; the slope is that of the logarithms, 1 is in step with the sectors."""
    rows = [_row(sectors, copies, seed) for sectors, copies in GROWTH]
    columns = ("cover", "step", "proposal")
    names = (f"all x {CATEGORIES}", "what if", f"proposal, {NUMBER} of 724")
    print(f"{'sectors':>8}", *(f"{name + ', s':>24}" for name in names), "(processor)")
    for row in rows:
        times = [getattr(row, column) for column in columns]
        cells = (f"{t.wall_ms / 1e3:12.3f} ({t.processor_ms / 1e3:9.3f})" for t in times)
        print(f"{row.sectors:8,}", *cells)
    slopes = [
        (_slope(rows, column, "wall_ms"), _slope(rows, column, "processor_ms"))
        for column in columns
    ]
    print(f"{'slope':>8}", *(f"{wall:12.2f} ({processor:9.2f})" for wall, processor in slopes))
    for row in rows:
        for name, column in zip(names, columns, strict=True):
            size = row.copied if column == "proposal" else row.sectors
            yield Figure(figure=f"{size:,} sectors: {name}", unit="ms",
                         value=getattr(row, column).wall_ms)  # fmt: skip
        yield Figure(figure=f"{row.copied:,} sectors: proposal valid", unit="%", goal=">= 100",
                     value=100 * row.valid_share)  # fmt: skip
    for name, (wall, _) in zip(names, slopes, strict=True):
        yield Figure(figure=f"slope of {name}", value=wall, unit="")


def _row(sectors: int, copies: int, seed: int) -> _Row:
    walker = Walker(street_graph(sectors * CROSSINGS, seed))
    case = Case(walker, square_territory(sectors, walker.network), sectors, seed)
    cover, coverage = once(case.cover)
    taken = steps(case, coverage, tries=2)
    step = Taken(*(float(np.median(column)) for column in zip(*taken, strict=True)))
    many, hectares = _copied(copies)
    people = made_people(hectares, seed)
    proposal, found = once(lambda: propose(many, people, number=NUMBER * copies, seed=seed))
    return _Row(
        len(case.territory.codes), len(many), cover, step, proposal, found.figures.valid_share
    )


def _copied(copies: int) -> tuple[Ground, np.ndarray]:
    """Lay copies of the Region side by side."""
    ground, hectares = official_ground()
    wide_m = 1.2 * float(np.ptp(ground.x))
    many = Ground.of_pairs(
        [f"{n}{code}" for n in range(copies) for code in ground.codes],
        np.concatenate([ground.x + n * wide_m for n in range(copies)]),
        np.tile(ground.y, copies),
        [
            (i + n * len(ground), j + n * len(ground))
            for n in range(copies)
            for i, j in pairs_of(ground)
        ],
    )
    return many, np.tile(hectares, copies)


def _slope(rows: list[_Row], column: str, time: str) -> float:
    sizes = [row.copied if column == "proposal" else row.sectors for row in rows]
    values = [getattr(getattr(row, column), time) for row in rows]
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])
