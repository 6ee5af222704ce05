"""Our renderer as small Streamlit components: a map, a list, a field for a place, answers.

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


def _component(name: str, html: str) -> Any:
    return st.components.v2.component(
        name,
        html=html,
        js=component_script("draw"),
        isolate_styles=False,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One of them: the component, and the function of our bundle that starts it.

    What is not `described` is told all it needs in its `spec`; what is for `planners` comes with
    a script of its own.
    """

    component: Any
    start: str
    described: bool = True
    planners: bool = False


MAP = Part(_component("plein_map", '<div class="plein-host plein-map-host"></div>'), "mountMap")
LIST = Part(_component("plein_list", '<div class="plein-host plein-list-host"></div>'), "mountList")
FIELD = Part(
    _component("plein_place_field", '<div class="plein-host plein-place-host"></div>'),
    "mountPlaceField",
    described=False,
)
ANSWERS = Part(
    _component("plein_answers", '<div class="plein-host plein-answers-host"></div>'),
    "mountAnswers",
    described=False,
)
RANKING = Part(
    _component("plein_ranking", '<div class="plein-host plein-ranking-host"></div>'),
    "mountRanking",
    described=False,
    planners=True,
)
SECTORS = Part(
    _component("plein_sectors", '<div class="plein-host plein-sectors-host"></div>'),
    "mountSectors",
    planners=True,
)
DUE = Part(
    _component("plein_due", '<div class="plein-host plein-due-host"></div>'),
    "mountDue",
    described=False,
    planners=True,
)
AREAS = Part(
    _component("plein_areas", '<div class="plein-host"></div>'), "mountAreas", planners=True
)
QUEUE = Part(
    _component("plein_queue", '<div class="plein-host"></div>'),
    "mountQueue",
    described=False,
    planners=True,
)
PLANNERS_TOOLS = frozenset({"edit", "moves"})
"""Parts of the map's spec that planners' script draws."""

PROPOSE = Part(_component("plein_propose", '<div class="plein-host"></div>'), "mountPropose")


def mount(
    part: Part, scene: Scene, key: str, spec: dict[str, Any], **told: Callable[[], None]
) -> None:
    """Put a part on the page; `told` are called when the browser tells something.

    The map tells `picked`, `placed`, `edited` and `moved`, the lists and areas `picked`, SECTORS
    (which shows the draft the map was told) nothing of its own, the field `located`, the answers
    and QUEUE `picked` and `taken`, DUE `answered`; what was told is in `st.session_state[key]`.
    `spec` holds what differs from the description of the scene, which the browser fetches once;
    of a part that is not described it holds all but the language.
    """
    more = part.planners or not PLANNERS_TOOLS.isdisjoint(spec)
    part.component(
        key=key,
        data={
            "bundle": bundle_address(),
            **({"more": bundle_address("planning.js")} if more else {}),
            "mount": part.start,
            "description": describe(scene).address(scene.language) if part.described else None,
            "failed": map_texts(catalog(scene.language))["load_failed"],
            "spec": spec if part.described else {"lang": scene.language, **spec},
        },
        **{f"on_{name}_change": call for name, call in told.items()},
    )
