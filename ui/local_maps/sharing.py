"""Where a map is: its address, the snippet for another site, its file, the link to edit it."""

from typing import Final

import streamlit as st

from directory.local_maps import LocalMap
from geo.errors import PleinError
from ui import access, state
from ui.language import _, say
from ui.links import here, show_qr
from ui.local_maps import desk
from ui.plan.snippet import iframe_of, plan_address
from ui.wording import day, plain

_MADE: Final = "local_map_link_made"


def show(stored: LocalMap, *, by_link: bool) -> None:
    """Show the addresses of a stored map; to who has a role, the link others edit it with."""
    address = plan_address(here(), stored.id)
    with st.container(horizontal=True):
        st.link_button(_("Open the map"), address)
        st.link_button(_("The map as one file"), f"{address}/file.html")
    st.caption(_("For a page of your own:"))
    embedded = plan_address(here(), stored.id, embed=True)
    st.code(iframe_of(embedded, stored.titles.best("fr")), language=None, wrap_lines=True)
    if not by_link:
        _show_links(stored)


def _show_links(stored: LocalMap) -> None:
    st.subheader(_("Compose it together"))
    st.caption(_("Who has this link may change this map, and nothing else. They need no account."))
    with st.container(horizontal=True):
        new = st.button(_("Make a link"), key=f"map_link_{stored.id}")
        end = st.button(_("End all links"), key=f"map_link_end_{stored.id}")
    by = access.told_author()
    if (new or end) and by is None:
        st.warning(_("Say your name first."))
        return
    try:
        if new and by is not None:
            token = desk.links().make(stored.id, by=by, now=state.now())
            st.session_state[_MADE] = (stored.id, token)
        if end and by is not None:
            desk.links().end(stored.id, by=by, now=state.now())
            st.session_state.pop(_MADE, None)
    except PleinError as error:
        st.error(plain(say(error)))
    made = st.session_state.get(_MADE)
    if made and made[0] == stored.id:
        link = f"{here()}/local-maps?link={made[1]}"
        st.code(link, language=None, wrap_lines=True)
        show_qr(link)
    for one in desk.links().of(stored.id):
        if one.is_open(state.now()):
            st.caption(
                _(
                    "A link of {name}, until {day}",
                    name=plain(one.made_by),
                    day=day(one.ends_at.date()),
                )
            )
