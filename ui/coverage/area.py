"""Why an area larger than a sector stands where it does: its sectors, the lacking ones first."""

import numpy as np

from geo.coverage import State
from geo.levels import Level
from ui import look
from ui.coverage import scales
from ui.coverage.names import area_name
from ui.coverage.seen import Seen
from ui.coverage.why import people
from ui.language import _, ngettext
from ui.texts import REASONS

WORST = 5
"""Sectors told of an area."""


def show(seen: Seen, key: str, language: str) -> None:
    """Tell the value of an area and which of its sectors lack most."""
    side, at = seen.now, seen.now.ids.index(key)
    found, measure = side.found, seen.asked.measure
    tell = scales.teller(measure)
    within = found.members(seen.asked.level)[key]
    cells, row = found.areas(Level.SECTOR).cells[measure], found.place(seen.asked.what)
    values = scales.told_values(measure, cells.value[row])
    if np.isinf(values).any():
        values = np.where(np.isinf(values), found.minutes(Level.SECTOR, seen.asked.what), values)
    known = within[cells.state[row, within] == State.KNOWN]
    worst = values[known] if seen.scale.more_is_better else -values[known]
    order = known[np.argsort(worst, kind="stable")][:WORST]
    codes = found.coverage.demand.codes
    state = State(int(side.states[at]))
    look.render(
        "coverage_why.html.j2",
        lang=language,
        colour=seen.scale.colours[side.shades[at]] if state is State.KNOWN else "",
        kicker=ngettext("{n} sector", "{n} sectors", len(within)),
        name=area_name(found.atlas, seen.asked.level, key, language),
        result=tell(float(side.values[at])) if state is State.KNOWN else _("unknown"),
        unknown="" if state is State.KNOWN else _unknown(state),
        title=_("Its sectors that lack most"),
        lines=[
            {
                "n": "",
                "name": area_name(found.atlas, Level.SECTOR, str(codes[place]), language),
                "minutes": tell(float(values[place])),
                "facts": [],
            }
            for place in order
        ],
        none=_("Of none of its sectors this is known."),
        notes=[people(seen, at), _counted(len(within), len(known))],
    )


def _unknown(state: State) -> str:
    return _(REASONS[state]) + ". " + _("An area is told where it is known of nine in ten people.")


def _counted(sectors: int, known: int) -> str:
    return _("Known of {known} of {n} sectors.", known=known, n=sectors)
