"""The page of local maps: which there are, the one that is open, what may be done with it."""

from typing import Final
from zlib import crc32

import streamlit as st

from directory.actors import Status
from directory.local_maps import LocalMap
from directory.people import Deed
from directory.store import ConflictError
from geo.errors import PleinError
from layers.layer import Scene
from ui import access
from ui.language import _, current, say
from ui.links import ask_here, here
from ui.local_maps import composing, desk, past, printing, publishing, sharing
from ui.local_maps.desk import MAP, Desk
from ui.plan.snippet import plan_address
from ui.wording import plain

_SAID: Final = "local_map_said"
_OPEN: Final = "local_map_open"


def show(scene: Scene, mine: Desk) -> None:
    """Show the list, and beside what is asked the sheet as it will be printed."""
    with st.container(key="local_map_told"):  # there or empty: what is below stays as it is
        if told := st.session_state.pop(_SAID, ""):
            st.success(plain(told))
    if mine.by_link:
        _ask_guest()
    else:
        access.ask_name(_("Your name, for the history"))
        _choose(scene, mine)
    stored = desk.opened(mine)
    if stored is None:
        return
    asked, sheet = st.columns([5, 7], gap="medium")
    with asked, st.container(key="local_map_asked"):
        draft = _compose(scene, mine, stored)
    with sheet, st.container(key="local_map_sheet"):
        address = plan_address(ask_here("local_map_root"), stored.id)
        printing.show(scene, draft, address=address)
    kept = mine.maps[stored.id]
    if kept.version:
        _show_ways(scene, mine, kept, address, changed=draft != kept)
    if _base_key(kept) not in st.session_state:
        st.rerun()  # once what was pressed elsewhere on the page is done


def _ask_guest() -> None:
    st.info(_("You came by a link: you may change this map, and nothing else."))
    st.text_input(_("Your name, for the history"), key="local_map_guest", max_chars=80)


def _choose(scene: Scene, mine: Desk) -> None:
    """Choose a map, or begin one."""
    language = current()
    keys = list(mine.maps)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if keys:
            now = str(st.session_state.get(MAP) or "")
            labels = [mine.maps[key].titles.best(language) for key in keys]
            # The browser answers with a label: of other labels, it has to be another widget.
            widget = f"{_OPEN}_{now}_{crc32(chr(0).join(labels).encode())}"
            st.selectbox(
                _("Local map"),
                keys,
                index=keys.index(now) if now in keys else None,
                format_func=lambda key: mine.maps[key].titles.best(language),
                placeholder=_("Choose a map"),
                key=widget,
                on_change=_open,
                args=(widget,),
            )
        hoods = [
            key
            for key in scene.atlas.neighbourhoods
            if access.may(Deed.CREATE_LOCAL_MAP, neighbourhoods=[key])
        ]
        chosen = st.selectbox(
            _("A new map, of"),
            hoods,
            index=None,
            format_func=lambda key: scene.atlas.neighbourhood_name(key, language),
            placeholder=_("Choose a neighbourhood"),
            key=f"local_map_hood_{language}",
        )
        st.button(
            _("Begin"),
            disabled=chosen is None,
            key="local_map_begin",
            on_click=_begin,
            args=(scene, chosen),
        )


def _open(chosen: str) -> None:
    st.session_state[MAP] = st.session_state[chosen] or ""


def _begin(scene: Scene, neighbourhood: str) -> None:
    """Make and store a first map, so that it has an address from the beginning."""
    by = access.told_author()
    if by is None:
        st.session_state[_SAID] = _("Say your name first.")
        return
    made = desk.first(scene, neighbourhood, by)
    try:
        desk.save(Desk({}), made, by)
    except PleinError as error:
        st.session_state[_SAID] = say(error)
        return
    st.session_state[MAP] = made.id


def _compose(scene: Scene, mine: Desk, kept: LocalMap) -> LocalMap:
    """Ask from the map the form began with, so that nothing of it goes when others save theirs."""
    base: LocalMap = st.session_state.setdefault(_base_key(kept), kept)
    stale = base.version != kept.version
    try:
        draft = composing.ask(scene, base, moves=not mine.by_link)
    except (PleinError, ValueError) as error:
        told = say(error) if isinstance(error, PleinError) else _("Something is not right here.")
        st.error(plain(told))
        return base
    if stale and draft == base:
        _renew(kept)
        return kept
    with st.container(horizontal=True, vertical_alignment="center"):
        pressed = st.button(_("Save"), type="primary", disabled=draft == base, key="local_map_save")
        if not mine.by_link and st.button(_("Take it out of sight"), key="local_map_away"):
            draft = kept.model_copy(update={"status": Status.ARCHIVED})
            pressed = True
        if draft != base and not pressed:
            st.caption(_("Changed, not saved yet"))
    if pressed:
        _save(mine, draft)
    elif stale:
        st.warning(_meanwhile())
    if stale:
        st.button(_("See theirs"), key="local_map_theirs", on_click=_renew, args=(kept,))
    return draft


def _base_key(kept: LocalMap) -> str:
    return f"local_map_{kept.id}_base"


def _renew(kept: LocalMap) -> None:
    """Begin the form again with the map as it is stored."""
    st.session_state.pop(_base_key(kept), None)


def _meanwhile() -> str:
    return _(
        "Somebody changed this map meanwhile. What you changed is still here to copy; "
        "see theirs after that."
    )


def _save(mine: Desk, draft: LocalMap) -> None:
    by = access.told_author()
    if mine.by_link:
        name = str(st.session_state.get("local_map_guest") or "").strip()
        by = access.guest(name) if name else None
    if by is None:
        st.warning(_("Say your name first."))
        return
    try:
        desk.save(mine, draft, by)
    except ConflictError:
        st.error(_meanwhile())
    except PleinError as error:
        st.error(plain(say(error)))
    else:
        _renew(draft)
        st.session_state[_SAID] = _("The map is saved.")
        st.rerun()


def _show_ways(scene: Scene, mine: Desk, kept: LocalMap, address: str, *, changed: bool) -> None:
    share, editions, history = st.tabs([_("Share"), _("Editions"), _("History")])
    with share:
        sharing.show(kept, by_link=mine.by_link)
    with editions:
        root = here()
        publishing.show(
            scene, kept, root=root, address=address, changed=changed, by_link=mine.by_link
        )
    with history:
        past.show(kept)
