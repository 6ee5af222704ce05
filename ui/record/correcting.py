"""The way from a card to a correction: the form of the record, or a proposal for who may not."""

from typing import Final

import streamlit as st

from exchange.settings import ROOT
from ui.language import _
from ui.record.subject import SUBJECT, may_change, read, stored

_RECORD: Final = ROOT / "pages" / "record" / "page.py"
_PROPOSE: Final = ROOT / "pages" / "propose" / "page.py"


def offer(chosen: str) -> None:
    """Offer to correct what is chosen ("actors:<id>"): at once, or by a proposal."""
    subject = read(chosen)
    facts = stored(subject) if subject is not None else None
    if subject is None or facts is None:
        return
    page = _RECORD if may_change(subject, facts) else _PROPOSE
    if page.exists() and st.button(_("Correct it"), key="correct_it", type="tertiary"):
        st.switch_page(page, query_params={SUBJECT: str(subject)})
