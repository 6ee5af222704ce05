"""The directory on a page: the map and the list of one scene, and what is chosen in them."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from directory.hours import CLOSED, OPEN
from directory.selection import Selection
from layers import actors
from layers.layer import Scene
from layers.registry import LAYERS
from ui.browser import LIST, MAP, mount

PICK = "pick"
"""The query parameter that names what is chosen: "actors:<id>"."""
ID_MAX = 80
PAGE_SIZE = 30
"""Results listed before one asks for more."""


@dataclass(frozen=True, slots=True)
class Pick:
    """What is chosen on the map or in the list."""

    layer: str
    id: str

    def __str__(self) -> str:
        return f"{self.layer}:{self.id}"


def is_pick(value: str) -> bool:
    """Tell whether a text names a record of one of our layers."""
    layer, _, key = value.partition(":")
    return layer in LAYERS and 0 < len(key) <= ID_MAX


def picked() -> Pick | None:
    """Return what is chosen."""
    value = st.session_state.get(PICK)
    return Pick(*value.split(":", 1)) if value else None


def pick(chosen: Pick | None) -> None:
    """Choose a record, or none."""
    st.session_state[PICK] = str(chosen) if chosen else None


def bits(flags: Sequence[bool] | NDArray[np.bool_]) -> str:
    """Pack flags for the browser: one bit each, lowest first, base64.

    >>> bits([True, False, False, False, False, False, False, False, True])
    'AQE='
    """
    packed = np.packbits(np.asarray(flags, dtype=bool), bitorder="little")
    return base64.b64encode(packed.tobytes()).decode("ascii")


def _take(component: str) -> None:
    value = str(st.session_state[component].get("picked") or "")
    if is_pick(value):
        st.session_state[PICK] = value


def show_map(scene: Scene, selection: Selection | None) -> None:
    """Draw the map; `selection` dims out the actors that do not answer the filters."""
    chosen = picked()
    spec: dict[str, Any] = {
        "selected": {"layer": chosen.layer, "id": chosen.id} if chosen else None,
        "focus": True,
        "missing": "propose",
    }
    if selection is not None:
        spec["shown"] = {"actors": _shown(scene, _places(scene, selection.ids))}
    mount(MAP, scene, "map", spec, picked=lambda: _take("map"))


def show_list(
    scene: Scene, layer: str, summary: str, *, selection: Selection | None = None
) -> None:
    """List what a layer of signs draws; of the actors those that answer the filters."""
    chosen = picked()
    spec: dict[str, Any] = {
        "layer": layer,
        "address": LAYERS[layer].address(scene),
        "selected": chosen.id if chosen and chosen.layer == layer else None,
        "summary": summary,
        "page_size": PAGE_SIZE,
        **(_answer(scene, selection) if selection else {}),
    }
    key = f"list_{layer}"
    mount(LIST, scene, key, spec, picked=lambda: _take(key))


def _answer(scene: Scene, selection: Selection) -> dict[str, Any]:
    places = _places(scene, selection.ids)
    told = (selection.states == OPEN) | (selection.states == CLOSED)
    return {
        **({"ranked": places.tolist()} if selection.ranked else {"shown": _shown(scene, places)}),
        "open": _flags(scene, places[selection.states == OPEN]),
        "known": _flags(scene, places[told]),
    }


def _places(scene: Scene, ids: Sequence[str]) -> NDArray[np.intp]:
    """Tell where in their order actors come."""
    place = {key: index for index, key in enumerate(actors.order(scene))}
    return np.fromiter((place[key] for key in ids), dtype=np.intp, count=len(ids))


def _shown(scene: Scene, places: NDArray[np.intp]) -> str | None:
    """Tell which actors are shown; nothing at all where every one is."""
    return _flags(scene, places) if len(places) < len(actors.order(scene)) else None


def _flags(scene: Scene, places: NDArray[np.intp]) -> str:
    """Pack a bit for each actor, set for those at the places."""
    flags = np.zeros(len(actors.order(scene)), dtype=bool)
    flags[places] = True
    return bits(flags)
