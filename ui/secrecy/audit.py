"""The audit trail as a table, by person, record and day."""

from typing import Final

import streamlit as st

from directory.audit import PAGE, Line, read
from directory.clock import BRUSSELS
from directory.people.events import What
from directory.store import Kind
from directory.versions import way_of
from ui import access, look, state, wording
from ui.language import _
from ui.record import words

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
    return [
        wording.moment(line.at.astimezone(BRUSSELS), None),
        f"{line.author} ({line.person})" if line.person else line.author,
        _("Consent withdrawn") if line.withdrawn else _what(line),
        line.record_id if line.version is None else f"{line.record_id} · {line.version}",
    ]


def _what(line: Line) -> str:
    """Tell a change by its kind, way and fields; an event of an account by its own words."""
    if line.source == "event":
        return _events().get(line.what, line.what)
    fields = ", ".join(words.label((name,)) for name in line.fields)
    told = (words.counted(Kind(line.what), 1), words.way(way_of(line.origin, "")), fields)
    return " · ".join(filter(None, told))


def _events() -> dict[str, str]:
    return {
        What.INVITED: _("Invited"),
        What.WITHDRAWN: _("Invitation withdrawn"),
        What.MADE: _("Account made"),
        What.RENAMED: _("Account renamed"),
        What.ENDED: _("Account ended"),
        What.SIGNED_IN: _("Signed in"),
        What.REFUSED: _("Sign-in refused"),
        What.HELD_BACK: _("Sign-in held back"),
        What.SIGNED_OUT: _("Signed out"),
        What.SESSION_ENDED: _("Session ended"),
        What.PASSWORD: _("Password changed"),
        What.ROLE_GIVEN: _("Role given"),
        What.ROLE_TAKEN: _("Role taken back"),
        What.LENT: _("Neighbourhood lent"),
    }


def _first() -> None:
    st.session_state[_OFFSET] = 0


def _move(by: int) -> None:
    st.session_state[_OFFSET] = max(int(st.session_state.get(_OFFSET, 0)) + by, 0)
