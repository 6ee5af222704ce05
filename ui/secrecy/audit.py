"""The audit trail as a table, by person, record and day."""

from typing import Final

import streamlit as st

from directory.audit import PAGE, Line, read
from ui import access, look, state, wording
from ui.language import _

_OFFSET: Final = "audit_offset"


def show() -> None:
    """Ask what to look for, and show a page of it."""
    who, record, when = st.columns(3)
    asked = {
        "who": who.text_input(_("Who"), key="audit_who", max_chars=80, on_change=_first),
        "record": record.text_input(
            _("Record or account"), key="audit_record", max_chars=80, on_change=_first
        ),
    }
    day = when.date_input(
        _("Day"), value=None, key="audit_day", max_value=state.now().date(), on_change=_first
    )
    offset = int(st.session_state.get(_OFFSET, 0))
    found = read(
        state.store(),
        by=access.person(),
        day=day,
        limit=PAGE + 1,
        offset=offset,
        **{name: (text or "").strip() for name, text in asked.items()},
    )
    look.render(
        "audit.html.j2",
        columns=[_("When"), _("Who"), _("What"), _("Record or account")],
        lines=[_told(line) for line in found[:PAGE]],
        none=_("Nothing was written down that fits."),
    )
    with st.container(horizontal=True):
        newer, older = offset > 0, len(found) > PAGE
        st.button(_("Newer"), on_click=_move, args=(-PAGE,), disabled=not newer)
        st.button(_("Older"), on_click=_move, args=(PAGE,), disabled=not older)


def _told(line: Line) -> list[str]:
    what = " · ".join(filter(None, (line.what, line.origin, ", ".join(line.fields))))
    return [
        wording.moment(line.at.astimezone(state.BRUSSELS), None),
        f"{line.author} ({line.person})" if line.person else line.author,
        _("Consent withdrawn") if line.withdrawn else what,
        line.record_id if line.version is None else f"{line.record_id} · {line.version}",
    ]


def _first() -> None:
    st.session_state[_OFFSET] = 0


def _move(by: int) -> None:
    st.session_state[_OFFSET] = max(int(st.session_state.get(_OFFSET, 0)) + by, 0)
