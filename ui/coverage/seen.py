"""What was asked, answered: values, states and classes of every area, on a day or on two."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.coverage import State
from geo.errors import BadInputError
from geo.levels import Level
from ui.coverage.asking import Asked
from ui.coverage.classing import Scheme, scale_of
from ui.coverage.measured import Measured, measured
from ui.coverage.scales import Scale, told_values

LAYERS_OF: Final = {
    Level.SECTOR: "sectors",
    Level.NEIGHBOURHOOD: "neighbourhoods",
    Level.DISTRICT: "districts",
    Level.MUNICIPALITY: "municipalities",
    Level.REGION: "municipalities",
}
"""The layer of the map whose areas are shaded: a region by its municipalities."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Side:
    """The answer of one day, an element for each of `ids`, in the unit the measure is told in.

    `people` is NaN where not known of one sector of the area.
    """

    found: Measured
    ids: tuple[str, ...]
    values: NDArray[np.float64]
    states: NDArray[np.int8]
    people: NDArray[np.float64]
    shades: NDArray[np.uint8]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which values are known."""
        return np.equal(self.states, State.KNOWN)


@dataclass(frozen=True, kw_only=True, eq=False)
class Seen:
    """The answer of the day asked for, of another day if one is set beside it, and their scale.

    `wrong` is what was wrong with typed limits: the classes are then ours.
    """

    asked: Asked
    scale: Scale
    now: Side
    then: Side | None
    wrong: BadInputError | None

    @cached_property
    def change(self) -> NDArray[np.float64] | None:
        """How much more each area has than on the other day; NaN where one is not known.

        From where no way led to where one does is -inf.
        """
        if self.then is None:
            return None
        told = np.where(self.then.known, self.then.values, np.nan)
        before = dict(zip(self.then.ids, told, strict=True))
        then = np.array([before.get(key, np.nan) for key in self.now.ids])
        now = np.where(self.now.known, self.now.values, np.nan)
        with np.errstate(invalid="ignore"):
            return np.where(np.isinf(now) & np.isinf(then), 0.0, now - then)


def look(asked: Asked) -> Seen | None:
    """Answer a question; None where there are no streets to walk.

    Raises:
        BadInputError: a day to come, or before the first entry.
    """
    found = measured(verified_only=asked.verified_only, day=asked.day, weights=asked.weights)
    if found is None:
        return None
    then = None
    if asked.beside is not None:
        then = measured(verified_only=asked.verified_only, day=asked.beside, weights=asked.weights)
    raw = [_raw(one, asked) for one in (found, then) if one is not None]
    known = np.concatenate([values[states == State.KNOWN] for _ids, values, states, _people in raw])
    scale, wrong = _scale(asked, known)
    sides = [
        Side(
            found=one,
            ids=ids,
            values=values,
            states=states,
            people=people,
            shades=scale.shades(values, states),
        )
        for one, (ids, values, states, people) in zip((found, then), raw, strict=False)
        if one is not None
    ]
    return Seen(
        asked=asked,
        scale=scale,
        now=sides[0],
        then=sides[1] if then is not None else None,
        wrong=wrong,
    )


_Raw = tuple[tuple[str, ...], NDArray[np.float64], NDArray[np.int8], NDArray[np.float64]]


def _raw(found: Measured, asked: Asked) -> _Raw:
    areas = found.areas(asked.level)
    cells, row = areas.cells[asked.measure], found.place(asked.what)
    value = cells.value[row]
    if np.isinf(value).any():
        value = np.where(np.isinf(value), found.minutes(asked.level, asked.what), value)
    people = np.where(areas.unknown > 0, np.nan, areas.people)
    return areas.ids, told_values(asked.measure, value), cells.state[row], people


def _scale(asked: Asked, known: NDArray[np.float64]) -> tuple[Scale, BadInputError | None]:
    def made(scheme: Scheme) -> Scale:
        return scale_of(
            asked.measure,
            asked.level,
            scheme,
            known,
            classes=asked.classes,
            typed=asked.limits,
        )

    try:
        return made(asked.scheme), None
    except BadInputError as error:
        return made(Scheme.OWN), error
