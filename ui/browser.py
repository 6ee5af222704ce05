"""Our renderer as two small Streamlit components: a map and a list.

The script fetches our bundle once; each rerun sends addresses and the few things that changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui.language import catalog
from ui.server import bundle_address
from ui.texts import map_texts

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
  state.place = (point) => setTriggerValue("placed", point);
  state.pick = (picked) => setTriggerValue("picked", `${picked.layer}:${picked.id}`);
  if (state.mounted) {
    state.mounted.update(data.spec);
  } else if (!state.loading) {
    state.loading = true;
    const host = parentElement.querySelector(".plein-host");
    bundle(data.bundle).then((Plein) => {
      state.mounted = Plein[data.mount](host, state.data.spec, {
        onSelect: (picked) => state.pick(picked),
        onPoint: (point) => state.place(point),
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
class Part:
    """One of the two: the component, and the function of our bundle that starts it."""

    component: Any
    start: str


MAP = Part(_map, "mountMap")
LIST = Part(_list, "mountList")


def mount(part: Part, key: str, spec: dict[str, Any], **told: Callable[[], None]) -> None:
    """Put a part on the page; `told` are called when the browser tells `picked` or `placed`."""
    part.component(
        key=key,
        data={
            "bundle": bundle_address(),
            "mount": part.start,
            "failed": map_texts(catalog(spec["lang"]))["load_failed"],
            "spec": spec,
        },
        **{f"on_{name}_change": call for name, call in told.items()},
    )
