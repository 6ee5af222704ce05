"""A spreadsheet on its way onto the map, step by step; one may leave and come back."""

import streamlit as st

from directory.authors import Origin
from directory.people import Deed
from ui import access, address, state
from ui.importing import columns, finish, meanings, places, twins, work
from ui.language import _, current, ngettext
from ui.wording import plain

if not access.may_somewhere(Deed.IMPORT):
    access.refuse()
address.read(work.PARAMETERS)
work.arrive()
# Before any button is there: a click on one brings the address along, and an old one would win.
address.write(work.PARAMETERS)
batch = work.batch()
if batch is None:
    st.title(_("Bring in a spreadsheet"))
    columns.show_desk(access.author(Origin.IMPORT))
else:
    with st.container(horizontal=True, vertical_alignment="center"):
        rows = ngettext("{n} row", "{n} rows", batch.rows)
        st.title(plain(f"{batch.name} ({rows})"))
        st.button(_("All files"), type="tertiary", on_click=work.go, args=("columns", ""))
    names = work.step_names()
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        step = st.segmented_control(
            _("Step"), work.STEPS, key="step", required=True, format_func=names.__getitem__
        )
    with right:
        author = access.author(Origin.IMPORT)
    if author is None:
        st.caption(_("Give your name to change anything."))
    if step == "columns":
        columns.show(batch, author)
    elif step == "meanings":
        meanings.show(batch, author)
    elif step == "places":
        places.show(batch, state.scene(current()))
    elif step == "twins":
        twins.show(batch)
    else:
        finish.show(batch, author)
address.write(work.PARAMETERS)
