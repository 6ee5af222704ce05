"""The map and the list on a page: our renderer as two small Streamlit components.

The script fetches our bundle once; each rerun sends addresses and the few things that changed.
"""

import base64
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from directory.hours import CLOSED, OPEN
from directory.selection import Selection
from layers import actors
from layers.drawing import build_map
from layers.layer import Scene
from layers.registry import LAYERS
from ui.language import catalog
from ui.server import bundle_address
from ui.texts import map_texts

PICK = "pick"
"""The query parameter that names what is chosen: "actors:<id>"."""
ID_MAX = 80
PAGE_SIZE = 30
"""Results listed before one asks for more."""

_JS = """
const handles = new WeakMap();
function bundle(address) {
  window.__plein ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => done(window.Plein);
    script.onerror = () => { window.__plein = undefined; failed(new Error(address)); };
    document.head.append(script);
  });
  return window.__plein;
}
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const state = handles.get(parentElement) ?? {};
  handles.set(parentElement, state);
  state.data = data;
  state.pick = (picked) => setTriggerValue("picked", `${picked.layer}:${picked.id}`);
  if (state.mounted) {
    state.mounted.update(data.spec);
  } else if (!state.loading) {
    state.loading = true;
    const host = parentElement.querySelector(".plein-host");
    bundle(data.bundle).then((Plein) => {
      state.mounted = Plein[data.mount](host, state.data.spec, {
        onSelect: (picked) => state.pick(picked),
      });
    }, () => {
      state.loading = false;
      host.textContent = data.failed;
    });
  }
  return () => {
    state.mounted?.destroy();
    handles.delete(parentElement);
  };
}
"""

_map = st.components.v2.component(
    "plein_map",
    html='<div class="plein-host plein-map-host"></div>',
    js=_JS,
    isolate_styles=False,
)
_list = st.components.v2.component(
    "plein_list",
    html='<div class="plein-host plein-list-host"></div>',
    js=_JS,
    isolate_styles=False,
)


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


def bits(flags: Iterable[bool] | NDArray[np.bool_]) -> str:
    """Pack flags for the browser: one bit each, lowest first, base64.

    >>> bits([True, False, False, False, False, False, False, False, True])
    'AQE='
    """
    packed = np.packbits(np.asarray(list(flags), dtype=bool), bitorder="little")
    return base64.b64encode(packed.tobytes()).decode("ascii")


def _take(component: str) -> None:
    value = str(st.session_state[component].get("picked") or "")
    if is_pick(value):
        st.session_state[PICK] = value


def show_map(scene: Scene, selection: Selection | None) -> None:
    """Draw the map; `selection` dims out the actors that do not answer the filters."""
    drawn = build_map(scene, LAYERS.values(), map_texts(catalog(scene.language))).spec
    chosen = picked()
    drawn["selected"] = {"layer": chosen.layer, "id": chosen.id} if chosen else None
    drawn["focus"] = True
    if selection is not None:
        kept = set(selection.ids)
        drawn["shown"] = {"actors": bits(key in kept for key in actors.order(scene))}
    _mount(_map, "map", "mountMap", drawn)


def show_list(
    scene: Scene, layer: str, summary: str, *, selection: Selection | None = None
) -> None:
    """List what a layer of signs draws; of the actors those that answer the filters."""
    chosen = picked()
    spec: dict[str, Any] = {
        "lang": scene.language,
        "layer": layer,
        "texts": map_texts(catalog(scene.language)),
        "palette": asdict(scene.palette),
        "address": LAYERS[layer].address(scene),
        "selected": chosen.id if chosen and chosen.layer == layer else None,
        "summary": summary,
        "page_size": PAGE_SIZE,
        **(_answer(scene, selection) if selection else {}),
    }
    _mount(_list, f"list_{layer}", "mountList", spec)


def _answer(scene: Scene, selection: Selection) -> dict[str, Any]:
    order = actors.order(scene)
    place = {key: index for index, key in enumerate(order)}
    state = dict(zip(selection.ids, selection.states, strict=True))
    return {
        "shown": bits(key in state for key in order),
        "ranked": [place[key] for key in selection.ids] if selection.ranked else None,
        "open": bits(state.get(key) == OPEN for key in order),
        "known": bits(state.get(key) in (OPEN, CLOSED) for key in order),
    }


def _mount(component: Any, key: str, mount: str, spec: dict[str, Any]) -> None:
    component(
        key=key,
        data={
            "bundle": bundle_address(),
            "mount": mount,
            "failed": map_texts(catalog(spec["lang"]))["load_failed"],
            "spec": spec,
        },
        on_picked_change=lambda: _take(key),
    )
