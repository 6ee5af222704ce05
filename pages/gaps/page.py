"""Gaps: which areas lack a service most, by need times lack, with the weights in sight."""

import streamlit as st

from ui import address, leaving, look, state
from ui.coverage.measured import measured
from ui.gaps import asking, screen, taking, why
from ui.gaps.ranking import ranked
from ui.language import _, current

scene = state.scene(current())
found = measured(verified_only=False)
offered = asking.offered(found) if found else {}
parameters = asking.parameters(offered)
address.read(parameters)
side, ground = st.columns([5, 7], gap="medium")
with side, st.container(key="side"):
    look.render(
        "intro.html.j2",
        title=_("Where are the gaps?"),
        text=_("Areas ranked by need × lack: who most lacks a service on foot, and why."),  # noqa: RUF001
        near="",
    )
    if found is None:
        st.info(_("No streets to walk are known yet: `make data WALK=` brings them."))
    else:
        asking.ask()
        asking.ask_what_counts(offered)
        shown = measured(verified_only=bool(st.session_state[asking.CHECKED])) or found
        answer = ranked(shown, asking.asked(offered))
        screen.show_sum(answer)
        why.show_why(scene, shown, answer)
        screen.show_list(scene, shown, answer)
        screen.show_sure(answer)
        screen.show_apart(scene, shown, answer)
        taking.show_method(answer)
        leaving.offer("gaps", lambda: taking.describe(scene, shown, answer))
with ground:
    if found is not None:
        screen.show_map(scene, answer)
        screen.show_key(answer)
address.write(parameters)
