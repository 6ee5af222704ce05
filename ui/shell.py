"""What every page stands in: title, language, navigation, look, and the last word on errors."""

import streamlit as st

from directory.texts import LANGUAGES
from exchange.settings import ROOT
from geo.errors import PleinError
from ui import access, address, language, look, pieces, state
from ui.language import _

PAGES = ROOT / "pages"


def run() -> None:
    """Run the page a person asked for."""
    st.set_page_config(page_title="Plein", page_icon=look.FAVICON, layout="wide")
    look.apply(pieces.address(pieces.STYLE))
    _choose_language()
    page = st.navigation(
        [
            st.Page(PAGES / "map" / "page.py", title=_("Map"), url_path="map", default=True),
            st.Page(PAGES / "near" / "page.py", title=_("Near me"), url_path="near"),
            st.Page(PAGES / "relays" / "page.py", title=_("Relays"), url_path="relays"),
            st.Page(PAGES / "coverage" / "page.py", title=_("Coverage"), url_path="coverage"),
            *_editors(),
            st.Page(PAGES / "about" / "page.py", title=_("About"), url_path="about"),
        ],
        position="top",
    )
    address.arrived(page.url_path)
    try:
        with st.container(key="wrong"):  # there or empty, so that the page below stays as it is
            _say_what_is_wrong()
        page.run()
    except PleinError as error:
        st.error(language.say(error))


def _editors() -> list[st.Page]:
    if not access.may_edit():
        return []
    return [st.Page(PAGES / "imports" / "page.py", title=_("Import"), url_path="import")]


def _choose_language() -> None:
    now = language.current()
    with st.container(key="language"):
        chosen = st.segmented_control(
            _("Language"),
            LANGUAGES,
            default=now,
            required=True,
            key=f"language_{now}",
            format_func=str.upper,
            label_visibility="collapsed",
        )
    if chosen != now:
        language.choose(str(chosen))
        st.rerun()


def _say_what_is_wrong() -> None:
    state.atlas()  # asks the database: what is told is of this moment, or there is nothing to show
    if state.store().stale_since is not None:
        st.warning(
            _("The database does not answer. What you see is as it was; nothing can be changed.")
        )
    if problem := state.territory().problem:
        st.warning(language.say(problem))
