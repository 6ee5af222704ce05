"""What every page stands in: title, language, navigation, look, and the last word on errors."""

import streamlit as st

from directory.texts import LANGUAGES
from exchange.settings import ROOT
from geo.errors import PleinError
from ui import language, look
from ui.language import _

PAGES = ROOT / "pages"


def run() -> None:
    """Run the page a person asked for."""
    st.set_page_config(page_title="Plein", page_icon=look.FAVICON, layout="wide")
    look.apply()
    _choose_language()
    page = st.navigation(
        [
            st.Page(PAGES / "map" / "page.py", title=_("Map"), url_path="map", default=True),
            st.Page(PAGES / "relays" / "page.py", title=_("Relays"), url_path="relays"),
            st.Page(PAGES / "about" / "page.py", title=_("About"), url_path="about"),
        ],
        position="top",
    )
    try:
        page.run()
    except PleinError as error:
        st.error(language.say(error))


def _choose_language() -> None:
    current = language.current()
    with st.container(key="language"):
        st.segmented_control(
            _("Language"),
            LANGUAGES,
            default=current,
            required=True,
            key=language.KEY,
            format_func=str.upper,
            label_visibility="collapsed",
            bind="query-params",
        )
