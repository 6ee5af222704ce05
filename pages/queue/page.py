"""Queue: what anybody proposed, for the relay of its neighbourhood to decide."""

import streamlit as st

from directory.people import Deed
from ui import access, address, state
from ui.language import current
from ui.queue import acting, desk, listing, opened

if not access.may_somewhere(Deed.DECIDE):
    access.refuse()
scene, parameters = state.scene(current()), desk.parameters()
address.read(parameters)
with st.container(key="queue_name"):
    author = access.author()
side, beside = st.columns([5, 8], gap="medium")
chosen = desk.chosen()
wanted = st.session_state.get(desk.CHOSEN)
with side, st.container(key="queue_list_beside" if wanted else "queue_list"):
    listing.heading()
    listing.filters()
    listing.show(scene)
    acting.show_several(author)
with beside, st.container(key="queue_one"):
    acting.show_last(author)
    if chosen is not None:
        opened.show(scene, chosen, author)
    elif wanted:
        opened.missing()
    else:
        listing.invite()
address.write(parameters)
