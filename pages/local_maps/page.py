"""Local maps: a relay and its actors compose the map of their neighbourhood, and print it."""

import streamlit as st

from directory.people import Deed
from geo.errors import PleinError
from ui import access, address, look, state
from ui.language import _, current, say
from ui.local_maps import desk, screen
from ui.wording import plain

scene = state.scene(current())
parameters = desk.parameters()
address.read(parameters)
if not st.session_state[desk.LINK] and not access.may_somewhere(Deed.CHANGE_LOCAL_MAP):
    access.refuse()
with st.container(key="local_maps_page"):
    look.render(
        "intro.html.j2",
        title=_("Local map"),
        text=_("Your neighbourhood and its actors: on the web, on the wall and in the pocket."),
        near="",
    )
    try:
        mine = desk.open_desk()
    except PleinError as error:
        st.error(plain(say(error)))
        st.stop()
    screen.show(scene, mine)
address.write(parameters)
