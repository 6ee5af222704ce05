"""Territory: Which sectors make a neighbourhood."""

import streamlit as st

from ui.language import _

st.header(_("Territory"))
