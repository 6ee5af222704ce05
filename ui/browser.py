"""Our renderer as two small Streamlit components: a map and a list.

The script fetches our bundle and a description of the map once; each rerun sends their addresses
and the few things that changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from layers.layer import Scene
from ui.description import describe
from ui.language import catalog
from ui.pieces import component_script
from ui.server import bundle_address
from ui.texts import map_texts

_map = st.components.v2.component(
    "plein_map",
    html='<div class="plein-host plein-map-host"></div>',
    js=component_script("draw"),
    isolate_styles=False,
)
_list = st.components.v2.component(
    "plein_list",
    html='<div class="plein-host plein-list-host"></div>',
    js=component_script("draw"),
    isolate_styles=False,
)


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two: the component, and the function of our bundle that starts it."""

    component: Any
    start: str


MAP = Part(_map, "mountMap")
LIST = Part(_list, "mountList")


def mount(
    part: Part, scene: Scene, key: str, spec: dict[str, Any], **told: Callable[[], None]
) -> None:
    """Put a part on the page; `told` are called when the browser tells `picked` or `placed`.

    `spec` holds what differs from the description of the scene, which the browser fetches once.
    """
    part.component(
        key=key,
        data={
            "bundle": bundle_address(),
            "mount": part.start,
            "description": describe(scene).address(scene.language),
            "failed": map_texts(catalog(scene.language))["load_failed"],
            "spec": spec,
        },
        **{f"on_{name}_change": call for name, call in told.items()},
    )
