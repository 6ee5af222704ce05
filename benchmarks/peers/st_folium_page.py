"""The same map as a plain st_folium page: streamlit-folium as its own documentation shows it.

Same outlines, same places, a search box, a list, and a card beside the map for the place clicked.
Leaflet comes from our own machine: no CDN is asked.
"""

from pathlib import Path
from typing import Any

import folium
import streamlit as st
from folium.plugins import MarkerCluster
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from streamlit.runtime.scriptrunner import get_script_run_ctx

from benchmarks.words import LISTED, contains, names_of
from exchange.outlines import outline_features
from geo.levels import Level
from ui import state

MODULES = Path(__file__).resolve().parent.parent.parent / "node_modules"
LANGUAGE = "fr"
LIVE = "100ms"
"""How soon the search follows the typing: as in our own page."""

folium.Map.default_js = [
    ("leaflet", "/modules/leaflet/dist/leaflet.js"),
    ("jquery", "/modules/jquery/dist/jquery.min.js"),
]
folium.Map.default_css = [("leaflet_css", "/modules/leaflet/dist/leaflet.css")]
MarkerCluster.default_js = [
    ("markerclusterjs", "/modules/leaflet.markercluster/dist/leaflet.markercluster.js")
]
MarkerCluster.default_css = [
    ("markerclustercss", "/modules/leaflet.markercluster/dist/MarkerCluster.css"),
    ("markerclusterdefault", "/modules/leaflet.markercluster/dist/MarkerCluster.Default.css"),
]


@st.cache_resource
def outlines() -> tuple[dict[str, object], dict[str, object]]:
    """Simplify the sectors and the neighbourhoods once, by the same code as our own page."""
    atlas = state.atlas()
    return (
        outline_features(atlas.territory, Level.SECTOR),
        outline_features(atlas.territory, Level.NEIGHBOURHOOD, list(atlas.neighbourhoods.values())),
    )


def draw(found: list[str]) -> folium.Map:
    """Draw the outlines and the places found."""
    atlas = state.atlas()
    drawn = folium.Map(location=[50.84, 4.37], zoom_start=12, tiles=None, maxZoom=19)
    sectors, neighbourhoods = outlines()
    folium.GeoJson(sectors, style_function=lambda _: {"weight": 0.6, "fill": False}).add_to(drawn)
    folium.GeoJson(
        neighbourhoods, style_function=lambda _: {"weight": 2, "fillOpacity": 0.16}
    ).add_to(drawn)
    cluster = MarkerCluster(options={"maxZoom": 19})  # type: ignore[no-untyped-call]
    cluster.add_to(drawn)
    for key in found:
        actor = atlas.actors[key]
        point = actor.places[0].point if actor.places else None
        if point:
            text = f"{actor.names.best(LANGUAGE)} · {key}"
            popup = folium.Popup(text, parse_html=True)
            folium.Marker([point.lat, point.lon], popup=popup).add_to(cluster)
    return drawn


def card(key: str) -> None:
    """Show what is known of one place."""
    actor = state.atlas().actors[key]
    with st.container(key="card", border=True):
        st.subheader(actor.names.best(LANGUAGE))
        rows: dict[str, Any] = {
            "Hours": actor.hours,
            "Contacts": ", ".join(contact.value for contact in actor.contacts),
            "Source": actor.source.name,
        }
        st.table(rows)


def page() -> None:
    """Run the page."""
    # Imported before the server runs, the component would be served nowhere.
    from streamlit_folium import st_folium  # noqa: PLC0415

    st.set_page_config(page_title="st_folium", layout="wide")
    names = names_of(state.atlas())
    side, ground = st.columns([5, 8])
    with side:
        text = st.text_input("Search", key="q", live=LIVE) or ""
        found = contains(names, text)
    with ground:
        told = st_folium(
            draw(found),
            height=700,
            use_container_width=True,
            returned_objects=["last_object_clicked_popup"],
        )
    with side:
        if popup := told.get("last_object_clicked_popup"):
            card(popup.rsplit(" · ", 1)[-1].strip())
        with st.container(key="list"):
            st.write(f"{len(found)} places")
            st.markdown("\n".join(f"1. {names[key]}" for key in found[:LISTED]))


if get_script_run_ctx(suppress_warning=True) is None:
    app = st.App(__file__, routes=[Mount("/modules", StaticFiles(directory=MODULES))])
else:
    page()
