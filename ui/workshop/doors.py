"""The way in: where phones find this machine, the code, the big screen; and closing it all."""

from collections.abc import Callable
from typing import Final

import segno
import streamlit as st

from directory.authors import Author
from directory.workshops import LinkUse, Workshop, WorkshopStatus
from geo.errors import PleinError
from ui import access, look, state
from ui.language import _, current, say
from ui.links import candidates, means_itself
from ui.workshop import pages
from ui.workshop.desk import workshops

_OPENED: Final = "workshop_links"
_TOLD: Final = "workshop_told"
_SCALE: Final = 6


def links(workshop: Workshop) -> tuple[str, str] | None:
    """Return the code for phones and the token for the screen made in this session."""
    found = st.session_state.get(_OPENED, {}).get(workshop.id)
    return (found[0], found[1]) if found else None


def make_links(workshop: Workshop, author: Author) -> tuple[str, str]:
    """Return them, made where there are none yet."""
    found = links(workshop)
    if found is None:
        uses = (LinkUse.PHONE, LinkUse.SCREEN)
        phone, screen = (workshops().open_link(workshop, use, by=author) for use in uses)
        found = (phone, screen)
        st.session_state.setdefault(_OPENED, {})[workshop.id] = found
    return found


def show(workshop: Workshop, author: Author) -> None:
    """Show how people come in, or how to open the doors."""
    del author
    show_refused()
    offered = list(dict.fromkeys([*filter(None, [workshop.address]), *candidates()]))
    chosen = st.selectbox(
        _("Where phones find this computer"),
        offered,
        key=_address_key(workshop),
        accept_new_options=True,
        help=_(
            "The address of this computer on the Wi-Fi of the room. Plein must listen there: "
            "start it with “make workshop”. If it is not in the list, write it."
        ),
    )
    with st.container(horizontal=True):
        made = links(workshop)
        label = _("Show the way in") if made is None or chosen != workshop.address else ""
        if label and workshop.takes(state.now()):
            st.button(
                label,
                type="primary",
                key="workshop_open",
                on_click=_open,
                args=(workshop,),
            )
        _closing(workshop)
    if made is not None and workshop.address:
        _way(workshop, *made)


def _address_key(workshop: Workshop) -> str:
    return f"workshop_address_{workshop.id}"


def _open(workshop: Workshop) -> None:
    """Make the links, to the address that stands there by now: it may be typed just before."""

    def work() -> None:
        held, author = workshop, access.acting()
        chosen = str(st.session_state[_address_key(workshop)]).strip().rstrip("/")
        if chosen != workshop.address:
            held = workshops().change(workshop, by=author, address=chosen)
        make_links(held, author)

    attempt(work)


def show_refused() -> None:
    """Tell what stood against what a button is for."""
    if error := st.session_state.pop(_TOLD, None):
        st.error(say(error))


def attempt(work: Callable[[], object]) -> None:
    """Do what a button is for; what stands against it is told on the page."""
    try:
        work()
    except PleinError as error:
        st.session_state[_TOLD] = error


def _closing(workshop: Workshop) -> None:
    if workshop.status is WorkshopStatus.OPEN:
        st.button(
            _("Close the workshop"),
            key="workshop_close",
            on_click=lambda: attempt(lambda: workshops().close(workshop, by=access.acting())),
        )
    else:
        st.button(
            _("Open it again"),
            key="workshop_reopen",
            on_click=lambda: attempt(lambda: workshops().reopen(workshop, by=access.acting())),
        )
    with st.popover(_("End every link…")):
        st.write(
            _("Every phone, sheet and screen is cut off, and new links are made. What came stays.")
        )
        st.button(
            _("End them"),
            key="workshop_end_links",
            on_click=lambda: attempt(lambda: _end(workshop)),
        )


def _end(workshop: Workshop) -> None:
    workshops().end_links(workshop, by=access.acting())
    st.session_state.get(_OPENED, {}).pop(workshop.id, None)


def _way(workshop: Workshop, phone: str, screen: str) -> None:
    way = pages.way_in(workshop.address, phone)
    look.render(
        "workshop_way.html.j2",
        lang=current(),
        drawing=segno.make(way, error="m", micro=False).png_data_uri(scale=_SCALE, border=3),
        label=_("The QR code"),
        caption=_("For the phones: on the same Wi-Fi, scan it or type the address."),
        way=way,
        screen=f"./workshop/{screen}/screen?lang={current()}#{phone}",
        screen_name=_("Open the big screen"),
        sheet=f"./workshop/{phone}/sheet?lang={current()}",
        sheet_name=_("Type in a table's sheet"),
    )
    if means_itself(workshop.address):
        st.warning(_("Phones do not find this address: it means each phone itself."))
