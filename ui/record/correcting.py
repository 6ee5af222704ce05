"""The way from a card to the form of its record, for who may change it."""

from typing import Final

import streamlit as st

from exchange.settings import ROOT
from ui.language import _
from ui.record.subject import SUBJECT, may_change, read, stored

RECORD: Final = ROOT / "pages" / "record" / "page.py"


def offer(chosen: str) -> None:
    """Offer whoever may to correct what is chosen ("actors:<id>"); anybody may propose."""
    subject = read(chosen)
    facts = stored(subject) if subject is not None else None
    if subject is None or facts is None or not may_change(subject, facts):
        return
    if st.button(_("Correct it"), key="correct_it", type="tertiary"):
        st.switch_page(RECORD, query_params={SUBJECT: str(subject)})
