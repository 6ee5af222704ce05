"""The filters of the directory."""

import streamlit as st

from directory.atlas import Atlas
from directory.categories import CATEGORIES, GROUPS
from directory.selection import Query
from ui.address import Parameter
from ui.language import _, current
from ui.mapview import PICK, is_pick
from ui.spoken import language_name

SHOWN = ("places", "activities", "relays")
TEXT_MAX = 200


def parameters(atlas: Atlas) -> dict[str, Parameter]:
    """Return what of this page is kept in the address."""
    towns = set(atlas.territory.municipalities.index)
    return {
        "q": Parameter("text", lambda value: len(value) <= TEXT_MAX),
        "group": Parameter("many", GROUPS.__contains__),
        "category": Parameter("many", CATEGORIES.__contains__),
        "neighbourhood": Parameter("many", atlas.neighbourhoods.__contains__),
        "municipality": Parameter("many", towns.__contains__),
        "speaks": Parameter("many", atlas.spoken.__contains__),
        "step_free": Parameter("flag"),
        "open": Parameter("flag"),
        "show": Parameter("one", SHOWN.__contains__, default=SHOWN[0]),
        PICK: Parameter("one", is_pick),
    }


def search_box() -> str:
    """Ask for words; the answer follows while one types."""
    return (
        st.text_input(
            _("Search"),
            key="q",
            type="search",
            live=True,
            max_chars=TEXT_MAX,
            placeholder=_("Pharmacy, school, street, neighbourhood…"),
            label_visibility="collapsed",
        )
        or ""
    )


def shown_kind() -> str:
    """Ask which list to show."""
    names = {"places": _("Places"), "activities": _("Activities"), "relays": _("Relays")}
    chosen = st.segmented_control(
        _("Show"),
        SHOWN,
        required=True,
        key="show",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width="stretch",
    )
    return str(chosen)


def group_pills() -> tuple[str, ...]:
    """Ask for groups of categories: the quick filter."""
    language = current()
    chosen = st.pills(
        _("Groups"),
        list(GROUPS),
        selection_mode="multi",
        key="group",
        format_func=lambda key: GROUPS[key].labels.best(language),
        label_visibility="collapsed",
    )
    return tuple(chosen)


def _choice(label: str, key: str, names: dict[str, str]) -> tuple[str, ...]:
    ordered = sorted(names, key=lambda option: names[option].casefold())
    chosen = st.multiselect(
        label,
        ordered,
        key=key,
        format_func=names.__getitem__,
        placeholder=_("All"),
        select_all=False,  # its words are English, and choosing all is choosing none
    )
    return tuple(chosen)


def finer_query(atlas: Atlas, text: str, groups: tuple[str, ...], *, open_only: bool) -> Query:
    """Ask for the finer filters and return the whole query."""
    language = current()
    categories = {key: found.labels.best(language) for key, found in CATEGORIES.items()}
    neighbourhoods = {key: atlas.neighbourhood_name(key, language) for key in atlas.neighbourhoods}
    towns = atlas.territory.municipalities.index
    municipalities = {key: atlas.municipality_name(key, language) for key in towns}
    spoken = {code: language_name(code) for code in atlas.spoken}
    return Query(
        text=text,
        groups=groups,
        categories=_choice(_("Category"), "category", categories),
        neighbourhoods=_choice(_("Neighbourhood of a relay"), "neighbourhood", neighbourhoods),
        municipalities=_choice(_("Municipality"), "municipality", municipalities),
        languages=_choice(_("Language spoken there"), "speaks", spoken),
        step_free=st.toggle(_("Step-free (wheelchair)"), key="step_free"),
        open_only=open_only,
    )


def finer_label() -> str:
    """Name the panel of finer filters, with how many are in use."""
    names = ("category", "neighbourhood", "municipality", "speaks", "step_free")
    used = sum(bool(st.session_state.get(name)) for name in names)
    return _("More filters ({n})", n=used) if used else _("More filters")


def clear() -> None:
    """Take every filter away."""
    for name in ("group", "category", "neighbourhood", "municipality", "speaks"):
        st.session_state[name] = []
    for name in ("step_free", "open"):
        st.session_state[name] = False
    st.session_state["q"] = ""
