"""Notes: which of a relay's private notes the successor gets when it leaves."""

import streamlit as st

from directory.people import Deed
from ui import access
from ui.language import _
from ui.secrecy import notes

if not access.may_somewhere(Deed.HAND_OVER_NOTES):
    access.refuse()
st.title(_("Private notes"))
st.caption(_("Notes are written on the page of a record. Here you hand them over when you leave."))
notes.hand_over()
