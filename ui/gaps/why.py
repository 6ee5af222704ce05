"""Why an area stands where it does: what it lacks, what makes its need, what is nearest."""

from math import ceil
from typing import Any, Final

import numpy as np
import streamlit as st

from directory.indicators import Unit
from directory.nearby import Pace
from geo.coverage import Source
from geo.coverage.gaps import Apart
from layers.layer import Scene
from ui import look
from ui.coverage.measured import Measured
from ui.coverage.names import area_name
from ui.coverage.seen import LAYERS_OF
from ui.gaps import words
from ui.gaps.ranking import Ranked, reason, town, walked_m
from ui.gaps.screen import lines, rank_told
from ui.language import _, ngettext
from ui.mapview import picked
from ui.wording import decimal

NEAREST: Final = 3
"""Places told of an area."""
HALF: Final = 0.5 - 1e-9
"""Half of the people, short of what sums of shares lose."""


def chosen(answer: Ranked) -> int | None:
    """Return the place of the area one chose; None where it is of another level or none."""
    pick = picked()
    if pick is None or pick.layer != LAYERS_OF[answer.asked.level]:
        return None
    return answer.at(pick.id)


def show_why(scene: Scene, found: Measured, answer: Ranked) -> None:
    """Tell of the chosen area why it is ranked, or not."""
    at = chosen(answer)
    with st.container(key="gaps_why"):
        if at is None:
            st.caption(_("Choose an area in the list or on the map to see why."))
            return
        level, area = answer.asked.level, answer.ids[at]
        look.render(
            "gaps_why.html.j2",
            lang=scene.language,
            name=area_name(found.atlas, level, area, scene.language),
            town=town(found.atlas, level, area, scene.language),
            head=head(found, answer, at),
            lines=[*lines(answer, at), *_sure(answer, at), _lives(found, answer, at)],
            need=_("What makes its need"),
            columns=[_("Indicator"), _("Value"), _("Need"), _("Weight")],
            figures=figure_rows(answer, at, scene.language),
            walkable=not np.isnan(answer.minutes[at]),
            nearest_title=_("Nearest to the middle one of its people (half live nearer)"),
            nearest=nearest(scene, found, answer, at),
            none=_("None that one can walk to is known."),
        )


def head(found: Measured, answer: Ranked, at: int) -> str:
    """Say the rank of an area, or why it has none."""
    rank = int(answer.gaps.rank[at])
    if rank:
        return _("Rank {n} of {count}", n=rank, count=answer.count)
    why = reason(found, answer, at)
    if answer.gaps.apart[at] == Apart.NO_LACK:
        return _("No gap: {reason}", reason=why)
    return _("Not ranked: {reason}", reason=why)


def _sure(answer: Ranked, at: int) -> list[str]:
    """Say how the rank holds when the limit and the weights change."""
    told = [
        _("{rank} within {limit} min", limit=limit, rank=int(rank[at]) or "–")  # noqa: RUF001
        for limit, rank in answer.by_limit.items()
    ]
    ranked_at_all = any(rank[at] for rank in answer.by_limit.values())
    found = [_("Its rank: {told}.", told=", ".join(told))] if ranked_at_all else []
    if answer.weighed > 1 and answer.gaps.rank[at]:
        found.append(
            _(
                "When the weights change: {rank} in nine draws of ten, among the first ten in "
                "{share} of them.",
                rank=rank_told(int(answer.robust.low[at]), int(answer.robust.high[at])),
                share=words.share(float(answer.robust.among_first[at])),
            )
        )
    return found


def _lives(found: Measured, answer: Ranked, at: int) -> str:
    """Say what tells where the people of an area live."""
    places = found.members(answer.asked.level)[answer.ids[at]]
    source = Source(int(found.coverage.demand.source[places].max()))
    return {
        Source.ADDRESSES: _("People are taken to live at the addresses there."),
        Source.CROSSINGS: _("People are taken to live along the streets there."),
        Source.GRID: _("People are taken to live evenly over the ground there."),
    }[source]


def figure_rows(answer: Ranked, at: int, language: str) -> list[dict[str, Any]]:
    """List the indicators of an area: value, source, place among all, weight."""
    used = iter(range(answer.weighed))
    rows = []
    for one, told in zip(answer.asked.need, answer.need, strict=True):
        indicator = one.known.indicator
        column = next(used) if one.weight else None
        need = np.nan if column is None else float(answer.gaps.needs[at, column])
        rows.append(
            {
                "name": one.known.label(language),
                "source": _source(indicator.source.name, indicator.source.licence, told.estimated),
                "value": value_of(float(told.values[at]), indicator.unit),
                "place": "" if np.isnan(need) else words.share(need),
                "weight": words.share(
                    0.0 if column is None else float(answer.gaps.weights[column])
                ),
            }
        )
    return rows


def _source(source: str, licence: str, estimated: bool) -> str:  # noqa: FBT001 - a fact of the figures
    told = ", ".join(part for part in (source, licence) if part)
    return " · ".join((told, _("estimated from the district"))) if estimated else told


def value_of(value: float, unit: Unit) -> str:
    """Write the value of an indicator."""
    if np.isnan(value):
        return _("unknown")
    if unit is Unit.SHARE:
        return words.share(value)
    if unit is Unit.EURO:
        return f"{decimal(value, 0)} €"
    return decimal(value, 0 if unit is Unit.PEOPLE else 1)


def nearest(scene: Scene, found: Measured, answer: Ranked, at: int) -> list[dict[str, str]]:
    """List the counted places nearest to the middle one of the people, and how far on foot.

    Half of the people of the area live as near to one or nearer: so the first is as far as the
    minutes of the area say.
    """
    atlas, counted = found.atlas, found.coverage.counted.services
    row = found.place(answer.asked.what)
    rows = counted.walkable(row)
    metres = found.walker.reach(*_middle(found, answer, row, at)).to(counted.spots[rows])
    every = np.flatnonzero(found.coverage.services.verified)
    ids = [found.ids[place] for place in every] if found.coverage.verified_only else found.ids
    return [
        {
            "name": atlas.actors[ids[rows[place]]].names.best(scene.language),
            "minutes": ngettext(
                "{n} minute on foot",
                "{n} minutes on foot",
                max(1, ceil(metres[place] / Pace.USUAL.m_per_min)),
            ),
        }
        for place in np.argsort(metres, kind="stable")[:NEAREST]
        if np.isfinite(metres[place])
    ]


def _middle(found: Measured, answer: Ranked, row: int, at: int) -> tuple[float, float]:
    """Return where the middle one of the people of an area lives, by metres to the nearest."""
    coverage, demand = found.coverage, found.coverage.demand
    sectors = found.members(answer.asked.level)[answer.ids[at]]
    points = np.flatnonzero(np.isin(demand.sector, sectors) & (demand.weight > 0))
    people = demand.spread(coverage.people)[points]
    weight = people if people.any() else demand.weight[points]
    order = np.argsort(walked_m(found, row)[points], kind="stable")
    begun = np.cumsum(weight[order])
    middle = points[order[np.searchsorted(begun, HALF * begun[-1])]]
    return float(demand.spots.lon[middle]), float(demand.spots.lat[middle])
