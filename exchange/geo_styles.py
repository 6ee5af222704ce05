"""How QGIS draws an exported GeoPackage: QML in the palette's colours, kept with the layers."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Final
from xml.etree import ElementTree as ET

from directory.categories import GROUPS
from exchange.settings import ROOT

QGIS: Final = "3.22.0"
"""The version the QML is in the words of; later ones read it."""
# QGIS has no house, arch or shield among its simple markers: the nearest it draws.
_MARKERS: Final = {
    "circle": "circle",
    "octagon": "octagon",
    "house": "pentagon",
    "square": "square",
    "hexagon": "hexagon",
    "arch": "semi_circle",
    "shield": "triangle",
    "diamond": "diamond",
}
_REGULAR: Final = "50"
"""Qt's weight of upright text; without one QGIS takes the thinnest."""
_LABELS_FROM_SCALE: Final = 5_000
"""Names of places would cover the map of a town; from this scale on they have room."""


@cache
def colours() -> Mapping[str, Any]:
    """Read the palette of the maps: `base`, `groups`, `roles`, `shapes`."""
    # As a file: layers/ stands above exchange/.
    path = ROOT / "layers" / "palette.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def actors_style(language: str) -> str:
    """Draw actors by group, in its colour and shape; named from close by.

    Needs the columns `category_group` and `label`.
    """
    root = _qgis(labels=True)
    symbols, categories = _categories(root, "category_group")
    for number, (key, group) in enumerate(GROUPS.items()):
        _category(categories, number, "string", key, group.labels.best(language))
        properties = {
            "name": _MARKERS[colours()["shapes"][key]],
            "color": _rgba(colours()["groups"][key]),
            "outline_color": _rgba(colours()["base"]["panel"]),
            "outline_style": "solid",
            "outline_width": "0.3",
            "outline_width_unit": "MM",
            "size": "3.4",
            "size_unit": "MM",
        }
        _symbol(symbols, str(number), "marker", "SimpleMarker", properties)
    _labels(root, "label", size=8, placement=6, from_scale=_LABELS_FROM_SCALE)
    return _written(root)


def sectors_style() -> str:
    """Draw sectors as thin lines without a fill, not named."""
    root = _qgis(labels=False)
    _areas(root, line=colours()["base"]["sector"], width_mm=0.2)
    return _written(root)


def neighbourhoods_style() -> str:
    """Draw neighbourhoods outlined, tinted and named. Needs the column `label`."""
    root = _qgis(labels=True)
    base = colours()["base"]
    _areas(root, line=base["neighbourhood"], width_mm=0.6, fill=base["tint"])
    _labels(root, "label", size=10, placement=1)
    return _written(root)


def shaded_style(column: str, classes: Sequence[tuple[int, str, str]]) -> str:
    """Draw areas by their class: (value of the column, what it means, colour).

    No colour is hatched: not known.
    """
    root = _qgis(labels=False)
    base = colours()["base"]
    symbols, categories = _categories(root, column)
    for number, (value, label, colour) in enumerate(classes):
        _category(categories, number, "integer", str(value), label)
        properties = {
            "color": _rgba(colour or base["unknown"]),
            "style": "solid" if colour else "b_diagonal",
            "outline_color": _rgba(base["panel"]),
            "outline_style": "solid",
            "outline_width": "0.15",
            "outline_width_unit": "MM",
        }
        _symbol(symbols, str(number), "fill", "SimpleFill", properties)
    return _written(root)


def marks_style(column: str, signs: Sequence[tuple[str, str, str]]) -> str:
    """Draw points by their sign: (value of the column, what it means, marker of QGIS).

    Needs the column `label`.
    """
    root = _qgis(labels=True)
    base = colours()["base"]
    symbols, categories = _categories(root, column)
    for number, (value, label, marker) in enumerate(signs):
        _category(categories, number, "string", value, label)
        properties = {
            "name": marker,
            "color": _rgba(base["ink"]),
            "outline_color": _rgba(base["panel"]),
            "outline_style": "solid",
            "outline_width": "0.3",
            "outline_width_unit": "MM",
            "size": "3.4",
            "size_unit": "MM",
        }
        _symbol(symbols, str(number), "marker", "SimpleMarker", properties)
    _labels(root, "label", size=8, placement=6)
    return _written(root)


def _categories(root: ET.Element, column: str) -> tuple[ET.Element, ET.Element]:
    """Draw by the values of a column; return where symbols and categories stand."""
    told = {"type": "categorizedSymbol", "attr": column, "forceraster": "0"}
    renderer = ET.SubElement(root, "renderer-v2", told)
    categories = ET.SubElement(renderer, "categories")
    return ET.SubElement(renderer, "symbols"), categories


def _category(categories: ET.Element, number: int, kind: str, value: str, label: str) -> None:
    told = {"render": "true", "type": kind, "symbol": str(number), "value": value, "label": label}
    ET.SubElement(categories, "category", told)


def _qgis(*, labels: bool) -> ET.Element:
    told = {"version": QGIS, "styleCategories": "Symbology|Labeling"}
    return ET.Element("qgis", told | {"labelsEnabled": str(int(labels))})


def _areas(root: ET.Element, *, line: str, width_mm: float, fill: str = "") -> None:
    renderer = ET.SubElement(root, "renderer-v2", type="singleSymbol", forceraster="0")
    properties = {
        "color": _rgba(fill, alpha=41) if fill else "0,0,0,0",
        "style": "solid" if fill else "no",
        "outline_color": _rgba(line),
        "outline_style": "solid",
        "outline_width": str(width_mm),
        "outline_width_unit": "MM",
    }
    _symbol(ET.SubElement(renderer, "symbols"), "0", "fill", "SimpleFill", properties)


def _symbol(
    parent: ET.Element, name: str, kind: str, layer: str, properties: Mapping[str, str]
) -> None:
    told = {"name": name, "type": kind, "alpha": "1", "clip_to_extent": "1", "force_rhr": "0"}
    symbol = ET.SubElement(parent, "symbol", told)
    told = {"class": layer, "enabled": "1", "locked": "0", "pass": "0"}
    drawn = ET.SubElement(symbol, "layer", told)
    # Up to 3.26 QGIS reads `prop`, later ones `Option`; each skips the other.
    options = ET.SubElement(drawn, "Option", type="Map")
    for key, value in properties.items():
        ET.SubElement(options, "Option", name=key, type="QString", value=value)
    for key, value in properties.items():
        ET.SubElement(drawn, "prop", k=key, v=value)


def _labels(
    root: ET.Element, column: str, *, size: int, placement: int, from_scale: int = 0
) -> None:
    base = colours()["base"]
    labeling = ET.SubElement(root, "labeling", type="simple")
    given = ET.SubElement(labeling, "settings", calloutType="simple")
    style = ET.SubElement(
        given,
        "text-style",
        fieldName=column,
        isExpression="0",
        fontSize=str(size),
        fontSizeUnit="Point",
        fontFamily="Open Sans",
        fontWeight=_REGULAR,
        textColor=_rgba(base["ink"]),
    )
    ET.SubElement(
        style,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=_rgba(base["paper"]),
    )
    # QGIS takes what is missing for nought: a name of priority 0 is left out first.
    told = {"placement": str(placement), "priority": "5", "dist": "0.5", "distUnits": "MM"}
    told["offsetType"] = "1"  # from the edge of the sign, not from its middle
    ET.SubElement(given, "placement", told)
    # QGIS swaps the two: scaleMax is the smallest scale names are drawn at.
    ET.SubElement(
        given,
        "rendering",
        scaleVisibility=str(int(from_scale > 0)),
        scaleMin="0",
        scaleMax=str(from_scale),
    )


def _rgba(colour: str, *, alpha: int = 255) -> str:
    """Write a hex colour as QGIS does.

    >>> _rgba("#0b5d66")
    '11,93,102,255'
    """
    return ",".join(str(part) for part in (*bytes.fromhex(colour.removeprefix("#")), alpha))


def _written(root: ET.Element) -> str:
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(
        root, encoding="unicode"
    )
