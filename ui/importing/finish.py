"""The last screen: into the directory at once, a report for each row, and back out at once."""

from functools import partial

import streamlit as st

from directory.authors import Author
from directory.importing import accepting, settling
from directory.importing.records import Batch, Step
from exchange.imports import report
from ui import wording
from ui.importing import places, work
from ui.language import _, catalog, current

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOLD = 20
"""Rows left out that are told on the screen; the report has them all."""


def show(batch: Batch, author: Author | None) -> None:
    """Accept what is ready, undo what was accepted, hand over the report."""
    if batch.step is Step.ACCEPTED:
        st.success(_("This file is in the directory."))
    if batch.step is Step.UNDONE:
        st.info(_("This file was taken back: the directory is as it was before."))
    left = places.left_to_settle(settling.heaps(work.desk(), batch.id))
    if left:
        st.info(left)
    ready = accepting.readiness(work.desk(), batch.id)
    for column, (name, count) in zip(
        st.columns(4),
        (
            (_("New"), ready.created),
            (_("Updated"), ready.updated),
            (_("There already"), ready.already_there),
            (_("Left out"), len(ready.left)),
        ),
        strict=True,
    ):
        column.metric(name, wording.number(count))
    _press(batch, author, anything=bool(ready.created + ready.updated + ready.already_there))
    if ready.left:
        with st.expander(_("Why rows are left out")):
            for number, sentences in list(ready.left.items())[:TOLD]:
                row = _("Row {number}", number=number)
                told = " ".join(work.said(one) for one in sentences)
                st.markdown(f"- {wording.plain(row)}: {wording.plain(told)}")


def _press(batch: Batch, author: Author | None, *, anything: bool) -> None:
    language = current()
    with st.container(horizontal=True):
        if st.button(
            _("Bring it into the directory"),
            type="primary",
            disabled=author is None or not anything,
        ):
            assert author is not None  # noqa: S101 - the button was disabled
            accepting.accept(work.desk(), batch.id, by=author)
            st.rerun()
        if batch.step is Step.ACCEPTED and st.button(
            _("Undo the whole file"), disabled=author is None
        ):
            assert author is not None  # noqa: S101
            undone = accepting.undo(work.desk(), batch.id, by=author)
            if not undone.kept:
                st.rerun()
            for key, why in undone.kept.items():
                st.warning(wording.plain(f"{key}: {_(why)}"))
        st.download_button(
            _("Report: what became of each row"),
            data=partial(_report, batch.id, language),
            file_name=f"{batch.name.rsplit('.', 1)[0]}-plein.xlsx",
            mime=_XLSX,
            on_click="ignore",
        )


def _report(batch_id: str, language: str) -> bytes:
    return report(work.desk(), batch_id, say=catalog(language).gettext)
