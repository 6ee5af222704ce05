"""What a planner sees, to take along: spreadsheet, tables, map file, report."""

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from exchange.planning.described import Described
from exchange.planning.forms import FORMS
from exchange.planning.words import LABELS, Words
from geo.errors import PleinError
from ui.address import opens
from ui.language import _, current, say, speaking

_HIGH_PX: Final = 270


def offer(key: str, make: Callable[[], Described]) -> None:
    """Offer what `make` describes in each form; a file is made when it is asked for.

    The description is made while the panel is open, in the run of the page: it may read what the
    page knows, and what is wrong with it is told here in words.
    """
    panel = st.popover(_("Take along"), key=opens(f"leaving_{key}"), on_change="rerun")
    # Its height is there before its buttons are, so that it opens to the side where it has room.
    room = panel.container(height=_HIGH_PX, border=False)
    if not panel.open:
        return
    with room:
        try:
            described = make()
        except PleinError as error:
            st.error(say(error))
            return
        st.caption(_("What is shown, with method, sources and dates. Public facts only."))
        _buttons(key, described)


def _buttons(key: str, described: Described) -> None:
    words = words_of(described.language)
    for form_id, form in FORMS.items():
        try:
            form.check()
        except PleinError as error:
            st.warning(say(error))
            continue
        st.download_button(
            _(form.title),
            data=partial(form.write, described, words),
            file_name=f"{described.name}-{described.made_on:%Y-%m-%d}.{form.ending}",
            mime=form.media_type,
            key=f"leaving_{key}_{form_id}",
            on_click="ignore",
            width="stretch",
        )


def words_of(language: str | None = None) -> Words:
    """Return the fixed words of the files; by default in the language of who reads."""
    with speaking(language or current()):
        return Words(current(), {key: _(text) for key, text in LABELS.items()})
