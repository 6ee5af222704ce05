"""The last changes, those of one's own neighbourhoods first; each can be undone at once."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from directory.importing import accepting
from directory.people import Deed
from directory.store import Kind
from directory.store.rows import FIELDS, facts_of
from directory.store.store import Key
from directory.versions import Batch, Way, batches
from geo.errors import PleinError
from ui import access, look, state, wording
from ui.address import Parameter
from ui.importing import work
from ui.language import _, ngettext, say
from ui.record import words

_PAGE: Final = 20
_LOOKED_THROUGH: Final = 200
"""Batches looked through for those of one's neighbourhoods."""
_NAMED: Final = 3
_ALL: Final = "everywhere"
_SHOWN: Final = "record_changes_shown"
_SAID: Final = "record_changes_said"
PARAMETERS: Final = {_ALL: Parameter("flag")}


def show() -> None:
    """Show what was changed last, and what undoing the last one left."""
    own = access.person().neighbourhoods(state.now().date())
    for line in st.session_state.pop(_SAID, ()):
        st.warning(wording.plain(line))
    if own:
        st.toggle(_("Also outside my neighbourhoods"), key=_ALL)
    most = int(st.session_state.get(_SHOWN, _PAGE))
    found = batches(state.store(), limit=_LOOKED_THROUGH)
    if own and not st.session_state.get(_ALL):
        found = [one for one in found if _touches(one.records, own)]
    who = access.author()
    for batch in found[:most]:
        _show(batch, named=who is not None)
    if not found:
        st.info(_("Nothing was changed here yet."))
    if len(found) > most:
        st.button(
            _("Show more"), on_click=st.session_state.__setitem__, args=(_SHOWN, most + _PAGE)
        )


def _touches(records: Iterable[Key], own: frozenset[str]) -> bool:
    grounds, directory = state.grounds(), state.store().directory()
    for key in records:
        found = getattr(directory, FIELDS[key.kind]).get(key.id)
        if found is not None and own & grounds.neighbourhoods(key.kind, facts_of(found)):
            return True
    return False


def _show(batch: Batch, *, named: bool) -> None:
    with st.container(border=True, key=f"record_batch_{_safe(batch.id)}"):
        counts = ", ".join(words.counted(kind, n) for kind, n in batch.of.items())
        when = wording.moment(batch.at.astimezone(state.BRUSSELS), None)
        look.render(
            "record_batch.html.j2",
            title=batch.name or _names(batch.records),
            meta=f"{batch.author} · {words.way(batch.way)} · {when}",
            counts=counts if len(batch.records) > 1 or batch.name else "",
            undone=_undone(batch),
        )
        if batch.undoable and access.may_somewhere(Deed.UNDO):
            st.button(
                _("Undo this"),
                key=f"record_undo_{_safe(batch.id)}",
                on_click=_undo,
                args=(batch,),
                disabled=not named,
                help=None if named else _("Give your name to change anything."),
            )


def _safe(text: str) -> str:
    return "".join(sign if sign.isalnum() else "_" for sign in text)


def _undone(batch: Batch) -> str:
    if not batch.undone:
        return ""
    if batch.undone >= len(batch.records):
        return _("Undone since.")
    return ngettext(
        "{n} of {total} records was undone since.",
        "{n} of {total} records were undone since.",
        batch.undone,
        total=len(batch.records),
    )


def _names(records: tuple[Key, ...]) -> str:
    told = [name_of(key) for key in records[:_NAMED]]
    more = len(records) - _NAMED
    return ", ".join(told) + (f" + {more}" if more > 0 else "")


def name_of(key: Key) -> str:
    """Name a record, by its id where it is no longer in the directory."""
    found = getattr(state.store().directory(), FIELDS[key.kind]).get(key.id)
    return words.name(facts_of(found)) if found is not None else key.id


def _undo(batch: Batch) -> None:
    who = access.told_author()
    if who is None:
        return
    try:
        if batch.file and batch.way is Way.IMPORT:
            undone = accepting.undo(work.desk(), batch.file, by=who)
        else:
            undone = access.commands().undo(batch.id, by=who)
    except PleinError as error:
        st.session_state[_SAID] = [say(error)]
        return
    kind = next(iter(batch.of), Kind.ACTOR)
    st.session_state[_SAID] = [
        _("“{name}” was left: {reason}.", name=name_of(Key(kind, key)), reason=_(why))
        for key, why in undone.kept.items()
    ]
    if not undone.kept:
        st.toast(_("It is undone."))
