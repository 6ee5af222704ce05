"""The hours as OpenStreetMap writes them, with the words Plein reads from them beside."""

import streamlit as st

from directory import hours
from directory.hours_in_words import hours_in_words
from directory.hygiene import LIMITS
from ui import look, state, wording
from ui.hours import hours_in_words as told_in_words
from ui.language import _, current
from ui.record.desk import Desk


def show(desk: Desk) -> None:
    """Ask for the hours; what was written in plain words is offered in the syntax."""
    left, right = st.columns(2)
    with left:
        key = desk.start("hours", value=desk.mine.get("hours") or "")
        typed = st.text_area(
            _("Hours"),
            key=key,
            height=120,
            max_chars=LIMITS["hours"],
            placeholder="Mo-Fr 09:00-12:00,13:30-17:00; PH off",
            help=_("As OpenStreetMap writes them, or in words: lundi-vendredi 9h-17h."),
            persist_state="session",
        )
        text = (typed or "").strip()
        desk.mine["hours"] = text
        _offer(text, key)
    with right:
        now, week = told_in_words(text, state.now())
        look.render(
            "record_hours.html.j2",
            title=_("What Plein reads"),
            now=now or _("Hours unknown, please call first"),
            week=week,
        )


def _offer(text: str, key: str) -> None:
    """Offer the syntax for hours in words that were understood wholly."""
    read = hours.parse(text) if text else None
    if not text or (read is not None and not read.mended):
        return
    found = hours_in_words(text, language=current()) or hours_in_words(text)
    if not found:
        return

    def take() -> None:
        st.session_state[key] = found

    st.button(
        wording.plain(_("Write it as {hours}", hours=found)), key=f"{key}_take", on_click=take
    )
