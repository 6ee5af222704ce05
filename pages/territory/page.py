"""Territory: which sectors make a neighbourhood; edited, compared, proposed."""

import streamlit as st

from directory.people import Deed
from ui import access, address, look, state
from ui.language import _, current
from ui.territory import leaving, screen
from ui.territory.desk import open_desk
from ui.territory.ground import show_map

if not access.may(Deed.CHANGE_NEIGHBOURHOOD):
    access.refuse()
scene, desk = state.scene(current()), open_desk()
parameters = screen.parameters()
address.read(parameters)
side, ground = st.columns([5, 8], gap="medium")
with side, st.container(key="side"):
    look.render(
        "intro.html.j2",
        title=_("Which sectors make a neighbourhood?"),
        text=_("A relay can serve four to eleven sectors, in one piece. Rules are advice."),
        near="",
    )
    screen.choose_view()
    spec = screen.show_panel(scene, desk)
    leaving.offer(scene, desk)
with ground:
    show_map(scene, desk, spec)
address.write(parameters)
