"""The filters of the directory; each lives in the address, so that a link opens the same view."""

import streamlit as st

from directory.atlas import Atlas
from directory.categories import CATEGORIES, GROUPS
from directory.selection import Query
from ui.language import _, current
from ui.spoken import language_name

SHOWN = ("places", "activities", "relays")


def search_box() -> str:
    """Ask for words; the answer follows while one types."""
    return (
        st.text_input(
            _("Search"),
            key="q",
            type="search",
            live=True,
            max_chars=200,
            placeholder=_("Pharmacy, food, street, neighbourhood…"),
            label_visibility="collapsed",
            bind="query-params",
        )
        or ""
    )


def shown_kind() -> str:
    """Ask which list to show."""
    names = {"places": _("Places"), "activities": _("Activities"), "relays": _("Relays")}
    chosen = st.segmented_control(
        _("Show"),
        SHOWN,
        default="places",
        required=True,
        key="show",
        format_func=names.__getitem__,
        label_visibility="collapsed",
        width="stretch",
        bind="query-params",
    )
    return str(chosen)


def group_pills() -> tuple[str, ...]:
    """Ask for groups of categories: the quick filter."""
    language = current()
    return tuple(
        st.pills(
            _("Groups"),
            list(GROUPS),
            selection_mode="multi",
            key="group",
            format_func=lambda key: GROUPS[key].labels.best(language),
            label_visibility="collapsed",
            bind="query-params",
        )
    )


def _choice(label: str, key: str, names: dict[str, str]) -> tuple[str, ...]:
    ordered = sorted(names, key=lambda option: names[option].casefold())
    return tuple(
        st.multiselect(
            label,
            ordered,
            key=key,
            format_func=names.__getitem__,
            placeholder=_("All"),
            bind="query-params",
        )
    )


def more_filters(atlas: Atlas, text: str, groups: tuple[str, ...]) -> Query:
    """Ask for the finer filters and return the whole query."""
    language = current()
    towns = atlas.territory.municipalities.index
    spoken = sorted({code for actor in atlas.actors.values() for code in actor.languages})
    categories = _choice(
        _("Category"),
        "category",
        {key: found.labels.best(language) for key, found in CATEGORIES.items()},
    )
    neighbourhoods = _choice(
        _("Neighbourhood of a relay"),
        "neighbourhood",
        {key: atlas.neighbourhood_name(key, language) for key in atlas.neighbourhoods},
    )
    municipalities = _choice(
        _("Municipality"),
        "municipality",
        {key: atlas.municipality_name(key, language) for key in towns},
    )
    languages = _choice(
        _("Language spoken there"), "speaks", {code: language_name(code) for code in spoken}
    )
    step_free = st.toggle(_("Step-free (wheelchair)"), key="step_free", bind="query-params")
    return Query(
        text=text,
        groups=groups,
        categories=categories,
        neighbourhoods=neighbourhoods,
        municipalities=municipalities,
        languages=languages,
        step_free=step_free,
        open_only=bool(st.session_state.get("open")),
    )
