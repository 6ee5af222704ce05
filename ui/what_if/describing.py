"""What is tried, as a planner takes it along: tables, maps, steps, method and sources."""

from typing import Literal

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from directory.scenarios import Put
from directory.trial import Trial
from exchange.planning.described import (
    Cell,
    Column,
    Credit,
    Described,
    KeyLine,
    Mark,
    ShadedMap,
    Table,
)
from geo.coverage import Measure
from geo.levels import Level
from layers.layer import Scene
from ui import state
from ui.coverage import sources
from ui.coverage.measured import Measured
from ui.coverage.scales import told_values
from ui.language import _
from ui.what_if import shades
from ui.what_if.changes import order_of
from ui.what_if.comparing import area_name, by_area, side_by_side, side_name
from ui.what_if.desk import desk
from ui.what_if.outcome import Outcome, figures_of
from ui.what_if.screen import LEVEL, MEASURE, WHAT, headline, minutes, name_of, words
from ui.what_if.shades import SHADES
from ui.what_if.steps import lines_of

Kind = Literal["text", "whole", "number", "share", "minutes"]


def described(
    scene: Scene, found: Measured, trial: Trial, other: Trial | None, outcome: Outcome
) -> Described:
    """Describe what is tried, in the language of the page."""
    atlas, drawn = found.atlas, desk().drawn
    title = drawn.title if drawn else _("What if?")
    what = words()[str(st.session_state[WHAT])]
    return Described(
        name=f"plein-{drawn.id}" if drawn else "plein-what-if",
        title=f"{title}: {what}",
        language=scene.language,
        made_on=state.now().date(),
        territory=atlas.territory,
        facts=_facts(found, other),
        summary=tuple(headline(found, outcome)) if trial.plan or other else (),
        parts=(
            _figures(found, trial, other, outcome),
            _steps(found),
            _table(scene, found, outcome, trial, other),
            *_maps(found, outcome),
        ),
        method=_method(found),
        credits=_credits(scene, found),
        neighbourhoods={key: tuple(one.sectors) for key, one in atlas.neighbourhoods.items()},
    )


def _facts(found: Measured, other: Trial | None) -> tuple[tuple[str, str], ...]:
    drawn = desk().drawn
    facts = [
        (_("Of what?"), words()[str(st.session_state[WHAT])]),
        (_("Measured how?"), shades.name(str(st.session_state[MEASURE]))),
        (_("Compared with"), side_name(other)),
        (_("Directory of"), found.atlas.day.isoformat()),
    ]
    if drawn:
        facts.append((_("Scenario by"), f"{drawn.author}, {drawn.made_on.isoformat()}"))
        if drawn.note:
            facts.append((_("Note"), drawn.note))
    return tuple(facts)


def _figures(found: Measured, trial: Trial, other: Trial | None, outcome: Outcome) -> Table:
    row = found.place(str(st.session_state[WHAT]))
    now = other.what_if.services() if other else found.coverage.services
    before = figures_of(outcome.before, outcome.people, len(now.rows(row)))
    after = figures_of(outcome.after, outcome.people, len(trial.what_if.services().rows(row)))
    return Table(
        id="figures",
        title=_("Side by side"),
        columns=(
            Column(id="figure", title=_("Figure")),
            Column(id="before", title=side_name(other)),
            Column(id="after", title=_("As tried")),
            Column(id="difference", title=_("Difference")),
        ),
        rows=tuple(side_by_side(before, after)),
    )


def _steps(found: Measured) -> Table:
    plan = desk().plan
    rows = [
        (row, *told, f"{at.lon:.6f}, {at.lat:.6f}")
        for row, (step, told) in enumerate(zip(plan, lines_of(found, plan), strict=True), 1)
        for at in (step.was if step.act == "close" else step.at,)
    ]
    return Table(
        id="steps",
        title=_("Steps"),
        columns=(
            Column(id="step", title=_("Step"), kind="whole"),
            Column(id="place", title=_("Place")),
            Column(id="what", title=_("What becomes of it")),
            Column(id="where", title=_("Where")),
            Column(id="position", title=_("Position (longitude, latitude)")),
        ),
        rows=tuple(rows),
    )


def _table(
    scene: Scene, found: Measured, outcome: Outcome, trial: Trial, other: Trial | None
) -> Table:
    """List the areas that change: before, after, difference; the maps tell of every sector."""
    measure, level = Measure(st.session_state[MEASURE]), Level(str(st.session_state[LEVEL]))
    rolled, ids = by_area(found, outcome, trial, other)
    kind = _kind(measure)
    before, after, difference = (
        told_values(measure, values)
        for values in (
            rolled.before[measure].value,
            rolled.after[measure].value,
            rolled.difference(measure),
        )
    )
    people = rolled.difference(measure) * rolled.people if measure in shades.SHARES else None
    rows = [
        (
            ids[place],
            area_name(found, level, ids[place], scene.language),
            _cell(before[place]),
            _cell(after[place]),
            _apart(measure, difference[place]),
            *((_cell(people[place]),) if people is not None else ()),
        )
        for place in order_of(rolled, measure)
    ]
    columns = [
        Column(id="code", title=_("Code")),
        Column(id="name", title=_("Area")),
        Column(id="before", title=_("Before"), kind=kind),
        Column(id="after", title=_("After"), kind=kind),
        Column(id="difference", title=_("Difference"), kind=kind),
    ]
    if people is not None:
        columns.append(Column(id="people", title=_("People"), kind="number"))
    return Table(
        id="areas",
        title=shades.name(measure),
        columns=tuple(columns),
        rows=tuple(rows),
        level=level,
        notes=(_("Areas that do not change are left out."),),
    )


def _kind(measure: Measure) -> Kind:
    if measure in shades.SHARES:
        return "share"
    return "minutes" if measure is Measure.NEAREST_MIN else "number"


def _apart(measure: Measure, value: float) -> Cell:
    """Return a difference, in words where a walk came within or went beyond what is measured."""
    return shades.teller(measure, signed=True)(value) if np.isinf(value) else _cell(value)


def _cell(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _maps(found: Measured, outcome: Outcome) -> tuple[ShadedMap, ...]:
    name = str(st.session_state[MEASURE])
    shade = SHADES[name]
    sides = (
        ("difference", _("Difference"), shade.differences(outcome.difference(shade.measure))),
        ("before", _("Before"), shade.values(outcome.before[shade.measure].value)),
        ("after", _("After"), shade.values(outcome.after[shade.measure].value)),
    )
    return tuple(_map(found, name, *side) for side in sides)


def _map(
    found: Measured, measure: str, side: str, title: str, classes: NDArray[np.uint8]
) -> ShadedMap:
    apart = side == "difference"
    labels = shades.difference_labels(measure) if apart else shades.level_labels(measure)
    colours = shades.DIVERGING if apart else shades.LEVELS
    key = [
        KeyLine(label=label, colour=colour, areas=int((classes == number).sum()))
        for number, (label, colour) in enumerate(zip(labels, colours, strict=True))
    ]
    unknown = int((classes == shades.UNKNOWN).sum())
    key.append(KeyLine(label=_("not known"), colour="", areas=unknown))
    return ShadedMap(
        id=side,
        title=f"{title}: {shades.name(measure)}",
        level=Level.SECTOR,
        ids=tuple(str(code) for code in found.coverage.demand.codes),
        classes=tuple(len(labels) if one == shades.UNKNOWN else int(one) for one in classes),
        key=tuple(key),
        marks=_marks(found, before=side == "before"),
    )


def _marks(found: Measured, *, before: bool) -> tuple[Mark, ...]:
    """Mark what changes: new with a star, moved with a dot, closed with a cross."""
    marks = []
    for step in desk().plan:
        name = name_of(found, step.key)
        if before:
            if not isinstance(step, Put):
                marks.append(Mark(lon=step.was.lon, lat=step.was.lat, label=name))
            continue
        at = step.was if step.act == "close" else step.at
        symbols: dict[str, Literal["dot", "star", "cross"]] = {
            "put": "star", "move": "dot", "close": "cross",
        }  # fmt: skip
        marks.append(Mark(lon=at.lon, lat=at.lat, label=name, symbol=symbols[step.act]))
    return tuple(marks)


def _method(found: Measured) -> tuple[str, ...]:
    lines = [
        _("Ways are walked along the streets, at 4.8 km an hour, at most 15 minutes."),
        _("People are within {n} minutes by the share of their sector that is.", n=minutes()),
        _("Unknown is not zero: what is not known counts nobody and is told as unknown."),
        _("A new place counts as verified; a closed one is counted by nobody."),
    ]
    if found.population is None:
        lines.append(_("How many people live where was not known."))
    return tuple(lines)


def _credits(scene: Scene, found: Measured) -> tuple[Credit, ...]:
    credits_ = [sources.outlines(found.atlas.territory)]
    if found.population is not None:
        source = found.population.source
        credits_.append(
            Credit(
                name=source.name,
                licence=source.licence,
                date=str(found.population.year),
                gave=_("people by sector"),
            )
        )
    counted: dict[tuple[str, str], None] = {}
    for actor in scene.atlas.actors.values():
        counted.setdefault((actor.source.name, actor.source.licence))
    credits_ += [Credit(name=name, licence=licence, gave=_("places")) for name, licence in counted]
    return (*credits_, sources.streets())
