"""What a planner asks of coverage: of what, how, for which areas, on which day."""

from dataclasses import dataclass
from datetime import date
from typing import Final

import streamlit as st

from directory.categories import CATEGORIES, GROUPS
from geo.coverage import ZONE_WEIGHTS, Measure
from geo.levels import Level
from ui import state, wording
from ui.address import Parameter, opens
from ui.coverage import scales
from ui.coverage.classing import CLASSES, LONGEST, USUAL, Scheme
from ui.coverage.measured import WORDS
from ui.language import _, current
from ui.mapview import PICK, is_pick

WHAT, MEASURE, LEVEL, CHECKED = "what", "measure", "level", "checked"
DAY, BESIDE, SCHEME, COUNT, LIMITS, WEIGHTS = "day", "beside", "classes", "n", "limits", "weights"
FIRST: Final = "pharmacy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question; `day` None is today, `beside` another day to compare it with."""

    what: str
    measure: Measure
    level: Level
    verified_only: bool
    day: date | None
    beside: date | None
    scheme: Scheme
    classes: int
    limits: str
    weights: str


def parameters() -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    return {
        WHAT: Parameter("one", WORDS.__contains__, default=FIRST),
        MEASURE: Parameter("one", scales.SCALES.__contains__, default=Measure.NEAREST_MIN.value),
        LEVEL: Parameter("one", set(Level).__contains__, default=Level.SECTOR.value),
        CHECKED: Parameter("flag"),
        DAY: Parameter("day", _is_past),
        BESIDE: Parameter("day", _is_past),
        SCHEME: Parameter("one", set(Scheme).__contains__, default=Scheme.OWN.value),
        COUNT: Parameter("one", {str(n) for n in CLASSES}.__contains__, default=str(USUAL)),
        LIMITS: Parameter("text", lambda text: len(text) <= LONGEST),
        WEIGHTS: Parameter("one", ZONE_WEIGHTS.__contains__, default="slow"),
        PICK: Parameter("one", is_pick),
    }


def _is_past(text: str) -> bool:
    """Tell whether a text is a day the history knows, before today."""
    first = state.store().first_day()
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return False
    return first is not None and first <= found < state.now().date()


def ask() -> Asked:
    """Ask in a few fields; what is chosen seldom is behind two buttons."""
    held = st.session_state
    told = _words()
    levels = level_names()
    left, right = st.columns([7, 6])
    left.selectbox(_("Of what?"), list(told), key=WHAT, format_func=told.__getitem__)
    right.selectbox(_("For which areas?"), list(levels), key=LEVEL, format_func=levels.__getitem__)
    st.selectbox(_("Measured how?"), list(scales.SCALES), key=MEASURE, format_func=scales.name)
    st.toggle(_("Only what a relay checked in the year before"), key=CHECKED)
    with st.container(horizontal=True, key="coverage_more"):
        _ask_days()
        _ask_classes()
    return Asked(
        what=str(held[WHAT]),
        measure=Measure(held[MEASURE]),
        level=Level(held[LEVEL]),
        verified_only=bool(held[CHECKED]),
        day=held[DAY],
        beside=held[BESIDE],
        scheme=Scheme(held[SCHEME]),
        classes=int(held[COUNT]),
        limits=str(held[LIMITS] or ""),
        weights=str(held[WEIGHTS]),
    )


def _ask_days() -> None:
    """Ask the day, and another one to compare it with."""
    day, beside = st.session_state[DAY], st.session_state[BESIDE]
    told = wording.day(day) if day else _("Today")
    if beside:
        told = _("{day}, beside {other}", day=told, other=wording.day(beside))
    panel = st.popover(told, key=opens("coverage_days"), on_change="rerun")
    if not panel.open:
        return
    first, last = state.store().first_day(), state.now().date()
    with panel:
        for key, label in ((DAY, _("As it stood on")), (BESIDE, _("Beside it, another day"))):
            st.date_input(
                label,
                value=None,
                min_value=first or last,
                max_value=last,
                format="DD/MM/YYYY",
                key=key,
                persist_state="page",
            )
        st.caption(
            _("Empty is today. The history begins on {day}.", day=wording.day(first or last))
        )


def _ask_classes() -> None:
    """Ask how classes are made; of E2SFCA also the weights."""
    held = st.session_state
    schemes = {
        Scheme.OWN.value: _("Our limits"),
        Scheme.QUANTILES.value: _("As many areas in each (quantiles)"),
        Scheme.NATURAL.value: _("Natural breaks"),
        Scheme.TYPED.value: _("Limits I type"),
    }
    told = _("Classes: {scheme}", scheme=schemes[held[SCHEME]])
    panel = st.popover(told, key=opens("coverage_classes"), on_change="rerun")
    if not panel.open:
        return
    with panel:
        st.radio(
            _("Where the limits come from"),
            list(schemes),
            key=SCHEME,
            format_func=schemes.__getitem__,
            persist_state="page",
        )
        if held[SCHEME] in (Scheme.QUANTILES, Scheme.NATURAL):
            st.segmented_control(
                _("How many classes"),
                [str(n) for n in CLASSES],
                key=COUNT,
                required=True,
                persist_state="page",
            )
        if held[SCHEME] == Scheme.TYPED:
            st.text_input(
                _("Limits, rising"),
                key=LIMITS,
                max_chars=LONGEST,
                placeholder="5; 10; 15",
                persist_state="page",
                help=_("Numbers in the unit of the measure; of shares in per cent."),
            )
        if held[MEASURE] == Measure.ENHANCED:
            _ask_weights()


def _ask_weights() -> None:
    weights = weight_names()
    st.selectbox(
        _("Weights of E2SFCA"),
        list(weights),
        key=WEIGHTS,
        format_func=weights.__getitem__,
        persist_state="page",
    )


def _words() -> dict[str, str]:
    language = current()
    told = {key: found.labels.best(language) for key, found in GROUPS.items()}
    told = {key: _("{group}: all", group=label) for key, label in told.items()}
    return told | {key: found.labels.best(language) for key, found in CATEGORIES.items()}


def word_name(word: str) -> str:
    """Name a category or group."""
    return _words()[word]


def level_names() -> dict[str, str]:
    """Name the levels, the smallest areas first."""
    return {
        Level.SECTOR.value: _("Statistical sectors"),
        Level.NEIGHBOURHOOD.value: _("Neighbourhoods of the relays"),
        Level.DISTRICT.value: _("Monitoring districts"),
        Level.MUNICIPALITY.value: _("Municipalities"),
        Level.REGION.value: _("Region"),
    }


def weight_names() -> dict[str, str]:
    """Name the weights of the zones of E2SFCA with their numbers."""
    names = {"slow": _("Slow decline"), "sharp": _("Sharp decline")}
    return {
        key: f"{names[key]} ({' · '.join(wording.decimal(one, 2) for one in weights)})"
        for key, weights in ZONE_WEIGHTS.items()
    }
