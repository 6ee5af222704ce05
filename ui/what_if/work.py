"""The column beside the map: one question after another, and what leaves."""

import streamlit as st

from directory.trial import Trial
from layers.layer import Scene
from ui import leaving
from ui.coverage.measured import Measured
from ui.language import _
from ui.what_if import asking, changes, comparing, keeping, proposing, screen, steps
from ui.what_if.describing import described
from ui.what_if.desk import trial_of
from ui.what_if.outcome import Outcome, outcome_of


def try_out(scene: Scene, found: Measured) -> tuple[Trial, Outcome]:
    """Show what is tried and what it changes; return it for the map."""
    _hold()
    trial_of(found)
    keeping.follow(found)
    keeping.show_drawn(found)
    screen.ask(people=found.population is not None)
    trial = trial_of(found)
    other = comparing.against(found)
    outcome = outcome_of(
        trial.what_if,
        found.place(str(st.session_state[screen.WHAT])),
        against=other.what_if if other else None,
    )
    screen.show_effect(found, outcome, comparing.side_name(other) if other else "")
    steps.show_ways()
    _ask_task()
    task = st.session_state[screen.TASK]
    if task == "propose":
        proposing.show_proposing(found)
    elif task == "keep":
        keeping.show_keeping(found)
        comparing.ask_against()
    steps.show_steps(found)
    screen.show_key(outcome)
    if task != "propose":
        comparing.show_figures(found, outcome, trial, other)
        comparing.ask_level()
        rolled, ids = comparing.by_area(found, outcome, trial, other)
        changes.show_table(changes.changed_table(scene, found, rolled, ids))
    changes.show_sector(scene, found, outcome)
    leaving.offer("what_if", lambda: described(scene, found, trial, other, outcome))
    st.caption(
        _(
            "People are taken to live where the page “Coverage” says. What is tried here changes "
            "nothing in the directory."
        )
    )
    return trial, outcome


def _hold() -> None:
    """Keep what was answered in the parts that are not shown: Streamlit drops it otherwise."""
    for name in (screen.LEVEL, screen.AGAINST, *asking.ANSWERS, *keeping.ANSWERS):
        if name in st.session_state:
            st.session_state[name] = st.session_state[name]


def _ask_task() -> None:
    told = {
        "try": _("Try"),
        "propose": _("Propose places"),
        "keep": _("Keep and compare"),
    }
    st.segmented_control(
        _("What to do"),
        screen.TASKS,
        key=screen.TASK,
        format_func=told.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
