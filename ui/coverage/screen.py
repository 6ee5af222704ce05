"""The page "Coverage": asked on the left with the key and the reasons, shown on the right."""

import streamlit as st

from geo.errors import PleinError
from geo.levels import Level
from layers.layer import Scene
from ui import address, look, state
from ui.coverage import area, drawn, scales, why
from ui.coverage.asking import ask, level_names, parameters, word_name
from ui.coverage.key import show_key
from ui.coverage.leaving import describe
from ui.coverage.seen import LAYERS_OF, Seen
from ui.coverage.seen import look as look_at
from ui.language import _, current, say, speaking
from ui.leaving import offer
from ui.mapview import pick, picked


@st.fragment
def show() -> None:
    """Show the page; what is asked on it runs this alone, not all that pages stand in."""
    found = parameters()
    address.read(found)
    try:
        language = current()
        with speaking(language):  # worked out for each of 300 words, it takes a third of the time
            _show(state.scene(language))
    except PleinError as error:
        st.error(say(error))
    address.write(found)


def _show(scene: Scene) -> None:
    side, ground = st.columns([5, 9], gap="medium")
    with side, st.container(key="side"):
        look.render(
            "intro.html.j2",
            title=_("Who has what nearby?"),
            text=_("On foot, from where people live."),
            near="",
        )
        asked = ask()
        seen = look_at(asked)
        if seen is None:
            st.info(_("No streets to walk are known yet: `make data WALK=` brings them."))
            return
        show_key(seen)
        chosen = _chosen(seen)
        hint = _("Choose an area on the map or in the table to see why.") if chosen is None else ""
        st.caption(f"{hint} {_note(seen)}")
        offer("coverage", lambda: describe(scene, seen, title_of(seen)))
    found = why.reasons(seen, chosen) if chosen and asked.level is Level.SECTOR else None
    with ground:
        with st.container(key="coverage_over"):
            drawn.show_maps(scene, seen, why.ways_of(found) if found else None)
            if chosen is not None:
                _show_why(scene, seen, chosen, found)
        drawn.show_areas(scene, seen, title_of(seen))


def _chosen(seen: Seen) -> str | None:
    """Return the area that is chosen, of those that are shown."""
    chosen = picked()
    if chosen is None or chosen.layer != LAYERS_OF[seen.asked.level]:
        return None
    if seen.asked.level is Level.REGION:
        return seen.now.ids[0]
    return chosen.id if chosen.id in seen.now.ids else None


def _show_why(scene: Scene, seen: Seen, chosen: str, found: why.Reasons | None) -> None:
    """Tell the reasons in a card on the map, which can be closed."""
    with st.container(key="coverage_why"):
        st.button(_("Close"), key="coverage_close", type="tertiary", on_click=lambda: pick(None))
        if found is not None:
            why.show(seen, found, scene.language)
        else:
            area.show(seen, chosen, scene.language)


def title_of(seen: Seen) -> str:
    """Tell what is shown in one line."""
    return " · ".join(
        (
            word_name(seen.asked.what),
            scales.name(seen.asked.measure),
            level_names()[seen.asked.level],
        )
    )


def _note(seen: Seen) -> str:
    """Tell what the answer stands on."""
    given = seen.now.found.population
    people = (
        _("People: {source}, {year}.", source=given.source.name, year=given.year)
        if given
        else _("How many people live where is not known yet: within a sector they count alike.")
    )
    return f"{people} " + _("Places come from the directory, ways from the streets known here.")
