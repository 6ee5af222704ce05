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
    favicon = pieces.mark_address(pieces.FAVICON)
    st.set_page_config(page_title="Plein", page_icon=favicon, layout="wide")
    look.apply(pieces.address(pieces.STYLE), pieces.mark_address(pieces.WORDMARK))
    _choose_language()
    page = st.navigation(_pages(), position="top")
    address.arrived(page.url_path)
    try:
        with st.container(key="wrong"):  # there or empty, so that the page below stays as it is
            _say_what_is_wrong()
        page.run()
    except PleinError as error:
        st.error(language.say(error))


def _pages() -> dict[str, list[st.Page]]:
    """List the pages this visitor may open: planners' and editors' stand together."""
    pages = [
        _page("map", _("Map"), default=True),
        _page("near", _("Near me")),
        _page("relays", _("Relays")),
        _page("about", _("About")),
    ]
    planning = [
        _page("coverage", _("Coverage")),
        _page("gaps", _("Gaps")),
        _page("what_if", _("What if?")),
    ]
    if access.may_edit():
        pages.insert(3, _page("imports", _("Import"), url_path="import"))
        planning.append(_page("territory", _("Territory")))
    planning.append(_page("figures", _("Figures")))
    return {"": pages, _("Planning"): planning}


def _page(folder: str, title: str, *, url_path: str = "", default: bool = False) -> st.Page:
    path = url_path or folder.replace("_", "-")
    return st.Page(PAGES / folder / "page.py", title=title, url_path=path, default=default)


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
