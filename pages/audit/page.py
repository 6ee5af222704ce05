"""Audit: what was changed and what happened to accounts, for an administrator to read."""

import streamlit as st

from directory.people import Deed
from ui import access
from ui.language import _
from ui.secrecy import audit

if not access.may(Deed.READ_AUDIT):
    access.refuse()
st.title(_("Audit"))
st.caption(_("Nobody edits this list: the database itself refuses to."))
audit.show()
