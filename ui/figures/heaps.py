"""The third screen: every row in its heap, before anything is kept."""

from collections.abc import Iterable
from functools import partial
from typing import Final

import streamlit as st

from directory.indicator_report import MISSING, REFUSED, TOLD, Heap, Report, Row
from exchange.indicator_report_file import report_file
from geo.errors import PleinError
from ui import state, wording
from ui.figures import work
from ui.figures.work import Work
from ui.language import _, catalog, current, say

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN: Final = 200
"""Rows of a heap shown; the report has them all."""
_KEPT: Final = frozenset((Heap.TAKEN, Heap.UNKNOWN, Heap.MAPPED))


def show(under_way: Work, report: Report) -> None:
    """Tell what would become of each row, and go on if the file may be kept."""
    _counts(report)
    leave_out, refusal = _verdict(under_way, report)
    told = {sentence.message: work.said(sentence) for sentence in report.told()}
    for heap in sorted(Heap, key=lambda heap: heap not in REFUSED):
        if TOLD[heap] in told:
            _heap(report, heap, told[TOLD[heap]])
    if MISSING in told:
        with st.expander(wording.plain(told[MISSING])):
            st.dataframe({_("Code"): list(report.missing)}, hide_index=True)
    with st.container(horizontal=True):
        if st.button(
            _("Go on: names and source"),
            type="primary",
            disabled=refusal,
            key=f"figures_source_{under_way.key}",
        ):
            if leave_out or not report.refused:
                under_way.sourced = True
            st.rerun()
        _leave(under_way)
        st.download_button(
            _("Report: what became of each row"),
            data=partial(_content, report, current()),
            file_name="plein-figures-report.xlsx",
            mime=_XLSX,
            on_click="ignore",
            key=f"figures_report_{under_way.key}",
        )


def _leave(under_way: Work) -> None:
    if under_way.sheet is not None:
        st.button(
            _("Back to the columns"),
            key=f"figures_back_{under_way.key}",
            on_click=_to_columns,
            args=(under_way,),
        )
    else:
        st.button(_("Another file"), key=f"figures_leave_{under_way.key}", on_click=work.leave)


def _to_columns(under_way: Work) -> None:
    under_way.figure = under_way.report = None


def _content(report: Report, language: str) -> bytes:
    return report_file(report, day=state.now().date(), say=catalog(language).gettext)


def _counts(report: Report) -> None:
    areas = sum(value is not None for value in report.values.values())
    unknown = len(report.missing) + sum(value is None for value in report.values.values())
    refused = len(report.refused)
    left = len(report.rows) - refused - sum(row.heap in _KEPT for row in report.rows)
    for column, (name, count) in zip(
        st.columns(4),
        (
            (_("Areas with a figure"), areas),
            (_("Areas unknown"), unknown),
            (_("Rows left aside"), left),
            (_("Rows that stop the file"), refused),
        ),
        strict=True,
    ):
        column.metric(name, wording.number(count))


def _verdict(under_way: Work, report: Report) -> tuple[bool, bool]:
    """Tell whether the file may be kept; return what was chosen, and whether it is refused."""
    leave_out = False
    try:
        report.check(leave_out=True)
    except PleinError as error:
        st.error(wording.plain(say(error)))
        return leave_out, True
    try:
        report.check()
    except PleinError as error:
        place = st.container()
        leave_out = st.toggle(
            _("Leave these rows out: the areas they name stay unknown"),
            key=f"figures_left_{under_way.key}",
        )
        with place:
            (st.warning if leave_out else st.error)(wording.plain(say(error)))
        return leave_out, not leave_out
    st.success(_("Every row can be used or is left aside for a reason told below."))
    return leave_out, False


def _heap(report: Report, heap: Heap, told: str) -> None:
    rows = [row for row in report.rows if row.heap is heap]
    with st.expander(wording.plain(told), expanded=heap in REFUSED):
        st.dataframe(_table(rows[:SHOWN]), hide_index=True, width="stretch")
        if len(rows) > SHOWN:
            st.caption(_("The first {n} of them; the report has them all.", n=SHOWN))


def _table(rows: Iterable[Row]) -> dict[str, list[str | int]]:
    shown = list(rows)
    return {
        _("Line in the file"): [row.cell.line for row in shown],
        _("Code in the file"): [" · ".join(row.cell.codes)[:80] for row in shown],
        _("Figure in the file"): [row.cell.text[:80] for row in shown],
        _("Area meant"): [row.code for row in shown],
    }
