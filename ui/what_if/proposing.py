"""Places proposed: asked, searched for while one may cancel, told with what is proven, taken."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic
from typing import Final

import streamlit as st

from directory import plans
from directory.places import Point
from geo.coverage.sites import Aim, Proposal
from geo.errors import BadInputError, PleinError
from ui import look
from ui.coverage.measured import Measured
from ui.language import _, ngettext, say
from ui.what_if import shades
from ui.what_if.asking import EQUAL, Asked, ask_proposal, asked, far
from ui.what_if.desk import desk

_SEARCH: Final = "what_if_search"
SHORT_S: Final = 2.0
"""So long a page waits by itself; what takes longer can be cancelled."""
AGAIN_S: Final = 0.7


@dataclass
class Search:
    """One search in a thread of its own; cancelled, it ends soon and its answer is dropped."""

    question: Asked
    begun: float = field(default_factory=monotonic)
    stop: Event = field(default_factory=Event)
    done: Event = field(default_factory=Event)
    answer: Proposal | None = None
    wrong: PleinError | None = None

    def start(self) -> None:
        """Search beside the page."""
        Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        try:
            self.answer = self.question.run(self.stop.is_set)
        except PleinError as error:
            self.wrong = error
        finally:
            self.done.set()


def show_proposing(found: Measured) -> None:
    """Ask, search, and tell what was found."""
    with st.form("what_if_propose", border=True):
        ask_proposal(found)
        pressed = st.form_submit_button(_("Propose places"), type="primary")
    if pressed:
        _begin(found)
    search: Search | None = st.session_state.get(_SEARCH)
    if search is not None and not search.question.holds(found):
        _drop()
        return
    if search is None:
        return
    if not search.done.is_set():
        with st.spinner(_("Searching…")):
            search.done.wait(SHORT_S)
    if not search.done.is_set():
        _wait()
        return
    if search.wrong is not None:
        st.warning(say(search.wrong))
    elif search.answer is not None:
        _show(search.question, search.answer)


def _drop() -> None:
    """Forget the search that is on, if any; its thread ends soon."""
    before: Search | None = st.session_state.pop(_SEARCH, None)
    if before is not None:
        before.stop.set()


def _begin(found: Measured) -> None:
    _drop()
    search = Search(asked(found))
    search.start()
    st.session_state[_SEARCH] = search


@st.fragment(run_every=AGAIN_S)
def _wait() -> None:
    search: Search | None = st.session_state.get(_SEARCH)
    if search is None or search.done.is_set():
        st.rerun()
        return
    seconds = int(monotonic() - search.begun)
    st.info(_("Comparing places and proving how good they are: {n} seconds so far.", n=seconds))
    if st.button(_("Cancel"), key="what_if_cancel"):
        _drop()
        st.rerun()


def _show(question: Asked, answer: Proposal) -> None:
    look.render(
        "what_if_proposal.html.j2",
        title=ngettext("{n} place proposed", "{n} places proposed", len(answer.chosen)),
        lines=told(question, answer),
        proof=proof(answer),
        names=[question.names[one] or _("Without a name") for one in answer.chosen],
    )
    st.button(
        _("Put them on the map"),
        type="primary",
        key="what_if_take",
        on_click=take(question, answer),
    )


def told(question: Asked, answer: Proposal) -> list[str]:
    """Say what the proposal brings."""
    if question.aim is Aim.SHORTEST:
        before, after = (shades.number(far(m), digits=1) for m in (answer.before, answer.after))
        return [
            _(
                "The mean way falls from {before} to {after} minutes; more than 15 counts as 15.",
                before=before,
                after=after,
            )
        ]
    within = int(question.aim.value.split("_")[1])
    gain = answer.after - answer.before
    if question.weighted == EQUAL:
        part = 100 / answer.whole
        return [
            _(
                "Of the sectors, {after} % on average are within {minutes} minutes instead of "
                "{before} %; each sector counts alike.",
                minutes=within,
                before=shades.number(part * answer.before, digits=1),
                after=shades.number(part * answer.after, digits=1),
            )
        ]
    return [
        _(
            "{n} people more are within {minutes} minutes: {after} instead of {before}, of "
            "{whole} where that is known. A sector whose people are not known counts as a mean "
            "one.",
            n=shades.number(gain),
            minutes=within,
            before=shades.number(answer.before),
            after=shades.number(answer.after),
            whole=shades.number(answer.whole),
        )
    ]


def proof(answer: Proposal) -> str:
    """Say whether nothing is better, or by how much anything could be at most."""
    if answer.proven:
        return _("Proven best: no other choice of as many brings more.")
    if answer.after == answer.before:
        return _("Not proven best, and nothing gained was found.")
    return _(
        "Not proven best: another choice could bring at most {n} % more.",
        n=shades.number(100 * answer.slack, digits=1),
    )


def take(question: Asked, answer: Proposal) -> Callable[[], None]:
    """Return what puts the proposed places into the plan, as one step back."""

    def taken() -> None:
        mine, plan = desk(), desk().plan
        try:
            for one in answer.chosen:
                at = Point(
                    lon=round(float(question.spots.lon[one]), 6),
                    lat=round(float(question.spots.lat[one]), 6),
                )
                plan = plans.put(plan, at, [question.category])
        except BadInputError as error:
            mine.problem = error
            return
        mine.problem = None
        mine.take(plan)
        st.session_state.pop(_SEARCH, None)

    return taken
