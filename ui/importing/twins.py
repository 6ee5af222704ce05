"""The fourth screen: rows that may be in the directory already, side by side."""

import streamlit as st

from directory.importing import deciding
from directory.importing.deciding import Pair
from directory.importing.records import Batch, Choice, ImportRow
from ui import wording
from ui.importing import work
from ui.language import _, current, ngettext

SHOWN = 15
"""Pairs shown at once; the next come when these are decided."""


def show(batch: Batch) -> None:
    """Ask of each possible duplicate whether it is one."""
    with st.spinner(_("Comparing with the directory…")):
        undecided = deciding.duplicates(work.desk(), batch.id, only_undecided=True)
    if not undecided:
        st.success(_("No duplicate is left to decide."))
        st.button(_("Go on"), type="primary", on_click=work.go, args=("finish",))
        return
    n = len(undecided)
    st.write(ngettext("{n} row may be there already.", "{n} rows may be there already.", n))
    for row in undecided[:SHOWN]:
        for index, pair in enumerate(deciding.side_by_side(work.desk(), batch.id, row.number)):
            _pair(batch, pair, index)


def _pair(batch: Batch, pair: Pair, index: int) -> None:
    number = pair.row.number
    with st.container(border=True):
        left, right = st.columns(2)
        left.markdown(_heading(_("Row {number} of the file", number=number), _of_row(pair.row)))
        right.markdown(_heading(_there(pair), _of_twin(pair)))
        st.caption(" · ".join(_(reason) for reason in pair.twin.reasons))
        with st.container(horizontal=True):
            st.button(
                _("The same: keep what is there"),
                key=f"same_{number}_{index}",
                on_click=_decide,
                args=(batch.id, number, Choice.SAME, index, ()),
            )
            st.button(
                _("Different"),
                key=f"different_{number}_{index}",
                on_click=_decide,
                args=(batch.id, number, Choice.DIFFERENT, index, ()),
            )
        if pair.changes:
            _update(batch, pair, index)


def _update(batch: Batch, pair: Pair, index: int) -> None:
    number = pair.row.number
    with st.form(f"update_{number}_{index}", border=False):
        facts = st.multiselect(
            _("The same: take these facts from the file"),
            list(pair.changes),
            default=list(pair.changes),
            select_all=False,
        )
        if st.form_submit_button(_("Update")) and facts:
            _decide(batch.id, number, Choice.UPDATE, index, tuple(facts))
            st.rerun()


def _decide(batch_id: str, number: int, choice: Choice, index: int, facts: tuple[str, ...]) -> None:
    deciding.decide(work.desk(), batch_id, number, choice, twin=index, facts=facts)


def _heading(title: str, lines: list[str]) -> str:
    told = "  \n".join(wording.plain(line) for line in lines if line)
    return f"**{wording.plain(title)}**  \n{told}"


def _there(pair: Pair) -> str:
    if pair.actor is not None:
        return _("In the directory")
    return _("Row {number} of the file", number=pair.twin.row)


def _of_row(row: ImportRow) -> list[str]:
    draft = row.draft
    lines = [draft.names.best(current()), *wording.address(draft.address, current())]
    return [*lines, *(contact.value for contact in draft.contacts), draft.hours]


def _of_twin(pair: Pair) -> list[str]:
    if pair.actor is None:
        return _of_row(pair.other) if pair.other is not None else [pair.twin.name]
    actor = pair.actor
    lines = [actor.names.best(current())]
    for place in actor.places[:1]:
        lines += wording.address(place.address, current())
    return [*lines, *(contact.value for contact in actor.contacts), actor.hours]
