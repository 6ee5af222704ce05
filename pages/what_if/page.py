"""What if: What would change if."""

import streamlit as st

from ui.language import _

st.header(_("What if?"))
