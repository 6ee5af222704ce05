"""What every step needs: the desk, who works at it, which batch and step is open."""

from dataclasses import replace
from functools import cache

import streamlit as st

from directory.importing import opening
from directory.importing.desk import Desk
from directory.importing.records import Batch, Said, Step
from exchange.imports import area_of, geocoder_of, open_desk
from exchange.online_help import OnlineHelp
from exchange.settings import settings
from geo.errors import UnknownIdError
from geo.geocoding import Geocoder
from ui import state
from ui.address import Parameter
from ui.language import _

STEPS = ("columns", "meanings", "places", "twins", "finish")
_GOING = "import_going"
PARAMETERS = {
    "batch": Parameter("one", str.isalnum),
    "step": Parameter("one", STEPS.__contains__, default=STEPS[0]),
    "row": Parameter("one", str.isdecimal),
}


@cache
def desk() -> Desk:
    """Return the desk of this process."""
    return replace(open_desk(state.store(), area=area_of(state.territory())), grounds=state.grounds)


@cache
def _geocoder(revision: int) -> Geocoder | None:
    del revision  # the directory's own places are names one may give instead of an address
    return geocoder_of(state.store(), settings().home)


def geocoder() -> Geocoder | None:
    """Return what finds addresses, None where no gazetteer was made."""
    return _geocoder(state.store().directory().revision)


@cache
def online_help() -> OnlineHelp:
    """Return the services an administrator switched on; none by default."""
    told = settings()
    return OnlineHelp(told.online_help, cache=told.home / "gazetteer" / "online.db")


def batch() -> Batch | None:
    """Return the batch of the address, None where there is none or it is gone."""
    key = st.session_state.get("batch")
    if not key:
        return None
    try:
        return opening.batch(desk(), key)
    except UnknownIdError:
        st.session_state["batch"] = None
        return None


def go(step: str, batch_id: str | None = None) -> None:
    """Go to a step at the next run, of another batch if one is named ("" for none)."""
    st.session_state[_GOING] = (step, batch_id)


def arrive() -> None:
    """Be where `go` said, before any widget is drawn."""
    step, batch_id = st.session_state.pop(_GOING, ("", None))
    if not step:
        return
    st.session_state["step"] = step
    st.session_state["row"] = None
    if batch_id is not None:
        st.session_state["batch"] = batch_id or None


def step_names() -> dict[str, str]:
    """Name the steps."""
    return {
        "columns": _("1 Columns"),
        "meanings": _("2 Words and hours"),
        "places": _("3 Places"),
        "twins": _("4 Duplicates"),
        "finish": _("5 Into the directory"),
    }


def state_name(step: Step) -> str:
    """Name how far a batch is."""
    return {
        Step.MAPPING: _("columns to confirm"),
        Step.OPEN: _("under way"),
        Step.ACCEPTED: _("in the directory"),
        Step.UNDONE: _("taken back"),
    }[step]


def said(sentence: Said) -> str:
    """Tell a sentence of the import."""
    return _(sentence.message, **sentence.params) if sentence.params else _(sentence.message)
