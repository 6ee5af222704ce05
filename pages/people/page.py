"""People: who has which role where, who is invited, whose ground is lent."""

import streamlit as st

from directory.people import Deed
from ui import access
from ui.language import _
from ui.people import inviting, listed

if not access.may_somewhere(Deed.INVITE):
    access.refuse()
st.title(_("People"))
with st.container(key="people"):
    people, links = st.tabs([_("Who has which role"), _("Invite")], key="people_part")
    with people:
        listed.show()
    with links:
        inviting.show()
