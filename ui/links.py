"""Links that are given to somebody: where this Plein is, and a link as a picture for a phone."""

import re
from urllib.parse import urlsplit

import segno
import streamlit as st

from directory.workshops.records import SITE
from exchange.lan import lan_addresses
from ui import look
from ui.access import is_this_machine
from ui.language import _


def here() -> str:
    """Return the address people reach this Plein at: that of this page, without its name."""
    return str(st.context.url or "").split("?")[0].rsplit("/", 1)[0]


def means_itself(address: str) -> bool:
    """Tell whether an address means the machine of whoever opens it.

    >>> means_itself("http://localhost:8501"), means_itself("http://192.168.1.7:8501")
    (True, False)
    """
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host == "localhost" or is_this_machine(host)


def candidates() -> list[str]:
    """List the addresses under which phones may find this machine, the likeliest first."""
    page = urlsplit(st.context.url or "")
    port = f":{page.port}" if page.port else ""
    own = f"{page.scheme or 'http'}://{page.netloc}"
    lan = [f"http://{one}{port}" for one in lan_addresses()]
    return [*lan, own] if means_itself(own) else [own, *lan]


def ask_here(key: str) -> str:
    """Return the address others reach this Plein at; it is asked where ours means each machine.

    What is printed keeps it for ever: one that others cannot open is told.
    """
    own = here()
    if not means_itself(own):
        return own
    given = st.selectbox(
        _("Where phones find this computer"),
        list(dict.fromkeys([own, *candidates()])),
        key=key,
        accept_new_options=True,
        persist_state="session",
    )
    found = str(given or "").strip().rstrip("/")
    if not re.fullmatch(SITE, found):
        found = own
    if means_itself(found):
        st.warning(_("Phones do not find this address: it means each phone itself."))
    return found


def show_qr(link: str) -> None:
    """Show a link as a QR code."""
    picture = segno.make(link, error="m").svg_data_uri(scale=5, border=2)
    look.render("link_qr.html.j2", picture=picture, text=_("The link as a QR code"))
