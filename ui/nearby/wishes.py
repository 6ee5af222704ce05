"""What a person asks for: the need, the pace, the moment, and what must hold of a door."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

import streamlit as st

from directory.atlas import Atlas
from directory.clock import BRUSSELS
from directory.nearby import Pace, Wish
from directory.needs import Need
from ui import state, wording
from ui.address import Parameter, opens
from ui.language import _, current
from ui.mapview import PICK, is_pick
from ui.spoken import language_name

NEED, HOLDS, SPEAKS, PACE, WHEN = "need", "holds", "speaks", "pace", "when"
TAKE, MINE = "take", "mine"
HOLDS_KNOWN: Final = ("open", "step_free", "no_appointment", "free")
TAKE_MAX: Final = 10
"""Places on a printed sheet (issue)."""
DAYS: Final = 21
"""Days ahead one may ask for (ours)."""
_WHEN_FORM: Final = "%Y-%m-%dT%H:%M"
_PANEL: Final = "near_more"


def parameters(atlas: Atlas, needs: Mapping[str, Need]) -> dict[str, Parameter]:
    """Return what of this page is kept in the address: never where a person is."""
    return {
        NEED: Parameter("one", needs.__contains__),
        HOLDS: Parameter("many", HOLDS_KNOWN.__contains__),
        SPEAKS: Parameter("many", atlas.spoken.__contains__),
        PACE: Parameter("one", {pace.value for pace in Pace}.__contains__, Pace.USUAL.value),
        WHEN: Parameter("text", lambda value: _moment(value) is not None),
        TAKE: Parameter("many", atlas.listed.__contains__),
        MINE: Parameter("flag"),
        PICK: Parameter("one", is_pick),
    }


def need_pills(needs: Mapping[str, Need]) -> Need | None:
    """Ask what a person needs, each with its pictogram."""
    language = current()
    chosen = st.pills(
        _("What do you need?"),
        list(needs),
        key=NEED,
        format_func=lambda key: needs[key].labels.best(language),
        on_change=_show_all,
    )
    return needs.get(str(chosen))


def _show_all() -> None:
    """Another need is another list: what is taken along no longer hides it."""
    st.session_state[MINE] = False


def hold_pills() -> None:
    """Ask what must hold of a door."""
    names = {
        "open": _("Open"),
        "step_free": _("Step-free"),
        "no_appointment": _("Without appointment"),
        "free": _("Free"),
    }
    st.pills(
        _("Only"),
        list(HOLDS_KNOWN),
        selection_mode="multi",
        key=HOLDS,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )


def finer(atlas: Atlas) -> None:
    """Ask for the languages spoken, the pace and another moment."""
    panel = st.popover(_("More choices"), key=opens(_PANEL), on_change="rerun")
    if not panel.open:
        for key, default in ((SPEAKS, []), (PACE, Pace.USUAL.value)):
            st.session_state[key] = st.session_state.get(key, default)
        return
    with panel:
        spoken = {code: language_name(code) for code in atlas.spoken}
        st.multiselect(
            _("Language spoken there"),
            sorted(spoken, key=lambda code: spoken[code].casefold()),
            key=SPEAKS,
            format_func=spoken.__getitem__,
            placeholder=_("All"),
            select_all=False,
        )
        paces = {Pace.USUAL.value: _("Usual pace"), Pace.SLOW.value: _("Slow pace")}
        st.segmented_control(
            _("How fast do you walk?"),
            list(paces),
            key=PACE,
            required=True,
            format_func=paces.__getitem__,
        )
        _ask_moment()


def _ask_moment() -> None:
    """Ask for a day and an hour other than now."""
    asked = _moment(str(st.session_state.get(WHEN) or ""))
    other = st.toggle(_("Open at another moment"), value=asked is not None)
    if not other:
        st.session_state[WHEN] = ""
        return
    base = asked or state.now()
    days = sorted({base.date(), *(state.now().date() + timedelta(n) for n in range(DAYS))})
    day = st.selectbox(_("Day"), days, index=days.index(base.date()), format_func=wording.weekday)
    hour = st.time_input(_("Hour"), value=base.time().replace(minute=base.minute // 15 * 15))
    st.session_state[WHEN] = datetime.combine(
        day, hour if isinstance(hour, time) else time(9)
    ).strftime(_WHEN_FORM)


def moment() -> datetime:
    """Return the moment doors must be open at: now, unless another was asked for."""
    return _moment(str(st.session_state.get(WHEN) or "")) or state.now()


def is_now() -> bool:
    """Whether the moment is the present one."""
    return not st.session_state.get(WHEN)


def _moment(value: str) -> datetime | None:
    try:
        return datetime.strptime(value, _WHEN_FORM).replace(tzinfo=BRUSSELS)
    except ValueError:
        return None


def pace() -> Pace:
    """Return how fast the person walks."""
    return Pace(st.session_state.get(PACE) or Pace.USUAL)


def wish(need: Need | None) -> Wish:
    """Return all of it."""
    holds = st.session_state.get(HOLDS) or []
    return Wish(
        categories=need.categories if need else (),
        languages=tuple(st.session_state.get(SPEAKS) or ()),
        step_free="step_free" in holds,
        no_appointment="no_appointment" in holds,
        free="free" in holds,
        open_only="open" in holds,
    )
