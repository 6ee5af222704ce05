"""Ask for neighbourhoods of a region or a part of it, watch them being made, choose one."""

from typing import Any, Final

import streamlit as st

from geo.neighbourhood_edits import Draft
from geo.planning import Figures, Proposal
from geo.proposed_areas import draft_of
from layers.layer import Scene
from ui import look, wording
from ui.language import _, current, ngettext, say
from ui.territory import asking
from ui.territory.desk import AREA, Desk, chosen
from ui.territory.ground import spec_of
from ui.territory.job import Job, start

_JOB: Final = "territory_job"
_SHOWN: Final = "territory_shown"
_ON: Final = "territory_on"
LOOK_S: Final = 0.5
"""Between two looks at how far it is."""


def show(scene: Scene, desk: Desk) -> dict[str, Any]:
    """Show what is asked or what was found, and return the map of the proposal one looks at."""
    job: Job | None = st.session_state.get(_JOB)
    if job is not None and job.done:
        spec = _found(scene, desk, job)
        with st.expander(_("Ask for others"), expanded=not job.found):
            _ask(desk)
        return spec
    if job is None:
        _ask(desk)
    else:
        st.fragment(_watch, run_every=LOOK_S)(job)
    return spec_of(scene, desk, desk.now, area=chosen(desk), read=True)


def _ask(desk: Desk) -> None:
    asked = asking.ask(desk)
    pressed = st.button(
        _("Propose"), type="primary", disabled=asked is None, key="territory_propose"
    )
    if pressed and asked is not None:
        st.session_state[_JOB] = start(asked.work())
        st.session_state[_SHOWN] = 0
        st.session_state[_ON] = asked.balanced_on
        st.rerun()


def _watch(job: Job) -> None:
    """Show how far it is; the page is drawn anew once it is done."""
    job.look()
    if job.done:
        st.rerun(scope="app")
    st.progress(
        min(job.share, 1.0), text=_("Making proposals: {share} %", share=round(job.share * 100))
    )
    if st.button(_("Cancel"), key="territory_cancel"):
        job.cancel()


def _found(scene: Scene, desk: Desk, job: Job) -> dict[str, Any]:
    if job.error is not None:
        st.error(say(job.error))
    if job.cancelled and not job.found:
        st.info(_("Cancelled before anything was found."))
    if not job.found:
        return spec_of(scene, desk, desk.now, area=chosen(desk), read=True)
    place = min(int(st.session_state.get(_SHOWN) or 0), len(job.found) - 1)
    st.caption(_("Balanced on: {what}.", what=st.session_state.get(_ON, "")))
    for number, proposal in enumerate(job.found):
        _card(desk, proposal, number, shown=number == place)
    draft = laid(desk, job.found[place])
    return spec_of(scene, desk, draft, read=True)


def laid(desk: Desk, proposal: Proposal) -> Draft:
    """Return the draft with a proposal laid over it."""
    return draft_of(proposal, desk.now, desk.territory, taken=desk.stored)


def _card(desk: Desk, proposal: Proposal, number: int, *, shown: bool) -> None:
    def see() -> None:
        st.session_state[_SHOWN] = number

    def take() -> None:
        desk.edits = desk.edits.do(laid(desk, proposal))
        st.session_state[AREA] = None
        st.session_state["view"] = "edit"

    with st.container(border=True, key=f"territory_card_{number}"):
        look.render(
            "territory_figures.html.j2",
            title=_("Proposal {n}, seed {seed}", n=number + 1, seed=proposal.seed),
            stopped=_("Stopped before it was done.") if proposal.stopped else "",
            rows=figures(proposal.figures),
        )
        with st.container(horizontal=True):
            st.button(
                _("On the map") if shown else _("Show on the map"),
                key=f"territory_see_{number}",
                on_click=see,
                disabled=shown,
            )
            st.button(
                _("Take as draft"),
                key=f"territory_take_{number}",
                on_click=take,
                type="primary" if shown else "secondary",
            )


def figures(found: Figures) -> list[tuple[str, str]]:
    """Tell the figures of a proposal."""
    unknown = _("unknown")
    told = [
        (_("Neighbourhoods"), wording.number(found.neighbourhoods)),
        (_("Within the rules"), _share(found.valid_share)),
        (_("Sectors each"), _("{least} to {most}", least=found.fewest, most=found.most)),
        (
            _("Balance (coefficient of variation)"),
            _decimal(found.weight_cv, 2) if found.weight_cv == found.weight_cv else unknown,
        ),
        (
            _("Radius"),
            _("{n} m", n=wording.number(round(found.radius_m)))
            if found.radius_m == found.radius_m
            else unknown,
        ),
        (
            _("Sectors that stay in their neighbourhood"),
            _share(found.kept_share) if found.kept_share is not None else _("none is in one today"),
        ),
    ]
    if found.unassigned:
        told.append((_("In none"), ngettext("{n} sector", "{n} sectors", found.unassigned)))
    return told


def _share(value: float) -> str:
    return f"{_decimal(value * 100, 0)}\N{NO-BREAK SPACE}%"


def _decimal(value: float, digits: int) -> str:
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if current() in ("fr", "nl") else text


def shown_proposal() -> Proposal | None:
    """Return the proposal on the map, None where none is."""
    job: Job | None = st.session_state.get(_JOB)
    if job is None or not job.found:
        return None
    return job.found[min(int(st.session_state.get(_SHOWN) or 0), len(job.found) - 1)]
