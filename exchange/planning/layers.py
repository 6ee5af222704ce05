"""A description as a GeoPackage: a layer for each level told of, drawn as its maps are."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from exchange.excerpt import writable
from exchange.geo_styles import marks_style, neighbourhoods_style, shaded_style
from exchange.geopackage import Layer, geopackage
from exchange.planning.areas import area_names, area_shapes, outline_of
from exchange.planning.described import Cell, Column, Described, KeyLine, ShadedMap, Table
from exchange.planning.laid import (
    about,
    class_label,
    credits_of,
    file_names,
    maps,
)
from exchange.planning.words import Words, known
from geo.crs import LAMBERT_72, WGS_84, project

_TAKEN: Final = ("about", "places", "outlines", "layer_styles")
_COLUMNS_TAKEN: Final = ("fid", "geom", "ogc_fid", "rowid")
_MARKERS: Final = {"dot": "circle", "star": "star", "cross": "cross_fill"}


@dataclass(frozen=True)
class _Filed:
    """A part with the name of its layer or columns."""

    name: str
    part: Table | ShadedMap


def geopackage_file(described: Described, words: Words) -> bytes:
    """Write a layer for each table (EPSG:31370), places and outlines of the maps, and `about`.

    The first column of a table with a level gives each row its outline; an area the territory has
    not has none. Columns bear their ids, and their titles beside. Minutes beyond what was measured
    or told in words are empty as what is not known is; `…_said` beside them tells which. The
    classes of the maps of a level stand in a layer that has them all, with a style for each map.
    """
    day = described.made_on.isoformat()
    filed = [_Filed(*each) for each in zip(_names(described), described.parts, strict=True)]
    layers = [
        *_area_layers(described, filed, words),
        *_marks(described, words),
        *_outlines(described),
        _about(described, words),
    ]
    return geopackage(layers, day=day)


def _names(described: Described) -> list[str]:
    return file_names((part.id for part in described.parts), taken=_TAKEN)


def _area_layers(described: Described, filed: Sequence[_Filed], words: Words) -> Iterable[Layer]:
    """Make the tables layers; a map goes with the first table of its areas, or by itself."""
    shown: dict[str, list[_Filed]] = {}
    for each in filed:
        if isinstance(each.part, ShadedMap):
            shown.setdefault(_home(filed, each.part) or each.name, []).append(each)
    for each in filed:
        if isinstance(each.part, Table):
            yield _layer(described, each.name, each.part, shown.get(each.name, ()), words)
        elif each.name in shown:
            yield _layer(
                described, each.name, _as_table(described, each.part), shown[each.name], words
            )


def _home(filed: Sequence[_Filed], shaded: ShadedMap) -> str:
    """Find the table that has a row for each area of a map."""
    for each in filed:
        if isinstance(each.part, Table) and each.part.level == shaded.level:
            rows = {str(row[0]) for row in each.part.rows}
            if rows.issuperset(shaded.ids):
                return each.name
    return ""


def _as_table(described: Described, shaded: ShadedMap) -> Table:
    """Make a table of the areas of a map alone: codes, and names where there are any."""
    names = area_names(described, shaded.level)
    columns = [Column(id="code", title="code")] + [Column(id="name", title="name")] * bool(names)
    return Table(
        id=shaded.id,
        title=shaded.title,
        columns=tuple(columns),
        rows=tuple((key, *([names.get(key)] if names else [])) for key in shaded.ids),
        level=shaded.level,
        notes=shaded.notes,
    )


def _layer(
    described: Described, name: str, table: Table, shown: Sequence[_Filed], words: Words
) -> Layer:
    columns, aliases = _columns(table, words)
    styles = []
    for each in shown:
        if isinstance(each.part, ShadedMap):
            key = file_names([f"{each.name}_class"], taken=columns)[0]
            columns |= _classes(table, each.part, key, words)
            aliases |= {key: each.part.title, f"{key}_label": each.part.title}
            styles.append((writable(each.part.title)[:30], _style(each.part, key, words)))
    frame = pd.DataFrame(columns)
    credit = "; ".join(f"{c.name} ({c.licence or '?'})" for c in credits_of(described, words))
    shapes = area_shapes(described, table.level) if table.level else {}
    geometry = [shapes.get(str(row[0])) for row in table.rows]
    spatial = table.level is not None
    return Layer(
        name=name,
        title=writable(table.title),
        description=writable(" ".join((described.title, *table.notes))),
        credit=writable(credit),
        frame=gpd.GeoDataFrame(frame, geometry=geometry, crs=LAMBERT_72) if spatial else frame,
        geometry="MultiPolygon" if spatial else "",
        styles=tuple(styles),
        aliases={key: writable(title) for key, title in aliases.items()},
    )


def _columns(table: Table, words: Words) -> tuple[dict[str, pd.Series], dict[str, str]]:
    """Make typed columns by name, and their titles."""
    names = file_names((column.id for column in table.columns), taken=_COLUMNS_TAKEN)
    made: dict[str, pd.Series] = {}
    aliases: dict[str, str] = {}
    for place, (name, column) in enumerate(zip(names, table.columns, strict=True)):
        cells = [known(row[place]) for row in table.rows]
        made[name] = _typed(cells, column)
        aliases[name] = column.title
        if column.kind == "minutes":
            said = file_names([f"{name}_said"], taken=names)[0]
            made[said] = _text([_said(cell, column, words) for cell in cells])
            aliases[said] = column.title
    return made, aliases


def _said(cell: Cell, column: Column, words: Words) -> str:
    if cell is None:
        return words.say("unknown")
    if isinstance(cell, str):
        return cell
    if math.isinf(cell):
        return words.beyond(column)
    return words.say("minutes", n=words.cell(cell, column))


def _typed(cells: list[Cell], column: Column) -> pd.Series:
    """Make a column of text, of whole numbers or of numbers; None stays not known.

    Minutes stay numbers where some are told in words: `…_said` beside them has the words.
    """
    worded = column.kind != "minutes" and any(isinstance(cell, str) for cell in cells)
    if column.kind == "text" or worded:
        return _text([None if cell is None else str(cell) for cell in cells])
    finite = [
        None if cell is None or isinstance(cell, str) or math.isinf(cell) else float(cell)
        for cell in cells
    ]
    whole = column.kind == "whole" and all(cell is None or cell.is_integer() for cell in finite)
    return pd.Series(finite, dtype="Float64").astype("Int64" if whole else "Float64")


def _text(cells: Sequence[str | None]) -> pd.Series:
    return pd.Series([None if c is None else writable(c) for c in cells], dtype=object)


def _classes(table: Table, shaded: ShadedMap, key: str, words: Words) -> Mapping[str, pd.Series]:
    places = dict(zip(shaded.ids, shaded.classes, strict=True))
    found = [places.get(str(row[0])) for row in table.rows]
    labels = [None if place is None else class_label(shaded, place, words) for place in found]
    return {key: pd.Series(found, dtype="Int64"), f"{key}_label": _text(labels)}


def _style(shaded: ShadedMap, key: str, words: Words) -> str:
    lines = list(shaded.key)
    if not all(0 <= place < len(lines) for place in shaded.classes):
        lines.append(KeyLine(label=words.say("unknown"), colour=""))
    return shaded_style(
        key, [(n, writable(line.label), line.colour) for n, line in enumerate(lines)]
    )


def _marks(described: Described, words: Words) -> Iterable[Layer]:
    marks = [(shaded, mark) for shaded in maps(described) for mark in shaded.marks]
    if not marks:
        return
    degrees = np.array([(mark.lon, mark.lat) for _, mark in marks], dtype=np.float64)
    frame = pd.DataFrame(
        {
            "map": _text([shaded.title for shaded, _ in marks]),
            "label": _text([mark.label for _, mark in marks]),
            "sign": _text([mark.symbol for _, mark in marks]),
            "lon": degrees[:, 0],
            "lat": degrees[:, 1],
        }
    )
    points = [
        shapely.Point(x, y) if np.isfinite((x, y)).all() else None
        for x, y in project(degrees, source=WGS_84, target=LAMBERT_72).tolist()
    ]
    signs = [(key, words.say(key), marker) for key, marker in _MARKERS.items()]
    credit = "; ".join(f"{c.name} ({c.licence or '?'})" for c in credits_of(described, words))
    yield Layer(
        name="places",
        title=words.say("places"),
        description=writable(described.title),
        credit=writable(credit),
        frame=gpd.GeoDataFrame(frame, geometry=points, crs=LAMBERT_72),
        geometry="Point",
        styles=(("places", marks_style("sign", signs)),),
    )


def _outlines(described: Described) -> Iterable[Layer]:
    found = {
        (shaded.title, name, sectors): outline_of(described, sectors)
        for shaded in maps(described)
        for name, sectors in shaded.outlines
    }
    if not found:
        return
    frame = pd.DataFrame(
        {
            "map": _text([title for title, _, _ in found]),
            "label": _text([name for _, name, _ in found]),
            "sectors": _text(["; ".join(sectors) for _, _, sectors in found]),
        }
    )
    ground = described.territory
    yield Layer(
        name="outlines",
        title="outlines",
        description=writable(described.title),
        credit=writable(f"{ground.source}, {ground.situation} ({ground.licence})"),
        frame=gpd.GeoDataFrame(frame, geometry=list(found.values()), crs=LAMBERT_72),
        geometry="MultiPolygon",
        styles=(("outlines", neighbourhoods_style()),),
    )


def _about(described: Described, words: Words) -> Layer:
    lines = [line for line in about(described, words) if any(line)]
    return Layer(
        name="about",
        title=words.say("about"),
        description=writable(described.title),
        credit=writable("; ".join(credit.name for credit in credits_of(described, words))),
        frame=pd.DataFrame(
            {
                "what": _text([what for what, _ in lines]),
                "told": _text([told for _, told in lines]),
            }
        ),
    )
