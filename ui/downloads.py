"""The selection, to take along: a table or a map file, with source and licence."""

from functools import partial

import streamlit as st

from directory.selection import Selection
from exchange.export import FORMATS, export
from layers.layer import Scene
from ui.address import opens
from ui.language import _


def offer(scene: Scene, selection: Selection) -> None:
    """Offer what is listed in each format; the file is made when it is asked for."""
    panel = st.popover(
        _("Download"), disabled=not selection.ids, key=opens("download"), on_change="rerun"
    )
    if not panel.open:
        return
    with panel:
        st.caption(_("What is listed, with its source and licence. Public facts only."))
        for format_id, known in FORMATS.items():
            st.download_button(
                _(known.title),
                data=partial(_content, scene, selection.ids, format_id),
                file_name=f"plein-{scene.at:%Y-%m-%d}.{format_id}",
                mime=known.media_type,
                key=f"download_{format_id}",
                on_click="ignore",
                width="stretch",
            )


def _content(scene: Scene, ids: tuple[str, ...], format_id: str) -> bytes:
    return export(scene.atlas, ids, format_id, scene.language).content
