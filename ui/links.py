"""Links that are given to somebody: where this Plein is, and a link as a picture for a phone."""

import segno
import streamlit as st

from ui import look
from ui.language import _


def here() -> str:
    """Return the address people reach this Plein at: that of this page, without its name."""
    return str(st.context.url or "").split("?")[0].rsplit("/", 1)[0]


def show_qr(link: str) -> None:
    """Show a link as a QR code."""
    picture = segno.make(link, error="m").svg_data_uri(scale=5, border=2)
    look.render("link_qr.html.j2", picture=picture, text=_("The link as a QR code"))
