"""The corner of the card: it copies the address of the view, and keeps the card in sight."""

import streamlit as st

from ui.language import _
from ui.pieces import component_script

_button = st.components.v2.component(
    "plein_share",
    html='<button type="button" class="plein-share" hidden></button>'
    '<input hidden readonly class="plein-share-link"><span role="status"></span>',
    js=component_script("share"),
    isolate_styles=False,
)


def copy_link_button(chosen: str, link: str = "") -> None:
    """Offer to copy the link to what is chosen; where the browser forbids it, show it selected.

    `link` is another address than the page's own.

    A card of something else is brought into sight; one that closes leads back to the list.
    """
    _button(
        key="share",
        data={
            "chosen": chosen,
            **({"link": link} if link else {}),
            "label": _("Copy link"),
            "done": _("The link to this view is copied."),
        },
        width="content",
    )
