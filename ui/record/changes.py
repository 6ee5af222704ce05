"""The last changes, those of one's own neighbourhoods first; each can be undone at once."""

from collections.abc import Iterable
from typing import Final

import streamlit as st

from directory.clock import BRUSSELS
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
from ui.record.correcting import RECORD
from ui.record.subject import SUBJECT, read, stored

_PAGE: Final = 20
_LOOKED_THROUGH: Final = 200
"""Batches looked through for those of one's neighbourhoods."""
_NAMED: Final = 3
_ALL: Final = "everywhere"
_SHOWN: Final = "record_changes_shown"
_SAID: Final = "record_changes_said"
PARAMETERS: Final = {_ALL: Parameter("flag")}


def show() -> None:
    """Show what was changed last, day by day, and what undoing the last one left."""
    own = access.person().neighbourhoods(state.now().date())
    for line in st.session_state.pop(_SAID, ()):
        st.warning(wording.plain(line))
    with st.container(width=420):
        who = access.author()
    if own:
        st.toggle(_("Also outside my neighbourhoods"), key=_ALL)
    most = int(st.session_state.get(_SHOWN, _PAGE))
    found = batches(state.store(), limit=_LOOKED_THROUGH)
    if own and not st.session_state.get(_ALL):
        found = [one for one in found if _touches(one.records, own)]
    day = None
    for batch in found[:most]:
        at = batch.at.astimezone(BRUSSELS)
        if at.date() != day:
            day = at.date()
            st.subheader(wording.weekday(day))
        _show(batch, named=who is not None)
    if not found:
        st.info(_("Nothing was changed here yet."))
    if len(found) > most:
        more = most + _PAGE
        st.button(_("Show more"), on_click=st.session_state.__setitem__, args=(_SHOWN, more))


def _touches(records: Iterable[Key], own: frozenset[str]) -> bool:
    grounds, directory = state.grounds(), state.store().directory()
    for key in records:
        found = getattr(directory, FIELDS[key.kind]).get(key.id)
        if found is not None and own & grounds.neighbourhoods(key.kind, facts_of(found)):
            return True
    return False


def _show(batch: Batch, *, named: bool) -> None:
    name, several = _safe(batch.id), len(batch.records) > 1
    with st.container(border=True, horizontal=True, key=f"record_batch_{name}"):
        counts = ", ".join(words.counted(kind, n) for kind, n in batch.of.items())
        look.render(
            "record_batch.html.j2",
            time=f"{batch.at.astimezone(BRUSSELS):%H:%M}",
            title=batch.name or _names(tuple(batch.records)),
            meta=f"{batch.author} · {words.way(batch.way)}",
            counts=counts if several or batch.name else "",
            undone=_undone(batch),
        )
        subject = read(f"{FIELDS[next(iter(batch.records)).kind]}:{next(iter(batch.records)).id}")
        if not several and subject is not None and stored(subject) is not None:
            st.page_link(RECORD, label=_("History"), query_params={SUBJECT: str(subject)})
        if batch.undoable and _standing(batch) and access.may_somewhere(Deed.UNDO):
            st.button(
                _("Undo this"),
                key=f"record_undo_{name}",
                on_click=_undo,
                args=(batch,),
                disabled=not named,
                help=None if named else _("Give your name to change anything."),
            )


def _standing(batch: Batch) -> bool:
    """Whether any of it is still as it was left: only that can be undone."""
    directory = state.store().directory()
    return any(
        found is not None and found.version == version
        for key, version in batch.records.items()
        for found in (getattr(directory, FIELDS[key.kind]).get(key.id),)
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
