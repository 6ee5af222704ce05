"""What if: what would change if services were put, moved or closed."""

import streamlit as st

from ui import address, look, state
from ui.coverage.measured import measured
from ui.language import _, current
from ui.what_if import screen, work

scene = state.scene(current())
parameters = screen.parameters()
address.read(parameters)
side, ground = st.columns([5, 8], gap="medium")
with side:
    with st.container(key="what_if_top"):
        look.render(
            "intro.html.j2",
            title=_("What if?"),
            text=_("Put, move or close places, and see at once who gains and who loses."),
            near="",
        )
        found = measured(verified_only=bool(st.session_state[screen.CHECKED]))
        if found is None:
            st.info(_("No streets to walk are known yet: `make data WALK=` brings them."))
        tried = None if found is None else work.try_out(found)
    if found is not None and tried is not None:
        with st.container(key="what_if_rest"):
            work.work_on(scene, found, tried)
with ground:
    if found is not None and tried is not None:
        screen.ask_view()
        screen.show_map(scene, found, tried.trial, tried.outcome)
address.write(parameters)
