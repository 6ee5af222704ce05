"""What if: what would change if services were put, moved or closed."""

import streamlit as st

from ui import address, look, state
from ui.coverage.measured import measured
from ui.language import _, current
from ui.what_if import screen, steps
from ui.what_if.desk import trial_of
from ui.what_if.outcome import outcome_of

scene = state.scene(current())
parameters = screen.parameters()
address.read(parameters)
side, ground = st.columns([5, 8], gap="medium")
with side, st.container(key="side"):
    look.render(
        "intro.html.j2",
        title=_("What if?"),
        text=_("Put, move or close places, and see at once who gains and who loses."),
        near="",
    )
    found = measured(verified_only=bool(st.session_state[screen.CHECKED]))
    if found is None:
        st.info(_("No streets to walk are known yet: `make data WALK=` brings them."))
    else:
        trial = trial_of(found)
        screen.ask(people=found.population is not None)
        outcome = outcome_of(trial.what_if, found.place(str(st.session_state[screen.WHAT])))
        screen.show_effect(found, outcome)
        steps.show_ways()
        steps.show_steps(found)
        screen.show_key(outcome)
        screen.show_sector(scene, found, outcome)
        screen.show_table(screen.changed_table(scene, found, outcome))
with ground:
    if found is not None:
        screen.ask_view()
        screen.show_map(scene, found, trial, outcome)
address.write(parameters)
