"""Every figure in a list, and for editors its history: archive, bring back, undo."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from directory.actors import Status
from directory.authors import Author
from directory.indicator_versions import bring_back, changes, take_back
from directory.indicators import Indicator
from directory.people import Deed
from directory.store import Kind
from directory.store.history import Change
from geo.errors import PleinError
from layers.layer import Scene
from ui import access, look, state, wording
from ui.figures import screen, shown, telling, work
from ui.language import _, ngettext, say
from ui.wording import plain

_REFUSED = "figures_refused"


def show(scene: Scene) -> None:
    """List the figures in use; whoever may edit sees what became of each."""
    found = shown.in_use(scene.atlas.directory.indicators, scene.language)
    look.render(
        "figures_list.html.j2",
        columns=[_("Figure"), _("Year"), _("Unit"), _("Known for"), _("Source and licence"),
                 _("Version")],
        lines=[_line(scene, one) for one in found.values()],
        none=_("No figure is known yet."),
    )  # fmt: skip
    if access.may(Deed.CHANGE_INDICATOR):
        _edit(scene, found)


def _line(scene: Scene, one: Indicator) -> dict[str, Any]:
    areas = shown.areas(one, scene.atlas.territory)
    return {
        "name": one.names.best(scene.language),
        "lang": one.names.best_language(scene.language),
        "address": f"figures?figure={one.id}&lang={scene.language}",
        "year": one.year,
        "unit": telling.unit_name(one.unit),
        "known": telling.known(one, areas),
        "source": screen.source(one),
        "version": one.version,
    }


def _edit(scene: Scene, found: dict[str, Indicator]) -> None:
    put_away = shown.archived(scene.atlas.directory.indicators, scene.language)
    every = found | put_away
    if not every:
        return
    if refused := st.session_state.pop(_REFUSED, ""):
        st.error(plain(refused))
    with st.container(key="work"):
        _edit_one(every)


def _edit_one(every: dict[str, Indicator]) -> None:
    st.subheader(_("History of a figure"))
    left, right = st.columns(2, vertical_alignment="bottom")
    with left:
        key = screen.choose_one({key: _named(one) for key, one in every.items()})
    with right:
        author = access.author()
    if author is None:
        st.caption(_("Give your name to change anything."))
    _history(every[key], author)


def _named(one: Indicator) -> str:
    told = telling.name(one)
    return _("{name} (archived)", name=told) if one.status is Status.ARCHIVED else told


def _history(one: Indicator, author: Author | None) -> None:
    told = changes(state.store(), one.id)
    with st.container(horizontal=True):
        if one.status is Status.ARCHIVED:
            _button(_("Bring back"), "again", one, author, _bring_back, 0)
        else:
            _button(_("Archive"), "archive", one, author, _archive, one.version)
        if told:
            _button(_("Undo the last change"), "undo", one, author, _take_back)
    for change in told:
        _change(one, change, author)


def _change(one: Indicator, change: Change, author: Author | None) -> None:
    day = wording.day(change.at.date())
    line = _("Version {version}, {day}, {name}", version=change.version, day=day,
             name=change.author)  # fmt: skip
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(line)}**  \n{plain(_what(change))}")
        if change.version != one.version:
            _button(
                _("Back to this version"), f"v{change.version}", one, author, _bring_back,
                change.version,
            )  # fmt: skip


def _what(change: Change) -> str:
    """Tell in a few words what a change did."""
    after, before = change.after or {}, change.before
    if before is None:
        return _("new")
    if after.get("status") != before.get("status"):
        archived = after.get("status") == Status.ARCHIVED.value
        return _("archived") if archived else _("brought back")
    old, new = before["values"], after.get("values", {})
    n = sum(old.get(code) != new.get(code) for code in {*old, *new})
    told = [ngettext("{n} figure changed", "{n} figures changed", n)] if n else []
    if before["names"] != after.get("names"):
        told.append(_("another name"))
    if before["source"] != after.get("source"):
        told.append(_("another source"))
    return ", ".join(told) or _("nothing one sees")


def _button(
    label: str, name: str, one: Indicator, author: Author | None, call: Callable[..., None],
    *more: object,
) -> None:  # fmt: skip
    st.button(
        label,
        key=f"figures_{name}_{one.id}",
        disabled=author is None,
        on_click=_tried,
        args=(call, one.id, *more),
    )


def _tried(call: Callable[..., None], key: str, *given: object) -> None:
    try:
        call(key, access.acting(), *given)
    except PleinError as error:
        st.session_state[_REFUSED] = say(error)


def _archive(key: str, author: Author, version: int) -> None:
    access.commands().archive(Kind.INDICATOR, key, by=author, version=version)


def _bring_back(key: str, author: Author, version: int) -> None:
    bring_back(state.store(), key, by=author, version=version)


def _take_back(key: str, author: Author) -> None:
    take_back(state.store(), key, by=author)


def show_kept(scene: Scene) -> None:
    """Say that a figure was kept in this session just now, and offer to undo that."""
    key = work.kept()
    one = scene.atlas.directory.indicators.get(key)
    if one is None or one.status is not Status.PUBLISHED:
        return
    with st.container(border=True, key="figures_kept_box"):
        st.success(plain(_("{name} is kept, version {n}.", name=telling.name(one), n=one.version)))
        with st.container(horizontal=True):
            author = access.told_author()
            _button(_("Undo"), "kept", one, author, _undo_kept)
            if work.current() is not None:
                st.button(_("Another column of the same file"), key="figures_next", on_click=_next)
            st.button(_("Close"), key="figures_close", on_click=work.forget_kept)


def _undo_kept(key: str, author: Author) -> None:
    _take_back(key, author)
    work.forget_kept()


def _next() -> None:
    work.forget_kept()
    work.go("in")
