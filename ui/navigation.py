"""The navigation: few entries on top, one for a group of pages that stand beside each other.

Streamlit's own sections are lists that a screen reader cannot read on a phone, and tell the name
of the section again for each page on each rerun.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import streamlit as st

from exchange.settings import ROOT

PAGES = ROOT / "pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A page: its folder, its title, its address; one that is not `shown` is reached by a link."""

    folder: str
    title: str
    url_path: str = ""
    default: bool = False
    shown: bool = True


def stands(folder: str) -> bool:
    """Tell whether there is such a page."""
    return (PAGES / folder / "page.py").exists()


def is_asked(path: str) -> bool:
    """Tell whether the browser's address asks for a page.

    One that is not for this person has an entry there alone, where it says whom it is for: on every
    rerun of every other page it would weigh some 150 bytes.
    """
    return urlsplit(st.context.url or "").path.rpartition("/")[2] == path


def choose(groups: Mapping[str, Sequence[Entry]]) -> st.Page:
    """Return the page a person asked for, and show where else there is to go.

    Args:
        groups: entries by the title of their group; those of "" stand on top each by itself, of
            the others the first that is shown stands there for all.
    """
    made: dict[str, list[tuple[Entry, st.Page]]] = {}
    for title, entries in groups.items():
        leader = next((entry for entry in entries if entry.shown), None) if title else None
        made[title] = [
            (entry, _page(entry, title if entry is leader else "", grouped=bool(title)))
            for entry in entries
        ]
    chosen = st.navigation([page for pages in made.values() for _, page in pages], position="top")
    for title, pages in made.items():
        if title and any(page is chosen for _, page in pages):
            _beside([(entry, page) for entry, page in pages if entry.shown])
    return chosen


def _page(entry: Entry, leads: str, *, grouped: bool) -> st.Page:
    return st.Page(
        PAGES / entry.folder / "page.py",
        title=leads or entry.title,
        url_path=entry.url_path or entry.folder.replace("_", "-"),
        default=entry.default,
        visibility="visible" if entry.shown and (leads or not grouped) else "hidden",
    )


def _beside(pages: Sequence[tuple[Entry, st.Page]]) -> None:
    with st.container(key="beside", horizontal=True, gap="small"):
        for entry, page in pages:
            st.page_link(page, label=entry.title)
