"""Coverage of larger areas: sectors put together, each counting by its people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.coverage.measures import M_PER_MIN, PER, Measure, State, nearest_m, settle, weigh_median
from geo.coverage.table import Cells, Coverage, none
from geo.levels import Level, region_of
from geo.neighbourhoods import Neighbourhood
from geo.territory import Territory

KNOWN_SHARE: Final = 0.9
"""A mean over people is told where it is known of nine in ten of them (our choice)."""


@dataclass(frozen=True, kw_only=True, eq=False)
class RolledUp:
    """Cells of some areas, in the order of `ids`.

    Attributes:
        ids: of the areas, as `Territory.level` has them.
        people: inhabitants of the sectors of each whose number is known: whole numbers stay whole.
        unknown: sectors of each whose number is not known.
        cells: every measure, (categories, areas).
    """

    ids: tuple[str, ...]
    people: NDArray[np.float64]
    unknown: NDArray[np.int64]
    cells: dict[Measure, Cells]


def members(
    territory: Territory, level: Level, neighbourhoods: Iterable[Neighbourhood] = ()
) -> dict[str, NDArray[np.int64]]:
    """Return the places of the sectors of each area of a level; who is in none is left out.

    Neighbourhoods may share sectors; the areas of every other level do not.
    """
    sectors = territory.sectors
    if level is Level.NEIGHBOURHOOD:
        found = {
            place.id: sectors.index.get_indexer(list(dict.fromkeys(place.sectors)))
            for place in neighbourhoods
        }
        return {key: at[at >= 0] for key, at in found.items() if (at >= 0).any()}
    if level is Level.SECTOR:
        keys = list(sectors.index)
    elif level is Level.REGION:
        keys = [region_of(refnis) for refnis in sectors["municipality"]]
    else:
        keys = list(sectors["district" if level is Level.DISTRICT else "municipality"])
    groups: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key:
            groups.setdefault(str(key), []).append(place)
    return {key: np.array(groups[key], dtype=np.int64) for key in sorted(groups)}


def roll_up(coverage: Coverage, areas: Mapping[str, NDArray[np.int64]]) -> RolledUp:
    """Put the sectors of each area together.

    What is inside is added up, and for 1,000 inhabitants divided by their sum; minutes to the
    nearest are the median over all its people; every other measure is the mean of its sectors,
    each by its people. Unknown is a cell
    - of what is inside, if it adds up to nothing and is not known of one of its sectors; a
      service known by a part of town that lies wholly within the area counts there, if counted;
    - of a mean, if the people of a sector are not known (those of `NO_POPULATION`), nobody lives
      there, or it is known of less than nine in ten people: then the state that holds most of
      the others;
    - of minutes, if the people are not known, or half of them are beyond the limit and it is not
      known of one sector where people live.
    """
    columns = list(areas.values())
    people = np.nan_to_num(coverage.people, nan=0.0)
    unknown = np.isnan(coverage.people)
    summed = np.array([people[at].sum() for at in columns])
    lost = np.array([int(unknown[at].sum()) for at in columns], dtype=np.int64)
    inside = _inside(coverage, columns)
    cells = {Measure.INSIDE: inside}
    lacking = (lost > 0) | (summed == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        cells[Measure.PER_1000] = _without(
            Cells(value=PER * inside.value / summed, state=inside.state), lacking
        )
    for name in coverage.cells:
        if name is Measure.NEAREST_MIN:
            cells[name] = _without(_median(coverage, columns), lacking)
        elif name not in cells:
            mean = _mean(coverage.cells[name], people, columns)
            settled = Cells(value=settle(name, mean.value), state=mean.state)
            cells[name] = _without(settled, lacking)
    return RolledUp(ids=tuple(areas), people=summed, unknown=lost, cells=cells)


def gather(
    values: NDArray[np.float64],
    people: NDArray[np.float64],
    areas: Mapping[str, NDArray[np.int64]],
    *,
    adds_up: bool,
) -> NDArray[np.float64]:
    """Put a figure of every sector (NaN: not known) together for each area.

    What adds up, people say, is summed, and not known if it is not known of one sector. All else
    is the mean by people, told if it is known of nine in ten of them; where only one sector is in
    an area it is that of the sector.

    >>> sectors, people = {"a": np.array([0, 1])}, np.array([30.0, 10.0])
    >>> gather(np.array([2.0, 4.0]), people, sectors, adds_up=False).tolist()
    [2.5]
    """
    out = np.full(len(areas), np.nan)
    for place, at in enumerate(areas.values()):
        if adds_up or len(at) == 1:
            out[place] = values[at].sum()
            continue
        known = people[at][~np.isnan(values[at])].sum()
        if known > 0 and known >= KNOWN_SHARE * people[at].sum():
            out[place] = np.nansum(values[at] * people[at]) / known
    return out


def nearest_min(
    coverage: Coverage, category: int, areas: Mapping[str, NDArray[np.int64]]
) -> NDArray[np.float64]:
    """Return minutes to the nearest for each area, beyond the limit of the catchments too.

    Median over its people; NaN where the people of a sector are not known or nobody lives, or one
    cannot walk from where people live; inf where no way leads. For a single category.
    """
    demand = coverage.demand
    columns = list(areas.values())
    lived = np.nan_to_num(coverage.people, nan=0.0) > 0
    told = [
        bool(lived[at].any())
        and not bool(np.isnan(coverage.people[at]).any())
        and bool(demand.walkable[at[lived[at]]].all())
        for at in columns
    ]
    flat, group, weight = _points(coverage, columns)
    walked_m = coverage.walked_m(category)[flat]
    minutes = weigh_median(walked_m, group, weight[flat], len(columns)) / M_PER_MIN
    return np.where(np.array(told, dtype=np.bool_), minutes, np.nan)


def _points(
    coverage: Coverage, columns: list[NDArray[np.int64]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Return the points where the people of each area live, its number, and the weight of all."""
    demand = coverage.demand
    order = np.argsort(demand.sector, kind="stable")
    edges = np.searchsorted(demand.sector[order], np.arange(len(demand.codes) + 1))
    points = [np.concatenate([order[edges[one] : edges[one + 1]] for one in at]) for at in columns]
    flat = np.concatenate([*points, np.empty(0, dtype=np.int64)])
    group = np.repeat(np.arange(len(columns)), [len(part) for part in points])
    return flat, group, demand.spread(coverage.people)


def _without(cells: Cells, lacking: NDArray[np.bool_]) -> Cells:
    """Set aside the areas whose people are not known."""
    states = cells.state.copy()
    states[:, lacking] = State.NO_POPULATION
    return Cells(value=np.where(states == State.KNOWN, cells.value, np.nan), state=states)


def _inside(coverage: Coverage, columns: list[NDArray[np.int64]]) -> Cells:
    cells = coverage.cells[Measure.INSIDE]
    shape = (len(cells.value), len(columns))
    values, states = np.zeros(shape), np.zeros(shape, dtype=np.int8)
    codes = coverage.demand.codes
    for area, at in enumerate(columns):
        values[:, area] = np.nansum(cells.value[:, at], axis=1)
        states[:, area] = cells.state[:, at].max(axis=1, initial=State.KNOWN)
        within = set(codes[at])
        for one in coverage.services.vague:
            counts = one.counts(verified_only=coverage.verified_only)
            if counts and one.sectors and within.issuperset(one.sectors):
                values[list(set(one.categories)), area] += 1
    states[values > 0] = State.KNOWN
    return Cells(value=np.where(states == State.KNOWN, values, np.nan), state=states)


def _mean(cells: Cells, people: NDArray[np.float64], columns: list[NDArray[np.int64]]) -> Cells:
    shape = (len(cells.value), len(columns))
    values, states = np.full(shape, np.nan), np.zeros(shape, dtype=np.int8)
    for area, at in enumerate(columns):
        held = np.zeros((len(State), len(cells.value)))
        for state in State:
            held[state] = (cells.state[:, at] == state) @ people[at]
        known = held[State.KNOWN]
        with np.errstate(divide="ignore", invalid="ignore"):
            values[:, area] = np.nansum(cells.value[:, at] * people[at], axis=1) / known
        total = people[at].sum()
        told = known >= KNOWN_SHARE * total
        states[:, area] = np.where(told, State.KNOWN, 1 + np.argmax(held[1:], axis=0))
    return Cells(value=np.where(states == State.KNOWN, values, np.nan), state=states)


def _median(coverage: Coverage, columns: list[NDArray[np.int64]]) -> Cells:
    """Return the median over the people of each area, from the points they live at."""
    states = coverage.cells[Measure.NEAREST_MIN].state
    flat, group, weight = _points(coverage, columns)
    values = np.empty((len(states), len(columns)))
    for row in range(len(states)):
        near = nearest_m(coverage.counted, row)
        values[row] = weigh_median(near[flat], group, weight[flat], len(columns)) / M_PER_MIN
    lived = coverage.people > 0
    out = np.zeros(values.shape, dtype=np.int8)
    for area, at in enumerate(columns):
        out[:, area] = states[:, at[lived[at]]].max(axis=1, initial=State.KNOWN)
    out[~none(Measure.NEAREST_MIN, values)] = State.KNOWN
    return Cells(value=np.where(out == State.KNOWN, values, np.nan), state=out)
