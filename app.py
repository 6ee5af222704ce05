"""Plein, the living map of a neighbourhood: `streamlit run app.py`.

Streamlit imports this file once as a server (our routes and headers beside its own) and then
runs it as a script for each visit.
"""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from ui.server import middleware, routes
from ui.shell import run
from ui.signing.first import announced

if get_script_run_ctx(suppress_warning=True) is None:
    # There is a folder `pages`, but `st.navigation` rules: the very first visit must know it too.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, lifespan=announced, routes=routes(), middleware=middleware())
else:
    run()
