"""The two pages that are measured, and how one searches and chooses on each."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.screen import Look
from benchmarks.visitor import Rerun, Visitor
from benchmarks.words import LISTED, contains, listed, names_of
from directory.atlas import Atlas
from layers.registry import LAYERS


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A page, and how often and how patiently it is measured.

    `choose` tells the app, as the browser would, that the actor of that id was clicked; `expects`
    are the names a page lists for a text; `territory` are parts of the addresses the outlines are
    fetched from, none where they come by websocket.
    """

    script: str
    look: Look
    choose: Callable[[Visitor, str], Rerun]
    expects: Callable[[Atlas, str], Sequence[str]]
    territory: Sequence[str]
    warm_up: int
    times: int
    visits: int
    openings: int
    crowd_reruns: int
    patience_s: float


def _choose(visitor: Visitor, actor: str) -> Rerun:
    return visitor.fire("list_actors", "picked", f"actors:{actor}")


def _choose_plain(visitor: Visitor, actor: str) -> Rerun:
    told = json.dumps({"last_object_clicked_popup": f"? · {actor}"})
    return visitor.rerun(visitor.widget("component_instance"), WidgetState(json_value=told))


def _expected(atlas: Atlas, text: str) -> list[str]:
    names = names_of(atlas)
    return [names[key].strip() for key in listed(atlas, text)]


def _expected_plain(atlas: Atlas, text: str) -> list[str]:
    names = names_of(atlas)
    return [" ".join(names[key].split()) for key in contains(names, text)[:LISTED]]


_AREAS = [layer.name for layer in LAYERS.values() if layer.kind == "areas"]
OURS = Subject(
    script="app.py",
    look=Look(
        listed=".plein-item-name",
        entry=".plein-item",
        card=".plein-card h2",
        close=".st-key-close_card button",
        sign=".plein-sign:not(.plein-chosen)",
        drawn=(
            *(f".leaflet-plein-{name}-pane path" for name in _AREAS),
            ".plein-badge, .plein-sign",
        ),
        near="/#map=16/50.8385/4.3465",
    ),
    choose=_choose,
    expects=_expected,
    territory=[f"/layers/{name}/" for name in _AREAS],
    warm_up=4,
    times=16,
    visits=40,
    openings=3,
    crowd_reruns=12,
    patience_s=60,
)
PEER = Subject(
    script="benchmarks/peers/st_folium_page.py",
    look=Look(
        listed=".st-key-list li",
        entry="",
        card=".st-key-card h3",
        sign=".leaflet-marker-icon:not(.marker-cluster)",
        drawn=("path.leaflet-interactive", ".leaflet-marker-icon"),
        frame="streamlit_folium",
    ),
    choose=_choose_plain,
    expects=_expected_plain,
    territory=(),
    warm_up=1,
    times=15,
    visits=6,
    openings=1,
    crowd_reruns=1,
    patience_s=240,
)
"""It takes seconds where ours takes parts of one: measured fewer times, with much patience."""
PEER_NEEDS = ("leaflet", "leaflet.markercluster", "jquery")
