"""What is asked of secrecy on the form of a record."""

import streamlit as st

from ui.language import _
from ui.record.desk import Desk


def show(desk: Desk) -> None:
    """Ask whether its place is secret, and whether it asks not to be contacted."""
    asked = {
        "secret_place": (
            _("The place is secret"),
            _("Everyone sees the neighbourhood alone, on the map, in exports and in the past."),
        ),
        "do_not_contact": (
            _("Not to be contacted directly"),
            _("Phone and e-mail are for relays alone; everyone is asked to go by the relay."),
        ),
    }
    for name, (label, why) in asked.items():
        key = desk.start(name, value=bool(desk.mine.get(name)))
        desk.mine[name] = st.checkbox(label, key=key, help=why, persist_state="session")
