"""What every page stands in: title, language, navigation, look, and the last word on errors."""

import streamlit as st

from directory.texts import LANGUAGES
from geo.errors import PleinError
from ui import access, address, language, look, navigation, pieces, state
from ui.language import _
from ui.navigation import Entry


def run() -> None:
    """Run the page a person asked for."""
    favicon = pieces.mark_address(pieces.FAVICON)
    st.set_page_config(page_title="Plein", page_icon=favicon, layout="wide")
    look.apply(pieces.address(pieces.STYLE), pieces.mark_address(pieces.WORDMARK))
    _choose_language()
    page = navigation.choose(_pages())
    address.arrived(page.url_path)
    try:
        with st.container(key="wrong"):  # there or empty, so that the page below stays as it is
            _say_what_is_wrong()
        page.run()
    except PleinError as error:
        st.error(language.say(error))


def _pages() -> dict[str, list[Entry]]:
    """List the pages this visitor may open: planners' and editors' stand together."""
    pages = [
        Entry(folder="map", title=_("Map"), default=True),
        Entry(folder="near", title=_("Near me")),
        Entry(folder="relays", title=_("Relays")),
        Entry(folder="about", title=_("About")),
    ]
    planning = [
        Entry(folder="coverage", title=_("Coverage")),
        Entry(folder="gaps", title=_("Gaps")),
        Entry(folder="what_if", title=_("What if?")),
    ]
    if access.may_edit():
        pages.insert(3, Entry(folder="imports", title=_("Import"), url_path="import"))
        planning.append(Entry(folder="territory", title=_("Territory")))
    planning.append(Entry(folder="figures", title=_("Figures")))
    return {"": pages, _("Planning"): planning}


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
