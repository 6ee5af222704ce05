"""Who changed a record, when, by which way and what; an earlier version is brought back."""

from typing import Any, Final

import streamlit as st

from directory.clock import BRUSSELS
from directory.store import ConflictError
from directory.versions import Version, Way, restore, versions
from geo.errors import PleinError
from ui import access, look, state, wording
from ui.language import _, ngettext, say
from ui.record import words
from ui.record.contacts import seen
from ui.record.desk import Desk
from ui.record.subject import may_change, may_restore, stored
from ui.record.told import lines
from ui.record.told import seen as shown_to

_SHOWN: Final = 20
"""Versions shown before one asks for all."""
_SECRET: Final = frozenset({"places", "names", "descriptions"})
"""What may tell a secret place, in the version that stands or an earlier one."""
_ALL: Final = "record_all_versions"


def show(desk: Desk) -> None:
    """Show the versions, the newest first."""
    st.subheader(_("History"))
    found = versions(state.store(), desk.subject.kind, desk.subject.id)
    everything = bool(st.session_state.get(_ALL))
    restorable = may_restore(desk.subject, desk.base)
    for version in found if everything else found[:_SHOWN]:
        _show(desk, version, restorable=restorable)
    if len(found) > _SHOWN and not everything:
        more = ngettext("Show {n} version", "Show all {n} versions", len(found))
        st.button(more, on_click=st.session_state.__setitem__, args=(_ALL, True))


def _show(desk: Desk, version: Version, *, restorable: bool) -> None:
    with st.container(border=True, key=f"record_version_{version.number}"):
        when = wording.moment(version.at.astimezone(BRUSSELS), None)
        look.render(
            "record_change.html.j2",
            title=_title(version),
            meta=" · ".join(
                filter(None, (version.author, words.way(version.way), when, version.reason))
            ),
            lines=_lines(desk, version),
        )
        if restorable and version.facts is not None and not version.current:
            st.button(
                _("Bring version {n} back", n=version.number),
                key=f"record_restore_{version.number}",
                on_click=_restore,
                args=(desk, version),
                disabled=desk.changed,
                help=_("Save or drop your changes first.") if desk.changed else None,
            )


def _title(version: Version) -> str:
    told = _("Version {n}", n=version.number)
    stands = _("as it stands")
    return f"{told} ({stands})" if version.current else told


def _lines(desk: Desk, version: Version) -> list[Any]:
    if version.before is None and version.way is not Way.UNDONE:
        return []
    compared = (version.before, version.facts, desk.base)
    found = shown_to(version.differences(), compared, seen(desk))
    secret = any(facts and facts.get("secret_place") for facts in compared)
    if secret and not may_change(desk.subject, desk.base):
        found = [one for one in found if one.path[0] not in _SECRET]
    return lines(found)


def _restore(desk: Desk, version: Version) -> None:
    who = access.told_author()
    if who is None:
        desk.said = _("Give your name first.")
        return
    subject = desk.subject
    try:
        restore(
            access.commands(),
            state.store(),
            subject.kind,
            subject.id,
            version.revision,
            by=who,
            version=int(desk.base["version"]),
        )
    except ConflictError:
        desk.said = _("Somebody saved it just now: look at the newest version first.")
    except PleinError as error:
        desk.said = say(error)
    else:
        st.toast(_("Version {n} is back.", n=version.number))
    state.store().expect(state.store().directory().revision + 1)
    standing = stored(subject)
    if standing is not None and not desk.changed:
        desk.take_up(standing)
