"""The map itself, as folium knows it: one description for the page, an embed and a file.

A `PleinMap` is a `folium.Map` whose script starts our own renderer instead of plain Leaflet, so
that a layer drawn here can also be handed to the browser piece by piece (`spec`). Other folium
elements can still be added to it.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import folium
import numpy as np
from branca.element import Element, Figure, MacroElement
from folium.elements import JSCSSMixin
from jinja2 import Environment
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from geo.crs import LAMBERT_72, WGS_84, project
from layers.layer import Layer, Scene


def _inert(value: object) -> Markup:
    r"""Write JSON that is data to the browser and to Jinja both.

    folium renders what its elements rendered once more: a name like {{7*7}} must not run there.

    >>> print(_inert("</script>{{7*7}}"))
    "\u003c/script\u003e\u007b{7*7}}"
    """
    text = htmlsafe_json_dumps(value)
    return Markup(_OPENING.sub(r"\\u007b", text))  # noqa: S704 - escaped above


_OPENING = re.compile(r"\{(?=[{%#])")
TEMPLATES = Environment(autoescape=True)
"""What folium's elements are written with: values are escaped."""
TEMPLATES.filters["inert"] = _inert
_SCRIPT = TEMPLATES.from_string(
    """
    {% macro script(this, kwargs) %}
        var {{ this.get_name() }}_plein = Plein.mountMap(
            document.getElementById({{ this.get_name()|tojson }}), {{ this.spec|inert }},
            {embed: true});
        var {{ this.get_name() }} = {{ this.get_name() }}_plein.leaflet;
    {% endmacro %}
    {% macro header(this, kwargs) %}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <style>
            html, body { width: 100%; height: 100%; margin: 0; }
            #{{ this.get_name() }} { position: absolute; inset: 0; }
        </style>
    {% endmacro %}
    {% macro html(this, kwargs) %}
        <div class="folium-map" id={{ this.get_name()|tojson }}></div>
    {% endmacro %}
    """
)

_DOCUMENT = TEMPLATES.from_string(
    """<!DOCTYPE html>
    <html lang="{{ kwargs.lang }}">
    <head><title>{{ this.title }}</title>{{ this.header.render(**kwargs)|safe }}</head>
    <body>
    {{ this.html.render(**kwargs)|safe }}
    <script>{{ this.script.render(**kwargs)|safe }}</script>
    </body>
    </html>
    """
)


class LayerElement(JSCSSMixin, MacroElement):
    """One layer on a folium map: what the browser is told of it, drawn by the map's script."""

    _template = TEMPLATES.from_string("")

    def __init__(self, spec: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "PleinLayer"
        self.spec = dict(spec)


class Own(Element):
    """A piece of the page that is our own, or escaped already, as it is."""

    _template = TEMPLATES.from_string("{{ this.tag }}")

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.tag = Markup(tag)  # noqa: S704 - our own, or escaped already


class PleinMap(folium.Map):
    """A folium map drawn by our renderer from the layers added to it."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own form
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = _SCRIPT

    def __init__(self, base_spec: Mapping[str, Any]) -> None:
        super().__init__(tiles=None)
        self._base_spec = dict(base_spec)

    @property
    def spec(self) -> dict[str, Any]:
        """Everything the browser is told: texts, palette, legend and layers, in drawing order."""
        layers = [c.spec for c in self._children.values() if isinstance(c, LayerElement)]
        return {**self._base_spec, "layers": layers}


def bounds(scene: Scene) -> tuple[float, float, float, float]:
    """Return west, south, east and north of the neighbourhoods, else of the territory."""
    sectors = scene.atlas.territory.sectors
    covered = [code for code in scene.atlas.neighbourhood_of_sector if code in sectors.index]
    area = sectors.loc[covered] if covered else sectors
    corners = np.asarray(area.total_bounds).reshape(2, 2)
    (west, south), (east, north) = project(corners, source=LAMBERT_72, target=WGS_84)
    return float(west), float(south), float(east), float(north)


def layer_spec(layer: Layer, scene: Scene, *, inline: bool = False) -> dict[str, Any]:
    """Describe a layer: its features by address, or `inline` for a file that stands alone."""
    features = layer.features(scene) if inline else None
    file = layer.file(scene)
    return {
        "id": layer.name,
        "kind": layer.kind,
        "title": scene.translate(layer.title),
        "address": None if inline or file else layer.address(scene),
        "data": features,
        "visible": layer.visible,
        "style": dict(layer.style(scene)),
        "legend": [asdict(entry) for entry in layer.legend(scene)],
        **file,
    }


def build_map(
    scene: Scene,
    layers: Iterable[Layer],
    texts: Mapping[str, str],
    *,
    inline: bool = False,
) -> PleinMap:
    """Build the map of a scene from its layers, lowest first."""
    scene = replace(scene, details=True) if inline else scene
    drawn = [layer for layer in layers if layer.present(scene)]
    credit = {json.dumps(c, sort_keys=True): c for layer in drawn for c in layer.credits(scene)}
    west, south, east, north = bounds(scene)
    found = PleinMap(
        {
            "lang": scene.language,
            "texts": dict(texts),
            "bounds": [[south, west], [north, east]],
            "palette": asdict(scene.palette),
            "attribution": list(credit.values()),
        }
    )
    for layer in drawn:
        LayerElement(layer_spec(layer, scene, inline=inline)).add_to(found)
    return found


def stand_alone(found: PleinMap, script: str) -> str:
    """Render the map as one HTML page that needs no network: the script goes inside.

    `script` is our own bundle's text.
    """
    safe = script.replace("</script", "<\\/script")
    return _page(found, f"<script>{safe}</script>")


def embed(found: PleinMap, script_address: str) -> str:
    """Render the map as a page that fetches our bundle and its layers by address."""
    tag = TEMPLATES.from_string("<script src={{ address|tojson }}></script>")
    return _page(found, tag.render(address=script_address))


def _page(found: PleinMap, tag: str) -> str:
    root = found.get_root()
    assert isinstance(root, Figure)  # noqa: S101 - folium's own root
    root.header.add_child(Own(tag))
    root.title = "Plein"
    root._template = _DOCUMENT  # noqa: SLF001 - folium's own says no language
    return str(root.render(lang=found.spec["lang"]))


def read_bundle(built: Path) -> str:
    """Read the bundle the set-up made."""
    return (built / "plein.js").read_text(encoding="utf-8")
