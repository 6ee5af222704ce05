"""Due: what a relay is asked to check in its neighbourhoods, right again by one press."""

import streamlit as st

from directory.people import Deed
from ui import access, address, leaving, look, state
from ui.due import asking, doing, listing, panel, taking
from ui.language import _, current

if not access.may_somewhere(Deed.CONFIRM):
    access.refuse()
scene = state.scene(current())
parameters = asking.parameters(scene.atlas)
address.read(parameters)
with st.container(key="due_page"):
    look.render(
        "intro.html.j2",
        title=_("Is this still right?"),
        text=_("A call or a visit, then one press. Records too long unchecked leave the map."),
        near="",
    )
    if not st.session_state[asking.ACTOR]:  # asked over the list, where one record is open
        access.author()
        doing.tell()
    desk = asking.open_desk(scene)
    shown = asking.ask(desk)
    leaving.offer("due", lambda: taking.describe(scene, shown))
    listing.show(desk, shown)
panel.show(scene)
address.write(parameters)
