"""A hundred neighbourhoods of 4 to 11 from 724 sectors, beside spopt's MaxP.

People by sector are made up, for no file here tells them; the goal binds on the worst draw of them,
and so does every figure. Those that fall from the middle outwards are told without a goal.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from benchmarks.clock import Taken, once
from benchmarks.figures import Figure
from benchmarks.grounds import fading_people, made_people
from benchmarks.installation import official_territory
from benchmarks.peers import spopt
from geo.neighbourhoods import SECTORS_MAX, SECTORS_MIN
from geo.planning import Figures, Ground, measure, propose

NUMBER: Final = 100
DRAWS: Final = 8
"""Populations made up."""
FADING: Final = 3
THRESHOLDS: Final = (0.75, 0.8, 0.85)
"""Least people of a MaxP group, by an equal share; the one nearest to 100 groups counts."""
GOALS: Final = (
    ("time", "s", "<= 10"),
    ("time, processor", "s", ""),
    ("valid", "%", ">= 100"),
    ("CV of people", "%", "<= 20"),
    ("radius", "m", "<= 434"),
)


class Run(NamedTuple):
    """A grouping, and what it took."""

    found: Figures
    taken: Taken

    def value(self, name: str) -> float:
        """Return a figure by its name in `GOALS`."""
        return {
            "time": self.taken.wall_ms / 1_000,
            "time, processor": self.taken.processor_ms / 1_000,
            "valid": 100 * self.found.valid_share,
            "CV of people": 100 * self.found.weight_cv,
            "radius": self.found.radius_m,
        }[name]


def official_ground() -> tuple[Ground, NDArray[np.float64]]:
    """Return the ground of the official sectors, and their hectares."""
    territory = official_territory()
    ground = Ground.of(territory)
    return ground, territory.sectors.area_ha.loc[list(ground.codes)].to_numpy()


def figures(seed: int) -> Iterator[Figure]:
    """Propose for each population; MaxP, which takes its time, is asked about the first."""
    if not spopt.installed():
        print(spopt.HOW)
    ground, area_ha = official_ground()
    title = f"{NUMBER} of {len(ground)}"
    ours = _runs(ground, lambda draw: made_people(area_ha, draw), range(seed, seed + DRAWS))
    theirs = _maxp(ground, made_people(area_ha, seed))
    _print("Plein", ours)
    _print("MaxP", theirs)
    for name, unit, goal in GOALS:
        worst, *rest = sorted((run.value(name) for run in ours), reverse=goal[:2] != ">=")
        peer: dict[str, Any] = {}
        if theirs and "processor" not in name:
            peer = {"peer": "MaxP, the first", "peer_value": theirs[0].value(name)}
        yield Figure(figure=f"{title}: {name}, worst of {DRAWS}", value=worst, unit=unit,
                     goal=goal, **peer)  # fmt: skip
        yield Figure(figure=f"{title}: {name}, middle", value=float(np.median([worst, *rest])),
                     unit=unit)  # fmt: skip
    fading = _runs(
        ground, lambda draw: fading_people(ground, area_ha, draw), range(seed, seed + FADING)
    )
    _print("fading", fading)
    for name, unit, goal in GOALS[2:]:
        values = [run.value(name) for run in fading]
        worst = min(values) if goal[:2] == ">=" else max(values)
        yield Figure(figure=f"{title}, people fading outwards: {name}, worst of {FADING}",
                     value=worst, unit=unit)  # fmt: skip


def _runs(ground: Ground, people: Callable[[int], NDArray[np.float64]], draws: range) -> list[Run]:
    runs = []
    for draw in draws:
        weight = people(draw)
        taken, found = once(
            lambda draw=draw, weight=weight: propose(ground, weight, number=NUMBER, seed=draw)  # type: ignore[misc]
        )
        runs.append(Run(found.figures, taken))
    return runs


def _print(who: str, runs: list[Run]) -> None:
    for found, taken in runs:
        print(
            f"  {who:6} {found.neighbourhoods:4} groups of {found.fewest} to {found.most}, "
            f"{100 * found.valid_share:5.1f} % valid, CV {100 * found.weight_cv:4.1f} %, radius "
            f"{found.radius_m:5.1f} m, {taken.wall_ms / 1e3:5.2f} s "
            f"(processor {taken.processor_ms / 1e3:5.2f} s)"
        )


def _maxp(ground: Ground, people: NDArray[np.float64]) -> list[Run]:
    told = spopt.ask(
        "maxp",
        {
            "x": ground.x,
            "y": ground.y,
            "weight": people,
            "pairs": pairs_of(ground),
            "thresholds": np.array(THRESHOLDS) * people.sum() / NUMBER,
            "number": NUMBER,
        },
    )
    if told is None:
        return []
    found = measure(ground, told["group"], people, least=SECTORS_MIN, most=SECTORS_MAX)
    return [Run(found, Taken(1_000 * told["seconds"], np.nan))]


def pairs_of(ground: Ground) -> list[tuple[int, int]]:
    """Return who borders whom, each pair once."""
    return [(i, j) for i, some in enumerate(ground.near) for j in some if i < j]
