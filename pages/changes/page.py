"""The last changes in one's neighbourhoods, by whom and by which way; each can be undone."""

import streamlit as st

from directory.people import Deed
from ui import access, address
from ui.language import _
from ui.record import changes

if not access.may_somewhere(Deed.UNDO):
    access.refuse()
address.read(changes.PARAMETERS)
st.title(_("Last changes"))
st.caption(_("What is undone stands in the history; what somebody changed since stays."))
changes.show()
address.write(changes.PARAMETERS)
