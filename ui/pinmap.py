"""A map on which a person settles one place: numbered candidates and a pin."""

from collections.abc import Callable, Sequence

import streamlit as st

from geo.errors import N_
from layers import basemap, municipalities, neighbourhoods, sectors, tiles
from layers.drawing import build_map, layer_spec
from layers.layer import Features, Layer, Scene, collection, feature
from ui.browser import MAP, mount
from ui.language import catalog
from ui.texts import map_texts

Sign = tuple[str, str, float, float]
"""A candidate: its id, its name, longitude and latitude."""
_GROUND = (tiles, basemap, municipalities, sectors, neighbourhoods)
_LAYER = "candidates"


def show_pin_map(
    scene: Scene,
    signs: Sequence[Sign],
    pin: tuple[float, float] | None,
    *,
    key: str,
    on_place: Callable[[float, float], None],
    on_choose: Callable[[str], None],
    middle: tuple[float, float] | None = None,
) -> None:
    """Draw the ground, the candidates and the pin (lon, lat), and tell what a person does.

    The map opens around `middle` (lon, lat); by default around the pin or the first candidate.
    """
    layers = [*(module.LAYER for module in _GROUND)]
    drawn = build_map(scene, layers, map_texts(catalog(scene.language))).spec
    drawn["layers"] = [*drawn["layers"], layer_spec(_candidates(signs), scene, inline=True)]
    drawn["pin"] = {"lon": pin[0], "lat": pin[1]} if pin else None
    drawn["apart"] = True
    if middle or pin or signs:
        lon, lat = middle or pin or signs[0][2:]
        drawn["view"] = {"lon": lon, "lat": lat, "zoom": 16}

    def placed() -> None:
        point = st.session_state[key].get("placed")
        if isinstance(point, dict):
            on_place(float(point["lon"]), float(point["lat"]))

    def picked() -> None:
        layer, _, chosen = str(st.session_state[key].get("picked") or "").partition(":")
        if layer == _LAYER:
            on_choose(chosen)

    mount(MAP, scene, key, drawn, placed=placed, picked=picked)


def _candidates(signs: Sequence[Sign]) -> Layer:
    def features(_: Scene) -> Features:
        return collection(
            [
                feature(
                    lon,
                    lat,
                    {"id": sign, "name": name, "group": "other", "icon": "maki:marker"},
                    decimals=6,
                )
                for sign, name, lon, lat in signs
            ]
        )

    return Layer(
        name=_LAYER,
        kind="signs",
        title=N_("Candidates"),
        version=lambda _: "now",
        features=features,
        style=lambda _: {"cluster": False},
    )
