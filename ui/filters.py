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
TYPING_PAUSE = "100ms"
"""How soon the list follows the last letter: Streamlit's own 250 ms is the whole wait we allow."""
_CHOICES = ("category", "neighbourhood", "municipality", "speaks")
_FINER = (*_CHOICES, "step_free")
PANEL = "more"
"""The panel of finer filters: whether it is open."""
_NAMED = "more_named"


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
            live=TYPING_PAUSE,
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


def _choose(label: str, key: str, names: dict[str, str]) -> None:
    ordered = sorted(names, key=lambda option: names[option].casefold())
    st.multiselect(
        label,
        ordered,
        key=key,
        format_func=names.__getitem__,
        placeholder=_("All"),
        select_all=False,  # its words are English, and choosing all is choosing none
    )


def finer_query(
    atlas: Atlas, text: str, groups: tuple[str, ...], *, open_only: bool, asked: bool
) -> Query:
    """Return the whole query; ask for the finer filters where their panel is open.

    Streamlit forgets what a widget held that is not drawn, so what a closed panel holds is kept.
    """
    if asked:
        _ask_finer(atlas)
    else:
        for key in _FINER:
            st.session_state[key] = st.session_state.get(key, [] if key in _CHOICES else False)
    held = st.session_state
    return Query(
        text=text,
        groups=groups,
        categories=tuple(held["category"]),
        neighbourhoods=tuple(held["neighbourhood"]),
        municipalities=tuple(held["municipality"]),
        languages=tuple(held["speaks"]),
        step_free=bool(held["step_free"]),
        open_only=open_only,
    )


def _ask_finer(atlas: Atlas) -> None:
    language = current()
    categories = {key: found.labels.best(language) for key, found in CATEGORIES.items()}
    neighbourhoods = {key: atlas.neighbourhood_name(key, language) for key in atlas.neighbourhoods}
    towns = atlas.territory.municipalities.index
    municipalities = {key: atlas.municipality_name(key, language) for key in towns}
    spoken = {code: language_name(code) for code in atlas.spoken}
    _choose(_("Category"), "category", categories)
    _choose(_("Neighbourhood of a relay"), "neighbourhood", neighbourhoods)
    _choose(_("Municipality"), "municipality", municipalities)
    _choose(_("Language spoken there"), "speaks", spoken)
    st.toggle(_("Step-free (wheelchair)"), key="step_free")


def finer_label() -> str:
    """Name the panel of finer filters, with how many are in use.

    While it is open its name stays: to Streamlit another name is another panel, which is closed.
    """
    if not st.session_state.get(PANEL):
        used = sum(bool(st.session_state.get(name)) for name in _FINER)
        st.session_state[_NAMED] = _("More filters ({n})", n=used) if used else _("More filters")
    return str(st.session_state[_NAMED])


def clear() -> None:
    """Take every filter away."""
    for name in ("group", *_CHOICES):
        st.session_state[name] = []
    for name in ("step_free", "open"):
        st.session_state[name] = False
    st.session_state["q"] = ""
