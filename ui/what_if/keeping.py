"""Scenarios kept: opened by a link or a list, saved, renamed and taken out of sight."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final
from uuid import uuid4

import streamlit as st

from directory.actors import Status
from directory.people import Deed
from directory.plans import sort_steps
from directory.scenarios import Scenario
from directory.store import ConflictError, Kind
from geo.errors import PleinError
from ui import access, state
from ui.coverage.measured import Measured
from ui.language import _, ngettext, say
from ui.what_if.desk import desk
from ui.what_if.screen import NOW, SCENARIO

TITLE, NOTE, ASKED = "what_if_title", "what_if_note", "what_if_delete"
ANSWERS: Final = (TITLE, NOTE)
_OPEN: Final = "what_if_open"
_SAID: Final = "what_if_said"
_WRONG: Final = "what_if_wrong"
LONGEST: Final = 60
"""Letters of a title that stand in the id of its scenario."""


def scenarios() -> Mapping[str, Scenario]:
    """Return the kept scenarios that are not archived, the newest first."""
    found = state.store().directory().scenarios.values()
    kept = [one for one in found if one.status is not Status.ARCHIVED]
    return {one.id: one for one in sorted(kept, key=lambda one: (-one.made_on.toordinal(), one.id))}


def follow(found: Measured) -> None:
    """Open the scenario the address names, if it is not the one that is open."""
    mine, wanted = desk(), st.session_state.get(SCENARIO)
    if wanted == (mine.drawn.id if mine.drawn else None):
        return
    if not wanted:
        mine.open((), None)
        return
    kept = scenarios().get(str(wanted))
    if kept is None:
        st.session_state[SCENARIO] = mine.drawn.id if mine.drawn else None
        st.session_state[_WRONG] = _("There is no scenario “{id}” any more.", id=str(wanted)[:80])
        return
    standing = mine.trial.standing if mine.trial else {}
    plan, lost = sort_steps(kept.steps, found.atlas, standing)
    mine.open(plan, kept, lost)


def show_drawn(found: Measured) -> None:
    """Name the scenario that is open, and tell what it was drawn on where that is another."""
    mine = desk()
    for key, tell in ((_SAID, st.success), (_WRONG, st.warning)):
        if told := st.session_state.pop(key, ""):
            tell(_plain(told))
    if mine.drawn is None:
        return
    told = _("Scenario “{title}”", title=mine.drawn.title)
    changed = "" if mine.saved else " · " + _("changed, not saved")
    st.text(f"{told}, {mine.drawn.author}, {mine.drawn.made_on:%d/%m/%Y}{changed}")
    if mine.drawn.note:
        st.text(mine.drawn.note)
    territory = found.atlas.territory
    if mine.drawn.fingerprint and mine.drawn.fingerprint != territory.fingerprint:
        st.info(
            _plain(
                _(
                    "Drawn on outlines of {then}; these are of {now}. Steps are positions, so "
                    "they hold; the sectors were computed anew.",
                    then=_dated(mine.drawn.situation, schematic=False),
                    now=_dated(territory.situation, schematic=territory.schematic),
                )
            )
        )


def _dated(situation: str, *, schematic: bool) -> str:
    told = situation or _("an unknown date")
    kind = _("schematic")
    return f"{told} ({kind})" if schematic else told


def _plain(text: str) -> str:
    r"""Return a text that Markdown reads as it is: what is in it may be anybody's.

    >>> print(_plain("**a** [b]"))
    \*\*a\*\* \[b\]
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def show_keeping(found: Measured) -> None:
    """List the kept scenarios; where one may, save, rename and take out of sight."""
    kept = scenarios()
    _show_list(kept)
    if not access.may(Deed.CREATE_SCENARIO):
        st.caption(_("Anybody may try. Keeping a scenario is for who may change the directory."))
        return
    mine = desk()
    drawn = mine.drawn if mine.drawn and mine.drawn.id in kept else None
    with st.form("what_if_save", border=True):
        shown = drawn.title if drawn else None
        st.text_input(_("Title"), key=TITLE, max_chars=120, placeholder=shown)
        st.text_area(_("Note"), key=NOTE, max_chars=2_000, height=80)
        access.ask_name(_("Your name"))
        with st.container(horizontal=True):
            new = st.form_submit_button(_("Save as new"), type="primary", disabled=not mine.plan)
            over = drawn is not None and st.form_submit_button(_("Save over what is open"))
    if new or over:
        _save(found, drawn if over else None)
    if drawn is not None:
        _show_archive(drawn)


def _show_list(kept: Mapping[str, Scenario]) -> None:
    if not kept:
        st.caption(_("No scenario is kept yet."))
        return
    ids, now = [NOW, *kept], st.session_state.get(SCENARIO) or NOW
    st.selectbox(
        _("Open a kept scenario"),
        ids,
        index=ids.index(now) if now in ids else 0,
        format_func=lambda key: titled(kept, key),
        key=f"{_OPEN}_{now}",
        on_change=_open,
    )


def titled(kept: Mapping[str, Scenario], key: str) -> str:
    """Name a scenario in a list, or the present."""
    if key not in kept:
        return _("As it is today")
    one = kept[key]
    count = ngettext("{n} step", "{n} steps", len(one.steps))
    return f"{one.title} · {count} · {one.made_on:%d/%m/%Y}"


def _open() -> None:
    chosen = st.session_state[f"{_OPEN}_{st.session_state.get(SCENARIO) or NOW}"]
    st.session_state[SCENARIO] = None if chosen == NOW else chosen


def _save(found: Measured, over: Scenario | None) -> None:
    mine = desk()
    title = str(st.session_state[TITLE]).strip() or (over.title if over else "")
    author = access.told_author()
    if not title or author is None:
        st.warning(_("Give a title and your name."))
        return
    territory = found.atlas.territory
    try:
        made = Scenario(
            id=over.id if over else _id(title),
            title=title,
            note=str(st.session_state[NOTE]).strip() or (over.note if over else ""),
            author=author.name,
            made_on=state.now().date(),
            steps=mine.plan,
            situation=territory.situation,
            fingerprint=territory.fingerprint,
            drawn_revision=found.atlas.directory.revision,
            version=over.version if over else 0,
        )
        access.commands().save([made], by=author)
    except ConflictError:
        st.error(
            _("Somebody changed this scenario meanwhile. Save yours as new, or open theirs first.")
        )
        return
    except (PleinError, ValueError) as error:
        st.error(say(error) if isinstance(error, PleinError) else _("This cannot be saved so."))
        return
    mine.drawn, mine.lost = state.store().directory().scenarios[made.id], ()
    st.session_state[SCENARIO] = made.id
    st.session_state[_SAID] = _("Saved. The link in the address bar opens it again.")
    st.rerun()


def _id(title: str) -> str:
    """Return an id nobody has, that tells of the title.

    >>> _id("Deux de plus à Évere!")[:-7]
    'deux-de-plus-a-evere'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "scenario"
    return f"{words}-{uuid4().hex[:6]}"


def _show_archive(drawn: Scenario) -> None:
    with st.popover(_("Delete"), key=ASKED):
        st.write(_("It leaves the list; its history stays."))
        if st.button(_("Delete it"), key="what_if_delete_yes"):
            author = access.told_author()
            if author is None:
                st.warning(_("Give your name to change anything."))
                return
            try:
                access.commands().archive(Kind.SCENARIO, drawn.id, by=author, version=drawn.version)
            except PleinError as error:
                st.error(say(error))
                return
            mine = desk()
            mine.drawn, st.session_state[SCENARIO] = None, None
            st.session_state[_SAID] = _("Deleted. What is on the map is still here to try.")
            st.rerun()
