"""What of coverage is taken along: the ten areas that lack most and why, the map, every area."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

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
from geo.coverage import M_PER_MIN, Measure
from geo.levels import Level
from layers.layer import Scene
from ui.coverage import scales, sources, why
from ui.coverage.asking import level_names, weight_names, word_name
from ui.coverage.key import summary
from ui.coverage.names import area_name
from ui.coverage.seen import Seen, Side
from ui.language import _, ngettext
from ui.nearby.results import way_facts
from ui.texts import REASONS
from ui.wording import day, decimal

FIRST: Final = 10
"""Areas told with their reasons."""


def describe(scene: Scene, seen: Seen, title: str) -> Described:
    """Describe what is shown, of one day or of two."""
    atlas = seen.now.found.atlas
    sides = [seen.now] if seen.then is None else [seen.then, seen.now]
    return Described(
        name="plein-coverage",
        title=title,
        language=scene.language,
        made_on=scene.at.date(),
        territory=atlas.territory,
        facts=_facts(seen),
        summary=(summary(seen),),
        parts=(
            _lacking(scene, seen),
            *(_map(seen, side, f"map{number}") for number, side in enumerate(sides, start=1)),
            _every(scene, seen),
        ),
        method=_method(seen),
        credits=_credits(seen),
        neighbourhoods={key: tuple(one.sectors) for key, one in atlas.neighbourhoods.items()},
    )


def _facts(seen: Seen) -> tuple[tuple[str, str], ...]:
    asked = seen.asked
    counted = _("checked in the year before") if asked.verified_only else _("all")
    facts = [
        (_("Of what?"), word_name(asked.what)),
        (_("Measured how?"), scales.name(asked.measure)),
        (_("For which areas?"), level_names()[asked.level]),
        (_("Places counted"), counted),
        (_("As it stood on"), day(seen.now.found.atlas.day)),
    ]
    if seen.then is not None:
        facts.append((_("Beside it, another day"), day(seen.then.found.atlas.day)))
    if asked.measure is Measure.ENHANCED:
        facts.append((_("Weights of E2SFCA"), weight_names()[asked.weights]))
    return tuple(facts)


def worst_first(seen: Seen) -> NDArray[np.int64]:
    """Return the places of the areas whose value is known, those that lack most first."""
    side = seen.now
    known = np.flatnonzero(side.known)
    lack = side.values[known] if seen.scale.more_is_better else -side.values[known]
    names = np.array(side.ids)[known]
    return known[np.lexsort((names, lack))]


def _lacking(scene: Scene, seen: Seen) -> Table:
    rows = [_reason(scene, seen, int(at)) for at in worst_first(seen)[:FIRST]]
    why_columns = (
        Column(id="nearest", title=_("The nearest, from the middle of where people live")),
        Column(id="walk", title=_("On foot")),
        Column(id="way", title=_("By which way")),
    )
    return Table(
        id="lacking",
        title=_("The {n} areas that lack most, and why", n=len(rows)),
        columns=(
            *_area_columns(seen),
            _value_column(seen, "value", scales.name(seen.asked.measure)),
            *(why_columns if seen.asked.level is Level.SECTOR else ()),
        ),
        rows=tuple(rows),
        level=seen.asked.level,
    )


def _reason(scene: Scene, seen: Seen, at: int) -> tuple[Cell, ...]:
    row = (*_area(scene, seen, at), _cell(seen.now.values[at]))
    if seen.asked.level is not Level.SECTOR:
        return row
    near = why.reasons(seen, seen.now.ids[at]).near[:1]
    if not near:
        return (*row, "", "", "")
    first = near[0]
    name = seen.now.found.atlas.actors[first.actor].names.best(scene.language)
    walk = ngettext("{n} minute", "{n} minutes", first.minutes)
    return (*row, name, walk, " ".join(way_facts(first.way)) if first.way else "")


def _every(scene: Scene, seen: Seen) -> Table:
    columns = [*_area_columns(seen)]
    if seen.then is not None:
        columns += [
            _value_column(seen, "then", day(seen.then.found.atlas.day)),
            _value_column(seen, "value", day(seen.now.found.atlas.day)),
            Column(id="change", title=_("Difference"), kind="number"),
        ]
    else:
        columns.append(_value_column(seen, "value", scales.name(seen.asked.measure)))
    columns += [
        Column(id="class", title=_("Class")),
        Column(id="people", title=_("People"), kind="whole"),
    ]
    if seen.asked.level is Level.SECTOR:
        columns.append(Column(id="source", title=_("Where they live"), on_paper=False))
    return Table(
        id="areas",
        title=level_names()[seen.asked.level],
        columns=tuple(columns),
        rows=tuple(_row(scene, seen, at) for at in range(len(seen.now.ids))),
        level=seen.asked.level,
    )


def _row(scene: Scene, seen: Seen, at: int) -> tuple[Cell, ...]:
    side, cells = seen.now, list(_area(scene, seen, at))
    change = seen.change
    if seen.then is not None and change is not None:
        place = {key: where for where, key in enumerate(seen.then.ids)}.get(side.ids[at])
        cells.append(None if place is None else _value(seen.then, place))
        cells += [_value(side, at), _difference(float(change[at]))]
    else:
        cells.append(_value(side, at))
    cells += [_class(seen, side, at), _cell(side.people[at])]
    if seen.asked.level is Level.SECTOR:
        cells.append(why.source(seen, at))
    return tuple(cells)


def _area_columns(seen: Seen) -> tuple[Column, ...]:
    columns = (Column(id="code", title=_("Code")), Column(id="name", title=_("Area")))
    if seen.asked.level is not Level.SECTOR:
        return columns
    return (
        *columns,
        Column(id="municipality", title=_("Municipality")),
        Column(id="neighbourhood", title=_("Neighbourhood of a relay"), on_paper=False),
    )


def _area(scene: Scene, seen: Seen, at: int) -> tuple[Cell, ...]:
    atlas, key, language = seen.now.found.atlas, seen.now.ids[at], scene.language
    name = area_name(atlas, seen.asked.level, key, language)
    if seen.asked.level is not Level.SECTOR:
        return key, name
    where = atlas.area_of_sector(key)
    return (
        key,
        name,
        atlas.municipality_name(where.municipality, language),
        atlas.neighbourhood_name(where.neighbourhood, language),
    )


def _value_column(seen: Seen, key: str, title: str) -> Column:
    return Column(id=key, title=title, kind=scales.kind(seen.asked.measure))


def _value(side: Side, at: int) -> Cell:
    return float(side.values[at]) if side.known[at] else None


def _cell(value: float) -> Cell:
    return None if np.isnan(value) else float(value)


def _difference(change: float) -> Cell:
    """A way that came or went has no length to compare: the values beside it tell."""
    return "" if np.isinf(change) else _cell(change)


def _class(seen: Seen, side: Side, at: int) -> str:
    return _key(seen)[_place(seen, int(side.shades[at]))].label


def _key(seen: Seen) -> tuple[KeyLine, ...]:
    """Return the classes, then each reason why nothing is known, then that of no reason."""
    labels = zip(seen.scale.labels(), seen.scale.colours, strict=True)
    known = [KeyLine(label=label, colour=colour) for label, colour in labels]
    return (*known, *(KeyLine(label=_(told), colour="") for told in REASONS.values()))


def _place(seen: Seen, byte: int) -> int:
    classes = len(seen.scale.colours)
    if byte < classes:
        return byte
    states = [int(state) for state in REASONS]
    return classes + states.index(scales.UNKNOWN - byte)


def _map(seen: Seen, side: Side, key: str) -> ShadedMap:
    lines = _key(seen)
    classes = [_place(seen, int(byte)) for byte in side.shades]
    used = sorted(set(classes) | set(range(len(seen.scale.colours))))
    places = {old: new for new, old in enumerate(used)}
    return ShadedMap(
        id=key,
        title=f"{scales.name(seen.asked.measure)}, {day(side.found.atlas.day)}",
        level=seen.asked.level,
        ids=side.ids,
        classes=tuple(places[one] for one in classes),
        key=tuple(lines[old] for old in used),
        marks=_marks(seen, side),
    )


def _marks(seen: Seen, side: Side) -> tuple[Mark, ...]:
    """Return where the services that are counted stand."""
    services = side.found.coverage.counted.services
    spots = services.spots[services.rows(side.found.place(seen.asked.what))]
    there: list[int] = np.flatnonzero(np.isfinite(spots.lon)).tolist()
    return tuple(Mark(lon=float(spots.lon[at]), lat=float(spots.lat[at])) for at in there)


def _method(seen: Seen) -> tuple[str, ...]:
    return (
        scales.explained(seen.asked.measure),
        _(
            "Everybody walks {pace} km/h along the streets that are known.",
            pace=decimal(M_PER_MIN * 60 / 1000, 1),
        ),
        _(
            "People of a sector are placed at its addresses if there are any, else at its "
            "crossings, else every 100 m; services across a border count."
        ),
        _(
            "Larger areas: the mean of the sectors by their people; what is inside adds up; "
            "minutes are the median over all people. Told where known of nine in ten people."
        ),
        _("What is not known is no zero: it has a class of its own, with the reason."),
    )


def _credits(seen: Seen) -> tuple[Credit, ...]:
    atlas = seen.now.found.atlas
    found = [sources.outlines(atlas.territory)]
    given = seen.now.found.population
    if given is not None:
        found.append(
            Credit(
                name=given.source.name,
                licence=given.source.licence,
                date=str(given.year),
                gave=_("the people"),
            )
        )
    places = sorted({(one.source.name, one.source.licence) for one in atlas.actors.values()})
    found += [Credit(name=name, licence=terms, gave=_("the places")) for name, terms in places]
    return (*found, sources.streets())
