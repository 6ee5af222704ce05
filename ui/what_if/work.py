"""The column beside the map: one question after another, and what leaves."""

from typing import NamedTuple

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


class Tried(NamedTuple):
    """What is tried, what it is compared with (None: the present), and what differs."""

    trial: Trial
    other: Trial | None
    outcome: Outcome


def try_out(found: Measured) -> Tried:
    """Ask, and show what is tried and what it changes."""
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
    return Tried(trial, other, outcome)


def work_on(scene: Scene, found: Measured, tried: Tried) -> None:
    """Show what else can be done: propose, keep and compare, take along."""
    _ask_task()
    task = st.session_state[screen.TASK]
    if task == "propose":
        proposing.show_proposing(found)
    elif task == "keep":
        keeping.show_keeping(found)
        comparing.ask_against()
    steps.show_steps(found)
    screen.show_key(tried.outcome)
    if task != "propose":
        comparing.show_figures(found, tried.outcome, tried.trial, tried.other)
        comparing.ask_level()
        rolled, ids = comparing.by_area(found, tried.outcome, tried.trial, tried.other)
        changes.show_table(changes.changed_table(scene, found, rolled, ids))
    changes.show_sector(scene, found, tried.outcome)
    leaving.offer(
        "what_if", lambda: described(scene, found, tried.trial, tried.other, tried.outcome)
    )
    st.caption(
        _(
            "People are taken to live where the page “Coverage” says. What is tried here changes "
            "nothing in the directory."
        )
    )


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
