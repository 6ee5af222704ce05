"""Save what the form says; where somebody else saved meanwhile, both are brought together."""

from collections.abc import Sequence
from uuid import uuid4

import streamlit as st
from pydantic import ValidationError

from directory.authors import Author
from directory.commands import refusal
from directory.merging import Facts, Side, merge
from directory.store import ConflictError
from directory.store.rows import Stored, record_of
from geo.errors import PleinError
from ui import access, state
from ui.language import _
from ui.record.desk import Desk
from ui.record.subject import stored


def save(desk: Desk, who: Author) -> None:
    """Write the form over the version that was read."""
    mine = {**desk.mine, "version": desk.base["version"]}
    _try(desk, who, [mine])


def save_merged(desk: Desk, who: Author) -> None:
    """Write both over the version somebody saved meanwhile.

    Where theirs was chosen, what one wrote oneself is written first, as a version of its own:
    so both stand in the history.
    """
    merged = desk.merged()
    if merged is None or merged.open or desk.theirs is None:
        return
    mine = merge(
        desk.base, desk.mine, desk.theirs, {one.path: Side.MINE for one in merged.conflicts}
    )
    steps = [merged.facts]
    if any(desk.decided.get(one.path) is Side.THEIRS for one in merged.conflicts):
        steps = [mine.facts, {**merged.facts, "version": mine.facts["version"] + 1}]
    desk.take_up(desk.theirs, merged.facts)
    _try(desk, who, steps)


def meet(desk: Desk) -> None:
    """Lay what somebody saved meanwhile beside what one wrote."""
    theirs = stored(desk.subject)
    if theirs is not None and theirs["version"] != desk.base["version"]:
        desk.theirs, desk.decided = theirs, {}


def _try(desk: Desk, who: Author, steps: Sequence[Facts]) -> None:
    commands, batch = access.commands(), f"record-{uuid4().hex}"
    try:
        for facts in steps:
            commands.save([_record(desk, facts)], by=who, batch=batch)
            desk.base = {**facts, "version": facts["version"] + 1}
    except ConflictError:
        state.store().expect(state.store().directory().revision + 1)  # ask the database now
        meet(desk)
        st.rerun()
    except PleinError as error:
        desk.problem = error
        st.rerun()
    standing = stored(desk.subject)
    if standing is not None:
        desk.take_up(standing)
    st.toast(_("Saved."))
    st.rerun()


def _record(desk: Desk, facts: Facts) -> Stored:
    kind = desk.subject.kind
    try:
        return record_of(kind, dict(facts))
    except ValidationError as error:
        raise refusal(kind, desk.subject.id, error) from error
