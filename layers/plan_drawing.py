"""A local map as a folium map: one file that needs no network, the same bytes for the same map.

A `PlanMap` is a `folium.Map` whose page holds words made before, readable without a script, and
whose script is the bundle of local maps.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import folium
from branca.element import Element, Figure
from markupsafe import Markup

from layers.drawing import TEMPLATES, Own

NAME: Final = "plan"
"""In the place of folium's random id, so that an edition can be made again."""
_SCRIPT: Final = TEMPLATES.from_string(
    """
    {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = Plan.mount({{ this.spec|inert }});
    {% endmacro %}
    """
)
_DOCUMENT: Final = TEMPLATES.from_string(
    """<!DOCTYPE html>
<html lang="{{ kwargs.lang }}" dir="{{ kwargs.dir }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ this.title }}</title>
<link rel="icon" href="data:,">
{{ this.header.render(**kwargs)|safe }}
</head>
<body class="plan-page">
{{ this.html.render(**kwargs)|safe }}
<script>{{ this.script.render(**kwargs)|safe }}</script>
</body>
</html>
"""
)


class PlanMap(folium.Map):
    """A folium map of which the words stand on the page and the script draws the rest."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own form
    default_css: list[tuple[str, str]] = []  # noqa: RUF012
    _template = _SCRIPT

    def __init__(self, words: Markup, spec: Mapping[str, Any]) -> None:
        super().__init__(tiles=None)
        self._id = NAME
        self.words = words
        self.spec = dict(spec)


def stand_alone(found: PlanMap, *, title: str, language: str, direction: str, **pieces: str) -> str:
    """Render a local map as one HTML page that asks nobody anything.

    `pieces` are `script` and `style`: our own bundle and CSS, put inside.
    """
    root = found.get_root()
    assert isinstance(root, Figure)  # noqa: S101 - folium's own root
    script = pieces["script"].replace("</script", "<\\/script")
    style = pieces["style"].replace("</style", "<\\/style")
    _add(root.header, f"<style>{style}</style>", "style")
    _add(root.header, f"<script>{script}</script>", "bundle")
    _add(root.html, str(found.words), "words")
    root.title = title
    root._template = _DOCUMENT  # noqa: SLF001 - folium's own says no language
    return str(root.render(lang=language, dir=direction))


def _add(parent: Element, tag: str, name: str) -> None:
    parent.add_child(Own(tag), name=name)


def read_pieces(built: Path) -> dict[str, str]:
    """Read what the set-up made of the script and the style of a local map."""
    return {
        "script": (built / "plan.js").read_text(encoding="utf-8"),
        "style": (built / "plan.css").read_text(encoding="utf-8"),
    }
