"""A figure to take along: its table, its map with the classes, its source and licence."""

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np

from directory.indicators import Unit
from exchange.planning.described import Column, Credit, Described, KeyLine, ShadedMap, Table
from geo.levels import Level
from ui import wording
from ui.figures import screen, shown, telling
from ui.figures.classes import UNKNOWN
from ui.figures.screen import Chosen
from ui.language import _

_KINDS: Final[Mapping[Unit, Literal["whole", "share", "number"]]] = {
    Unit.PEOPLE: "whole",
    Unit.SHARE: "share",
    Unit.EURO: "number",
    Unit.NUMBER: "number",
}


def described(chosen: Chosen) -> Described:
    """Describe what is shown of a figure."""
    one, scene = chosen.indicator, chosen.scene
    territory = scene.atlas.territory
    read_on = one.source.read_on
    return Described(
        name=f"plein-{one.id}",
        title=telling.name(one),
        language=scene.language,
        made_on=scene.at.date(),
        territory=territory,
        facts=(
            (_("Year"), str(one.year)),
            (_("Unit"), telling.unit_name(one.unit)),
            (_("Known for"), telling.known(one, shown.areas(one, territory))),
            (_("Source and licence"), screen.source(one)),
            (_("Version"), str(one.version)),
        ),
        parts=(_map(chosen), _table(chosen)),
        method=(_("Classes with about as many sectors each"), *screen.notes(chosen)),
        credits=(
            Credit(
                name=one.source.name,
                licence=one.source.licence or _("licence unknown"),
                date=wording.day(read_on) if read_on else "",
                gave=telling.name(one),
            ),
        ),
    )


def _table(chosen: Chosen) -> Table:
    one = chosen.indicator
    told = screen.table(chosen)
    kinds = {_("Figure"): _KINDS[one.unit]}
    titles = [_("Code"), *(title for title in told if title != _("Code"))]
    ids = ("code", "name", *(["municipality"] if one.level is Level.SECTOR else []), "figure")
    return Table(
        id=f"{one.level.value}s",
        title=telling.name(one),
        columns=tuple(
            Column(id=key, title=title, kind=kinds.get(title, "text"))
            for key, title in zip(ids, titles, strict=True)
        ),
        rows=tuple(zip(*(told[title] for title in titles), strict=True)),
        level=one.level,
    )


def _map(chosen: Chosen) -> ShadedMap:
    classes, unit = chosen.classes, chosen.indicator.unit
    key = [
        KeyLine(label=screen.span(least, most, unit), colour=colour, areas=classes.count(number))
        for number, ((least, most), colour) in enumerate(
            zip(classes.spans, classes.colours, strict=True)
        )
    ]
    unknown = int(np.isnan(chosen.values).sum())
    key.append(KeyLine(label=_("unknown"), colour="", areas=unknown))
    places = (len(key) - 1 if number == UNKNOWN else int(number) for number in classes.of)
    return ShadedMap(
        id="map",
        title=telling.name(chosen.indicator),
        level=Level.SECTOR,
        ids=tuple(map(str, chosen.scene.atlas.territory.codes)),
        classes=tuple(places),
        key=tuple(key),
        notes=tuple(screen.notes(chosen)),
    )
