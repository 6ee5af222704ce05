"""The living map: search and filters, the list and the card, the map beside them."""

import streamlit as st

from directory.selection import select
from layers.activities import coming
from ui import address, card, downloads, filters, look, mapview, state
from ui.language import _, current, ngettext

scene = state.scene(current())
parameters = filters.parameters(scene.atlas)
address.read(parameters)
side, ground = st.columns([5, 8], gap="medium")
with side, st.container(key="side"):
    card.opening_words(scene)
    text = filters.search_box()
    groups = filters.group_pills()
    tools = st.container(horizontal=True, vertical_alignment="center")
    with tools:
        open_only = st.toggle(_("Open now"), key="open")
        more = st.popover(
            filters.finer_label(), key=address.opens(filters.PANEL), on_change="rerun"
        )
    with more:
        query = filters.finer_query(
            scene.atlas, text, groups, open_only=open_only, asked=bool(more.open)
        )
    selection = select(scene.atlas, query, scene.at)
    with tools:
        downloads.offer(scene, selection)
    if chosen := mapview.picked():
        card.show(scene, chosen)
    shown = filters.shown_kind()
    if shown == "activities":
        n = len(coming(scene))
        mapview.show_list(scene, "activities", ngettext("{n} activity", "{n} activities", n))
    elif shown == "relays":
        n = len(scene.atlas.relays)
        mapview.show_list(scene, "relays", ngettext("{n} relay", "{n} relays", n))
    elif not scene.atlas.actors:
        st.info(_("The directory holds no place yet: Import or `make data` brings some."))
    else:
        told = ngettext("{n} place", "{n} places", len(selection.ids))
        mapview.show_list(scene, "actors", told, selection=selection)
        if not selection.ids:
            st.button(_("Take every filter away"), on_click=filters.clear)
            look.render(
                "missing.html.j2", lang=scene.language, missing=_("Something is missing here")
            )
with ground:
    mapview.show_map(scene, selection)
address.write(parameters)
