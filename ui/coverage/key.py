"""The key of the map, which is also a chart: how many areas and people each class holds."""

from typing import Any

import numpy as np

from geo.coverage import State
from ui import look
from ui.coverage import scales
from ui.coverage.seen import Seen, Side
from ui.language import _, say
from ui.texts import REASONS
from ui.wording import day, decimal, number


def show_key(seen: Seen) -> None:
    """Name the classes, best first, then what is not known, each reason by itself."""
    sides = [seen.now] if seen.then is None else [seen.then, seen.now]
    shades = {scales.UNKNOWN - state: _(told) for state, told in REASONS.items()}
    told = dict(enumerate(seen.scale.labels())) | {
        byte: label
        for byte, label in shades.items()
        if any((s.shades == byte).any() for s in sides)
    }
    most = max(int((side.shades == byte).sum()) for side in sides for byte in told)
    look.render(
        "coverage_key.html.j2",
        title=scales.name(seen.asked.measure),
        explained=scales.explained(seen.asked.measure),
        wrong=say(seen.wrong) if seen.wrong else "",
        heads=[day(side.found.atlas.day) for side in sides] if seen.then else [],
        areas=_("Areas"),
        people=_("People"),
        rows=[_row(seen, byte, label, sides, most) for byte, label in told.items()],
        counted=seen.now.found.people is not None and seen.then is None,
    )


def _row(seen: Seen, byte: int, label: str, sides: list[Side], most: int) -> dict[str, Any]:
    colours = seen.scale.colours
    counts = [int((side.shades == byte).sum()) for side in sides]
    return {
        "label": label,
        "colour": colours[byte] if byte < len(colours) else "",
        "why": scales.UNKNOWN - byte if byte >= len(colours) else 0,
        "counts": [number(count) for count in counts],
        "part": round(100 * counts[-1] / most) if most else 0,
        "people": _people(sides[-1], sides[-1].shades == byte),
    }


def _people(side: Side, mask: np.ndarray[Any, np.dtype[np.bool_]]) -> str:
    """Tell the people of some areas; of areas whose people are not known nobody is told."""
    if side.found.people is None:
        return ""
    return decimal(float(np.nansum(side.people[mask])), 0)


def summary(seen: Seen) -> str:
    """Tell in a sentence how many areas lack most, and how many nobody knows."""
    worst = len(seen.scale.colours) - 1
    side = seen.now
    lacking, unknown = int((side.shades == worst).sum()), int((side.states != State.KNOWN).sum())
    return _(
        "{lacking} of {all} areas in the last class ({label}), {unknown} unknown.",
        lacking=number(lacking),
        all=number(len(side.ids)),
        label=seen.scale.labels()[worst],
        unknown=number(unknown),
    )
