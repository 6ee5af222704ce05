"""Coverage: which sectors have what within minutes on foot, and which do not."""

import streamlit as st

from ui import address, look, state
from ui.coverage import screen
from ui.coverage.measured import measured
from ui.language import _, current

scene = state.scene(current())
parameters = screen.parameters()
address.read(parameters)
side, ground = st.columns([5, 8], gap="medium")
with side, st.container(key="side"):
    look.render(
        "intro.html.j2",
        title=_("Who has what nearby?"),
        text=_("Sector by sector, on foot from where people live."),
        near="",
    )
    screen.ask()
    found = measured(verified_only=bool(st.session_state[screen.CHECKED]))
    if found is None:
        st.info(_("No streets to walk are known yet: `make data WALK=` brings them."))
    else:
        asked = screen.answer(found)
        screen.show_key(asked)
        screen.show_why(scene, found, asked)
        screen.show_table(screen.table(scene, found, asked))
        st.caption(
            _(
                "People are taken to live along the streets of their sector: how many live where "
                "is not known yet. Places come from the directory as it is today."
            )
        )
with ground:
    if found is not None:
        screen.show_map(scene, asked)
address.write(parameters)
