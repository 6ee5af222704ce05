"""A button that copies the address of the present view."""

import streamlit as st

from ui.language import _
from ui.pieces import component_script

_button = st.components.v2.component(
    "plein_share",
    html='<button type="button" class="plein-share"></button>'
    '<input hidden readonly class="plein-share-link"><span role="status"></span>',
    js=component_script("share"),
    isolate_styles=False,
)


def copy_link_button() -> None:
    """Offer to copy the link; where the browser forbids it, show it selected."""
    _button(
        key="share",
        data={"label": _("Copy link"), "done": _("The link to this view is copied.")},
        width="content",
    )
