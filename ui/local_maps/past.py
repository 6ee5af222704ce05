"""Who changed a local map, when and by which way, the newest first."""

from typing import Final

import streamlit as st

from directory.clock import BRUSSELS
from directory.local_maps import LocalMap
from directory.store import Kind
from directory.versions import Version, versions
from ui import look, state, wording
from ui.language import _
from ui.record import words

SHOWN: Final = 20
"""So many changes are listed: more than a map has before it hangs (our choice)."""


def show(kept: LocalMap) -> None:
    """List the last changes of a map."""
    for version in versions(state.store(), Kind.LOCAL_MAP, kept.id)[:SHOWN]:
        with st.container(border=True, key=f"local_map_version_{version.number}"):
            _show_one(version)


def _show_one(version: Version) -> None:
    when = wording.moment(version.at.astimezone(BRUSSELS), None)
    fields = {path.path[0] for path in version.differences()} if version.before else set()
    look.render(
        "record_change.html.j2",
        title=_("Version {n}", n=version.number),
        meta=" · ".join(filter(None, (version.author, words.way(version.way), when))),
        lines=[],
    )
    told = list(dict.fromkeys(text for field, text in _fields().items() if field in fields))
    if told:
        st.caption(", ".join(told))


def _fields() -> dict[str, str]:
    """Say what of a map may change."""
    return {
        "neighbourhood_id": _("Where"),
        "area": _("Where"),
        "categories": _("Categories"),
        "with_actors": _("Who is on it"),
        "without_actors": _("Who is on it"),
        "titles": _("Words"),
        "introductions": _("Words"),
        "languages": _("Words"),
        "parts": _("What each entry tells"),
        "order": _("Look"),
        "signs": _("Look"),
        "accent": _("Look"),
        "makers": _("Made by"),
        "status": _("Status"),
    }
