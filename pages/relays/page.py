"""The relays and their neighbourhoods: who hosts whom, and which rules a set breaks."""

import streamlit as st

from ui import relays, state
from ui.language import _, current

scene = state.scene(current())
st.header(_("The relays and their neighbourhoods"))
st.write(
    _(
        "A neighbourhood action relay goes out to meet people who do not use their rights, and "
        "knows who can help. Each covers a neighbourhood of four to eleven statistical sectors."
    )
)
st.dataframe(relays.table(scene), hide_index=True)
relays.show_breaches(scene)
