"""Consents: which end soon, and their withdrawal by one press."""

import streamlit as st

from directory.people import Deed
from ui import access
from ui.language import _
from ui.secrecy import consents

if not access.may_somewhere(Deed.CONSENT):
    access.refuse()
st.title(_("Consents"))
st.caption(_("Residents are on the map as long as they consent. Ask again before a consent ends."))
access.author()
consents.show()
