"""What every page stands in: title, language, navigation, look, and the last word on errors."""

from typing import Final, NamedTuple

import streamlit as st

from directory.people import Deed
from directory.texts import LANGUAGES
from geo.errors import N_, PleinError
from ui import access, address, language, look, navigation, pieces, state
from ui.language import _
from ui.navigation import Entry, stands


class Place(NamedTuple):
    """A page of the desk: its folder, its title, and the deed somebody needs for it."""

    folder: str
    title: str
    deed: Deed
    url_path: str = ""


DESK: Final = (
    Place("queue", N_("Queue"), Deed.DECIDE),
    Place("due", N_("Due"), Deed.CONFIRM),
    Place("local_maps", N_("Local maps"), Deed.CHANGE_LOCAL_MAP, "local-maps"),
    Place("workshop", N_("Workshop"), Deed.LEAD_WORKSHOP),
    Place("imports", N_("Import"), Deed.IMPORT, "import"),
    Place("changes", N_("Last changes"), Deed.UNDO),
    Place("consents", N_("Consents"), Deed.CONSENT),
    Place("notes", N_("Private notes"), Deed.HAND_OVER_NOTES),
    Place("people", N_("People"), Deed.INVITE),
    Place("audit", N_("Audit"), Deed.READ_AUDIT),
)
"""What there is to do for who has a role, in this order."""
BY_LINK: Final = (
    ("propose", N_("Propose")),
    ("follow", N_("Your proposal")),
    ("record", N_("Record")),
    ("confirm", N_("Still right?")),
)
"""Pages reached from another one or by a link, not from the navigation."""


def run() -> None:
    """Run the page a person asked for."""
    favicon = pieces.mark_address(pieces.FAVICON)
    st.set_page_config(page_title="Plein", page_icon=favicon, layout="wide")
    look.apply(pieces.address(pieces.STYLE), pieces.mark_address(pieces.WORDMARK))
    _choose_language()
    with language.speaking(language.current()):  # asked once, not for each word
        page = navigation.choose(_pages())
        address.arrived(page.url_path)
        try:
            with st.container(key="wrong"):  # there or empty, so that the page below stays as it is
                _say_what_is_wrong()
            page.run()
        except PleinError as error:
            st.error(language.say(error))


def _pages() -> dict[str, list[Entry]]:
    """List the pages this person may open: planners', editors' and relays' stand together.

    A page that is not for this person is hidden, not gone: it says whom it is for.
    """
    by_link = [
        Entry(folder=folder, title=_(title), shown=False)
        for folder, title in BY_LINK
        if stands(folder)
    ]
    pages = [
        Entry(folder="map", title=_("Map"), default=True),
        Entry(folder="near", title=_("Near me")),
        Entry(folder="relays", title=_("Relays")),
        Entry(folder="about", title=_("About")),
        Entry(folder="sign_in", title=_("Account") if access.account() else _("Sign in")),
        *by_link,
    ]
    territory = access.may(Deed.CHANGE_NEIGHBOURHOOD)
    planning = [
        Entry(folder="coverage", title=_("Coverage")),
        Entry(folder="gaps", title=_("Gaps")),
        Entry(folder="what_if", title=_("What if?")),
        Entry(folder="territory", title=_("Territory"), shown=territory),
        Entry(folder="figures", title=_("Figures")),
    ]
    desk = [
        Entry(
            folder=place.folder,
            title=_(place.title),
            url_path=place.url_path,
            shown=access.may_somewhere(place.deed),
        )
        for place in DESK
        if stands(place.folder)
        and (
            access.may_somewhere(place.deed) or navigation.is_asked(place.url_path or place.folder)
        )
    ]
    return {"": pages, _("Planning"): planning, _("Desk"): desk}


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
